#include "matcher/rank/wording.h"

#include <cstddef>

#include "absl/strings/str_cat.h"
#include "matcher/domain/gazetteer.h"
#include "matcher/domain/role_taxonomy.h"

namespace troupe {
namespace {

constexpr size_t kMostSpans = 4;

}  // namespace

std::string PlaceName(absl::string_view id) {
  const Place* place = ShippedPlaces().Find(id);
  if (place == nullptr) return std::string(id);
  return absl::StrCat(place->name_en, " (", place->name_zh, ")");
}

std::string RoleName(absl::string_view id) {
  const Role* role = ShippedRoles().Find(id);
  if (role == nullptr) return std::string(id);
  return absl::StrCat(role->name_en, " (", role->name_zh, ")");
}

std::string Counted(int64_t count, absl::string_view noun) {
  return absl::StrCat(count, " ", noun, count == 1 ? "" : "s");
}

std::string Listed(const std::vector<std::string>& items, absl::string_view word) {
  const std::string before_last = absl::StrCat(" ", word, " ");
  std::string list;
  for (size_t i = 0; i < items.size(); ++i) {
    if (i > 0) absl::StrAppend(&list, i + 1 == items.size() ? before_last : ", ");
    absl::StrAppend(&list, items[i]);
  }
  return list;
}

std::string ListedDays(const std::vector<DaySpan>& spans) {
  std::vector<std::string> items;
  int32_t more = 0;
  for (const DaySpan& span : spans) {
    if (items.size() == kMostSpans) {
      more += span.length();
    } else {
      items.push_back(span.length() == 1 ? span.start.ToString() : span.ToString());
    }
  }
  if (more > 0) items.push_back(Counted(more, "more day"));
  return Listed(items);
}

}  // namespace troupe
