#include "matcher/rank/fairness.h"

#include <algorithm>
#include <map>
#include <optional>

#include "absl/container/flat_hash_map.h"
#include "absl/strings/str_cat.h"
#include "matcher/base/millionths.h"
#include "matcher/domain/gazetteer.h"
#include "matcher/rank/eligibility.h"
#include "matcher/rank/find_profiles.h"

namespace troupe {
namespace {

constexpr char kNotStated[] = "not stated";
constexpr int32_t kRowsBetweenStops = 4'096;

std::string GenderOf(Gender gender) {
  switch (gender) {
    case Gender::kFemale:
      return "female";
    case Gender::kMale:
      return "male";
    case Gender::kNonBinary:
      return "non-binary";
    case Gender::kUnspecified:
      break;
  }
  return kNotStated;
}

std::string DecadeOf(const ProfileScalars& scalars) {
  if (scalars.playing_age_from == kNone) return kNotStated;
  const int decade = (scalars.playing_age_from + scalars.playing_age_to) / 2 / 10 * 10;
  return absl::StrCat(decade, "-", decade + 9);
}

std::string ProvinceOf(PlaceIndex home) {
  if (home == kNone) return kNotStated;
  const absl::Span<const Place> places = ShippedPlaces().places();
  const Place* place = &places[static_cast<size_t>(home)];
  while (place->parent != Place::kNoParent) place = &places[static_cast<size_t>(place->parent)];
  return place->id;
}

std::string GroupOf(const ProfileView& view, const RecordedQuestion& question,
                    GroupAttribute attribute) {
  switch (attribute) {
    case GroupAttribute::kGender:
      return GenderOf(view.scalars->gender);
    case GroupAttribute::kPlayingAge:
      return DecadeOf(*view.scalars);
    case GroupAttribute::kHome:
      return ProvinceOf(view.scalars->home);
    case GroupAttribute::kNewcomer:
      break;
  }
  return IsNewcomer(view, question.demand.scalars.role, question.asked) ? "newcomer"
                                                                        : "has credits";
}

// Of one opening, by group.
class QuestionCount {
 public:
  QuestionCount(const RecordedQuestion& question, GroupAttribute attribute,
                std::map<std::string, GroupCounts>& groups)
      : question_(question),
        attribute_(attribute),
        dated_(question.demand, question.asked),
        groups_(groups) {}

  // Of the people whom anything came of. What they are asked for may be what they
  // are not free for since.
  void CountOutcomes(const Pool& pool) {
    for (const Outcome& outcome : question_.history.outcomes) {
      const auto [at, is_new] = counted_.try_emplace(outcome.profile, nullptr);
      if (is_new) {
        const std::optional<ProfileView> view = pool.FindProfile(outcome.profile);
        if (!view.has_value() || !IsVisibleTo(*view, question_.demand.scalars.owner)) continue;
        at->second = &GroupOfView(*view);
        ++at->second->eligible;
      }
      if (at->second != nullptr) ++at->second->by_kind[static_cast<size_t>(outcome.kind)];
    }
  }

  void CountEligible(const ProfileView& view, const RoleRow& role) {
    if (counted_.contains(view.scalars->id) ||
        question_.demand.IsAttached(view.scalars->id) ||
        !IsVisibleTo(view, question_.demand.scalars.owner) || !IsEligible(dated_, view, &role)) {
      return;
    }
    ++GroupOfView(view).eligible;
  }

 private:
  GroupCounts& GroupOfView(const ProfileView& view) {
    return groups_[GroupOf(view, question_, attribute_)];
  }

  const RecordedQuestion& question_;
  const GroupAttribute attribute_;
  const DatedDemand dated_;
  std::map<std::string, GroupCounts>& groups_;
  // Of whom anything came; null: does not exist for the organization.
  absl::flat_hash_map<ProfileId, GroupCounts*> counted_;
};

}  // namespace

absl::StatusOr<std::vector<GroupCounts>> CountByGroup(const Pool& pool,
                                                      absl::Span<const RecordedQuestion> recorded,
                                                      GroupAttribute attribute,
                                                      const StopToken& stop) {
  std::map<std::string, GroupCounts> groups;
  for (const RecordedQuestion& question : recorded) {
    QuestionCount count(question, attribute, groups);
    count.CountOutcomes(pool);
    bool stopped = stop.StopRequested();
    int32_t rows = 0;
    pool.ForEachInRole(question.demand.scalars.role,
                       [&](const ProfileView& view, const RoleRow& role) {
                         count.CountEligible(view, role);
                         stopped |= ++rows % kRowsBetweenStops == 0 && stop.StopRequested();
                         return !stopped;
                       });
    if (stopped) return absl::CancelledError("the report was withdrawn");
  }
  std::vector<GroupCounts> counts;
  for (auto& [group, counted] : groups) {
    counted.group = group;
    counts.push_back(std::move(counted));
  }
  std::stable_sort(counts.begin(), counts.end(), [](const GroupCounts& a, const GroupCounts& b) {
    return a.eligible > b.eligible;
  });
  return counts;
}

std::vector<SelectionRate> SelectionRates(absl::Span<const GroupCounts> counts,
                                          Outcome::Kind kind) {
  std::vector<SelectionRate> rates;
  int64_t highest = 0, highest_of_all = 0;
  bool all_are_small = true;
  for (const GroupCounts& group : counts) {
    const int64_t selected = group.by_kind[static_cast<size_t>(kind)];
    const int64_t share = group.eligible == 0 ? 0 : Share(selected, group.eligible);
    rates.push_back({.selected = selected, .share = share});
    highest_of_all = std::max(highest_of_all, share);
    if (group.eligible < kSmallestGroup) continue;
    all_are_small = false;
    highest = std::max(highest, share);
  }
  if (all_are_small) highest = highest_of_all;
  for (SelectionRate& rate : rates) {
    rate.impact = highest == 0 ? kMillionths : Share(rate.share, highest);
  }
  return rates;
}

}  // namespace troupe
