#include "services/cli/placement/round_draft.h"

#include <algorithm>
#include <limits>
#include <set>
#include <utility>

#include "absl/strings/ascii.h"
#include "absl/strings/match.h"
#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "absl/strings/str_split.h"
#include "absl/strings/strip.h"
#include "services/cli/number_text.h"
#include "services/cli/placement/placement_words.h"
#include "services/cli/row_reader.h"

namespace troupe {
namespace {

constexpr size_t kLongestWord = 63;
constexpr size_t kLongestTitle = 200;
constexpr int32_t kLargestProgram = 10'000;
constexpr int32_t kAnyNumber = std::numeric_limits<int32_t>::max();

// Reads cells that rows of rounds alone have.
class RoundRowReader : public RowReader {
 public:
  using RowReader::RowReader;

  Tiers Ranking(const std::string& column, const std::string& of) const {
    Tiers tiers;
    const std::string problem = ReadTiers(row().Cell(column), tiers);
    if (problem.empty()) return tiers;
    Refuse(column, problem,
           absl::StrCat("write ids of ", of, " as a>b=c: best first, \"=\" between those liked "
                        "equally"));
    return {};
  }

  std::vector<std::string> Words(const std::string& column, size_t most) const {
    std::vector<std::string> words = ReadWords(row().Cell(column));
    std::set<std::string> seen;
    for (const std::string& word : words) {
      if (!seen.insert(word).second) {
        Refuse(column, absl::StrCat("has ", Shown(word), " twice"), "leave one out");
      }
      if (word.size() > kLongestWord && column == "groups") {
        Refuse(column, absl::StrCat("has ", Shown(word), " of ", word.size(), " bytes"),
               "shorten it to 63");
      }
    }
    if (words.size() > most) {
      Refuse(column, absl::StrCat("has ", words.size(), " entries"),
             absl::StrCat("leave ", most, " at most"));
    }
    return words;
  }

