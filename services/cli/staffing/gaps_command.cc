#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include "absl/status/status.h"
#include "matcher/base/status_macros.h"
#include "services/cli/command.h"
#include "services/cli/drawing/gnuplot.h"
#include "services/cli/report_options.h"
#include "services/cli/staffing/gap_page.h"
#include "services/cli/staffing/gap_watch.h"
#include "services/cli/staffing/market_options.h"
#include "troupe/v1/staffing_service.grpc.pb.h"

namespace troupe {
namespace {

constexpr int32_t kAllCells = 100'000;
constexpr int32_t kSecondsOfAnHour = 3'600;

struct GapsOptions {
  std::vector<std::string> roles;
  std::vector<std::string> cities;
  MarketOptions market;
  int32_t limit = 20;
  ReportOptions report;
  bool watch = false;
  int32_t every = 0;  // Seconds. 0: as the server has it.
};

v1::AnalyzeGapsRequest RequestOf(const GapsOptions& options, Day today) {
  v1::AnalyzeGapsRequest request;
  for (const std::string& role : options.roles) request.add_roles(role);
  for (const std::string& city : options.cities) request.add_cities(city);
  options.market.Fill(today, request);
  request.set_max_cells(kAllCells);
  return request;
}

absl::Status WatchGaps(const GapsOptions& options, Session& session) {
  v1::WatchGapsRequest request;
  *request.mutable_question() = RequestOf(options, session.Today());
  if (options.every > 0) request.mutable_min_interval()->set_seconds(options.every);
  return ShowGapsAsTheyChange(request, static_cast<size_t>(options.limit), session);
}

absl::Status ShowGaps(const GapsOptions& options, Session& session) {
  const Connection& connection = session.connection();
  TROUPE_ASSIGN_OR_RETURN(
      const v1::AnalyzeGapsResponse response,
      connection.AskPatiently(&v1::StaffingService::Stub::AnalyzeGaps,
                              RequestOf(options, session.Today())));
  if (session.json()) {
    session.PrintJson(response);
  } else {
    PrintGaps(response, static_cast<size_t>(options.limit), options.report.OfTerminal(),
              session.streams());
  }
  return options.report.Write(
      [&](const std::string& folder) { return WriteGapCsv(response, folder); },
      [&](Language language) { return GapPage(response, language, Gnuplot()); },
      session.streams());
}

}  // namespace

void AddGapsCommand(CLI::App& app, Action& chosen) {
  const auto options = std::make_shared<GapsOptions>();
  CLI::App& gaps = *app.add_subcommand(
      "gaps", "Show in which role, city and week people are missing, and what one more would fill");
  gaps.add_option("--role", options->roles, "Only these roles, of `troupe roles`")
      ->type_name("ROLE");
  gaps.add_option("--city", options->cities, "Only these cities, of `troupe places`")
      ->type_name("PLACE");
  options->market.AddTo(gaps);
  gaps.add_option("--limit", options->limit, "How many gaps to show (20)")
      ->check(CLI::Range(1, kAllCells).description(""))
      ->type_name("COUNT");
  options->report.AddTo(gaps);
  CLI::Option* watch =
      gaps.add_flag("--watch", options->watch, "Then tell what becomes of them, until Ctrl-C")
          ->excludes(gaps.get_option("--csv"))
          ->excludes(gaps.get_option("--html"));
  gaps.add_option("--every", options->every, "Seconds between two looks, at least (10)")
      ->check(CLI::Range(1, kSecondsOfAnHour).description(""))
      ->needs(watch)
      ->type_name("SECONDS");
  gaps.callback([options, &chosen] {
    chosen = [options](Session& session) {
      return options->watch ? WatchGaps(*options, session) : ShowGaps(*options, session);
    };
  });
}

}  // namespace troupe
