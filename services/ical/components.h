#ifndef TROUPE_SERVICES_ICAL_COMPONENTS_H_
#define TROUPE_SERVICES_ICAL_COMPONENTS_H_

#include <vector>

#include "matcher/base/violation.h"
#include "services/ical/content_lines.h"
#include "services/ical/event.h"
#include "services/ical/file_zones.h"

namespace troupe {

// What a file is made of. Points into its lines.
struct Components {
  std::vector<Event> events;
  std::vector<int> others;  // Where those begin that are neither event nor zone.
};

// The components of a file, whose time zones go to `zones`. Reports what does
// not stand where it must.
Components ReadComponents(const std::vector<ContentLine>& lines, FileZones& zones,
                          Violations& found);

}  // namespace troupe

#endif  // TROUPE_SERVICES_ICAL_COMPONENTS_H_
