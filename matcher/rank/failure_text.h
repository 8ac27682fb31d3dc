#ifndef TROUPE_MATCHER_RANK_FAILURE_TEXT_H_
#define TROUPE_MATCHER_RANK_FAILURE_TEXT_H_

#include <string>

#include "matcher/rank/comparison.h"
#include "matcher/rank/requirement.h"

namespace troupe {

// How the profile fails `requirement`, said of the person, with the numbers:
// "asks 1,200 CNY a day; the ceiling is 1,000 CNY". Names no person and no
// organization, and says of a calendar only which days are not free.
std::string FailureText(Requirement requirement, const Comparison& comparison);

}  // namespace troupe

#endif  // TROUPE_MATCHER_RANK_FAILURE_TEXT_H_
