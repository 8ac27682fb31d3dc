#include "matcher/placement/assemble_round.h"

#include <algorithm>
#include <iterator>
#include <optional>
#include <string>
#include <tuple>
#include <utility>

#include "absl/container/flat_hash_map.h"
#include "absl/strings/str_cat.h"
#include "matcher/base/status_macros.h"
#include "matcher/base/violation.h"
#include "matcher/placement/list_rules.h"
#include "matcher/placement/validate_instance.h"

namespace troupe {
namespace {

constexpr size_t kMostJointWishes = 400;

absl::Status TooLarge(absl::string_view what) {
  return ErrorWithReason(absl::StatusCode::kResourceExhausted, "ROUND_TOO_LARGE",
                         absl::StrCat("the round has ", what, ": split it"));
}

// `list` without the entries that `row_of` gives no row for.
template <typename Entry, typename RowOf>
TieredList<uint32_t> RowsOf(const TieredList<Entry>& list, RowOf row_of) {
  TieredList<uint32_t> rows;
  size_t at = 0;
  const size_t tiers = list.tier_sizes.empty() ? list.entries.size() : list.tier_sizes.size();
  for (size_t tier = 0; tier < tiers; ++tier) {
    const size_t size = list.tier_sizes.empty() ? 1 : list.tier_sizes[tier];
    const size_t before = rows.entries.size();
    for (size_t i = 0; i < size; ++i, ++at) {
      const uint32_t row = row_of(list.entries[at], tier);
      if (row != kNoRow) rows.entries.push_back(row);
    }
    if (rows.entries.size() > before && !list.tier_sizes.empty()) {
      rows.tier_sizes.push_back(static_cast<uint32_t>(rows.entries.size() - before));
    }
  }
  return rows;
}

// Gives names rows, and notes what is nowhere.
class Assembly {
 public:
  Assembly(const Round& round, const std::vector<Cohort>& cohorts,
           const std::vector<Program>& programs, const absl::flat_hash_set<ProgramId>& others)
      : round_(round), cohorts_(cohorts), programs_(programs), others_(others) {}

  absl::StatusOr<AssembledRound> Run() && {
    TROUPE_RETURN_IF_ERROR(CheckSize());
    AddHead();
    AddGraduates();
    AddPrograms();
    AddStudios();
    AddWishes();
    AddPriorities();
    AddReserves();
    AddPairs();
    TROUPE_RETURN_IF_ERROR(found_.ToStatus());
    return std::move(result_);
  }

 private:
  Instance& instance() { return result_.placed.certificate.instance; }

  template <typename... Path>
  void Report(absl::string_view problem, absl::string_view fix, const Path&... path) {
    if (found_.found().size() < kMostDefects) found_.Add(absl::StrCat(path...), problem, fix);
  }

  absl::Status CheckSize() const {
    size_t graduates = 0;
    size_t entries = 0;
    for (const Cohort& cohort : cohorts_) {
      graduates += cohort.graduates.size();
      for (const Graduate& graduate : cohort.graduates) entries += graduate.wishes.entries.size();
    }
    for (const Program& program : programs_) entries += program.priorities.entries.size();
    if (graduates > kMostRoundGraduates) {
      return TooLarge(absl::StrCat(graduates, " graduates, more than ", kMostRoundGraduates));
    }
    if (entries > kMostRoundEntries) {
      return TooLarge(absl::StrCat(entries, " entries in lists, more than ", kMostRoundEntries));
    }
    return absl::OkStatus();
  }

  void AddHead() {
    result_.placed.certificate.mechanism = *round_.mechanism;
    result_.placed.certificate.seed = round_.seed;
    result_.placed.derived_length =
        round_.derived_length == 0 ? Round::kUsualLength : round_.derived_length;
    result_.placed.model = round_.model;
  }

  void AddGraduates() {
    for (const Cohort& cohort : cohorts_) {
      const auto first = static_cast<uint32_t>(instance().graduates.size());
      result_.placed.cohorts.push_back({cohort.id, cohort.title, first});
      for (const Graduate& graduate : cohort.graduates) AddGraduate(cohort, graduate);
    }
  }

