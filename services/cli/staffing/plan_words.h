#ifndef TROUPE_SERVICES_CLI_STAFFING_PLAN_WORDS_H_
#define TROUPE_SERVICES_CLI_STAFFING_PLAN_WORDS_H_

#include <string>
#include <vector>

#include "absl/strings/string_view.h"
#include "services/cli/placement/placement_words.h"
#include "troupe/v1/gap.pb.h"
#include "troupe/v1/training_plan.pb.h"

namespace troupe {

// "poisson", "dominating-city", ...: all regimes as the command line calls them.
const std::vector<std::string>& RegimeWords();
// Unspecified if there is none.
v1::DemandRegime RegimeOf(absl::string_view word);
Phrase NameOf(v1::DemandRegime regime);

// "wishing" and "anybody".
const std::vector<std::string>& LearnersWords();
v1::Learners LearnersOf(absl::string_view word);
Phrase NameOf(v1::Learners learners);

std::string WordOf(v1::TrainingPolicy policy);  // "gap-greedy"
Phrase NameOf(v1::TrainingPolicy policy);

Phrase NameOf(v1::TrainingPlanState state);

// Why nobody is trained: the server's words, with the same in Chinese.
Phrase EmptyPhrase(const v1::TrainingResult& result);

// "20 more people in Xi'an: Gaffer".
Phrase PhraseOf(const v1::WhatIf& what_if);

// "11,540 (11,400 – 11,680)", and the interval alone: in role-days.
std::string WithInterval(const v1::DrawnMillidays& drawn);
std::string IntervalText(const v1::DrawnMillidays& drawn);

// "Xi'an", "from anywhere".
Phrase PhraseOf(const v1::WorkPlaceDays& work);

}  // namespace troupe

#endif  // TROUPE_SERVICES_CLI_STAFFING_PLAN_WORDS_H_
