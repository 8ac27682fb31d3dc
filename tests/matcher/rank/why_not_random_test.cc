#include <algorithm>
#include <cstdlib>
#include <set>
#include <vector>

#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "matcher/domain/travel.h"
#include "matcher/index/pool_writer.h"
#include "matcher/rank/eligibility.h"
#include "matcher/rank/query.h"
#include "matcher/rank/why_not.h"
#include "tests/testing/random_market.h"

// Compares why-nots with what the engine says of random markets, and every
// change with all that are one unit smaller.

namespace troupe {
namespace {

using testing::Market;
using testing::RandomMarket;

// A profile and an opening on a day.
struct Pair {
  Profile profile;
  Project project;
  Opening opening;
  Day as_of;

  RequirementSet Failing() const { return FailuresOf(profile, project, opening, as_of); }
  RequirementSet FailingAfter(Edit edit) const {
    Pair changed = *this;
    Apply(MakeChange(std::move(edit)), changed.profile, changed.project, changed.opening);
    return changed.Failing();
  }
};

template <typename T>
std::vector<std::vector<T>> WithoutOneOf(const std::vector<T>& list) {
  std::vector<std::vector<T>> shorter;
  for (size_t i = 0; i < list.size(); ++i) {
    shorter.push_back(list);
    shorter.back().erase(shorter.back().begin() + static_cast<std::ptrdiff_t>(i));
  }
  return shorter;
}

std::vector<DaySpan> SpansOf(const std::set<Day>& days) {
  std::vector<DaySpan> spans;
  for (Day day : days) spans.push_back({day, day + 1});
  return Union(std::move(spans));
}

std::set<Day> DaysOf(const std::vector<DaySpan>& spans) {
  std::set<Day> days;
  for (const DaySpan& span : spans) {
    for (Day day = span.start; day < span.limit; day = day + 1) days.insert(day);
  }
  return days;
}

// Every move that is allowed and comes before `days`: smaller, or as small and
// later.
std::vector<Edit> MovesBefore(int32_t days, const Pair& pair) {
  const DaySpan span = *pair.opening.Dates();
  std::vector<Edit> moves;
  const int32_t most = days < 0 ? -days : days - 1;
  for (int32_t move = days < 0 ? days + 1 : -most; move <= most; ++move) {
    const bool searchable = span.limit + move <= pair.as_of + kCalendarHorizonDays;
    const bool ahead = move >= 0 || span.start + move >= pair.as_of;
    if (searchable && ahead) moves.push_back(Reschedule{.shift_window_days = move});
  }
  return moves;
}

// Edits of which each is a little less than one that should be the smallest.
struct Smaller {
  const Pair& pair;

