#ifndef TROUPE_MATCHER_INDEX_PROFILE_ROW_H_
#define TROUPE_MATCHER_INDEX_PROFILE_ROW_H_

#include <vector>

#include "matcher/domain/profile.h"
#include "matcher/index/profile_view.h"

namespace troupe {

// One profile as the engine sees it, on its own: what goes into a segment.
struct ProfileRow {
  ProfileScalars scalars;
  std::vector<Term> blocked_organizations;
  std::vector<PlaceIndex> travel_places;
  std::vector<RoleRow> roles;
  std::vector<Term> languages;
  std::vector<Term> genres;
  std::vector<Term> styles;
  std::vector<SkillRow> skills;
  std::vector<Term> credentials;
  std::vector<Term> wished_genres;
  std::vector<PlaceIndex> wished_places;
  std::vector<DaySpan> busy;
  std::vector<DaySpan> holds;
  std::vector<HoldTally> hold_tally;
  std::vector<CreditRow> credits;
  std::vector<ProductionRow> productions;
  std::vector<Term> production_terms;

  // Valid until the row changes or ends.
  ProfileView View() const;
};

// `profile`, which is valid, as a row. Unknown places and roles become kNone:
// they can only stem from an older gazetteer or taxonomy.
ProfileRow MakeProfileRow(const Profile& profile);

// The term of an organization.
Term OrganizationTerm(const OrganizationId& organization);

// `money` as an amount; not stated if there is none.
Amount MakeAmount(const std::optional<Money>& money);

// floor(log2(units)) of a budget; -1 if there is none, or less than one unit.
int32_t BudgetOctave(const std::optional<Money>& budget);

}  // namespace troupe

#endif  // TROUPE_MATCHER_INDEX_PROFILE_ROW_H_
