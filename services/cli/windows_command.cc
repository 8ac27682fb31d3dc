#include <memory>
#include <optional>
#include <string>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "matcher/base/status_macros.h"
#include "services/cli/command.h"
#include "services/cli/match_view.h"
#include "services/cli/number_text.h"
#include "services/cli/option_values.h"
#include "services/cli/table.h"
#include "services/cli/wording.h"
#include "services/convert/types_conversion.h"
#include "troupe/v1/match_service.grpc.pb.h"

namespace troupe {
namespace {

struct WindowsOptions {
  std::string target;
  std::optional<Day> from;
  v1::FindFreeWindowsRequest request;
};

// "option 2; free with a chance of 60.0 %"
std::string HeldText(const v1::Contention& contention) {
  return absl::StrCat("option ", contention.ladder_place(), "; free with a chance of ",
                      AsShare(contention.free_chance_millionths()));
}

std::string SupplyText(const v1::OpeningSupply& supply) {
  return absl::StrCat(RoleName(supply.role()), ": ", supply.people(), " for ",
                      Counted(supply.open_seats(), "seat"));
}

std::string ShortageText(const v1::SeatShortage& shortage) {
  std::string roles;
  for (const v1::OpeningSupply& supply : shortage.openings()) {
    absl::StrAppend(&roles, roles.empty() ? "" : ", ", RoleName(supply.role()));
  }
  return absl::StrCat(roles, ": ", shortage.people(), " for ",
                      Counted(shortage.open_seats(), "seat"));
}

void PrintWindows(const v1::FindFreeWindowsResponse& response, const Streams& streams) {
  if (response.windows().empty()) streams.out << response.empty_text() << "\n";
  Table table({{.title = "dates"},
               {.title = "or starting up to"},
               {.title = "moved", .right = true},
               {.title = "remarks", .wraps = true}});
  for (const v1::FreeWindow& window : response.windows()) {
    std::string remarks;
    const auto add = [&remarks](absl::string_view label, const std::string& text) {
      absl::StrAppend(&remarks, remarks.empty() ? "" : "; ", label, text);
    };
    if (window.has_contention()) add("", HeldText(window.contention()));
    for (const v1::OpeningSupply& supply : window.tightest()) add("tightest ", SupplyText(supply));
    if (window.has_shortage_before()) {
      add("a day earlier ", ShortageText(window.shortage_before()));
    }
    table.AddRow({Worded(window.dates()), Worded(window.latest_start()),
                  Counted(window.shift_days(), "day"), remarks});
  }
  if (!table.empty()) table.Print(streams);
  if (!response.other_failures().empty()) {
    streams.out << "On any dates:\n";
    PrintFailures(response.other_failures(), streams);
  }
}

absl::Status FindWindows(const WindowsOptions& options, Session& session) {
  v1::FindFreeWindowsRequest request = options.request;
  if (absl::StrContains(options.target, "/openings/")) {
    request.set_opening(options.target);
  } else {
    request.set_project(options.target);
  }
  if (options.from.has_value()) *request.mutable_from() = ToWire(*options.from);
  const Connection& connection = session.connection();
  TROUPE_ASSIGN_OR_RETURN(
      const v1::FindFreeWindowsResponse response,
      connection.Ask(&v1::MatchService::Stub::FindFreeWindows, request));
  if (session.json()) {
    session.PrintJson(response);
  } else {
    PrintWindows(response, session.streams());
  }
  return absl::OkStatus();
}

}  // namespace

void AddWindowsCommand(CLI::App& app, Action& chosen) {
  auto options = std::make_shared<WindowsOptions>();
  v1::FindFreeWindowsRequest& request = options->request;
  CLI::App& command = *app.add_subcommand(
      "windows", "Find the earliest dates on which an opening or a whole project can be filled");
  command
      .add_option("TARGET", options->target,
                  "projects/{project}, or projects/{project}/openings/{number} with --profile")
      ->required();
  command
      .add_option_function<std::string>(
          "--profile", [&request](const std::string& name) { request.set_profile(name); },
          "Whose dates: profiles/{profile}")
      ->type_name("PROFILE");
  AddDayOption(command, "--from", options->from, "The first day to start on (today)");
  command
      .add_option_function<int32_t>(
          "--top", [&request](int32_t top) { request.set_page_size(top); },
          "How many windows, 1 to 100 (5)")
      ->check(CLI::Range(1, 100))
      ->type_name("COUNT");
  command.callback([options, &chosen] {
    chosen = [options](Session& session) { return FindWindows(*options, session); };
  });
}

}  // namespace troupe
