#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include "absl/status/status.h"
#include "matcher/base/status_macros.h"
#include "services/cli/command.h"
#include "services/cli/drawing/gnuplot.h"
#include "services/cli/option_values.h"
#include "services/cli/placement/placement_words.h"
#include "services/cli/placement/report_text.h"
#include "services/cli/staffing/gap_page.h"
#include "services/cli/staffing/gap_watch.h"
#include "services/cli/staffing/what_if_text.h"
#include "services/convert/types_conversion.h"

namespace troupe {
namespace {

constexpr int32_t kAllCells = 100'000;
constexpr int32_t kMostWeeks = 58;
constexpr int32_t kSecondsOfAnHour = 3'600;

struct GapsOptions {
  std::vector<std::string> roles;
  std::vector<std::string> cities;
  std::optional<Day> from;
  int32_t weeks = 0;  // 0: as the server has it.
  std::vector<std::string> what_ifs;
  bool forecast = false;
  int32_t limit = 20;
  std::string csv;
  std::string html;
  std::string language;
  bool watch = false;
  int32_t every = 0;  // Seconds. 0: as the server has it.
};

Language LanguageOf(const std::string& word, Language unset) {
  if (word == "en") return Language::kEnglish;
  if (word == "zh") return Language::kChinese;
  return word == "both" ? Language::kBoth : unset;
}

v1::AnalyzeGapsRequest RequestOf(const GapsOptions& options, Day today) {
  v1::AnalyzeGapsRequest request;
  for (const std::string& role : options.roles) request.add_roles(role);
  for (const std::string& city : options.cities) request.add_cities(city);
  if (options.from.has_value()) *request.mutable_from() = ToWire(*options.from);
  if (options.weeks > 0) {
    const Day from = options.from.value_or(today);
    // So many Mondays after `from`, whichever weekday that is.
    *request.mutable_until() = ToWire(from + 7 * (options.weeks - 1) + 1);
  }
  // Checked when they were parsed.
  for (const std::string& text : options.what_ifs) *request.add_what_ifs() = *WhatIfOf(text);
  request.set_include_forecast(options.forecast);
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
      connection.AskPatiently(connection.staffing(), &v1::StaffingService::Stub::AnalyzeGaps,
                              RequestOf(options, session.Today())));
  if (session.json()) {
    session.PrintJson(response);
  } else {
    PrintGaps(response, static_cast<size_t>(options.limit),
              LanguageOf(options.language, Language::kEnglish), session.streams());
  }
  if (!options.csv.empty()) {
    TROUPE_RETURN_IF_ERROR(WriteGapCsv(response, options.csv));
    session.streams().err << "wrote CSV files to " << options.csv << "\n";
  }
  if (options.html.empty()) return absl::OkStatus();
  TROUPE_ASSIGN_OR_RETURN(
      const std::string page,
      GapPage(response, LanguageOf(options.language, Language::kBoth), Gnuplot()));
  TROUPE_RETURN_IF_ERROR(WriteWholeFile(options.html, page));
  session.streams().err << "wrote " << options.html << "\n";
  return absl::OkStatus();
}

// What is wrong with a what-if, if anything: bad usage then.
std::string WhatIfProblem(const std::string& text) {
  const absl::StatusOr<v1::WhatIf> what_if = WhatIfOf(text);
  return what_if.ok() ? "" : std::string(what_if.status().message());
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
  AddDayOption(gaps, "--from", options->from, "A day of the first week (today)");
  gaps.add_option("--weeks", options->weeks, "How many weeks to look ahead (26)")
      ->check(CLI::Range(1, kMostWeeks).description(""))
      ->type_name("COUNT");
  gaps.add_option("--what-if", options->what_ifs,
                  std::string("What to change first, as often as there are changes: ") +
                      kWhatIfForms)
      ->check(CLI::Validator(WhatIfProblem, ""))
      ->type_name("CHANGE");
  gaps.add_flag("--forecast", options->forecast,
                "Add what past weeks make likely beside what is open");
  gaps.add_option("--limit", options->limit, "How many gaps to show (20)")
      ->check(CLI::Range(1, kAllCells).description(""))
      ->type_name("COUNT");
  CLI::Option* csv =
      gaps.add_option("--csv", options->csv, "Write each table as a CSV file into this folder")
          ->type_name("FILE");
  CLI::Option* html = gaps.add_option("--html", options->html,
                                      "Write it as one page with a heat map of each role there")
                          ->type_name("FILE");
  RequireOneOf({"zh", "en", "both"},
               *gaps.add_option("--language", options->language,
                                "Of headings (en; of the page both)"));
  CLI::Option* watch =
      gaps.add_flag("--watch", options->watch, "Then tell what becomes of them, until Ctrl-C")
          ->excludes(csv)
          ->excludes(html);
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
