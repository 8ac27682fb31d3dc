#include "services/placement/explain_placement.h"

#include <algorithm>
#include <map>
#include <optional>
#include <string>
#include <tuple>
#include <utility>

#include "absl/container/flat_hash_set.h"
#include "absl/strings/str_cat.h"
#include "matcher/base/status_macros.h"
#include "matcher/domain/role_taxonomy.h"
#include "matcher/index/profile_row.h"
#include "matcher/placement/lottery.h"
#include "matcher/placement/what_if.h"
#include "matcher/rank/comparison.h"
#include "matcher/rank/role_adjacency.h"
#include "services/convert/placement_names.h"
#include "services/convert/resource_names.h"
#include "services/placement/run_round.h"
#include "services/records/profile_record.h"
#include "services/records/project_record.h"

namespace troupe {
namespace {

constexpr size_t kMostRoles = 6;
constexpr size_t kMostSkills = 6;
constexpr size_t kMostWishes = 6;
constexpr size_t kMostProgramsForSkills = 300;

using Reason = OutOfReach::Reason;

v1::OutOfReach::Reason ToWire(Reason reason) {
  static_assert(static_cast<int>(Reason::kNotRanked) + 1 == v1::OutOfReach::REASON_NOT_RANKED);
  static_assert(static_cast<int>(Reason::kNotKept) + 1 == v1::OutOfReach::REASON_NOT_KEPT);
  return static_cast<v1::OutOfReach::Reason>(static_cast<int>(reason) + 1);
}

// Ranks count from 1 for people; 0: none.
int32_t RankForPeople(uint32_t rank) { return rank == kNoRow ? 0 : static_cast<int32_t>(rank) + 1; }

std::string Sentence(const OutOfReach& out, absl::string_view title) {
  const std::string seats = out.seats == 1 ? "its seat" : absl::StrCat("its ", out.seats, " seats");
  switch (out.reason) {
    case Reason::kNotRanked:
      return absl::StrCat(title, " does not rank the graduate.");
    case Reason::kProgramFull:
      return absl::StrCat(title, " gave ", seats, " to graduates up to rank ", out.cutoff + 1,
                          "; the graduate has rank ", out.rank + 1, ".");
    case Reason::kStudioFull:
      return absl::StrCat("The studio of ", title, " took as many as it may, up to rank ",
                          out.cutoff + 1, "; the graduate has rank ", out.rank + 1, ".");
    case Reason::kRegionFull:
      return absl::StrCat("The region of ", title, " is at its cap.");
    case Reason::kSeatReserved:
      return absl::StrCat("What is left of ", seats, " at ", title,
                          " is for a group that the graduate is not in.");
    case Reason::kSeatClosed:
      return absl::StrCat(title, " keeps a seat empty so that other regions reach their floors.");
    case Reason::kPartner:
      return absl::StrCat("At ", title, " there was no room for both of the pair.");
    case Reason::kNotKept:
      return absl::StrCat(title, " would rather have the graduate, too: this is one of the round's "
                          "admitted breaches.");
  }
  return "";
}

const LinkedPair* PairOf(const Instance& instance, uint32_t graduate) {
  for (const LinkedPair& pair : instance.pairs) {
    if (pair.first == graduate || pair.second == graduate) return &pair;
  }
  return nullptr;
}

std::string RoleNameOf(RoleIndex role) {
  return ShippedRoles().roles()[static_cast<size_t>(role)].name_en;
}

// Looks for changes that place one graduate.
class ChangeSearch {
 public:
  ChangeSearch(const ViewSnapshot& now, const DerivationRules& rules, const PlacedRound& placed,
               uint32_t graduate, const StopToken& stop)
      : now_(now),
        rules_(rules),
        placed_(placed),
        graduate_(graduate),
        stop_(stop),
        what_if_(rules, placed),
        current_(placed.placement().program_of[graduate]) {}

