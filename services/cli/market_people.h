#ifndef TROUPE_SERVICES_CLI_MARKET_PEOPLE_H_
#define TROUPE_SERVICES_CLI_MARKET_PEOPLE_H_

#include <cstdint>
#include <string>
#include <vector>

#include "matcher/base/day.h"
#include "services/cli/market_dice.h"
#include "services/cli/market_productions.h"
#include "services/cli/market_tables.h"
#include "troupe/v1/profile.pb.h"

namespace troupe {

// The people of a generated market: few stars, one in five at home in more than
// one role, calendars half full. Each is made from the number alone. Immutable.
class MarketPeople {
 public:
  // Both outlive it.
  MarketPeople(const MarketTables& tables, const MarketProductions& productions, uint64_t seed,
               Day today)
      : tables_(tables), productions_(productions), seed_(seed), today_(today) {}

  v1::Profile Profile(int64_t number) const;

  // What can be told of a person without making the record.
  int64_t CircleOf(int64_t number) const { return number % productions_.circles(); }
  // The role that the person is known for, as its place in MarketTables::roles.
  size_t FirstRole(int64_t number) const;

  // What a day of a person at `level` costs, around the role's median.
  static int64_t TypicalRate(const MarketRole& role, int32_t level);

 private:
  struct Draft;  // A person in the making.

  void DrawRoles(Draft& draft) const;
  void AddCredits(Draft& draft) const;
  void AddRoles(Draft& draft) const;
  void AddSkills(Draft& draft) const;
  void AddLanguages(Draft& draft) const;
  void AddTravel(Draft& draft) const;
  void AddTaste(Draft& draft) const;
  void AddCasting(Draft& draft) const;
  void AddCalendar(Draft& draft) const;
  std::string DrawName(Draft& draft) const;

  const MarketTables& tables_;
  const MarketProductions& productions_;
  uint64_t seed_;
  Day today_;
};

}  // namespace troupe

#endif  // TROUPE_SERVICES_CLI_MARKET_PEOPLE_H_
