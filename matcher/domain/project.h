#ifndef TROUPE_MATCHER_DOMAIN_PROJECT_H_
#define TROUPE_MATCHER_DOMAIN_PROJECT_H_

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "absl/time/time.h"
#include "matcher/base/day.h"
#include "matcher/base/ids.h"
#include "matcher/domain/label.h"
#include "matcher/domain/money.h"
#include "matcher/domain/opening.h"
#include "matcher/domain/ownership.h"

namespace troupe {

// A production: what it is, when, where, and whom it needs. A plain value:
// ValidateProject says whether it keeps the rules of the domain.
struct Project {
  ProjectId id;
  Ownership ownership;
  ExternalId external_id;
  absl::Time create_time;
  absl::Time update_time;

  std::string title;
  std::vector<ProfileId> blocked_profiles;  // Sorted, distinct.
  std::vector<Label> genres;
  std::vector<Label> tags;
  std::vector<Label> companies;
  std::vector<std::string> styles;
  std::vector<std::string> countries;
  std::string original_language;
  std::optional<Money> budget;
  std::string currency;  // Of every amount in it; empty if there is none.
  std::string place;     // Empty: not fixed.
  std::optional<DaySpan> dates;
  std::optional<Day> release_date;
  std::vector<Attached> attached;
  std::vector<Opening> openings;
  uint32_t last_opening_number = 0;  // Ever given, also to openings since removed.

  const Opening* FindOpening(uint32_t number) const;

  // What an opening does not state itself, it has from its project.
  const std::string& PlaceOf(const Opening& opening) const {
    return opening.place.empty() ? place : opening.place;
  }
  const std::vector<Label>& GenresOf(const Opening& opening) const {
    return opening.genres.empty() ? genres : opening.genres;
  }
  // The people of the project, of the opening, and on the seats of all its
  // openings (in the roles of those): one entry a person, sorted by profile;
  // roles sorted, distinct.
  std::vector<Attached> AttachedTo(const Opening& opening) const;

  friend bool operator==(const Project&, const Project&) = default;
};

// Entries of the same profile joined: sorted by profile, roles sorted and
// distinct.
std::vector<Attached> JoinAttached(std::vector<Attached> attached);

}  // namespace troupe

#endif  // TROUPE_MATCHER_DOMAIN_PROJECT_H_
