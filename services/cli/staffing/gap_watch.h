#ifndef TROUPE_SERVICES_CLI_STAFFING_GAP_WATCH_H_
#define TROUPE_SERVICES_CLI_STAFFING_GAP_WATCH_H_

#include <cstddef>
#include <map>
#include <string>
#include <tuple>
#include <vector>

#include "absl/status/status.h"
#include "services/cli/session.h"
#include "troupe/v1/gap.pb.h"
#include "troupe/v1/staffing_service.pb.h"

namespace troupe {

// The gaps as a watch has told of them so far. Thread-compatible.
class WatchedGaps {
 public:
  // One cell that is told otherwise; an unset message where there is none.
  struct Change {
    v1::GapCell before;
    v1::GapCell after;
  };

  // What `answer`, the first of a stream or a later one, changes.
  std::vector<Change> Take(const v1::WatchGapsResponse& answer, bool is_first);

  // All of them, as AnalyzeGaps would answer.
  v1::AnalyzeGapsResponse Whole() const;

 private:
  // Role, cities, anywhere, and the week as year, month and day.
  using Names = std::tuple<std::string, std::vector<std::string>, bool, int, int, int>;

  static Names NamesOf(const v1::GapCell& cell);

  std::map<Names, v1::GapCell> cells_;
  v1::AnalyzeGapsResponse summary_;
};

// Shows gaps, and then what becomes of them, at most `most` of either at a time, until the
// user wants no more. Begins again when the server goes away or cuts the client off.
absl::Status ShowGapsAsTheyChange(const v1::WatchGapsRequest& request, size_t most,
                                  Session& session);

}  // namespace troupe

#endif  // TROUPE_SERVICES_CLI_STAFFING_GAP_WATCH_H_
