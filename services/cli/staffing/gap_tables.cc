#include "services/cli/staffing/gap_tables.h"

#include <algorithm>
#include <cstddef>
#include <map>
#include <tuple>
#include <utility>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"
#include "absl/strings/str_join.h"
#include "matcher/base/day.h"
#include "matcher/base/millionths.h"
#include "services/cli/number_text.h"
#include "troupe/v1/gap.pb.h"
#include "troupe/v1/types.pb.h"

namespace troupe {
namespace {

constexpr int64_t kMillidays = 1'000;
constexpr size_t kMostPictures = 6;
constexpr size_t kMostRowsOfPicture = 14;
// Below, tenths of a role-day tell something.
constexpr int64_t kFewMillidays = 100 * kMillidays;

void Add(const v1::GapCell& cell, GapRow& row) {
  row.demand_millidays += cell.demand_millidays();
  row.unmet_millidays += cell.unmet_millidays();
  row.one_more_millionths += cell.shadow_millionths();
  row.is_rounded |= cell.disclosure() == v1::GAP_DISCLOSURE_ROUNDED;
  row.is_own_only |= cell.disclosure() == v1::GAP_DISCLOSURE_OWN_ONLY;
  if (cell.unmet_millidays() > row.worst_unmet_millidays) {
    row.worst_unmet_millidays = cell.unmet_millidays();
    row.worst_week = DayOf(cell.week()).ToString();
  }
  row.cells.push_back(&cell);
}

ReportCell Text(Phrase phrase, std::string raw = "") {
  if (raw.empty()) raw = phrase.en;
  return {.text = std::move(phrase), .raw = std::move(raw)};
}

ReportCell Days(int64_t millidays) {
  return {.text = {RoleDays(millidays), ""},
          .raw = absl::StrFormat("%.3f", static_cast<double>(millidays) / kMillidays),
          .is_number = true};
}

ReportCell FilledShare(int64_t unmet, int64_t demand) {
  const std::string share = ShareText(demand - unmet, demand);
  return {.text = {share, ""}, .raw = share, .is_number = true};
}

int64_t MillidaysOf(int64_t millionths) { return millionths / (kMillionths / kMillidays); }

std::string ShareOf(const v1::GapTotals& totals) {
  return totals.demand_millidays() == 0
             ? "–"
             : ShareText(totals.filled_millidays(), totals.demand_millidays());
}

// "was 1,234" beside a figure that what-ifs changed.
Phrase Was(bool has_what_ifs, const std::string& before) {
  if (!has_what_ifs) return {};
  return {absl::StrCat("without what-ifs ", before), absl::StrCat("不加假设 ", before)};
}

}  // namespace

std::vector<GapRow> GapRowsOf(const v1::AnalyzeGapsResponse& response) {
  std::map<std::tuple<std::string, std::vector<std::string>, bool>, GapRow> by_place;
  for (const v1::GapCell& cell : response.cells()) {
    const std::vector<std::string> cities(cell.cities().begin(), cell.cities().end());
    GapRow& row = by_place[{cell.role(), cities, cell.anywhere()}];
    row.role = cell.role();
    row.cities = cities;
    row.anywhere = cell.anywhere();
    Add(cell, row);
  }
  std::vector<GapRow> rows;
  for (auto& [key, row] : by_place) {
    std::sort(row.cells.begin(), row.cells.end(), [](const auto* a, const auto* b) {
      return DayOf(a->week()) < DayOf(b->week());
    });
    rows.push_back(std::move(row));
  }
  std::stable_sort(rows.begin(), rows.end(), [](const GapRow& a, const GapRow& b) {
    return a.unmet_millidays > b.unmet_millidays;
  });
  return rows;
}

Phrase PlacesPhrase(const std::vector<std::string>& places) {
  Phrase joined;
  for (const std::string& place : places) {
    const Phrase phrase = PlacePhrase(place);
    const bool first = joined.en.empty();
    absl::StrAppend(&joined.en, first ? "" : ", ", phrase.en);
    absl::StrAppend(&joined.zh, first ? "" : "、", In(Language::kChinese, phrase));
  }
  return joined;
}

Phrase PlacePhraseOf(const GapRow& row) {
  Phrase place = PlacesPhrase(row.cities);
  if (!row.anywhere) return place;
  if (place.en.empty()) return {"from anywhere", "异地远程"};
  return {absl::StrCat(place.en, ", from anywhere"), absl::StrCat(place.zh, "、异地远程")};
}

Day DayOf(const v1::Date& date) {
  return Day(absl::CivilDay(date.year(), date.month(), date.day()));
}

std::string RoleDays(int64_t millidays) {
  if (millidays < 0) return absl::StrCat("-", RoleDays(-millidays));
  if (millidays >= kFewMillidays) return WithCommas((millidays + kMillidays / 2) / kMillidays);
  const std::string text =
      absl::StrFormat("%.1f", static_cast<double>(millidays) / kMillidays);
  return text.substr(text.size() - 2) == ".0" ? text.substr(0, text.size() - 2) : text;
}

std::vector<ReportFact> FactsOf(const v1::AnalyzeGapsResponse& response) {
  const v1::GapTotals& totals = response.totals();
  const v1::GapTotals& before = response.totals_without();
  const bool has_what_ifs = response.has_totals_without();
  return {
      {{"needed, role-days", "需求（工日）"},
       {RoleDays(totals.demand_millidays()), ""},
       Was(has_what_ifs, RoleDays(before.demand_millidays()))},
      {{"filled", "可满足"}, {ShareOf(totals), ""}, Was(has_what_ifs, ShareOf(before))},
      {{"missing, role-days", "缺口（工日）"},
       {RoleDays(totals.unmet_millidays()), ""},
       Was(has_what_ifs, RoleDays(before.unmet_millidays()))},
      {{"worked away from home, days", "异地工作（人日）"},
       {RoleDays(totals.travelling_millidays()), ""},
       Was(has_what_ifs, RoleDays(before.travelling_millidays()))},
  };
}

ReportTable GapTable(const std::vector<GapRow>& rows, size_t most) {
  ReportTable table = {
      .id = "gaps",
      .title = {"Largest gaps", "最大缺口"},
      .note = {"\"One more\" is what one more person of the role who lives there would fill over "
               "these weeks, wherever that lets others go: the gap's price.",
               "“加一人”：当地每多一名该工种人员，这些周内总共多满足的工日（影子价格）。"},
      .nothing = {"nothing is missing", "没有缺口"},
      .columns = {{{"role", "工种"}, "role"},
                  {{"where", "地点"}, "cities"},
                  {{"needed", "需求"}, "demand_role_days"},
                  {{"missing", "缺口"}, "unmet_role_days"},
                  {{"filled", "满足率"}, ""},
                  {{"one more", "加一人"}, "one_more_role_days"},
                  {{"worst week", "最缺周"}, "worst_week"},
                  {{"then", "当周"}, "worst_unmet_role_days"}}};
  for (const GapRow& row : rows) {
    if (row.unmet_millidays == 0 || table.rows.size() == most) break;
    std::string where = absl::StrJoin(row.cities, "+");
    if (row.anywhere) absl::StrAppend(&where, where.empty() ? "" : "+", "anywhere");
    table.rows.push_back({Text(RolePhrase(row.role), row.role), Text(PlacePhraseOf(row), where),
                          Days(row.demand_millidays), Days(row.unmet_millidays),
                          FilledShare(row.unmet_millidays, row.demand_millidays),
                          Days(MillidaysOf(row.one_more_millionths)),
                          Text({row.worst_week, ""}), Days(row.worst_unmet_millidays)});
  }
  return table;
}

ReportTable RoleTable(const std::vector<GapRow>& rows) {
  struct Sum {
    int64_t demand = 0, unmet = 0;
  };
  std::map<std::string, Sum> by_role;
  for (const GapRow& row : rows) {
    by_role[row.role].demand += row.demand_millidays;
    by_role[row.role].unmet += row.unmet_millidays;
  }
  std::vector<std::pair<std::string, Sum>> sums(by_role.begin(), by_role.end());
  std::stable_sort(sums.begin(), sums.end(), [](const auto& a, const auto& b) {
    return a.second.unmet > b.second.unmet;
  });
  ReportTable table = {.id = "roles",
                       .title = {"By role", "按工种"},
                       .nothing = {"nothing is needed", "没有需求"},
                       .columns = {{{"role", "工种"}, "role"},
                                   {{"needed", "需求"}, "demand_role_days"},
                                   {{"missing", "缺口"}, "unmet_role_days"},
                                   {{"filled", "满足率"}, ""}}};
  for (const auto& [role, sum] : sums) {
    table.rows.push_back({Text(RolePhrase(role), role), Days(sum.demand), Days(sum.unmet),
                          FilledShare(sum.unmet, sum.demand)});
  }
  return table;
}

std::vector<Phrase> RemarksOn(const v1::AnalyzeGapsResponse& response) {
  std::vector<Phrase> remarks;
  const v1::GapTotals& totals = response.totals();
  if (totals.rounded_cells() > 0) {
    remarks.push_back({"Where people of other organizations can work, what is missing is rounded "
                       "to 5 role-days a week; cities with fewer than five of them in a role are "
                       "taken as one.",
                       "涉及其他机构人员时，每周缺口按 5 工日取整；某工种不足五人的城市合并统计。"});
  }
  if (totals.own_only_cells() > 0) {
    remarks.push_back({"Fewer than five people of other organizations hold some of these roles: "
                       "they are not counted there, only your own are.",
                       "部分工种中其他机构人员不足五人：不计入，只统计本机构人员。"});
  }
  if (response.undated_openings() > 0) {
    const std::string number = WithCommas(response.undated_openings());
    remarks.push_back({absl::StrCat("Open openings without dates ask for no days: ", number, "."),
                       absl::StrCat("没有日期的岗位不计需求：", number, " 个。")});
  }
  if (response.left_out_millidays() > 0) {
    const std::string days = RoleDays(response.left_out_millidays());
    remarks.push_back({absl::StrCat("Left out, as not all roles and cities fit: ", days,
                                    " role-days; ask with --role or --city for others."),
                       absl::StrCat("工种和城市过多，未列入 ", days,
                                    " 工日；可用 --role 或 --city 指定。")});
  }
  if (response.forecast_history_weeks() > 0) {
    const std::string days = RoleDays(response.forecast_millidays());
    const std::string weeks = WithCommas(response.forecast_history_weeks());
    remarks.push_back({absl::StrCat("A forecast from ", weeks, " past weeks adds ", days,
                                    " role-days to what is open."),
                       absl::StrCat("根据过去 ", weeks, " 周预测，另加 ", days, " 工日。")});
  }
  return remarks;
}

std::vector<RoleHeat> HeatPictures(const v1::AnalyzeGapsResponse& response,
                                   const std::vector<GapRow>& rows, Language language) {
  const Day from = DayOf(response.from()), until = DayOf(response.until());
  const auto weeks = static_cast<size_t>((until - from) / 7);
  std::vector<std::string> columns;
  for (size_t week = 0; week < weeks; ++week) {
    const absl::CivilDay monday = (from + static_cast<int32_t>(week) * 7).civil();
    columns.push_back(absl::StrFormat("%d-%02d", monday.month(), monday.day()));
  }
  int64_t most = 0;
  for (const GapRow& row : rows) most = std::max(most, row.worst_unmet_millidays);
  std::vector<RoleHeat> pictures;
  const ReportTable roles = RoleTable(rows);
  for (size_t i = 0; i < std::min(kMostPictures, roles.rows.size()); ++i) {
    RoleHeat heat = {.role = roles.rows[i].front().raw};
    HeatPicture& picture = heat.picture;
    picture.title = In(language, RolePhrase(heat.role));
    picture.columns = columns;
    picture.most = (most + kMillidays - 1) / kMillidays;
    picture.none_label = In(language, {"nothing needed", "无需求"});
    picture.zero_label = In(language, {"all filled", "全部满足"});
    picture.number_label = In(language, {"role-days missing", "缺口工日"});
    for (const GapRow& row : rows) {
      if (row.role != heat.role) continue;
      if (picture.rows.size() == kMostRowsOfPicture) {
        ++heat.rows_left_out;
        continue;
      }
      HeatPicture::Row drawn = {.label = In(language, PlacePhraseOf(row))};
      drawn.numbers.resize(weeks);
      for (const v1::GapCell* cell : row.cells) {
        // A part of a day is something, too.
        const int64_t days = (cell->unmet_millidays() + kMillidays - 1) / kMillidays;
        drawn.numbers[static_cast<size_t>((DayOf(cell->week()) - from) / 7)] = days;
      }
      picture.rows.push_back(std::move(drawn));
    }
    pictures.push_back(std::move(heat));
  }
  return pictures;
}

}  // namespace troupe
