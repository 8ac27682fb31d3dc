#include "services/cli/calendar_strip.h"

#include <algorithm>
#include <string>

#include "absl/strings/str_format.h"
#include "absl/time/civil_time.h"

namespace troupe {
namespace {

constexpr char kFree = '.';

// What takes a day up most comes last.
char LetterOf(v1::CalendarEntry::Kind kind) {
  switch (kind) {
    case v1::CalendarEntry::KIND_HELD: return 'h';
    case v1::CalendarEntry::KIND_BUSY: return 'x';
    case v1::CalendarEntry::KIND_TRAVEL: return 't';
    case v1::CalendarEntry::KIND_BOOKED: return 'B';
    default: return kFree;
  }
}

int WeightOf(char letter) {
  static constexpr char kOrder[] = ".hxtB";
  return static_cast<int>(std::find(kOrder, kOrder + 5, letter) - kOrder);
}

absl::CivilDay DayOf(const v1::Date& date) {
  return absl::CivilDay(date.year(), date.month(), date.day());
}

std::string Month(const v1::Profile& profile, absl::CivilMonth month) {
  const absl::CivilDay first(month);
  const absl::CivilDay limit(month + 1);
  std::string days(static_cast<size_t>(limit - first), kFree);
  for (const v1::CalendarEntry& entry : profile.calendar()) {
    const char letter = LetterOf(entry.kind());
    const absl::CivilDay end = std::min(limit, DayOf(entry.dates().limit()));
    for (absl::CivilDay day = std::max(first, DayOf(entry.dates().start())); day < end; ++day) {
      char& shown = days[static_cast<size_t>(day - first)];
      if (WeightOf(shown) < WeightOf(letter)) shown = letter;
    }
  }
  return days;
}

}  // namespace

void PrintCalendar(const v1::Profile& profile, Day today, int months, const Streams& streams) {
  absl::CivilMonth month(today.civil());
  for (int i = 0; i < months; ++i, ++month) {
    streams.out << absl::StreamFormat("  %04d-%02d  %s\n", month.year(), month.month(),
                                      Month(profile, month));
  }
  streams.out << "  . free  h held  x busy  t travelling  B booked\n";
}

}  // namespace troupe
