#ifndef TROUPE_MATCHER_INDEX_PROFILE_VIEW_H_
#define TROUPE_MATCHER_INDEX_PROFILE_VIEW_H_

#include <cstdint>
#include <limits>

#include "absl/types/span.h"
#include "matcher/base/ids.h"
#include "matcher/base/term.h"
#include "matcher/domain/casting.h"
#include "matcher/domain/ownership.h"
#include "matcher/index/day_set.h"

namespace troupe {

// The types below lie in columns as they are, so each is trivially copyable
// and has no padding that is not named: equal values are equal bytes.

// Places and roles are indexes into the shipped gazetteer and taxonomy.
using PlaceIndex = int16_t;
using RoleIndex = int16_t;
inline constexpr int16_t kNone = -1;
// The role of a credit that fits none of the taxonomy, or is a minor part
// (Credit::CountsAs).
inline constexpr RoleIndex kOtherRoleIndex = -2;

// An amount; no currency means none is stated.
struct Amount {
  Term currency;
  int64_t units = 0;
  int32_t nanos = 0;
  int32_t zero = 0;

  bool IsStated() const { return static_cast<bool>(currency); }
  // True if more than `other`, which is in the same currency.
  bool IsMoreThan(const Amount& other) const {
    return units != other.units ? units > other.units : nanos > other.nanos;
  }
  friend bool operator==(const Amount&, const Amount&) = default;
};

// A role of a profile.
struct RoleRow {
  Term rate_currency;  // As of an Amount, laid out for 24 bytes in all.
  int64_t rate_units = 0;
  int32_t rate_nanos = 0;
  RoleIndex role = kNone;
  uint8_t level : 7 = 0;
  uint8_t grow_into : 1 = 0;
  uint8_t years = 0;  // At most 80.

  Amount day_rate() const {
    return {.currency = rate_currency, .units = rate_units, .nanos = rate_nanos};
  }

  friend bool operator==(const RoleRow&, const RoleRow&) = default;
};

struct SkillRow {
  Term skill;
  int64_t level = 0;

  friend bool operator==(const SkillRow&, const SkillRow&) = default;
};

inline constexpr int32_t kUndated = std::numeric_limits<int32_t>::min();

// A production as one or more credits state it. Its terms stand together in
// one array: genres, tags, companies, countries, in this order.
struct ProductionRow {
  Term production;
  Term language;
  Term budget_currency;
  int32_t date = kUndated;     // Days since the epoch.
  int32_t budget_octave = -1;  // floor(log2(units)); -1: not known.
  uint32_t first_term = 0;
  uint16_t genres = 0;
  uint16_t tags = 0;
  uint16_t companies = 0;
  uint16_t countries = 0;
  uint32_t zero = 0;

  uint32_t term_count() const { return uint32_t{genres} + tags + companies + countries; }
  friend bool operator==(const ProductionRow&, const ProductionRow&) = default;
};

struct CreditRow {
  uint32_t production = 0;  // Which of the productions beside it.
  RoleIndex role = kOtherRoleIndex;
  uint16_t zero = 0;

  friend bool operator==(const CreditRow&, const CreditRow&) = default;
};

// How many holds ended, and how many of them as a booking, or declined.
struct HoldTally {
  int32_t booked = 0;
  int32_t ended = 0;
  int32_t declined = 0;

  friend bool operator==(const HoldTally&, const HoldTally&) = default;
};

// The parts of a profile that have one value each.
struct ProfileScalars {
  ProfileId id;
  Term owner;
  Amount pay_floor;
  int32_t radius_km = 0;
  int32_t rating_count = 0;
  int32_t rating_mean_thousandths = 0;
  PlaceIndex home = kNone;
  int16_t playing_age_from = kNone;
  int16_t playing_age_to = kNone;
  int16_t height_cm = kNone;
  Findability findability = Findability::kUnspecified;
  Gender gender = Gender::kUnspecified;
  uint8_t travels_anywhere = 0;
  uint8_t zero = 0;
};

// One profile as the engine sees it, wherever it lies: a row of a segment or a
// ProfileRow of its own. Valid as long as that is.
struct ProfileView {
  const ProfileScalars* scalars = nullptr;
  absl::Span<const Term> blocked_organizations;  // Sorted.
  absl::Span<const PlaceIndex> travel_places;
  absl::Span<const RoleRow> roles;
  absl::Span<const Term> languages;
  absl::Span<const Term> genres;  // Declared ones, styles beside.
  absl::Span<const Term> styles;
  absl::Span<const SkillRow> skills;
  absl::Span<const Term> credentials;
  absl::Span<const Term> wished_genres;
  absl::Span<const PlaceIndex> wished_places;
  DaySet busy;
  absl::Span<const DaySpan> holds;  // Of each hold, sorted; may overlap.
  absl::Span<const HoldTally> hold_tally;  // None: no hold ever ended. Else one.
  absl::Span<const CreditRow> credits;
  absl::Span<const ProductionRow> productions;  // Shared with other profiles.
  absl::Span<const Term> production_terms;      // Shared likewise.

  const ProductionRow& ProductionOf(const CreditRow& credit) const {
    return productions[credit.production];
  }
  absl::Span<const Term> TermsOf(const ProductionRow& production) const {
    return production_terms.subspan(production.first_term, production.term_count());
  }
  // The entry of `role`, held or grown into; nullptr if there is none.
  const RoleRow* FindRole(RoleIndex role) const {
    for (const RoleRow& row : roles) {
      if (row.role == role) return &row;
    }
    return nullptr;
  }
};

// True if the profile exists for the organization `asker`.
bool IsVisibleTo(const ProfileView& view, Term asker);

// A hash of everything that `view` shows, the same wherever it lies.
uint64_t DigestOf(const ProfileView& view);

}  // namespace troupe

#endif  // TROUPE_MATCHER_INDEX_PROFILE_VIEW_H_
