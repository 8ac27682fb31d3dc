#include "services/records/scoring_model_record.h"

#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "tests/testing/status_matchers.h"

namespace troupe {
namespace {

using testing::IsOkAndHolds;
using testing::StatusIs;
using ::testing::_;

ModelHistory EveryFieldOfModel() {
  ModelVersion version{.create_time = absl::FromUnixMicros(5),
                       .until = Day(-3),
                       .seed = 7,
                       .from_outcomes = true,
                       .feature_version = 11,
                       .features = {"skills", "genres"},
                       .request = 13,
                       .body_hash = 17};
  version.roles.push_back({.role = "director",
                           .by_regime = {KeptWeights{{400'000, 600'000}, 50, 3, 4},
                                         KeptWeights{{}, 2, 5, 6}}});
  ModelHistory model{.owner = {"crew"},
                     .id = "films",
                     .create_time = absl::FromUnixMicros(1),
                     .update_time = absl::FromUnixMicros(2)};
  model.Add(version);
  version.until.reset();
  model.Add(version);
  return model;
}

TEST(ScoringModelRecordTest, HoldsEveryField) {
  const ModelHistory model = EveryFieldOfModel();
  EXPECT_THAT(ParseModel(SerializeModel(model)), IsOkAndHolds(model));
}

TEST(ScoringModelRecordTest, RefusesWhatItDoesNotWrite) {
  EXPECT_THAT(ParseModel("no record"), StatusIs(absl::StatusCode::kDataLoss, _));
  ModelHistory nobody = EveryFieldOfModel();
  nobody.owner = {};
  EXPECT_THAT(ParseModel(SerializeModel(nobody)), StatusIs(absl::StatusCode::kDataLoss, _));
  ModelHistory short_of_weights = EveryFieldOfModel();
  short_of_weights.versions[0].roles[0].by_regime[0].weights.pop_back();
  EXPECT_THAT(ParseModel(SerializeModel(short_of_weights)),
              StatusIs(absl::StatusCode::kDataLoss, _));
  ModelHistory empty = EveryFieldOfModel();
  empty.versions.clear();
  EXPECT_THAT(ParseModel(SerializeModel(empty)), StatusIs(absl::StatusCode::kDataLoss, _));
}

}  // namespace
}  // namespace troupe
