#ifndef TROUPE_TESTS_PROPERTY_EXACTNESS_H_
#define TROUPE_TESTS_PROPERTY_EXACTNESS_H_

#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

namespace troupe::testing {

// How much to ask the engine and the oracle.
struct ExactnessOptions {
  size_t profiles = 5'000;    // Of each market.
  size_t projects = 1'000;    // Likewise.
  size_t questions = 20'000;  // In each direction, over all markets.
  size_t markets = 4;
  size_t update_every = 0;    // So many questions some records change; 0: never.
  size_t twins = 0;           // Questions asked again with a twin, likewise.
  uint64_t seed = 1;
  size_t threads = 2;
};

// What was compared, and what differed.
struct ExactnessCounts {
  int64_t profile_questions = 0;  // FindProfiles.
  int64_t opening_questions = 0;  // FindOpenings.
  int64_t empty_answers = 0;      // Of either.
  int64_t pairs = 0;              // Of a profile and an opening: all failures.
  int64_t eligible_pairs = 0;
  int64_t contended_pairs = 0;    // Free, but not without a day that is held.
  int64_t scored_pairs = 0;       // All values, contributions and scores.
  int64_t why_nots = 0;           // All their changes made at once.
  int64_t hopeless = 0;           // Of them: no change would help.
  int64_t returned = 0;           // Pairs asked about in the other direction too.
  int64_t updates = 0;            // Of people and projects, between questions.
  int64_t twins = 0;              // Asked again with somebody of another gender, ...
  int64_t twins_found = 0;        // Of them: who is in the answer.
  int64_t differences = 0;
  std::vector<std::string> first_differences;

  void Add(const ExactnessCounts& other);
};

// Asks the engine and the oracle random questions in both directions about
// random markets. The same options give the same counts.
ExactnessCounts CheckExactness(const ExactnessOptions& options);

// One count a line, for people.
std::string ToString(const ExactnessCounts& counts);

}  // namespace troupe::testing

#endif  // TROUPE_TESTS_PROPERTY_EXACTNESS_H_
