#ifndef TROUPE_MATCHER_STAFFING_WHAT_IF_H_
#define TROUPE_MATCHER_STAFFING_WHAT_IF_H_

#include <cstdint>
#include <variant>
#include <vector>

#include "absl/status/statusor.h"
#include "matcher/staffing/market.h"

namespace troupe::staffing {

// More people who live in a city and work there only.
struct MorePeople {
  uint32_t city = 0;
  std::vector<Craft> crafts;  // By role.
  int64_t people = 0;
  int64_t millidays_per_week = 5 * kMillidays;  // Of each.
  uint32_t from_week = 0;
};

// What a shoot needs: role-days of one role in one of its weeks.
struct TemplateNeed {
  uint32_t role = 0;
  uint32_t week = 0;  // From its first, 0.
  int64_t millidays = 0;
};

// Projects of one kind come to a city, spread evenly over the weeks in which they may
// begin: 30 projects, or what a park that opens hosts from then on.
struct MoreProjects {
  uint32_t city = 0;
  int64_t projects = 0;
  std::vector<TemplateNeed> needs;
  uint32_t first_week = 0;  // In which one may begin, included,
  uint32_t limit_week = 0;  // up to here, not included.
};

// A week in which people are away from work and shoots need more or less: a festival.
struct FestivalWeek {
  uint32_t week = 0;
  int64_t supply_millionths = kMillionths;  // Of what it would be.
  int64_t demand_millionths = kMillionths;  // Up to 10 times.
};

using Edit = std::variant<MorePeople, MoreProjects, FestivalWeek>;

// The market after edits, one after the other: what AnalyzeGaps is asked of for a what-if.
// Needs past the last week are left out. INVALID_ARGUMENT that names the edit by its row,
// what is wrong with it and how to mend it; or of ValidateMarket of the result.
absl::StatusOr<Market> WithEdits(const Market& market, const std::vector<Edit>& edits);

}  // namespace troupe::staffing

#endif  // TROUPE_MATCHER_STAFFING_WHAT_IF_H_
