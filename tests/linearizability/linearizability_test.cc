// That the checker tells histories that can be explained from others, and that
// those of a real server can be; troupe-hold-linearizability records more.
#include <algorithm>
#include <string>
#include <vector>

#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "tests/integration/server_process.h"
#include "tests/linearizability/ladder_history.h"
#include "tests/linearizability/ladder_recorder.h"
#include "tests/testing/status_matchers.h"
#include "tests/testing/temp_directory.h"

namespace troupe::testing {
namespace {

using Verb = LadderCall::Verb;

LadderOperation Placed(int opening, uint32_t days, int number, int64_t began, int64_t ended) {
  return {.call = {.verb = Verb::kPlace, .opening = opening, .days = days},
          .answer = {.hold = number},
          .began = began,
          .ended = ended};
}

LadderOperation Done(Verb verb, int hold, const std::string& reason, int64_t began,
                     int64_t ended) {
  return {.call = {.verb = verb, .hold = hold},
          .answer = {.reason = reason},
          .began = began,
          .ended = ended};
}

LadderOperation Seen(std::vector<LadderEntry> holds, int64_t began, int64_t ended) {
  return {.call = {.verb = Verb::kRead},
          .answer = {.holds = std::move(holds)},
          .began = began,
          .ended = ended};
}

bool CanBeExplained(const LadderHistory& history) { return FindLinearization(history).found; }

// Two holds of the same day, both accepted, by time 8.
LadderHistory TwoAccepted() {
  return {Placed(0, 1, 1, 1, 2), Placed(1, 1, 2, 3, 4), Done(Verb::kAccept, 1, "", 5, 6),
          Done(Verb::kAccept, 2, "", 7, 8)};
}

TEST(LinearizabilityTest, ExplainsCallsOneAfterTheOther) {
  LadderHistory history = TwoAccepted();
  history.push_back(Done(Verb::kConfirm, 2, "NOT_FIRST", 9, 10));
  history.push_back(Done(Verb::kConfirm, 1, "", 11, 12));
  history.push_back(Seen({{.state = 'B'}, {.state = 'R'}}, 13, 14));
  history.push_back(Done(Verb::kCancel, 1, "", 15, 16));
  history.push_back(Seen({{.state = 'C'}, {.state = 'A', .ranks = {1}}}, 17, 18));
  EXPECT_TRUE(CanBeExplained(history));
}

TEST(LinearizabilityTest, ExplainsOverlappingCallsInEitherOrder) {
  LadderHistory history = TwoAccepted();
  history.push_back(Done(Verb::kRelease, 1, "", 9, 12));
  history.push_back(Done(Verb::kConfirm, 2, "", 10, 11));
  EXPECT_TRUE(CanBeExplained(history));
}

TEST(LinearizabilityTest, ShowsAConfirmationBetweenItsTwoMoments) {
  LadderHistory history = TwoAccepted();
  history.push_back(Done(Verb::kConfirm, 1, "", 9, 14));
  history.push_back(Done(Verb::kRelease, 1, "CONFIRMATION_PENDING", 10, 11));
  history.push_back(Seen({{.state = 'A', .pending = true, .ranks = {1}},
                          {.state = 'A', .ranks = {2}}}, 12, 13));
  EXPECT_TRUE(CanBeExplained(history));
}

TEST(LinearizabilityTest, RejectsABookingOfWhoWasNotFirst) {
  LadderHistory history = TwoAccepted();
  history.push_back(Done(Verb::kConfirm, 2, "", 9, 10));
  EXPECT_FALSE(CanBeExplained(history));
}

TEST(LinearizabilityTest, RejectsTwoBookingsOfADay) {
  LadderHistory history = TwoAccepted();
  history.push_back(Done(Verb::kConfirm, 1, "", 9, 11));
  history.push_back(Done(Verb::kConfirm, 2, "", 10, 12));
  EXPECT_FALSE(CanBeExplained(history));
}

TEST(LinearizabilityTest, RejectsAReadThatIsBehind) {
  LadderHistory history = TwoAccepted();
  history.push_back(Seen({{.state = 'A', .ranks = {1}}}, 9, 10));
  EXPECT_FALSE(CanBeExplained(history));
}

TEST(LinearizabilityTest, RejectsALostPromotion) {
  LadderHistory history = TwoAccepted();
  history.push_back(Done(Verb::kRelease, 1, "", 9, 10));
  history.push_back(Seen({{.state = 'R'}, {.state = 'A', .ranks = {2}}}, 11, 12));
  EXPECT_FALSE(CanBeExplained(history));
}

TEST(LinearizabilityTest, RejectsANumberThatIsGivenTwice) {
  EXPECT_FALSE(CanBeExplained({Placed(0, 1, 1, 1, 3), Placed(1, 2, 1, 2, 4)}));
}

class RecordedTest : public ::testing::Test {
 protected:
  void SetUp() override { ASSERT_THAT(server_.Start(), IsOk()); }

  LadderHistory Record(uint64_t seed) {
    const auto history =
        RecordHistory(server_.As("agency"), server_.As("house"), "history-" + std::to_string(seed),
                      {.clients = 8, .calls = 8, .seed = seed});
    EXPECT_THAT(history, IsOk());
    return history.ok() ? *history : LadderHistory();
  }

  const TempDirectory folder_;
  ServerProcess server_{folder_.Join("data")};
};

TEST_F(RecordedTest, CanBeExplained) {
  for (uint64_t seed = 1; seed <= 3; ++seed) {
    const Linearization result = FindLinearization(Record(seed));
    EXPECT_TRUE(result.found) << result.stuck;
  }
}

TEST_F(RecordedTest, CannotBeExplainedOnceItIsCorrupted) {
  LadderHistory history = Record(4);
  // The last word: after all calls, somebody reads that a hold is another's.
  history.push_back(Seen({}, 1'000'000, 1'000'001));
  EXPECT_FALSE(CanBeExplained(history));
  history.pop_back();
  const auto accepted = std::find_if(history.begin(), history.end(), [](const auto& one) {
    return one.call.verb == Verb::kPlace && one.answer.reason.empty();
  });
  ASSERT_NE(accepted, history.end());
  accepted->answer.reason = "HOLD_EXISTS";  // A number is missing then.
  accepted->answer.hold = 0;
  EXPECT_FALSE(CanBeExplained(history));
}

}  // namespace
}  // namespace troupe::testing
