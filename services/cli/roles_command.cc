#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"
#include "absl/strings/str_join.h"
#include "matcher/base/status_macros.h"
#include "matcher/domain/role_taxonomy.h"
#include "nlohmann/json.hpp"
#include "services/cli/command.h"
#include "services/cli/number_text.h"
#include "services/cli/option_values.h"
#include "services/cli/table.h"
#include "services/cli/wording.h"
#include "services/convert/types_conversion.h"
#include "troupe/v1/match_service.grpc.pb.h"

namespace troupe {
namespace {

void PrintJson(std::ostream& out) {
  for (const Role& role : ShippedRoles().roles()) {
    const nlohmann::ordered_json line = {
        {"id", role.id},           {"name_zh", role.name_zh},
        {"name_en", role.name_en}, {"department", role.department},
        {"aliases", role.aliases}, {"remote_capable", role.remote_capable},
        {"cast", role.cast}};
    out << line.dump() << "\n";
  }
}

absl::Status ShowRoles(bool ids, Session& session) {
  if (session.json()) {
    PrintJson(session.out());
    return absl::OkStatus();
  }
  Table table({{.title = "role"}, {.title = "name"}, {.title = ""}, {.title = "department"},
               {.title = "remote"}, {.title = "aliases", .shrinks = true}});
  for (const Role& role : ShippedRoles().roles()) {
    if (ids) session.out() << role.id << "\n";
    table.AddRow({role.id, role.name_en, role.name_zh, role.department,
                  role.remote_capable ? "yes" : "", absl::StrJoin(role.aliases, ", ")});
  }
  if (!ids) table.Print(session.streams());
  return absl::OkStatus();
}

struct StepsOptions {
  std::string from;  // A role or a profile.
  std::optional<Day> until;
  bool shipped = false;
  int32_t top = 20;
};

// "4.2 years"
std::string Years(int32_t days) {
  return absl::StrFormat("%.1f years", static_cast<double>(days) / 365.25);
}

absl::Status ShowSteps(const StepsOptions& options, Session& session) {
  v1::ListRoleStepsRequest request;
  const bool of_person = absl::StartsWith(options.from, "profiles/");
  if (of_person) {
    request.set_profile(options.from);
  } else {
    const Role* role = ShippedRoles().FindByAlias(options.from);
    request.set_role(role == nullptr ? options.from : role->id);
  }
  if (options.until.has_value()) *request.mutable_until() = ToWire(*options.until);
  request.set_shipped(options.shipped);
  request.set_page_size(options.top);
  const Connection& connection = session.connection();
  TROUPE_ASSIGN_OR_RETURN(
      const v1::ListRoleStepsResponse response,
      connection.Ask(&v1::MatchService::Stub::ListRoleSteps, request));
  if (session.json()) {
    session.PrintJson(response);
    return absl::OkStatus();
  }
  if (response.steps().empty()) {
    session.out() << (of_person ? "Nobody in these roles has come to work in another yet.\n"
                                : "Nobody in this role has come to work in another yet.\n");
    return absl::OkStatus();
  }
  const bool is_counted = !of_person && !options.shipped;
  std::vector<Table::Column> columns = {{.title = "comes to work as"},
                                        {.title = "chance", .right = true}};
  if (is_counted) {
    columns.push_back({.title = "did", .right = true});
    columns.push_back({.title = "lift", .right = true});
    columns.push_back({.title = "after", .right = true});
  }
  Table table(columns);
  for (const v1::RoleStep& step : response.steps()) {
    std::vector<Table::Cell> cells = {
        RoleName(step.role()),
        absl::StrFormat("%.1f %%", static_cast<double>(step.chance_millionths()) / 10'000)};
    if (is_counted) {
      cells.push_back(
          absl::StrCat(WithCommas(step.moved()), " of ", WithCommas(step.people())));
      cells.push_back(absl::StrFormat("%.1f", static_cast<double>(step.lift_thousandths()) / 1'000));
      cells.push_back(Years(step.median_days()));
    }
    table.AddRow(cells);
  }
  table.Print(session.streams());
  return absl::OkStatus();
}

void AddAdjacencyCommand(CLI::App& roles, Action& chosen) {
  auto options = std::make_shared<StepsOptions>();
  CLI::App& command = *roles.add_subcommand(
      "adjacency", "Show which roles people of a role, or a person, come to work in next");
  command.add_option("FROM", options->from, "A role, by id or name, or profiles/{profile}")
      ->required();
  AddDayOption(command, "--until", options->until, "Only credits before this day (today)");
  command.add_flag("--shipped", options->shipped,
                   "As shipped for markets without history, instead of counted");
  command.add_option("--top", options->top, "How many roles, 1 to 100")
      ->check(CLI::Range(1, 100))
      ->capture_default_str()
      ->type_name("COUNT");
  command.callback([options, &chosen] {
    chosen = [options](Session& session) { return ShowSteps(*options, session); };
  });
}

}  // namespace

void AddRolesCommand(CLI::App& app, Action& chosen) {
  auto ids = std::make_shared<bool>(false);
  CLI::App& command = *app.add_subcommand("roles", "Show the role taxonomy; needs no server");
  AddAdjacencyCommand(command, chosen);
  command.add_flag("--ids", *ids, "Only the ids, one a line");
  command.callback([ids, &command, &chosen] {
    if (!command.get_subcommands().empty()) return;
    chosen = [ids](Session& session) { return ShowRoles(*ids, session); };
  });
}

}  // namespace troupe
