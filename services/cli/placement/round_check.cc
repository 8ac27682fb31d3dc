#include "services/cli/placement/round_check.h"

#include <algorithm>
#include <cstdint>
#include <map>
#include <set>
#include <string>
#include <vector>

#include "absl/strings/ascii.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "matcher/domain/nearest_word.h"
#include "services/cli/number_text.h"
#include "services/cli/placement/placement_words.h"
#include "services/cli/row_reader.h"

namespace troupe {
namespace {

constexpr size_t kMostWishes = 1'000;
constexpr size_t kMostPriorities = 20'000;
constexpr size_t kMostPrograms = 20'000;
constexpr size_t kMostOfCohort = 20'000;
constexpr size_t kMostCohorts = 100;

// Rows of one kind by id.
template <typename Row>
class ById {
 public:
  // `noun` and `file` are what errors call a row and its file.
  ById(const std::vector<Row>& rows, std::string noun, std::string file)
      : noun_(std::move(noun)), file_(std::move(file)) {
    for (const Row& row : rows) rows_.emplace(row.id, &row);
  }

  const Row* Find(const std::string& id) const {
    const auto at = rows_.find(id);
    return at == rows_.end() ? nullptr : at->second;
  }

  // The row `id` that is named in `column` at `at`; nullptr, and a defect, if there is
  // none. Ids that are none were told already.
  const Row* Resolve(const std::string& at, const std::string& column, const std::string& id,
                     Defects& defects) const {
    const Row* const row = Find(id);
    if (row != nullptr || !IsRowId(id)) return row;
    defects.Add(at, column,
                absl::StrCat("names the ", noun_, " ", Shown(id), ", which ", file_,
                             " does not have"),
                defects.full() ? "" : Advice(id));
    return nullptr;
  }

 private:
  std::string Advice(const std::string& id) const {
    std::vector<std::string> lower;
    for (const auto& [known, row] : rows_) lower.push_back(absl::AsciiStrToLower(known));
    const std::vector<absl::string_view> words(lower.begin(), lower.end());
    const std::string nearest(NearestWord(absl::AsciiStrToLower(id), words));
    for (const auto& [known, row] : rows_) {
      if (!nearest.empty() && absl::AsciiStrToLower(known) == nearest) {
        return absl::StrCat("say ", Shown(known), " if that is meant, or add it to ", file_);
      }
    }
    return absl::StrCat("mend the id, or add it to ", file_);
  }

  std::map<std::string, const Row*> rows_;
  std::string noun_;
  std::string file_;
};

bool Lists(const Tiers& tiers, const std::string& id) {
  return std::any_of(tiers.begin(), tiers.end(), [&](const std::vector<std::string>& tier) {
    return std::find(tier.begin(), tier.end(), id) != tier.end();
  });
}

// One check of a draft.
class DraftCheck {
 public:
  DraftCheck(const RoundDraft& draft, Defects& defects)
      : draft_(draft),
        defects_(defects),
        graduates_(draft.graduates, "graduate", draft.files.at("graduates")),
        programs_(draft.programs, "program", draft.files.at("programs")),
        studios_(draft.studios, "studio", draft.files.at("studios")) {}

  void Run() {
    CheckThereIsSome();
    CheckTwice(draft_.graduates, "graduate");
    CheckTwice(draft_.programs, "program");
    CheckTwice(draft_.studios, "studio");
    CheckTwice(draft_.regions, "region");
    for (const GraduateRow& row : draft_.graduates) CheckGraduate(row);
    for (const ProgramRow& row : draft_.programs) CheckProgram(row);
    for (const StudioRow& row : draft_.studios) CheckRanking(row.at, row.priorities);
    CheckProfiles();
    CheckCohorts();
    CheckRegions();
    CheckReserves();
    CheckPairs();
    CheckMechanism();
    CheckWhoWishesNothing();
    CheckWhatRanksNobody();
  }

 private:
  const std::string& File(const char* form) const { return draft_.files.at(form); }

