#ifndef TROUPE_SERVICES_CLI_MARKET_PRODUCTIONS_H_
#define TROUPE_SERVICES_CLI_MARKET_PRODUCTIONS_H_

#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

#include "matcher/base/day.h"
#include "matcher/domain/label.h"
#include "services/cli/market_dice.h"
#include "services/cli/market_tables.h"
#include "troupe/v1/credit.pb.h"

namespace troupe {

// People who keep working together around one company: where it sits and what
// it makes.
struct MarketCircle {
  size_t place = 0;            // In MarketTables::places.
  Label company;
  std::vector<size_t> genres;  // Its favourites, in MarketTables::genres.
};

// The past productions and the circles of a generated market. Nothing is
// stored: each is made from its number. Immutable.
class MarketProductions {
 public:
  static constexpr int64_t kPerCircle = 10;

  // `tables` outlives it. `circles` is above 0.
  MarketProductions(const MarketTables& tables, uint64_t seed, Day today, int64_t circles)
      : tables_(tables), seed_(seed), today_(today), circles_(circles) {}

  int64_t circles() const { return circles_; }
  MarketCircle Circle(int64_t number) const;

  // The `number`-th production of `circle`, 0 to kPerCircle - 1, as a credit
  // without role. Its date is before today.
  v1::Credit Production(int64_t circle, int64_t number) const;

  // Genres that `circle` would make, 1 to 3, distinct.
  std::vector<size_t> DrawGenres(const MarketCircle& circle, MarketDice& dice) const;
  std::vector<Label> DrawTags(MarketDice& dice) const;
  std::string DrawTitle(MarketDice& dice) const;

 private:
  const MarketTables& tables_;
  uint64_t seed_;
  Day today_;
  int64_t circles_;
};

}  // namespace troupe

#endif  // TROUPE_SERVICES_CLI_MARKET_PRODUCTIONS_H_
