#ifndef TROUPE_MATCHER_RANK_FAIRNESS_H_
#define TROUPE_MATCHER_RANK_FAIRNESS_H_

#include <array>
#include <cstdint>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/types/span.h"
#include "matcher/base/stop_token.h"
#include "matcher/domain/outcome.h"
#include "matcher/index/pool.h"
#include "matcher/rank/recorded_questions.h"

namespace troupe {

// What people are grouped by, to see whether they are treated alike. None of it but
// the home place and what somebody has done enters a score.
enum class GroupAttribute : uint8_t {
  kGender,
  kPlayingAge,  // By decade of its middle.
  kHome,        // By province, or city without one.
  kNewcomer,    // Whether there was no credit in the role yet.
};

// How people of one group fared.
struct GroupCounts {
  std::string group;     // "female", "30-39", "zhejiang", "newcomer", ...; "not stated".
  int64_t eligible = 0;  // Or something came of the opening for them.
  std::array<int64_t, kOutcomeKinds> by_kind{};  // By Outcome::Kind.

  friend bool operator==(const GroupCounts&, const GroupCounts&) = default;
};

// Over all `recorded` openings, for each group: how many people were eligible for
// one, as the pool knows them, on the day it was asked, and what came of how many. A
// person counts once for each opening. The largest group first. CANCELLED if `stop`
// says so. Looks at everybody in the role for each opening.
absl::StatusOr<std::vector<GroupCounts>> CountByGroup(const Pool& pool,
                                                      absl::Span<const RecordedQuestion> recorded,
                                                      GroupAttribute attribute,
                                                      const StopToken& stop);

// The share of a group's eligible people that something came of, and that as a part
// of the highest share of any group, in millionths.
struct SelectionRate {
  int64_t selected = 0;
  int64_t share = 0;
  int64_t impact = 0;

  friend bool operator==(const SelectionRate&, const SelectionRate&) = default;
};

// Smaller groups are not compared with: a single person would make the highest share.
inline constexpr int64_t kSmallestGroup = 30;

// By group, as in `counts`. If all groups are small, the highest share is of all.
// Nobody selected: everybody's impact is 1,000,000.
std::vector<SelectionRate> SelectionRates(absl::Span<const GroupCounts> counts,
                                          Outcome::Kind kind);

}  // namespace troupe

#endif  // TROUPE_MATCHER_RANK_FAIRNESS_H_
