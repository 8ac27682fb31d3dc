#ifndef TROUPE_SERVICES_CLI_PLACEMENT_PLACEMENT_WORDS_H_
#define TROUPE_SERVICES_CLI_PLACEMENT_PLACEMENT_WORDS_H_

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "absl/strings/string_view.h"
#include "troupe/v1/operation.pb.h"
#include "troupe/v1/placement_report.pb.h"
#include "troupe/v1/placement_service.pb.h"
#include "troupe/v1/round.pb.h"

namespace troupe {

// What a text is read in.
enum class Language { kEnglish, kChinese, kBoth };

// A text in both languages; `zh` is empty where it is the same.
struct Phrase {
  std::string en;
  std::string zh;
};

// "placed", "已录用", or "placed 已录用".
std::string In(Language language, const Phrase& phrase);

// The name of an enum's value without the prefix of all: "linked-pairs", with `blank` "-".
std::string EnumWord(absl::string_view name, absl::string_view prefix, const char* blank);

// "graduates-propose", ...: all mechanisms as the command line calls them.
const std::vector<std::string>& MechanismWords();
// Also with "_" for "-", as certificates have it.
std::optional<v1::Mechanism> MechanismOf(absl::string_view word);
std::string WordOf(v1::Mechanism mechanism);
Phrase NameOf(v1::Mechanism mechanism);

// "program", "crew" or "city".
std::optional<v1::Together> TogetherOf(absl::string_view word);

std::string WordOf(v1::RoundState state);        // "placed"
std::string WordOf(v1::Operation::State state);  // "running"

Phrase PhraseOf(v1::OutOfReach::Reason reason);
Phrase PhraseOf(v1::UnfilledProgram::Reason reason);
// Of UnplacedReason: the server's words, with the same in Chinese where it is known.
Phrase UnplacedPhrase(const std::string& reason);

// "1st", "2nd", "11th".
std::string OrdinalOf(int64_t number);
Phrase ChoicePhrase(int64_t choice);  // "1st choice", "第1志愿"

// Of the gazetteer: "Xi'an", "西安". Also "none" and "unplaced".
Phrase PlacePhrase(absl::string_view id);
// Of the taxonomy. Also "none".
Phrase RolePhrase(absl::string_view id);

// `part` of `whole` as "87.5 %"; "" of nothing.
std::string ShareText(int64_t part, int64_t whole);
// Millionths as "1.67".
std::string MeanText(int64_t millionths);

}  // namespace troupe

#endif  // TROUPE_SERVICES_CLI_PLACEMENT_PLACEMENT_WORDS_H_
