// Measures deferred acceptance against a textbook one, on the same round, in the same
// run and on one thread, and holds their placements against each other. Runs
// alternate, so that a machine that drifts slows all. Speeds mean nothing across runs;
// ratios do. A run is told in nanoseconds a proposal: how many proposals there are
// does not depend on who counts them.
#include <sys/resource.h>

#include <algorithm>
#include <chrono>
#include <cmath>
#include <cstdio>
#include <functional>
#include <optional>
#include <random>
#include <span>
#include <string>
#include <utility>
#include <vector>

#include "absl/flags/flag.h"
#include "absl/flags/parse.h"
#include "matcher/base/stop_token.h"
#include "matcher/placement/deferred_acceptance.h"
#include "matcher/placement/linked_pairs.h"
#include "matcher/placement/verify.h"
#include "matcher/placement/wish_table.h"
#include "tests/bench/textbook_placement.h"
#include "tests/testing/dice.h"

ABSL_FLAG(size_t, graduates, 52'000, "Of the round.");
ABSL_FLAG(size_t, programs, 2'150, "Where they can go.");
ABSL_FLAG(size_t, seats, 43'000, "Over all programs.");
ABSL_FLAG(size_t, choices, 15, "Programs in each graduate's list.");
ABSL_FLAG(double, skew, 1,
          "How much alike graduates' lists are: 1 not at all; 2 favours programs by the square.");
ABSL_FLAG(double, pairs, 0, "Share of graduates who are linked in pairs, in a round of its own.");
ABSL_FLAG(uint64_t, seed, 1, "Of the round.");
ABSL_FLAG(int, runs, 5, "Of each, in turns.");

namespace troupe::testing {
namespace {

// Graduates list programs in any order, some more often than others; programs rank
// those who list them in any order.
Instance RandomInstance(uint64_t seed) {
  const size_t graduates = absl::GetFlag(FLAGS_graduates);
  const size_t programs = absl::GetFlag(FLAGS_programs);
  const size_t choices = std::min(absl::GetFlag(FLAGS_choices), programs);
  const double skew = absl::GetFlag(FLAGS_skew);
  std::mt19937_64 rng(seed);
  Dice dice(rng);
  Instance instance;
  const size_t seats = absl::GetFlag(FLAGS_seats);
  for (size_t i = 0; i < programs; ++i) {
    const size_t capacity = seats / programs + (i < seats % programs);
    instance.programs.push_back(
        {.id = std::to_string(i), .capacity = static_cast<int32_t>(capacity)});
  }
  std::vector<std::vector<uint32_t>> listed_by(programs);
  instance.wishes.Reserve(graduates, graduates * choices);
  std::vector<uint32_t> list;
  for (uint32_t graduate = 0; graduate < graduates; ++graduate) {
    instance.graduates.push_back(std::to_string(graduate));
    for (list.clear(); list.size() < choices;) {
      const double drawn = static_cast<double>(dice.Below(1 << 30)) / (1 << 30);
      const auto program =
          static_cast<uint32_t>(static_cast<double>(programs) * std::pow(drawn, skew));
      if (std::find(list.begin(), list.end(), program) == list.end()) list.push_back(program);
    }
    instance.wishes.Add(list);
    for (uint32_t program : list) listed_by[program].push_back(graduate);
  }
  instance.priorities.Reserve(programs, graduates * choices);
  for (std::vector<uint32_t>& by : listed_by) {
    for (size_t i = 0; i + 1 < by.size(); ++i) std::swap(by[i], by[i + dice.Below(by.size() - i)]);
    instance.priorities.Add(by);
    by = {};
  }
  return instance;
}

// The first graduates in pairs: each wishes the other's list beside its own.
void LinkPairs(double share, Instance& instance) {
  const auto graduates = static_cast<double>(instance.graduates.size());
  const auto pairs = static_cast<uint32_t>(share * graduates / 2);
  for (uint32_t row = 0; row < pairs; ++row) {
    LinkedPair pair = {.first = 2 * row, .second = 2 * row + 1};
    const std::span<const uint32_t> first = instance.wishes[pair.first];
    const std::span<const uint32_t> second = instance.wishes[pair.second];
    for (size_t i = 0; i < first.size(); ++i) pair.wishes.push_back({first[i], second[i]});
    instance.pairs.push_back(std::move(pair));
  }
}

double NanosecondsOf(const std::function<void()>& run) {
  const auto start = std::chrono::steady_clock::now();
  run();
  return std::chrono::duration<double, std::nano>(std::chrono::steady_clock::now() - start).count();
}

double MedianOf(std::vector<double> values) {
  std::sort(values.begin(), values.end());
  return values[values.size() / 2];
}

// One of those that are compared, with its times.
struct Contender {
  const char* name;
  std::function<void()> prepare;
  std::function<std::vector<uint32_t>()> place;
  std::vector<double> preparing = {};
  std::vector<double> placing = {};
  std::vector<double> whole = {};
};

void PrintRatio(const char* what, const std::vector<double>& theirs,
                const std::vector<double>& ours) {
  std::vector<double> ratios;
  for (size_t i = 0; i < ours.size(); ++i) ratios.push_back(theirs[i] / ours[i]);
  std::printf("  %s %.2f (", what, MedianOf(ratios));
  for (double ratio : ratios) std::printf(" %.2f", ratio);
  std::printf(" )\n");
}

double MegabytesAtMost() {
  rusage usage;
  getrusage(RUSAGE_SELF, &usage);
  return static_cast<double>(usage.ru_maxrss) / 1024;
}

void MeasurePairs(const Instance& singles) {
  Instance linked = singles;
  LinkPairs(absl::GetFlag(FLAGS_pairs), linked);
  std::vector<double> with, without;
  std::vector<uint32_t> placed;
  for (int run = 0; run < absl::GetFlag(FLAGS_runs); ++run) {
    without.push_back(NanosecondsOf([&] { (void)GraduatesPropose(singles, NeverStop()); }));
    with.push_back(NanosecondsOf([&] {
      placed = *PlaceWithPairs(linked, absl::GetFlag(FLAGS_seed), NeverStop());
    }));
  }
  std::printf("%zu linked pairs: %.1f ms, singles %.1f ms; %zu block\n", linked.pairs.size(),
              MedianOf(with) / 1e6, MedianOf(without) / 1e6,
              BreachesOf(linked, Mechanism::kLinkedPairs, placed).size());
  PrintRatio("linked / singles", with, without);
}

int Run() {
  const Instance instance = RandomInstance(absl::GetFlag(FLAGS_seed));
  const double instance_megabytes = MegabytesAtMost();
  std::optional<WishTable> table;
  TextbookPlacement beside(instance, TextbookPlacement::Lookup::kBesideWish);
  TextbookPlacement by_halves(instance, TextbookPlacement::Lookup::kInProgramsList);
  std::vector<Contender> contenders = {
      {"ours", [&] { table.emplace(instance); },
       [&] { return *GraduatesPropose(*table, SeatsOf(instance), NeverStop()); }},
      {"textbook, places beside wishes", [&] { beside.Prepare(); }, [&] { return beside.Place(); }},
      {"textbook, looks places up", [&] { by_halves.Prepare(); },
       [&] { return by_halves.Place(); }}};
  double our_megabytes = 0;
  for (int run = 0; run < absl::GetFlag(FLAGS_runs); ++run) {
    std::vector<std::vector<uint32_t>> placed;
    for (Contender& contender : contenders) {
      contender.preparing.push_back(NanosecondsOf(contender.prepare));
      contender.placing.push_back(NanosecondsOf([&] { placed.push_back(contender.place()); }));
      contender.whole.push_back(contender.preparing.back() + contender.placing.back());
      if (our_megabytes == 0) our_megabytes = MegabytesAtMost();
    }
    const auto differs = [&](const auto& other) { return other != placed[0]; };
    if (std::any_of(placed.begin(), placed.end(), differs)) {
      std::printf("the placements differ\n");
      return 1;
    }
  }
  const auto proposals = static_cast<double>(beside.proposals());
  std::printf("seed %llu, skew %.1f: %zu graduates x %zu choices, %zu programs, %zu seats: "
              "%.0f proposals; all placements equal\n",
              static_cast<unsigned long long>(absl::GetFlag(FLAGS_seed)),
              absl::GetFlag(FLAGS_skew), instance.graduates.size(), absl::GetFlag(FLAGS_choices),
              instance.programs.size(), absl::GetFlag(FLAGS_seats), proposals);
  std::printf("at most %.0f MB with our first run, of which %.0f are the round as it came\n",
              our_megabytes, instance_megabytes);
  std::printf("ns a proposal, medians of %d alternating runs: placing, preparing, both\n",
              absl::GetFlag(FLAGS_runs));
  for (const Contender& contender : contenders) {
    std::printf("  %-32s %7.1f %7.1f %7.1f\n", contender.name,
                MedianOf(contender.placing) / proposals, MedianOf(contender.preparing) / proposals,
                MedianOf(contender.whole) / proposals);
  }
  for (size_t i = 1; i < contenders.size(); ++i) {
    std::printf("%s / ours\n", contenders[i].name);
    PrintRatio("placing", contenders[i].placing, contenders[0].placing);
    PrintRatio("both   ", contenders[i].whole, contenders[0].whole);
  }
  if (absl::GetFlag(FLAGS_pairs) > 0) MeasurePairs(instance);
  return 0;
}

}  // namespace
}  // namespace troupe::testing

int main(int argc, char** argv) {
  absl::ParseCommandLine(argc, argv);
  return troupe::testing::Run();
}
