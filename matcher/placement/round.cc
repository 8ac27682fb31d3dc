#include "matcher/placement/round.h"

#include <tuple>

#include "absl/container/flat_hash_map.h"
#include "absl/container/flat_hash_set.h"
#include "absl/strings/str_cat.h"
#include "matcher/domain/field.h"
#include "matcher/domain/field_rules.h"
#include "matcher/placement/list_rules.h"
#include "matcher/placement/program.h"

namespace troupe {
namespace {

constexpr size_t kMostTitleBytes = 200;
constexpr size_t kMostWordBytes = 63;
constexpr int32_t kMostLength = 1'000;
constexpr int32_t kMostGraduates = 2'000'000;

template <typename Id>
void CheckNames(const Field& field, const std::vector<Id>& ids, size_t most,
                absl::string_view noun) {
  if (ids.empty()) field.Report("is empty", absl::StrCat("name at least one ", noun));
  CheckCount(field, ids.size(), most);
  absl::flat_hash_set<Id> seen;
  for (size_t i = 0; i < ids.size(); ++i) {
    if (seen.insert(ids[i]).second) continue;
    field[i].Report("is in the list already", absl::StrCat("name each ", noun, " once"));
  }
}

void CheckStudio(const Field& field, const StudioTerms& studio) {
  RequireText(field["id"], studio.id, kMostWordBytes);
  CheckNumber(field["capacity"], studio.capacity, 1, kMostGraduates);
  CheckList(field["priorities"], studio.priorities, Program::kMostPriorities, "graduate");
}

void CheckRegion(const Field& field, const RegionTerms& region) {
  RequireText(field["id"], region.id, kMostWordBytes);
  CheckNumber(field["floor"], region.floor, 0, kMostGraduates);
  if (!region.cap.has_value()) return;
  CheckNumber(field["cap"], *region.cap, 0, kMostGraduates);
  if (*region.cap < region.floor) {
    field["cap"].Report(absl::StrCat("is ", *region.cap, ", below the floor of ", region.floor),
                        "raise the cap or lower the floor");
  }
}

void CheckReserve(const Field& field, const ReserveTerms& reserve) {
  RequireText(field["group"], reserve.group, kMostWordBytes);
  CheckNumber(field["seats"], reserve.seats, 1, Program::kMostSeats);
}

void CheckPair(const Field& field, const PairTerms& pair) {
  if (pair.first == pair.second) {
    field["second"].Report("is the same graduate as the first", "name two graduates");
  }
  const Field wishes = field["wishes"];
  CheckCount(wishes, pair.wishes.size(), Round::kMostPairWishes);
  const bool has_wishes = !pair.wishes.empty();
  if (has_wishes && pair.together != Together::kUnspecified) {
    field["together"].Report("is set beside wishes", "give one of the two");
  }
  if (!has_wishes && pair.together == Together::kUnspecified) {
    wishes.Report("is empty", "list pairs of programs, or say what the two want to have together");
  }
  for (size_t i = 0; i < pair.wishes.size(); ++i) {
    for (size_t j = 0; j < i; ++j) {
      if (pair.wishes[i] != pair.wishes[j]) continue;
      wishes[i].Report(absl::StrCat("is that of entry ", j, " too"), "list each pair once");
      break;
    }
  }
}

// The same seats twice are a mistake: of one reserve the number says how many.
void CheckReservesOnce(const Field& field, const std::vector<ReserveTerms>& reserves) {
  absl::flat_hash_map<std::tuple<ProgramId, absl::string_view, bool>, size_t> first;
  for (size_t i = 0; i < reserves.size(); ++i) {
    const ReserveTerms& reserve = reserves[i];
    const auto [known, is_new] =
        first.try_emplace({reserve.program, reserve.group, reserve.before_open}, i);
    if (is_new) continue;
    field[i].Report(absl::StrCat("is for the program and group of entry ", known->second, " too"),
                    "make one of the two");
  }
}

void CheckMembersOnce(const Field& field, const std::vector<PairTerms>& pairs) {
  absl::flat_hash_map<GraduateName, size_t> first;
  for (size_t i = 0; i < pairs.size(); ++i) {
    const Field pair = field[i];
    const auto check = [&](absl::string_view name, const GraduateName& member) {
      const auto [known, is_new] = first.try_emplace(member, i);
      if (is_new || known->second == i) return;
      pair[name].Report(absl::StrCat("is in pair ", known->second, " already"),
                        "put each graduate into one pair");
    };
    check("first", pairs[i].first);
    check("second", pairs[i].second);
  }
}

}  // namespace

Violations ValidateRound(const Round& round) {
  Violations found;
  const Field root(&found);
  CheckExternalId(root["external_id"], round.external_id);
  RequireText(root["title"], round.title, kMostTitleBytes);
  CheckNames(root["cohorts"], round.cohorts, Round::kMostCohorts, "cohort");
  CheckNames(root["programs"], round.programs, Round::kMostPrograms, "program");
  if (!round.mechanism.has_value()) {
    root["mechanism"].Report("is not set", "say by what rules to place: GRADUATES_PROPOSE, ...");
  }
  const Field derive = root["derive"];
  CheckNumber(derive["length"], round.derived_length, 0, kMostLength);
  CheckText(derive["model"], round.model, kMostTitleBytes);
  const Field studios = root["studios"];
  CheckEach(studios, round.studios, Round::kMostRows, CheckStudio);
  CheckDistinct(studios, round.studios, Round::kMostRows, "id", &StudioTerms::id);
  const Field regions = root["regions"];
  CheckEach(regions, round.regions, Round::kMostRows, CheckRegion);
  CheckDistinct(regions, round.regions, Round::kMostRows, "id", &RegionTerms::id);
  const Field reserves = root["reserves"];
  CheckEach(reserves, round.reserves, Round::kMostRows, CheckReserve);
  CheckReservesOnce(reserves, round.reserves);
  const Field pairs = root["pairs"];
  CheckEach(pairs, round.pairs, Round::kMostRows, CheckPair);
  CheckMembersOnce(pairs, round.pairs);
  return found;
}

}  // namespace troupe
