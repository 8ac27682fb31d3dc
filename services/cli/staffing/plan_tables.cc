#include "services/cli/staffing/plan_tables.h"

#include <algorithm>
#include <cstdint>
#include <utility>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"
#include "absl/strings/str_join.h"
#include "matcher/base/day.h"
#include "services/cli/number_text.h"
#include "services/cli/operation_list.h"
#include "services/cli/staffing/gap_tables.h"
#include "services/cli/staffing/plan_words.h"
#include "troupe/v1/types.pb.h"

namespace troupe {
namespace {

constexpr int kMostNames = 24;
constexpr int kMostWork = 4;
constexpr char kUntold[] = "1–4";

using Work = google::protobuf::RepeatedPtrField<v1::WorkPlaceDays>;

ReportCell Text(Phrase phrase) { return {.text = std::move(phrase), .raw = ""}; }

ReportCell Number(std::string text) {
  return {.text = {std::move(text), ""}, .raw = "", .is_number = true};
}

Phrase PlaceOf(const v1::Course& course) {
  return course.place().empty() ? Phrase{"from anywhere", "远程"} : PlacePhrase(course.place());
}

Phrase WorkText(const Work& work) {
  Phrase text;
  for (int i = 0; i < std::min(work.size(), kMostWork); ++i) {
    const Phrase role = RolePhrase(work.Get(i).role());
    const Phrase place = PhraseOf(work.Get(i));
    const std::string days = RoleDays(work.Get(i).millidays());
    absl::StrAppend(&text.en, i == 0 ? "" : "; ", role.en, ", ", place.en, " ", days);
    absl::StrAppend(&text.zh, i == 0 ? "" : "；", In(Language::kChinese, place),
                    In(Language::kChinese, role), " ", days);
  }
  if (work.size() <= kMostWork) return text;
  absl::StrAppend(&text.en, "; ...");
  absl::StrAppend(&text.zh, "；……");
  return text;
}

ReportTable CourseTable(const PlanFigures& figures) {
  ReportTable table = {
      .id = "courses",
      .title = {"Who learns what", "谁学什么"},
      .note = {"\"Gained\" is what is filled more because of a course, all else as planned, "
               "people's absence counted.",
               "“增加”：其他不变时因该课程多满足的工日，已扣除上课占用的时间。"},
      .columns = {{{"course", "课程"}, ""},
                  {{"new role", "新工种"}, ""},
                  {{"where", "地点"}, ""},
                  {{"from", "开课"}, ""},
                  {{"own", "本单位"}, ""},
                  {{"others", "其他"}, ""},
                  {{"yuan", "费用"}, ""},
                  {{"gained", "增加"}, ""},
                  {{"per 10,000", "每万元"}, ""}}};
  for (const v1::CourseGroup& group : figures.plan.result().courses()) {
    const v1::Course& course = figures.CourseOf(group.course());
    const bool is_told = group.has_gained_millidays();
    table.rows.push_back(
        {Text(TitleOf(course)), Text(RolePhrase(course.role())), Text(PlaceOf(course)),
         Number(DayOf(course.start()).ToString()), Number(WithCommas(group.profiles_size())),
         Number(group.has_others() ? WithCommas(group.others()) : kUntold),
         Number(WithCommas(group.cost_yuan())),
         Number(is_told ? RoleDays(group.gained_millidays()) : "–"),
         Number(is_told && group.cost_yuan() > 0
                    ? GainForMoney(group.gained_millidays(), group.cost_yuan())
                    : "–")});
  }
  return table;
}

ReportTable PeopleTable(const PlanFigures& figures) {
  ReportTable table = {.id = "people",
                       .title = {"Own people, by name", "本单位学员名单"},
                       .columns = {{{"course", "课程"}, ""}, {{"who", "学员"}, ""}}};
  for (const v1::CourseGroup& group : figures.plan.result().courses()) {
    if (group.profiles().empty()) continue;
    std::vector<std::string> names;
    for (const std::string& profile : group.profiles()) names.push_back(figures.NameOf(profile));
    const auto more = static_cast<int>(names.size()) - kMostNames;
    if (more > 0) {
      names.resize(kMostNames);
      names.push_back(absl::StrCat("+", more));
    }
    table.rows.push_back({Text(TitleOf(figures.CourseOf(group.course()))),
                          Text({absl::StrJoin(names, ", "), ""})});
  }
  return table;
}

ReportTable EffectTable(const PlanFigures& figures) {
  ReportTable table = {
      .id = "effects",
      .title = {"Which gaps are filled", "补上哪些缺口"},
      .note = {"In role-days. Where trainees do other people's work, these can go where they are "
               "missing.",
               "单位：工日。学员接手他人的工作后，后者可去更缺人的地方。"},
      .columns = {{{"course", "课程"}, ""},
                  {{"trainees work as", "学员从事"}, ""},
                  {{"so others fill", "他人因此补上"}, ""}}};
  for (const v1::CourseGroup& group : figures.plan.result().courses()) {
    if (group.fills().empty() && group.frees().empty()) continue;
    table.rows.push_back({Text(TitleOf(figures.CourseOf(group.course()))),
                          Text(WorkText(group.fills())), Text(WorkText(group.frees()))});
  }
  return table;
}

ReportTable MoveTable(const PlanFigures& figures) {
  ReportTable table = {.id = kMovesId,
                       .title = {"From main role to new role", "从原工种到新工种"},
                       .columns = {{{"from", "原工种"}, ""},
                                   {{"to", "新工种"}, ""},
                                   {{"people", "人数"}, ""}}};
  for (const v1::RoleMove& move : figures.plan.result().moves()) {
    table.rows.push_back({Text(move.from_role().empty() ? Phrase{"several roles", "多个工种"}
                                                        : RolePhrase(move.from_role())),
                          Text(RolePhrase(move.to_role())), Number(WithCommas(move.people()))});
  }
  return table;
}

// The rows of a table that says what something is.
class Statements {
 public:
  explicit Statements(ReportTable& table) : table_(table) { table_.columns.resize(2); }

