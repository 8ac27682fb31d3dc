#include "matcher/rank/free_windows.h"

#include <algorithm>
#include <random>
#include <set>
#include <utility>

#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "matcher/index/pool_writer.h"
#include "matcher/index/profile_row.h"
#include "tests/testing/builders.h"
#include "tests/testing/dice.h"
#include "tests/testing/oracle.h"

namespace troupe {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;
using testing::OpeningBuilder;
using testing::OracleConsiders;
using testing::OracleFailures;
using testing::OracleQuestion;
using testing::ProfileBuilder;
using testing::ProjectBuilder;

constexpr Day kToday = Day(20780);  // 2026-11-23

std::vector<ShiftRun> ShiftsOf(const OpeningBuilder& opening, const ProfileBuilder& person,
                               size_t most = 5) {
  const Project project = ProjectBuilder().With(opening).Build();
  const ProfileRow row = MakeProfileRow(person.Build());
  return FreeShifts(MakeDemand(project, project.openings.front()), row.View(), kToday, kToday,
                    most);
}

TEST(FreeShiftsTest, GivesRunsOfStartsFromTodayOn) {
  EXPECT_THAT(ShiftsOf(OpeningBuilder().AllDays("2026-11-25", 3),
                       ProfileBuilder().Busy("2026-11-28", 4), 1),
              ElementsAre(ShiftRun{-2, 0}));
  EXPECT_THAT(ShiftsOf(OpeningBuilder().AllDays("2026-11-25", 3),
                       ProfileBuilder().Busy("2026-11-28", 4), 5),
              ElementsAre(ShiftRun{-2, 0}, ShiftRun{7, 400 - 5}));
}

TEST(FreeShiftsTest, GivesNoneThatEndsPastTheLastSearchableDay) {
  EXPECT_THAT(ShiftsOf(OpeningBuilder().AllDays("2026-11-25", 401), ProfileBuilder()), IsEmpty());
  EXPECT_THAT(ShiftsOf(OpeningBuilder().AllDays("2026-11-25", 400), ProfileBuilder()),
              ElementsAre(ShiftRun{-2, -2}));
}

// A project of several openings, asked about in a pool.
struct World {
  std::vector<Profile> profiles;
  Project project;

