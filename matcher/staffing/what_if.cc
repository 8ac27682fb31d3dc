#include "matcher/staffing/what_if.h"

#include <cstddef>
#include <string>

#include "absl/strings/str_cat.h"
#include "absl/strings/string_view.h"
#include "matcher/base/status_macros.h"
#include "matcher/base/violation.h"
#include "matcher/staffing/validate_market.h"

namespace troupe::staffing {
namespace {

constexpr int64_t kMostPeople = 10'000'000;
constexpr int64_t kMostProjects = 1'000'000;
constexpr int64_t kMostMillidaysOfNeed = 1'000'000 * kMillidays;

// Makes one edit, or says what is wrong with it.
class Editor {
 public:
  Editor(Market& market, absl::string_view field, Violations& found)
      : market_(market), field_(field), found_(found) {}

  void operator()(const MorePeople& edit) {
    Check("city", edit.city, 0, Last(market_.cities.size()));
    Check("people", edit.people, 0, kMostPeople);
    Check("millidays_per_week", edit.millidays_per_week, 0, 7 * kMillidays);
    if (!found_.empty()) return;
    PeopleType type = {.reach = static_cast<uint32_t>(market_.reaches.size()),
                       .crafts = edit.crafts,
                       .people = edit.people};
    for (uint32_t week = 0; week < market_.weeks; ++week) {
      const bool has_come = week >= edit.from_week;
      type.millidays.push_back(has_come ? edit.people * edit.millidays_per_week : 0);
    }
    market_.reaches.push_back({.home = edit.city});
    market_.people.push_back(type);
  }

  void operator()(const MoreProjects& edit) {
    Check("city", edit.city, 0, Last(market_.cities.size()));
    Check("projects", edit.projects, 0, kMostProjects);
    Check("first_week", edit.first_week, 0, Last(market_.weeks));
    Check("limit_week", edit.limit_week, edit.first_week + int64_t{1}, market_.weeks);
    for (size_t i = 0; i < edit.needs.size(); ++i) {
      const std::string need = absl::StrCat("needs[", i, "]");
      Check(need + ".role", edit.needs[i].role, 0, Last(market_.roles.size()));
      Check(need + ".millidays", edit.needs[i].millidays, 0, kMostMillidaysOfNeed);
    }
    if (!found_.empty()) return;
    const int64_t starts = edit.limit_week - edit.first_week;
    for (int64_t start = 0; start < starts; ++start) {
      // The first `projects` mod `starts` weeks have one more.
      const int64_t projects = edit.projects / starts + (start < edit.projects % starts ? 1 : 0);
      for (const TemplateNeed& need : edit.needs) {
        const size_t week = edit.first_week + static_cast<size_t>(start) + need.week;
        if (week >= market_.weeks) continue;
        market_.demand_millidays[market_.DemandAt(week, need.role, edit.city)] +=
            projects * need.millidays;
      }
    }
  }

  void operator()(const FestivalWeek& edit) {
    Check("week", edit.week, 0, Last(market_.weeks));
    Check("supply_millionths", edit.supply_millionths, 0, kMillionths);
    Check("demand_millionths", edit.demand_millionths, 0, 10 * kMillionths);
    if (!found_.empty()) return;
    for (PeopleType& type : market_.people) {
      Scale(edit.supply_millionths, type.millidays[edit.week]);
    }
    for (size_t cell = 0; cell < market_.cells(); ++cell) {
      Scale(edit.demand_millionths, market_.demand_millidays[edit.week * market_.cells() + cell]);
    }
  }

 private:
  static int64_t Last(size_t rows) { return static_cast<int64_t>(rows) - 1; }

  // In two parts: large numbers times millionths would not fit.
  static void Scale(int64_t millionths, int64_t& millidays) {
    millidays = millidays / kMillionths * millionths +
                millidays % kMillionths * millionths / kMillionths;
  }

  void Check(absl::string_view name, int64_t value, int64_t least, int64_t most) {
    if (value >= least && value <= most) return;
    found_.Add(absl::StrCat(field_, ".", name), absl::StrCat("is ", value),
               absl::StrCat("give ", least, " to ", most));
  }

  Market& market_;
  const absl::string_view field_;
  Violations& found_;
};

}  // namespace

absl::StatusOr<Market> WithEdits(const Market& market, const std::vector<Edit>& edits) {
  TROUPE_RETURN_IF_ERROR(ValidateMarket(market));
  Market edited = market;
  for (size_t i = 0; i < edits.size(); ++i) {
    Violations found;
    const std::string field = absl::StrCat("edits[", i, "]");
    std::visit(Editor(edited, field, found), edits[i]);
    TROUPE_RETURN_IF_ERROR(found.ToStatus());
  }
  TROUPE_RETURN_IF_ERROR(ValidateMarket(edited));
  return edited;
}

}  // namespace troupe::staffing