  void Add(Phrase name, Phrase value) {
    table_.rows.push_back({Text(std::move(name)), Text(std::move(value))});
  }

 private:
  ReportTable& table_;
};

Phrase WeeksPhrase(const v1::Date& from, const v1::Date& until) {
  const Day first = DayOf(from), limit = DayOf(until);
  const std::string weeks = WithCommas((limit - first + 6) / 7);
  const std::string days = absl::StrCat(first.ToString(), " – ", (limit - 1).ToString());
  return {absl::StrCat(days, ", ", weeks, weeks == "1" ? " week" : " weeks"),
          absl::StrCat("共 ", weeks, " 周")};
}

void AddDemand(const v1::TrainingResult& result, Statements& statements) {
  const std::string days = RoleDays(result.demand_millidays());
  const std::string share = result.demand_millidays() == 0
                                ? "–"
                                : ShareText(result.filled_millidays(), result.demand_millidays());
  statements.Add({"demand", "需求"},
                 {absl::StrCat(days, " role-days expected, of which ", share,
                               " are filled without training"),
                  absl::StrCat("预计 ", days, " 工日，不培训可满足 ", share)});
  if (result.forecast_history_weeks() == 0) return;
  const std::string weeks = WithCommas(result.forecast_history_weeks());
  statements.Add({"forecast", "预测"}, {absl::StrCat("from ", weeks, " past weeks"),
                                        absl::StrCat("依据过去 ", weeks, " 周")});
}

Phrase EnrolmentsPhrase(const PlanFigures& figures) {
  const auto& enrolments = figures.plan.simulation().enrolments();
  if (enrolments.empty()) return {"as planned", "按计划"};
  Phrase text;
  for (const v1::Enrolment& one : enrolments) {
    if (one.people() == 0) continue;
    const Phrase course = TitleOf(figures.CourseOf(one.course()));
    const std::string people = WithCommas(one.people());
    absl::StrAppend(&text.en, text.en.empty() ? "" : ", ", course.en, " ", people);
    absl::StrAppend(&text.zh, text.zh.empty() ? "" : "、", In(Language::kChinese, course), " ",
                    people);
  }
  return text.en.empty() ? Phrase{"nobody", "无人"} : text;
}

}  // namespace

ReportTable OfferTable(const v1::TrainingPlan& plan) {
  ReportTable table = {.id = "offer",
                       .title = {"Courses that may be taken", "可选课程"},
                       .columns = {{{"course", "课程"}, ""},
                                   {{"role", "工种"}, ""},
                                   {{"where", "地点"}, ""},
                                   {{"from", "开课"}, ""},
                                   {{"weeks", "周数"}, ""},
                                   {{"yuan", "每人费用"}, ""},
                                   {{"seats", "名额"}, ""},
                                   {{"pass / worth / absent", "通过 / 熟练 / 占用"}, ""}}};
  for (const v1::Course& course : plan.courses()) {
    const auto share = [](bool is_set, int64_t millionths) {
      return is_set ? static_cast<double>(millionths) / 10'000 : 100.0;
    };
    table.rows.push_back(
        {Text({course.id(), ""}), Text(RolePhrase(course.role())), Text(PlaceOf(course)),
         Number(DayOf(course.start()).ToString()), Number(WithCommas(course.weeks())),
         Number(WithCommas(course.cost_yuan())), Number(WithCommas(course.seats())),
         Number(absl::StrFormat(
             "%g / %g / %g %%",
             share(course.has_success_millionths(), course.success_millionths()),
             share(course.has_productivity_millionths(), course.productivity_millionths()),
             share(course.has_absence_millionths(), course.absence_millionths())))});
  }
  return table;
}

ReportTable MakingTable(const v1::TrainingPlan& plan) {
  const v1::TrainingResult& result = plan.result();
  ReportTable table = {.id = "making", .title = {"How it is made", "如何制定"}};
  Statements statements(table);
  if (plan.has_result()) {
    statements.Add({"weeks", "时段"}, WeeksPhrase(result.from(), result.until()));
    AddDemand(result, statements);
  } else if (plan.has_from() && plan.has_until()) {
    statements.Add({"weeks", "时段"}, WeeksPhrase(plan.from(), plan.until()));
  }
  statements.Add({"demand strays", "需求波动"}, NameOf(plan.regime()));
  for (const v1::WhatIf& what_if : plan.what_ifs()) {
    statements.Add({"what if", "假设"}, PhraseOf(what_if));
  }
  statements.Add({"who may learn", "可参加者"}, NameOf(plan.learners()));
  const std::vector<std::string> homes(plan.homes().begin(), plan.homes().end());
  statements.Add({"who live in", "居住地"},
                 homes.empty() ? Phrase{"any place", "不限"} : PlacesPhrase(homes));
  const std::string seed = absl::StrCat(plan.seed());
  if (!plan.has_result()) {
    statements.Add({"seed", "种子"}, {seed, ""});
    return table;
  }
  const std::string draws = WithCommas(result.draws());
  const std::string fresh = WithCommas(result.comparison().draws());
  if (result.draws() > 0) {
    statements.Add(
        {"draws of demand", "需求抽样"},
        {absl::StrCat(draws, " to choose by, ", fresh, " fresh ones to compare on; seed ", seed),
         absl::StrCat(draws, " 次用于制定，另抽 ", fresh, " 次用于比较；种子 ", seed)});
  }
  statements.Add({"made", "制定于"},
                 {absl::StrCat(TimeText(result.plan_time()), ", ", WithCommas(result.work()),
                               " weeks of draws solved"),
                  absl::StrCat("共求解 ", WithCommas(result.work()), " 个抽样周")});
  return table;
}

ReportTable PolicyTable(const v1::PolicyComparison& comparison, int64_t cost_yuan) {
  const std::string draws = WithCommas(comparison.draws());
  ReportTable table = {
      .id = "policies",
      .title = {"Beside simple policies", "与简单做法比较"},
      .note = {absl::StrCat("Role-days, mean and 95 % interval over ", draws,
                            " fresh draws of demand; all keep to the same people, seats and "
                            "budget. \"Ahead\" is by how much the plan fills more, draw by draw."),
               absl::StrCat("单位：工日，", draws,
                            " 次新抽样的均值及 95 % 区间；各做法受同样的人员、名额与预算限制。"
                            "“领先”为逐次抽样比较。")},
      .columns = {{{"policy", "做法"}, ""},
                  {{"yuan", "费用"}, ""},
                  {{"gained", "增加"}, ""},
                  {{"95 % interval", "95 % 区间"}, ""},
                  {{"plan ahead by", "本计划领先"}, ""},
                  {{"95 % interval", "95 % 区间"}, ""}}};
  table.rows.push_back({Text({"this plan", "本计划"}),
                        Number(cost_yuan > 0 ? WithCommas(cost_yuan) : ""),
                        Number(RoleDays(comparison.plan_gained().mean())),
                        Number(IntervalText(comparison.plan_gained())), Number(""), Number("")});
  for (const v1::PolicyResult& policy : comparison.policies()) {
    const bool is_none = policy.policy() == v1::TRAINING_POLICY_NONE;
    table.rows.push_back({Text(NameOf(policy.policy())), Number(WithCommas(policy.cost_yuan())),
                          Number(RoleDays(policy.gained().mean())),
                          Number(is_none ? "" : IntervalText(policy.gained())),
                          Number(RoleDays(policy.plan_ahead().mean())),
                          Number(IntervalText(policy.plan_ahead()))});
  }
  return table;
}

ReportTable TrialTable(const PlanFigures& figures) {
  const v1::TrainingSimulation& trial = figures.plan.simulation();
  ReportTable table = {.id = "trial", .title = {"Tried last", "最近一次试算"}};
  if (!figures.plan.has_simulation()) return table;
  Statements statements(table);
  statements.Add({"asked for", "要求"}, EnrolmentsPhrase(figures));
  if (trial.unfilled_seats() > 0) {
    const std::string seats = WithCommas(trial.unfilled_seats());
    statements.Add({"fewer than asked", "少于要求"},
                   {absl::StrCat("by ", seats, ": no others may, or would fill more"),
                    absl::StrCat("少 ", seats, " 人：无更多可参加或有增益者")});
  }
  if (!trial.has_comparison()) {
    statements.Add({"gained", "增加"},
                   {"nothing: nobody may take these courses", "无：没有人可以参加这些课程"});
    return table;
  }
  statements.Add({"demand strays", "需求波动"}, NameOf(trial.comparison().regime()));
  const std::string draws = WithCommas(trial.comparison().draws());
  const std::string seed = absl::StrCat(trial.comparison().seed());
  statements.Add({"draws of demand", "需求抽样"},
                 {absl::StrCat(draws, " fresh ones, seed ", seed),
                  absl::StrCat("新抽 ", draws, " 次，种子 ", seed)});
  statements.Add({"gained", "增加"},
                 {absl::StrCat(WithInterval(trial.comparison().plan_gained()), " role-days"),
                  absl::StrCat(WithInterval(trial.comparison().plan_gained()), " 工日")});
  for (const v1::PolicyResult& policy : trial.comparison().policies()) {
    const Phrase name = NameOf(policy.policy());
    statements.Add({absl::StrCat("ahead of ", name.en), absl::StrCat("领先“", name.zh, "”")},
                   {absl::StrCat(WithInterval(policy.plan_ahead()), " role-days"),
                    absl::StrCat(WithInterval(policy.plan_ahead()), " 工日")});
  }
  return table;
}

std::vector<ReportTable> TablesOf(const PlanFigures& figures) {
  const v1::TrainingResult& result = figures.plan.result();
  std::vector<ReportTable> tables = {CourseTable(figures), EffectTable(figures),
                                     MoveTable(figures)};
  if (result.trainees() > 0) {
    tables.push_back(PolicyTable(result.comparison(), result.cost_yuan()));
  }
  tables.push_back(TrialTable(figures));
  tables.push_back(PeopleTable(figures));
  tables.push_back(MakingTable(figures.plan));
  tables.erase(std::remove_if(tables.begin(), tables.end(),
                              [](const ReportTable& table) {
                                return table.rows.empty() && table.nothing.en.empty();
                              }),
               tables.end());
  return tables;
}

}  // namespace troupe
