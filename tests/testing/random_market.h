#ifndef TROUPE_TESTS_TESTING_RANDOM_MARKET_H_
#define TROUPE_TESTS_TESTING_RANDOM_MARKET_H_

#include <cstddef>
#include <cstdint>
#include <random>
#include <string>
#include <vector>

#include "absl/strings/string_view.h"
#include "matcher/base/day.h"
#include "matcher/base/ids.h"
#include "matcher/domain/opening.h"
#include "matcher/domain/profile.h"
#include "matcher/domain/project.h"

// Valid people and projects that are hard to match rightly: drawn from so few
// words, days and amounts that they collide all the time, and on both sides of
// every limit. The same seed gives the same values on every platform.
namespace troupe::testing {

// What people and projects of a market have in common.
struct MarketOptions {
  Day today = Day(20780);  // 2026-11-23: the day around which days are drawn.
  // How many people and projects there are to refer to, by MarketProfileId and
  // MarketProjectId. Attached people and seats may also name two who are not.
  size_t profiles = 40;
  size_t projects = 10;
};

struct Market {
  MarketOptions options;
  std::vector<Profile> profiles;  // In the order of their numbers.
  std::vector<Project> projects;
};

// The id of the n-th person or project, from 0. Small and large values take
// turns, so that their order is not that of the numbers.
ProfileId MarketProfileId(size_t number);
ProjectId MarketProjectId(size_t number);

// The organizations that own records, and one that owns none.
const std::vector<std::string>& MarketOrganizations();
// The roles that people hold and openings ask for.
const std::vector<std::string>& MarketRoles();

Profile RandomProfile(std::mt19937_64& rng, ProfileId id, const MarketOptions& options);
Project RandomProject(std::mt19937_64& rng, ProjectId id, const MarketOptions& options);
// Its ceiling, if it has one, is in `currency`.
Opening RandomOpening(std::mt19937_64& rng, const MarketOptions& options,
                      absl::string_view currency = "CNY");

// A whole market. Some people differ in id only, so that scores tie.
Market RandomMarket(uint64_t seed, size_t profiles, size_t projects);

}  // namespace troupe::testing

#endif  // TROUPE_TESTS_TESTING_RANDOM_MARKET_H_
