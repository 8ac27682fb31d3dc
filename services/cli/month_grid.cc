#include "services/cli/month_grid.h"

#include <optional>
#include <string>
#include <utility>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"
#include "absl/time/time.h"
#include "services/cli/calendar_words.h"
#include "services/cli/ink.h"

namespace troupe {
namespace {

using Kind = CalendarEntry::Kind;

constexpr int kCellWidth = 6;
constexpr int kDaysOfWeek = 7;
constexpr char kMargin[] = "  ";

int FromMonday(Day day) { return static_cast<int>(absl::GetWeekday(day.civil())); }

std::string Cell(Day day, Day today, std::optional<Kind> kind, bool colour) {
  const std::string number = absl::StrFormat("%2d", day.civil().day());
  const std::string letter(1, LetterOf(kind));
  const Ink ink = InkOf(kind);
  const bool is_today = day == today;
  return absl::StrCat(Inked(Ink::kHeading, is_today ? "[" : " ", colour && is_today),
                      kind.has_value() ? Inked(ink, number, colour) : number, " ",
                      Inked(ink, letter, colour),
                      Inked(Ink::kHeading, is_today ? "]" : " ", colour && is_today));
}

// Without the blanks at its end.
void PrintLine(std::string line, const Streams& streams) {
  line.erase(line.find_last_not_of(' ') + 1);
  streams.out << line << "\n";
}

}  // namespace

void PrintMonth(const std::vector<CalendarEntry>& entries, absl::CivilMonth month, Day today,
                const Streams& streams) {
  const absl::Time start = absl::FromCivil(absl::CivilDay(month), absl::UTCTimeZone());
  const std::string title = absl::FormatTime("%B %Y", start, absl::UTCTimeZone());
  const size_t indent = (kCellWidth * kDaysOfWeek - title.size()) / 2;
  streams.out << kMargin << std::string(indent, ' ') << Inked(Ink::kHeading, title, streams.colour)
              << "\n";
  PrintLine(absl::StrCat(kMargin, Inked(Ink::kFaint, " Mo    Tu    We    Th    Fr    Sa    Su",
                                        streams.colour)),
            streams);
  const Day limit(absl::CivilDay(month + 1));
  const Day first(absl::CivilDay{month});
  std::string line(static_cast<size_t>(kCellWidth * FromMonday(first)), ' ');
  for (Day day = first; day < limit; day = day + 1) {
    absl::StrAppend(&line, Cell(day, today, KindOn(entries, day), streams.colour));
    if (FromMonday(day) == kDaysOfWeek - 1 || day + 1 == limit) {
      PrintLine(absl::StrCat(kMargin, std::exchange(line, "")), streams);
    }
  }
}

void PrintLegend(const Streams& streams) {
  const std::pair<std::optional<Kind>, const char*> words[] = {{std::nullopt, "free"},
                                                               {Kind::kHeld, "held"},
                                                               {Kind::kBusy, "busy"},
                                                               {Kind::kTravel, "travelling"},
                                                               {Kind::kPending, "being booked"},
                                                               {Kind::kBooked, "booked"}};
  streams.out << kMargin;
  for (const auto& [kind, word] : words) {
    const std::string letter(1, LetterOf(kind));
    streams.out << " " << Inked(InkOf(kind), letter, streams.colour) << " " << word << " ";
  }
  streams.out << " [ ] today\n";
}

}  // namespace troupe
