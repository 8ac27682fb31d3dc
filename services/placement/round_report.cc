#include "services/placement/round_report.h"

#include <algorithm>
#include <map>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "matcher/base/status_macros.h"
#include "matcher/base/violation.h"
#include "matcher/domain/gazetteer.h"
#include "matcher/domain/role_taxonomy.h"
#include "matcher/placement/cohort.h"
#include "matcher/placement/out_of_reach.h"
#include "matcher/placement/place.h"
#include "services/convert/placement_names.h"
#include "services/convert/round_conversion.h"
#include "services/convert/types_conversion.h"
#include "services/placement/explain_placement.h"
#include "services/records/cohort_record.h"

namespace troupe {
namespace {

constexpr int kMostUnfilled = 1'000;
constexpr char kNoneWord[] = "none";
constexpr char kUnplacedWord[] = "unplaced";

// The city that a place is or lies in, else the place itself.
std::string CityOf(absl::string_view place) {
  const Gazetteer& places = ShippedPlaces();
  int at = places.IndexOf(place);
  if (at < 0) return std::string(place);
  while (places.places()[static_cast<size_t>(at)].kind > PlaceKind::kCity &&
         places.places()[static_cast<size_t>(at)].parent != Place::kNoParent) {
    at = places.places()[static_cast<size_t>(at)].parent;
  }
  return places.places()[static_cast<size_t>(at)].id;
}

// How some graduates fared, group by group.
class Tally {
 public:
  void Add(const std::string& group, int32_t choice) {
    v1::GroupPlacement& row = rows_[group];
    row.set_group(group);
    row.set_graduates(row.graduates() + 1);
    if (choice > 0) row.set_placed(row.placed() + 1);
    if (choice == 1) row.set_first_choice(row.first_choice() + 1);
  }

  // The largest first; ties by name.
  void MoveTo(google::protobuf::RepeatedPtrField<v1::GroupPlacement>& field) && {
    std::vector<v1::GroupPlacement> rows;
    for (auto& [group, row] : rows_) rows.push_back(std::move(row));
    std::stable_sort(rows.begin(), rows.end(), [](const auto& a, const auto& b) {
      return a.graduates() > b.graduates();
    });
    for (v1::GroupPlacement& row : rows) *field.Add() = std::move(row);
  }

