#include "services/cli/staffing/plan_words.h"

#include <cstdint>

#include "absl/strings/ascii.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_replace.h"
#include "google/protobuf/descriptor.h"
#include "services/cli/number_text.h"
#include "services/cli/staffing/gap_tables.h"

namespace troupe {
namespace {

constexpr char kRegimePrefix[] = "DEMAND_REGIME_";
constexpr char kLearnersPrefix[] = "LEARNERS_";
constexpr int64_t kMillionthsOfPercent = 10'000;

// Of all values of an enum but the first, which is none.
std::vector<std::string>* NewWords(const google::protobuf::EnumDescriptor& type,
                                   const char* prefix) {
  auto* words = new std::vector<std::string>();
  for (int i = 1; i < type.value_count(); ++i) {
    words->push_back(EnumWord(type.value(i)->name(), prefix, "-"));
  }
  return words;
}

std::string ValueName(absl::string_view word, const char* prefix) {
  return absl::StrCat(prefix, absl::AsciiStrToUpper(absl::StrReplaceAll(word, {{"-", "_"}})));
}

std::string Percent(int64_t millionths) {
  return absl::StrCat(millionths / kMillionthsOfPercent, " %");
}

Phrase PhraseOf(const v1::WhatIf::MorePeople& people) {
  const Phrase place = PlacePhrase(people.place());
  const std::string number = WithCommas(people.people());
  Phrase phrase = {absl::StrCat(number, " more people in ", place.en, ":"),
                   absl::StrCat(In(Language::kChinese, place), "新增 ", number, " 人：")};
  for (int i = 0; i < people.roles_size(); ++i) {
    const Phrase role = RolePhrase(people.roles(i));
    absl::StrAppend(&phrase.en, i == 0 ? " " : ", ", role.en);
    absl::StrAppend(&phrase.zh, i == 0 ? "" : "、", In(Language::kChinese, role));
  }
  if (people.has_from()) {
    absl::StrAppend(&phrase.en, ", from ", DayOf(people.from()).ToString());
    absl::StrAppend(&phrase.zh, "，自 ", DayOf(people.from()).ToString());
  }
  return phrase;
}

Phrase PhraseOf(const v1::WhatIf::MoreProjects& projects) {
  const Phrase place = PlacePhrase(projects.place());
  Phrase phrase = {
      absl::StrCat(Counted(projects.projects(), "more project"), " in ", place.en),
      absl::StrCat(In(Language::kChinese, place), "新增 ", WithCommas(projects.projects()),
                   " 个项目")};
  if (projects.has_from()) {
    absl::StrAppend(&phrase.en, ", from ", DayOf(projects.from()).ToString());
    absl::StrAppend(&phrase.zh, "，自 ", DayOf(projects.from()).ToString());
  }
  if (projects.has_until()) {
    absl::StrAppend(&phrase.en, ", until ", DayOf(projects.until()).ToString());
    absl::StrAppend(&phrase.zh, "，至 ", DayOf(projects.until()).ToString());
  }
  return phrase;
}

Phrase PhraseOf(const v1::WhatIf::FestivalWeek& festival) {
  const std::string day = DayOf(festival.week()).ToString();
  Phrase phrase = {absl::StrCat("festival in the week of ", day), absl::StrCat(day, " 当周为节日")};
  if (festival.has_supply_millionths()) {
    const std::string share = Percent(festival.supply_millionths());
    absl::StrAppend(&phrase.en, ", ", share, " of people's time");
    absl::StrAppend(&phrase.zh, "，人力为平时 ", share);
  }
  if (festival.has_demand_millionths()) {
    const std::string share = Percent(festival.demand_millionths());
    absl::StrAppend(&phrase.en, ", ", share, " of demand");
    absl::StrAppend(&phrase.zh, "，需求为平时 ", share);
  }
  return phrase;
}

}  // namespace

const std::vector<std::string>& RegimeWords() {
  static const std::vector<std::string>& words =
      *NewWords(*v1::DemandRegime_descriptor(), kRegimePrefix);
  return words;
}

v1::DemandRegime RegimeOf(absl::string_view word) {
  v1::DemandRegime regime = v1::DEMAND_REGIME_UNSPECIFIED;
  v1::DemandRegime_Parse(ValueName(word, kRegimePrefix), &regime);
  return regime;
}

Phrase NameOf(v1::DemandRegime regime) {
  switch (regime) {
    case v1::DEMAND_REGIME_BURSTY: return {"in bursts of two weeks", "两周一阵的突发波动"};
    case v1::DEMAND_REGIME_SEASONAL: return {"by a season in each city", "各城市的季节波动"};
    case v1::DEMAND_REGIME_DOMINATING_CITY:
      return {"by good and bad fortnights of the largest city", "最大城市的旺淡波动"};
    case v1::DEMAND_REGIME_CORRELATED_ROLES:
      return {"neighbouring roles together", "相邻工种同涨同落"};
    default: return {"by chance alone", "随机波动"};
  }
}

const std::vector<std::string>& LearnersWords() {
  static const std::vector<std::string>& words =
      *NewWords(*v1::Learners_descriptor(), kLearnersPrefix);
  return words;
}

v1::Learners LearnersOf(absl::string_view word) {
  v1::Learners learners = v1::LEARNERS_UNSPECIFIED;
  v1::Learners_Parse(ValueName(word, kLearnersPrefix), &learners);
  return learners;
}

Phrase NameOf(v1::Learners learners) {
  if (learners == v1::LEARNERS_ANYBODY) return {"anybody who can get there", "能到场者均可"};
  return {"who wishes to grow into the role", "本人愿意转学该工种者"};
}

std::string WordOf(v1::TrainingPolicy policy) {
  return EnumWord(v1::TrainingPolicy_Name(policy), "TRAINING_POLICY_", "-");
}

Phrase NameOf(v1::TrainingPolicy policy) {
  switch (policy) {
    case v1::TRAINING_POLICY_NONE: return {"no training", "不培训"};
    case v1::TRAINING_POLICY_PROPORTIONAL: return {"money by gap", "按缺口比例分钱"};
    case v1::TRAINING_POLICY_CHAIN: return {"chain of roles", "工种链式轮训"};
    case v1::TRAINING_POLICY_RANDOM: return {"at random", "随机选人"};
    case v1::TRAINING_POLICY_GAP_GREEDY: return {"largest gap first", "先补最大缺口"};
    default: return {WordOf(policy), ""};
  }
}

Phrase NameOf(v1::TrainingPlanState state) {
  if (state == v1::TRAINING_PLAN_STATE_PLANNED) return {"planned", "已制定"};
  return {"draft", "草案"};
}

Phrase EmptyPhrase(const v1::TrainingResult& result) {
  switch (result.empty_reason()) {
    case v1::TrainingResult::EMPTY_REASON_NO_DEMAND:
      return {result.empty_text(), "这些周内没有公开岗位需要人手。"};
    case v1::TrainingResult::EMPTY_REASON_NO_CANDIDATES:
      return {result.empty_text(), "没有人可以参加任何课程。"};
    case v1::TrainingResult::EMPTY_REASON_NO_GAIN:
      return {result.empty_text(), "预算内无人因培训而增加的工日多于上课占用的工日。"};
    case v1::TrainingResult::EMPTY_REASON_UNTOLD:
      return {result.empty_text(), "只有其他机构的 1 至 4 人，不予公开。"};
    default: return {result.empty_text(), ""};
  }
}

Phrase PhraseOf(const v1::WhatIf& what_if) {
  switch (what_if.change_case()) {
    case v1::WhatIf::kMorePeople: return PhraseOf(what_if.more_people());
    case v1::WhatIf::kMoreProjects: return PhraseOf(what_if.more_projects());
    case v1::WhatIf::kFestivalWeek: return PhraseOf(what_if.festival_week());
    default: return {};
  }
}

std::string IntervalText(const v1::DrawnMillidays& drawn) {
  return absl::StrCat(RoleDays(drawn.low()), " – ", RoleDays(drawn.high()));
}

std::string WithInterval(const v1::DrawnMillidays& drawn) {
  return absl::StrCat(RoleDays(drawn.mean()), " (", IntervalText(drawn), ")");
}

Phrase PhraseOf(const v1::WorkPlaceDays& work) {
  if (work.city().empty()) return {"from anywhere", "异地远程"};
  return PlacePhrase(work.city());
}

}  // namespace troupe
