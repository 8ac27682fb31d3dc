#include "services/cli/placement/report_tables.h"

#include <algorithm>
#include <map>
#include <utility>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "services/cli/number_text.h"

namespace troupe {
namespace {

constexpr size_t kMostChoiceBars = 12;
constexpr size_t kMostSources = 12;
constexpr size_t kMostTargets = 14;
constexpr char kUnplaced[] = "unplaced";

using Groups = google::protobuf::RepeatedPtrField<v1::GroupPlacement>;

ReportCell Text(Phrase phrase, std::string raw) {
  return {.text = std::move(phrase), .raw = std::move(raw)};
}
ReportCell Text(const std::string& text) { return Text({text, ""}, text); }

ReportCell Number(int64_t number) {
  return {.text = {WithCommas(number), ""}, .raw = absl::StrCat(number), .is_number = true};
}

ReportCell Share(int64_t part, int64_t whole) {
  return {.text = {ShareText(part, whole), ""}, .raw = "", .is_number = true};
}

ReportCell Bar(int64_t part, int64_t whole) {
  return {.text = {},
          .raw = "",
          .bar = whole == 0 ? 0.0 : static_cast<double>(part) / static_cast<double>(whole)};
}

int32_t UnplacedOf(const v1::MechanismOutcome& outcome) {
  return outcome.graduates() - outcome.placed();
}

ReportTable ByChoice(const RoundFigures& figures) {
  const v1::MechanismOutcome& outcome = figures.report.outcome();
  ReportTable table = {.id = "by_choice",
                       .title = {"By choice", "按志愿顺序"},
                       .note = {},
                       .nothing = {"nobody was placed", "无人录用"},
                       .columns = {{{"", ""}, "choice"},
                                   {{"", ""}, ""},
                                   {{"graduates", "人数"}, "graduates"},
                                   {{"share", "占比"}, ""}},
                       .rows = {}};
  int64_t most = UnplacedOf(outcome);
  for (const int32_t number : figures.report.placed_by_choice()) {
    most = std::max<int64_t>(most, number);
  }
  for (int i = 0; i < figures.report.placed_by_choice_size(); ++i) {
    const int32_t number = figures.report.placed_by_choice(i);
    table.rows.push_back({Text(ChoicePhrase(i + 1), absl::StrCat(i + 1)), Bar(number, most),
                          Number(number), Share(number, outcome.graduates())});
  }
  if (UnplacedOf(outcome) > 0) {
    table.rows.push_back({Text({"unplaced", "未录用"}, kUnplaced),
                          Bar(UnplacedOf(outcome), most), Number(UnplacedOf(outcome)),
                          Share(UnplacedOf(outcome), outcome.graduates())});
  }
  return table;
}

template <typename Name>
ReportTable ByGroup(std::string id, Phrase title, Phrase column, const Groups& groups,
                    const Name& name) {
  ReportTable table = {.id = std::move(id),
                       .title = std::move(title),
                       .note = {},
                       .nothing = {},
                       .columns = {{std::move(column), "group"},
                                   {{"graduates", "人数"}, "graduates"},
                                   {{"placed", "已录用"}, "placed"},
                                   {{"", ""}, ""},
                                   {{"first choice", "第1志愿"}, "first_choice"},
                                   {{"", ""}, ""}},
                       .rows = {}};
  // One row that only says "none" tells nothing.
  if (groups.size() == 1 && groups.Get(0).group() == "none") return table;
  for (const v1::GroupPlacement& group : groups) {
    table.rows.push_back({Text(name(group.group()), group.group()), Number(group.graduates()),
                          Number(group.placed()), Share(group.placed(), group.graduates()),
                          Number(group.first_choice()),
                          Share(group.first_choice(), group.graduates())});
  }
  return table;
}

// By where the work is.
ReportTable ByCity(const RoundFigures& figures) {
  ReportTable table = {.id = "by_city",
                       .title = {"By city of the work", "按工作城市"},
                       .note = {},
                       .nothing = {},
                       .columns = {{{"city", "城市"}, "place"},
                                   {{"", ""}, ""},
                                   {{"graduates", "人数"}, "graduates"},
                                   {{"of the placed", "占已录用"}, ""}},
                       .rows = {}};
  std::map<std::string, int64_t> by_place;
  for (const v1::PlacementFlow& flow : figures.report.flows()) {
    if (flow.place() != kUnplaced) by_place[flow.place()] += flow.graduates();
  }
  std::vector<std::pair<std::string, int64_t>> places(by_place.begin(), by_place.end());
  std::stable_sort(places.begin(), places.end(),
                   [](const auto& a, const auto& b) { return a.second > b.second; });
  for (const auto& [place, number] : places) {
    table.rows.push_back({Text(PlacePhrase(place), place), Bar(number, places.front().second),
                          Number(number), Share(number, figures.report.outcome().placed())});
  }
  return table;
}

ReportTable Flows(const RoundFigures& figures) {
  ReportTable table = {.id = "flows",
                       .title = {"From cohorts to cities", "从班次到城市"},
                       .note = {},
                       .nothing = {},
                       .columns = {{{"cohort", "班次"}, "cohort"},
                                   {{"city", "城市"}, "place"},
                                   {{"graduates", "人数"}, "graduates"}},
                       .rows = {}};
  for (const v1::PlacementFlow& flow : figures.report.flows()) {
    table.rows.push_back({Text(flow.cohort_title()), Text(PlacePhrase(flow.place()), flow.place()),
                          Number(flow.graduates())});
  }
  return table;
}

ReportTable Unfilled(const RoundFigures& figures) {
  ReportTable table = {
      .id = "unfilled",
      .title = {"Programs with empty seats", "尚有空缺的项目"},
      .note = {},
      .nothing = {"none: all seats are filled", "无：名额已全部用完"},
      .columns = {{{"program", "项目"}, "program"},
                  {{"empty", "空缺"}, "empty"},
                  {{"of", "名额"}, "capacity"},
                  {{"why", "原因"}, "reason"}},
      .rows = {}};
  for (const v1::UnfilledProgram& program : figures.report.unfilled()) {
    const Phrase why = PhraseOf(program.reason());
    table.rows.push_back({Text({program.title(), ""}, figures.names.IdOf(program.program())),
                          Number(program.empty()), Number(program.capacity()),
                          Text(why, why.en)});
  }
  return table;
}

ReportTable Unplaced(const RoundFigures& figures) {
  ReportTable table = {.id = "unplaced",
                       .title = {"Unplaced, by why their first choice was out of reach",
                                 "未录用者：第1志愿为何落空"},
                       .note = {},
                       .nothing = {"none: everybody has a place", "无：人人有去处"},
                       .columns = {{{"why", "原因"}, "reason"},
                                   {{"", ""}, ""},
                                   {{"graduates", "人数"}, "graduates"}},
                       .rows = {}};
  int64_t most = 0;
  for (const v1::UnplacedReason& reason : figures.report.unplaced()) {
    most = std::max<int64_t>(most, reason.graduates());
  }
  for (const v1::UnplacedReason& reason : figures.report.unplaced()) {
    table.rows.push_back({Text(UnplacedPhrase(reason.reason()), reason.reason()),
                          Bar(reason.graduates(), most), Number(reason.graduates())});
  }
  return table;
}

std::vector<ReportCell> OutcomeRow(const v1::MechanismOutcome& outcome, bool is_own) {
  Phrase name = NameOf(outcome.mechanism());
  if (is_own) name = {absl::StrCat(name.en, " *"), absl::StrCat(name.zh, " *")};
  if (!outcome.infeasible().empty()) {
    const ReportCell none = {.text = {"-", ""}, .raw = "", .is_number = true};
    return {Text(name, WordOf(outcome.mechanism())), none, none, none, none,
            Text({absl::StrCat("no placement: ", outcome.infeasible()), ""},
                 outcome.infeasible())};
  }
  ReportCell mean = {.text = {MeanText(outcome.mean_choice_millionths()), ""},
                     .raw = absl::StrCat(outcome.mean_choice_millionths()),
                     .is_number = true};
  return {Text(name, WordOf(outcome.mechanism())), Number(outcome.placed()),
          Number(outcome.first_choice()), std::move(mean), Number(outcome.breaches()),
          Text("")};
}

ReportTable Comparison(const RoundFigures& figures) {
  ReportTable table = {
      .id = "comparison",
      .title = {"Mechanisms on the same input", "同一输入下各机制比较"},
      .note = {"* placed this round; mean choice: of the placed, 1 is best",
               "* 本轮所用；平均志愿只计已录用者，1为最好"},
      .nothing = {},
      .columns = {{{"mechanism", "机制"}, "mechanism"},
                  {{"placed", "已录用"}, "placed"},
                  {{"first choice", "第1志愿"}, "first_choice"},
                  {{"mean choice", "平均志愿"}, "mean_choice_millionths"},
                  {{"breaches", "例外"}, "breaches"},
                  {{"", ""}, "infeasible"}},
      .rows = {}};
  if (figures.report.comparison().empty()) return table;
  table.rows.push_back(OutcomeRow(figures.report.outcome(), true));
  for (const v1::MechanismOutcome& outcome : figures.report.comparison()) {
    table.rows.push_back(OutcomeRow(outcome, false));
  }
  return table;
}

ReportTable CrossRole(const RoundFigures& figures) {
  const int32_t examined = figures.report.cross_role_examined();
  ReportTable table = {
      .id = "cross_role",
      .title = {"What would have placed some of the unplaced", "再学一样，便可录用"},
      .note = {absl::StrCat(Counted(examined, "unplaced graduate"),
                            " looked at; each change was tried by placing once more"),
               absl::StrCat("考察了", examined, "名未录用者；每项均经重新匹配验证")},
      .nothing = {},
      .columns = {{{"graduate", "毕业生"}, "graduate"},
                  {{"with the further role or skill", "加学工种或技能"}, "role_or_skill"},
                  {{"would be at", "可去"}, "program"},
                  {{"readiness", "转岗概率"}, "readiness_millionths"}},
      .rows = {}};
  if (examined > 0) {
    table.nothing = {"no single further role or skill would have placed any of them",
                     "再学任何单一工种或技能都不足以录用"};
  }
  for (const v1::CrossRoleSuggestion& one : figures.report.cross_role()) {
    ReportCell learn = one.role().empty() ? Text(one.skill())
                                          : Text(RolePhrase(one.role()), one.role());
    ReportCell readiness = {.text = {one.role().empty() ? "" : AsShare(one.readiness_millionths()),
                                     ""},
                            .raw = one.role().empty() ? ""
                                                      : absl::StrCat(one.readiness_millionths()),
                            .is_number = true};
    table.rows.push_back({Text({figures.names.Graduate(one.graduate()), ""},
                               GraduateIdOf(one.graduate())),
                          std::move(learn),
                          Text({figures.names.TitleOf(one.program()), ""},
                               figures.names.IdOf(one.program())),
                          std::move(readiness)});
  }
  return table;
}

}  // namespace

std::vector<ReportFact> FactsOf(const RoundFigures& figures) {
  const v1::MechanismOutcome& outcome = figures.report.outcome();
  const int64_t seats = figures.round.result().seats();
  std::vector<ReportFact> facts = {
      {{"placed", "已录用"},
       {absl::StrCat(WithCommas(outcome.placed()), " / ", WithCommas(outcome.graduates())), ""},
       {ShareText(outcome.placed(), outcome.graduates()), ""}},
      {{"first choice", "第1志愿"},
       {WithCommas(outcome.first_choice()), ""},
       {ShareText(outcome.first_choice(), outcome.graduates()), ""}},
      {{"mean choice", "平均志愿"},
       {outcome.placed() == 0 ? "-" : MeanText(outcome.mean_choice_millionths()), ""},
       {"of the placed", "只计已录用者"}},
      {{"empty seats", "空缺名额"},
       {absl::StrCat(WithCommas(figures.report.unfilled_seats()), " / ", WithCommas(seats)), ""},
       {ShareText(figures.report.unfilled_seats(), seats), ""}}};
  if (outcome.breaches() > 0) {
    facts.push_back({{"breaches", "例外"},
                     {WithCommas(outcome.breaches()), ""},
                     {"all listed in the certificate", "均列于证书"}});
  }
  return facts;
}

std::vector<ReportTable> TablesOf(const RoundFigures& figures) {
  const v1::RoundReport& report = figures.report;
  const auto as_is = [](const std::string& group) -> Phrase {
    return {group, group == "none" ? "无" : ""};
  };
  const auto cohort = [&](const std::string& group) -> Phrase {
    return {figures.names.Cohort(group), ""};
  };
  std::vector<ReportTable> tables;
  tables.push_back(ByChoice(figures));
  tables.push_back(ByCity(figures));
  tables.push_back(Flows(figures));
  tables.push_back(ByGroup("by_cohort", {"By cohort", "按班次"}, {"cohort", "班次"},
                           report.by_cohort(), cohort));
  tables.push_back(ByGroup("by_role", {"By role of the profile", "按工种"}, {"role", "工种"},
                           report.by_role(), RolePhrase));
  tables.push_back(ByGroup("by_home", {"By home city", "按家乡城市"}, {"city", "城市"},
                           report.by_home(), PlacePhrase));
  tables.push_back(ByGroup("by_group", {"By group", "按群体"}, {"group", "群体"},
                           report.by_group(), as_is));
  tables.push_back(Unplaced(figures));
  tables.push_back(Unfilled(figures));
  tables.push_back(CrossRole(figures));
  tables.push_back(Comparison(figures));
  tables.erase(std::remove_if(tables.begin(), tables.end(),
                              [](const ReportTable& table) {
                                return table.rows.empty() && table.nothing.en.empty();
                              }),
               tables.end());
  return tables;
}

BarPicture ChoicePicture(const RoundFigures& figures, Language language) {
  const v1::MechanismOutcome& outcome = figures.report.outcome();
  BarPicture picture = {.title = In(language, {"Graduates by choice", "按志愿顺序的人数"}),
                        .bars = {},
                        .total = outcome.graduates()};
  const auto& by_choice = figures.report.placed_by_choice();
  for (int i = 0; i < by_choice.size(); ++i) {
    if (picture.bars.size() == kMostChoiceBars) {
      picture.bars.back().number += by_choice.Get(i);
      picture.bars.back().label = absl::StrCat(kMostChoiceBars, "+");
      continue;
    }
    const Phrase label = by_choice.size() <= 8 ? ChoicePhrase(i + 1)
                                               : Phrase{absl::StrCat(i + 1), ""};
    picture.bars.push_back(
        {.label = language == Language::kEnglish ? label.en : In(Language::kChinese, label),
         .number = by_choice.Get(i)});
  }
  if (UnplacedOf(outcome) > 0) {
    picture.bars.push_back({.label = In(language, {"none", "未录用"}),
                            .number = UnplacedOf(outcome),
                            .set_off = true});
  }
  return picture;
}

FlowPicture CityPicture(const RoundFigures& figures, Language language) {
  FlowPicture picture = {.title = In(language, {"Graduates from cohorts to cities",
                                                "毕业生从班次到城市的流向"}),
                         .sources = {}, .targets = {}, .flows = {}};
  std::map<std::string, size_t> sources, targets;
  for (const v1::PlacementFlow& flow : figures.report.flows()) {
    const auto [source, source_is_new] =
        sources.emplace(flow.cohort(), picture.sources.size());
    if (source_is_new) picture.sources.push_back(flow.cohort_title());
    const auto [target, target_is_new] = targets.emplace(flow.place(), picture.targets.size());
    if (target_is_new) picture.targets.push_back(In(language, PlacePhrase(flow.place())));
    if (flow.place() == kUnplaced) picture.set_off_target = static_cast<int>(target->second);
    picture.flows.push_back(
        {.from = source->second, .to = target->second, .number = flow.graduates()});
  }
  return MostFirst(picture, kMostSources, kMostTargets, In(language, {"others", "其他"}));
}

}  // namespace troupe
