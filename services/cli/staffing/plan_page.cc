#include "services/cli/staffing/plan_page.h"

#include <vector>

#include "absl/strings/str_cat.h"
#include "matcher/base/status_macros.h"
#include "services/cli/card_parts.h"
#include "services/cli/html_page.h"
#include "services/cli/number_text.h"
#include "services/cli/operation_list.h"
#include "services/cli/placement/report_text.h"
#include "services/cli/staffing/gap_tables.h"
#include "services/cli/staffing/plan_pictures.h"
#include "services/cli/staffing/plan_tables.h"
#include "services/cli/staffing/plan_words.h"

namespace troupe {
namespace {

std::string SubtitleOf(const v1::TrainingPlan& plan, Language language) {
  const v1::TrainingResult& result = plan.result();
  const std::string budget = WithCommas(plan.budget_yuan());
  return EscapedForHtml(absl::StrCat(
      In(language, {"Training plan", "培训计划"}), " · ", DayOf(result.from()).ToString(), " – ",
      (DayOf(result.until()) - 1).ToString(), " · ",
      In(language,
         {absl::StrCat("budget ", budget, " yuan"), absl::StrCat("预算 ", budget, " 元")})));
}

absl::Status AddPictures(const PlanFigures& figures, Language language, const Gnuplot& gnuplot,
                         HtmlPage& page) {
  TROUPE_ASSIGN_OR_RETURN(const std::string moves, Draw(gnuplot, MovesPicture(figures, language)));
  page.AddPicture({"From main role to new role, people", "从原工种到新工种（人数）"}, moves);
  const HeatPicture work = WorkPicture(figures, language);
  if (!work.rows.empty()) {
    TROUPE_ASSIGN_OR_RETURN(const std::string places, Draw(gnuplot, work));
    page.AddPicture({"Work in new roles, role-days", "新工种的工作（工日）"}, places);
  }
  TROUPE_ASSIGN_OR_RETURN(
      const std::string policies,
      Draw(gnuplot, PolicyPicture(figures.plan.result().comparison(), language)));
  page.AddPicture({"Role-days gained, beside simple policies", "增加的工日，与简单做法比较"},
                  policies,
                  {"Against no training; the thin lines are 95 % intervals.",
                   "与不培训相比；细线为 95 % 区间。"});
  return absl::OkStatus();
}

}  // namespace

void PrintPlan(const v1::TrainingPlan& plan, Language language, const Streams& streams) {
  PrintTitle(plan.title(), plan.name(), streams);
  Facts facts(streams);
  const auto add = [&](const Phrase& name, const std::string& value) {
    facts.Add(In(language, name).c_str(), value);
  };
  add({"state", "状态"}, In(language, NameOf(plan.state())));
  add({"id", "编号"}, plan.external_id().id());
  add({"budget, yuan", "预算（元）"}, WithCommas(plan.budget_yuan()));
  add({"changed", "更新于"}, TimeText(plan.update_time()));
  facts.Print();
  PrintReportTable(OfferTable(plan), language, streams);
  if (!plan.has_result()) PrintReportTable(MakingTable(plan), language, streams);
}

void PrintPlanReport(const PlanFigures& figures, Language language, const Streams& streams) {
  PrintRemark(In(language, SummaryOf(figures)), streams);
  Facts facts(streams);
  for (const ReportFact& fact : FactsOf(figures)) {
    const std::string name = In(language, fact.name);
    const std::string value = In(language, fact.value);
    const std::string note = In(language, fact.note);
    facts.Add(name.c_str(), note.empty() ? value : absl::StrCat(value, "  (", note, ")"));
  }
  facts.Print();
  for (const ReportTable& table : TablesOf(figures)) PrintReportTable(table, language, streams);
  streams.out << "\n";
  for (const Phrase& remark : RemarksOn(figures)) PrintRemark(In(language, remark), streams);
}

absl::StatusOr<std::string> PlanPage(const PlanFigures& figures, Language language,
                                     const Gnuplot& gnuplot) {
  const v1::TrainingPlan& plan = figures.plan;
  HtmlPage page(language, absl::StrCat(plan.title(), " - ", In(language, {"training", "培训"})),
                plan.title(), SubtitleOf(plan, language));
  page.Add(SummaryOf(figures));
  page.Add(FactsOf(figures));
  if (plan.result().trainees() > 0) {
    TROUPE_RETURN_IF_ERROR(AddPictures(figures, language, gnuplot, page));
  }
  for (const ReportTable& table : TablesOf(figures)) {
    if (table.id != kMovesId) page.Add(table);  // A picture shows it.
  }
  std::string footer;
  for (const Phrase& remark : RemarksOn(figures)) {
    absl::StrAppend(&footer, page.Say(remark), "<br />");
  }
  return page.Close(absl::StrCat(footer, EscapedForHtml(plan.name())));
}

}  // namespace troupe
