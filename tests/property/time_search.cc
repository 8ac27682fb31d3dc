#include "tests/property/time_search.h"

#include <time.h>

#include <algorithm>
#include <array>
#include <functional>
#include <random>
#include <thread>
#include <utility>

#include "absl/container/flat_hash_map.h"
#include "absl/strings/str_format.h"
#include "matcher/base/stop_token.h"
#include "matcher/domain/gazetteer.h"
#include "matcher/domain/role_taxonomy.h"
#include "matcher/domain/travel_rule.h"
#include "matcher/index/pool_writer.h"
#include "matcher/rank/eligibility.h"
#include "matcher/rank/find_profiles.h"
#include "services/cli/market_generator.h"
#include "services/convert/profile_conversion.h"
#include "tests/testing/dice.h"

namespace troupe::testing {
namespace {

constexpr Day kToday(20780);  // 2026-11-23
constexpr std::array<int32_t, 4> kLengths = {1, 7, 30, 90};
constexpr int64_t kBatch = 20'000;
constexpr int kRuns = 5;

// What a calendar was made of: entries in no order, some overlapping.
struct Entry {
  int16_t start = 0;  // From today.
  int16_t limit = 0;
};

// People as the scan sees them.
struct People {
  std::vector<Entry> entries;
  std::vector<uint32_t> ends;  // Of each person's entries.
  std::vector<int16_t> homes;
  absl::flat_hash_map<ProfileId, uint32_t> numbers;
  int64_t busy_days = 0;