  void CheckThereIsSome() {
    if (draft_.graduates.empty()) {
      defects_.Add(File("graduates"), "", "has no rows",
                   "give whoever is to be placed, one a row");
    }
    if (draft_.programs.empty()) {
      defects_.Add(File("programs"), "", "has no rows", "give where they can go, one a row");
    }
    if (draft_.programs.size() > kMostPrograms) {
      defects_.Add(File("programs"), "",
                   absl::StrCat("has ", WithCommas(static_cast<int64_t>(draft_.programs.size())),
                                " rows"),
                   "leave 20,000 at most");
    }
  }

  template <typename Row>
  void CheckTwice(const std::vector<Row>& rows, const char* noun) {
    std::map<std::string, const Row*> seen;
    for (const Row& row : rows) {
      if (row.id.empty()) continue;
      const auto [first, is_new] = seen.emplace(row.id, &row);
      if (is_new) continue;
      defects_.Add(row.at, "id",
                   absl::StrCat("is ", Shown(row.id), ", as is that of ", first->second->at),
                   absl::StrCat("leave one of the rows out, or give each ", noun,
                                " an id of its own"));
    }
  }

  void CheckListedTwice(const std::string& at, const char* column, const Tiers& tiers) {
    std::set<std::string> seen;
    for (const std::vector<std::string>& tier : tiers) {
      for (const std::string& id : tier) {
        if (seen.insert(id).second) continue;
        defects_.Add(at, column, absl::StrCat("lists ", Shown(id), " twice"),
                     "leave it only where it belongs");
      }
    }
  }

  static size_t SizeOf(const Tiers& tiers) {
    size_t size = 0;
    for (const std::vector<std::string>& tier : tiers) size += tier.size();
    return size;
  }

  void CheckLength(const std::string& at, const char* column, size_t size, size_t most) {
    if (size <= most) return;
    defects_.Add(at, column, absl::StrCat("lists ", WithCommas(static_cast<int64_t>(size))),
                 absl::StrCat("leave the best ", WithCommas(static_cast<int64_t>(most))));
  }

  void CheckGraduate(const GraduateRow& row) {
    for (const std::vector<std::string>& tier : row.wishes) {
      for (const std::string& id : tier) programs_.Resolve(row.at, "wishes", id, defects_);
    }
    CheckListedTwice(row.at, "wishes", row.wishes);
    CheckLength(row.at, "wishes", SizeOf(row.wishes), kMostWishes);
  }

  void CheckRanking(const std::string& at, const Tiers& priorities) {
    for (const std::vector<std::string>& tier : priorities) {
      for (const std::string& id : tier) graduates_.Resolve(at, "priorities", id, defects_);
    }
    CheckListedTwice(at, "priorities", priorities);
    CheckLength(at, "priorities", SizeOf(priorities), kMostPriorities);
  }

  void CheckProgram(const ProgramRow& row) {
    CheckRanking(row.at, row.priorities);
    const bool counts = draft_.rules.mechanism == v1::MECHANISM_STUDENT_PROJECT;
    if (row.studio.empty() || !counts) return;
    if (draft_.studios.empty()) {
      defects_.Add(row.at, "studio",
                   absl::StrCat("is ", Shown(row.studio), ", but no studios are given"),
                   "give them with --studios, or leave it empty");
    } else {
      studios_.Resolve(row.at, "studio", row.studio, defects_);
    }
    if (!row.priorities.empty()) {
      defects_.Add(row.at, "priorities", "stands beside a studio, whose priorities count for it",
                   absl::StrCat("leave it empty, or move it to the studio ", Shown(row.studio)));
    }
  }

  void CheckProfiles() {
    std::map<std::string, const GraduateRow*> seen;
    for (const GraduateRow& row : draft_.graduates) {
      if (row.profile.empty()) continue;
      const auto [first, is_new] = seen.emplace(row.profile, &row);
      if (is_new) continue;
      defects_.Add(row.at, "profile", absl::StrCat("is that of ", first->second->at, ", too"),
                   "give each graduate a profile of its own, or none");
    }
  }

