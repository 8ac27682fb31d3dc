#ifndef TROUPE_MATCHER_STAFFING_MARKET_H_
#define TROUPE_MATCHER_STAFFING_MARKET_H_

#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

#include "matcher/base/millionths.h"

namespace troupe::staffing {

// People's time and what shoots need of it are counted in whole thousandths of a
// day of one person, so that an expected day ("free on 5 days, likely to accept by
// 0.7") is exact enough and every sum is exact.
inline constexpr int64_t kMillidays = 1'000;

// What an answer is worth: filled millidays by their productivity in millionths.
// 10 million people over a year stay below 2^63 of them.
inline constexpr int64_t kWorthOfDay = kMillidays * kMillionths;

// Where shoots are and people live.
struct City {
  std::string id;
  uint32_t region = 0;  // Number of the province: what small groups are merged into.

  friend bool operator==(const City&, const City&) = default;
};

// A city other than home where people are willing to work.
struct Destination {
  uint32_t city = 0;
  int32_t cost = 0;  // Yuan, of a day of work there: travel and lodging.

  friend auto operator<=>(const Destination&, const Destination&) = default;
};

// Where some people live and how far they are willing to go. At home work costs
// nothing more.
struct Reach {
  uint32_t home = 0;
  std::vector<Destination> away;  // By city; none twice, not home.

  friend auto operator<=>(const Reach&, const Reach&) = default;
};

// A role that some people hold, and what a day of theirs in it is worth beside a
// day of who has always held it: below 1 for who learned it lately.
struct Craft {
  uint32_t role = 0;
  int64_t productivity_millionths = kMillionths;
  // Yuan, by which a day of it counts as dearer. 1 for all but people's main role
  // keeps them in it where nothing is lost by that, so that a gap shows where it is.
  int32_t reluctance = 0;

  friend auto operator<=>(const Craft&, const Craft&) = default;
};

// People who are interchangeable here: the same crafts, home and willingness to
// travel. census.h makes them of single people.
struct PeopleType {
  uint32_t reach = 0;
  std::vector<Craft> crafts;  // By role; none twice. None: who works in none of the roles.
  int64_t people = 0;
  std::vector<int64_t> millidays;  // Of all of them, by week; what they would accept.
  // In what people differ who would be one type otherwise, as in which courses they may
  // take: a number of whoever made the market, which does not look at it.
  uint32_t group = 0;

  friend bool operator==(const PeopleType&, const PeopleType&) = default;
};

// What a gap is looked for in: what shoots need, by week, role and city, and who
// could do it. Rows refer to each other by number. Functions here take markets that
// ValidateMarket lets through. A cell is a (role, city).
struct Market {
  std::vector<std::string> roles;
  std::vector<City> cities;
  uint32_t weeks = 0;
  std::vector<Reach> reaches;
  std::vector<PeopleType> people;
  std::vector<int64_t> demand_millidays;  // By week, then role, then city.

  size_t cells() const { return roles.size() * cities.size(); }
  size_t CellOf(size_t role, size_t city) const { return role * cities.size() + city; }
  size_t DemandAt(size_t week, size_t role, size_t city) const {
    return week * cells() + CellOf(role, city);
  }

  friend bool operator==(const Market&, const Market&) = default;
};

}  // namespace troupe::staffing

#endif  // TROUPE_MATCHER_STAFFING_MARKET_H_
