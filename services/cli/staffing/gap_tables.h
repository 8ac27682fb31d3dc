#ifndef TROUPE_SERVICES_CLI_STAFFING_GAP_TABLES_H_
#define TROUPE_SERVICES_CLI_STAFFING_GAP_TABLES_H_

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "matcher/base/day.h"
#include "services/cli/drawing/heat_picture.h"
#include "services/cli/placement/placement_words.h"
#include "services/cli/placement/report_tables.h"
#include "troupe/v1/gap.pb.h"
#include "troupe/v1/staffing_service.pb.h"
#include "troupe/v1/types.pb.h"

namespace troupe {

// A role in a place over all weeks: the cells of one, taken together.
struct GapRow {
  std::string role;
  std::vector<std::string> cities;
  bool anywhere = false;
  int64_t demand_millidays = 0;
  int64_t unmet_millidays = 0;
  // What one more person would add over all weeks, in millionths of a role-day.
  int64_t one_more_millionths = 0;
  // The week with the most unmet demand.
  std::string worst_week;
  int64_t worst_unmet_millidays = 0;
  bool is_rounded = false;
  bool is_own_only = false;
  std::vector<const v1::GapCell*> cells;  // By week.
};

// The rows of an answer, which outlives them: those with the most unmet demand first.
std::vector<GapRow> GapRowsOf(const v1::AnalyzeGapsResponse& response);

// "Xi'an, Baoji", "from anywhere".
Phrase PlacePhraseOf(const GapRow& row);

// "Xi'an, Baoji".
Phrase PlacesPhrase(const std::vector<std::string>& places);

Day DayOf(const v1::Date& date);

// Thousandths of a role-day as people read them: "1,234", "7.5".
std::string RoleDays(int64_t millidays);

// What stands above all tables.
std::vector<ReportFact> FactsOf(const v1::AnalyzeGapsResponse& response);

// The largest gaps, at most `most`.
ReportTable GapTable(const std::vector<GapRow>& rows, size_t most);
// All roles, those with the most unmet demand first.
ReportTable RoleTable(const std::vector<GapRow>& rows);

// What a reader has to know of the figures: what is rounded, merged, left out, added.
std::vector<Phrase> RemarksOn(const v1::AnalyzeGapsResponse& response);

// Unmet demand of one role by place and week, a picture for each of the roles with the
// most; all to one scale.
struct RoleHeat {
  std::string role;
  HeatPicture picture;
  size_t rows_left_out = 0;
};
std::vector<RoleHeat> HeatPictures(const v1::AnalyzeGapsResponse& response,
                                   const std::vector<GapRow>& rows, Language language);

}  // namespace troupe

#endif  // TROUPE_SERVICES_CLI_STAFFING_GAP_TABLES_H_