  void CheckCohorts() {
    std::map<std::string, size_t> sizes;
    for (const GraduateRow& row : draft_.graduates) ++sizes[row.cohort];
    for (const auto& [cohort, size] : sizes) {
      if (size <= kMostOfCohort) continue;
      defects_.Add(File("graduates"), "cohort",
                   absl::StrCat(cohort.empty() ? "is not set for" : absl::StrCat(Shown(cohort), " has"),
                                " ", WithCommas(static_cast<int64_t>(size)), " graduates"),
                   "split them into cohorts of 20,000 at most");
    }
    if (sizes.size() > kMostCohorts) {
      defects_.Add(File("graduates"), "cohort", absl::StrCat("has ", sizes.size(), " values"),
                   "name 100 at most");
    }
  }

  void CheckRegions() {
    std::map<std::string, int64_t> seats;
    for (const ProgramRow& row : draft_.programs) seats[row.region] += row.capacity;
    int64_t floors = 0;
    for (const RegionRow& row : draft_.regions) {
      floors += row.floor;
      if (row.cap.has_value() && row.floor > *row.cap) {
        defects_.Add(row.at, "floor",
                     absl::StrCat("is ", row.floor, ", above the cap of ", *row.cap),
                     "lower the floor or raise the cap");
      }
      const auto own = seats.find(row.id);
      if (row.id.empty()) continue;
      if (own == seats.end()) {
        defects_.Add(row.at, "id", absl::StrCat("is ", Shown(row.id), ", which no program is in"),
                     absl::StrCat("give it as the region of a program in ", File("programs"),
                                  ", or leave the row out"));
      } else if (row.floor > own->second) {
        defects_.Add(row.at, "floor",
                     absl::StrCat("is ", row.floor, "; the programs there have ",
                                  Counted(own->second, "seat")),
                     "lower the floor, or raise their capacity");
      }
    }
    const auto graduates = static_cast<int64_t>(draft_.graduates.size());
    if (floors > graduates) {
      defects_.Add(File("regions"), "floor",
                   absl::StrCat("sums up to ", WithCommas(floors), "; there are ",
                                Counted(graduates, "graduate")),
                   "lower floors until they sum up to no more");
    }
  }

  void CheckReserves() {
    std::set<std::string> groups;
    for (const GraduateRow& row : draft_.graduates) {
      groups.insert(row.groups.begin(), row.groups.end());
    }
    std::map<std::string, int64_t> reserved;
    for (const ReserveRow& row : draft_.reserves) {
      const ProgramRow* const program =
          programs_.Resolve(row.at, "program", row.program, defects_);
      if (!row.group.empty() && groups.count(row.group) == 0) {
        defects_.Warn(row.at, "group", absl::StrCat("is ", Shown(row.group), ", which nobody is in"),
                      groups.empty() ? "give graduates their groups"
                                     : absl::StrCat("graduates are in ", absl::StrJoin(groups, ", ")));
      }
      if (program == nullptr) continue;
      int64_t& sum = reserved[row.program];
      sum += row.seats;
      if (sum <= program->capacity) continue;
      defects_.Add(row.at, "seats",
                   absl::StrCat("makes ", Counted(sum, "reserved seat"), " of ", row.program,
                                ", which has ", program->capacity),
                   absl::StrCat("lower it, or raise the capacity at ", program->at));
    }
  }

  void CheckPairs() {
    std::map<std::string, const PairRow*> members;
    for (const PairRow& row : draft_.pairs) {
      const GraduateRow* const first = graduates_.Resolve(row.at, "first", row.first, defects_);
      const GraduateRow* const second =
          graduates_.Resolve(row.at, "second", row.second, defects_);
      if (!row.first.empty() && row.first == row.second) {
        defects_.Add(row.at, "second", absl::StrCat("is ", Shown(row.second), ", as is the first"),
                     "pair two graduates, or leave the row out");
        continue;
      }
      for (const std::string& id : {row.first, row.second}) {
        if (id.empty()) continue;
        const auto [earlier, is_new] = members.emplace(id, &row);
        if (is_new) continue;
        defects_.Add(row.at, id == row.first ? "first" : "second",
                     absl::StrCat("is ", Shown(id), ", who is in the pair of ", earlier->second->at),
                     "leave each graduate in one pair");
      }
      CheckPairWishes(row);
      if (first != nullptr && second != nullptr) CheckCommon(row, *first, *second);
    }
  }

