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
  // What shipped weights do not use, but learned ones do.
  kExperienceAny,
  kRecencyAny,
  kGenreShare,
  kCompanyInRole,
  kTagsInRole,
  kLanguageFit,
  kCountryFit,
  kSimilarWork,
  kRecentCompany,
  kCollaborationInRole,
  kColleagues,
  kRecentCollaboration,
  kLoyalty,
  kCloseness,
  kAttached,
  kGenreMix,
  kAcceptance,
  kOwnRating,
};

inline constexpr size_t kFeatureCount = 34;

// A number for each feature, by Feature.
using PerFeature = std::array<int64_t, kFeatureCount>;

// Some of the features. Cheap to copy.
class FeatureSet {
 public:
  constexpr FeatureSet() = default;
  static constexpr FeatureSet All() { return FeatureSet((uint64_t{1} << kFeatureCount) - 1); }
  // From this one on.
  static constexpr FeatureSet From(Feature first) {
    return FeatureSet(All().bits_ & ~((uint64_t{1} << static_cast<size_t>(first)) - 1));
  }
  static constexpr FeatureSet Before(Feature limit) {
    return FeatureSet((uint64_t{1} << static_cast<size_t>(limit)) - 1);
  }
  // Those that weigh anything.
  static constexpr FeatureSet In(const PerFeature& weights) {
    FeatureSet set;
    for (size_t i = 0; i < kFeatureCount; ++i) set.bits_ |= uint64_t{weights[i] != 0} << i;
    return set;
  }

  constexpr bool Has(Feature feature) const {
    return (bits_ >> static_cast<size_t>(feature) & 1) != 0;
  }
  constexpr bool HasAnyOf(FeatureSet other) const { return (bits_ & other.bits_) != 0; }
  constexpr FeatureSet operator|(FeatureSet other) const { return FeatureSet(bits_ | other.bits_); }
  constexpr FeatureSet operator&(FeatureSet other) const { return FeatureSet(bits_ & other.bits_); }

 private:
  explicit constexpr FeatureSet(uint64_t bits) : bits_(bits) {}
  uint64_t bits_ = 0;
};

// Those that no shipped weights use.
inline constexpr FeatureSet kLearnedFeatures = FeatureSet::From(Feature::kExperienceAny);

// Those that careers tell something about, whatever came of openings since.
inline constexpr FeatureSet kCareerFeatures = FeatureSet::Before(Feature::kAcceptance);

// What an answer with these weights shows: the others, and what weighs anything.
constexpr FeatureSet ShownWith(const PerFeature& weights) {
  return FeatureSet::Before(Feature::kExperienceAny) | FeatureSet::In(weights);
}

// "skills", "genres", ...: stable, used in requests and answers.
absl::string_view FeatureName(Feature feature);
std::optional<Feature> FindFeature(absl::string_view name);

}  // namespace troupe

#endif  // TROUPE_MATCHER_RANK_FEATURE_H_
