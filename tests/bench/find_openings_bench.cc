// Measures FindOpenings against a row scan on flat arrays: the same market,
// questions, flags and thread, in turns, so that a machine that drifts slows
// both, and holds their answers against each other. Speeds mean nothing across
// runs; the ratio does. Also checks that nothing is found that is a draft,
// closed, filled, past or hidden from who asks. Prints one JSON object.
#include <time.h>

#include <algorithm>
#include <cstdio>
#include <functional>
#include <numeric>
#include <vector>

#include "absl/flags/flag.h"
#include "absl/flags/parse.h"
#include "matcher/base/stop_token.h"
#include "matcher/index/pool_writer.h"
#include "matcher/rank/find_openings.h"
#include "services/cli/market_generator.h"
#include "services/convert/profile_conversion.h"
#include "services/convert/project_conversion.h"
#include "services/convert/resource_names.h"
#include "tests/bench/flat_offers.h"

ABSL_FLAG(int64_t, profiles, 20'000, "People of the market, some of whom ask.");
ABSL_FLAG(int64_t, projects, 4'000, "Its projects, of 15 openings each on average.");
ABSL_FLAG(int64_t, asking, 200, "How many people ask.");
ABSL_FLAG(int, seats, 10, "So many times the seats that a generated opening has.");
ABSL_FLAG(uint64_t, seed, 1, "Of the market.");
ABSL_FLAG(int, runs, 5, "Of each, in turns.");

namespace troupe::testing {
namespace {

constexpr Day kToday(20780);  // 2026-11-23

PoolChange MakeMarket(int64_t& seats) {
  const int64_t profiles = absl::GetFlag(FLAGS_profiles);
  const MarketGenerator market({.profiles = profiles,
                                .projects = absl::GetFlag(FLAGS_projects),
                                .seed = absl::GetFlag(FLAGS_seed),
                                .today = kToday});
  PoolChange change{.today = kToday};
  Violations found;
  const auto id_of = [](int64_t number) {  // Spread, as ids of the server are.
    return (static_cast<uint64_t>(number) + 1) * 0x9e3779b97f4a7c15;
  };
  for (int64_t i = 0; i < profiles; ++i) {
    Profile& profile = change.profiles.emplace_back(FromWire(market.Profile(i), found));
    profile.id = ProfileId(id_of(i));
    profile.ownership.owner.slug = "agency";
  }
  for (int64_t i = 0; i < absl::GetFlag(FLAGS_projects); ++i) {
    v1::Project wire = market.Project(
        i, [&](int64_t number) { return FormatName(ProfileId(id_of(number))); });
    for (v1::Opening& opening : *wire.mutable_openings()) {
      opening.set_headcount(opening.headcount() * absl::GetFlag(FLAGS_seats));
    }
    Project& project = change.projects.emplace_back(FromWire(wire, found));
    project.id = ProjectId(id_of(i));
    project.ownership.owner.slug = "studio";
    if (i % 20 == 7) project.ownership.findability = Findability::kHidden;
    uint32_t number = 0;
    for (Opening& opening : project.openings) {
      opening.number = ++number;
      seats += static_cast<int64_t>(opening.seats.size());
      const int64_t kind = (i * 31 + number) % 20;
      if (kind == 3 && opening.window.has_value()) {  // Past.
        opening.window->span = {kToday - 30, kToday - 20};
        opening.window->days = std::min(opening.window->days, 5);
      }
      if (kind != 4) continue;  // Filled.
      for (Seat& seat : opening.seats) seat.profile = ProfileId(id_of(profiles + seat.number));
    }
  }
  return change;
}

// Of the thread, not of the wall: what else runs on the machine does not count.
double CpuNanoseconds() {
  timespec now{};
  clock_gettime(CLOCK_THREAD_CPUTIME_ID, &now);
  return 1e9 * static_cast<double>(now.tv_sec) + static_cast<double>(now.tv_nsec);
}

double NanosecondsOf(const std::function<void()>& run) {
  const double start = CpuNanoseconds();
  run();
  return CpuNanoseconds() - start;
}

double MedianOf(std::vector<double> values) {
  std::sort(values.begin(), values.end());
  return values[values.size() / 2];
}

bool MayAppear(const Demand& demand) {
  return demand.scalars.state == static_cast<uint8_t>(Opening::State::kOpen) &&
         demand.scalars.open_seats > 0 && demand.scalars.findability == Findability::kFindable &&
         (!demand.HasWindow() || demand.window().limit > kToday);
}

using Best = std::vector<std::pair<OpeningId, int64_t>>;

int Run() {
  int64_t seats = 0;
  const PoolChange market = MakeMarket(seats);
  PoolWriter writer;
  const auto pool = writer.Apply(market).pool;
  std::vector<const Demand*> demands;
  for (const Project& project : market.projects) {
    for (const Opening& opening : project.openings) {
      demands.push_back(pool->FindOpening({project.id, opening.number}));
    }
  }
  FlatOffers flat(*pool, demands, kToday);
  std::vector<ProfileId> asking;
  const auto step = std::max<size_t>(
      market.profiles.size() / static_cast<size_t>(absl::GetFlag(FLAGS_asking)), 1);
  for (size_t i = 0; i < market.profiles.size(); i += step) asking.push_back(market.profiles[i].id);
  std::vector<Best> found(asking.size()), expected(asking.size());
  std::vector<double> engine, baseline, ratios;
  for (int run = 0; run < absl::GetFlag(FLAGS_runs); ++run) {
    std::vector<OpeningsAnswer> answers(asking.size());
    engine.push_back(NanosecondsOf([&] {
      for (size_t i = 0; i < asking.size(); ++i) {
        answers[i] =
            FindOpenings(*pool, {.profile = asking[i], .as_of = kToday}, NeverStop()).value();
      }
    }));
    baseline.push_back(NanosecondsOf([&] {
      for (size_t i = 0; i < asking.size(); ++i) {
        expected[i] = flat.Find(*pool->FindProfile(asking[i]), 20);
      }
    }));
    ratios.push_back(baseline.back() / engine.back());
    for (size_t i = 0; i < asking.size(); ++i) {
      found[i].clear();
      for (const auto& match : answers[i].best) {
        found[i].emplace_back(match.id, match.score_millionths);
      }
    }
  }
  int64_t forbidden = 0, matches = 0;
  for (const Best& best : found) {
    for (const auto& [id, score] : best) {
      ++matches;
      forbidden += !MayAppear(*pool->FindOpening(id));
    }
  }
  const auto differing = std::inner_product(found.begin(), found.end(), expected.begin(), int64_t{0},
                                            std::plus<>(), std::not_equal_to<>());
  const double questions = static_cast<double>(asking.size());
  std::printf("{\"openings\": %zu, \"seats\": %lld, \"profiles_asking\": %zu, \"matches\": %lld, "
              "\"differing\": %lld, \"forbidden\": %lld, \"engine_us\": %.2f, "
              "\"row_scan_us\": %.2f, \"row_scan_ns_an_opening\": %.2f, "
              "\"scored_a_question\": %.1f, \"ratio\": %.2f}\n",
              demands.size(), static_cast<long long>(seats), asking.size(),
              static_cast<long long>(matches), static_cast<long long>(differing),
              static_cast<long long>(forbidden), MedianOf(engine) / questions / 1e3,
              MedianOf(baseline) / questions / 1e3,
              MedianOf(baseline) / questions / static_cast<double>(demands.size()),
              static_cast<double>(flat.scored()) / questions / absl::GetFlag(FLAGS_runs),
              MedianOf(ratios));
  return differing == 0 && forbidden == 0 ? 0 : 1;
}

}  // namespace
}  // namespace troupe::testing

int main(int argc, char** argv) {
  absl::ParseCommandLine(argc, argv);
  return troupe::testing::Run();
}
