#include "tests/property/exactness.h"

#include <algorithm>
#include <thread>

#include "absl/strings/str_cat.h"
#include "tests/property/market_check.h"

namespace troupe::testing {
namespace {

constexpr size_t kMostTexts = 10;

ExactnessCounts CheckMarket(const ExactnessOptions& options, size_t market) {
  MarketCheck check(options.seed * 1'000 + market, options.profiles, options.projects);
  const size_t questions = options.questions / options.markets +
                           (market < options.questions % options.markets ? 1 : 0);
  for (size_t i = 0; i < questions; ++i) {
    if (options.update_every > 0 && i % options.update_every == options.update_every - 1) {
      check.Update();
    }
    check.AskForProfiles();
    check.AskForOpenings();
  }
  const size_t twins =
      options.twins / options.markets + (market < options.twins % options.markets ? 1 : 0);
  for (size_t i = 0; i < twins; ++i) check.AskWithTwin();
  return check.counts();
}

}  // namespace

void ExactnessCounts::Add(const ExactnessCounts& other) {
  profile_questions += other.profile_questions;
  opening_questions += other.opening_questions;
  empty_answers += other.empty_answers;
  pairs += other.pairs;
  eligible_pairs += other.eligible_pairs;
  contended_pairs += other.contended_pairs;
  scored_pairs += other.scored_pairs;
  why_nots += other.why_nots;
  hopeless += other.hopeless;
  returned += other.returned;
  updates += other.updates;
  twins += other.twins;
  twins_found += other.twins_found;
  differences += other.differences;
  for (const std::string& text : other.first_differences) {
    if (first_differences.size() < kMostTexts) first_differences.push_back(text);
  }
}

ExactnessCounts CheckExactness(const ExactnessOptions& options) {
  std::vector<ExactnessCounts> by_market(options.markets);
  std::vector<std::thread> threads;
  for (size_t thread = 0; thread < options.threads; ++thread) {
    threads.emplace_back([&, thread] {
      for (size_t market = thread; market < options.markets; market += options.threads) {
        by_market[market] = CheckMarket(options, market);
      }
    });
  }
  for (std::thread& thread : threads) thread.join();
  ExactnessCounts all;
  for (const ExactnessCounts& counts : by_market) all.Add(counts);
  return all;
}

std::string ToString(const ExactnessCounts& counts) {
  std::string text = absl::StrCat(
      "questions for profiles  ", counts.profile_questions, "\n",   //
      "questions for openings  ", counts.opening_questions, "\n",   //
      "empty answers           ", counts.empty_answers, "\n",       //
      "pairs compared          ", counts.pairs, "\n",               //
      "pairs eligible          ", counts.eligible_pairs, "\n",      //
      "pairs contended         ", counts.contended_pairs, "\n",     //
      "pairs scored            ", counts.scored_pairs, "\n",        //
      "why-nots applied        ", counts.why_nots, "\n",            //
      "why-nots without help   ", counts.hopeless, "\n",            //
      "pairs asked both ways   ", counts.returned, "\n",            //
      "updates between them    ", counts.updates, "\n",             //
      "asked with a twin       ", counts.twins, "\n",               //
      "twins in the answer     ", counts.twins_found, "\n",         //
      "differences             ", counts.differences, "\n");
  for (const std::string& difference : counts.first_differences) {
    absl::StrAppend(&text, difference, "\n");
  }
  return text;
}

}  // namespace troupe::testing
