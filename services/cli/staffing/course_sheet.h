#ifndef TROUPE_SERVICES_CLI_STAFFING_COURSE_SHEET_H_
#define TROUPE_SERVICES_CLI_STAFFING_COURSE_SHEET_H_

#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "services/cli/sheet.h"
#include "troupe/v1/training_plan.pb.h"

namespace troupe {

// Courses as their file states them, and where each stands: "courses.csv:7".
struct CourseRows {
  std::vector<v1::Course> courses;
  std::vector<std::string> at;
};

// The columns of a file of courses.
const SheetForm& CourseForm();

// What a CSV file of courses says. What is wrong with its rows goes to `defects`: cells that
// cannot be read, ids twice. Errors as InputFile.
absl::StatusOr<CourseRows> ReadCourses(const std::string& path, Defects& defects);

}  // namespace troupe

#endif  // TROUPE_SERVICES_CLI_STAFFING_COURSE_SHEET_H_