  absl::StatusOr<std::vector<v1::PlacementChange>> Run(bool further_wishes) {
    if (ToWire(placed_, graduate_).choice() == 1) return std::vector<v1::PlacementChange>();
    TROUPE_RETURN_IF_ERROR(ReadProfile());
    if (profile_.has_value()) {
      TROUPE_RETURN_IF_ERROR(TryRoles());
      TROUPE_RETURN_IF_ERROR(TrySkills());
    }
    if (further_wishes && current_ == kNoRow) TROUPE_RETURN_IF_ERROR(TryWishes());
    std::stable_sort(found_.begin(), found_.end(), [](const Found& a, const Found& b) {
      return std::tie(a.choice, b.change) < std::tie(b.choice, a.change);
    });
    std::vector<v1::PlacementChange> changes;
    for (Found& found : found_) changes.push_back(std::move(found.wire));
    return changes;
  }

  int32_t tried() const { return tried_; }

 private:
  struct Found {
    size_t choice;   // Position in the graduate's list; after all of it if not in it.
    int64_t change;  // Readiness: the likelier first.
    v1::PlacementChange wire;
  };

  absl::Status ReadProfile() {
    const ProfileId id = placed_.profiles[graduate_];
    if (!id) return absl::OkStatus();
    TROUPE_ASSIGN_OR_RETURN(const auto stored, now_.Get({EntityKind::kProfile, id.value()}));
    if (!stored.has_value()) return absl::OkStatus();
    TROUPE_ASSIGN_OR_RETURN(profile_, ParseProfile(stored->bytes));
    return absl::OkStatus();
  }

  // Programs that rank by scores: only there does a profile count.
  bool Judges(uint32_t program) const {
    return what_if_.DerivesPriorities(program) && !placed_.programs[program].openings.empty();
  }

  absl::Status TryRoles() {
    const ProfileRow row = MakeProfileRow(*profile_);
    const ProfileView view = row.View();
    absl::flat_hash_set<RoleIndex> asked;
    for (uint32_t program = 0; program < placed_.programs.size(); ++program) {
      if (!Judges(program)) continue;
      for (const OpeningId opening : placed_.programs[program].openings) {
        const Demand* demand = rules_.pool->FindOpening(opening);
        if (demand == nullptr) continue;
        const RoleRow* held = view.FindRole(demand->scalars.role);
        if (held == nullptr || held->grow_into) asked.insert(demand->scalars.role);
      }
    }
    std::vector<std::pair<int64_t, RoleIndex>> ready;  // The readiest first.
    for (const RoleIndex role : asked) {
      ready.emplace_back(-RoleAdjacency::Shipped().LikeliestInto(role, view.roles).chance, role);
    }
    std::sort(ready.begin(), ready.end());
    if (ready.size() > kMostRoles) ready.resize(kMostRoles);
    for (const auto& [readiness, role] : ready) {
      Profile with = *profile_;
      const std::string& id = ShippedRoles().roles()[static_cast<size_t>(role)].id;
      std::erase_if(with.roles, [&](const ProfileRole& held) { return held.role == id; });
      with.roles.push_back({.role = id, .level = 1});
      v1::PlacementChange change;
      change.set_kind(v1::PlacementChange::KIND_FURTHER_ROLE);
      change.set_role(id);
      change.set_readiness_millionths(-readiness);
      TROUPE_RETURN_IF_ERROR(TryProfile(with, std::move(change),
                                        absl::StrCat("As a ", RoleNameOf(role), ", too,")));
    }
    return absl::OkStatus();
  }

