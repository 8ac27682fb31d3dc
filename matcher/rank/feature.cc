#include "matcher/rank/feature.h"

namespace troupe {
namespace {

constexpr std::array<const char*, kFeatureCount> kNames = {
    "skills", "genres", "experience", "rating", "place", "pay", "collaboration", "company", "tags",
    "similarity", "reciprocity", "recency", "activity", "language", "country", "budget",
    "experience_any", "recency_any", "genre_share", "company_in_role", "tags_in_role",
    "language_fit", "country_fit", "similar_work", "recent_company", "collaboration_in_role",
    "colleagues", "recent_collaboration", "loyalty", "closeness", "attached",
    "genre_mix", "acceptance", "own_rating"};

}  // namespace

absl::string_view FeatureName(Feature feature) { return kNames[static_cast<size_t>(feature)]; }

std::optional<Feature> FindFeature(absl::string_view name) {
  for (size_t i = 0; i < kFeatureCount; ++i) {
    if (name == kNames[i]) return static_cast<Feature>(i);
  }
  return std::nullopt;
}

}  // namespace troupe
