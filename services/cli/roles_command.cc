#include <memory>

#include "absl/strings/str_join.h"
#include "matcher/domain/role_taxonomy.h"
#include "nlohmann/json.hpp"
#include "services/cli/command.h"
#include "services/cli/table.h"

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

}  // namespace

void AddRolesCommand(CLI::App& app, Action& chosen) {
  auto ids = std::make_shared<bool>(false);
  CLI::App& command = *app.add_subcommand("roles", "Show the role taxonomy; needs no server");
  command.add_flag("--ids", *ids, "Only the ids, one a line");
  command.callback([ids, &chosen] {
    chosen = [ids](Session& session) { return ShowRoles(*ids, session); };
  });
}

}  // namespace troupe
