#ifndef TROUPE_MATCHER_STAFFING_TRAINING_PLAN_H_
#define TROUPE_MATCHER_STAFFING_TRAINING_PLAN_H_

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "absl/time/time.h"
#include "matcher/base/day.h"
#include "matcher/base/ids.h"
#include "matcher/base/millionths.h"
#include "matcher/base/violation.h"
#include "matcher/domain/ownership.h"
#include "matcher/staffing/demand_model.h"

namespace troupe {

using TrainingPlanId = Id<struct TrainingPlanKind>;  // trainingPlans/{16 hex digits}

// Where and when a further role is taught, as people state it: staffing::Course has it in
// the rows of a market.
struct CourseTerms {
  std::string id;
  std::string title;  // Empty: the role's name.
  std::string role;   // Of the taxonomy.
  std::string place;  // Of the gazetteer; empty: from anywhere.
  Day start;
  int32_t weeks = 0;
  int64_t cost_yuan = 0;  // A person.
  int64_t seats = 0;
  int64_t success_millionths = kMillionths;
  int64_t productivity_millionths = kMillionths;
  int64_t absence_millionths = kMillionths;

  friend bool operator==(const CourseTerms&, const CourseTerms&) = default;
};

// Whom to train for which money: what it is made from, and what it came to.
struct TrainingPlan {
  enum class Learners : uint8_t {  // Stored: never renumber.
    kWishing = 1,                  // Who says to want to grow into the role.
    kAnybody = 2,
  };
  static constexpr size_t kMostCourses = 200;
  static constexpr size_t kMostHomes = 200;
  static constexpr size_t kMostWhatIfs = 20;
  static constexpr int32_t kUsualDraws = 16;
  static constexpr int64_t kUsualWork = 100'000;
  static constexpr int32_t kUsualComparisonDraws = 1'000;
  static constexpr int64_t kUsualFurtherYuan = 100'000;

  TrainingPlanId id;
  Ownership ownership;
  ExternalId external_id;
  absl::Time create_time;
  absl::Time update_time;
  std::string title;
  std::optional<Day> from;   // nullopt: the day on which the plan is made.
  std::optional<Day> until;  // nullopt: as many weeks as usual.
  std::vector<CourseTerms> courses;
  int64_t budget_yuan = 0;
  std::vector<std::string> homes;  // Of the gazetteer; none: all.
  Learners learners = Learners::kWishing;
  staffing::Regime regime = staffing::Regime::kPoisson;
  // Changes of the market, each in the bytes of the API's message: only who reads them for
  // a day and a place can say what they mean.
  std::vector<std::string> what_ifs;
  bool include_forecast = false;
  int32_t draws = 0;  // 0 in this and what follows: as usual.
  uint64_t seed = 0;
  int64_t work_limit = 0;
  int32_t comparison_draws = 0;
  std::optional<int64_t> further_yuan;
  // What the server found, in the bytes of the API's messages: it is told as it was. Empty:
  // nothing.
  std::string result;
  std::string simulation;
  // How many are to take each course, by course, those that `result` does not tell of
  // included; none without a result.
  std::vector<int64_t> planned;

  friend bool operator==(const TrainingPlan&, const TrainingPlan&) = default;
};

// Every rule that the plan breaks by itself, but for its `what_ifs`.
Violations ValidateTrainingPlan(const TrainingPlan& plan);

}  // namespace troupe

#endif  // TROUPE_MATCHER_STAFFING_TRAINING_PLAN_H_
