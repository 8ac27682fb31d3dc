#include <cmath>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "absl/strings/ascii.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"
#include "absl/strings/str_replace.h"
#include "absl/time/time.h"
#include "google/protobuf/empty.pb.h"
#include "matcher/base/status_macros.h"
#include "services/cli/command.h"
#include "services/cli/number_text.h"
#include "services/cli/option_values.h"
#include "services/cli/table.h"
#include "services/cli/wording.h"
#include "services/convert/types_conversion.h"
#include "troupe/v1/outcome.pb.h"
#include "troupe/v1/outcome_service.grpc.pb.h"

namespace troupe {
namespace {

using Outcomes = v1::OutcomeService::Stub;

constexpr int32_t kOutcomesAtOnce = 1'000;

struct OutcomeOptions {
  std::string opening;
  std::string kind;
  std::vector<std::string> profiles;
  std::string profile;
  std::string reason;
  double stars = 0;
  std::optional<Day> day;
  std::string request_id;
  std::string group_by;
  std::string role;
  std::optional<Day> since, until;
};

using Verb = absl::Status (*)(const OutcomeOptions&, Session&);

// By its days the server counts.
absl::TimeZone ChinaTime() { return absl::FixedTimeZone(8 * 60 * 60); }

// The value of an enumeration that `word` means: "booked" is OUTCOME_KIND_BOOKED.
template <typename Enum>
Enum ValueOf(const google::protobuf::EnumDescriptor& descriptor, const std::string& prefix,
             const std::string& word) {
  const std::string name =
      absl::StrCat(prefix, absl::AsciiStrToUpper(absl::StrReplaceAll(word, {{"-", "_"}})));
  const auto* value = descriptor.FindValueByName(name);
  return static_cast<Enum>(value == nullptr ? 0 : value->number());
}

// The words of all values but the unspecified one.
std::vector<std::string> WordsOf(const google::protobuf::EnumDescriptor& descriptor,
                                 const std::string& prefix) {
  std::vector<std::string> words;
  for (int i = 1; i < descriptor.value_count(); ++i) {
    words.push_back(absl::StrReplaceAll(
        absl::AsciiStrToLower(descriptor.value(i)->name().substr(prefix.size())), {{"_", "-"}}));
  }
  return words;
}

const std::string kKind = "OUTCOME_KIND_";
const std::string kReason = "DECLINE_REASON_";
const std::string kAttribute = "GROUP_ATTRIBUTE_";

std::string Worded(v1::OutcomeKind kind) {
  return WordsOf(*v1::OutcomeKind_descriptor(), kKind)[static_cast<size_t>(kind) - 1];
}

absl::Status Record(const OutcomeOptions& options, Session& session) {
  v1::RecordOutcomeRequest request;
  request.set_opening(options.opening);
  for (const std::string& profile : options.profiles) request.add_profiles(profile);
  request.set_kind(
      ValueOf<v1::OutcomeKind>(*v1::OutcomeKind_descriptor(), kKind, options.kind));
  request.set_reason(
      ValueOf<v1::DeclineReason>(*v1::DeclineReason_descriptor(), kReason, options.reason));
  request.set_rating_hundredths(static_cast<int32_t>(std::lround(options.stars * 100)));
  if (options.day.has_value()) {
    *request.mutable_time() = ToWire(absl::FromCivil(options.day->civil(), ChinaTime()));
  }
  request.set_request_id(options.request_id);
  const Connection& connection = session.connection();
  TROUPE_ASSIGN_OR_RETURN(
      const v1::RecordOutcomeResponse response,
      connection.Ask(&Outcomes::RecordOutcome, request));
  if (session.json()) {
    session.PrintJson(response);
  } else {
    session.out() << "recorded " << options.kind << " for " << options.profiles.size()
                  << (options.profiles.size() == 1 ? " person; " : " people; ") << options.opening
                  << " has " << WithCommas(response.outcomes()) << " outcomes\n";
  }
  return absl::OkStatus();
}

// What is known beside the kind: why somebody declined, how many stars there were.
std::string Details(const v1::Outcome& outcome) {
  if (outcome.rating_hundredths() > 0) {
    return absl::StrFormat("%g of 5", outcome.rating_hundredths() / 100.0);
  }
  if (outcome.reason() == v1::DECLINE_REASON_UNSPECIFIED) return "";
  return WordsOf(*v1::DeclineReason_descriptor(),
                 kReason)[static_cast<size_t>(outcome.reason()) - 1];
}

absl::Status List(const OutcomeOptions& options, Session& session) {
  const Connection& connection = session.connection();
  Table table({{.title = "profile"}, {.title = "what"}, {.title = "when (UTC+8)"}, {.title = ""}});
  v1::ListOutcomesRequest request;
  request.set_opening(options.opening);
  request.set_page_size(kOutcomesAtOnce);
  do {
    TROUPE_ASSIGN_OR_RETURN(
        const v1::ListOutcomesResponse response,
        connection.Ask(&Outcomes::ListOutcomes, request));
    for (const v1::Outcome& outcome : response.outcomes()) {
      if (session.json()) session.PrintJson(outcome);
      const absl::Time time = absl::FromUnixSeconds(outcome.time().seconds());
      table.AddRow({outcome.profile(), Worded(outcome.kind()),
                    absl::FormatTime("%Y-%m-%d %H:%M", time, ChinaTime()),
                    Details(outcome)});
    }
    request.set_page_token(response.next_page_token());
  } while (!request.page_token().empty());
  if (session.json()) return absl::OkStatus();
  if (table.empty()) {
    session.out() << "nothing is recorded of " << options.opening << "\n";
  } else {
    table.Print(session.streams());
  }
  return absl::OkStatus();
}

absl::Status Delete(const OutcomeOptions& options, Session& session) {
  v1::DeleteOutcomesRequest request;
  request.set_opening(options.opening);
  request.set_profile(options.profile);
  const Connection& connection = session.connection();
  TROUPE_ASSIGN_OR_RETURN(
      const google::protobuf::Empty done,
      connection.Ask(&Outcomes::DeleteOutcomes, request));
  if (session.json()) {
    session.PrintJson(done);
  } else {
    session.out() << "deleted what was recorded of "
                  << (options.profile.empty() ? options.opening : options.profile) << "\n";
  }
  return absl::OkStatus();
}

// "12.3 %"
std::string Percent(int64_t millionths) {
  return absl::StrFormat("%.1f %%", static_cast<double>(millionths) / 10'000);
}

void PrintReport(const v1::ReportFairnessResponse& report, const Streams& streams) {
  constexpr int64_t kFourFifths = 800'000;
  constexpr int64_t kFew = 30;
  std::vector<Table::Column> columns = {{.title = "group"}, {.title = "eligible", .right = true}};
  for (const v1::SelectionRate& rate : report.groups(0).rates()) {
    columns.push_back({.title = Worded(rate.kind()), .right = true});
    columns.push_back({.title = "share", .right = true});
    columns.push_back({.title = "impact", .right = true});
  }
  Table table(std::move(columns));
  for (const v1::GroupOutcomes& group : report.groups()) {
    std::vector<Table::Cell> row = {group.group(), WithCommas(group.eligible())};
    for (const v1::SelectionRate& rate : group.rates()) {
      const bool is_low = rate.impact_millionths() < kFourFifths && group.eligible() >= kFew;
      row.emplace_back(WithCommas(rate.people()));
      row.emplace_back(Percent(rate.share_millionths()));
      row.emplace_back(absl::StrFormat("%.2f", static_cast<double>(rate.impact_millionths()) / 1e6),
                       is_low ? Ink::kBad : Ink::kPlain);
    }
    table.AddRow(std::move(row));
  }
  table.Print(streams);
  streams.out << "share: of the eligible. impact: the share as a part of the highest of a group "
                 "with 30 or more; below 0.80 calls for a look.\n";
}

absl::Status Fairness(const OutcomeOptions& options, Session& session) {
  v1::ReportFairnessRequest request;
  request.set_group_by(ValueOf<v1::GroupAttribute>(*v1::GroupAttribute_descriptor(), kAttribute,
                                                   options.group_by));
  request.set_role(options.role);
  if (options.since.has_value()) *request.mutable_since() = ToWire(*options.since);
  if (options.until.has_value()) *request.mutable_until() = ToWire(*options.until);
  const Connection& connection = session.connection();
  TROUPE_ASSIGN_OR_RETURN(
      const v1::ReportFairnessResponse report,
      connection.Ask(&Outcomes::ReportFairness, request));
  if (session.json()) {
    session.PrintJson(report);
    return absl::OkStatus();
  }
  std::string about = absl::StrCat("over ", Counted(report.openings(), "opening"));
  if (report.openings_limited()) absl::StrAppend(&about, ", the latest");
  if (report.openings_gone() > 0) {
    absl::StrAppend(&about, "; ", WithCommas(report.openings_gone()), " more are gone");
  }
  if (report.openings() == 0) {
    absl::StrAppend(&about, ": nothing is recorded of any that you ask about");
  }
  session.out() << about << "\n";
  if (!report.groups().empty()) PrintReport(report, session.streams());
  return absl::OkStatus();
}

CLI::App& AddVerb(CLI::App& outcome, const std::string& name, const std::string& help, Verb verb,
                  const std::shared_ptr<OutcomeOptions>& options, Action& chosen) {
  CLI::App& command = *outcome.add_subcommand(name, help);
  command.callback([options, verb, &chosen] {
    chosen = [options, verb](Session& session) { return verb(*options, session); };
  });
  return command;
}

void AddOpening(CLI::App& command, OutcomeOptions& options) {
  command.add_option("OPENING", options.opening, "projects/{project}/openings/{number}")
      ->required();
}

void AddRecord(CLI::App& command, OutcomeOptions& options) {
  AddOpening(command, options);
  RequireOneOf(WordsOf(*v1::OutcomeKind_descriptor(), kKind),
               *command.add_option("WHAT", options.kind, "What came about")->required());
  command.add_option("PROFILE", options.profiles, "profiles/{profile}, ...")->required();
  RequireOneOf(WordsOf(*v1::DeclineReason_descriptor(), kReason),
               *command.add_option("--reason", options.reason, "Why the person declined"));
  command.add_option("--stars", options.stars, "How good it was, to the hundredth: 4.5")
      ->check(CLI::Range(1.0, 5.0))
      ->type_name("STARS");
  AddDayOption(command, "--day", options.day, "When it came about (now)");
  command.add_option("--request-id", options.request_id,
                     "Of your own making: recording again with it records nothing twice")
      ->type_name("ID");
}

void AddFairness(CLI::App& command, OutcomeOptions& options) {
  RequireOneOf(WordsOf(*v1::GroupAttribute_descriptor(), kAttribute),
               *command.add_option("--by", options.group_by, "What to group people by")
                    ->required());
  command.add_option("--role", options.role, "Only openings for this role")->type_name("ROLE");
  AddDayOption(command, "--since", options.since, "Only openings that were asked then or later");
  AddDayOption(command, "--until", options.until, "Only openings that were asked before");
}

}  // namespace

void AddOutcomeCommand(CLI::App& app, Action& chosen) {
  CLI::App& outcome = *app.add_subcommand(
      "outcome", "Record what came of openings, and see whether groups fare alike");
  outcome.require_subcommand(1);
  const auto options = std::make_shared<OutcomeOptions>();
  AddRecord(AddVerb(outcome, "record", "Record that people were shown, asked, booked, rated, ...",
                    Record, options, chosen),
            *options);
  AddOpening(AddVerb(outcome, "list", "Show what was recorded of an opening", List, options,
                     chosen),
             *options);
  CLI::App& remove =
      AddVerb(outcome, "delete", "Forget what was recorded of an opening", Delete, options, chosen);
  AddOpening(remove, *options);
  remove.add_option("--profile", options->profile, "Of this person only")->type_name("PROFILE");
  AddFairness(AddVerb(outcome, "fairness", "Show how groups of people fared", Fairness, options,
                      chosen),
              *options);
}

}  // namespace troupe
