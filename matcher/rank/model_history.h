#ifndef TROUPE_MATCHER_RANK_MODEL_HISTORY_H_
#define TROUPE_MATCHER_RANK_MODEL_HISTORY_H_

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "absl/time/time.h"
#include "matcher/base/day.h"
#include "matcher/domain/ownership.h"
#include "matcher/rank/learn_model.h"
#include "matcher/rank/scoring_model.h"

namespace troupe {

// Weights for one role and regime as they are kept, and how they were found.
struct KeptWeights {
  std::vector<int64_t> weights;  // By position in the version's features. None: shipped.
  int64_t questions = 0;
  int64_t loss_millionths = 0;
  int64_t chance_loss_millionths = 0;

  friend bool operator==(const KeptWeights&, const KeptWeights&) = default;
};

struct KeptRole {
  std::string role;  // Of the taxonomy of then.
  std::array<KeptWeights, kRegimeCount> by_regime;

  friend bool operator==(const KeptRole&, const KeptRole&) = default;
};

// A scoring model as it was made at one time, in the words of then: features and
// roles may have come and gone since.
struct ModelVersion {
  uint32_t number = 0;  // From 1.
  absl::Time create_time;
  std::optional<Day> until;  // Nothing later was learned from. None: weights were given.
  int64_t seed = 0;
  bool from_outcomes = false;  // Learned from these, not from careers.
  uint64_t feature_version = 0;
  std::vector<std::string> features;
  std::vector<KeptRole> roles;
  uint64_t request = 0;    // What the request that made it is called in the log, hashed,
  uint64_t body_hash = 0;  // and what it said.

  friend bool operator==(const ModelVersion&, const ModelVersion&) = default;
};

// A scoring model of an organization: its newest versions, the oldest first.
struct ModelHistory {
  static constexpr size_t kMostVersions = 20;

  OrganizationId owner;
  std::string id;  // A slug; see ModelName.
  absl::Time create_time;
  absl::Time update_time;
  uint32_t last_version = 0;  // Of all that there ever were.
  std::vector<ModelVersion> versions;

  // To its owner only.
  Ownership ownership() const { return {.owner = owner, .findability = Findability::kHidden}; }

  // The version of that number, or the newest for 0; null if it is not kept.
  const ModelVersion* Find(uint32_t number) const;
  // The version that the request made; null if it is not kept.
  const ModelVersion* MadeBy(uint64_t request) const;

  // Gives `version` the next number and forgets the oldest beyond kMostVersions.
  void Add(ModelVersion version);

  friend bool operator==(const ModelHistory&, const ModelHistory&) = default;
};

// The names of all features, in the order of their values, and a hash of them.
std::vector<std::string> FeatureNames();
uint64_t FeatureVersion();

// A version without number, time and request, of what was learned or of weights
// by role.
ModelVersion MakeModelVersion(const std::vector<LearnedRole>& learned);

// The weights of `version` for this build's features and roles. FAILED_PRECONDITION,
// reason MODEL_OUTDATED: it weighs a feature that there is no more.
absl::StatusOr<ScoringModel> MakeScoringModel(const ModelVersion& version);

}  // namespace troupe

#endif  // TROUPE_MATCHER_RANK_MODEL_HISTORY_H_
