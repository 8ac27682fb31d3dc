#ifndef TROUPE_SERVICES_CLI_MARKET_PROJECTS_H_
#define TROUPE_SERVICES_CLI_MARKET_PROJECTS_H_

#include <cstdint>
#include <functional>
#include <string>
#include <vector>

#include "matcher/base/day.h"
#include "services/cli/market_dice.h"
#include "services/cli/market_people.h"
#include "services/cli/market_productions.h"
#include "services/cli/market_tables.h"
#include "troupe/v1/project.pb.h"

namespace troupe {

// The resource name of a generated person; empty if there is none.
using NameOfPerson = std::function<std::string(int64_t number)>;

// The projects of a generated market: micro-dramas that shoot for 5 to 7 days
// within the next 60, with 12 to 18 openings of 20 to 50 seats. Each is made
// from its number alone. Immutable.
class MarketProjects {
 public:
  // All outlive it. There are `profiles` people.
  MarketProjects(const MarketTables& tables, const MarketProductions& productions,
                 const MarketPeople& people, int64_t profiles, uint64_t seed, Day today)
      : tables_(tables),
        productions_(productions),
        people_(people),
        profiles_(profiles),
        seed_(seed),
        today_(today) {}

  // `name_of` gives the names of people who may be attached.
  v1::Project Project(int64_t number, const NameOfPerson& name_of) const;

 private:
  struct Draft;  // A project in the making.

  void Attach(Draft& draft, const NameOfPerson& name_of) const;
  void AddCast(Draft& draft, int64_t count) const;
  void AddCrew(Draft& draft, size_t count) const;
  v1::Opening& AddOpening(Draft& draft, const MarketRole& role) const;
  void AskSkills(Draft& draft, const MarketRole& role, v1::Opening& opening) const;
  v1::Window WindowFor(Draft& draft, const MarketRole& role) const;

  const MarketTables& tables_;
  const MarketProductions& productions_;
  const MarketPeople& people_;
  int64_t profiles_;
  uint64_t seed_;
  Day today_;
};

}  // namespace troupe

#endif  // TROUPE_SERVICES_CLI_MARKET_PROJECTS_H_