  absl::Span<const Entry> EntriesOf(uint32_t person) const {
    const uint32_t first = person == 0 ? 0 : ends[person - 1];
    return absl::Span<const Entry>(entries).subspan(first, ends[person] - first);
  }
};

ProfileId IdOf(int64_t number) {  // Spread, as ids of the server are.
  return ProfileId((static_cast<uint64_t>(number) + 1) * 0x9e3779b97f4a7c15);
}

// As many days busy as free, in runs of some days, from before today to past the
// last searchable day; and holds, which do not make a day busy.
std::vector<CalendarEntry> HalfFull(Dice& dice) {
  std::vector<CalendarEntry> entries;
  const auto add = [&](CalendarEntry::Kind kind, Day from, Day to) {
    entries.push_back({.kind = kind, .days = {from, to}});
  };
  Day at = kToday - dice.Between(0, 20);
  while (at < kToday + 420) {
    const Day limit = at + dice.Between(1, 14);
    const auto kind = dice.OneIn(4)   ? CalendarEntry::Kind::kBooked
                      : dice.OneIn(6) ? CalendarEntry::Kind::kTravel
                                      : CalendarEntry::Kind::kBusy;
    if (limit - at > 4 && dice.OneIn(3)) {  // As two that overlap, the later first.
      add(kind, at + 2, limit);
      add(CalendarEntry::Kind::kBusy, at, limit - 1);
    } else {
      add(kind, at, limit);
    }
    at = limit + dice.Between(1, 14);
  }
  for (int holds = dice.Between(0, 3); holds > 0; --holds) {
    const Day from = kToday + dice.Between(0, 380);
    add(CalendarEntry::Kind::kHeld, from, from + dice.Between(1, 14));
  }
  return entries;
}

void Remember(const Profile& profile, People& people) {
  people.numbers.emplace(profile.id, static_cast<uint32_t>(people.ends.size()));
  for (const CalendarEntry& entry : profile.TakenUp()) {
    if (entry.kind == CalendarEntry::Kind::kHeld) continue;
    people.entries.push_back({static_cast<int16_t>(entry.days.start - kToday),
                              static_cast<int16_t>(entry.days.limit - kToday)});
  }
  people.ends.push_back(static_cast<uint32_t>(people.entries.size()));
  people.homes.push_back(
      static_cast<int16_t>(ShippedPlaces().IndexOf(profile.home_place)));
  for (const DaySpan& span : profile.BusySpans()) {
    people.busy_days += std::max(std::min(span.limit, kToday + kCalendarHorizonDays) -
                                     std::max(span.start, kToday),
                                 0);
  }
}

std::shared_ptr<const Pool> MakePool(const TimeSearchOptions& options, People& people) {
  const MarketGenerator market({.profiles = options.profiles,
                                .projects = 1,
                                .seed = options.seed,
                                .today = kToday});
  std::mt19937_64 rng(options.seed);
  Dice dice(rng);
  PoolWriter writer;
  Violations found;
  for (int64_t first = 0; first < options.profiles; first += kBatch) {
    PoolChange change{.today = kToday};
    for (int64_t i = first; i < std::min(first + kBatch, options.profiles); ++i) {
      Profile& profile = change.profiles.emplace_back(FromWire(market.Profile(i), found));
      profile.id = IdOf(i);
      profile.ownership.owner.slug = "agency";
      profile.ownership.findability = Findability::kFindable;
      profile.travel.anywhere = true;  // Days alone decide.
      if (options.half_full) profile.calendar = Calendar(HalfFull(dice));
      Remember(profile, people);
    }
    writer.Apply(change);
  }
  return writer.pool();
}

// Days to be worked, at a place, in a role.
struct Question {
  Project project;
  Demand demand;
};

Window RandomWindow(Dice& dice, int32_t first, int32_t length) {
  const Day start = kToday + first;
  Window window = {.span = {start, start + length},
                   .rule = static_cast<Window::Rule>(dice.Between(1, 3))};
  if (window.rule != Window::Rule::kAllDays) window.days = dice.Between(1, length);
  return window;
}

Question RandomQuestion(Dice& dice, const std::vector<std::string>& roles, int32_t length) {
  Opening opening;
  opening.number = 1;
  opening.role = dice.Pick(roles);
  opening.seats = {{.number = 1}};
  opening.state = Opening::State::kOpen;
  opening.trainees_allowed = true;
  const auto& places = ShippedPlaces().places();
  if (!dice.OneIn(8)) opening.place = places[dice.Below(places.size())].id;
  if (length >= 7 && dice.OneIn(4)) {  // The same days, as blocks.
    int32_t at = dice.Between(-3, kCalendarHorizonDays - length);
    for (int32_t left = length; left > 0;) {
      const int32_t block = std::min(left, dice.Between(1, 30));
      if (opening.blocks.size() < 16) {
        opening.blocks.push_back(RandomWindow(dice, at, block));
      }
      at += block;
      left -= block;
    }
    opening.blocks_needed = dice.Between(0, static_cast<int32_t>(opening.blocks.size()));
  } else {
    opening.window =
        RandomWindow(dice, dice.Between(-3, kCalendarHorizonDays - length), length);
    if (opening.window->span.limit <= kToday) opening.MoveDates(5);
  }
  Question question;
  question.project.id = ProjectId(1);
  question.project.ownership.owner.slug = "studio";
  question.project.openings = {opening};
  question.demand = MakeDemand(question.project, question.project.openings[0]);
  return question;
}

// Walks the entries of a calendar, then the days.
class IntervalScan {
 public:
  IntervalScan(const People& people, const Question& question)
      : people_(people), opening_(question.project.openings[0]) {
    const Role& role = *ShippedRoles().Find(opening_.role);
    place_ = role.remote_capable ? -1 : ShippedPlaces().IndexOf(opening_.place);
  }

  int32_t TravelOf(uint32_t person) const {
    const int home = people_.homes[person];
    if (home < 0 || place_ < 0) return 0;
    const Gazetteer& places = ShippedPlaces();
    if (places.IsWithin(home, place_) || places.IsWithin(place_, home)) return 0;
    const int32_t km = places.DistanceKm(home, place_);
    return km <= 150 ? 0 : km <= 2'500 ? 1 : 2;  // As the scoring document has it.
  }

