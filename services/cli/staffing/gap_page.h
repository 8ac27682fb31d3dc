#ifndef TROUPE_SERVICES_CLI_STAFFING_GAP_PAGE_H_
#define TROUPE_SERVICES_CLI_STAFFING_GAP_PAGE_H_

#include <string>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "services/cli/drawing/gnuplot.h"
#include "services/cli/placement/placement_words.h"
#include "services/cli/streams.h"
#include "troupe/v1/staffing_service.pb.h"

namespace troupe {

// Prints an analysis to a terminal: its figures, and the largest gaps, at most `most`.
void PrintGaps(const v1::AnalyzeGapsResponse& response, size_t most, Language language,
               const Streams& streams);

// The analysis as one page of HTML, with a heat map for each of the roles that miss the
// most. Errors as Draw.
absl::StatusOr<std::string> GapPage(const v1::AnalyzeGapsResponse& response, Language language,
                                    const Gnuplot& gnuplot);

// Writes gaps.csv, roles.csv and cells.csv into `folder`, which is made if it is not
// there. FAILED_PRECONDITION, reason FILE_NOT_WRITTEN.
absl::Status WriteGapCsv(const v1::AnalyzeGapsResponse& response, const std::string& folder);

}  // namespace troupe

#endif  // TROUPE_SERVICES_CLI_STAFFING_GAP_PAGE_H_
