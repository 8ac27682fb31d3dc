#include "services/ical/components.h"

#include <string>
#include <utility>

#include "absl/strings/ascii.h"
#include "absl/strings/str_cat.h"

namespace troupe {
namespace {

constexpr size_t kMostEvents = 10'000;
constexpr size_t kMostDepth = 8;

// Goes through the lines of a file, and stops at the first that does not belong
// where it stands.
class ComponentReader {
 public:
  ComponentReader(FileZones& zones, Violations& found) : zones_(zones), found_(found) {}

  Components Read(const std::vector<ContentLine>& lines) {
    for (const ContentLine& line : lines) {
      if (!Take(line)) return std::move(components_);
    }
    if (!open_.empty()) {
      ReportLine(open_.back().line, "BEGIN has no END", "send the whole file", found_);
    } else if (!has_calendar_) {
      found_.Add("calendar", "has no VCALENDAR",
                 "send an iCalendar file, as calendars export it");
    }
    return std::move(components_);
  }

 private:
  struct Open {
    std::string name;
    int line = 0;
  };

  bool Take(const ContentLine& line) {
    if (line.name == "BEGIN" && !Begin(line)) return false;
    if (is_in_zone_) absl::StrAppend(&zone_lines_, line.raw, "\r\n");
    if (line.name == "END") return End(line);
    if (line.name != "BEGIN") Property(line);
    return true;
  }

  bool Begin(const ContentLine& line) {
    const std::string name = absl::AsciiStrToUpper(line.value);
    if (open_.empty() != (name == "VCALENDAR") || open_.size() == kMostDepth) {
      ReportLine(line.number, "BEGIN stands where it must not",
                 "put all components into one VCALENDAR", found_);
      return false;
    }
    open_.push_back({name, line.number});
    has_calendar_ = true;
    if (open_.size() != 2) return true;
    if (name == "VEVENT") return BeginEvent(line);
    if (name == "VTIMEZONE") {
      is_in_zone_ = true;
    } else {
      components_.others.push_back(line.number);
    }
    return true;
  }

  bool BeginEvent(const ContentLine& line) {
    if (components_.events.size() == kMostEvents) {
      ReportLine(line.number, "BEGIN is of one event too many",
                 absl::StrCat("give at most ", kMostEvents, ": leave out what is past"), found_);
      return false;
    }
    components_.events.push_back({.line = line.number});
    return true;
  }

  bool End(const ContentLine& line) {
    if (open_.empty() || open_.back().name != absl::AsciiStrToUpper(line.value)) {
      ReportLine(line.number, "END ends another component than the one that is open",
                 "send the whole file", found_);
      return false;
    }
    open_.pop_back();
    if (is_in_zone_ && open_.size() == 1) {
      zones_.Define(zone_id_, std::exchange(zone_lines_, ""), std::exchange(zone_location_, ""));
      is_in_zone_ = false;
    }
    return true;
  }

  void Property(const ContentLine& line) {
    if (open_.empty()) {
      ReportLine(line.number, "stands outside of all components", "put it into a VCALENDAR",
                 found_);
    } else if (open_.size() == 2 && open_[1].name == "VEVENT") {
      AddProperty(line, components_.events.back(), found_);
    } else if (is_in_zone_ && open_.size() == 2) {
      if (line.name == "TZID") zone_id_ = line.value;
      if (line.name == "X-LIC-LOCATION") zone_location_ = line.value;
    }
  }

  FileZones& zones_;
  Violations& found_;
  Components components_;
  std::vector<Open> open_;
  bool has_calendar_ = false;
  bool is_in_zone_ = false;
  std::string zone_id_;
  std::string zone_location_;
  std::string zone_lines_;
};

}  // namespace

Components ReadComponents(const std::vector<ContentLine>& lines, FileZones& zones,
                          Violations& found) {
  return ComponentReader(zones, found).Read(lines);
}

}  // namespace troupe
