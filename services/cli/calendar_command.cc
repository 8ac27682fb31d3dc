#include <algorithm>
#include <fstream>
#include <memory>
#include <string>
#include <vector>

#include "absl/strings/match.h"
#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "absl/time/civil_time.h"
#include "matcher/base/status_macros.h"
#include "matcher/base/violation.h"
#include "matcher/domain/time_zone.h"
#include "services/cli/calendar_words.h"
#include "services/cli/card_parts.h"
#include "services/cli/command.h"
#include "services/cli/input_file.h"
#include "services/cli/month_grid.h"
#include "services/cli/number_text.h"
#include "services/cli/table.h"
#include "services/cli/text_bytes.h"
#include "services/cli/wording.h"
#include "troupe/v1/profile_service.grpc.pb.h"

namespace troupe {
namespace {

struct CalendarOptions {
  std::string profile;
  std::string file;  // To read or to write; empty or "-": standard streams.
  std::string source;
  bool include_notes = false;
  std::string without_source;
  std::string month;  // Empty: the present one.
  int months = 1;
};

std::string SkippedWords(v1::SkippedComponents::Reason reason) {
  switch (reason) {
    case v1::SkippedComponents::REASON_TRANSPARENT: return "leave their days free";
    case v1::SkippedComponents::REASON_CANCELLED: return "are cancelled";
    case v1::SkippedComponents::REASON_PAST: return "ended over a month ago";
    case v1::SkippedComponents::REASON_NO_EVENT: return "are no events";
    default: return "take up no days";
  }
}

absl::Status Import(const CalendarOptions& options, Session& session) {
  v1::ImportCalendarRequest request;
  TROUPE_ASSIGN_OR_RETURN(*request.mutable_calendar(),
                          ReadText(options.file, session.streams().in));
  if (!IsUtf8(request.calendar())) {
    return InvalidField(options.file, "is not UTF-8", "give an iCalendar file, as calendars export it");
  }
  request.set_name(options.profile);
  request.set_source(options.source);
  request.set_include_notes(options.include_notes);
  const Connection& connection = session.connection();
  TROUPE_ASSIGN_OR_RETURN(
      const v1::ImportCalendarResponse response,
      connection.Ask(&v1::ProfileService::Stub::ImportCalendar, request));
  if (session.json()) {
    session.PrintJson(response);
    return absl::OkStatus();
  }
  session.out() << "read " << Counted(response.events(), "event") << ": " << options.source
                << " now takes up " << response.entries()
                << (response.entries() == 1 ? " run of days and " : " runs of days and ")
                << Counted(response.rules(), "rule") << "\n";
  for (const v1::SkippedComponents& skipped : response.skipped()) {
    session.out() << "skipped " << skipped.count() << " that " << SkippedWords(skipped.reason())
                  << ": line " << absl::StrJoin(skipped.lines(), ", ")
                  << (skipped.count() > skipped.lines_size() ? ", ..." : "") << "\n";
  }
  return absl::OkStatus();
}

absl::Status Export(const CalendarOptions& options, Session& session) {
  v1::ExportCalendarRequest request;
  request.set_name(options.profile);
  request.set_include_notes(options.include_notes);
  request.set_without_source(options.without_source);
  const Connection& connection = session.connection();
  TROUPE_ASSIGN_OR_RETURN(
      const v1::ExportCalendarResponse response,
      connection.Ask(&v1::ProfileService::Stub::ExportCalendar, request));
  if (session.json()) {
    session.PrintJson(response);
    return absl::OkStatus();
  }
  if (options.file.empty() || options.file == "-") {
    session.out() << response.calendar();
    return absl::OkStatus();
  }
  std::ofstream file(options.file, std::ios::binary);
  file << response.calendar();
  file.close();
  if (!file) {
    return ErrorWithReason(absl::StatusCode::kFailedPrecondition, "CANNOT_WRITE",
                           absl::StrCat(options.file, " cannot be written: choose another file"));
  }
  session.out() << "wrote " << options.file << "\n";
  return absl::OkStatus();
}

// What of the calendar is in [start, limit), a line each.
void PrintEntries(const v1::Profile& profile, Day start, Day limit, const Streams& streams) {
  Table table({{.title = "kind"}, {.title = "days"}, {.title = "for", .shrinks = true},
               {.title = "source"}});
  std::vector<const v1::CalendarEntry*> entries;
  for (const v1::CalendarEntry& entry : profile.calendar()) entries.push_back(&entry);
  std::stable_sort(entries.begin(), entries.end(), [](const auto* a, const auto* b) {
    return Worded(a->dates().start()) < Worded(b->dates().start());
  });
  const auto joined = [](const std::string& project, const std::string& note) {
    return absl::StrCat(project, project.empty() || note.empty() ? "" : ", ", note);
  };
  for (const v1::CalendarEntry* entry : entries) {
    const bool begins = Worded(entry->dates().start()) < limit.ToString();
    const bool has_ended = Worded(entry->dates().limit()) <= start.ToString();
    if (!begins || has_ended) continue;
    const auto kind = static_cast<CalendarEntry::Kind>(entry->kind());
    table.AddRow({{WordOf(entry->kind()), InkOf(kind)}, Worded(entry->dates()),
                  joined(entry->project(), entry->note()), {entry->source(), Ink::kFaint}});
  }
  for (const v1::CalendarRule& rule : profile.calendar_rules()) {
    const auto kind = static_cast<CalendarEntry::Kind>(rule.kind());
    std::string days = absl::StrCat(RecurrenceWords(rule.recurrence()), " from ",
                                    Worded(rule.start()));
    if (rule.days() > 1) absl::StrAppend(&days, ", ", rule.days(), " days each");
    if (rule.has_hours()) absl::StrAppend(&days, ", in hours of ", rule.hours().time_zone());
    if (rule.except_size() > 0) {
      absl::StrAppend(&days, ", but for ", Counted(rule.except_size(), "day"));
    }
    table.AddRow({{WordOf(rule.kind()), InkOf(kind)}, days, rule.note(),
                  {rule.source(), Ink::kFaint}});
  }
  if (table.empty()) return;
  streams.out << "\n";
  table.Print(streams, "  ");
}

absl::StatusOr<absl::CivilMonth> MonthOf(const CalendarOptions& options, Day today) {
  if (options.month.empty()) return absl::CivilMonth(today.civil());
  const std::optional<Day> first = Day::Parse(absl::StrCat(options.month, "-01"));
  if (first.has_value()) return absl::CivilMonth(first->civil());
  return InvalidField("--month", "is no month", "give one as 2026-12");
}

absl::Status Show(const CalendarOptions& options, Session& session) {
  const Connection& connection = session.connection();
  v1::GetProfileRequest request;
  request.set_name(options.profile);
  TROUPE_ASSIGN_OR_RETURN(
      const v1::Profile profile,
      connection.Ask(&v1::ProfileService::Stub::GetProfile, request));
  const Day today = TimeZone::Of(profile.time_zone()).DayAt(session.host().clock.Now());
  TROUPE_ASSIGN_OR_RETURN(const absl::CivilMonth month, MonthOf(options, today));
  if (session.json()) {
    v1::Profile calendar;
    calendar.set_name(profile.name());
    calendar.set_time_zone(profile.time_zone());
    *calendar.mutable_calendar() = profile.calendar();
    *calendar.mutable_calendar_rules() = profile.calendar_rules();
    session.PrintJson(calendar);
    return absl::OkStatus();
  }
  const Streams& streams = session.streams();
  const Day start(absl::CivilDay{month});
  const std::vector<CalendarEntry> entries = CalendarFrom(profile, start);
  PrintTitle(profile.display_name(), profile.name(), streams);
  for (int i = 0; i < options.months; ++i) {
    streams.out << "\n";
    PrintMonth(entries, month + i, today, streams);
  }
  streams.out << "\n";
  PrintLegend(streams);
  PrintEntries(profile, start, Day(absl::CivilDay(month + options.months)), streams);
  return absl::OkStatus();
}

using OptionsPtr = std::shared_ptr<CalendarOptions>;

void AddProfileOption(CLI::App& command, const OptionsPtr& options) {
  command.add_option("--profile", options->profile, "Whose calendar: profiles/{profile}")
      ->required()
      ->type_name("NAME")
      ->check([](const std::string& name) -> std::string {
        return absl::StartsWith(name, "profiles/") ? "" : "a profile's name begins with profiles/";
      });
}

void AddImport(CLI::App& calendar, Action& chosen) {
  auto options = std::make_shared<CalendarOptions>();
  CLI::App& command = *calendar.add_subcommand(
      "import", "Read an .ics file of Google Calendar, Outlook, Apple Calendar or another; it "
                "replaces what the same source brought before");
  command.add_option("FILE", options->file, "The iCalendar file; - for standard input")
      ->required()
      ->type_name("FILE");
  AddProfileOption(command, options);
  command
      .add_option("--source", options->source, "What to call where it comes from, as google")
      ->required()
      ->type_name("SOURCE");
  command.add_flag("--include-notes", options->include_notes,
                   "Keep what events are called, unless they are private");
  command.callback([options, &chosen] {
    chosen = [options](Session& session) { return Import(*options, session); };
  });
}

void AddExport(CLI::App& calendar, Action& chosen) {
  auto options = std::make_shared<CalendarOptions>();
  CLI::App& command = *calendar.add_subcommand("export", "Write a calendar as an .ics file");
  AddProfileOption(command, options);
  command.add_option("--output", options->file, "The file to write; standard output unless given")
      ->type_name("FILE");
  command.add_flag("--include-notes", options->include_notes, "Name events as their notes do");
  command
      .add_option("--without-source", options->without_source,
                  "Leave out what was imported from here")
      ->type_name("SOURCE");
  command.callback([options, &chosen] {
    chosen = [options](Session& session) { return Export(*options, session); };
  });
}

void AddShow(CLI::App& calendar, Action& chosen) {
  auto options = std::make_shared<CalendarOptions>();
  CLI::App& command = *calendar.add_subcommand("show", "Show months of a calendar");
  AddProfileOption(command, options);
  command.add_option("--month", options->month, "The first month, as 2026-12; this one unless given")
      ->type_name("MONTH");
  command.add_option("--months", options->months, "How many, 1 to 24")
      ->check(CLI::Range(1, 24))
      ->capture_default_str()
      ->type_name("N");
  command.callback([options, &chosen] {
    chosen = [options](Session& session) { return Show(*options, session); };
  });
}

}  // namespace

void AddCalendarCommand(CLI::App& app, Action& chosen) {
  CLI::App& calendar =
      *app.add_subcommand("calendar", "Show, import and export a person's calendar");
  calendar.require_subcommand(1);
  AddImport(calendar, chosen);
  AddExport(calendar, chosen);
  AddShow(calendar, chosen);
}

}  // namespace troupe
