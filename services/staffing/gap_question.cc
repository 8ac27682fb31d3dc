#include "services/staffing/gap_question.h"

#include <algorithm>
#include <cstddef>
#include <optional>
#include <string>
#include <utility>
#include <variant>

#include "absl/strings/str_cat.h"
#include "matcher/base/millionths.h"
#include "matcher/base/status_macros.h"
#include "matcher/domain/field.h"
#include "matcher/domain/gazetteer.h"
#include "matcher/domain/role_taxonomy.h"
#include "matcher/staffing/market.h"
#include "matcher/staffing/validate_market.h"
#include "services/convert/types_conversion.h"

namespace troupe {
namespace {

using staffing::Edit;
using staffing::FestivalWeek;
using staffing::MorePeople;
using staffing::MoreProjects;

constexpr uint32_t kDefaultWeeks = 26;
constexpr int32_t kDefaultCells = 10'000;
constexpr int32_t kMostCells = 100'000;
constexpr int kMostRoles = 100;
constexpr int kMostCities = 200;
constexpr int kMostWhatIfs = 20;
constexpr int kMostRolesOfPerson = 10;
constexpr int kMostNeeds = 500;
constexpr int64_t kMostPeople = 1'000'000;
constexpr int64_t kMostProjects = 100'000;
constexpr int64_t kMostPeopleOfNeed = 10'000;
constexpr int64_t kMostYuan = 100'000;
constexpr int64_t kMostDaysOfStay = 100;
constexpr int32_t kDefaultDaysPerWeek = 5;

// Reads a request, and notes all that is wrong with it.
class Reading {
 public:
  Reading(const v1::AnalyzeGapsRequest& request, Day today, const WorkPlaces& places)
      : request_(request), today_(today), places_(places) {}

  absl::StatusOr<GapQuestion> Run() {
    ReadWeeks();
    TROUPE_RETURN_IF_ERROR(found_.ToStatus());  // What follows goes by weeks.
    ReadFilters();
    ReadTravelCost();
    ReadWhatIfs();
    question_.with_forecast = request_.include_forecast();
    Check(root_["max_cells"], request_.max_cells(), 0, kMostCells);
    question_.max_cells = static_cast<size_t>(
        request_.max_cells() == 0 ? kDefaultCells : request_.max_cells());
    TROUPE_RETURN_IF_ERROR(found_.ToStatus());
    return std::move(question_);
  }

 private:
  void ReadWeeks() {
    const Field from_field = root_["from"], until_field = root_["until"];
    const Day last = today_ + (kCalendarHorizonDays - 1);
    const Day this_week = MondayOf(today_);
    const Day from = request_.has_from() ? FromWire(request_.from(), from_field) : today_;
    const Day limit = MondayOf(last) + 7;
    question_.weeks.first = MondayOf(from);
    const Day usual =
        std::min(question_.weeks.first + static_cast<int32_t>(kDefaultWeeks) * 7, limit);
    const Day until = request_.has_until() ? FromWire(request_.until(), until_field) : usual;
    if (!found_.empty()) return;
    if (question_.weeks.first < this_week) {
      return from_field.Report(absl::StrCat("is ", from.ToString(), ", in a past week"),
                               absl::StrCat("give ", this_week.ToString(), " or later"));
    }
    if (last < from) {
      return from_field.Report(
          absl::StrCat("is ", from.ToString(), ", past the last day that calendars reach"),
          absl::StrCat("give ", last.ToString(), " or earlier"));
    }
    if (until <= question_.weeks.first) {
      return until_field.Report(absl::StrCat("is ", until.ToString(), ", not after the first week"),
                                absl::StrCat("give a day after ",
                                             question_.weeks.first.ToString()));
    }
    if (limit < until) {
      return until_field.Report(
          absl::StrCat("is ", until.ToString(), ", past the last day that calendars reach, ",
                       last.ToString()),
          absl::StrCat("give ", limit.ToString(), " or earlier"));
    }
    question_.weeks.weeks =
        static_cast<uint32_t>((until - question_.weeks.first + 6) / 7);
  }