  void CheckPairWishes(const PairRow& row) {
    if (row.wishes.empty() && row.together == v1::TOGETHER_UNSPECIFIED) {
      defects_.Add(row.at, "wishes", "is empty, as is together",
                   "say where they would go, as p1+p2>p3+p4, or together=program, crew or city");
    }
    if (!row.wishes.empty() && row.together != v1::TOGETHER_UNSPECIFIED) {
      const auto apart =
          std::find_if(row.wishes.begin(), row.wishes.end(),
                       [](const auto& wish) { return wish.first != wish.second; });
      if (row.together == v1::TOGETHER_PROGRAM && apart != row.wishes.end()) {
        defects_.Add(row.at, "wishes",
                     absl::StrCat("ranks different programs, ", apart->first, " and ",
                                  apart->second, ", though they are to be in one"),
                     "name the same program on both sides of each \"+\", or leave together empty");
      } else {
        defects_.Add(row.at, "together", "stands beside wishes, which say it already",
                     "leave one of the two empty");
      }
    }
    std::set<std::pair<std::string, std::string>> seen;
    for (const auto& wish : row.wishes) {
      const std::string shown = Shown(absl::StrCat(wish.first, "+", wish.second));
      const ProgramRow* const first = programs_.Resolve(row.at, "wishes", wish.first, defects_);
      const ProgramRow* const second =
          wish.first == wish.second
              ? first
              : programs_.Resolve(row.at, "wishes", wish.second, defects_);
      if (!seen.insert(wish).second) {
        defects_.Add(row.at, "wishes", absl::StrCat("lists ", shown, " twice"),
                     "leave it only where it belongs");
      }
      if (first == nullptr || second == nullptr) continue;
      if (first == second && first->capacity == 1) {
        defects_.Add(row.at, "wishes", absl::StrCat("has ", shown, ", which has one seat only"),
                     absl::StrCat("leave it out, or raise the capacity at ", first->at));
      }
      CheckRanked(row, shown, row.first, *first);
      CheckRanked(row, shown, row.second, *second);
    }
    CheckLength(row.at, "wishes", row.wishes.size(), kMostWishes);
  }

  // A program with stated priorities that leave a member out can never have it.
  void CheckRanked(const PairRow& row, const std::string& wish, const std::string& member,
                   const ProgramRow& program) {
    if (program.priorities.empty() || graduates_.Find(member) == nullptr ||
        Lists(program.priorities, member)) {
      return;
    }
    defects_.Add(row.at, "wishes",
                 absl::StrCat("has ", wish, ", but ", program.id, " does not rank ",
                              Shown(member)),
                 absl::StrCat("leave it out, or add ", Shown(member), " to the priorities at ",
                              program.at));
  }

  // A pair whose list is made of its members' lists needs something in common there.
  void CheckCommon(const PairRow& row, const GraduateRow& first, const GraduateRow& second) {
    if (!row.wishes.empty() || first.wishes.empty() || second.wishes.empty()) return;
    if (row.together == v1::TOGETHER_PROGRAM) {
      const bool common =
          std::any_of(first.wishes.begin(), first.wishes.end(), [&](const auto& tier) {
            return std::any_of(tier.begin(), tier.end(), [&](const std::string& id) {
              return Lists(second.wishes, id);
            });
          });
      if (common) return;
      defects_.Add(row.at, "together",
                   absl::StrCat("is program, but the two rank different programs: none is in the "
                                "wishes of both, at ", first.at, " and ", second.at),
                   "add one program to both lists, or give the pair wishes of its own");
    }
    if (row.together != v1::TOGETHER_CITY) return;
    std::set<std::string> places;
    for (const std::string& place : PlacesOf(first)) places.insert(place);
    for (const std::string& place : PlacesOf(second)) {
      if (place.empty() || places.count(place) > 0) return;
    }
    if (places.count("") > 0) return;  // Some program's place is its opening's.
    defects_.Add(row.at, "together",
                 absl::StrCat("is city, but the two rank programs of different cities, at ",
                              first.at, " and ", second.at),
                 "add programs of one city to both lists, or give the pair wishes of its own");
  }

