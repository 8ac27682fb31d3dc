#ifndef TROUPE_SERVICES_CLI_STAFFING_PLAN_FIGURES_H_
#define TROUPE_SERVICES_CLI_STAFFING_PLAN_FIGURES_H_

#include <cstdint>
#include <map>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "services/cli/connection.h"
#include "services/cli/placement/placement_words.h"
#include "services/cli/placement/report_tables.h"
#include "troupe/v1/training_plan.pb.h"

namespace troupe {

// A plan with all that is to be reported of it.
struct PlanFigures {
  v1::TrainingPlan plan;
  std::map<std::string, std::string> people;  // What the caller's own are called, by profile.

  // Asks what the people of `plan` are called. Who is gone since is called by profile.
  static absl::StatusOr<PlanFigures> Load(v1::TrainingPlan plan, const Connection& connection);

  const std::string& NameOf(const std::string& profile) const;
  // The course of that id, by which results name it.
  const v1::Course& CourseOf(const std::string& id) const;
};

// "Lighting course", or what its role is called.
Phrase TitleOf(const v1::Course& course);

// One sentence: who learns, for how much.
Phrase SummaryOf(const PlanFigures& figures);

// What stands above all tables.
std::vector<ReportFact> FactsOf(const PlanFigures& figures);

// What a reader has to know of the figures: what is rounded, untold, left out.
std::vector<Phrase> RemarksOn(const PlanFigures& figures);

// What `millidays` of work for `yuan` are for 10,000 yuan.
std::string GainForMoney(int64_t millidays, int64_t yuan);

}  // namespace troupe

#endif  // TROUPE_SERVICES_CLI_STAFFING_PLAN_FIGURES_H_