  void ReadFilters() {
    const Field roles = root_["roles"], cities = root_["cities"];
    if (CheckCount(roles, request_.roles_size(), 0, kMostRoles)) {
      for (int i = 0; i < request_.roles_size(); ++i) {
        const auto role = RoleOf(request_.roles(i), roles[static_cast<size_t>(i)]);
        if (role.has_value()) question_.roles.push_back(*role);
      }
    }
    if (!CheckCount(cities, request_.cities_size(), 0, kMostCities)) return;
    for (int i = 0; i < request_.cities_size(); ++i) {
      const auto row = RowOf(request_.cities(i), cities[static_cast<size_t>(i)]);
      if (row.has_value()) question_.rows.push_back(*row);
    }
  }

  void ReadTravelCost() {
    const Field field = root_["travel_cost"];
    const v1::TravelCost& wire = request_.travel_cost();
    TravelRates& rates = question_.rates;
    if (wire.has_yuan_per_day()) rates.yuan_per_day = wire.yuan_per_day();
    if (wire.has_yuan_per_1000_km()) rates.yuan_per_1000_km = wire.yuan_per_1000_km();
    if (wire.has_days_of_stay()) rates.days_of_stay = wire.days_of_stay();
    Check(field["yuan_per_day"], rates.yuan_per_day, 0, kMostYuan);
    Check(field["yuan_per_1000_km"], rates.yuan_per_1000_km, 0, kMostYuan);
    Check(field["days_of_stay"], rates.days_of_stay, 1, kMostDaysOfStay);
  }

  void ReadWhatIfs() {
    const Field what_ifs = root_["what_ifs"];
    if (!CheckCount(what_ifs, request_.what_ifs_size(), 0, kMostWhatIfs)) return;
    for (int i = 0; i < request_.what_ifs_size(); ++i) {
      const v1::WhatIf& wire = request_.what_ifs(i);
      const Field field = what_ifs[static_cast<size_t>(i)];
      question_.is_average.push_back(wire.has_more_projects() &&
                                     wire.more_projects().needs().empty());
      if (wire.has_more_people()) {
        Read(wire.more_people(), field["more_people"]);
      } else if (wire.has_more_projects()) {
        Read(wire.more_projects(), field["more_projects"]);
      } else if (wire.has_festival_week()) {
        Read(wire.festival_week(), field["festival_week"]);
      } else {
        field.Report("is empty", "give more_people, more_projects or festival_week");
      }
    }
  }

  void Read(const v1::WhatIf::MorePeople& wire, const Field& field) {
    MorePeople edit = {.people = wire.people()};
    edit.city = RowOf(wire.place(), field["place"]).value_or(0);
    const Field roles = field["roles"];
    if (CheckCount(roles, wire.roles_size(), 1, kMostRolesOfPerson)) {
      for (int i = 0; i < wire.roles_size(); ++i) {
        const Field at = roles[static_cast<size_t>(i)];
        const auto role = RoleOf(wire.roles(i), at);
        if (!role.has_value()) continue;
        const bool is_there = std::any_of(edit.crafts.begin(), edit.crafts.end(),
                                          [&](const auto& craft) { return craft.role == *role; });
        if (is_there) at.Report("is there twice", "give each role once");
        edit.crafts.push_back({.role = *role, .reluctance = i == 0 ? 0 : 1});
      }
    }
    Check(field["people"], wire.people(), 1, kMostPeople);
    Check(field["days_per_week"], wire.days_per_week(), 0, 7);
    const int32_t days =
        wire.days_per_week() == 0 ? kDefaultDaysPerWeek : wire.days_per_week();
    edit.millidays_per_week = days * staffing::kMillidays;
    if (wire.has_from()) edit.from_week = WeekOf(wire.from(), field["from"]);
    question_.edits.push_back(std::move(edit));
  }

