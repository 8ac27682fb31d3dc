#include "matcher/rank/credit_walk.h"

#include <algorithm>

namespace troupe {
namespace {

using Chances = absl::flat_hash_map<Term, int64_t>;

// Somebody on the way.
struct Passer {
  ProfileView view;
  int64_t chance = 0;
};

bool WorkedOn(const ProfileView& view, Term production, Day as_of) {
  return std::any_of(view.credits.begin(), view.credits.end(), [&](const CreditRow& credit) {
    const ProductionRow& row = view.ProductionOf(credit);
    return row.production == production && row.date < as_of.since_epoch();
  });
}

// From somebody to each of their productions.
void Spread(const ProfileView& view, int64_t chance, Day as_of, Chances& chances) {
  const std::vector<Term> productions = ProductionsBefore(view, as_of);
  if (productions.empty()) return;
  const int64_t each = chance / static_cast<int64_t>(productions.size());
  if (each == 0) return;
  for (Term production : productions) chances[production] += each;
}

}  // namespace

std::vector<Term> ProductionsBefore(const ProfileView& view, Day as_of) {
  std::vector<Term> productions;
  for (const CreditRow& credit : view.credits) {
    const ProductionRow& row = view.ProductionOf(credit);
    if (row.date < as_of.since_epoch()) productions.push_back(row.production);
  }
  std::sort(productions.begin(), productions.end());
  productions.erase(std::unique(productions.begin(), productions.end()), productions.end());
  return productions;
}

CreditWalk::CreditWalk(const Pool& pool, const Demand& demand,
                       absl::Span<const ProfileView> people, int64_t people_attached,
                       Day as_of) {
  if (people.empty()) return;
  Chances first;
  for (const ProfileView& view : people) Spread(view, kCertain / people_attached, as_of, first);
  absl::flat_hash_map<ProfileId, Passer> passers;
  std::vector<ProfileView> crew;
  for (const auto& [production, chance] : first) {
    crew.clear();
    pool.ForEachOn(production, [&, term = production](const ProfileView& view) {
      if (WorkedOn(view, term, as_of)) crew.push_back(view);
    });
    if (crew.empty()) continue;
    const int64_t each = chance / static_cast<int64_t>(crew.size());
    for (const ProfileView& view : crew) {
      if (demand.IsAttached(view.scalars->id)) continue;
      Passer& passer = passers[view.scalars->id];
      passer.view = view;
      passer.chance += each;
    }
  }
  for (const auto& [id, passer] : passers) Spread(passer.view, passer.chance, as_of, chances_);
}

}  // namespace troupe
