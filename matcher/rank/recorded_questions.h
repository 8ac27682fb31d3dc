#ifndef TROUPE_MATCHER_RANK_RECORDED_QUESTIONS_H_
#define TROUPE_MATCHER_RANK_RECORDED_QUESTIONS_H_

#include <map>
#include <vector>

#include "absl/status/statusor.h"
#include "matcher/base/day.h"
#include "matcher/base/stop_token.h"
#include "matcher/domain/outcome.h"
#include "matcher/index/demand.h"
#include "matcher/index/pool.h"
#include "matcher/rank/training_set.h"

namespace troupe {

// An opening, and what came of it.
struct RecordedQuestion {
  Demand demand;           // As the opening is now.
  Day asked;               // That of the first outcome, or when it was recorded.
  OutcomeHistory history;  // Not empty.
};

// Questions whose answers are known, out of outcomes that one organization recorded:
// who of the people that anything came of was booked? Each is asked as of its day,
// with what had come of other openings before that; of holds only how everybody's
// were answered, and not whom the opening got: both know the answer. Openings for
// which nobody was booked, or everybody, ask nothing. By role. CANCELLED if `stop`
// says so.
absl::StatusOr<std::map<RoleIndex, TrainingSet::Questions>> QuestionsOf(
    const Pool& pool, std::vector<RecordedQuestion> recorded, const StopToken& stop);

}  // namespace troupe

#endif  // TROUPE_MATCHER_RANK_RECORDED_QUESTIONS_H_
