#ifndef TROUPE_SERVICES_STAFFING_GAP_QUESTION_H_
#define TROUPE_SERVICES_STAFFING_GAP_QUESTION_H_

#include <cstdint>
#include <vector>

#include "absl/status/statusor.h"
#include "matcher/base/day.h"
#include "matcher/staffing/what_if.h"
#include "services/staffing/market_shape.h"
#include "services/staffing/needed_work.h"
#include "services/staffing/people_supply.h"
#include "services/staffing/work_places.h"
#include "troupe/v1/staffing_service.pb.h"

namespace troupe {

// What AnalyzeGaps is asked, found valid. Roles are numbers of the taxonomy, places rows of
// WorkPlaces.
struct GapQuestion {
  WeekRange weeks;
  std::vector<uint32_t> roles;  // None: all.
  std::vector<uint32_t> rows;   // None: all.
  std::vector<staffing::Edit> edits;
  // By edit: MoreProjects that need what an average project does.
  std::vector<bool> is_average;
  bool with_forecast = false;
  TravelRates rates;
  size_t max_cells = 0;
};

// INVALID_ARGUMENT names what is wrong with which fields.
absl::StatusOr<GapQuestion> ReadGapQuestion(const v1::AnalyzeGapsRequest& request, Day today,
                                            const WorkPlaces& places);

// The edits with roles and cities of `shape`; what an average project needs comes from
// `open`. People who hold no role of the shape change nothing and are left out.
std::vector<staffing::Edit> EditsFor(const GapQuestion& question, const OpenWork& open,
                                     const WorkPlaces& places, const MarketShape& shape);

// Roles and rows that edits need work in.
MarketShape::Wanted NeededByEdits(const GapQuestion& question, const OpenWork& open,
                                  const WorkPlaces& places);

}  // namespace troupe

#endif  // TROUPE_SERVICES_STAFFING_GAP_QUESTION_H_
