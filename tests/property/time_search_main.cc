// Searches a market by time and holds what is found against a scan of intervals;
// prints one JSON object. The times of different runs mean nothing: ratios do.
#include <cstdio>

#include "absl/flags/flag.h"
#include "absl/flags/parse.h"
#include "tests/property/time_search.h"

ABSL_FLAG(int64_t, profiles, 1'000'000, "People of the market.");
ABSL_FLAG(bool, half_full, true, "Calendars; else those of the generated market.");
ABSL_FLAG(int64_t, questions, 100'000, "Questions, each about people in a role.");
ABSL_FLAG(size_t, people, 1'000, "People that a question is about.");
ABSL_FLAG(int64_t, whole_queries, 60, "Whole queries of each length of window.");
ABSL_FLAG(uint64_t, seed, 1, "Of everything that is random.");
ABSL_FLAG(size_t, threads, 2, "Questions that are compared at a time.");

int main(int argc, char** argv) {
  absl::ParseCommandLine(argc, argv);
  const troupe::testing::TimeSearchFigures figures =
      troupe::testing::SearchByTime({.profiles = absl::GetFlag(FLAGS_profiles),
                                     .half_full = absl::GetFlag(FLAGS_half_full),
                                     .questions = absl::GetFlag(FLAGS_questions),
                                     .people = absl::GetFlag(FLAGS_people),
                                     .whole_queries = absl::GetFlag(FLAGS_whole_queries),
                                     .seed = absl::GetFlag(FLAGS_seed),
                                     .threads = absl::GetFlag(FLAGS_threads)});
  std::fputs(ToJson(figures).c_str(), stdout);
  return figures.false_free + figures.missed + figures.whole_differences == 0 ? 0 : 1;
}
