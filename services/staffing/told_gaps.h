#ifndef TROUPE_SERVICES_STAFFING_TOLD_GAPS_H_
#define TROUPE_SERVICES_STAFFING_TOLD_GAPS_H_

#include <map>
#include <optional>
#include <string>
#include <tuple>
#include <vector>

#include "matcher/base/day.h"
#include "troupe/v1/staffing_service.pb.h"

namespace troupe {

// What somebody has been told of gaps, so as to be told next what is otherwise.
// Thread-compatible.
class ToldGaps {
 public:
  // What of `answer` was not told before: the first time all of it. nullopt: nothing.
  std::optional<v1::WatchGapsResponse> Tell(v1::AnalyzeGapsResponse answer);

 private:
  // What names a cell: its role, cities, whether it is anywhere, and its week.
  using Names = std::tuple<std::string, std::vector<std::string>, bool, Day>;

  static Names NamesOf(const v1::GapCell& cell);
  static v1::GapCell CellOf(const Names& names);

  bool has_told_ = false;
  // As bytes.
  std::map<Names, std::string> cells_;
  std::string summary_;
};

}  // namespace troupe

#endif  // TROUPE_SERVICES_STAFFING_TOLD_GAPS_H_
