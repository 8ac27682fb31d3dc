#include "services/cli/staffing/what_if_text.h"

#include <cstdint>
#include <utility>
#include <vector>

#include "absl/strings/ascii.h"
#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_split.h"
#include "absl/strings/strip.h"
#include "matcher/base/day.h"
#include "matcher/base/status_macros.h"
#include "matcher/base/violation.h"
#include "services/convert/types_conversion.h"

namespace troupe {
namespace {

constexpr char kField[] = "--what-if";
constexpr int64_t kMillionthsOfPercent = 10'000;

struct Part {
  std::string key;
  std::string value;
};

absl::Status Bad(const std::string& problem, const std::string& fix) {
  return InvalidField(kField, problem, fix);
}

absl::Status BadPart(const Part& part, const std::string& fix) {
  return Bad(absl::StrCat("has ", part.key, "=", part.value), fix);
}

absl::StatusOr<int64_t> NumberOf(const Part& part) {
  int64_t number = 0;
  if (absl::SimpleAtoi(part.value, &number) && number >= 0) return number;
  return BadPart(part, absl::StrCat("give ", part.key, " as a whole number"));
}

absl::StatusOr<v1::Date> DateOf(const Part& part) {
  const std::optional<Day> day = Day::Parse(part.value);
  if (day.has_value()) return ToWire(*day);
  return BadPart(part, absl::StrCat("give ", part.key, " as a day: 2026-11-23"));
}

absl::StatusOr<int64_t> PercentOf(const Part& part) {
  int64_t percent = 0;
  absl::string_view digits = part.value;
  if (absl::ConsumeSuffix(&digits, "%") && absl::SimpleAtoi(digits, &percent) && percent >= 0) {
    return percent * kMillionthsOfPercent;
  }
  return BadPart(part, absl::StrCat("give ", part.key, " as a share: 20%"));
}

absl::Status Unknown(const Part& part, absl::string_view known) {
  return BadPart(part, absl::StrCat("give ", known));
}

absl::Status Fill(const std::vector<Part>& parts, v1::WhatIf::MorePeople& people) {
  TROUPE_ASSIGN_OR_RETURN(const int64_t number, NumberOf(parts.front()));
  people.set_people(number);
  for (size_t i = 1; i < parts.size(); ++i) {
    const Part& part = parts[i];
    if (part.key == "role") {
      people.add_roles(part.value);
    } else if (part.key == "city") {
      people.set_place(part.value);
    } else if (part.key == "days") {
      TROUPE_ASSIGN_OR_RETURN(const int64_t days, NumberOf(part));
      people.set_days_per_week(static_cast<int32_t>(days));
    } else if (part.key == "from") {
      TROUPE_ASSIGN_OR_RETURN(*people.mutable_from(), DateOf(part));
    } else {
      return Unknown(part, "role, city, days or from");
    }
  }
  if (people.roles().empty()) return Bad("says no role", "add role=gaffer");
  if (people.place().empty()) return Bad("says no city", "add city=xian");
  return absl::OkStatus();
}

absl::StatusOr<v1::WhatIf::ProjectNeed> NeedOf(const Part& part) {
  const std::vector<std::string> words = absl::StrSplit(part.value, ':');
  v1::WhatIf::ProjectNeed need;
  int32_t people = 0, days = 0;
  if (words.size() != 3 || !absl::SimpleAtoi(words[1], &people) ||
      !absl::SimpleAtoi(words[2], &days)) {
    return BadPart(part, "give a role, people and days of each: need=gaffer:2:5");
  }
  need.set_role(words[0]);
  need.set_people(people);
  need.set_days(days);
  return need;
}

absl::Status Fill(const std::vector<Part>& parts, v1::WhatIf::MoreProjects& projects) {
  TROUPE_ASSIGN_OR_RETURN(const int64_t number, NumberOf(parts.front()));
  projects.set_projects(number);
  for (size_t i = 1; i < parts.size(); ++i) {
    const Part& part = parts[i];
    if (part.key == "city") {
      projects.set_place(part.value);
    } else if (part.key == "from") {
      TROUPE_ASSIGN_OR_RETURN(*projects.mutable_from(), DateOf(part));
    } else if (part.key == "until") {
      TROUPE_ASSIGN_OR_RETURN(*projects.mutable_until(), DateOf(part));
    } else if (part.key == "need") {
      TROUPE_ASSIGN_OR_RETURN(*projects.add_needs(), NeedOf(part));
    } else {
      return Unknown(part, "city, from, until or need");
    }
  }
  if (projects.place().empty()) return Bad("says no city", "add city=xian");
  return absl::OkStatus();
}

absl::Status Fill(const std::vector<Part>& parts, v1::WhatIf::FestivalWeek& festival) {
  TROUPE_ASSIGN_OR_RETURN(*festival.mutable_week(), DateOf(parts.front()));
  for (size_t i = 1; i < parts.size(); ++i) {
    const Part& part = parts[i];
    if (part.key != "supply" && part.key != "demand") return Unknown(part, "supply or demand");
    TROUPE_ASSIGN_OR_RETURN(const int64_t millionths, PercentOf(part));
    part.key == "supply" ? festival.set_supply_millionths(millionths)
                         : festival.set_demand_millionths(millionths);
  }
  return absl::OkStatus();
}

}  // namespace

absl::StatusOr<v1::WhatIf> WhatIfOf(absl::string_view text) {
  std::vector<Part> parts;
  for (const absl::string_view word : absl::StrSplit(text, ',')) {
    const std::pair<absl::string_view, absl::string_view> sides =
        absl::StrSplit(word, absl::MaxSplits('=', 1));
    parts.push_back({std::string(absl::StripAsciiWhitespace(sides.first)),
                     std::string(absl::StripAsciiWhitespace(sides.second))});
  }
  v1::WhatIf what_if;
  const std::string& kind = parts.front().key;
  if (kind == "people") {
    TROUPE_RETURN_IF_ERROR(Fill(parts, *what_if.mutable_more_people()));
  } else if (kind == "projects") {
    TROUPE_RETURN_IF_ERROR(Fill(parts, *what_if.mutable_more_projects()));
  } else if (kind == "festival") {
    TROUPE_RETURN_IF_ERROR(Fill(parts, *what_if.mutable_festival_week()));
  } else {
    return Bad(absl::StrCat("begins with ", kind.empty() ? "nothing" : kind),
               "begin with people=, projects= or festival=");
  }
  return what_if;
}

}  // namespace troupe