  bool IsFree(uint32_t person) {
    const int32_t travel = TravelOf(person);
    if (opening_.window.has_value()) return CanWork(person, *opening_.window, travel);
    int32_t left = 0;
    int32_t can = 0;
    for (const Window& block : opening_.blocks) {
      if (block.span.limit <= kToday) continue;
      ++left;
      can += CanWork(person, block, travel);
    }
    const int32_t needed = opening_.blocks_needed == 0
                               ? static_cast<int32_t>(opening_.blocks.size())
                               : opening_.blocks_needed;
    return can >= std::min(needed, left);
  }

 private:
  bool CanWork(uint32_t person, const Window& window, int32_t travel) {
    const int32_t from = window.span.start - kToday;
    const int32_t to = window.span.limit - kToday;
    const int32_t begin = from - travel;
    const int32_t days = to + travel - begin;
    std::fill(busy_.begin(), busy_.begin() + days, uint8_t{0});
    for (const Entry& entry : people_.EntriesOf(person)) {
      for (int32_t at = std::max({entry.start - begin, -begin, 0});
           at < std::min<int32_t>(entry.limit - begin, days); ++at) {
        busy_[static_cast<size_t>(at)] = 1;
      }
    }
    const int32_t first_work = std::max(from, 0);
    const int32_t count =
        window.rule == Window::Rule::kAllDays ? to - first_work : window.days;
    // Every first day of work; of the last ones, the first that will do.
    for (int32_t first = first_work; first < to; ++first) {
      if (!AreFree(first - travel - begin, first + 1 - begin)) continue;
      int32_t worked = 0;
      for (int32_t day = first; day < to; ++day) {
        if (busy_[static_cast<size_t>(day - begin)] == 0) {
          ++worked;
        } else if (window.rule != Window::Rule::kAnyDays) {
          break;
        }
        if (worked < count || (count == 1 && day > first)) continue;
        if (AreFree(day - begin, day + 1 + travel - begin)) return true;
      }
      // What cannot end from the earliest first day cannot from a later one,
      // unless days run on.
      if (window.rule == Window::Rule::kAnyDays && count > 1) return false;
      if (window.rule == Window::Rule::kAllDays) return false;
    }
    return false;
  }

  bool AreFree(int32_t from, int32_t to) const {
    for (int32_t at = from; at < to; ++at) {
      if (busy_[static_cast<size_t>(at)] != 0) return false;
    }
    return true;
  }

