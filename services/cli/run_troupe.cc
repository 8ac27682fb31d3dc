#include "services/cli/run_troupe.h"

#include <CLI/CLI.hpp>
#include <sstream>
#include <string>
#include <utility>
#include <vector>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "matcher/base/status_macros.h"
#include "services/cli/command.h"
#include "services/cli/error_text.h"
#include "services/cli/session.h"
#include "services/rpc/channel_credentials.h"

namespace troupe {
namespace {

constexpr int kDone = 0;
constexpr int kFailed = 1;
constexpr int kBadUsage = 2;

void AddCommonOptions(CLI::App& app, CommonOptions& options) {
  app.add_option("--server", options.server, "The server's address, host:port")
      ->envname("TROUPE_SERVER")
      ->capture_default_str()
      ->type_name("ADDRESS");
  const auto add_server = [&](const char* name, std::string& address, const char* variable,
                              const char* process) {
    app.add_option(name, address, absl::StrCat("The address of ", process, ", if it is another"))
        ->envname(variable)
        ->type_name("ADDRESS");
  };
  add_server("--profiles_server", options.profiles_server, "TROUPE_PROFILES_SERVER",
             "troupe-profiles");
  add_server("--projects_server", options.projects_server, "TROUPE_PROJECTS_SERVER",
             "troupe-projects");
  add_server("--matching_server", options.matching_server, "TROUPE_MATCHING_SERVER",
             "troupe-matching");
  app.add_option("--organization", options.organization,
                 "The organization that asks (the certificate's; else demo, for stats and backup operator)")
      ->envname("TROUPE_ORGANIZATION")
      ->type_name("SLUG");
  app.add_option("--tls_ca", options.tls.authority,
                 "Who signed the server's certificate, PEM; without it no TLS")
      ->envname("TROUPE_TLS_CA")
      ->type_name("FILE");
  app.add_option("--tls_cert", options.tls.certificate, "Your certificate, PEM")
      ->envname("TROUPE_TLS_CERT")
      ->type_name("FILE");
  app.add_option("--tls_key", options.tls.key, "The key of --tls_cert, PEM")
      ->envname("TROUPE_TLS_KEY")
      ->type_name("FILE");
  app.add_flag("--fresh", options.fresh,
               "Wait until the answer shows all that was acknowledged before, by any process");
  app.add_flag("--json", options.json,
               "Write JSON, one document a line, and nothing else to standard output");
  app.add_flag("--verbose", options.verbose, "Tell more");
}

void AddCommands(CLI::App& app, Action& chosen) {
  AddImportCommand(app, chosen);
  AddGenerateCommand(app, chosen);
  AddFindCommand(app, chosen);
  AddOpeningsCommand(app, chosen);
  AddWhyCommand(app, chosen);
  AddHoldCommand(app, chosen);
  AddOutcomeCommand(app, chosen);
  AddPlacementCommand(app, chosen);
  AddGapsCommand(app, chosen);
  AddPlanCommand(app, chosen);
  AddShadowCommand(app, chosen);
  AddLearnCommand(app, chosen);
  AddModelsCommand(app, chosen);
  AddEvaluateCommand(app, chosen);
  AddWindowsCommand(app, chosen);
  AddShowCommand(app, chosen);
  AddListCommand(app, chosen);
  AddWatchCommand(app, chosen);
  AddStatsCommand(app, chosen);
  AddCreateCommand(app, chosen);
  AddUpdateCommand(app, chosen);
  AddDeleteCommand(app, chosen);
  AddCalendarCommand(app, chosen);
  AddBackupCommand(app, chosen);
  AddPlacesCommand(app, chosen);
  AddRolesCommand(app, chosen);
  AddCompletionCommand(app, chosen);
}

// "troupe hold place": the command that was being read, as far as it was.
std::string CommandRead(const CLI::App& app) {
  const std::vector<CLI::App*> read = app.get_subcommands();
  if (read.empty()) return app.get_name();
  return absl::StrCat(app.get_name(), " ", CommandRead(*read.front()));
}

// What was wrong. A word where a command should be is the fault, not that none is given.
std::string Fault(const CLI::App& app, const CLI::ParseError& error) {
  const std::vector<std::string> rest = app.remaining(/*recurse=*/true);
  const bool wants_command = error.get_name() == "RequiredError" &&
                             absl::StrContains(error.what(), "subcommand") && !rest.empty();
  return wants_command ? absl::StrCat("there is no command \"", rest.front(), "\"") : error.what();
}

absl::Status Run(const Action& chosen, const Host& host, const CommonOptions& options) {
  TROUPE_ASSIGN_OR_RETURN(auto credentials, ChannelCredentials(options.tls));
  Session session(host, options, std::move(credentials));
  return chosen(session);
}

}  // namespace

int RunTroupe(int argc, const char* const* argv, const Host& host) {
  CLI::App app("Finds who is free and fits best for a production's openings, and why.", "troupe");
  app.require_subcommand(1);
  app.fallthrough();
  app.footer("Exit codes: 0 done, 1 failed, 2 bad usage.");
  CommonOptions options;
  Action chosen;
  AddCommonOptions(app, options);
  AddCommands(app, chosen);
  try {
    app.parse(argc, argv);
  } catch (const CLI::ParseError& error) {
    std::ostringstream ignored;
    if (error.get_exit_code() == 0) return app.exit(error, host.streams.out, ignored);
    host.streams.err << "error: " << Fault(app, error) << "\nSee \"" << CommandRead(app)
                     << " --help\".\n";
    return kBadUsage;
  }
  const absl::Status status = Run(chosen, host, options);
  if (status.ok()) return kDone;
  PrintError(status, host.streams.err);
  return kFailed;
}

}  // namespace troupe
