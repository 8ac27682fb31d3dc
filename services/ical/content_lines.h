#ifndef TROUPE_SERVICES_ICAL_CONTENT_LINES_H_
#define TROUPE_SERVICES_ICAL_CONTENT_LINES_H_

#include <cstddef>
#include <string>
#include <utility>
#include <vector>

#include "absl/strings/string_view.h"
#include "matcher/base/violation.h"

namespace troupe {

// A property of an iCalendar file, or the BEGIN or END of a component: a content
// line of RFC 5545, 3.1, unfolded.
struct ContentLine {
  int number = 0;    // Of its first line in the file, from 1.
  std::string name;  // In capitals.
  std::vector<std::pair<std::string, std::string>> parameters;  // Names in capitals.
  std::string value;
  std::string raw;  // All of it.

  // The value of a parameter; empty if it is not there.
  absl::string_view Parameter(absl::string_view parameter) const;
};

// What an iCalendar text that is read may have at most.
inline constexpr size_t kMostCalendarBytes = 2'000'000;
inline constexpr size_t kMostContentLines = 100'000;

// Adds to `found` what is wrong on a line, as a violation of the field
// `calendar`: "line 17: DTSTART is no date". At most 50.
void ReportLine(int line, absl::string_view problem, absl::string_view fix, Violations& found);

// The lines of `text`, whose ends are CRLF or LF; empty ones are left out.
// Reports lines that are none. Cost: linear.
std::vector<ContentLine> ReadContentLines(absl::string_view text, Violations& found);

}  // namespace troupe

#endif  // TROUPE_SERVICES_ICAL_CONTENT_LINES_H_
