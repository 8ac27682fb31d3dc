#ifndef TROUPE_MATCHER_HOLD_HOLD_TERMS_H_
#define TROUPE_MATCHER_HOLD_HOLD_TERMS_H_

#include <cstdint>
#include <optional>
#include <string>

#include "matcher/domain/money.h"

namespace troupe {

// Who acts on a hold.
enum class Side : uint8_t {  // Stored: never renumber.
  kNobody = 0,  // Time did it, or what became of another hold.
  kPerson = 1,  // The organization that owns the profile.
  kHolder = 2,  // The organization that owns the project.
};

// kHolder for kPerson, and the other way round.
Side OtherSide(Side side);

// What the person would work for.
struct HoldTerms {
  std::optional<Money> day_rate;  // None: to be agreed.
  std::string conditions;         // At most kMostConditionsBytes.

  friend bool operator==(const HoldTerms&, const HoldTerms&) = default;
};

// Other terms that one side asks for. They count once the other side accepts
// them; the hold keeps its place meanwhile, and cannot be confirmed.
struct CounterOffer {
  HoldTerms terms;
  Side by = Side::kNobody;

  friend bool operator==(const CounterOffer&, const CounterOffer&) = default;
};

}  // namespace troupe

#endif  // TROUPE_MATCHER_HOLD_HOLD_TERMS_H_
