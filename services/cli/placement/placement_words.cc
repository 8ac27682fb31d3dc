#include "services/cli/placement/placement_words.h"

#include <array>

#include "absl/strings/ascii.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"
#include "absl/strings/str_replace.h"
#include "absl/strings/strip.h"
#include "matcher/domain/gazetteer.h"
#include "matcher/domain/role_taxonomy.h"

namespace troupe {
std::string EnumWord(absl::string_view name, absl::string_view prefix, const char* blank) {
  absl::ConsumePrefix(&name, prefix);
  return absl::StrReplaceAll(absl::AsciiStrToLower(name), {{"_", blank}});
}

std::string In(Language language, const Phrase& phrase) {
  if (phrase.zh.empty() || language == Language::kEnglish) return phrase.en;
  if (phrase.en.empty() || language == Language::kChinese) return phrase.zh;
  return absl::StrCat(phrase.en, " ", phrase.zh);
}

const std::vector<std::string>& MechanismWords() {
  static const std::vector<std::string>& words = *[] {
    auto* all = new std::vector<std::string>();
    for (int i = 1; i < v1::Mechanism_descriptor()->value_count(); ++i) {
      all->push_back(WordOf(
          static_cast<v1::Mechanism>(v1::Mechanism_descriptor()->value(i)->number())));
    }
    return all;
  }();
  return words;
}

std::optional<v1::Mechanism> MechanismOf(absl::string_view word) {
  v1::Mechanism mechanism = v1::MECHANISM_UNSPECIFIED;
  const std::string name = absl::StrCat(
      "MECHANISM_", absl::AsciiStrToUpper(absl::StrReplaceAll(word, {{"-", "_"}})));
  if (!v1::Mechanism_Parse(name, &mechanism)) return std::nullopt;
  if (mechanism == v1::MECHANISM_UNSPECIFIED) return std::nullopt;
  return mechanism;
}

std::string WordOf(v1::Mechanism mechanism) {
  return EnumWord(v1::Mechanism_Name(mechanism), "MECHANISM_", "-");
}

Phrase NameOf(v1::Mechanism mechanism) {
  switch (mechanism) {
    case v1::MECHANISM_GRADUATES_PROPOSE: return {"graduates propose", "毕业生优先（延迟接受）"};
    case v1::MECHANISM_PROGRAMS_PROPOSE: return {"programs propose", "项目优先（延迟接受）"};
    case v1::MECHANISM_STUDENT_PROJECT: return {"studios with several programs", "制作机构统筹"};
    case v1::MECHANISM_RESERVES: return {"reserved seats", "预留名额"};
    case v1::MECHANISM_LARGEST_STABLE: return {"largest stable", "最多录用"};
    case v1::MECHANISM_REGIONAL_CAPS: return {"regional caps", "区域上限"};
    case v1::MECHANISM_FLOORS: return {"regional floors", "区域下限"};
    case v1::MECHANISM_LINKED_PAIRS: return {"linked pairs", "搭档同行"};
    default: return {WordOf(mechanism), ""};
  }
}

std::optional<v1::Together> TogetherOf(absl::string_view word) {
  if (word == "program") return v1::TOGETHER_PROGRAM;
  if (word == "crew") return v1::TOGETHER_CREW;
  if (word == "city") return v1::TOGETHER_CITY;
  return std::nullopt;
}

std::string WordOf(v1::RoundState state) {
  return EnumWord(v1::RoundState_Name(state), "ROUND_STATE_", " ");
}

std::string WordOf(v1::Operation::State state) {
  return EnumWord(v1::Operation::State_Name(state), "STATE_", " ");
}

Phrase PhraseOf(v1::OutOfReach::Reason reason) {
  const std::string word = EnumWord(v1::OutOfReach::Reason_Name(reason), "REASON_", " ");
  switch (reason) {
    case v1::OutOfReach::REASON_NOT_RANKED: return {word, "未被列入"};
    case v1::OutOfReach::REASON_PROGRAM_FULL: return {word, "项目名额已满"};
    case v1::OutOfReach::REASON_STUDIO_FULL: return {word, "机构名额已满"};
    case v1::OutOfReach::REASON_REGION_FULL: return {word, "区域名额已满"};
    case v1::OutOfReach::REASON_SEAT_RESERVED: return {word, "余额为预留"};
    case v1::OutOfReach::REASON_SEAT_CLOSED: return {word, "为他区下限留空"};
    case v1::OutOfReach::REASON_PARTNER: return {"no room for both", "容不下两人"};
    case v1::OutOfReach::REASON_NOT_KEPT: return {"not kept: a breach", "未能守约"};
    default: return {word, ""};
  }
}

Phrase PhraseOf(v1::UnfilledProgram::Reason reason) {
  switch (reason) {
    case v1::UnfilledProgram::REASON_NOBODY_FITS:
      return {"nobody who wishes it is ranked by it", "无人同时互选"};
    case v1::UnfilledProgram::REASON_WENT_ELSEWHERE:
      return {"all who wish it went to something better", "想去的人去了更想去的"};
    case v1::UnfilledProgram::REASON_NOBODY_WISHES: return {"nobody wishes it", "无人填报"};
    case v1::UnfilledProgram::REASON_HELD_BACK:
      return {"held back by a reserve, cap or floor", "受预留、上限或下限所限"};
    default: return {"", ""};
  }
}

Phrase UnplacedPhrase(const std::string& reason) {
  if (reason == "nothing wished") return {reason, "未填志愿"};
  for (int i = 1; i < v1::OutOfReach::Reason_descriptor()->value_count(); ++i) {
    const auto value = static_cast<v1::OutOfReach::Reason>(
        v1::OutOfReach::Reason_descriptor()->value(i)->number());
    if (reason == EnumWord(v1::OutOfReach::Reason_Name(value), "REASON_", " ")) {
      return PhraseOf(value);
    }
  }
  return {reason, ""};
}

std::string OrdinalOf(int64_t number) {
  constexpr std::array<const char*, 4> kEnds = {"th", "st", "nd", "rd"};
  const int64_t last = number % 10;
  const bool is_teen = number % 100 / 10 == 1;
  return absl::StrCat(number, kEnds[is_teen || last > 3 ? 0 : static_cast<size_t>(last)]);
}

Phrase ChoicePhrase(int64_t choice) {
  return {absl::StrCat(OrdinalOf(choice), " choice"), absl::StrCat("第", choice, "志愿")};
}

Phrase PlacePhrase(absl::string_view id) {
  if (id == "none") return {"nowhere stated", "未注明"};
  if (id == "unplaced") return {"unplaced", "未录用"};
  const Place* const place = ShippedPlaces().Find(id);
  if (place == nullptr) return {std::string(id), ""};
  return {place->name_en, place->name_zh};
}

Phrase RolePhrase(absl::string_view id) {
  if (id == "none") return {"none", "无"};
  const Role* const role = ShippedRoles().Find(id);
  if (role == nullptr) return {std::string(id), ""};
  return {role->name_en, role->name_zh};
}

std::string ShareText(int64_t part, int64_t whole) {
  if (whole == 0) return "";
  return absl::StrFormat("%.1f %%", 100.0 * static_cast<double>(part) / static_cast<double>(whole));
}

std::string MeanText(int64_t millionths) {
  return absl::StrFormat("%.2f", static_cast<double>(millionths) / 1e6);
}

}  // namespace troupe
