#ifndef TROUPE_SERVICES_CLI_MARKET_TABLES_H_
#define TROUPE_SERVICES_CLI_MARKET_TABLES_H_

#include <cstdint>
#include <string>
#include <vector>

#include "absl/container/flat_hash_map.h"
#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "matcher/domain/label.h"

namespace troupe {

// What a generated market says of a role of the taxonomy.
struct MarketRole {
  enum class Phase { kBefore, kShoot, kAfter, kAny };  // When it works, to the shoot.

  std::string role;
  int64_t day_rate = 0;   // CNY, the median at level 3.
  int64_t crew_per_mille = 0;  // So many projects in a thousand look for one.
  int64_t seats_from = 1;
  int64_t seats_to = 1;
  Phase phase = Phase::kShoot;
  std::vector<size_t> near;  // Roles that people move to, as places in the table.
  std::vector<std::string> skills;
  std::vector<std::string> credentials;
};

// Where people of the trade live.
struct MarketPlace {
  std::string place;
  std::string dialect;  // BCP 47; empty: plain Mandarin.
};

// The words and weights that a generated market is made of. Texts are ours;
// figures are guesses that look like the trade, and evidence of nothing.
// Immutable.
struct MarketTables {
  std::vector<MarketRole> roles;
  std::vector<int64_t> role_weights;  // Running sums, as MarketDice takes them.
  std::vector<MarketPlace> places;
  std::vector<int64_t> place_weights;
  std::vector<Label> genres;
  std::vector<int64_t> genre_weights;
  std::vector<Label> tags;
  absl::flat_hash_map<std::string, std::vector<std::string>> words;  // By kind.

  // Reads the shipped tables. INVALID_ARGUMENT, naming table and line, for a row
  // that is malformed or names an unknown role or place.
  static absl::StatusOr<MarketTables> Parse();

  const std::vector<std::string>& Words(absl::string_view kind) const {
    return words.at(kind);
  }
  // The place of `role` in `roles`; -1 if there is none.
  int64_t FindRole(absl::string_view role) const;
};

// The tables that this build ships. They are never destroyed.
const MarketTables& ShippedMarketTables();

}  // namespace troupe

#endif  // TROUPE_SERVICES_CLI_MARKET_TABLES_H_
