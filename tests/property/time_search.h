#ifndef TROUPE_TESTS_PROPERTY_TIME_SEARCH_H_
#define TROUPE_TESTS_PROPERTY_TIME_SEARCH_H_

#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

namespace troupe::testing {

// How large a market to search by time, and how much to ask.
struct TimeSearchOptions {
  int64_t profiles = 1'000'000;
  bool half_full = true;        // Calendars; else those of the generated market.
  int64_t questions = 100'000;  // Compared with a scan of intervals,
  size_t people = 1'000;        // each for so many people, who stand together in a role.
  int64_t whole_queries = 60;   // Of each length: compared for everybody in the role, and
                                // timed, as FindProfiles; each finds somebody.
  uint64_t seed = 1;
  size_t threads = 2;
};

// Times of one length of window, over the same candidates.
struct WindowTimes {
  int32_t days = 0;
  int64_t candidates = 0;
  double window_ns = 0;  // A candidate: the window test alone.
  double query_ns = 0;   // A candidate: all of FindProfiles.
  double ratio = 0;      // Of the two, the median of alternating runs.
};

// What was compared, and what differed.
struct TimeSearchFigures {
  int64_t profiles = 0;
  double busy_share = 0;  // Of the searchable days of all calendars.
  double bytes_a_profile = 0;
  int64_t questions = 0;
  int64_t pairs = 0;  // Of a question and a person.
  int64_t free_pairs = 0;
  int64_t with_travel = 0;  // Pairs with days of travel.
  int64_t false_free = 0;
  int64_t missed = 0;
  int64_t whole_queries = 0;  // And as FindProfiles answers.
  int64_t whole_differences = 0;
  std::vector<WindowTimes> times;
};

// Asks people in a random role random questions about days: windows of 1, 7, 30
// and 90 days, all, any k and k in a row, and blocks, at random places; and walks
// the entries of each calendar as they were written, to compare.
TimeSearchFigures SearchByTime(const TimeSearchOptions& options);

// One JSON object.
std::string ToJson(const TimeSearchFigures& figures);

}  // namespace troupe::testing

#endif  // TROUPE_TESTS_PROPERTY_TIME_SEARCH_H_