  // One of two words; empty is the first.
  bool IsSecond(const std::string& column, const std::string& first,
                const std::string& second) const {
    const std::string word = absl::AsciiStrToLower(row().Cell(column));
    if (word.empty() || word == first) return false;
    if (word == second) return true;
    Refuse(column, absl::StrCat("is ", Shown(word)), absl::StrCat("say ", first, " or ", second));
    return false;
  }
};

// Whether `name` is "COLLECTION/" and 16 hexadecimal digits.
bool IsName(absl::string_view name, absl::string_view collection) {
  return absl::ConsumePrefix(&name, collection) && name.size() == 16 &&
         std::all_of(name.begin(), name.end(), [](char c) {
           return absl::ascii_isdigit(static_cast<unsigned char>(c)) || (c >= 'a' && c <= 'f');
         });
}

bool IsOpening(const std::string& name) {
  const std::vector<std::string> parts = absl::StrSplit(name, "/openings/");
  int64_t number = 0;
  return parts.size() == 2 && IsName(parts[0], "projects/") &&
         absl::SimpleAtoi(parts[1], &number) && number >= 1;
}

GraduateRow ReadGraduate(const RoundRowReader& cells) {
  GraduateRow row = {.at = cells.row().at,
                     .id = cells.Id("id"),
                     .cohort = cells.Text("cohort", 100),
                     .profile = cells.row().Cell("profile"),
                     .groups = cells.Words("groups", 20),
                     .wishes = cells.Ranking("wishes", "programs")};
  if (!row.profile.empty() && !IsName(row.profile, "profiles/")) {
    cells.Refuse("profile", absl::StrCat("is ", Shown(row.profile)),
                 "give profiles/ and 16 hexadecimal digits, or leave it empty");
  }
  return row;
}

ProgramRow ReadProgram(const RoundRowReader& cells) {
  ProgramRow row = {
      .at = cells.row().at,
      .id = cells.Id("id"),
      .title = cells.Text("title", kLongestTitle),
      .capacity = cells.Number("capacity", 1, kLargestProgram,
                               "give how many graduates it takes, from 1 to 10,000; leave the "
                               "row out if it takes none"),
      .studio = cells.Text("studio", kLongestWord),
      .region = cells.Text("region", kLongestWord),
      .place = cells.Place("place"),
      .openings = cells.Words("openings", 20),
      .priorities = cells.Ranking("priorities", "graduates")};
  for (const std::string& opening : row.openings) {
    if (IsOpening(opening)) continue;
    cells.Refuse("openings", absl::StrCat("has ", Shown(opening)),
                 "give projects/{16 hexadecimal digits}/openings/{number}, with \";\" between");
  }
  return row;
}

StudioRow ReadStudio(const RoundRowReader& cells) {
  return {.at = cells.row().at,
          .id = cells.Id("id"),
          .capacity = cells.Number("capacity", 1, kAnyNumber,
                                   "give how many graduates its programs take together, at "
                                   "least 1; leave the row out if it takes none"),
          .priorities = cells.Ranking("priorities", "graduates")};
}

RegionRow ReadRegion(const RoundRowReader& cells) {
  RegionRow row = {.at = cells.row().at, .id = cells.Text("id", kLongestWord)};
  if (row.id.empty()) cells.Refuse("id", "is empty", "give the region's name, as programs do");
  if (!cells.row().Cell("floor").empty()) {
    row.floor = cells.Number("floor", 0, kAnyNumber,
                             "give the least number of graduates, or leave it empty for none");
  }
  if (!cells.row().Cell("cap").empty()) {
    row.cap = cells.Number("cap", 0, kAnyNumber,
                           "give the largest number of graduates, or leave it empty for no cap");
  }
  return row;
}

ReserveRow ReadReserve(const RoundRowReader& cells) {
  ReserveRow row = {.at = cells.row().at,
                    .program = cells.Id("program"),
                    .group = cells.Text("group", kLongestWord),
                    .seats = cells.Number("seats", 1, kLargestProgram,
                                          "give how many seats are for the group, at least 1"),
                    .after_open = cells.IsSecond("when", "before", "after"),
                    .reverts = !cells.IsSecond("reverts", "yes", "no")};
  if (row.group.empty()) {
    cells.Refuse("group", "is empty", "give one of the groups that graduates have");
  }
  return row;
}

PairRow ReadPair(const RoundRowReader& cells) {
  PairRow row = {.at = cells.row().at, .first = cells.Id("first"), .second = cells.Id("second")};
  const std::string problem = ReadIdPairs(cells.row().Cell("wishes"), row.wishes);
  if (!problem.empty()) {
    cells.Refuse("wishes", problem,
                 "write a program of the first and one of the second as p1+p2>p3+p4, best first");
    row.wishes.clear();
  }
  const std::string word = absl::AsciiStrToLower(cells.row().Cell("together"));
  if (word.empty()) return row;
  const std::optional<v1::Together> together = TogetherOf(word);
  if (together.has_value()) {
    row.together = *together;
  } else {
    cells.Refuse("together", absl::StrCat("is ", Shown(word)), "say program, crew or city");
  }
  return row;
}

template <typename Row, typename Read>
void ReadRows(const std::map<std::string, Sheet>& sheets, const char* form, const Read& read,
              std::vector<Row>& rows, RoundDraft& draft, Defects& defects) {
  draft.files[form] = form;
  const auto sheet = sheets.find(form);
  if (sheet == sheets.end() || !sheet->second.given()) return;
  draft.files[form] = sheet->second.file;
  for (const SheetRow& row : sheet->second.rows) rows.push_back(read(RoundRowReader(row, defects)));
}

}  // namespace

const std::vector<std::string>& RoundSettings() {
  static const std::vector<std::string>& names = *new std::vector<std::string>{
      "id", "title", "mechanism", "seed", "derive", "length", "model"};
  return names;
}

RoundRules ReadRules(const std::map<std::string, std::string>& settings, const std::string& file,
                     Defects& defects) {
  RoundRules rules;
  SheetRow row = {.at = file, .cells = settings};
  const RoundRowReader cells(row, defects);
  rules.id = cells.Text("id", kLongestWord);
  rules.title = cells.Text("title", kLongestTitle);
  rules.model = row.Cell("model");
  const std::string& mechanism = row.Cell("mechanism");
  if (!mechanism.empty()) {
    rules.mechanism = MechanismOf(mechanism);
    if (!rules.mechanism.has_value()) {
      cells.Refuse("mechanism", absl::StrCat("is ", Shown(mechanism)),
                   absl::StrCat("say one of ", absl::StrJoin(MechanismWords(), ", ")));
    }
  }
  const std::string& seed = row.Cell("seed");
  int64_t number = 0;
  if (!seed.empty()) {
    if (absl::SimpleAtoi(seed, &number) && number >= 0) {
      rules.seed = number;
    } else {
      cells.Refuse("seed", absl::StrCat("is ", Shown(seed)), "give a whole number, not negative");
    }
  }
  if (!row.Cell("length").empty()) {
    rules.length = cells.Number("length", 1, 1'000, "give a number from 1 to 1,000");
  }
  const std::string& derive = row.Cell("derive");
  if (derive.empty()) return rules;
  if (derive != "wishes" && derive != "priorities" && derive != "both" && derive != "none") {
    cells.Refuse("derive", absl::StrCat("is ", Shown(derive)),
                 "say wishes, priorities, both or none");
  }
  rules.derive_wishes = derive == "wishes" || derive == "both";
  rules.derive_priorities = derive == "priorities" || derive == "both";
  return rules;
}

RoundDraft ReadDraft(const std::map<std::string, Sheet>& sheets, const RoundRules& rules,
                     Defects& defects) {
  RoundDraft draft;
  draft.rules = rules;
  ReadRows(sheets, "graduates", ReadGraduate, draft.graduates, draft, defects);
  ReadRows(sheets, "programs", ReadProgram, draft.programs, draft, defects);
  ReadRows(sheets, "studios", ReadStudio, draft.studios, draft, defects);
  ReadRows(sheets, "regions", ReadRegion, draft.regions, draft, defects);
  ReadRows(sheets, "reserves", ReadReserve, draft.reserves, draft, defects);
  ReadRows(sheets, "pairs", ReadPair, draft.pairs, draft, defects);
  return draft;
}

}  // namespace troupe
