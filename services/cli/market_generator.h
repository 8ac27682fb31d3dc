#ifndef TROUPE_SERVICES_CLI_MARKET_GENERATOR_H_
#define TROUPE_SERVICES_CLI_MARKET_GENERATOR_H_

#include <algorithm>
#include <cstdint>

#include "matcher/base/day.h"
#include "services/cli/market_people.h"
#include "services/cli/market_productions.h"
#include "services/cli/market_projects.h"
#include "services/cli/market_tables.h"
#include "troupe/v1/profile.pb.h"
#include "troupe/v1/project.pb.h"

namespace troupe {

// What a generated market depends on, and nothing else.
struct MarketSize {
  int64_t profiles = 0;
  int64_t projects = 0;
  uint64_t seed = 1;
  Day today;
};

// A micro-drama market that does not exist: people and projects that look like
// the trade, the same for the same MarketSize on every machine. Each record is
// made when it is asked for, in some 25 microseconds, so that a market of any
// size takes no memory. Immutable.
//
//   MarketGenerator market({.profiles = 100, .projects = 3, .today = today});
//   for (int64_t i = 0; i < 100; ++i) Store(market.Profile(i));
class MarketGenerator {
 public:
  // People to a circle of those who keep working together.
  static constexpr int64_t kCircleSize = 60;

  explicit MarketGenerator(const MarketSize& size)
      : productions_(ShippedMarketTables(), size.seed, size.today,
                     std::max<int64_t>(1, size.profiles / kCircleSize)),
        people_(ShippedMarketTables(), productions_, size.seed, size.today),
        projects_(ShippedMarketTables(), productions_, people_, size.profiles, size.seed,
                  size.today) {}

  MarketGenerator(const MarketGenerator&) = delete;
  MarketGenerator& operator=(const MarketGenerator&) = delete;

  // The external id is generated-<seed>/<number>. Numbers are from 0.
  v1::Profile Profile(int64_t number) const { return people_.Profile(number); }

  // See MarketProjects.
  v1::Project Project(int64_t number, const NameOfPerson& name_of) const {
    return projects_.Project(number, name_of);
  }

 private:
  MarketProductions productions_;
  MarketPeople people_;
  MarketProjects projects_;
};

}  // namespace troupe

#endif  // TROUPE_SERVICES_CLI_MARKET_GENERATOR_H_
