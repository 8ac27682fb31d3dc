#include "services/staffing/training_result.h"

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <map>
#include <string>
#include <utility>

#include "absl/container/flat_hash_map.h"
#include "matcher/domain/gazetteer.h"
#include "matcher/domain/role_taxonomy.h"
#include "matcher/staffing/disclosure.h"
#include "matcher/staffing/name_trainees.h"
#include "services/convert/resource_names.h"
#include "services/convert/training_plan_conversion.h"
#include "services/convert/types_conversion.h"

namespace troupe {
namespace {

using staffing::ChosenPerson;
using staffing::kFewestPeople;
using staffing::kMillidays;
using staffing::kPublishedMillidays;

static_assert(static_cast<int>(staffing::Policy::kNone) + 1 == v1::TRAINING_POLICY_NONE);
static_assert(static_cast<int>(staffing::Policy::kGapGreedy) + 1 ==
              v1::TRAINING_POLICY_GAP_GREEDY);

constexpr int kMostPlaces = 20;

int64_t Millidays(double role_days) { return std::llround(role_days * kMillidays); }

// As figures are published of which others are a part.
int64_t Rounded(int64_t millidays) {
  const int64_t half = millidays < 0 ? -kPublishedMillidays / 2 : kPublishedMillidays / 2;
  return (millidays + half) / kPublishedMillidays * kPublishedMillidays;
}

const std::string& RoleId(uint32_t role) { return ShippedRoles().roles()[role].id; }

bool IsFew(int64_t people) { return 0 < people && people < kFewestPeople; }

class ResultWriter {
 public:
  explicit ResultWriter(const PlanFindings& findings)
      : findings_(findings),
        supply_(findings.market.gathered.supply),
        reasons_(staffing::ReasonsByCourse(findings.market.problem, findings.reasons, 1)) {
    for (const Candidate& candidate : supply_.candidates) {
      candidates_.emplace(candidate.profile, &candidate);
    }
    chosen_ = staffing::ChooseTrainees(findings.market.problem, findings.planned.trainees,
                                       findings.market.people);
  }

  v1::TrainingResult Write() {
    const staffing::PlannedTraining& planned = findings_.planned;
    *result_.mutable_from() = ToWire(findings_.question.market.weeks.first);
    *result_.mutable_until() = ToWire(findings_.question.market.weeks.limit());
    result_.set_candidates(static_cast<int64_t>(candidates_.size()));
    result_.set_work(planned.work);
    if (planned.draws > 0) {
      result_.set_draws(static_cast<int32_t>(planned.draws));
      result_.set_gained_millidays(Millidays(planned.RoleDaysGained()));
      result_.set_gained_at_most_millidays(Millidays(planned.RoleDaysGainedAtMost()));
      result_.set_further_gained_millidays(Millidays(planned.RoleDaysOfFurther()));
      result_.set_proven(planned.is_proven);
    }
    AddCourses();
    AddMoves();
    AddMarket();
    SayWhyEmpty();
    return std::move(result_);
  }

 private:
  bool IsOwn(ProfileId profile) const {
    const auto at = candidates_.find(profile);
    return at != candidates_.end() && at->second->is_own;
  }

  void AddCourses() {
    const auto is_own = [this](ProfileId profile) { return IsOwn(profile); };
    std::vector<v1::CourseGroup> told;
    for (const staffing::CourseGroup& group : staffing::NameTrainees(chosen_, is_own)) {
      told.push_back(GroupOf(group));
      const auto people = static_cast<int64_t>(group.named.size()) + group.others.value_or(0);
      result_.set_trainees(result_.trainees() + people);
      result_.set_cost_yuan(result_.cost_yuan() + told.back().cost_yuan());
      if (!group.others.has_value()) result_.set_untold_courses(result_.untold_courses() + 1);
    }
    std::stable_sort(told.begin(), told.end(), [](const auto& a, const auto& b) {
      return a.profiles_size() + a.others() > b.profiles_size() + b.others();
    });
    for (v1::CourseGroup& group : told) *result_.add_courses() = std::move(group);
  }

