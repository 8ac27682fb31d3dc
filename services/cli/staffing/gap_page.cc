#include "services/cli/staffing/gap_page.h"

#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"
#include "absl/strings/str_join.h"
#include "matcher/base/day.h"
#include "matcher/base/millionths.h"
#include "matcher/base/status_macros.h"
#include "services/cli/html_page.h"
#include "services/cli/ink.h"
#include "services/cli/number_text.h"
#include "services/cli/placement/report_text.h"
#include "services/cli/staffing/gap_tables.h"
#include "troupe/v1/gap.pb.h"

namespace troupe {
namespace {

constexpr size_t kGapsOfPage = 40;
constexpr size_t kAllRows = 1'000'000;

Phrase SpanPhrase(const v1::AnalyzeGapsResponse& response) {
  const Day from = DayOf(response.from()), until = DayOf(response.until());
  const std::string weeks = WithCommas((until - from) / 7);
  const std::string days = absl::StrCat(from.ToString(), " – ", (until - 1).ToString());
  return {absl::StrCat(days, ", ", weeks, weeks == "1" ? " week" : " weeks"),
          absl::StrCat("共 ", weeks, " 周")};
}

const char* WordOf(v1::GapDisclosure disclosure) {
  switch (disclosure) {
    case v1::GAP_DISCLOSURE_EXACT: return "exact";
    case v1::GAP_DISCLOSURE_ROUNDED: return "rounded";
    case v1::GAP_DISCLOSURE_OWN_ONLY: return "own only";
    default: return "";
  }
}

ReportCell Raw(std::string raw) { return {.raw = std::move(raw)}; }

ReportCell RawDays(int64_t millidays) {
  return Raw(absl::StrFormat("%.3f", static_cast<double>(millidays) / 1e3));
}

// For files alone.
ReportTable CellTable(const v1::AnalyzeGapsResponse& response) {
  ReportTable table = {.id = "cells"};
  for (const char* name : {"role", "cities", "anywhere", "week", "demand_role_days",
                           "filled_role_days", "unmet_role_days", "travelling_role_days",
                           "one_more_role_days", "disclosure"}) {
    table.columns.push_back({.name = name});
  }
  for (const v1::GapCell& cell : response.cells()) {
    table.rows.push_back({
        Raw(cell.role()), Raw(absl::StrJoin(cell.cities(), "+")),
        Raw(cell.anywhere() ? "yes" : "no"), Raw(DayOf(cell.week()).ToString()),
        RawDays(cell.demand_millidays()), RawDays(cell.filled_millidays()),
        RawDays(cell.unmet_millidays()),
        cell.has_travelling_millidays() ? RawDays(cell.travelling_millidays()) : Raw(""),
        Raw(absl::StrFormat("%.3f", static_cast<double>(cell.shadow_millionths()) / kMillionths)),
        Raw(WordOf(cell.disclosure()))});
  }
  return table;
}

}  // namespace

void PrintGaps(const v1::AnalyzeGapsResponse& response, size_t most, Language language,
               const Streams& streams) {
  const std::vector<GapRow> rows = GapRowsOf(response);
  streams.out << In(language, SpanPhrase(response)) << "\n";
  if (rows.empty()) {
    streams.out << response.empty_text() << "\n";
  } else {
    for (const ReportFact& fact : FactsOf(response)) {
      streams.out << "  " << In(language, fact.name) << ": "
                  << Inked(Ink::kScore, In(language, fact.value), streams.colour);
      if (!fact.note.en.empty()) streams.out << "  (" << In(language, fact.note) << ")";
      streams.out << "\n";
    }
    PrintReportTable(GapTable(rows, most), language, streams);
  }
  for (const Phrase& remark : RemarksOn(response)) PrintRemark(In(language, remark), streams);
}

absl::StatusOr<std::string> GapPage(const v1::AnalyzeGapsResponse& response, Language language,
                                    const Gnuplot& gnuplot) {
  const std::vector<GapRow> rows = GapRowsOf(response);
  const Phrase name = {"Where people are missing", "用工缺口"};
  HtmlPage page(language, In(language, name), In(language, name),
                EscapedForHtml(In(language, SpanPhrase(response))));
  page.Add(FactsOf(response));
  for (const RoleHeat& heat : HeatPictures(response, rows, language)) {
    TROUPE_ASSIGN_OR_RETURN(const std::string svg, Draw(gnuplot, heat.picture));
    Phrase note;
    if (heat.rows_left_out > 0) {
      const std::string more = WithCommas(static_cast<int64_t>(heat.rows_left_out));
      note = {absl::StrCat("and ", more, " more places, in the CSV files"),
              absl::StrCat("另有 ", more, " 个地点，见 CSV 文件")};
    }
    page.AddPicture(RolePhrase(heat.role), svg, note);
  }
  page.Add(GapTable(rows, kGapsOfPage));
  page.Add(RoleTable(rows));
  std::string footer;
  for (const Phrase& remark : RemarksOn(response)) {
    absl::StrAppend(&footer, page.Say(remark), "<br />");
  }
  if (rows.empty()) absl::StrAppend(&footer, EscapedForHtml(response.empty_text()), "<br />");
  absl::StrAppend(
      &footer,
      page.Say({"Demand is what open seats ask for. What is filled is the best use of "
                "everybody's free days: each person counts once, whatever roles they hold.",
                "需求来自公开岗位的空缺；可满足部分是所有人空闲日的最优分配，"
                "身兼数职者只算一人。"}));
  return page.Close(footer);
}

absl::Status WriteGapCsv(const v1::AnalyzeGapsResponse& response, const std::string& folder) {
  const std::vector<GapRow> rows = GapRowsOf(response);
  return WriteTablesCsv({GapTable(rows, kAllRows), RoleTable(rows), CellTable(response)}, folder);
}

}  // namespace troupe
