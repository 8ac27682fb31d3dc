#include "matcher/domain/outcome.h"

#include <algorithm>
#include <tuple>

namespace troupe {

OutcomeTally& OutcomeTally::operator+=(const OutcomeTally& other) {
  accepted += other.accepted;
  declined += other.declined;
  ratings += other.ratings;
  rating_hundredths += other.rating_hundredths;
  return *this;
}

OutcomeTally OutcomeTally::operator-() const {
  return {-accepted, -declined, -ratings, -rating_hundredths};
}

void OutcomeHistory::Add(const Outcome& outcome) {
  const auto at = std::lower_bound(
      outcomes.begin(), outcomes.end(), outcome, [](const Outcome& a, const Outcome& b) {
        return std::tie(a.profile, a.kind) < std::tie(b.profile, b.kind);
      });
  if (at == outcomes.end() || at->profile != outcome.profile || at->kind != outcome.kind) {
    outcomes.insert(at, outcome);
  } else if (at->time <= outcome.time) {
    *at = outcome;
  }
}

std::vector<std::pair<ProfileId, OutcomeTally>> TalliesOf(const OutcomeHistory& history) {
  std::vector<std::pair<ProfileId, OutcomeTally>> tallies;
  for (size_t first = 0; first < history.outcomes.size();) {
    const ProfileId profile = history.outcomes[first].profile;
    bool held = false, declined = false, booked = false;
    OutcomeTally tally;
    size_t limit = first;
    for (; limit < history.outcomes.size() && history.outcomes[limit].profile == profile; ++limit) {
      const Outcome& outcome = history.outcomes[limit];
      held |= outcome.kind == Outcome::Kind::kHeld;
      declined |= outcome.kind == Outcome::Kind::kDeclined;
      booked |= outcome.kind == Outcome::Kind::kBooked || outcome.kind == Outcome::Kind::kFinished;
      if (outcome.kind != Outcome::Kind::kRated) continue;
      tally.ratings = 1;
      tally.rating_hundredths = outcome.rating_hundredths;
    }
    tally.accepted = booked || (held && !declined);
    tally.declined = declined && !booked;
    if (!tally.IsZero()) tallies.emplace_back(profile, tally);
    first = limit;
  }
  return tallies;
}

}  // namespace troupe