  v1::CourseGroup GroupOf(const staffing::CourseGroup& group) const {
    const staffing::Course& course = findings_.market.problem.courses[group.course];
    v1::CourseGroup wire;
    wire.set_course(course.id);
    for (const ProfileId profile : group.named) wire.add_profiles(FormatName(profile));
    wire.set_cost_yuan(course.cost *
                       (static_cast<int64_t>(group.named.size()) + group.others.value_or(0)));
    if (!group.others.has_value()) return wire;
    wire.set_others(*group.others);
    const bool is_exact = *group.others == 0;
    for (const staffing::CourseReason& reason : reasons_) {
      if (reason.course != group.course) continue;
      wire.set_gained_millidays(Told(reason.role_days, is_exact));
      AddPlaces(reason.fills, is_exact, *wire.mutable_fills());
      AddPlaces(reason.frees, is_exact, *wire.mutable_frees());
    }
    return wire;
  }

  static int64_t Told(double role_days, bool is_exact) {
    const int64_t millidays = Millidays(role_days);
    return is_exact ? millidays : Rounded(millidays);
  }

  void AddPlaces(const std::vector<staffing::CellDays>& cells, bool is_exact,
                 google::protobuf::RepeatedPtrField<v1::WorkPlaceDays>& places) const {
    const MarketShape& shape = findings_.market.gathered.shape;
    for (const staffing::CellDays& days : cells) {
      const int64_t millidays = Told(days.role_days, is_exact);
      if (millidays == 0 || places.size() == kMostPlaces) return;
      const uint32_t role = days.cell / shape.cities(), city = days.cell % shape.cities();
      v1::WorkPlaceDays& added = *places.Add();
      added.set_role(RoleId(shape.roles()[role]));
      added.set_millidays(millidays);
      const uint32_t row = shape.rows()[city];  // Nothing is needed elsewhere.
      if (row == findings_.places.anywhere()) {
        added.set_anywhere(true);
      } else {
        const auto place = static_cast<size_t>(findings_.places.PlaceAt(row));
        added.set_city(ShippedPlaces().places()[place].id);
      }
    }
  }

  struct Move {
    int64_t own = 0;
    int64_t others = 0;
  };
  using Moves = std::map<uint32_t, Move>;  // By main role.

  void AddMoves() {
    std::map<uint32_t, Moves> by_role;
    for (const ChosenPerson& person : chosen_) {
      const auto at = candidates_.find(person.profile);
      const uint32_t to = findings_.question.entry.courses[person.course].role;
      const bool is_known = at != candidates_.end();
      Move& move = by_role[to][is_known ? at->second->main_role : PeopleSupply::kNoRole];
      ++(is_known && at->second->is_own ? move.own : move.others);
    }
    std::vector<v1::RoleMove> told;
    for (auto& [to, moves] : by_role) {
      MergeFew(moves);
      for (const auto& [from, move] : moves) {
        v1::RoleMove wire;
        if (from != PeopleSupply::kNoRole) wire.set_from_role(RoleId(from));
        wire.set_to_role(RoleId(to));
        wire.set_people(move.own + move.others);
        if (wire.people() > 0) told.push_back(std::move(wire));
      }
    }
    std::stable_sort(told.begin(), told.end(),
                     [](const auto& a, const auto& b) { return a.people() > b.people(); });
    for (v1::RoleMove& move : told) *result_.add_moves() = std::move(move);
  }

  // Others are told of as coming from no role in particular where they are few; with those
  // of a further role if they are few together, lest they be what is missing of a sum.
  static void MergeFew(Moves& moves) {
    int64_t merged = std::exchange(moves[PeopleSupply::kNoRole].others, 0);
    for (auto& [from, move] : moves) {
      if (IsFew(move.others)) merged += std::exchange(move.others, 0);
    }
    if (IsFew(merged)) {
      Move* least = nullptr;
      for (auto& [from, move] : moves) {
        if (move.others > 0 && (least == nullptr || move.others < least->others)) least = &move;
      }
      merged = least == nullptr ? 0 : merged + std::exchange(least->others, 0);
    }
    moves[PeopleSupply::kNoRole].others = merged;
  }

