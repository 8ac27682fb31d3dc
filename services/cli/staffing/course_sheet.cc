#include "services/cli/staffing/course_sheet.h"

#include <cstdint>
#include <map>
#include <optional>
#include <utility>

#include "absl/strings/str_cat.h"
#include "matcher/base/status_macros.h"
#include "services/cli/row_reader.h"
#include "services/convert/types_conversion.h"

namespace troupe {
namespace {

constexpr size_t kLongestTitle = 200;
constexpr int32_t kMostCourseWeeks = 52;
constexpr int32_t kHighestCost = 10'000'000;
constexpr int32_t kMostSeats = 100'000;

v1::Course ReadCourse(const RowReader& cells) {
  v1::Course course;
  course.set_id(cells.Id("id"));
  course.set_title(cells.Text("title", kLongestTitle));
  course.set_role(cells.Role("role"));
  course.set_place(cells.Place("place"));
  const std::optional<Day> start = cells.Date("start");
  if (start.has_value()) *course.mutable_start() = ToWire(*start);
  course.set_weeks(cells.Number("weeks", 1, kMostCourseWeeks, "give a whole number from 1 to 52"));
  course.set_cost_yuan(cells.Number("cost_yuan", 1, kHighestCost,
                                    "give what a person costs, from 1 to 10,000,000, without a "
                                    "unit or commas"));
  course.set_seats(cells.Number("seats", 1, kMostSeats,
                                "give how many may take it, from 1 to 100,000; leave the row out "
                                "if nobody may"));
  const std::optional<int64_t> success = cells.Share("success");
  if (success.has_value()) course.set_success_millionths(*success);
  const std::optional<int64_t> productivity = cells.Share("productivity");
  if (productivity.has_value()) course.set_productivity_millionths(*productivity);
  if (productivity == 0) {
    cells.Refuse("productivity", "is 0%", "give more, or leave the row out");
  }
  const std::optional<int64_t> absence = cells.Share("absence");
  if (absence.has_value()) course.set_absence_millionths(*absence);
  return course;
}

}  // namespace

const SheetForm& CourseForm() {
  static const SheetForm& form = *new SheetForm{"courses",
                                                {{"id", true},
                                                 {"title"},
                                                 {"role", true},
                                                 {"place"},
                                                 {"start", true},
                                                 {"weeks", true},
                                                 {"cost_yuan", true},
                                                 {"seats", true},
                                                 {"success"},
                                                 {"productivity"},
                                                 {"absence"}}};
  return form;
}

absl::StatusOr<CourseRows> ReadCourses(const std::string& path, Defects& defects) {
  TROUPE_ASSIGN_OR_RETURN(const Sheet sheet, ReadCsvSheet(path, CourseForm(), defects));
  CourseRows rows;
  std::map<std::string, std::string> at_of_id;
  for (const SheetRow& row : sheet.rows) {
    rows.courses.push_back(ReadCourse(RowReader(row, defects)));
    rows.at.push_back(row.at);
    const std::string& id = rows.courses.back().id();
    const auto [first, is_new] = at_of_id.emplace(id, row.at);
    if (is_new || id.empty()) continue;
    defects.Add(row.at, "id", absl::StrCat("is ", Shown(id), ", as is that of ", first->second),
                "leave one of the rows out, or give each course an id of its own");
  }
  if (sheet.rows.empty() && defects.empty()) {
    defects.Add(path, "", "has no courses", "add a row for each that may be taken");
  }
  return rows;
}

}  // namespace troupe
