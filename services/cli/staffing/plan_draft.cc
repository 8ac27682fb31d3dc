#include "services/cli/staffing/plan_draft.h"

#include <filesystem>
#include <utility>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "google/protobuf/util/message_differencer.h"
#include "matcher/base/status_macros.h"
#include "matcher/domain/gazetteer.h"
#include "services/cli/input_file.h"
#include "services/cli/json_text.h"
#include "services/cli/option_values.h"
#include "services/cli/staffing/course_sheet.h"
#include "services/cli/staffing/plan_store.h"
#include "services/cli/staffing/plan_words.h"

namespace troupe {
namespace {

using google::protobuf::util::MessageDifferencer;

bool IsPlan(const std::string& what) { return absl::StartsWith(what, "trainingPlans/"); }

// "spring" for "plans/spring.csv", which names a plan unless it is told otherwise.
std::string StemOf(const std::string& path) {
  return path == "-" ? "plan" : std::filesystem::path(path).stem().string();
}

absl::StatusOr<v1::TrainingPlan> ReadJsonPlan(const std::string& path, Session& session) {
  TROUPE_ASSIGN_OR_RETURN(const std::string text, ReadText(path, session.streams().in));
  v1::TrainingPlan plan;
  TROUPE_RETURN_IF_ERROR(FromJson(text, path == "-" ? "standard input" : path, plan));
  ClearGiven(plan);
  plan.clear_etag();  // A file is run again and again.
  return plan;
}

// A name of the gazetteer by its id, anything else as it is: the server tells what is wrong.
std::string PlaceIdOf(const std::string& text) {
  const Place* const place = ShippedPlaces().FindByName(text);
  return place == nullptr ? text : place->id;
}

void FillGiven(const PlanDraftOptions& options, Day today, v1::TrainingPlan& plan) {
  if (options.budget_yuan.has_value()) plan.set_budget_yuan(*options.budget_yuan);
  if (!options.homes.empty()) plan.clear_homes();
  for (const std::string& home : options.homes) plan.add_homes(PlaceIdOf(home));
  if (!options.learners.empty()) plan.set_learners(LearnersOf(options.learners));
  if (!options.regime.empty()) plan.set_regime(RegimeOf(options.regime));
  options.market.Fill(today, plan);
  if (options.draws.has_value()) plan.set_draws(*options.draws);
  if (options.seed.has_value()) plan.set_seed(*options.seed);
  if (options.work_limit.has_value()) plan.set_work_limit(*options.work_limit);
  if (options.comparison_draws.has_value()) plan.set_comparison_draws(*options.comparison_draws);
  if (options.further_yuan.has_value()) plan.set_further_yuan(*options.further_yuan);
  if (!options.title.empty()) plan.set_title(options.title);
  if (options.id.empty()) return;
  plan.mutable_external_id()->set_source(kPlanFilesSource);
  plan.mutable_external_id()->set_id(options.id);
}

// What tells plans of files apart, and calls them, where nothing else does.
void FillNames(const PlanDraftOptions& options, v1::TrainingPlan& plan) {
  if (plan.name().empty() && !plan.has_external_id()) {
    plan.mutable_external_id()->set_source(kPlanFilesSource);
    plan.mutable_external_id()->set_id(
        StemOf(options.what.empty() ? options.courses : options.what));
  }
  if (plan.title().empty()) plan.set_title(plan.external_id().id());
}

}  // namespace

void PlanDraftOptions::AddTo(CLI::App& command) {
  command.add_option("FILE", what,
                     "A TrainingPlan as JSON, - for standard input; or trainingPlans/{plan}, to "
                     "make it again");
  command
      .add_option("--courses", courses,
                  absl::StrCat("CSV file of courses: ", CourseForm().ColumnNames()))
      ->type_name("FILE");
  command.add_option("--budget", budget_yuan, "What all may cost together, in yuan: 500000")
      ->type_name("YUAN");
  command
      .add_option("--home", homes,
                  "Only train people who live there, of `troupe places`; may be repeated")
      ->type_name("PLACE")
      ->allow_extra_args(false);
  RequireOneOf(LearnersWords(),
               *command.add_option("--learners", learners,
                                   "Who may take a course: who wishes to grow into its role, or "
                                   "anybody who can get there (wishing)"));
  RequireOneOf(RegimeWords(), *command.add_option("--regime", regime,
                                                  "How demand strays from what is expected "
                                                  "(poisson)"));
  market.AddTo(command);
  command.add_option("--draws", draws, "Draws of demand to choose by (16)")->type_name("COUNT");
  command.add_option("--seed", seed, "Of all draws: a whole number, not negative (0)")
      ->type_name("NUMBER");
  command.add_option("--work-limit", work_limit, "Weeks of draws to solve, about (100000)")
      ->type_name("COUNT");
  command
      .add_option("--comparison-draws", comparison_draws,
                  "Fresh draws to compare with policies on (1000)")
      ->type_name("COUNT");
  command.add_option("--further", further_yuan, "Also say what so many more would buy (100000)")
      ->type_name("YUAN");
  command.add_option("--title", title, "What people call the plan (its id)")->type_name("TEXT");
  command
      .add_option("--id", id,
                  "Tells plans apart: the same id again changes that plan (the file's name "
                  "without its ending)")
      ->type_name("ID");
}

void PlanDraftOptions::CheckUsage() const {
  if (!what.empty()) return;
  if (courses.empty()) {
    throw CLI::ValidationError(
        "--courses", "is missing: give a JSON file, a plan, or a CSV file of courses");
  }
  if (!budget_yuan.has_value()) {
    throw CLI::ValidationError("--budget", "is missing: give what all may cost together, in yuan");
  }
}

absl::StatusOr<v1::TrainingPlan> StoredPlan(const PlanDraftOptions& options, Session& session) {
  v1::TrainingPlan plan;
  if (IsPlan(options.what)) {
    TROUPE_ASSIGN_OR_RETURN(plan, GetPlan(options.what, session.connection()));
  } else if (!options.what.empty()) {
    TROUPE_ASSIGN_OR_RETURN(plan, ReadJsonPlan(options.what, session));
  }
  const v1::TrainingPlan before = plan;
  CourseRows rows;
  if (!options.courses.empty()) {
    Defects defects("plan");
    TROUPE_ASSIGN_OR_RETURN(rows, ReadCourses(options.courses, defects));
    TROUPE_RETURN_IF_ERROR(defects.ToStatus());
    plan.mutable_courses()->Assign(rows.courses.begin(), rows.courses.end());
  }
  FillGiven(options, session.Today(), plan);
  if (IsPlan(options.what) && MessageDifferencer::Equals(plan, before)) return plan;
  FillNames(options, plan);
  ClearGiven(plan);
  absl::StatusOr<v1::TrainingPlan> stored = StorePlan(std::move(plan), session);
  if (stored.ok()) return stored;
  return ToldByRow(stored.status(), "courses", rows.at);
}

}  // namespace troupe
