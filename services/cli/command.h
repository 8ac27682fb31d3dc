#ifndef TROUPE_SERVICES_CLI_COMMAND_H_
#define TROUPE_SERVICES_CLI_COMMAND_H_

#include <CLI/App.hpp>
#include <functional>

#include "absl/status/status.h"
#include "services/cli/session.h"

namespace troupe {

// What the user asked for, to be done once all of the line is understood. Its
// status is the run's: OK is exit code 0, anything else 1.
using Action = std::function<absl::Status(Session& session)>;

// Each adds one subcommand to `app`, which sets `chosen` when the user gives it.
// Both outlive the parsing.
void AddBackupCommand(CLI::App& app, Action& chosen);
void AddCalendarCommand(CLI::App& app, Action& chosen);
void AddCompletionCommand(CLI::App& app, Action& chosen);
void AddCreateCommand(CLI::App& app, Action& chosen);
void AddDeleteCommand(CLI::App& app, Action& chosen);
void AddEvaluateCommand(CLI::App& app, Action& chosen);
void AddFindCommand(CLI::App& app, Action& chosen);
void AddGapsCommand(CLI::App& app, Action& chosen);
void AddGenerateCommand(CLI::App& app, Action& chosen);
void AddHoldCommand(CLI::App& app, Action& chosen);
void AddImportCommand(CLI::App& app, Action& chosen);
void AddLearnCommand(CLI::App& app, Action& chosen);
void AddListCommand(CLI::App& app, Action& chosen);
void AddModelsCommand(CLI::App& app, Action& chosen);
void AddOpeningsCommand(CLI::App& app, Action& chosen);
void AddOutcomeCommand(CLI::App& app, Action& chosen);
void AddPlacementCommand(CLI::App& app, Action& chosen);
void AddPlacesCommand(CLI::App& app, Action& chosen);
void AddPlanCommand(CLI::App& app, Action& chosen);
void AddRolesCommand(CLI::App& app, Action& chosen);
void AddShadowCommand(CLI::App& app, Action& chosen);
void AddShowCommand(CLI::App& app, Action& chosen);
void AddStatsCommand(CLI::App& app, Action& chosen);
void AddUpdateCommand(CLI::App& app, Action& chosen);
void AddWatchCommand(CLI::App& app, Action& chosen);
void AddWhyCommand(CLI::App& app, Action& chosen);
void AddWindowsCommand(CLI::App& app, Action& chosen);

}  // namespace troupe

#endif  // TROUPE_SERVICES_CLI_COMMAND_H_