  void AddMarket() {
    const GatheredMarket& gathered = findings_.market.gathered;
    result_.set_demand_millidays(SumOf(gathered.asked.demand_millidays));
    result_.set_filled_millidays(
        std::min(result_.demand_millidays(), Rounded(findings_.filled_untrained)));
    result_.set_left_out_millidays(gathered.LeftOutMillidays());
    result_.set_undated_openings(gathered.open.undated);
    result_.set_forecast_history_weeks(gathered.likely.history_weeks);
  }

  void SayWhyEmpty() {
    const auto say = [this](v1::TrainingResult::EmptyReason reason, absl::string_view text) {
      result_.set_empty_reason(reason);
      result_.set_empty_text(std::string(text));
    };
    if (result_.trainees() > 0) return;
    if (result_.demand_millidays() == 0) {
      return say(v1::TrainingResult::EMPTY_REASON_NO_DEMAND,
                 "no open seat of a project that you can see asks for days in these weeks: open "
                 "openings with dates, look at other weeks, or add what-ifs or the forecast");
    }
    if (candidates_.empty()) {
      return say(v1::TrainingResult::EMPTY_REASON_NO_CANDIDATES,
                 "nobody who can get to a course lacks its role and wants to learn it: ask for "
                 "anybody, for more homes, or for other courses");
    }
    if (result_.untold_courses() > 0) {
      return say(v1::TrainingResult::EMPTY_REASON_UNTOLD,
                 "one to four people of other organizations are to be trained, of whom nothing is "
                 "told: ask for more courses or a larger budget");
    }
    say(v1::TrainingResult::EMPTY_REASON_NO_GAIN,
        "nobody whom the budget pays for would fill more than the course takes away: ask for "
        "courses in roles that are short, earlier ones, or more money");
  }

  const PlanFindings& findings_;
  const PeopleSupply& supply_;
  const std::vector<staffing::CourseReason> reasons_;
  absl::flat_hash_map<ProfileId, const Candidate*> candidates_;
  std::vector<ChosenPerson> chosen_;
  v1::TrainingResult result_;
};

v1::DrawnMillidays ToWire(const staffing::Interval& interval) {
  v1::DrawnMillidays wire;
  wire.set_mean(Millidays(interval.mean));
  wire.set_low(Millidays(interval.low));
  wire.set_high(Millidays(interval.high));
  return wire;
}

}  // namespace

v1::TrainingResult ResultOf(const PlanFindings& findings) {
  return ResultWriter(findings).Write();
}

v1::PolicyComparison ToWire(const staffing::PolicyComparison& comparison,
                            staffing::Regime regime, uint64_t seed) {
  v1::PolicyComparison wire;
  wire.set_regime(ToWire(regime));
  wire.set_seed(static_cast<int64_t>(seed));
  wire.set_draws(static_cast<int32_t>(comparison.draws));
  *wire.mutable_plan_filled() = ToWire(comparison.plan_filled);
  *wire.mutable_plan_gained() = ToWire(comparison.plan_gained);
  for (const staffing::PolicyResult& policy : comparison.policies) {
    v1::PolicyResult& added = *wire.add_policies();
    added.set_policy(static_cast<v1::TrainingPolicy>(static_cast<int>(policy.policy) + 1));
    added.set_cost_yuan(policy.cost);
    *added.mutable_filled() = ToWire(policy.filled);
    *added.mutable_gained() = ToWire(policy.gained);
    *added.mutable_plan_ahead() = ToWire(policy.plan_ahead);
  }
  return wire;
}

}  // namespace troupe