  // Skills whose lack alone keeps the person out, by how many openings ask for them.
  absl::Status TrySkills() {
    const ProfileRow row = MakeProfileRow(*profile_);
    const ProfileView view = row.View();
    std::map<std::pair<std::string, int32_t>, int32_t> lacking;
    size_t looked_at = 0;
    for (uint32_t program = 0;
         program < placed_.programs.size() && looked_at < kMostProgramsForSkills; ++program) {
      if (!Judges(program)) continue;
      const std::vector<OpeningId>& openings = placed_.programs[program].openings;
      for (size_t i = 0; i < openings.size(); ++i) {
        const Demand* demand = rules_.pool->FindOpening(openings[i]);
        if (demand == nullptr || view.FindRole(demand->scalars.role) == nullptr) continue;
        if (!what_if_.JudgeOf(program).LacksSkillsOnly(i, view)) continue;
        ++looked_at;
        TROUPE_RETURN_IF_ERROR(NoteMissing(openings[i], lacking));
      }
    }
    std::vector<std::pair<int32_t, std::pair<std::string, int32_t>>> most;
    for (const auto& [skill, openings] : lacking) most.emplace_back(-openings, skill);
    std::sort(most.begin(), most.end());
    if (most.size() > kMostSkills) most.resize(kMostSkills);
    for (const auto& [openings, skill] : most) {
      Profile with = *profile_;
      std::erase_if(with.skills, [&, &word = skill.first](const Skill& held) {
        return held.skill == word;
      });
      with.skills.push_back({.skill = skill.first, .level = skill.second});
      v1::PlacementChange change;
      change.set_kind(v1::PlacementChange::KIND_SKILL);
      change.set_skill(skill.first);
      TROUPE_RETURN_IF_ERROR(
          TryProfile(with, std::move(change),
                     absl::StrCat("With ", skill.first, " at level ", skill.second, ",")));
    }
    return absl::OkStatus();
  }

  absl::Status NoteMissing(OpeningId opening,
                           std::map<std::pair<std::string, int32_t>, int32_t>& lacking) {
    TROUPE_ASSIGN_OR_RETURN(const auto stored,
                            now_.Get({EntityKind::kProject, opening.project.value()}));
    if (!stored.has_value()) return absl::OkStatus();
    TROUPE_ASSIGN_OR_RETURN(const Project project, ParseProject(stored->bytes));
    const Opening* found = project.FindOpening(opening.number);
    if (found == nullptr) return absl::OkStatus();
    const Comparison comparison(*profile_, project, *found, rules_.as_of);
    const std::vector<Skill> missing = comparison.MissingSkills();
    if (missing.size() == 1) ++lacking[{missing.front().skill, missing.front().level}];
    return absl::OkStatus();
  }

  absl::Status TryProfile(const Profile& with, v1::PlacementChange change, std::string how) {
    const ProfileRow row = MakeProfileRow(with);
    return Note(what_if_.WithProfile(graduate_, row.View(), stop_), std::move(change), how);
  }

  // Those that have an empty seat, or would put the graduate above somebody they took,
  // first.
  absl::Status TryWishes() {
    std::vector<std::pair<bool, uint32_t>> further;
    const Instance instance = PlacedInstance(placed_);
    for (const uint32_t program : what_if_.FurtherPrograms(graduate_)) {
      const uint32_t cutoff = placed_.placement().cutoffs.programs[program];
      const auto list = instance.priorities[program];
      const auto at = std::find(list.begin(), list.end(), graduate_);
      const bool above = at != list.end() && cutoff != kNoRow &&
                         static_cast<uint32_t>(at - list.begin()) < cutoff;
      further.emplace_back(cutoff != kNoRow && !above, program);
    }
    std::sort(further.begin(), further.end());
    if (further.size() > kMostWishes) further.resize(kMostWishes);
    for (const auto& [later, program] : further) {
      v1::PlacementChange change;
      change.set_kind(v1::PlacementChange::KIND_FURTHER_WISH);
      TROUPE_RETURN_IF_ERROR(Note(what_if_.WithWish(graduate_, program, stop_), std::move(change),
                                  "With one program more at the end of the list,"));
    }
    return absl::OkStatus();
  }

  absl::Status Note(const absl::StatusOr<uint32_t>& placed_at, v1::PlacementChange change,
                    absl::string_view how) {
    if (absl::IsCancelled(placed_at.status())) return placed_at.status();
    ++tried_;
    if (!placed_at.ok() || *placed_at == kNoRow || *placed_at == current_) return absl::OkStatus();
    const auto wishes = placed_.instance().wishes[graduate_];
    const auto choice = static_cast<size_t>(
        std::find(wishes.begin(), wishes.end(), *placed_at) - wishes.begin());
    const auto now = static_cast<size_t>(
        std::find(wishes.begin(), wishes.end(), current_) - wishes.begin());
    if (current_ != kNoRow && choice >= now) return absl::OkStatus();
    change.set_program(FormatName(placed_.programs[*placed_at].id));
    change.set_text(absl::StrCat(how, " the graduate would have been placed at ",
                                 placed_.programs[*placed_at].title, "."));
    found_.push_back({choice, change.readiness_millionths(), std::move(change)});
    return absl::OkStatus();
  }

