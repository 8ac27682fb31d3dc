#include "matcher/rank/model_history.h"

#include <algorithm>
#include <cmath>
#include <utility>

#include "absl/strings/str_join.h"
#include "matcher/base/millionths.h"
#include "matcher/base/stable_hash.h"
#include "matcher/base/status_macros.h"
#include "matcher/base/violation.h"
#include "matcher/domain/role_taxonomy.h"
#include "matcher/index/terms.h"

namespace troupe {
namespace {

int64_t Rounded(double loss) {
  return static_cast<int64_t>(std::llround(loss * static_cast<double>(kMillionths)));
}

// The positions that the features of `version` have in this build; -1 for one
// that there is no more.
std::vector<int> PositionsOf(const ModelVersion& version) {
  std::vector<int> positions;
  for (const std::string& name : version.features) {
    const std::optional<Feature> feature = FindFeature(name);
    positions.push_back(feature.has_value() ? static_cast<int>(*feature) : -1);
  }
  return positions;
}

absl::StatusOr<Weights> WeightsOf(const KeptWeights& kept, const std::vector<int>& positions) {
  Weights weights{};
  for (size_t i = 0; i < kept.weights.size(); ++i) {
    if (kept.weights[i] == 0) continue;
    if (positions[i] < 0) {
      return ErrorWithReason(absl::StatusCode::kFailedPrecondition, "MODEL_OUTDATED",
                             "the model weighs a feature that this release does not have: learn "
                             "a new version of it");
    }
    weights[static_cast<size_t>(positions[i])] = kept.weights[i];
  }
  return weights;
}

}  // namespace

const ModelVersion* ModelHistory::Find(uint32_t number) const {
  if (number == 0) return versions.empty() ? nullptr : &versions.back();
  const auto found = std::find_if(versions.begin(), versions.end(), [&](const ModelVersion& kept) {
    return kept.number == number;
  });
  return found == versions.end() ? nullptr : &*found;
}

const ModelVersion* ModelHistory::MadeBy(uint64_t request) const {
  const auto found = std::find_if(versions.begin(), versions.end(), [&](const ModelVersion& kept) {
    return kept.request == request;
  });
  return found == versions.end() ? nullptr : &*found;
}

void ModelHistory::Add(ModelVersion version) {
  version.number = ++last_version;
  versions.push_back(std::move(version));
  if (versions.size() > kMostVersions) {
    versions.erase(versions.begin(),
                   versions.begin() + static_cast<ptrdiff_t>(versions.size() - kMostVersions));
  }
}

std::vector<std::string> FeatureNames() {
  std::vector<std::string> names;
  for (size_t i = 0; i < kFeatureCount; ++i) {
    names.emplace_back(FeatureName(static_cast<Feature>(i)));
  }
  return names;
}

uint64_t FeatureVersion() { return StableHash(absl::StrJoin(FeatureNames(), ",")); }

ModelVersion MakeModelVersion(const std::vector<LearnedRole>& learned) {
  ModelVersion version{.feature_version = FeatureVersion(), .features = FeatureNames()};
  for (const LearnedRole& role : learned) {
    KeptRole& kept = version.roles.emplace_back();
    kept.role = ShippedRoles().roles()[static_cast<size_t>(role.role)].id;
    for (size_t i = 0; i < kRegimeCount; ++i) {
      const LearnedWeights& found = role.by_regime[i];
      kept.by_regime[i] = {.weights = {},
                           .questions = found.questions,
                           .loss_millionths = Rounded(found.loss),
                           .chance_loss_millionths = Rounded(found.loss_of_chance)};
      if (!found.weights.has_value()) continue;
      kept.by_regime[i].weights.assign(found.weights->begin(), found.weights->end());
    }
  }
  return version;
}

absl::StatusOr<ScoringModel> MakeScoringModel(const ModelVersion& version) {
  const std::vector<int> positions = PositionsOf(version);
  const ScoringModel shipped;
  ScoringModel model;
  for (const KeptRole& role : version.roles) {
    const RoleIndex index = RoleIndexOf(role.role);
    if (index == kNone) continue;  // Nobody can ask for it any more.
    RegimeWeights weights;
    for (Regime regime : {Regime::kCold, Regime::kWarm}) {
      const size_t at = static_cast<size_t>(regime);
      if (role.by_regime[at].weights.empty()) {
        weights[at] = shipped.Of(index, regime);
      } else {
        TROUPE_ASSIGN_OR_RETURN(weights[at], WeightsOf(role.by_regime[at], positions));
      }
    }
    model.Set(index, weights);
  }
  return model;
}

}  // namespace troupe