  const People& people_;
  const Opening& opening_;
  int place_ = -1;
  std::array<uint8_t, 256> busy_{};
};

// Where somebody lies in the pool.
struct Candidate {
  const ProfileSegment* segment = nullptr;
  uint32_t row = 0;
};
using CandidatesByRole = std::vector<std::vector<Candidate>>;

CandidatesByRole CandidatesIn(const Pool& pool) {
  CandidatesByRole by_role(ShippedRoles().roles().size());
  for (size_t role = 0; role < by_role.size(); ++role) {
    for (const LiveSegment& segment : pool.segments()) {
      for (const RolePosting& posting : segment->RowsOf(static_cast<RoleIndex>(role))) {
        if (segment.IsLive(posting.row)) by_role[role].push_back({&*segment, posting.row});
      }
    }
  }
  return by_role;
}

// The window test of the engine and nothing else: how many are free.
int64_t CountFree(const std::vector<Candidate>& candidates, const Demand& demand) {
  const WorkPlan plan(demand, kToday);
  const PlaceIndex place = demand.scalars.remote_capable ? kNone : demand.scalars.place;
  int64_t free = 0;
  for (const Candidate& one : candidates) {
    free += plan.IsMetBy(one.segment->BusyAt(one.row),
                         TravelDays(one.segment->HomeAt(one.row), place));
  }
  return free;
}

const std::vector<Candidate>& CandidatesFor(const CandidatesByRole& by_role,
                                            const Question& question) {
  return by_role[static_cast<size_t>(question.demand.scalars.role)];
}

uint32_t NumberOf(const People& people, const Candidate& one) {
  return people.numbers.find(one.segment->IdAt(one.row))->second;
}

void Compare(const CandidatesByRole& by_role, const People& people, const Question& question,
             size_t first, size_t most, TimeSearchFigures& figures) {
  const WorkPlan plan(question.demand, kToday);
  IntervalScan scan(people, question);
  ++figures.questions;
  const std::vector<Candidate>& candidates = CandidatesFor(by_role, question);
  for (size_t at = first; at < std::min(first + most, candidates.size()); ++at) {
    const Candidate& one = candidates[at];
    const uint32_t person = NumberOf(people, one);
    const bool is_free = scan.IsFree(person);
    const bool engine =
        plan.IsMetBy(one.segment->BusyAt(one.row),
                     TravelDaysOf(question.demand, one.segment->ViewAt(one.row)));
    ++figures.pairs;
    figures.free_pairs += is_free;
    figures.with_travel += scan.TravelOf(person) > 0;
    figures.false_free += engine && !is_free;
    figures.missed += is_free && !engine;
  }
}

ProfilesQuestion AskedOf(const Question& question) {
  return {.demand = question.demand,
          .weights = ShippedWeights(question.demand.scalars.role),
          .as_of = kToday,
          .want_total = true};
}

// Of the thread, not of the wall: what else runs on the machine does not count.
double CpuNanoseconds(const std::function<void()>& run) {
  const auto now = [] {
    timespec time{};
    clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time);
    return static_cast<double>(time.tv_sec) * 1e9 + static_cast<double>(time.tv_nsec);
  };
  const double start = now();
  run();
  return now() - start;
}

double MedianOf(std::vector<double> values) {
  std::sort(values.begin(), values.end());
  return values[values.size() / 2];
}

int64_t CountFreeByScan(const CandidatesByRole& by_role, const People& people,
                        const Question& question) {
  IntervalScan scan(people, question);
  const std::vector<Candidate>& candidates = CandidatesFor(by_role, question);
  return std::count_if(candidates.begin(), candidates.end(), [&](const Candidate& one) {
    return scan.IsFree(NumberOf(people, one));
  });
}

WindowTimes TimeLength(const Pool& pool, const CandidatesByRole& by_role, const People& people,
                       int32_t length, const std::vector<Question>& asked,
                       TimeSearchFigures& figures) {
  WindowTimes times = {.days = length};
  std::vector<Question> questions;
  for (const Question& question : asked) {
    const int64_t free = CountFreeByScan(by_role, people, question);
    const ProfilesAnswer answer = FindProfiles(pool, AskedOf(question), NeverStop()).value();
    ++figures.whole_queries;
    figures.whole_differences += answer.total != free;
    if (free == 0) continue;  // The answer to why nobody is free takes its own time.
    times.candidates += static_cast<int64_t>(CandidatesFor(by_role, question).size());
    questions.push_back(question);
  }
  std::vector<double> window;
  std::vector<double> query;
  std::vector<double> ratios;
  int64_t counted = 0;
  for (int run = 0; run < kRuns; ++run) {
    window.push_back(CpuNanoseconds([&] {
      for (const Question& question : questions) counted += CountFree(CandidatesFor(by_role, question), question.demand);
    }));
    query.push_back(CpuNanoseconds([&] {
      for (const Question& question : questions) {
        counted -= FindProfiles(pool, AskedOf(question), NeverStop())->total.value();
      }
    }));
    ratios.push_back(window.back() / query.back());
  }
  figures.whole_differences += counted != 0;
  const auto candidates = static_cast<double>(times.candidates);
  times.window_ns = MedianOf(window) / candidates;
  times.query_ns = MedianOf(query) / candidates;
  times.ratio = MedianOf(ratios);
  return times;
}

// The roles that anybody has.
std::vector<std::string> RolesIn(const CandidatesByRole& by_role) {
  std::vector<std::string> roles;
  for (size_t role = 0; role < by_role.size(); ++role) {
    if (!by_role[role].empty()) roles.push_back(ShippedRoles().roles()[role].id);
  }
  return roles;
}

}  // namespace

