#include "services/ical/file_zones.h"

#include <libical/ical.h>

#include <algorithm>
#include <memory>
#include <utility>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/time/time.h"
#include "matcher/domain/calendar_rule.h"

namespace troupe {
namespace {

constexpr int32_t kSampleDays = 5;
constexpr size_t kMostDefinitions = 50;
constexpr size_t kMostDefinitionBytes = 50'000;

struct FreeZone {
  void operator()(icaltimezone* zone) const { icaltimezone_free(zone, /*free_struct=*/1); }
};
using ZonePtr = std::unique_ptr<icaltimezone, FreeZone>;

// A name of the database, alone or behind a prefix.
std::optional<TimeZone> Named(absl::string_view id) {
  while (!id.empty()) {
    if (std::optional<TimeZone> zone = TimeZone::Find(id); zone.has_value()) return zone;
    const size_t slash = id.find('/');
    if (slash == absl::string_view::npos) return std::nullopt;
    id.remove_prefix(slash + 1);
  }
  return std::nullopt;
}

// null if the lines are no VTIMEZONE.
ZonePtr ParseZone(const std::string& lines) {
  icalerror_set_errors_are_fatal(false);
  icalcomponent* component = icalparser_parse_string(lines.c_str());
  if (component == nullptr) return nullptr;
  ZonePtr zone(icaltimezone_new());
  const bool is_zone = icalcomponent_isa(component) == ICAL_VTIMEZONE_COMPONENT;
  if (!is_zone || !icaltimezone_set_component(zone.get(), component)) {
    icalcomponent_free(component);
    return nullptr;
  }
  return zone;
}

int32_t OffsetAt(icaltimezone* zone, absl::Time time) {
  icaltimetype utc =
      icaltime_from_timet_with_zone(absl::ToTimeT(time), 0, icaltimezone_get_utc_timezone());
  int is_daylight = 0;
  return icaltimezone_get_utc_offset_of_utc_time(zone, &utc, &is_daylight);
}

bool Shows(const TimeZone& zone, const std::vector<absl::Time>& times,
           const std::vector<int32_t>& offsets) {
  for (size_t i = 0; i < times.size(); ++i) {
    if (zone.OffsetAt(times[i]) != offsets[i]) return false;
  }
  return true;
}

// "Etc/GMT-8" is 8 hours ahead.
std::string NameOfHours(int32_t seconds) {
  const int32_t hours = seconds / 3'600;
  return hours == 0 ? "UTC" : absl::StrCat("Etc/GMT", hours > 0 ? "-" : "+", std::abs(hours));
}

}  // namespace

void FileZones::Define(const std::string& id, std::string lines, std::string location) {
  if (defined_.size() == kMostDefinitions || lines.size() > kMostDefinitionBytes) return;
  defined_[id] = {std::move(lines), std::move(location)};
}

std::optional<TimeZone> FileZones::Find(const std::string& id) {
  const auto known = resolved_.find(id);
  if (known != resolved_.end()) return known->second;
  // Unknown ids without end are not worth remembering.
  std::optional<TimeZone> zone = Resolve(id);
  if (resolved_.size() < 2 * kMostDefinitions) resolved_.emplace(id, zone);
  return zone;
}

std::optional<TimeZone> FileZones::Resolve(const std::string& id) const {
  if (std::optional<TimeZone> zone = Named(id); zone.has_value()) return zone;
  if (std::optional<TimeZone> zone = Named(TimeZone::NameOfWindowsZone(id)); zone.has_value()) {
    return zone;
  }
  const auto defined = defined_.find(id);
  if (defined == defined_.end()) return std::nullopt;
  if (std::optional<TimeZone> zone = Named(defined->second.location); zone.has_value()) {
    return zone;
  }
  return WithClocksOf(defined->second.lines);
}

std::optional<TimeZone> FileZones::WithClocksOf(const std::string& lines) const {
  const ZonePtr defined = ParseZone(lines);
  if (defined == nullptr) return std::nullopt;
  std::vector<absl::Time> times;
  std::vector<int32_t> offsets;
  for (int32_t day = -kRuleDaysBack; day < kRuleDaysAhead; day += kSampleDays) {
    times.push_back(utc_.StartOf(today_ + day) + absl::Hours(12));
    offsets.push_back(OffsetAt(defined.get(), times.back()));
  }
  if (Shows(home_, times, offsets)) return home_;
  const bool is_fixed = std::all_of(offsets.begin(), offsets.end(),
                                    [&](int32_t offset) { return offset == offsets.front(); });
  if (is_fixed && offsets.front() % 3'600 == 0) {
    if (auto zone = TimeZone::Find(NameOfHours(offsets.front())); zone.has_value()) return zone;
  }
  for (const std::string& name : TimeZone::Names()) {
    std::optional<TimeZone> zone = TimeZone::Find(name);
    if (zone.has_value() && Shows(*zone, times, offsets)) return zone;
  }
  return std::nullopt;
}

}  // namespace troupe
