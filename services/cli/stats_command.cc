#include <algorithm>
#include <string>
#include <utility>
#include <vector>

#include "matcher/base/status_macros.h"
#include "services/cli/command.h"
#include "services/cli/number_text.h"
#include "services/cli/table.h"
#include "services/cli/wording.h"
#include "troupe/v1/match_service.grpc.pb.h"

namespace troupe {
namespace {

void Print(const v1::PoolStatistics& pool, const Streams& streams) {
  Table facts({{.title = ""}, {.title = "", .right = true}});
  facts.AddRow({"profiles", WithCommas(pool.profiles())});
  facts.AddRow({"projects", WithCommas(pool.projects())});
  facts.AddRow({"open openings", WithCommas(pool.openings())});
  facts.AddRow({"credits", WithCommas(pool.credits())});
  facts.AddRow({"productions", WithCommas(pool.productions())});
  facts.AddRow({"bytes in memory", WithCommas(pool.pool_bytes())});
  facts.AddRow({"segments", WithCommas(pool.pool_segments())});
  facts.AddRow({"digest", pool.digest()});
  facts.AddRow({"today", Worded(pool.today())});
  facts.Print(streams);
  std::vector<std::pair<int64_t, std::string>> roles;
  for (const auto& [role, people] : pool.role_profiles()) roles.emplace_back(-people, role);
  std::sort(roles.begin(), roles.end());
  Table table({{.title = "role"}, {.title = "people", .right = true}});
  for (const auto& [people, role] : roles) table.AddRow({RoleName(role), WithCommas(-people)});
  if (!table.empty()) table.Print(streams);
}

absl::Status ShowStatistics(Session& session) {
  const Connection& connection = session.connection("operator");
  TROUPE_ASSIGN_OR_RETURN(
      const v1::PoolStatistics pool,
      connection.Ask(&v1::MatchService::Stub::GetPoolStatistics,
                     v1::GetPoolStatisticsRequest()));
  if (session.json()) {
    session.PrintJson(pool);
  } else {
    Print(pool, session.streams());
  }
  return absl::OkStatus();
}

}  // namespace

void AddStatsCommand(CLI::App& app, Action& chosen) {
  CLI::App& command = *app.add_subcommand(
      "stats", "Show what the pool holds; for operators, so the organization is \"operator\" "
               "unless you name another");
  command.callback([&chosen] { chosen = ShowStatistics; });
}

}  // namespace troupe