TimeSearchFigures SearchByTime(const TimeSearchOptions& options) {
  People people;
  const std::shared_ptr<const Pool> pool = MakePool(options, people);
  const CandidatesByRole by_role = CandidatesIn(*pool);
  const std::vector<std::string> roles = RolesIn(by_role);
  TimeSearchFigures figures = {.profiles = options.profiles};
  const auto profiles = static_cast<double>(options.profiles);
  figures.busy_share = static_cast<double>(people.busy_days) / profiles / kCalendarHorizonDays;
  uint64_t bytes = 0;
  for (const LiveSegment& segment : pool->segments()) bytes += segment->bytes_in_memory();
  figures.bytes_a_profile = static_cast<double>(bytes) / profiles;

  std::mt19937_64 rng(options.seed + 1);
  Dice dice(rng);
  for (int32_t length : kLengths) {
    std::vector<Question> questions;
    for (int64_t i = 0; i < options.whole_queries; ++i) {
      questions.push_back(RandomQuestion(dice, roles, length));
    }
    figures.times.push_back(TimeLength(*pool, by_role, people, length, questions, figures));
  }

  std::vector<TimeSearchFigures> by_thread(options.threads);
  std::vector<std::thread> threads;
  for (size_t thread = 0; thread < options.threads; ++thread) {
    threads.emplace_back([&, thread] {
      std::mt19937_64 own(options.seed * 1'000 + thread);
      Dice own_dice(own);
      const auto count = static_cast<int64_t>(options.threads);
      for (auto i = static_cast<int64_t>(thread); i < options.questions; i += count) {
        const Question question =
            RandomQuestion(own_dice, roles, kLengths[static_cast<size_t>(i / count % 4)]);
        const size_t all = CandidatesFor(by_role, question).size();
        const size_t first = all <= options.people ? 0 : own_dice.Below(all - options.people + 1);
        Compare(by_role, people, question, first, options.people, by_thread[thread]);
      }
    });
  }
  for (std::thread& thread : threads) thread.join();
  for (const TimeSearchFigures& part : by_thread) {
    figures.questions += part.questions;
    figures.pairs += part.pairs;
    figures.free_pairs += part.free_pairs;
    figures.with_travel += part.with_travel;
    figures.false_free += part.false_free;
    figures.missed += part.missed;
  }
  return figures;
}

std::string ToJson(const TimeSearchFigures& figures) {
  std::string json = absl::StrFormat(
      "{\"profiles\": %d, \"busy_share\": %.3f, \"bytes_a_profile\": %.1f, \"questions\": %d, "
      "\"pairs\": %d, \"free_pairs\": %d, \"with_travel\": %d, \"false_free\": %d, "
      "\"missed\": %d, \"whole_queries\": %d, \"whole_differences\": %d, \"windows\": [",
      figures.profiles, figures.busy_share, figures.bytes_a_profile, figures.questions,
      figures.pairs, figures.free_pairs, figures.with_travel, figures.false_free, figures.missed,
      figures.whole_queries, figures.whole_differences);
  for (const WindowTimes& times : figures.times) {
    absl::StrAppendFormat(&json,
                          "%s{\"days\": %d, \"candidates\": %d, \"window_ns\": %.1f, "
                          "\"query_ns\": %.1f, \"ratio\": %.3f}",
                          &times == figures.times.data() ? "" : ", ", times.days,
                          times.candidates, times.window_ns, times.query_ns, times.ratio);
  }
  return json + "]}\n";
}

}  // namespace troupe::testing