 private:
  std::map<std::string, v1::GroupPlacement> rows_;
};

v1::MechanismOutcome OutcomeOf(const PlacedRound& placed, Mechanism mechanism,
                               const std::vector<uint32_t>& program_of, size_t breaches) {
  v1::MechanismOutcome outcome;
  outcome.set_mechanism(ToWire(mechanism));
  outcome.set_graduates(static_cast<int32_t>(program_of.size()));
  outcome.set_breaches(static_cast<int32_t>(breaches));
  int64_t sum = 0;
  const Instance& instance = placed.instance();
  for (uint32_t graduate = 0; graduate < program_of.size(); ++graduate) {
    if (program_of[graduate] == kNoRow) continue;
    outcome.set_placed(outcome.placed() + 1);
    const auto list = instance.wishes[graduate];
    const auto at = std::find(list.begin(), list.end(), program_of[graduate]);
    const int64_t choice =
        at == list.end()
            ? ToWire(placed, graduate).choice()  // By a pair's list.
            : instance.wishes.RankAt(graduate, static_cast<size_t>(at - list.begin())) + 1;
    sum += choice;
    if (choice == 1) outcome.set_first_choice(outcome.first_choice() + 1);
  }
  if (outcome.placed() > 0) outcome.set_mean_choice_millionths(sum * 1'000'000 / outcome.placed());
  return outcome;
}

// What the other mechanisms make of the same input, of those that respect all of it.
absl::Status Compare(const PlacedRound& placed, const StopToken& stop, v1::RoundReport& report) {
  for (const Mechanism mechanism : kMechanisms) {
    if (mechanism == placed.certificate.mechanism ||
        !CheckMechanism(placed.instance(), mechanism).ok()) {
      continue;
    }
    const absl::StatusOr<PlacementOutcome> outcome =
        PlaceGraduates(placed.instance(), mechanism, placed.certificate.seed, stop);
    if (absl::IsCancelled(outcome.status())) return outcome.status();
    if (outcome.ok()) {
      *report.add_comparison() = OutcomeOf(placed, mechanism, outcome->placement.program_of,
                                           outcome->breaches.size());
      continue;
    }
    v1::MechanismOutcome& none = *report.add_comparison();
    none.set_mechanism(ToWire(mechanism));
    none.set_graduates(static_cast<int32_t>(placed.profiles.size()));
    none.set_infeasible(std::string(outcome.status().message()));
  }
  return absl::OkStatus();
}

// The groups of every graduate who is still in its cohort.
absl::StatusOr<std::map<std::string, std::vector<std::string>>> GroupsOf(
    const ViewSnapshot& now, const PlacedRound& placed) {
  std::map<std::string, std::vector<std::string>> groups;
  for (const CohortFacts& facts : placed.cohorts) {
    TROUPE_ASSIGN_OR_RETURN(const auto stored, now.Get({EntityKind::kCohort, facts.id.value()}));
    if (!stored.has_value()) continue;
    TROUPE_ASSIGN_OR_RETURN(const Cohort cohort, ParseCohort(stored->bytes));
    for (const Graduate& graduate : cohort.graduates) {
      if (graduate.groups.empty()) continue;
      groups[FormatName(GraduateName{facts.id, graduate.id, {}})] = graduate.groups;
    }
  }
  return groups;
}

// Everything that is counted graduate by graduate.
absl::Status CountGraduates(const ViewSnapshot& now, const PlacedRound& placed,
                            v1::RoundReport& report) {
  TROUPE_ASSIGN_OR_RETURN(const auto groups, GroupsOf(now, placed));
  Tally by_group, by_role, by_home, by_cohort;
  std::map<std::pair<uint64_t, std::string>, int32_t> flows;
  std::vector<int32_t> by_choice;
  for (uint32_t graduate = 0; graduate < placed.profiles.size(); ++graduate) {
    const v1::GraduatePlacement wire = ToWire(placed, graduate);
    const int32_t choice = wire.choice();
    if (choice > 0) {
      by_choice.resize(std::max<size_t>(by_choice.size(), static_cast<size_t>(choice)));
      ++by_choice[static_cast<size_t>(choice) - 1];
    }
    const auto own = groups.find(wire.graduate());
    if (own == groups.end()) by_group.Add(kNoneWord, choice);
    if (own != groups.end()) {
      for (const std::string& group : own->second) by_group.Add(group, choice);
    }
    const std::optional<ProfileView> view = placed.profiles[graduate]
                                                ? now.pool().FindProfile(placed.profiles[graduate])
                                                : std::nullopt;
    bool has_role = false;
    if (view.has_value()) {
      for (const RoleRow& role : view->roles) {
        if (role.grow_into || role.role < 0) continue;
        by_role.Add(ShippedRoles().roles()[static_cast<size_t>(role.role)].id, choice);
        has_role = true;
      }
    }
    if (!has_role) by_role.Add(kNoneWord, choice);
    const bool has_home = view.has_value() && view->scalars->home >= 0;
    by_home.Add(has_home ? CityOf(ShippedPlaces()
                                      .places()[static_cast<size_t>(view->scalars->home)]
                                      .id)
                         : kNoneWord,
                choice);
    const CohortFacts& cohort = placed.CohortOf(graduate);
    by_cohort.Add(FormatName(cohort.id), choice);
    const uint32_t program = placed.placement().program_of[graduate];
    std::string place = kUnplacedWord;
    if (program != kNoRow) {
      const std::string city = CityOf(placed.programs[program].place);
      place = city.empty() ? kNoneWord : city;
    }
    ++flows[{cohort.id.value(), place}];
  }
  report.mutable_placed_by_choice()->Add(by_choice.begin(), by_choice.end());
  std::move(by_group).MoveTo(*report.mutable_by_group());
  std::move(by_role).MoveTo(*report.mutable_by_role());
  std::move(by_home).MoveTo(*report.mutable_by_home());
  std::move(by_cohort).MoveTo(*report.mutable_by_cohort());
  std::vector<v1::PlacementFlow> sorted;
  for (const auto& [way, graduates] : flows) {
    v1::PlacementFlow& flow = sorted.emplace_back();
    flow.set_cohort(FormatName(CohortId(way.first)));
    for (const CohortFacts& facts : placed.cohorts) {
      if (facts.id.value() == way.first) flow.set_cohort_title(facts.title);
    }
    flow.set_place(way.second);
    flow.set_graduates(graduates);
  }
  std::stable_sort(sorted.begin(), sorted.end(),
                   [](const auto& a, const auto& b) { return a.graduates() > b.graduates(); });
  for (v1::PlacementFlow& flow : sorted) *report.add_flows() = std::move(flow);
  return absl::OkStatus();
}

void CountUnfilled(const PlacedRound& placed, const Instance& instance, v1::RoundReport& report) {
  std::vector<int32_t> taken(placed.programs.size());
  for (const uint32_t program : placed.placement().program_of) {
    if (program != kNoRow) ++taken[program];
  }
  // Who would come: prefers it to where it is, and is ranked; who wishes it at all.
  std::vector<bool> wished(placed.programs.size()), fitting(placed.programs.size()),
      would_come(placed.programs.size());
  const auto ranks = [&](uint32_t program, uint32_t graduate) {
    const Ranker ranker = RankerOf(instance, program);
    const auto list = (*ranker.lists)[ranker.row];
    return std::find(list.begin(), list.end(), graduate) != list.end();
  };
  for (uint32_t graduate = 0; graduate < instance.graduates.size(); ++graduate) {
    bool is_above = true;
    for (const uint32_t program : instance.wishes[graduate]) {
      const bool is_own = program == placed.placement().program_of[graduate];
      wished[program] = true;
      if (taken[program] < instance.programs[program].capacity && ranks(program, graduate)) {
        fitting[program] = true;
        if (is_above && !is_own) would_come[program] = true;
      }
      if (is_own) is_above = false;
    }
  }
  std::vector<v1::UnfilledProgram> unfilled;
  for (uint32_t program = 0; program < placed.programs.size(); ++program) {
    const int32_t capacity = instance.programs[program].capacity;
    if (taken[program] == capacity) continue;
    report.set_unfilled_seats(report.unfilled_seats() + capacity - taken[program]);
    v1::UnfilledProgram& row = unfilled.emplace_back();
    row.set_program(FormatName(placed.programs[program].id));
    row.set_title(placed.programs[program].title);
    row.set_capacity(capacity);
    row.set_empty(capacity - taken[program]);
    row.set_reason(!wished[program]      ? v1::UnfilledProgram::REASON_NOBODY_WISHES
                   : !fitting[program]   ? v1::UnfilledProgram::REASON_NOBODY_FITS
                   : would_come[program] ? v1::UnfilledProgram::REASON_HELD_BACK
                                         : v1::UnfilledProgram::REASON_WENT_ELSEWHERE);
  }
  std::stable_sort(unfilled.begin(), unfilled.end(),
                   [](const auto& a, const auto& b) { return a.empty() > b.empty(); });
  for (v1::UnfilledProgram& row : unfilled) {
    if (report.unfilled_size() == kMostUnfilled) break;
    *report.add_unfilled() = std::move(row);
  }
}

std::string ReasonWord(OutOfReach::Reason reason) {
  switch (reason) {
    case OutOfReach::Reason::kNotRanked: return "not ranked";
    case OutOfReach::Reason::kProgramFull: return "program full";
    case OutOfReach::Reason::kStudioFull: return "studio full";
    case OutOfReach::Reason::kRegionFull: return "region full";
    case OutOfReach::Reason::kSeatReserved: return "seat reserved";
    case OutOfReach::Reason::kSeatClosed: return "seat closed for floors";
    case OutOfReach::Reason::kPartner: return "no room for both of a pair";
    case OutOfReach::Reason::kNotKept: return "breach admitted";
  }
  return "";
}

absl::Status CountUnplaced(const PlacedRound& placed, const Instance& instance,
                           const StopToken& stop, v1::RoundReport& report) {
  const OutOfReachTable table(instance, placed.certificate.mechanism, placed.placement());
  std::map<std::string, int32_t> reasons;
  for (uint32_t graduate = 0; graduate < placed.profiles.size(); ++graduate) {
    if (placed.placement().program_of[graduate] != kNoRow) continue;
    if (stop.StopRequested()) return absl::CancelledError("the report was withdrawn");
    const std::vector<OutOfReach> why = table.Of(graduate);
    ++reasons[why.empty() ? "nothing wished" : ReasonWord(why.front().reason)];
  }
  std::vector<std::pair<int32_t, std::string>> sorted;
  for (const auto& [reason, graduates] : reasons) sorted.emplace_back(-graduates, reason);
  std::sort(sorted.begin(), sorted.end());
  for (const auto& [graduates, reason] : sorted) {
    v1::UnplacedReason& row = *report.add_unplaced();
    row.set_reason(reason);
    row.set_graduates(-graduates);
  }
  return absl::OkStatus();
}

absl::Status SuggestRoles(const ViewSnapshot& now, const Round& round, const PlacedRound& placed,
                          int32_t most, const StopToken& stop, v1::RoundReport& report) {
  for (uint32_t graduate = 0;
       graduate < placed.profiles.size() && report.cross_role_examined() < most; ++graduate) {
    if (placed.placement().program_of[graduate] != kNoRow || !placed.profiles[graduate]) continue;
    report.set_cross_role_examined(report.cross_role_examined() + 1);
    TROUPE_ASSIGN_OR_RETURN(
        const std::vector<v1::PlacementChange> changes,
        ChangesFor(now, round.ownership.owner, placed, graduate, {.further_wishes = false}, stop));
    if (changes.empty()) continue;
    v1::CrossRoleSuggestion& row = *report.add_cross_role();
    row.set_graduate(FormatName(placed.NameOf(graduate)));
    row.set_role(changes.front().role());
    row.set_skill(changes.front().skill());
    row.set_program(changes.front().program());
    row.set_readiness_millionths(changes.front().readiness_millionths());
  }
  return absl::OkStatus();
}

}  // namespace

absl::StatusOr<v1::RoundReport> ReportOn(const ViewSnapshot& now, const Round& round,
                                         const PlacedRound& placed,
                                         const v1::ReportRoundRequest& request,
                                         const StopToken& stop) {
  v1::RoundReport report;
  report.set_round(FormatName(round.id));
  report.set_title(round.title);
  *report.mutable_run_time() = ToWire(round.result->run_time);
  *report.mutable_outcome() =
      OutcomeOf(placed, placed.certificate.mechanism, placed.placement().program_of,
                placed.certificate.breaches.size());
  const Instance instance = PlacedInstance(placed);
  TROUPE_RETURN_IF_ERROR(CountGraduates(now, placed, report));
  CountUnfilled(placed, instance, report);
  TROUPE_RETURN_IF_ERROR(CountUnplaced(placed, instance, stop, report));
  if (request.compare_mechanisms()) TROUPE_RETURN_IF_ERROR(Compare(placed, stop, report));
  if (request.cross_role_for() > 0) {
    TROUPE_RETURN_IF_ERROR(
        SuggestRoles(now, round, placed, request.cross_role_for(), stop, report));
  }
  return report;
}

}  // namespace troupe