  std::set<std::string> PlacesOf(const GraduateRow& graduate) const {
    std::set<std::string> places;
    for (const std::vector<std::string>& tier : graduate.wishes) {
      for (const std::string& id : tier) {
        const ProgramRow* const program = programs_.Find(id);
        places.insert(program == nullptr ? std::string() : program->place);
      }
    }
    return places;
  }

  // Rows that the mechanism would not look at are a mistake, in them or in it.
  void CheckMechanism() {
    if (!draft_.rules.mechanism.has_value()) return;
    const v1::Mechanism own = *draft_.rules.mechanism;
    const auto needs = [&](const char* form, bool any, std::vector<v1::Mechanism> those) {
      if (!any || std::find(those.begin(), those.end(), own) != those.end()) return;
      std::vector<std::string> words;
      for (const v1::Mechanism one : those) words.push_back(WordOf(one));
      defects_.Add(File(form), "",
                   absl::StrCat("has ", form, ", which ", WordOf(own), " does not respect"),
                   absl::StrCat("leave them out, or place by ", absl::StrJoin(words, " or ")));
    };
    needs("studios", !draft_.studios.empty(), {v1::MECHANISM_STUDENT_PROJECT});
    needs("regions", !draft_.regions.empty(),
          {v1::MECHANISM_REGIONAL_CAPS, v1::MECHANISM_FLOORS});
    needs("reserves", !draft_.reserves.empty(), {v1::MECHANISM_RESERVES});
    needs("pairs", !draft_.pairs.empty(), {v1::MECHANISM_LINKED_PAIRS});
    if (own != v1::MECHANISM_REGIONAL_CAPS) return;
    for (const RegionRow& row : draft_.regions) {
      if (row.floor == 0) continue;
      defects_.Add(row.at, "floor",
                   absl::StrCat("is ", row.floor, ", which regional-caps does not respect"),
                   "leave it empty, or place by floors, which keeps caps too");
    }
  }

  void CheckWhoWishesNothing() {
    std::set<std::string> paired;
    for (const PairRow& row : draft_.pairs) {
      if (row.wishes.empty()) continue;
      paired.insert({row.first, row.second});
    }
    bool any = !paired.empty() || draft_.graduates.empty();
    for (const GraduateRow& row : draft_.graduates) {
      if (!row.wishes.empty()) any = true;
      if (!row.wishes.empty() || paired.count(row.id) > 0) continue;
      if (!draft_.DerivesWishes()) {
        defects_.Warn(row.at, "wishes", "is empty: this graduate will have no place",
                      "list programs, or have lists derived with --derive wishes");
      } else if (row.profile.empty()) {
        defects_.Add(row.at, "wishes", "is empty, and there is no profile to derive it from",
                     "list programs, or give the profile");
      } else {
        any = true;
      }
    }
    if (any || !defects_.empty()) return;
    defects_.Add(File("graduates"), "wishes", "is empty in all rows: nobody could be placed",
                 "list programs, or have lists derived with --derive wishes");
  }

  void CheckWhatRanksNobody() {
    std::set<std::string> ranking;  // Studios that rank somebody, or can have it derived.
    for (const StudioRow& row : draft_.studios) {
      if (!row.priorities.empty()) ranking.insert(row.id);
    }
    bool any = draft_.programs.empty();
    for (const ProgramRow& row : draft_.programs) {
      const bool stated = !row.priorities.empty() || ranking.count(row.studio) > 0;
      const bool derived = draft_.DerivesPriorities() && !row.openings.empty();
      any = any || stated || derived;
      if (stated || derived) continue;
      defects_.Warn(row.at, "priorities", "is empty: this program will take nobody",
                    "list graduates, or give openings and --derive priorities");
    }
    if (any || !defects_.empty()) return;
    defects_.Add(File("programs"), "priorities", "is empty in all rows: nobody could be placed",
                 "list graduates, or give openings and --derive priorities");
  }

  const RoundDraft& draft_;
  Defects& defects_;
  ById<GraduateRow> graduates_;
  ById<ProgramRow> programs_;
  ById<StudioRow> studios_;
};

}  // namespace

void CheckDraft(const RoundDraft& draft, Defects& defects) { DraftCheck(draft, defects).Run(); }

}  // namespace troupe
