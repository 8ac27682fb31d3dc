#include "services/cli/staffing/plan_files.h"

#include <cstdint>
#include <initializer_list>
#include <utility>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"
#include "services/cli/placement/report_text.h"
#include "services/cli/staffing/gap_tables.h"
#include "services/cli/staffing/plan_words.h"

namespace troupe {
namespace {

// A table for a file alone.
class FileTable {
 public:
  FileTable(const char* id, std::initializer_list<const char*> columns) {
    table_.id = id;
    for (const char* column : columns) table_.columns.push_back({.title = {}, .name = column});
  }

  void Add(std::vector<std::string> cells) {
    std::vector<ReportCell>& row = table_.rows.emplace_back();
    for (std::string& cell : cells) row.push_back({.text = {}, .raw = std::move(cell)});
  }

  ReportTable Take() { return std::move(table_); }

 private:
  ReportTable table_;
};

std::string Days(int64_t millidays) {
  return absl::StrFormat("%.3f", static_cast<double>(millidays) / 1e3);
}

ReportTable FigureFile(const PlanFigures& figures) {
  const v1::TrainingResult& result = figures.plan.result();
  const v1::DrawnMillidays& gained = result.comparison().plan_gained();
  FileTable table("figures", {"figure", "value"});
  table.Add({"budget_yuan", absl::StrCat(figures.plan.budget_yuan())});
  table.Add({"cost_yuan", absl::StrCat(result.cost_yuan())});
  table.Add({"trainees", absl::StrCat(result.trainees())});
  table.Add({"candidates", absl::StrCat(result.candidates())});
  table.Add({"untold_courses", absl::StrCat(result.untold_courses())});
  table.Add({"gained_role_days", Days(gained.mean())});
  table.Add({"gained_low_role_days", Days(gained.low())});
  table.Add({"gained_high_role_days", Days(gained.high())});
  table.Add({"own_draws_gained_role_days", Days(result.gained_millidays())});
  table.Add({"own_draws_at_most_role_days", Days(result.gained_at_most_millidays())});
  table.Add({"proven", result.proven() ? "yes" : "no"});
  table.Add({"further_yuan", absl::StrCat(result.further_yuan())});
  table.Add({"further_gained_role_days", Days(result.further_gained_millidays())});
  table.Add({"demand_role_days", Days(result.demand_millidays())});
  table.Add({"filled_untrained_role_days", Days(result.filled_millidays())});
  return table.Take();
}

ReportTable CourseFile(const PlanFigures& figures) {
  FileTable table("courses", {"course", "title", "role", "place", "start", "weeks", "own", "others",
                              "cost_yuan", "gained_role_days"});
  for (const v1::CourseGroup& group : figures.plan.result().courses()) {
    const v1::Course& course = figures.CourseOf(group.course());
    table.Add({group.course(), course.title(), course.role(), course.place(),
               DayOf(course.start()).ToString(), absl::StrCat(course.weeks()),
               absl::StrCat(group.profiles_size()),
               group.has_others() ? absl::StrCat(group.others()) : "",
               absl::StrCat(group.cost_yuan()),
               group.has_gained_millidays() ? Days(group.gained_millidays()) : ""});
  }
  return table.Take();
}

ReportTable TraineeFile(const PlanFigures& figures) {
  FileTable table("trainees", {"course", "profile", "name"});
  for (const v1::CourseGroup& group : figures.plan.result().courses()) {
    for (const std::string& profile : group.profiles()) {
      table.Add({group.course(), profile, figures.NameOf(profile)});
    }
  }
  return table.Take();
}

ReportTable WorkFile(const PlanFigures& figures) {
  FileTable table("work", {"course", "who", "role", "city", "anywhere", "role_days"});
  for (const v1::CourseGroup& group : figures.plan.result().courses()) {
    const auto add = [&](const char* who, const v1::WorkPlaceDays& work) {
      table.Add({group.course(), who, work.role(), work.city(), work.anywhere() ? "yes" : "no",
                 Days(work.millidays())});
    };
    for (const v1::WorkPlaceDays& work : group.fills()) add("trainees", work);
    for (const v1::WorkPlaceDays& work : group.frees()) add("others", work);
  }
  return table.Take();
}

ReportTable MoveFile(const PlanFigures& figures) {
  FileTable table("moves", {"from_role", "to_role", "people"});
  for (const v1::RoleMove& move : figures.plan.result().moves()) {
    table.Add({move.from_role(), move.to_role(), absl::StrCat(move.people())});
  }
  return table.Take();
}

ReportTable PolicyFile(const char* id, const v1::PolicyComparison& comparison) {
  FileTable table(id, {"policy", "cost_yuan", "gained_role_days", "gained_low", "gained_high",
                       "plan_ahead_role_days", "plan_ahead_low", "plan_ahead_high"});
  const v1::DrawnMillidays& plan = comparison.plan_gained();
  table.Add({"plan", "", Days(plan.mean()), Days(plan.low()), Days(plan.high()), "", "", ""});
  for (const v1::PolicyResult& policy : comparison.policies()) {
    const v1::DrawnMillidays &gained = policy.gained(), &ahead = policy.plan_ahead();
    table.Add({WordOf(policy.policy()), absl::StrCat(policy.cost_yuan()), Days(gained.mean()),
               Days(gained.low()), Days(gained.high()), Days(ahead.mean()), Days(ahead.low()),
               Days(ahead.high())});
  }
  return table.Take();
}

}  // namespace

absl::Status WritePlanCsv(const PlanFigures& figures, const std::string& folder) {
  std::vector<ReportTable> tables = {
      FigureFile(figures), CourseFile(figures), TraineeFile(figures), WorkFile(figures),
      MoveFile(figures), PolicyFile("policies", figures.plan.result().comparison())};
  if (figures.plan.has_simulation()) {
    tables.push_back(PolicyFile("trial", figures.plan.simulation().comparison()));
  }
  return WriteTablesCsv(tables, folder);
}

}  // namespace troupe