  std::vector<Edit> operator()(const Reschedule& edit) const {
    if (edit.free_days.empty()) return MovesBefore(edit.shift_window_days, pair);
    std::vector<Edit> smaller = MovesBefore(kCalendarHorizonDays + 100, pair);
    const std::set<Day> freed = DaysOf(edit.free_days);
    for (Day day : freed) {
      std::set<Day> fewer = freed;
      fewer.erase(day);
      smaller.push_back(Reschedule{edit.shift_window_days, SpansOf(fewer)});
    }
    if (edit.shift_window_days > 0) {  // Not even with every day free.
      smaller.push_back(Reschedule{edit.shift_window_days - 1,
                                   {{pair.as_of - 1'000, pair.as_of + 1'000}}});
    }
    return smaller;
  }
  std::vector<Edit> operator()(RaiseCeiling edit) const {
    --edit.by.units;
    return {edit};
  }
  std::vector<Edit> operator()(const LearnLanguages& edit) const {
    std::vector<Edit> smaller;
    for (auto& words : WithoutOneOf(edit.languages)) smaller.push_back(LearnLanguages{words});
    return smaller;
  }
  std::vector<Edit> operator()(const LearnSkills& edit) const {
    std::vector<Edit> smaller;
    for (size_t i = 0; i < edit.skills.size(); ++i) {
      LearnSkills lower = edit;
      --lower.skills[i].level;
      smaller.push_back(lower);
    }
    return smaller;
  }
  std::vector<Edit> operator()(const ObtainCredentials& edit) const {
    std::vector<Edit> smaller;
    for (auto& words : WithoutOneOf(edit.credentials)) smaller.push_back(ObtainCredentials{words});
    return smaller;
  }
  std::vector<Edit> operator()(const WidenCasting& edit) const {
    std::vector<Edit> smaller;
    const auto less = [&](auto WidenCasting::*part) {
      WidenCasting narrower = edit;
      if (narrower.*part == decltype(edit.*part){}) return;
      narrower.*part = decltype(edit.*part){};
      smaller.push_back(narrower);
    };
    const auto by_one = [&](int32_t WidenCasting::*part) {
      WidenCasting narrower = edit;
      if (narrower.*part == 0) return;
      --(narrower.*part);
      smaller.push_back(narrower);
    };
    less(&WidenCasting::add_gender);
    less(&WidenCasting::any_gender);
    less(&WidenCasting::any_age);
    less(&WidenCasting::any_height);
    by_one(&WidenCasting::younger_by_years);
    by_one(&WidenCasting::older_by_years);
    by_one(&WidenCasting::shorter_by_cm);
    by_one(&WidenCasting::taller_by_cm);
    return smaller;
  }
  std::vector<Edit> operator()(const Unblock& edit) const {
    std::vector<Edit> smaller;
    for (auto part : {&Unblock::profile_allows_organization, &Unblock::project_allows_profile,
                      &Unblock::project_allows_organization}) {
      if (!(edit.*part)) continue;
      Unblock fewer = edit;
      fewer.*part = false;
      smaller.push_back(fewer);
    }
    return smaller;
  }
  // The rest has no size.
  template <typename Other>
  std::vector<Edit> operator()(const Other&) const {
    return {};
  }
};

// Calls `visit` with every profile beside every opening of a few markets, on
// days around today. Credits, which do not matter here, are left out.
template <typename Visit>
void ForEachPair(Visit visit) {
  for (uint64_t seed = 1; seed <= 3; ++seed) {
    const Market market = RandomMarket(seed, 20, 6);
    for (const Project& project : market.projects) {
      for (const Opening& opening : project.openings) {
        for (const Profile& profile : market.profiles) {
          const int32_t offset = static_cast<int32_t>(profile.id.value() % 7) - 3;
          Pair pair = {profile, project, opening, market.options.today + offset};
          pair.profile.credits.clear();
          visit(pair);
        }
      }
    }
  }
}

TEST(WhyNotRandomTest, NamesExactlyWhatTheEngineSaysFails) {
  const Market market = RandomMarket(7, 40, 10);
  PoolWriter writer;
  const auto pool = writer.Apply({.profiles = market.profiles,
                                  .projects = market.projects,
                                  .today = market.options.today}).pool;
  Rarities rarities(*pool, pool->today());
  for (const Project& project : market.projects) {
    for (const Opening& opening : project.openings) {
      const Demand& demand = *pool->FindOpening({project.id, opening.number});
      const Query query(*pool, demand, pool->today(), rarities);
      for (const Profile& profile : market.profiles) {
        const ProfileView view = *pool->FindProfile(profile.id);
        RequirementSet named;
        for (const Failure& failure : WhyNot(profile, project, opening, pool->today())) {
          named.Add(failure.requirement);
        }
        ASSERT_TRUE(named == FailuresOf(query, view, view.FindRole(demand.scalars.role)));
      }
    }
  }
}

TEST(WhyNotRandomTest, MendsEachFailureAloneAndNothingElse) {
  ForEachPair([](const Pair& pair) {
    const RequirementSet failing = pair.Failing();
    for (const Failure& failure :
         WhyNot(pair.profile, pair.project, pair.opening, pair.as_of)) {
      ASSERT_TRUE(failure.change.has_value()) << failure.text;
      RequirementSet left = pair.FailingAfter(failure.change->edit);
      ASSERT_FALSE(left.Has(failure.requirement)) << failure.text;
      left.Add(failure.requirement);
      ASSERT_TRUE(left == failing) << failure.text;
    }
  });
}

TEST(WhyNotRandomTest, MakesEverybodyEligibleByAllChangesTogether) {
  ForEachPair([](const Pair& pair) {
    const auto failures = WhyNot(pair.profile, pair.project, pair.opening, pair.as_of);
    ASSERT_TRUE(ChangesMakeEligible(failures, pair.profile, pair.project, pair.opening,
                                    pair.as_of));
  });
}

TEST(WhyNotRandomTest, ChangesNothingByMoreThanItMust) {
  int compared = 0;
  ForEachPair([&compared](const Pair& pair) {
    for (const Failure& failure :
         WhyNot(pair.profile, pair.project, pair.opening, pair.as_of)) {
      for (Edit& smaller : std::visit(Smaller{pair}, failure.change->edit)) {
        ++compared;
        ASSERT_TRUE(pair.FailingAfter(smaller).Has(failure.requirement))
            << failure.text << ": " << failure.change->text << ", but less is enough: "
            << MakeChange(smaller).text;
      }
    }
  });
  EXPECT_GT(compared, 1'000);
}

// How many of the days from `start` on are busy.
int32_t BusyIn(const std::set<Day>& busy, Day start, int32_t days) {
  return static_cast<int32_t>(
      std::count_if(busy.begin(), busy.end(),
                    [&](Day day) { return start <= day && day < start + days; }));
}

TEST(WhyNotRandomTest, FreesTheFewestDays) {
  int freed = 0;
  ForEachPair([&freed](const Pair& pair) {
    for (const Failure& failure :
         WhyNot(pair.profile, pair.project, pair.opening, pair.as_of)) {
      if (failure.requirement != Requirement::kCalendar) continue;
      const auto& edit = std::get<Reschedule>(failure.change->edit);
      if (edit.free_days.empty()) continue;
      // Blocks and travel: see WorkPlanTest.
      if (!pair.opening.window.has_value()) continue;
      if (TravelDays(pair.profile, pair.project, pair.opening) > 0) continue;
      const Window& asked = *pair.opening.window;
      const Day limit = asked.span.limit + edit.shift_window_days;
      const Day start = std::max(asked.span.start + edit.shift_window_days, pair.as_of);
      const std::set<Day> busy = DaysOf(pair.profile.BusySpans());
      int32_t fewest = BusyIn(busy, start, limit - start);
      if (asked.rule == Window::Rule::kAnyDays) fewest += asked.days - (limit - start);
      if (asked.rule == Window::Rule::kContiguousDays) {
        for (Day first = start; first + asked.days <= limit; first = first + 1) {
          fewest = std::min(fewest, BusyIn(busy, first, asked.days));
        }
      }
      ASSERT_EQ(static_cast<int32_t>(DaysOf(edit.free_days).size()), fewest);
      ++freed;
    }
  });
  EXPECT_GT(freed, 10);
}

}  // namespace
}  // namespace troupe
