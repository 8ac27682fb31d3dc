#ifndef TROUPE_MATCHER_DOMAIN_CREDIT_H_
#define TROUPE_MATCHER_DOMAIN_CREDIT_H_

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "absl/strings/string_view.h"
#include "matcher/base/day.h"
#include "matcher/domain/label.h"
#include "matcher/domain/money.h"

namespace troupe {

// The role of a credit that fits no role of the taxonomy.
inline constexpr char kOtherRole[] = "other";

// The role whose parts are billed, and how many of the first are leading parts.
inline constexpr char kBilledRole[] = "actor";
inline constexpr int32_t kLeadingParts = 5;

// A production that a person worked on, in one role. Credits of different
// people with the same `production` are joined: that is how Troupe knows who
// worked together.
struct Credit {
  std::string production;  // "tmdb:603" or "projects/...".
  std::string title;
  std::string role;  // Of the taxonomy, or kOtherRole.
  std::string job;   // The source's own word.
  std::optional<int32_t> cast_order;
  std::optional<Day> date;  // None: not known; the credit counts, as old.
  std::vector<Label> genres;
  std::vector<Label> tags;
  std::vector<Label> companies;
  std::vector<std::string> countries;  // ISO 3166-1 alpha-2.
  std::string original_language;       // BCP 47; empty: not known.
  std::optional<Money> budget;

  // True if a question asked as of `as_of` may know of it.
  bool IsBefore(Day as_of) const { return !date.has_value() || *date < as_of; }
  // True if it counts as work in `role`. A part that is billed behind the leading
  // ones does not: who has played many of them is not yet known as an actor. It
  // counts as work in any role.
  bool CountsAs(absl::string_view asked) const {
    if (role != asked) return false;
    return role != kBilledRole || !cast_order.has_value() || *cast_order < kLeadingParts;
  }
  friend bool operator==(const Credit&, const Credit&) = default;
};

}  // namespace troupe

#endif  // TROUPE_MATCHER_DOMAIN_CREDIT_H_