  const ViewSnapshot& now_;
  const DerivationRules& rules_;
  const PlacedRound& placed_;
  const uint32_t graduate_;
  const StopToken& stop_;
  WhatIf what_if_;
  const uint32_t current_;
  std::optional<Profile> profile_;
  std::vector<Found> found_;
  int32_t tried_ = 0;
};

}  // namespace

v1::GraduatePlacement ToWire(const PlacedRound& placed, uint32_t graduate) {
  const Instance& instance = placed.instance();
  v1::GraduatePlacement wire;
  wire.set_graduate(FormatName(placed.NameOf(graduate)));
  if (placed.profiles[graduate]) wire.set_profile(FormatName(placed.profiles[graduate]));
  const uint32_t program = placed.placement().program_of[graduate];
  if (program != kNoRow) wire.set_program(FormatName(placed.programs[program].id));
  const LinkedPair* pair = PairOf(instance, graduate);
  if (pair == nullptr) {
    const auto list = instance.wishes[graduate];
    wire.set_choices(static_cast<int32_t>(list.size()));
    const auto at = std::find(list.begin(), list.end(), program);
    if (at == list.end()) return wire;
    const auto position = static_cast<size_t>(at - list.begin());
    wire.set_choice(static_cast<int32_t>(instance.wishes.RankAt(graduate, position)) + 1);
    return wire;
  }
  wire.set_choices(static_cast<int32_t>(pair->wishes.size()));
  const std::vector<uint32_t>& program_of = placed.placement().program_of;
  const ProgramPair got{program_of[pair->first], program_of[pair->second]};
  const auto at = std::find(pair->wishes.begin(), pair->wishes.end(), got);
  if (at != pair->wishes.end()) {
    wire.set_choice(static_cast<int32_t>(at - pair->wishes.begin()) + 1);
  }
  return wire;
}

Instance PlacedInstance(const PlacedRound& placed) {
  if (placed.certificate.mechanism == Mechanism::kLargestStable) return placed.instance();
  return BreakTies(placed.instance(), placed.certificate.seed);
}

std::vector<v1::OutOfReach> OutOfReachOf(const PlacedRound& placed, const Instance& instance,
                                         uint32_t graduate) {
  std::vector<v1::OutOfReach> wire;
  for (const OutOfReach& out : WhyOutOfReach(instance, placed.certificate.mechanism,
                                             placed.placement(), graduate)) {
    v1::OutOfReach& added = wire.emplace_back();
    added.set_program(FormatName(placed.programs[out.program].id));
    added.set_reason(ToWire(out.reason));
    added.set_rank(RankForPeople(out.rank));
    added.set_cutoff(RankForPeople(out.cutoff));
    added.set_seats(out.seats);
    added.set_text(Sentence(out, placed.programs[out.program].title));
  }
  return wire;
}

absl::StatusOr<std::vector<v1::PlacementChange>> ChangesFor(const ViewSnapshot& now,
                                                            const OrganizationId& owner,
                                                            const PlacedRound& placed,
                                                            uint32_t graduate,
                                                            const ChangesWanted& wanted,
                                                            const StopToken& stop) {
  if (PairOf(placed.instance(), graduate) != nullptr) return std::vector<v1::PlacementChange>();
  TROUPE_ASSIGN_OR_RETURN(const ScoringModel model, ModelOf(now, owner, placed.model));
  const DerivationRules rules{.pool = &now.pool(),
                              .model = &model,
                              .asker = OrganizationTerm(owner),
                              .as_of = now.pool().today()};
  ChangeSearch search(now, rules, placed, graduate, stop);
  TROUPE_ASSIGN_OR_RETURN(std::vector<v1::PlacementChange> changes,
                          search.Run(wanted.further_wishes));
  if (wanted.tried != nullptr) *wanted.tried += search.tried();
  return changes;
}

}  // namespace troupe
