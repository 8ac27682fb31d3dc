#ifndef TROUPE_SERVICES_ICAL_EVENT_H_
#define TROUPE_SERVICES_ICAL_EVENT_H_

#include <array>
#include <string>
#include <vector>

#include "absl/strings/string_view.h"
#include "services/ical/content_lines.h"

namespace troupe {

// The properties of a VEVENT that say which days it takes up; null where it has
// none. Points into the lines of the file.
struct Event {
  int line = 0;  // Of its BEGIN.
  const ContentLine* uid = nullptr;
  const ContentLine* start = nullptr;
  const ContentLine* end = nullptr;
  const ContentLine* duration = nullptr;
  const ContentLine* rule = nullptr;
  const ContentLine* recurrence_id = nullptr;
  const ContentLine* status = nullptr;
  const ContentLine* transparency = nullptr;
  const ContentLine* busy_status = nullptr;
  const ContentLine* summary = nullptr;
  const ContentLine* privacy = nullptr;
  std::vector<const ContentLine*> additions;   // RDATE
  std::vector<const ContentLine*> exceptions;  // EXDATE

  bool IsTransparent() const;
  bool IsCancelled() const;
  bool IsTentative() const;
  absl::string_view Uid() const { return uid == nullptr ? absl::string_view() : uid->value; }
};

// Takes `line`, a property of `event`, if it says something of its days.
// Reports one that an event must not have, or have twice.
void AddProperty(const ContentLine& line, Event& event, Violations& found);

// What the event is called, in at most 200 bytes; empty if that is private.
std::string NoteOf(const Event& event);

}  // namespace troupe

#endif  // TROUPE_SERVICES_ICAL_EVENT_H_