  void Read(const v1::WhatIf::MoreProjects& wire, const Field& field) {
    MoreProjects edit = {.projects = wire.projects(), .limit_week = question_.weeks.weeks};
    edit.city = RowOf(wire.place(), field["place"]).value_or(0);
    Check(field["projects"], wire.projects(), 1, kMostProjects);
    const Field needs = field["needs"];
    if (CheckCount(needs, wire.needs_size(), 0, kMostNeeds)) {
      for (int i = 0; i < wire.needs_size(); ++i) {
        edit.needs.push_back(NeedOf(wire.needs(i), needs[static_cast<size_t>(i)]));
      }
    }
    if (wire.has_from()) edit.first_week = WeekOf(wire.from(), field["from"]);
    if (wire.has_until()) edit.limit_week = LimitWeekOf(wire.until(), edit.first_week, field);
    question_.edits.push_back(std::move(edit));
  }

  void Read(const v1::WhatIf::FestivalWeek& wire, const Field& field) {
    FestivalWeek edit;
    const Field week = field["week"];
    if (wire.has_week()) {
      edit.week = WeekOf(wire.week(), week);
    } else {
      week.Report("is not given", "give a day of the week");
    }
    if (wire.has_supply_millionths()) edit.supply_millionths = wire.supply_millionths();
    if (wire.has_demand_millionths()) edit.demand_millionths = wire.demand_millionths();
    Check(field["supply_millionths"], edit.supply_millionths, 0, kMillionths);
    Check(field["demand_millionths"], edit.demand_millionths, 0, 10 * kMillionths);
    question_.edits.push_back(edit);
  }

  staffing::TemplateNeed NeedOf(const v1::WhatIf::ProjectNeed& wire, const Field& field) {
    Check(field["people"], wire.people(), 1, kMostPeopleOfNeed);
    Check(field["days"], wire.days(), 1, 7);
    Check(field["week"], wire.week(), 0, staffing::kMostWeeks - 1);
    return {.role = RoleOf(wire.role(), field["role"]).value_or(0),
            .week = static_cast<uint32_t>(std::max(0, wire.week())),
            .millidays = int64_t{wire.people()} * wire.days() * staffing::kMillidays};
  }

  std::optional<uint32_t> RoleOf(const std::string& id, const Field& field) {
    const int role = ShippedRoles().IndexOf(id);
    if (role >= 0) return static_cast<uint32_t>(role);
    field.Report(id.empty() ? "is not given" : "is not a role of the taxonomy",
                 "use an id that `troupe roles` lists");
    return std::nullopt;
  }

  std::optional<uint32_t> RowOf(const std::string& id, const Field& field) {
    const int place = ShippedPlaces().IndexOf(id);
    if (place >= 0) return places_.RowOf(static_cast<PlaceIndex>(place));
    field.Report(id.empty() ? "is not given" : "is not a place of the gazetteer",
                 "use an id that `troupe places` lists");
    return std::nullopt;
  }

  uint32_t WeekOf(const v1::Date& wire, const Field& field) {
    const size_t before = found_.found().size();
    const Day day = FromWire(wire, field);
    if (found_.found().size() > before) return 0;
    const WeekRange& weeks = question_.weeks;
    if (weeks.first <= day && day < weeks.limit()) {
      return static_cast<uint32_t>((day - weeks.first) / 7);
    }
    field.Report(absl::StrCat("is ", day.ToString()),
                 absl::StrCat("give a day from ", weeks.first.ToString(), " to ",
                              (weeks.limit() - 1).ToString()));
    return 0;
  }

  uint32_t LimitWeekOf(const v1::Date& wire, uint32_t first_week, const Field& parent) {
    const Field field = parent["until"];
    const size_t before = found_.found().size();
    const Day day = FromWire(wire, field);
    if (found_.found().size() > before) return question_.weeks.weeks;
    const WeekRange& weeks = question_.weeks;
    const Day first = weeks.At(first_week);
    if (first < day && day <= weeks.limit()) {
      return static_cast<uint32_t>((day - weeks.first + 6) / 7);
    }
    field.Report(absl::StrCat("is ", day.ToString()),
                 absl::StrCat("give a day from ", (first + 1).ToString(), " to ",
                              weeks.limit().ToString()));
    return weeks.weeks;
  }

  void Check(const Field& field, int64_t value, int64_t least, int64_t most) {
    if (least <= value && value <= most) return;
    field.Report(absl::StrCat("is ", value), absl::StrCat("give ", least, " to ", most));
  }

