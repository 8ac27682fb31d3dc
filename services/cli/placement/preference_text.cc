#include "services/cli/placement/preference_text.h"

#include <algorithm>

#include "absl/strings/ascii.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_replace.h"
#include "absl/strings/str_split.h"
#include "services/cli/defects.h"
#include "services/cli/row_reader.h"

namespace troupe {
namespace {

std::string WithPlainSigns(absl::string_view text) {
  return absl::StrReplaceAll(text, {{"＞", ">"}, {"＝", "="}, {"＋", "+"}, {"；", ";"}});
}

std::string ProblemOf(absl::string_view id) {
  if (id.empty()) return "has nothing between two signs, or at an end";
  if (!IsRowId(id)) return absl::StrCat("has ", Shown(id), ", which is no id");
  return "";
}

}  // namespace

std::string ReadTiers(absl::string_view text, Tiers& tiers) {
  const std::string plain = WithPlainSigns(text);
  if (absl::StripAsciiWhitespace(plain).empty()) return "";
  for (const absl::string_view part : absl::StrSplit(plain, '>')) {
    std::vector<std::string>& tier = tiers.emplace_back();
    for (absl::string_view id : absl::StrSplit(part, '=')) {
      id = absl::StripAsciiWhitespace(id);
      const std::string problem = ProblemOf(id);
      if (!problem.empty()) return problem;
      tier.emplace_back(id);
    }
  }
  return "";
}

std::string ReadIdPairs(absl::string_view text, IdPairs& pairs) {
  const std::string plain = WithPlainSigns(text);
  if (absl::StripAsciiWhitespace(plain).empty()) return "";
  for (const absl::string_view part : absl::StrSplit(plain, '>')) {
    const std::vector<absl::string_view> ids = absl::StrSplit(part, '+');
    if (ids.size() != 2) {
      return absl::StrCat("has ", Shown(absl::StripAsciiWhitespace(part)),
                          ", which is not two programs");
    }
    for (const absl::string_view id : ids) {
      const std::string problem = ProblemOf(absl::StripAsciiWhitespace(id));
      if (!problem.empty()) return problem;
    }
    pairs.emplace_back(absl::StripAsciiWhitespace(ids[0]), absl::StripAsciiWhitespace(ids[1]));
  }
  return "";
}

std::vector<std::string> ReadWords(absl::string_view text) {
  std::vector<std::string> words;
  const std::string plain = WithPlainSigns(text);
  for (const absl::string_view part : absl::StrSplit(plain, ';')) {
    const absl::string_view word = absl::StripAsciiWhitespace(part);
    if (!word.empty()) words.emplace_back(word);
  }
  return words;
}

}  // namespace troupe
