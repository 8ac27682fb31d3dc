#ifndef TROUPE_MATCHER_STAFFING_POLICY_H_
#define TROUPE_MATCHER_STAFFING_POLICY_H_

#include <array>
#include <cstdint>

#include "absl/strings/string_view.h"
#include "matcher/staffing/training.h"

namespace troupe::staffing {

// A rule for choosing training that needs no optimisation: what plans are compared with.
// All keep to the same people, seats and budget, and spend as much of it as they can.
enum class Policy {
  kNone,          // Nobody is trained.
  kProportional,  // Money by role in proportion to expected unmet role-days; in a role,
                  // people one by one from the option with the largest share left.
  kChain,         // Each role's people learn the next role, in the order of roles, the last
                  // role's the first (W. C. Jordan, S. C. Graves 1995); a person for each
                  // role in turn.
  kRandom,        // A person of an option drawn at random, again and again.
  kGapGreedy,     // A person at a time for the cell with the most expected unmet role-days,
                  // whose weeks the person would then fill, of those least needed where
                  // they are.
};
inline constexpr std::array kPolicies = {Policy::kNone, Policy::kProportional, Policy::kChain,
                                         Policy::kRandom, Policy::kGapGreedy};

// As in answers: "gap_greedy".
absl::string_view PolicyWord(Policy policy);

// Whom the policy trains. `seed` is that of kRandom. Of a valid problem.
Trainees TraineesOf(Policy policy, const TrainingProblem& problem, uint64_t seed);

}  // namespace troupe::staffing

#endif  // TROUPE_MATCHER_STAFFING_POLICY_H_
