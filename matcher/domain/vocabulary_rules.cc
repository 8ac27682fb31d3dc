#include "matcher/domain/vocabulary_rules.h"

#include "absl/strings/str_cat.h"
#include "matcher/domain/field_rules.h"
#include "matcher/domain/gazetteer.h"
#include "matcher/domain/nearest_word.h"

namespace troupe {
namespace {

constexpr absl::string_view kRoleFix = "give the id of a role, as \"director\"";
constexpr absl::string_view kPlaceFix = "give the id of a place, as \"xian\"";

template <typename Entries>
absl::string_view NearestId(absl::string_view id, const Entries& entries) {
  std::vector<absl::string_view> ids;
  for (const auto& entry : entries) ids.push_back(entry.id);
  return NearestWord(id, ids);
}

// A name or an alias is a better clue than the spelling.
absl::string_view RoleMeant(absl::string_view id) {
  const Role* role = ShippedRoles().FindByAlias(id);
  return role != nullptr ? absl::string_view(role->id) : NearestId(id, ShippedRoles().roles());
}

absl::string_view PlaceMeant(absl::string_view id) {
  const Place* place = ShippedPlaces().FindByName(id);
  return place != nullptr ? absl::string_view(place->id)
                          : NearestId(id, ShippedPlaces().places());
}

void ReportUnknown(const Field& field, absl::string_view problem, absl::string_view meant,
                   absl::string_view fix) {
  field.Report(problem, meant.empty() ? std::string(fix)
                                      : absl::StrCat("did you mean \"", meant, "\"?"));
}

void RequirePlace(const Field& field, absl::string_view id) {
  if (id.empty()) return field.Report("is empty", kPlaceFix);
  if (ShippedPlaces().Find(id) != nullptr || field.IsFull()) return;
  ReportUnknown(field, "is not a place of the gazetteer", PlaceMeant(id), kPlaceFix);
}

}  // namespace

const Role* CheckRole(const Field& field, absl::string_view id) {
  const Role* role = ShippedRoles().Find(id);
  if (role != nullptr || field.IsFull()) return role;
  if (id.empty()) {
    field.Report("is empty", kRoleFix);
  } else {
    ReportUnknown(field, "is not a role of the taxonomy", RoleMeant(id), kRoleFix);
  }
  return nullptr;
}

void CheckPlace(const Field& field, absl::string_view id) {
  if (!id.empty()) RequirePlace(field, id);
}

void CheckPlaces(const Field& list, const std::vector<std::string>& ids, size_t most) {
  CheckEach(list, ids, most, RequirePlace);
}

}  // namespace troupe
