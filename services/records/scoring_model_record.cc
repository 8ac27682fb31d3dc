#include "services/records/scoring_model_record.h"

#include "services/records/record_values.h"
#include "troupe/storage/v1/scoring_model.pb.h"

namespace troupe {

namespace pb = storage::v1;

static void Store(const KeptWeights& value, pb::ScoringModelRegime& message) {
  message.mutable_weights()->Add(value.weights.begin(), value.weights.end());
  message.set_questions(value.questions);
  message.set_loss_millionths(value.loss_millionths);
  message.set_chance_loss_millionths(value.chance_loss_millionths);
}

static bool Load(const pb::ScoringModelRegime& message, KeptWeights& value) {
  value.weights.assign(message.weights().begin(), message.weights().end());
  value.questions = message.questions();
  value.loss_millionths = message.loss_millionths();
  value.chance_loss_millionths = message.chance_loss_millionths();
  return true;
}

static void Store(const KeptRole& value, pb::ScoringModelRole& message) {
  message.set_role(value.role);
  Store(value.by_regime[static_cast<size_t>(Regime::kCold)], *message.mutable_cold());
  Store(value.by_regime[static_cast<size_t>(Regime::kWarm)], *message.mutable_warm());
}

static bool Load(const pb::ScoringModelRole& message, KeptRole& value) {
  value.role = message.role();
  return !value.role.empty() && message.has_cold() && message.has_warm() &&
         Load(message.cold(), value.by_regime[static_cast<size_t>(Regime::kCold)]) &&
         Load(message.warm(), value.by_regime[static_cast<size_t>(Regime::kWarm)]);
}

static void Store(const ModelVersion& value, pb::ScoringModelVersion& message) {
  message.set_number(value.number);
  message.set_create_time(StoredTime(value.create_time));
  message.set_request(value.request);
  message.set_body_hash(value.body_hash);
  if (value.until.has_value()) message.set_until(value.until->since_epoch());
  message.set_seed(value.seed);
  message.set_from_outcomes(value.from_outcomes);
  message.set_feature_version(value.feature_version);
  StoreTexts(value.features, *message.mutable_features());
  StoreAll(value.roles, *message.mutable_roles());
}

static bool Load(const pb::ScoringModelVersion& message, ModelVersion& value) {
  value.number = message.number();
  value.create_time = LoadedTime(message.create_time());
  value.request = message.request();
  value.body_hash = message.body_hash();
  if (message.has_until()) value.until = Day(message.until());
  value.seed = message.seed();
  value.from_outcomes = message.from_outcomes();
  value.feature_version = message.feature_version();
  value.features = LoadedTexts(message.features());
  if (value.number == 0 || !LoadAll(message.roles(), value.roles)) return false;
  for (const KeptRole& role : value.roles) {
    for (const KeptWeights& kept : role.by_regime) {
      if (!kept.weights.empty() && kept.weights.size() != value.features.size()) return false;
    }
  }
  return true;
}

std::string SerializeModel(const ModelHistory& model) {
  pb::ScoringModel message;
  message.set_owner(model.owner.slug);
  message.set_id(model.id);
  message.set_create_time(StoredTime(model.create_time));
  message.set_update_time(StoredTime(model.update_time));
  message.set_last_version(model.last_version);
  StoreAll(model.versions, *message.mutable_versions());
  return DeterministicBytes(message);
}

absl::StatusOr<ModelHistory> ParseModel(absl::string_view bytes) {
  pb::ScoringModel message;
  ModelHistory model;
  if (!ParseBytes(bytes, message) || message.owner().empty() || message.id().empty() ||
      message.versions().empty() || !LoadAll(message.versions(), model.versions)) {
    return RecordUnreadable("scoring model");
  }
  model.owner.slug = message.owner();
  model.id = message.id();
  model.create_time = LoadedTime(message.create_time());
  model.update_time = LoadedTime(message.update_time());
  model.last_version = message.last_version();
  return model;
}

}  // namespace troupe
