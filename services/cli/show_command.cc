#include <memory>
#include <optional>
#include <string>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "matcher/base/status_macros.h"
#include "matcher/base/violation.h"
#include "services/cli/command.h"
#include "services/cli/option_values.h"
#include "services/cli/profile_card.h"
#include "services/cli/project_card.h"
#include "troupe/v1/profile_service.grpc.pb.h"
#include "troupe/v1/project_service.grpc.pb.h"

namespace troupe {
namespace {

struct ShowOptions {
  std::string name;
  std::optional<Day> today;
};

absl::Status ShowProfile(const ShowOptions& options, Session& session) {
  const Connection& connection = session.connection();
  v1::GetProfileRequest request;
  request.set_name(options.name);
  TROUPE_ASSIGN_OR_RETURN(
      const v1::Profile profile,
      connection.Ask(&v1::ProfileService::Stub::GetProfile, request));
  if (session.json()) {
    session.PrintJson(profile);
  } else {
    PrintCard(profile, options.today.value_or(session.Today()), session.streams());
  }
  return absl::OkStatus();
}

absl::Status ShowProject(const std::string& name, Session& session) {
  const Connection& connection = session.connection();
  v1::GetProjectRequest request;
  request.set_name(name.substr(0, name.find("/openings/")));
  TROUPE_ASSIGN_OR_RETURN(
      const v1::Project project,
      connection.Ask(&v1::ProjectService::Stub::GetProject, request));
  if (request.name() == name) {
    session.json() ? session.PrintJson(project) : PrintCard(project, session.streams());
    return absl::OkStatus();
  }
  for (const v1::Opening& opening : project.openings()) {
    if (opening.name() != name) continue;
    session.json() ? session.PrintJson(opening) : PrintCard(project, opening, session.streams());
    return absl::OkStatus();
  }
  return ErrorWithReason(absl::StatusCode::kNotFound, "NOT_FOUND",
                         absl::StrCat("there is no ", name, ": see its project's openings with "
                                      "\"troupe show ", request.name(), "\""));
}

absl::Status Show(const ShowOptions& options, Session& session) {
  if (absl::StartsWith(options.name, "profiles/")) return ShowProfile(options, session);
  return ShowProject(options.name, session);
}

}  // namespace

void AddShowCommand(CLI::App& app, Action& chosen) {
  auto options = std::make_shared<ShowOptions>();
  CLI::App& command = *app.add_subcommand("show", "Show a profile, a project or an opening");
  command
      .add_option("NAME", options->name,
                  "profiles/{profile}, projects/{project} or projects/{project}/openings/{number}")
      ->required()
      ->check([](const std::string& name) -> std::string {
        if (absl::StartsWith(name, "profiles/") || absl::StartsWith(name, "projects/")) return "";
        return "a name begins with profiles/ or projects/";
      });
  AddDayOption(command, "--today", options->today, "Begin the calendar at this day's month");
  command.callback([options, &chosen] {
    chosen = [options](Session& session) { return Show(*options, session); };
  });
}

}  // namespace troupe
