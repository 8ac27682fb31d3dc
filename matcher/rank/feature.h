#ifndef TROUPE_MATCHER_RANK_FEATURE_H_
#define TROUPE_MATCHER_RANK_FEATURE_H_

#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>

#include "absl/strings/string_view.h"

namespace troupe {

// One reason why a profile suits an opening, valued from 0 to 1,000,000.
// features.h says what each is made of.
enum class Feature : uint8_t {
  kSkills,
  kGenres,
  kExperience,
  kRating,
  kPlace,
  kPay,
  kCollaboration,
  kCompany,
  kTags,
  kSimilarity,
  kReciprocity,
  kRecency,
  kActivity,
  kLanguage,
  kCountry,
  kBudget,
};

inline constexpr size_t kFeatureCount = 16;

// A number for each feature, by Feature.
using PerFeature = std::array<int64_t, kFeatureCount>;

// "skills", "genres", ...: stable, used in requests and answers.
absl::string_view FeatureName(Feature feature);
std::optional<Feature> FindFeature(absl::string_view name);

}  // namespace troupe

#endif  // TROUPE_MATCHER_RANK_FEATURE_H_
