#include "matcher/hold/ladder.h"

#include <algorithm>

namespace troupe {
namespace {

bool StandsOn(const Hold& hold, Day day) { return hold.IsActive() && hold.days.Contains(day); }

}  // namespace

std::vector<const Hold*> LadderOn(const Agenda& agenda, Day day) {
  std::vector<const Hold*> ladder;
  for (const Hold& hold : agenda.holds) {
    if (StandsOn(hold, day)) ladder.push_back(&hold);
  }
  std::sort(ladder.begin(), ladder.end(),
            [](const Hold* a, const Hold* b) { return a->position < b->position; });
  return ladder;
}

const Hold* FirstOn(const Agenda& agenda, Day day) {
  const Hold* first = nullptr;
  for (const Hold& hold : agenda.holds) {
    if (StandsOn(hold, day) && (first == nullptr || hold.position < first->position)) {
      first = &hold;
    }
  }
  return first;
}

int32_t RankOn(const Agenda& agenda, const Hold& hold, Day day) {
  if (!StandsOn(hold, day)) return 0;
  int32_t rank = 1;
  for (const Hold& other : agenda.holds) {
    if (StandsOn(other, day) && other.position < hold.position) ++rank;
  }
  return rank;
}

std::vector<DayRank> RanksOf(const Agenda& agenda, const Hold& hold) {
  std::vector<DayRank> ranks;
  if (!hold.IsActive()) return ranks;
  for (Day day : hold.days) {
    ranks.push_back({.day = day,
                     .rank = RankOn(agenda, hold, day),
                     .holds = static_cast<int32_t>(LadderOn(agenda, day).size())});
  }
  return ranks;
}

Days FirstDaysOf(const Agenda& agenda, const Hold& hold) {
  if (!hold.IsActive()) return {};
  Days first = hold.days;
  for (const Hold* above : Above(agenda, hold)) first = first.Without(above->days);
  return first;
}

bool IsFirstEverywhere(const Agenda& agenda, const Hold& hold) {
  return hold.IsActive() && Above(agenda, hold).empty();
}

std::vector<const Hold*> Above(const Agenda& agenda, const Hold& hold) {
  std::vector<const Hold*> above;
  if (!hold.IsActive()) return above;
  for (const Hold& other : agenda.holds) {
    if (other.IsActive() && other.position < hold.position && other.days.Meets(hold.days)) {
      above.push_back(&other);
    }
  }
  return above;
}

}  // namespace troupe