  void AddGraduate(const Cohort& cohort, const Graduate& graduate) {
    const auto row = static_cast<uint32_t>(instance().graduates.size());
    instance().graduates.push_back(InstanceId(cohort.id, graduate.id, cohorts_.size() == 1));
    result_.placed.profiles.push_back(graduate.profile);
    by_id_.emplace(std::pair(cohort.id, absl::string_view(graduate.id)), row);
    if (graduate.profile && !by_profile_.emplace(graduate.profile, row).second) {
      Report("has the profile of another graduate of the round", "place each person once",
             "cohorts[", result_.placed.cohorts.size() - 1, "].graduates[",
             row - result_.placed.cohorts.back().first_row, "].profile");
    }
    for (const std::string& group : graduate.groups) members_[group].push_back(row);
  }

  void AddPrograms() {
    const bool with_studios = round_.mechanism == Mechanism::kStudentProject;
    const bool with_regions = round_.mechanism == Mechanism::kRegionalCaps ||
                              round_.mechanism == Mechanism::kFloors;
    absl::flat_hash_map<absl::string_view, uint32_t> studios;
    for (const StudioTerms& studio : round_.studios) {
      studios.emplace(studio.id, static_cast<uint32_t>(studios.size()));
    }
    absl::flat_hash_map<absl::string_view, uint32_t> regions;
    for (const RegionTerms& region : round_.regions) {
      regions.emplace(region.id, static_cast<uint32_t>(regions.size()));
      instance().regions.push_back(
          {.id = region.id, .cap = region.cap.value_or(kNoCap), .floor = region.floor});
    }
    for (const Program& program : programs_) {
      const auto row = static_cast<uint32_t>(instance().programs.size());
      ProgramRow added{.id = InstanceId(program.id), .capacity = program.capacity};
      if (with_studios && !program.studio.empty()) {
        const auto studio = studios.find(program.studio);
        if (studio != studios.end()) added.studio = studio->second;
        if (studio == studios.end()) {
          Report("names a studio that the round does not have",
                 "add the studio to the round, or take it out of the program", "programs[", row,
                 "].studio");
        }
      }
      const auto region = regions.find(program.region);
      if (with_regions && region != regions.end()) added.region = region->second;
      instance().programs.push_back(std::move(added));
      result_.placed.programs.push_back(
          {program.id, program.title, program.place, program.openings});
      program_rows_.emplace(program.id, row);
    }
  }

  void AddStudios() {
    if (round_.mechanism != Mechanism::kStudentProject) {
      if (round_.studios.empty()) return;
      return Report("are there, but the mechanism does not respect them",
                    "choose MECHANISM_STUDENT_PROJECT, or leave them out", "studios");
    }
    for (const StudioTerms& studio : round_.studios) {
      instance().studios.push_back({.id = studio.id, .capacity = studio.capacity});
    }
  }

  void AddWishes() {
    uint32_t row = 0;
    for (size_t c = 0; c < cohorts_.size(); ++c) {
      for (size_t g = 0; g < cohorts_[c].graduates.size(); ++g, ++row) {
        const Graduate& graduate = cohorts_[c].graduates[g];
        result_.wishes.push_back(
            RowsOf(graduate.wishes, [&](ProgramId program, size_t tier) {
              return ProgramRowOf(program, "cohorts[", c, "].graduates[", g, "].wishes[", tier,
                                  "]");
            }));
        const bool is_derived = round_.derives_wishes && graduate.profile &&
                                graduate.wishes.empty();
        if (is_derived) result_.placed.derived_wishes.push_back(row);
      }
    }
  }

  template <typename... Path>
  uint32_t ProgramRowOf(ProgramId program, const Path&... path) {
    const auto row = program_rows_.find(program);
    if (row != program_rows_.end()) return row->second;
    if (!others_.contains(program)) {
      Report("names a program that is not there", "correct the name, or leave it out", path...);
    }
    return kNoRow;
  }

  template <typename... Path>
  TieredList<uint32_t> Graduates(const TieredList<GraduateName>& list, const Path&... path) {
    return RowsOf(list, [&](const GraduateName& name, size_t tier) {
      const uint32_t row = RowOf(name);
      const bool is_ours = name.cohort && std::any_of(cohorts_.begin(), cohorts_.end(),
                                                      [&](const Cohort& cohort) {
                                                        return cohort.id == name.cohort;
                                                      });
      if (row == kNoRow && is_ours) {
        Report("names a graduate who is not in the cohort", "correct the id, or leave it out",
               path..., "[", tier, "]");
      }
      return row;
    });
  }

