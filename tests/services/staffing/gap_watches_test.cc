#include "services/staffing/gap_watches.h"

#include <cstdint>
#include <list>
#include <string>

#include "gmock/gmock.h"
#include "google/protobuf/util/message_differencer.h"
#include "gtest/gtest.h"
#include "tests/services/convert/wire_samples.h"
#include "tests/services/staffing/staffing_world.h"
#include "tests/testing/service_calls.h"
#include "tests/testing/watched_stream.h"

namespace troupe::testing {
namespace {

using absl::StatusCode;
using google::protobuf::util::MessageDifferencer;
using ::testing::ElementsAre;
using ::testing::IsEmpty;
using ::testing::Property;
using Stream = WatchedStream<v1::WatchGapsResponse>;

class GapWatchesTest : public ::testing::Test, protected StaffingWorld {
 protected:
  // Project `id` of "crew", which needs so many directors for a week of March 2026 in Xi'an.
  void HaveOpening(uint64_t id, int32_t seats, const std::string& owner = "crew") {
    Have(ProjectBuilder()
             .Id(id)
             .Owner(owner)
             .Hidden()
             .With(OpeningBuilder().Headcount(seats).AllDays("2026-03-02", 7).Place(
                 id == 1 ? "xian" : "beijing"))
             .Build());
  }
  void HaveNoOpening(uint64_t id) { Have(ProjectBuilder().Id(id).Owner("crew").Build()); }

  void Watch(Stream& stream, const std::string& rest = "") {
    service().WatchGaps(CallBy("crew"), FromText<v1::WatchGapsRequest>(rest), stream.sink());
  }
  // Ten seconds later: who is to be told of changes has been.
  void Look() {
    clock().Advance(absl::Seconds(10));
    timer().GoOff();
    Stream last;  // Its turn comes after those of all who are due.
    Watch(last);
    last.Next();
  }
};

TEST_F(GapWatchesTest, FirstAnswer_IsThatOfAnalyzeGaps) {
  HaveOpening(1, 2);
  const auto asked =
      Ask(service(), &StaffingService::AnalyzeGaps, v1::AnalyzeGapsRequest(), "crew");
  ASSERT_THAT(asked, IsOk());
  Stream stream;
  Watch(stream);
  const auto first = stream.Next();
  ASSERT_TRUE(first.has_value());
  v1::AnalyzeGapsResponse told = first->summary();
  *told.mutable_cells() = first->cells();
  EXPECT_TRUE(MessageDifferencer::Equals(told, *asked)) << told.DebugString();
}

TEST_F(GapWatchesTest, Answer_HasTheCellsThatChanged) {
  HaveOpening(1, 2);
  HaveOpening(2, 1);
  Stream stream;
  Watch(stream);
  EXPECT_EQ(stream.Next()->cells_size(), 2);
  HaveOpening(1, 3);
  Look();
  const auto next = stream.Next();
  EXPECT_THAT(next->cells(), ElementsAre(Property(&v1::GapCell::demand_millidays, 21'000)));
  EXPECT_THAT(next->gone(), IsEmpty());
  EXPECT_EQ(next->summary().totals().demand_millidays(), 28'000);
}

TEST_F(GapWatchesTest, Answer_NamesCellsThatAreGone) {
  HaveOpening(1, 2);
  HaveOpening(2, 1);
  Stream stream;
  Watch(stream);
  stream.Next();
  HaveNoOpening(2);
  Look();
  const auto next = stream.Next();
  EXPECT_THAT(next->cells(), IsEmpty());
  ASSERT_EQ(next->gone_size(), 1);
  EXPECT_THAT(next->gone(0).cities(), ElementsAre("beijing"));
}

TEST_F(GapWatchesTest, Answer_IsNotGivenWhereNothingChanged) {
  HaveOpening(1, 2);
  Stream stream;
  Watch(stream);
  stream.Next();
  HaveOpening(2, 5, "studio");  // Hidden from the caller.
  Look();
  HaveOpening(1, 3);
  Look();
  EXPECT_EQ(stream.Next()->summary().totals().demand_millidays(), 21'000);
}

TEST_F(GapWatchesTest, Answer_WaitsForTheInterval) {
  HaveOpening(1, 2);
  Stream stream;
  Watch(stream, "min_interval { seconds: 3600 }");
  stream.Next();
  HaveOpening(1, 3);
  Look();
  HaveOpening(1, 4);
  clock().Advance(absl::Hours(1));
  Look();
  EXPECT_EQ(stream.Next()->summary().totals().demand_millidays(), 28'000);
}

TEST_F(GapWatchesTest, Client_ThatDoesNotReadIsCutOff) {
  HaveOpening(1, 1);
  Stream idler;
  Watch(idler);
  for (int32_t seats = 2; seats <= 3; ++seats) {
    Look();
    EXPECT_FALSE(idler.HasEnded());
    HaveOpening(1, seats);
  }
  Look();
  EXPECT_THAT(idler.AwaitEnd(), FailsWith(StatusCode::kAborted, "WATCH_OVERTAKEN"));
}

TEST_F(GapWatchesTest, Client_ThatReadsLateHasAllAnswers) {
  HaveOpening(1, 1);
  Stream late;
  Watch(late);
  Look();
  HaveOpening(1, 2);
  Look();
  EXPECT_EQ(late.Next()->summary().totals().demand_millidays(), 7'000);
  EXPECT_EQ(late.Next()->summary().totals().demand_millidays(), 14'000);
}

TEST_F(GapWatchesTest, Watches_AreSixteenAtMost) {
  std::list<Stream> streams(GapWatches::kMost);
  for (Stream& stream : streams) Watch(stream);
  for (Stream& stream : streams) EXPECT_TRUE(stream.Next().has_value());
  Stream more;
  Watch(more);
  EXPECT_THAT(more.AwaitEnd(), FailsWith(StatusCode::kResourceExhausted, "TOO_MANY_WATCHES"));
  streams.front().Leave();
  Stream another;
  Watch(another);
  EXPECT_TRUE(another.Next().has_value());
}

TEST_F(GapWatchesTest, Request_NamesWhatIsWrongAsAnalyzeGapsDoes) {
  Stream stream;
  Watch(stream, "question { roles: 'king' cities: 'atlantis' }");
  EXPECT_THAT(BadFields(stream.AwaitEnd()), ElementsAre("question.roles[0]", "question.cities[0]"));
}

TEST_F(GapWatchesTest, Request_WantsAnIntervalOfASecondToAnHour) {
  Stream shorter, longer;
  Watch(shorter, "min_interval { nanos: 999999999 }");
  Watch(longer, "min_interval { seconds: 3601 }");
  EXPECT_THAT(BadFields(shorter.AwaitEnd()), ElementsAre("min_interval"));
  EXPECT_THAT(BadFields(longer.AwaitEnd()), ElementsAre("min_interval"));
}

TEST_F(GapWatchesTest, Watch_EndsWithItsClientAndNobodyLooksOn) {
  {
    Stream stream;
    Watch(stream);
    stream.Next();
    EXPECT_EQ(timer().waiting(), 1u);
  }
  timer().GoOff();
  EXPECT_EQ(timer().waiting(), 0u);
}

TEST_F(GapWatchesTest, Watch_EndsWhenTheViewFails) {
  Stream stream;
  Watch(stream);
  stream.Next();
  view().Fail(absl::DataLossError("a test's"));
  Look();
  EXPECT_EQ(stream.AwaitEnd().code(), StatusCode::kUnavailable);
}

}  // namespace
}  // namespace troupe::testing
