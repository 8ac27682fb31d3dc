#include "services/cli/wording.h"

#include "absl/strings/ascii.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"
#include "absl/strings/str_replace.h"
#include "absl/strings/strip.h"
#include "absl/time/civil_time.h"
#include "matcher/base/day.h"
#include "matcher/domain/gazetteer.h"
#include "matcher/domain/role_taxonomy.h"
#include "services/cli/number_text.h"

namespace troupe {
namespace {

// The words of an enum value: REQUIREMENT_DAY_RATE is "day rate".
std::string Words(absl::string_view name, absl::string_view prefix) {
  absl::ConsumePrefix(&name, prefix);
  if (name == "UNSPECIFIED") return "";
  return absl::StrReplaceAll(absl::AsciiStrToLower(name), {{"_", " "}});
}

Day DayOf(const v1::Date& date) {
  return Day(absl::CivilDay(date.year(), date.month(), date.day()));
}

}  // namespace

std::string Worded(const v1::Date& date) {
  if (date.year() == 0) return "";
  return absl::StrFormat("%04d-%02d-%02d", date.year(), date.month(), date.day());
}

std::string Worded(const v1::DateRange& dates) {
  if (dates.start().year() == 0) return "";
  return DaySpan{DayOf(dates.start()), DayOf(dates.limit())}.ToString();
}

std::string Worded(const v1::Money& money) {
  if (money.currency_code().empty()) return "";
  std::string amount = WithCommas(money.units());
  if (money.nanos() != 0) absl::StrAppendFormat(&amount, ".%02d", money.nanos() / 10'000'000);
  return absl::StrCat(amount, " ", money.currency_code());
}

std::string Worded(v1::Requirement requirement) {
  return Words(v1::Requirement_Name(requirement), "REQUIREMENT_");
}

std::string Worded(v1::Opening::State state) {
  return Words(v1::Opening::State_Name(state), "STATE_");
}

std::string Worded(v1::Gender gender) { return Words(v1::Gender_Name(gender), "GENDER_"); }

std::string Worded(v1::Findability findability) {
  return Words(v1::Findability_Name(findability), "FINDABILITY_");
}

std::string Worded(const v1::Window& window) {
  const std::string dates = Worded(window.dates());
  switch (window.rule()) {
    case v1::Window::RULE_ANY_DAYS:
      return absl::StrCat("any ", Counted(window.days(), "day"), " of ", dates);
    case v1::Window::RULE_CONTIGUOUS_DAYS:
      return absl::StrCat(window.days(), " days running in ", dates);
    default:
      return dates;
  }
}

std::string DatesAskedFor(const v1::Opening& opening) {
  if (opening.blocks().empty()) return Worded(opening.window());
  const int needed =
      opening.blocks_needed() == 0 ? opening.blocks_size() : opening.blocks_needed();
  std::string text = opening.blocks_size() == needed
                         ? std::string()
                         : absl::StrCat(needed, " of ", opening.blocks_size(), " blocks: ");
  for (int i = 0; i < opening.blocks_size(); ++i) {
    absl::StrAppend(&text, i == 0 ? "" : "; ", Worded(opening.blocks(i)));
  }
  return text;
}

std::string PlaceName(absl::string_view id) {
  const Place* place = ShippedPlaces().Find(id);
  return place == nullptr ? std::string(id) : place->name_en;
}

std::string RoleName(absl::string_view id) {
  const Role* role = ShippedRoles().Find(id);
  return role == nullptr ? std::string(id) : absl::StrCat(role->name_en, " ", role->name_zh);
}

std::string FeatureTitle(absl::string_view id) {
  return absl::StrReplaceAll(id, {{"_", " "}, {"-", " "}});
}

}  // namespace troupe