  bool CheckCount(const Field& field, int count, int least, int most) {
    if (least <= count && count <= most) return true;
    field.Report(absl::StrCat("has ", count, " entries"),
                 absl::StrCat("give ", least, " to ", most));
    return false;
  }

  const v1::AnalyzeGapsRequest& request_;
  const Day today_;
  const WorkPlaces& places_;
  Violations found_;
  const Field root_{&found_};
  GapQuestion question_;
};

// What a project with open seats needs on average, all in its first week.
std::vector<staffing::TemplateNeed> AverageNeeds(const OpenWork& open) {
  std::vector<staffing::TemplateNeed> needs;
  if (open.projects == 0) return needs;
  for (uint32_t role = 0; role < open.millidays_by_role.size(); ++role) {
    const int64_t millidays = open.millidays_by_role[role] / open.projects;
    if (millidays > 0) needs.push_back({.role = role, .millidays = millidays});
  }
  return needs;
}

std::vector<staffing::TemplateNeed> NeedsOf(const MoreProjects& edit, bool is_average,
                                            const OpenWork& open) {
  return is_average ? AverageNeeds(open) : edit.needs;
}

void AddPeople(const MorePeople& people, const MarketShape& shape, std::vector<Edit>& edits) {
  MorePeople edit = people;
  edit.city = shape.HomeOf(people.city);
  edit.crafts.clear();
  for (staffing::Craft craft : people.crafts) {
    craft.role = shape.RoleOf(craft.role);
    if (craft.role != MarketShape::kNotThere) edit.crafts.push_back(craft);
  }
  std::sort(edit.crafts.begin(), edit.crafts.end());
  if (!edit.crafts.empty()) edits.push_back(std::move(edit));
}

// Twice: what is done on site, and what is done from anywhere.
void AddProjects(const MoreProjects& projects, const std::vector<staffing::TemplateNeed>& needs,
                 const WorkPlaces& places, const MarketShape& shape, std::vector<Edit>& edits) {
  MoreProjects on_site = projects, remote = projects;
  on_site.city = shape.HomeOf(projects.city);
  remote.city = shape.CityOf(places.anywhere());
  on_site.needs.clear();
  remote.needs.clear();
  for (staffing::TemplateNeed need : needs) {
    const bool is_remote = ShippedRoles().roles()[need.role].remote_capable;
    need.role = shape.RoleOf(need.role);
    if (need.role != MarketShape::kNotThere) (is_remote ? remote : on_site).needs.push_back(need);
  }
  edits.push_back(std::move(on_site));
  edits.push_back(std::move(remote));
}

}  // namespace

absl::StatusOr<GapQuestion> ReadGapQuestion(const v1::AnalyzeGapsRequest& request, Day today,
                                            const WorkPlaces& places) {
  return Reading(request, today, places).Run();
}

std::vector<Edit> EditsFor(const GapQuestion& question, const OpenWork& open,
                           const WorkPlaces& places, const MarketShape& shape) {
  std::vector<Edit> edits;
  for (size_t i = 0; i < question.edits.size(); ++i) {
    if (const auto* people = std::get_if<MorePeople>(&question.edits[i])) {
      AddPeople(*people, shape, edits);
    } else if (const auto* projects = std::get_if<MoreProjects>(&question.edits[i])) {
      AddProjects(*projects, NeedsOf(*projects, question.is_average[i], open), places, shape,
                  edits);
    } else {
      edits.push_back(question.edits[i]);
    }
  }
  return edits;
}

MarketShape::Wanted NeededByEdits(const GapQuestion& question, const OpenWork& open,
                                  const WorkPlaces& places) {
  MarketShape::Wanted wanted = {.roles = std::vector<bool>(open.work.roles),
                                .rows = std::vector<bool>(places.rows())};
  for (size_t i = 0; i < question.edits.size(); ++i) {
    const auto* projects = std::get_if<MoreProjects>(&question.edits[i]);
    if (projects == nullptr) continue;
    wanted.rows[projects->city] = true;
    for (const auto& need : NeedsOf(*projects, question.is_average[i], open)) {
      wanted.roles[need.role] = true;
    }
  }
  return wanted;
}

}  // namespace troupe
