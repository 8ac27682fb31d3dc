#ifndef TROUPE_TESTS_TESTING_COUNTRY_H_
#define TROUPE_TESTS_TESTING_COUNTRY_H_

#include <cstddef>
#include <cstdint>
#include <vector>

#include "matcher/staffing/market.h"
#include "matcher/staffing/training.h"

namespace troupe::testing {

// How large a country to make up.
struct CountrySize {
  size_t roles = 12;
  size_t cities = 60;
  uint32_t weeks = 26;
  size_t people = 1'000'000;
  double load = 0.95;  // Demand, of what people would supply.
};

// A made-up person, as a pool would give it.
struct CountryPerson {
  uint32_t reach;
  std::vector<staffing::Craft> crafts;
  int64_t acceptance_millionths;
  std::vector<uint8_t> free_days;
};

// A made-up country. Cities' sizes fall with their rank, three quarters of people in
// the first quarter of cities; roles are of unequal size; two people in five hold a
// second, neighbouring role and one in eight a third; half stay at home, three in ten
// go anywhere in their province, the rest anywhere; the dearer the farther. Demand is
// spread otherwise than people are: by city, role and week.
struct Country {
  staffing::Market market;  // Without people.
  std::vector<CountryPerson> people;
};
Country MakeCountry(const CountrySize& size, uint64_t seed);

// The market with people as types.
staffing::Market TakeCensus(const Country& country);

// What a country of Zhengzhou's size could plan: the market merged for filling; a course
// for each role in each of the four largest cities and now and then elsewhere, of 2 to 6
// weeks in the first quarter of the year, 4,000 to 16,000 yuan and 8 to 40 seats; whom
// half of those who could would like to take.
staffing::TrainingProblem MakeTraining(const Country& country, staffing::Regime regime,
                                       int64_t budget, uint64_t seed);

}  // namespace troupe::testing

#endif  // TROUPE_TESTS_TESTING_COUNTRY_H_
