#ifndef TROUPE_MATCHER_RANK_ELIGIBILITY_H_
#define TROUPE_MATCHER_RANK_ELIGIBILITY_H_

#include "matcher/index/demand.h"
#include "matcher/index/profile_view.h"
#include "matcher/rank/dated_demand.h"
#include "matcher/rank/requirement.h"

namespace troupe {

// Every requirement of `query` that `view` fails. `role` is the profile's entry
// for the role asked for; null if it has none.
RequirementSet FailuresOf(const DatedDemand& query, const ProfileView& view, const RoleRow* role);

// True if nothing fails. The same as FailuresOf(...).empty(), but stops at the
// first failure.
bool IsEligible(const DatedDemand& query, const ProfileView& view, const RoleRow* role);

// True if the project exists for the organization `asker`.
bool IsVisibleTo(const Demand& demand, Term asker);

// True if the opening is offered to people as of a day: open, not filled, its
// window not past and not beyond the last searchable day.
bool IsOffered(const Demand& demand, Day as_of);

// How far the person would have to come: 0 if the home place and the work's
// contain each other; -1 if either is not known.
int32_t DistanceKm(PlaceIndex home, PlaceIndex place);

// The days that the person travels to the work and back again, each way.
int32_t TravelDaysOf(const Demand& demand, const ProfileView& view);

}  // namespace troupe

#endif  // TROUPE_MATCHER_RANK_ELIGIBILITY_H_
