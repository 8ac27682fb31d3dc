#ifndef TROUPE_SERVICES_CLI_STAFFING_PLAN_DRAFT_H_
#define TROUPE_SERVICES_CLI_STAFFING_PLAN_DRAFT_H_

#include <CLI/App.hpp>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "services/cli/session.h"
#include "services/cli/staffing/market_options.h"
#include "troupe/v1/training_plan.pb.h"

namespace troupe {

// What a plan is to be made from: a file or a stored plan, and what goes before it.
struct PlanDraftOptions {
  std::string what;     // A JSON file, "-", or a plan; empty: a file of courses.
  std::string courses;  // A CSV file.
  std::optional<int64_t> budget_yuan;
  std::vector<std::string> homes;
  std::string learners;
  std::string regime;
  MarketOptions market;
  std::optional<int32_t> draws;
  std::optional<int64_t> seed;
  std::optional<int64_t> work_limit;
  std::optional<int32_t> comparison_draws;
  std::optional<int64_t> further_yuan;
  std::string title;
  std::string id;

  void AddTo(CLI::App& command);

  // Throws what the parser throws for bad usage that it cannot tell.
  void CheckUsage() const;
};

// Reads what `options` name, and stores it. Returns the plan as stored. FAILED_PRECONDITION,
// reason MALFORMED_PLAN, with each fault of the file of courses, before anything is sent;
// INVALID_ARGUMENT about a field of a JSON file; errors of the server, told by the rows of
// the file of courses where they name one.
absl::StatusOr<v1::TrainingPlan> StoredPlan(const PlanDraftOptions& options, Session& session);

}  // namespace troupe

#endif  // TROUPE_SERVICES_CLI_STAFFING_PLAN_DRAFT_H_
