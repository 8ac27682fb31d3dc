#ifndef TROUPE_MATCHER_HOLD_DUE_H_
#define TROUPE_MATCHER_HOLD_DUE_H_

#include <cstdint>
#include <optional>
#include <tuple>

#include "absl/time/time.h"
#include "matcher/hold/agenda.h"
#include "matcher/hold/agenda_draft.h"

namespace troupe {

// Something that time does to a hold. Ordered as it is to be done.
struct Due {
  enum class Kind : uint8_t { kExpire, kReleaseChallenged, kFallToLast };

  absl::Time time;
  uint32_t hold = 0;
  Kind kind = Kind::kExpire;

  friend bool operator<(const Due& a, const Due& b) {
    return std::tie(a.time, a.hold, a.kind) < std::tie(b.time, b.hold, b.kind);
  }
};

// The first that is to come; nullopt if nothing is, as long as nobody acts.
std::optional<Due> FirstDue(const Agenda& agenda);

// Does all that is due by `now`, in order, and what follows from it.
void AdvanceTo(AgendaDraft& draft, absl::Time now);

}  // namespace troupe

#endif  // TROUPE_MATCHER_HOLD_DUE_H_
