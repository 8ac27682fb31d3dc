#ifndef TROUPE_SERVICES_STAFFING_COURSE_ENTRY_H_
#define TROUPE_SERVICES_STAFFING_COURSE_ENTRY_H_

#include <cstdint>
#include <vector>

namespace troupe {

// Who may take which courses, of those who can get there and do not hold their role.
struct CourseEntry {
  struct Course {
    uint32_t role = 0;  // Of the taxonomy.
    uint32_t row = 0;   // Of WorkPlaces.
  };
  std::vector<Course> courses;
  std::vector<bool> homes;  // By row: who lives there. Empty: whoever.
  bool wishing_only = true;
};

}  // namespace troupe

#endif  // TROUPE_SERVICES_STAFFING_COURSE_ENTRY_H_
