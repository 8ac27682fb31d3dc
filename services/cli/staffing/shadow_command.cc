#include <cstdint>
#include <map>
#include <memory>
#include <optional>
#include <set>
#include <string>
#include <utility>

#include "absl/strings/str_cat.h"
#include "matcher/base/millionths.h"
#include "matcher/base/status_macros.h"
#include "services/cli/command.h"
#include "services/cli/number_text.h"
#include "services/cli/placement/placement_words.h"
#include "services/cli/table.h"
#include "services/cli/wording.h"
#include "troupe/v1/profile.pb.h"
#include "troupe/v1/profile_service.grpc.pb.h"
#include "troupe/v1/project.pb.h"
#include "troupe/v1/project_service.grpc.pb.h"
#include "troupe/v1/shadowing.pb.h"
#include "troupe/v1/staffing_service.grpc.pb.h"

namespace troupe {
namespace {

struct ShadowOptions {
  v1::SuggestShadowingRequest request;
  bool add = false;
};

// Display names by resource name, of everybody in `response`.
absl::StatusOr<std::map<std::string, std::string>> NamesIn(
    const v1::SuggestShadowingResponse& response, const Connection& connection) {
  std::set<std::string> people;
  for (const v1::Shadowing& pair : response.suggestions()) {
    people.insert(pair.learner());
    people.insert(pair.expert());
  }
  std::map<std::string, std::string> names;
  if (people.empty()) return names;
  v1::BatchGetProfilesRequest request;
  for (const std::string& person : people) request.add_names(person);
  TROUPE_ASSIGN_OR_RETURN(
      const v1::BatchGetProfilesResponse profiles,
      connection.Ask(&v1::ProfileService::Stub::BatchGetProfiles, request));
  for (const v1::Profile& profile : profiles.profiles()) {
    names[profile.name()] = profile.display_name();
  }
  return names;
}

// "2026-03-09..2026-03-10, 2026-03-12..2026-03-13"
std::string DaysText(const v1::Shadowing& pair) {
  std::string text;
  for (const v1::DateRange& days : pair.days()) {
    absl::StrAppend(&text, text.empty() ? "" : ", ", Worded(days));
  }
  return text;
}

// "wants to", "12.0 % of such people come to it"
std::string ReasonText(const v1::Shadowing& pair) {
  if (pair.wished()) return "wants to";
  return absl::StrCat(ShareText(pair.adjacency_millionths(), kMillionths),
                      " of such people come to it");
}

void PrintSuggestions(const v1::SuggestShadowingResponse& response,
                      std::map<std::string, std::string>& names, const Streams& streams) {
  if (response.suggestions().empty()) {
    streams.out << response.empty_text() << "\n";
    return;
  }
  Table table({{.title = "learner", .shrinks = true},
               {.title = "is", .shrinks = true},
               {.title = "learns", .shrinks = true},
               {.title = "beside", .shrinks = true},
               {.title = "level", .right = true},
               {.title = "days", .right = true},
               {.title = "when", .wraps = true},
               {.title = "worth", .right = true},
               {.title = "why", .wraps = true}});
  for (const v1::Shadowing& pair : response.suggestions()) {
    table.AddRow({{names[pair.learner()], Ink::kHeading},
                  RoleName(pair.learner_role()),
                  RoleName(pair.role()),
                  {names[pair.expert()], Ink::kHeading},
                  absl::StrCat(pair.expert_level()),
                  absl::StrCat(pair.day_count()),
                  DaysText(pair),
                  {WithCommas(pair.worth()), Ink::kScore},
                  ReasonText(pair)},
                 {absl::StrCat("  ", pair.learner(), " beside ", pair.expert(), " in ",
                               pair.expert_opening())});
  }
  table.Print(streams);
  streams.out << Counted(response.suggestions_size(), "trainee seat") << " for a crew of "
              << response.crew() << " with " << Counted(response.experts(), "expert") << "\n";
}

absl::StatusOr<v1::Project> ProjectNamed(const std::string& name, const Connection& connection) {
  v1::GetProjectRequest request;
  request.set_name(name);
  return connection.Ask(&v1::ProjectService::Stub::GetProject, request);
}

// `project` as it was read before the suggestions were made: whoever changed it since is
// not overwritten.
absl::Status AddSeats(v1::Project project, const v1::SuggestShadowingResponse& response,
                      Session& session) {
  std::set<std::string> before;
  for (const v1::Opening& opening : project.openings()) before.insert(opening.name());
  for (const v1::Shadowing& pair : response.suggestions()) {
    *project.add_openings() = pair.trainee_seat();
  }
  v1::UpdateProjectRequest request;
  *request.mutable_project() = std::move(project);
  request.mutable_update_mask()->add_paths("openings");
  const Connection& connection = session.connection();
  TROUPE_ASSIGN_OR_RETURN(
      const v1::Project updated,
      connection.Ask(&v1::ProjectService::Stub::UpdateProject, request));
  if (session.json()) {
    session.PrintJson(updated);
    return absl::OkStatus();
  }
  for (const v1::Opening& opening : updated.openings()) {
    if (before.contains(opening.name())) continue;
    session.out() << "added " << opening.name() << ", a draft\n";
  }
  return absl::OkStatus();
}

absl::Status Suggest(const ShadowOptions& options, Session& session) {
  const Connection& connection = session.connection();
  std::optional<v1::Project> project;
  if (options.add) {
    TROUPE_ASSIGN_OR_RETURN(project, ProjectNamed(options.request.project(), connection));
  }
  TROUPE_ASSIGN_OR_RETURN(
      const v1::SuggestShadowingResponse response,
      connection.AskPatiently(&v1::StaffingService::Stub::SuggestShadowing,
                              options.request));
  if (session.json()) {
    session.PrintJson(response);
  } else {
    TROUPE_ASSIGN_OR_RETURN(auto names, NamesIn(response, connection));
    PrintSuggestions(response, names, session.streams());
  }
  if (!project.has_value() || response.suggestions().empty()) return absl::OkStatus();
  return AddSeats(*std::move(project), response, session);
}

}  // namespace

void AddShadowCommand(CLI::App& app, Action& chosen) {
  const auto options = std::make_shared<ShadowOptions>();
  v1::SuggestShadowingRequest& request = options->request;
  CLI::App& shadow = *app.add_subcommand(
      "shadow", "Show who of a project's crew could learn which role beside whom");
  shadow
      .add_option_function<std::string>(
          "PROJECT", [&request](const std::string& name) { request.set_project(name); },
          "projects/{project}")
      ->required();
  const auto add_number = [&](const char* name, int32_t most, const char* help,
                              void (v1::SuggestShadowingRequest::*set)(int32_t)) {
    shadow
        .add_option_function<int32_t>(
            name, [&request, set](int32_t number) { (request.*set)(number); }, help)
        ->check(CLI::Range(1, most).description(""))
        ->type_name("NUMBER");
  };
  add_number("--learners-per-expert", 5, "How many learn beside one person, at most (1)",
             &v1::SuggestShadowingRequest::set_learners_per_expert);
  add_number("--expert-level", 5, "The least level of who is learned from (4)",
             &v1::SuggestShadowingRequest::set_expert_level);
  add_number("--least-days", 366, "Days that both must be there (2)",
             &v1::SuggestShadowingRequest::set_least_days);
  shadow.add_flag_callback("--wishing", [&request] { request.set_wishing_only(true); },
                           "Only who wants to grow into the role");
  shadow.add_flag("--add", options->add,
                  "Add the trainee seats to the project, as drafts, unless it has changed");
  shadow.callback([options, &chosen] {
    chosen = [options](Session& session) { return Suggest(*options, session); };
  });
}

}  // namespace troupe
