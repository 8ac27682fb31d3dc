#include "services/ical/moment.h"

#include <libical/ical.h>

#include <algorithm>

#include "absl/strings/ascii.h"
#include "absl/strings/match.h"
#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/strip.h"

namespace troupe {
namespace {

constexpr int kFirstYear = 1870;
constexpr int kLastYear = 2199;
constexpr int32_t kMostDays = 3'650;

// The number that `size` digits at `at` are; -1 if they are none.
int Digits(absl::string_view text, size_t at, size_t size) {
  int number = 0;
  for (size_t i = at; i < at + size; ++i) {
    if (!absl::ascii_isdigit(static_cast<unsigned char>(text[i]))) return -1;
    number = number * 10 + (text[i] - '0');
  }
  return number;
}

std::optional<Day> ReadDay(absl::string_view text) {
  const int year = Digits(text, 0, 4);
  const int month = Digits(text, 4, 2);
  const int day = Digits(text, 6, 2);
  if (year < kFirstYear || kLastYear < year || month < 1 || 12 < month || day < 1) {
    return std::nullopt;
  }
  const absl::CivilDay civil(year, month, day);
  if (civil.month() != month) return std::nullopt;  // Carried over.
  return Day(civil);
}

// "T093000"; a leap second is the one before it.
std::optional<int32_t> ReadSecond(absl::string_view text) {
  if (text[0] != 'T') return std::nullopt;
  const int hour = Digits(text, 1, 2);
  const int minute = Digits(text, 3, 2);
  const int second = Digits(text, 5, 2);
  if (hour < 0 || 23 < hour || minute < 0 || 59 < minute || second < 0 || 60 < second) {
    return std::nullopt;
  }
  return hour * 3'600 + minute * 60 + std::min(second, 59);
}

}  // namespace

std::string Shown(absl::string_view value) {
  const auto is_plain = [](char c) {
    return absl::ascii_isdigit(static_cast<unsigned char>(c)) ||
           absl::StrContains("TZPWDHMS+-:/", c);
  };
  const bool is_harmless = !value.empty() && value.size() <= 40 &&
                           std::any_of(value.begin(), value.end(), absl::ascii_isdigit) &&
                           std::all_of(value.begin(), value.end(), is_plain);
  return is_harmless ? absl::StrCat(" \"", value, "\"") : "";
}

std::optional<Moment> ReadMoment(const ContentLine& line, absl::string_view value,
                                 FileZones& zones, Violations& found) {
  const absl::string_view kind = line.Parameter("VALUE");
  const bool may_be_time = !absl::EqualsIgnoreCase(kind, "DATE");
  const bool may_be_date = !absl::EqualsIgnoreCase(kind, "DATE-TIME");
  const bool is_utc = value.size() == 16 && value.back() == 'Z';
  const bool is_time = value.size() == 15 || is_utc;
  const std::optional<Day> day =
      is_time || value.size() == 8 ? ReadDay(value) : std::nullopt;
  const std::optional<int32_t> second = is_time ? ReadSecond(value.substr(8, 7)) : 0;
  if (!day.has_value() || !second.has_value() || (is_time ? !may_be_time : !may_be_date)) {
    const bool wants_date = !may_be_time;
    ReportLine(line.number,
               absl::StrCat(line.name, Shown(value), " is no ", wants_date ? "date" : "date or time"),
               wants_date ? "give a day that exists, as 20261201"
                          : "give one that exists, as 20261201 or 20261201T090000Z",
               found);
    return std::nullopt;
  }
  Moment moment = {.is_date = !is_time, .day = *day, .second = *second, .zone = zones.home()};
  if (is_utc) moment.zone = zones.utc();
  const absl::string_view id = line.Parameter("TZID");
  if (!is_time || is_utc || id.empty()) return moment;
  std::optional<TimeZone> zone = zones.Find(std::string(id));
  if (!zone.has_value()) {
    ReportLine(line.number, absl::StrCat(line.name, " has a TZID that names no known time zone"),
               "name one of the IANA database, as Asia/Shanghai", found);
    return std::nullopt;
  }
  moment.zone = *std::move(zone);
  return moment;
}

std::optional<int64_t> ReadDuration(const ContentLine& line, absl::string_view value,
                                    Violations& found) {
  const std::string text(value);
  const icaldurationtype read = icaldurationtype_from_string(text.c_str());
  // Its whole numbers are 32 bits wide; longer texts would overflow them.
  const bool is_read = !icaldurationtype_is_bad_duration(read) && text.size() <= 24;
  const int64_t seconds = int64_t{86'400} * (int64_t{7} * read.weeks + read.days) +
                          int64_t{3'600} * read.hours + int64_t{60} * read.minutes + read.seconds;
  if (is_read && !read.is_neg && 0 <= seconds && seconds <= int64_t{kMostDays} * 86'400) {
    return seconds;
  }
  ReportLine(line.number,
             absl::StrCat(line.name, Shown(value), " is no duration of up to ", kMostDays, " days"),
             "give it as P1D or PT2H30M", found);
  return std::nullopt;
}

}  // namespace troupe
