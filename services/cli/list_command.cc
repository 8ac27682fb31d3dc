#include <algorithm>
#include <cstdint>
#include <memory>
#include <string>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "matcher/base/status_macros.h"
#include "services/cli/command.h"
#include "services/cli/option_values.h"
#include "services/cli/table.h"
#include "services/cli/wording.h"
#include "troupe/v1/profile.pb.h"
#include "troupe/v1/profile_service.grpc.pb.h"
#include "troupe/v1/project.pb.h"
#include "troupe/v1/project_service.grpc.pb.h"

namespace troupe {
namespace {

constexpr int64_t kPage = 500;

struct ListOptions {
  int64_t limit = 50;
  std::string owner;
  std::string role;
  std::string place;
  std::string state;
  std::string findability;
  std::string order_by;
};

template <typename Request>
Request RequestOf(const ListOptions& options) {
  Request request;
  if (!options.owner.empty()) {
    request.set_organization(absl::StartsWith(options.owner, "organizations/")
                                 ? options.owner
                                 : absl::StrCat("organizations/", options.owner));
  }
  request.set_role(options.role);
  request.set_place(options.place);
  request.set_order_by(options.order_by);
  return request;
}

// Asks page after page: `ask` says how many records one held, and leaves the next
// page in the request. Says whether there are more than `limit`.
template <typename Request, typename AskPage>
absl::StatusOr<bool> AskPages(int64_t limit, Request request, const AskPage& ask) {
  while (limit > 0) {
    request.set_page_size(static_cast<int32_t>(std::min(limit, kPage)));
    TROUPE_ASSIGN_OR_RETURN(const int64_t taken, ask(request));
    limit -= taken;
    if (request.page_token().empty()) return false;
  }
  return true;
}

void Print(const Table& table, bool more, const Session& session) {
  if (session.json()) return;
  table.Print(session.streams());
  if (more) session.out() << "... and more: raise --limit\n";
}

std::string Roles(const v1::Profile& profile) {
  return absl::StrJoin(profile.roles(), ", ", [](std::string* out, const v1::ProfileRole& role) {
    absl::StrAppend(out, role.role(), role.grow_into() ? "?" : absl::StrCat(" ", role.level()));
  });
}

std::string Genres(const v1::Project& project) {
  return absl::StrJoin(project.genres(), ", ", [](std::string* out, const v1::Label& genre) {
    absl::StrAppend(out, genre.name().empty() ? genre.id() : genre.name());
  });
}

absl::Status ListProfiles(const ListOptions& options, Session& session) {
  auto request = RequestOf<v1::ListProfilesRequest>(options);
  if (options.findability == "findable") request.set_findability(v1::FINDABILITY_FINDABLE);
  if (options.findability == "hidden") request.set_findability(v1::FINDABILITY_HIDDEN);
  Table table({{.title = "profile"},
               {.title = "name"},
               {.title = "home"},
               {.title = "credits", .right = true},
               {.title = "roles", .shrinks = true}});
  const Connection& connection = session.connection();
  const auto ask = [&](v1::ListProfilesRequest& page) -> absl::StatusOr<int64_t> {
    TROUPE_ASSIGN_OR_RETURN(
        const v1::ListProfilesResponse response,
        connection.Ask(&v1::ProfileService::Stub::ListProfiles, page));
    page.set_page_token(response.next_page_token());
    for (const v1::Profile& profile : response.profiles()) {
      if (session.json()) {
        session.PrintJson(profile);
        continue;
      }
      table.AddRow({{profile.name(), Ink::kFaint}, {profile.display_name(), Ink::kHeading},
                    PlaceName(profile.home_place()), absl::StrCat(profile.credits_size()),
                    Roles(profile)});
    }
    return response.profiles_size();
  };
  TROUPE_ASSIGN_OR_RETURN(const bool more, AskPages(options.limit, request, ask));
  Print(table, more, session);
  return absl::OkStatus();
}

v1::Opening::State StateOf(const std::string& state) {
  if (state == "draft") return v1::Opening::STATE_DRAFT;
  if (state == "open") return v1::Opening::STATE_OPEN;
  return state == "closed" ? v1::Opening::STATE_CLOSED : v1::Opening::STATE_UNSPECIFIED;
}

absl::Status ListProjects(const ListOptions& options, Session& session) {
  auto request = RequestOf<v1::ListProjectsRequest>(options);
  request.set_state(StateOf(options.state));
  Table table({{.title = "project"},
               {.title = "title", .shrinks = true},
               {.title = "place"},
               {.title = "shoots"},
               {.title = "openings", .right = true},
               {.title = "genres", .shrinks = true}});
  const Connection& connection = session.connection();
  const auto ask = [&](v1::ListProjectsRequest& page) -> absl::StatusOr<int64_t> {
    TROUPE_ASSIGN_OR_RETURN(
        const v1::ListProjectsResponse response,
        connection.Ask(&v1::ProjectService::Stub::ListProjects, page));
    page.set_page_token(response.next_page_token());
    for (const v1::Project& project : response.projects()) {
      if (session.json()) {
        session.PrintJson(project);
        continue;
      }
      table.AddRow({{project.name(), Ink::kFaint}, {project.title(), Ink::kHeading},
                    PlaceName(project.place()), Worded(project.dates()),
                    absl::StrCat(project.openings_size()), Genres(project)});
    }
    return response.projects_size();
  };
  TROUPE_ASSIGN_OR_RETURN(const bool more, AskPages(options.limit, request, ask));
  Print(table, more, session);
  return absl::OkStatus();
}

void AddCommonOptions(CLI::App& command, ListOptions& options) {
  command.add_option("--limit", options.limit, "How many at most")
      ->check(AtLeastOne)
      ->capture_default_str()
      ->type_name("COUNT");
  command.add_option("--owner", options.owner, "Only what this organization owns")
      ->type_name("ORGANIZATION");
  command.add_option("--place", options.place, "Only in this place of the gazetteer, or within it")
      ->type_name("PLACE");
  RequireOneOf({"name", "update_time", "name desc", "update_time desc"},
               *command.add_option("--order-by", options.order_by, "In this order"));
}

}  // namespace

void AddListCommand(CLI::App& app, Action& chosen) {
  auto options = std::make_shared<ListOptions>();
  CLI::App& command = *app.add_subcommand("list", "List profiles or projects");
  command.require_subcommand(1);
  command.fallthrough();
  CLI::App& profiles = *command.add_subcommand("profiles", "List profiles");
  AddCommonOptions(profiles, *options);
  profiles.add_option("--role", options->role, "Only who holds this role, or grows into it")
      ->type_name("ROLE");
  RequireOneOf({"findable", "hidden"},
               *profiles.add_option("--findability", options->findability, "Only these"));
  profiles.callback([options, &chosen] {
    chosen = [options](Session& session) { return ListProfiles(*options, session); };
  });
  CLI::App& projects = *command.add_subcommand("projects", "List projects");
  AddCommonOptions(projects, *options);
  projects.add_option("--role", options->role, "Only with an opening in this role")
      ->type_name("ROLE");
  RequireOneOf({"draft", "open", "closed"},
               *projects.add_option("--state", options->state,
                                    "Only with an opening in this state"));
  projects.callback([options, &chosen] {
    chosen = [options](Session& session) { return ListProjects(*options, session); };
  });
}

}  // namespace troupe