  uint32_t RowOf(const GraduateName& name) const {
    if (!name.cohort) {
      const auto row = by_profile_.find(name.profile);
      return row == by_profile_.end() ? kNoRow : row->second;
    }
    const auto row = by_id_.find(std::pair(name.cohort, absl::string_view(name.id)));
    return row == by_id_.end() ? kNoRow : row->second;
  }

  void AddPriorities() {
    std::vector<uint32_t>& derived = result_.placed.derived_priorities;
    for (uint32_t row = 0; row < programs_.size(); ++row) {
      const Program& program = programs_[row];
      result_.priorities.push_back(
          Graduates(program.priorities, "programs[", row, "].priorities"));
      const bool under_studio = instance().programs[row].studio != kNoRow;
      if (round_.derives_priorities && program.priorities.empty() && !under_studio) {
        derived.push_back(row);
      }
    }
    for (uint32_t row = 0; row < instance().studios.size(); ++row) {
      const StudioTerms& studio = round_.studios[row];
      result_.studio_priorities.push_back(
          Graduates(studio.priorities, "studios[", row, "].priorities"));
      if (round_.derives_priorities && studio.priorities.empty()) {
        derived.push_back(static_cast<uint32_t>(programs_.size()) + row);
      }
    }
  }

  void AddReserves() {
    absl::flat_hash_map<absl::string_view, uint32_t> groups;
    for (size_t i = 0; i < round_.reserves.size(); ++i) {
      const ReserveTerms& reserve = round_.reserves[i];
      const uint32_t program = InRound(reserve.program, "reserves[", i, "].program");
      const auto [group, is_new] =
          groups.emplace(reserve.group, static_cast<uint32_t>(groups.size()));
      if (is_new) {
        const auto members = members_.find(reserve.group);
        instance().groups.push_back(
            {.id = reserve.group,
             .members = members == members_.end() ? std::vector<uint32_t>() : members->second});
      }
      instance().reserves.push_back({.program = program,
                                     .group = group->second,
                                     .seats = reserve.seats,
                                     .before_open = reserve.before_open,
                                     .reverts = reserve.reverts});
    }
  }

  template <typename... Path>
  uint32_t InRound(ProgramId program, const Path&... path) {
    const auto row = program_rows_.find(program);
    if (row != program_rows_.end()) return row->second;
    Report("is no program of the round", "name one of its programs", path...);
    return kNoRow;
  }

  void AddPairs() {
    for (size_t i = 0; i < round_.pairs.size(); ++i) {
      const PairTerms& terms = round_.pairs[i];
      AssembledRound::Pair added{.together = terms.together};
      added.pair.first = Member(terms.first, "pairs[", i, "].first");
      added.pair.second = Member(terms.second, "pairs[", i, "].second");
      for (size_t j = 0; j < terms.wishes.size(); ++j) {
        added.pair.wishes.push_back(
            {InRound(terms.wishes[j].first, "pairs[", i, "].wishes[", j, "].first"),
             InRound(terms.wishes[j].second, "pairs[", i, "].wishes[", j, "].second")});
      }
      result_.pairs.push_back(std::move(added));
    }
  }

  template <typename... Path>
  uint32_t Member(const GraduateName& name, const Path&... path) {
    const uint32_t row = RowOf(name);
    if (row == kNoRow) {
      Report("names nobody in the round", "name a graduate of one of its cohorts", path...);
    }
    return row;
  }

