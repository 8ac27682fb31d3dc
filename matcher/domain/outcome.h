#ifndef TROUPE_MATCHER_DOMAIN_OUTCOME_H_
#define TROUPE_MATCHER_DOMAIN_OUTCOME_H_

#include <cstddef>
#include <cstdint>
#include <string>
#include <utility>
#include <vector>

#include "absl/time/time.h"
#include "matcher/base/ids.h"
#include "matcher/domain/ownership.h"

namespace troupe {

// One thing that came of an opening for one person.
struct Outcome {
  enum class Kind : uint8_t {  // Stored: never renumber. In the order of a hiring.
    kUnspecified = 0,
    kShown = 1,
    kOpened = 2,
    kInvited = 3,
    kHeld = 4,
    kDeclined = 5,  // By the person.
    kBooked = 6,
    kFinished = 7,
    kRated = 8,
  };
  enum class Reason : uint8_t {  // Why the person declined. Stored: never renumber.
    kUnstated = 0,
    kDates = 1,
    kRate = 2,
    kPlace = 3,
    kRole = 4,
    kProject = 5,
    kOther = 6,
  };

  ProfileId profile;
  Kind kind = Kind::kUnspecified;
  Reason reason = Reason::kUnstated;  // Of a decline.
  int32_t rating_hundredths = 0;      // Of a rating: 100 to 500.
  absl::Time time;

  friend bool operator==(const Outcome&, const Outcome&) = default;
};

inline constexpr size_t kOutcomeKinds = 9;  // By Kind, the unspecified one included.

// What is counted of somebody's outcomes.
struct OutcomeTally {
  int32_t accepted = 0;  // Openings that the person took: booked, or held and not declined.
  int32_t declined = 0;
  int32_t ratings = 0;
  int32_t rating_hundredths = 0;  // The sum.

  bool IsZero() const { return *this == OutcomeTally(); }
  OutcomeTally& operator+=(const OutcomeTally& other);
  OutcomeTally operator-() const;
  friend bool operator==(const OutcomeTally&, const OutcomeTally&) = default;
};

// What came of one opening, as the organization that owns its project recorded it.
struct OutcomeHistory {
  static constexpr size_t kMostOutcomes = 20'000;

  OrganizationId owner;
  OpeningId opening;
  std::string role;  // Of the opening.
  absl::Time create_time;
  absl::Time update_time;
  std::vector<Outcome> outcomes;  // Sorted by person and kind, one of each.

  // To its owner only.
  Ownership ownership() const { return {.owner = owner, .findability = Findability::kHidden}; }

  // Takes the place of an earlier one of that person and kind, unless that is of a
  // later time.
  void Add(const Outcome& outcome);

  friend bool operator==(const OutcomeHistory&, const OutcomeHistory&) = default;
};

// What the history counts for, of each person of whom it does; by id.
std::vector<std::pair<ProfileId, OutcomeTally>> TalliesOf(const OutcomeHistory& history);

}  // namespace troupe

#endif  // TROUPE_MATCHER_DOMAIN_OUTCOME_H_