  ProjectWindowsAnswer Ask(size_t most = 5) const {
    PoolWriter writer;
    writer.Apply({.profiles = profiles, .today = kToday});
    ProjectWindowsQuestion question = {.as_of = kToday, .from = kToday, .most = most};
    for (const Opening& opening : project.openings) {
      question.openings.push_back(MakeDemand(project, opening));
    }
    return FindProjectWindows(*writer.pool(), question, NeverStop()).value();
  }
};

TEST(ProjectWindowsTest, WaitsForDistinctPeople) {
  // The one who could do both is free first; the writer follows two days later.
  const World world = {
      {ProfileBuilder().Id(1).Holds("director").Holds("writer").Build(),
       ProfileBuilder().Id(2).Holds("writer").Busy("2026-11-23", 2).Build()},
      ProjectBuilder()
          .With(OpeningBuilder().AllDays("2026-11-23", 2))
          .With(OpeningBuilder().Number(2).Role("writer").AllDays("2026-11-23", 2))
          .Build()};
  const ProjectWindowsAnswer answer = world.Ask();
  ASSERT_EQ(answer.windows.size(), 1u);
  EXPECT_EQ(answer.windows[0].shifts, (ShiftRun{2, 398}));
  EXPECT_THAT(answer.windows[0].people, ElementsAre(1, 2));
  EXPECT_EQ(answer.windows[0].before, (Shortage{.openings = {0, 1}, .seats = 2, .people = 1}));
}

TEST(ProjectWindowsTest, SaysWhatIsMissingWhereItCanNeverBeFilled) {
  const World world = {{ProfileBuilder().Id(1).Holds("director").Build()},
                       ProjectBuilder()
                           .With(OpeningBuilder().AllDays("2026-11-23", 2))
                           .With(OpeningBuilder().Number(2).Role("writer"))
                           .Build()};
  const ProjectWindowsAnswer answer = world.Ask();
  EXPECT_THAT(answer.windows, IsEmpty());
  EXPECT_EQ(answer.best_shift, 0);
  EXPECT_EQ(answer.shortage, (Shortage{.openings = {1}, .seats = 1, .people = 0}));
}

// How many seats can be filled: tries everybody, or nobody, for one seat after
// another.
int32_t MostFilled(const std::vector<std::set<uint64_t>>& wanted_by_seat, size_t seat,
                   std::set<uint64_t>& taken) {
  if (seat == wanted_by_seat.size()) return 0;
  int32_t most = MostFilled(wanted_by_seat, seat + 1, taken);
  for (uint64_t person : wanted_by_seat[seat]) {
    if (!taken.insert(person).second) continue;
    most = std::max(most, 1 + MostFilled(wanted_by_seat, seat + 1, taken));
    taken.erase(person);
  }
  return most;
}

// Which seats could be taken by whom, were all dates moved: by the oracle.
std::vector<std::set<uint64_t>> Wanted(const World& world, int32_t shift) {
  std::vector<std::set<uint64_t>> wanted;
  for (const Opening& opening : world.project.openings) {
    Opening moved = opening;
    moved.MoveDates(shift);
    const OracleQuestion question{&world.project, &moved, kToday, {}};
    std::set<uint64_t> people;
    for (const Profile& profile : world.profiles) {
      if (OracleConsiders(question, profile, false) && OracleFailures(question, profile).empty()) {
        people.insert(profile.id.value());
      }
    }
    for (int32_t seat = 0; seat < opening.OpenSeats(); ++seat) wanted.push_back(people);
  }
  return wanted;
}

World RandomWorld(uint64_t seed) {
  std::mt19937_64 rng(seed);
  testing::Dice dice(rng);
  World world;
  ProjectBuilder project;
  const char* const roles[] = {"director", "writer"};
  for (uint64_t id = 1; id <= 4; ++id) {
    ProfileBuilder person;
    person.Id(id).Holds(roles[dice.Below(2)]);
    if (dice.OneIn(2)) person.Home("zhengzhou");
    Profile built = person.Build();
    if (dice.OneIn(2)) built.roles.push_back({.role = built.roles[0].role == "director"
                                                          ? "writer"
                                                          : "director",
                                              .level = 2});
    std::vector<CalendarEntry> entries;
    for (int i = dice.Between(4, 12); i > 0; --i) {
      const Day start = kToday + dice.Between(0, 399);
      entries.push_back({.kind = CalendarEntry::Kind::kBusy,
                         .days = {start, start + dice.Between(1, 60)}});
    }
    built.calendar = Calendar(std::move(entries));
    built.travel.anywhere = true;
    world.profiles.push_back(built);
  }
  const Day start = kToday + dice.Between(-5, 30);
  for (uint32_t number = 1; number <= 2; ++number) {
    Opening opening = OpeningBuilder().Number(number).Role(roles[number - 1]).Build();
    const Day from = start + dice.Between(0, 10);
    opening.window = Window{.span = {from, from + dice.Between(1, 45)},
                            .rule = static_cast<Window::Rule>(dice.Between(1, 3))};
    if (opening.window->rule != Window::Rule::kAllDays) {
      opening.window->days = dice.Between(1, opening.window->span.length());
    }
    if (dice.OneIn(3)) opening.seats.push_back({.number = 2});
    project.With(OpeningBuilder(opening));
  }
  world.project = project.Place("xian").Build();
  return world;
}

TEST(ProjectWindowsTest, FindsWhatTryingEveryDayAndEverybodyFinds) {
  int windows = 0;
  int impossible = 0;
  for (uint64_t seed = 1; seed <= 60; ++seed) {
    const World world = RandomWorld(seed);
    const ProjectWindowsAnswer answer = world.Ask(100);
    const DaySpan a = world.project.openings[0].window->span;
    const DaySpan b = world.project.openings[1].window->span;
    const DaySpan dates = {std::min(a.start, b.start), std::max(a.limit, b.limit)};
    std::vector<ShiftRun> expected;
    int32_t most_filled = -1;
    std::optional<int32_t> best;
    for (int32_t shift = kToday - dates.start;
         dates.limit + shift <= kToday + kCalendarHorizonDays; ++shift) {
      const auto wanted = Wanted(world, shift);
      std::set<uint64_t> taken;
      const int32_t filled = MostFilled(wanted, 0, taken);
      if (filled > most_filled) {
        most_filled = filled;
        best = shift;
      }
      if (filled < static_cast<int32_t>(wanted.size())) continue;
      if (!expected.empty() && expected.back().last == shift - 1) {
        expected.back().last = shift;
      } else {
        expected.push_back({shift, shift});
      }
    }
    std::vector<ShiftRun> found;
    for (const ProjectWindow& window : answer.windows) found.push_back(window.shifts);
    ASSERT_EQ(found, expected) << "seed " << seed;
    windows += static_cast<int>(found.size());
    if (!expected.empty()) continue;
    ++impossible;
    ASSERT_EQ(answer.best_shift, best) << "seed " << seed;
  }
  EXPECT_GT(windows, 50);
  EXPECT_GT(impossible, 3);
}

}  // namespace
}  // namespace troupe