  const Round& round_;
  const std::vector<Cohort>& cohorts_;
  const std::vector<Program>& programs_;
  const absl::flat_hash_set<ProgramId>& others_;
  absl::flat_hash_map<ProgramId, uint32_t> program_rows_;
  absl::flat_hash_map<std::pair<CohortId, absl::string_view>, uint32_t> by_id_;
  absl::flat_hash_map<ProfileId, uint32_t> by_profile_;
  absl::flat_hash_map<std::string, std::vector<uint32_t>> members_;
  Violations found_;
  AssembledRound result_;
};

RankedLists Listed(const std::vector<TieredList<uint32_t>>& rows) {
  RankedLists lists;
  for (const TieredList<uint32_t>& row : rows) {
    if (row.tier_sizes.empty()) {
      lists.Add(row.entries);
      continue;
    }
    std::vector<RankedLists::Tied> tiers;
    auto at = row.entries.begin();
    for (const uint32_t size : row.tier_sizes) {
      tiers.emplace_back(at, at + size);
      at += size;
    }
    lists.Add(tiers);
  }
  return lists;
}

bool AreTogether(const PlacedRound& placed, Together together, uint32_t a, uint32_t b) {
  const ProgramFacts& first = placed.programs[a];
  const ProgramFacts& second = placed.programs[b];
  switch (together) {
    case Together::kProgram:
      return a == b;
    case Together::kCrew:
      return std::any_of(first.openings.begin(), first.openings.end(), [&](OpeningId opening) {
        return std::any_of(second.openings.begin(), second.openings.end(),
                           [&](OpeningId other) { return other.project == opening.project; });
      });
    case Together::kCity:
      return !first.place.empty() && first.place == second.place;
    case Together::kUnspecified:
      break;
  }
  return false;
}

bool IsRanked(const Instance& instance, uint32_t program, uint32_t graduate) {
  const Ranker ranker = RankerOf(instance, program);
  const auto list = (*ranker.lists)[ranker.row];
  return std::find(list.begin(), list.end(), graduate) != list.end();
}

// Of what both wish where both can go.
std::vector<ProgramPair> JointWishes(const PlacedRound& placed, const RankedLists& wishes,
                                     const AssembledRound::Pair& pair) {
  struct Joint {
    uint32_t sum;
    uint32_t first_rank;
    ProgramPair wish;
  };
  std::vector<Joint> joint;
  const auto first = wishes[pair.pair.first];
  const auto second = wishes[pair.pair.second];
  for (size_t i = 0; i < first.size(); ++i) {
    for (size_t j = 0; j < second.size(); ++j) {
      if (!AreTogether(placed, pair.together, first[i], second[j]) ||
          !IsRanked(placed.instance(), first[i], pair.pair.first) ||
          !IsRanked(placed.instance(), second[j], pair.pair.second)) {
        continue;
      }
      const uint32_t a = wishes.RankAt(pair.pair.first, i);
      const uint32_t b = wishes.RankAt(pair.pair.second, j);
      joint.push_back({a + b, a, {first[i], second[j]}});
    }
  }
  std::stable_sort(joint.begin(), joint.end(), [](const Joint& a, const Joint& b) {
    return std::tie(a.sum, a.first_rank) < std::tie(b.sum, b.first_rank);
  });
  if (joint.size() > kMostJointWishes) joint.resize(kMostJointWishes);
  std::vector<ProgramPair> result;
  for (const Joint& each : joint) result.push_back(each.wish);
  return result;
}

}  // namespace

std::vector<ProgramId> NamedOutside(const Round& round, const std::vector<Cohort>& cohorts) {
  const absl::flat_hash_set<ProgramId> inside(round.programs.begin(), round.programs.end());
  absl::flat_hash_set<ProgramId> outside;
  for (const Cohort& cohort : cohorts) {
    for (const Graduate& graduate : cohort.graduates) {
      for (const ProgramId program : graduate.wishes.entries) {
        if (!inside.contains(program)) outside.insert(program);
      }
    }
  }
  std::vector<ProgramId> sorted(outside.begin(), outside.end());
  std::sort(sorted.begin(), sorted.end());
  return sorted;
}

absl::StatusOr<AssembledRound> AssembleRound(const Round& round,
                                             const std::vector<Cohort>& cohorts,
                                             const std::vector<Program>& programs,
                                             const absl::flat_hash_set<ProgramId>& others) {
  return Assembly(round, cohorts, programs, others).Run();
}

absl::StatusOr<PlacedRound> FinishRound(AssembledRound assembled) {
  PlacedRound placed = std::move(assembled.placed);
  Instance& instance = placed.certificate.instance;
  instance.wishes = Listed(assembled.wishes);
  instance.priorities = Listed(assembled.priorities);
  instance.studio_priorities = Listed(assembled.studio_priorities);
  const size_t entries = instance.wishes.entry_count() + instance.priorities.entry_count() +
                         instance.studio_priorities.entry_count();
  if (entries > kMostRoundEntries) {
    return TooLarge(absl::StrCat(entries, " entries in lists, more than ", kMostRoundEntries));
  }
  for (AssembledRound::Pair& pair : assembled.pairs) {
    if (pair.together != Together::kUnspecified && pair.pair.first != pair.pair.second) {
      pair.pair.wishes = JointWishes(placed, instance.wishes, pair);
    }
    instance.pairs.push_back(std::move(pair.pair));
  }
  TROUPE_RETURN_IF_ERROR(ValidateInstance(instance));
  TROUPE_RETURN_IF_ERROR(CheckMechanism(instance, placed.certificate.mechanism));
  return placed;
}

}  // namespace troupe
