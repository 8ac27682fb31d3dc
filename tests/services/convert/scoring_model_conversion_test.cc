#include "services/convert/scoring_model_conversion.h"

#include <string>

#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "tests/services/convert/wire_samples.h"
#include "tests/testing/status_matchers.h"
#include "tests/testing/values.h"

namespace troupe::testing {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

TEST(ModelNameTest, IsReadAsItIsWritten) {
  for (const ModelName& name : {ModelName{"a", 0}, ModelName{"films-2", 17},
                                ModelName{std::string(63, 'x'), 4'294'967'295}}) {
    EXPECT_THAT(ParseModelName(FormatName(name), "model"), IsOkAndHolds(name));
  }
  EXPECT_EQ(FormatName(ModelName{"films", 0}), "scoringModels/films");
  EXPECT_EQ(FormatName(ModelName{"films", 3}), "scoringModels/films@3");
}

TEST(ModelNameTest, HasOneFormOnly) {
  for (const char* name :
       {"", "films", "scoringModels/", "scoringModels/Films", "scoringModels/2films",
        "scoringModels/films@", "scoringModels/films@0", "scoringModels/films@01",
        "scoringModels/films@+1", "scoringModels/films@-1", "scoringModels/films@1 ",
        "scoringModels/films@4294967296", "scoringModels/films@1@2", "scoringModels/a/b",
        "scoringmodels/films", " scoringModels/films"}) {
    EXPECT_THAT(ParseModelName(name, "model"),
                StatusIs(absl::StatusCode::kInvalidArgument, ::testing::HasSubstr("model")))
        << name;
  }
}

constexpr char kModel[] = R"pb(
  roles {
    role: "director"
    cold {
      weights { key: "genres" value: 400000 }
      weights { key: "skills" value: 600000 }
    }
    warm {}
  }
  roles {
    role: "editor"
    cold {}
    warm { weights { key: "pay" value: 1000000 } }
  }
)pb";

TEST(ScoringModelConversionTest, ShowsWhatWasGiven) {
  Violations found;
  ModelHistory model{.owner = {"crew"}, .id = "films"};
  model.Add(FromWire(FromText<v1::ScoringModel>(kModel), "model", found));
  ASSERT_THAT(TextsOf(found), IsEmpty());
  v1::ScoringModel shown = ToWire(model, model.versions[0], 5, ModelDetail::kWhole);
  EXPECT_EQ(shown.name(), "scoringModels/films@1");
  EXPECT_EQ(shown.etag(), "0000000000000005");
  EXPECT_FALSE(shown.has_learned());
  const v1::ScoringModel given = FromText<v1::ScoringModel>(kModel);
  ASSERT_EQ(shown.roles_size(), given.roles_size());
  for (int i = 0; i < given.roles_size(); ++i) {
    EXPECT_EQ(shown.roles(i).DebugString(), given.roles(i).DebugString());
  }
  EXPECT_THAT(ToWire(model, model.versions[0], 5, ModelDetail::kHead).roles(), IsEmpty());
}

TEST(ScoringModelConversionTest, TakesNothingThatTheServerGives) {
  Violations found;
  FromWire(FromText<v1::ScoringModel>(
               absl::StrCat(kModel, "name: 'x' etag: 'x' organization: 'x' create_time {} "
                                    "version: 1 learned {} feature_version: 'x'")),
           "model", found);
  EXPECT_THAT(FieldsOf(found),
              ElementsAre("model.name", "model.etag", "model.organization", "model.create_time",
                          "model.version", "model.learned", "model.feature_version"));
}

}  // namespace
}  // namespace troupe::testing
