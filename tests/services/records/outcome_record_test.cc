#include "services/records/outcome_record.h"

#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "tests/testing/status_matchers.h"
#include "troupe/storage/v1/outcome.pb.h"

namespace troupe {
namespace {

using testing::IsOkAndHolds;
using testing::StatusIs;
using ::testing::_;

OutcomeHistory EveryFieldOfOutcomes() {
  OutcomeHistory history{.owner = {"crew"},
                         .opening = {ProjectId(5), 2},
                         .role = "director",
                         .create_time = absl::FromUnixMicros(1),
                         .update_time = absl::FromUnixMicros(2)};
  history.Add({.profile = ProfileId(7),
               .kind = Outcome::Kind::kDeclined,
               .reason = Outcome::Reason::kPlace,
               .time = absl::FromUnixMicros(3)});
  history.Add({.profile = ProfileId(8),
               .kind = Outcome::Kind::kRated,
               .rating_hundredths = 450,
               .time = absl::FromUnixMicros(4)});
  return history;
}

TEST(OutcomeRecordTest, HoldsEveryField) {
  const OutcomeHistory history = EveryFieldOfOutcomes();
  EXPECT_THAT(ParseOutcomes(SerializeOutcomes(history)), IsOkAndHolds(history));
}

TEST(OutcomeRecordTest, RefusesWhatItDoesNotWrite) {
  const std::string good = SerializeOutcomes(EveryFieldOfOutcomes());
  const auto broken = [&good](auto change) {
    storage::v1::OutcomeHistory message;
    message.ParseFromString(good);
    change(message);
    return ParseOutcomes(message.SerializeAsString());
  };
  EXPECT_THAT(ParseOutcomes("x"), StatusIs(absl::StatusCode::kDataLoss, _));
  EXPECT_THAT(broken([](auto& m) { m.clear_owner(); }), StatusIs(absl::StatusCode::kDataLoss, _));
  EXPECT_THAT(broken([](auto& m) { m.clear_outcomes(); }),
              StatusIs(absl::StatusCode::kDataLoss, _));
  EXPECT_THAT(broken([](auto& m) { m.mutable_outcomes(0)->set_kind(9); }),
              StatusIs(absl::StatusCode::kDataLoss, _));
  EXPECT_THAT(broken([](auto& m) { m.mutable_outcomes(0)->set_reason(7); }),
              StatusIs(absl::StatusCode::kDataLoss, _));
}

}  // namespace
}  // namespace troupe
