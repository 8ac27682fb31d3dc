// Measures FindProfiles against flat arrays, on the same people and questions,
// in the same run and on one thread, and holds their answers against each
// other. Runs alternate, so that a machine that drifts slows both. Speeds mean
// nothing across runs; the ratio does.
#include <algorithm>
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <functional>
#include <vector>

#include "absl/flags/flag.h"
#include "absl/flags/parse.h"
#include "matcher/base/stop_token.h"
#include "matcher/index/pool_writer.h"
#include "matcher/rank/find_profiles.h"
#include "tests/bench/flat_matcher.h"
#include "tests/testing/random_market.h"

ABSL_FLAG(size_t, profiles, 50'000, "People of the market.");
ABSL_FLAG(size_t, projects, 100, "Projects, of whose openings each is a question.");
ABSL_FLAG(uint64_t, seed, 1, "Of the market.");
ABSL_FLAG(int, runs, 5, "Of each, in turns.");

namespace troupe::testing {
namespace {

struct Questions {
  std::vector<ProfilesQuestion> of_engine;
  std::vector<FlatMatcher::Question> of_baseline;
  size_t rows = 0;  // Looked at by one run over all questions.
};

Questions MakeQuestions(const Market& market, const FlatMatcher& flat) {
  Questions questions;
  const Day as_of = market.options.today;
  for (const Project& project : market.projects) {
    for (const Opening& opening : project.openings) {
      if (!opening.blocks.empty()) continue;  // The baseline knows one window.
      ProfilesQuestion question{.demand = MakeDemand(project, opening), .as_of = as_of};
      question.weights = ShippedWeights(question.demand.scalars.role);
      question.want_total = true;
      questions.of_baseline.push_back(
          {&project, &opening, as_of, question.weights, question.top_k});
      questions.of_engine.push_back(std::move(question));
      questions.rows += flat.SizeOf(opening.role);
    }
  }
  return questions;
}

bool IsSame(const ProfilesAnswer& engine, const FlatMatcher::Answer& baseline) {
  if (engine.total != baseline.total || engine.best.size() != baseline.best.size()) return false;
  for (size_t i = 0; i < engine.best.size(); ++i) {
    if (engine.best[i].id != baseline.best[i].first) return false;
    if (engine.best[i].score_millionths != baseline.best[i].second) return false;
  }
  return true;
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

int Run() {
  const Market market = RandomMarket(absl::GetFlag(FLAGS_seed), absl::GetFlag(FLAGS_profiles),
                                     absl::GetFlag(FLAGS_projects));
  PoolWriter writer;
  const auto pool = writer.Apply({.profiles = market.profiles, .today = market.options.today}).pool;
  FlatMatcher flat(market.profiles, market.options.today);
  const Questions questions = MakeQuestions(market, flat);
  const size_t count = questions.of_engine.size();
  std::vector<ProfilesAnswer> answers(count);
  std::vector<FlatMatcher::Answer> flat_answers(count);
  std::vector<double> engine, baseline, ratios;
  for (int run = 0; run < absl::GetFlag(FLAGS_runs); ++run) {
    engine.push_back(NanosecondsOf([&] {
      for (size_t i = 0; i < count; ++i) {
        answers[i] = FindProfiles(*pool, questions.of_engine[i], NeverStop()).value();
      }
    }));
    baseline.push_back(NanosecondsOf([&] {
      for (size_t i = 0; i < count; ++i) flat_answers[i] = flat.Find(questions.of_baseline[i]);
    }));
    ratios.push_back(engine.back() / baseline.back());
  }
  int64_t eligible = 0;
  for (size_t i = 0; i < count; ++i) {
    eligible += flat_answers[i].total;
    if (IsSame(answers[i], flat_answers[i])) continue;
    std::printf("question %zu: the answers differ\n", i);
    return 1;
  }
  const double rows = static_cast<double>(questions.rows);
  std::printf("seed %llu, %zu profiles, %zu questions, %.0f profiles a question in the role, "
              "%.1f %% eligible; all answers equal\n",
              static_cast<unsigned long long>(absl::GetFlag(FLAGS_seed)), market.profiles.size(),
              count, rows / static_cast<double>(count), 100.0 * static_cast<double>(eligible) / rows);
  std::printf("engine    %7.1f ns a profile\n", MedianOf(engine) / rows);
  std::printf("baseline  %7.1f ns a profile\n", MedianOf(baseline) / rows);
  std::printf("ratio     %7.2f (engine / baseline), median of %zu alternating runs:",
              MedianOf(ratios), ratios.size());
  for (double ratio : ratios) std::printf(" %.2f", ratio);
  std::printf("\n");
  return 0;
}

}  // namespace
}  // namespace troupe::testing

int main(int argc, char** argv) {
  absl::ParseCommandLine(argc, argv);
  return troupe::testing::Run();
}
