#include "services/cli/calendar_strip.h"

#include <string>

#include "absl/strings/str_format.h"
#include "absl/time/civil_time.h"
#include "services/cli/calendar_words.h"

namespace troupe {
namespace {

std::string Month(const std::vector<CalendarEntry>& entries, absl::CivilMonth month) {
  const Day limit(absl::CivilDay(month + 1));
  std::string days;
  for (Day day(absl::CivilDay{month}); day < limit; day = day + 1) {
    days += LetterOf(KindOn(entries, day));
  }
  return days;
}

}  // namespace

void PrintCalendar(const std::vector<CalendarEntry>& entries, Day today, int months,
                   const Streams& streams) {
  absl::CivilMonth month(today.civil());
  for (int i = 0; i < months; ++i, ++month) {
    streams.out << absl::StreamFormat("  %04d-%02d  %s\n", month.year(), month.month(),
                                      Month(entries, month));
  }
  streams.out << "  . free  h held  x busy  t travelling  p being booked  B booked\n";
}

}  // namespace troupe
