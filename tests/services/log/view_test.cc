#include "services/log/view.h"

#include <algorithm>
#include <random>

#include "absl/synchronization/notification.h"
#include "absl/time/clock.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "matcher/base/violation.h"
#include "services/log/applier.h"
#include "services/records/day_record.h"
#include "services/records/profile_record.h"
#include "services/records/project_record.h"
#include "tests/testing/builders.h"
#include "tests/testing/fake_clock.h"
#include "tests/testing/log_calls.h"
#include "tests/testing/memory_log.h"
#include "tests/testing/random_market.h"
#include "tests/testing/status_matchers.h"
#include "tests/testing/temp_directory.h"

namespace troupe::testing {
namespace {

using ::testing::ElementsAre;
using ::testing::ElementsAreArray;
using ::testing::IsEmpty;
using ::testing::SizeIs;

EntityKey KeyOf(ProfileId id) { return {EntityKind::kProfile, id.value()}; }
EntityKey KeyOf(ProjectId id) { return {EntityKind::kProject, id.value()}; }

View::Update UpdateOf(const Profile& profile, uint64_t version = 1) {
  return {KeyOf(profile.id), version, SerializeProfile(profile)};
}
View::Update Removal(uint64_t profile, uint64_t version = 2) {
  return {KeyOf(ProfileId(profile)), version, std::nullopt};
}

// A profile whose last write was `minute` minutes after 1970.
Profile Dated(uint64_t id, int minute) {
  Profile profile = ProfileBuilder().Id(id).Holds(id % 2 ? "director" : "writer").Build();
  profile.update_time = absl::UnixEpoch() + absl::Minutes(minute);
  return profile;
}

// The ids of a listing, gone through in pages.
std::vector<uint64_t> IdsOf(const ViewSnapshot& now, ListQuery query, int32_t page_size = 2) {
  query.kind = EntityKind::kProfile;
  query.filter.reader = {"crew"};
  query.page_size = page_size;
  std::vector<uint64_t> ids;
  do {
    const ListPage page = now.List(query).value();
    for (const StoredRecord& record : page.records) ids.push_back(record.entity.id);
    query.after_key = page.next_key;
  } while (!query.after_key.empty());
  return ids;
}

// Everything a snapshot shows, in words that can be compared.
std::vector<std::string> ContentsOf(const ViewSnapshot& now) {
  std::vector<std::string> contents = {absl::StrCat("pool ", now.pool().Statistics().digest)};
  for (EntityKind kind : {EntityKind::kProfile, EntityKind::kProject}) {
    for (ListOrder order : {ListOrder::kName, ListOrder::kUpdateTime}) {
      for (const std::string& reader : MarketOrganizations()) {
        const ListPage page = now.List({.kind = kind,
                                        .filter = {.reader = {reader}},
                                        .order = order,
                                        .page_size = 1000}).value();
        for (const StoredRecord& record : page.records) {
          contents.push_back(absl::StrCat(record.entity.id, "@", record.version, record.bytes));
        }
      }
    }
  }
  return contents;
}

// Writes at random into `log`: people and projects come, change and go.
void WriteAtRandom(MemoryLog& log, int writes, uint64_t seed) {
  std::mt19937_64 rng(seed);
  const MarketOptions options;
  for (int i = 0; i < writes; ++i) {
    const size_t number = rng() % 12;
    const bool is_profile = rng() % 2 == 0;
    const EntityKey entity =
        is_profile ? KeyOf(MarketProfileId(number)) : KeyOf(MarketProjectId(number % 6));
    std::optional<std::string> value;
    if (rng() % 4 != 0 && is_profile) {
      value = SerializeProfile(RandomProfile(rng, ProfileId(entity.id), options));
    } else if (rng() % 4 != 0 && !is_profile) {
      value = SerializeProject(RandomProject(rng, ProjectId(entity.id), options));
    }
    ASSERT_THAT(AppendOne(log, Request(absl::StrCat(seed, "/", i), {{entity, kAnyVersion, value}})),
                IsOk());
  }
}

absl::Status Apply(View& view, const std::vector<View::Update>& updates,
                   const std::vector<Cursor>& positions) {
  return view.Apply(LogName::kTroupe, updates, positions);
}

class ViewTest : public ::testing::Test {
 protected:
  std::string Directory() const { return directory_.Join("view"); }
  std::unique_ptr<View> Open() { return *View::Open(Directory()); }

  TempDirectory directory_;
  FakeClock clock_;
  MemoryLog log_{clock_};
};

TEST_F(ViewTest, IsEmptyAtFirst) {
  const auto view = Open();
  EXPECT_EQ(view->Now()->Get(KeyOf(ProfileId(1))).value(), std::nullopt);
  EXPECT_THAT(IdsOf(*view->Now(), {}), IsEmpty());
}

TEST_F(ViewTest, ShowsWhatIsAppliedWithItsVersion) {
  const auto view = Open();
  const Profile profile = ProfileBuilder().Id(7).Build();
  ASSERT_THAT(Apply(*view, {UpdateOf(profile, 3)}, {}), IsOk());
  const auto stored = view->Now()->Get(KeyOf(profile.id)).value();
  EXPECT_EQ(stored->version, 3u);
  EXPECT_EQ(ParseProfile(stored->bytes).value(), profile);
  EXPECT_TRUE(view->Now()->pool().FindProfile(profile.id).has_value());
}

TEST_F(ViewTest, ForgetsWhatIsRemoved) {
  const auto view = Open();
  ASSERT_THAT(Apply(*view, {UpdateOf(ProfileBuilder().Id(7).Build())}, {}), IsOk());
  ASSERT_THAT(Apply(*view, {Removal(7)}, {}), IsOk());
  EXPECT_EQ(view->Now()->Get(KeyOf(ProfileId(7))).value(), std::nullopt);
  EXPECT_THAT(IdsOf(*view->Now(), {}), IsEmpty());
  EXPECT_THAT(IdsOf(*view->Now(), {.order = ListOrder::kUpdateTime}), IsEmpty());
  EXPECT_FALSE(view->Now()->pool().FindProfile(ProfileId(7)).has_value());
}

TEST_F(ViewTest, KnowsWhomAProjectEngagesFromTodayOn) {
  const auto view = Open();
  const auto engaged = [](uint64_t profile, int32_t last) {
    return UpdateOf(ProfileBuilder()
                        .Id(profile)
                        .With({.kind = CalendarEntry::Kind::kHeld,
                               .days = {Day(last - 3), Day(last + 1)},
                               .project = ProjectId(1)})
                        .Build());
  };
  ASSERT_THAT(Apply(*view, {engaged(7, 100), engaged(8, 101), engaged(9, 102)}, {}), IsOk());
  ASSERT_THAT(Apply(*view, {Removal(9)}, {}), IsOk());
  const auto by = [&](uint64_t project, size_t most) {
    return view->Now()->EngagedBy(ProjectId(project), Day(100), {.slug = "guest"}, most).value();
  };
  EXPECT_THAT(by(1, 9), ElementsAre(ProfileId(7), ProfileId(8)));
  EXPECT_THAT(by(1, 1), ElementsAre(ProfileId(7)));
  EXPECT_THAT(by(2, 9), IsEmpty());
  EXPECT_THAT(view->Now()->EngagedBy(ProjectId(1), Day(101), {.slug = "guest"}, 9).value(),
              ElementsAre(ProfileId(8)));
}

TEST_F(ViewTest, KeepsASnapshotAsItWas) {
  const auto view = Open();
  ASSERT_THAT(Apply(*view, {UpdateOf(ProfileBuilder().Id(7).Build())}, {}), IsOk());
  const auto before = view->Now();
  ASSERT_THAT(Apply(*view, {Removal(7), UpdateOf(ProfileBuilder().Id(8).Build(), 2)}, {}), IsOk());
  EXPECT_THAT(IdsOf(*before, {}), ElementsAre(7));
  EXPECT_TRUE(before->Get(KeyOf(ProfileId(7))).value().has_value());
  EXPECT_THAT(IdsOf(*view->Now(), {}), ElementsAre(8));
}

TEST_F(ViewTest, AnswersMultiGetInOrderWithGapsForTheMissing) {
  const auto view = Open();
  ASSERT_THAT(Apply(*view, {UpdateOf(ProfileBuilder().Id(7).Build(), 5)}, {}), IsOk());
  const auto records =
      view->Now()->MultiGet({KeyOf(ProfileId(8)), KeyOf(ProfileId(7)), KeyOf(ProjectId(7))});
  EXPECT_EQ(records.value()[0], std::nullopt);
  EXPECT_EQ(records.value()[1]->version, 5u);
  EXPECT_EQ(records.value()[2], std::nullopt);
}

TEST_F(ViewTest, ListsInBothOrdersBothWays) {
  const auto view = Open();
  ASSERT_THAT(Apply(*view, {UpdateOf(Dated(1, 30)), UpdateOf(Dated(2, 10)), UpdateOf(Dated(3, 20)),
                           UpdateOf(Dated(4, -10)), UpdateOf(Dated(~uint64_t{0}, 20))},
                          {}),
              IsOk());
  const auto now = view->Now();
  const uint64_t last = ~uint64_t{0};
  for (int32_t page_size : {1, 2, 3, 5}) {
    EXPECT_THAT(IdsOf(*now, {}, page_size), ElementsAre(1, 2, 3, 4, last));
    EXPECT_THAT(IdsOf(*now, {.descending = true}, page_size), ElementsAre(last, 4, 3, 2, 1));
    EXPECT_THAT(IdsOf(*now, {.order = ListOrder::kUpdateTime}, page_size),
                ElementsAre(4, 2, 3, last, 1));
    EXPECT_THAT(IdsOf(*now, {.order = ListOrder::kUpdateTime, .descending = true}, page_size),
                ElementsAre(1, last, 3, 2, 4));
  }
}

TEST_F(ViewTest, ListsEachRecordOnceAfterItWasMoved) {
  const auto view = Open();
  ASSERT_THAT(Apply(*view, {UpdateOf(Dated(1, 10)), UpdateOf(Dated(2, 20))}, {}), IsOk());
  ASSERT_THAT(Apply(*view, {UpdateOf(Dated(1, 30), 2)}, {}), IsOk());
  EXPECT_THAT(IdsOf(*view->Now(), {.order = ListOrder::kUpdateTime}), ElementsAre(2, 1));
}

TEST_F(ViewTest, FiltersWithoutShorteningPages) {
  const auto view = Open();
  std::vector<View::Update> updates;
  for (uint64_t id = 1; id <= 10; ++id) updates.push_back(UpdateOf(Dated(id, 0)));
  ASSERT_THAT(Apply(*view, updates, {}), IsOk());
  ListQuery query{.kind = EntityKind::kProfile, .page_size = 3};
  query.filter = {.reader = {"crew"}, .role = "director"};
  EXPECT_THAT(view->Now()->List(query)->records, SizeIs(3));
  EXPECT_THAT(IdsOf(*view->Now(), {.filter = {.role = "director"}}), ElementsAre(1, 3, 5, 7, 9));
}

TEST_F(ViewTest, IsTheSameAfterARestart) {
  WriteAtRandom(log_, 200, 1);
  std::vector<std::string> before;
  std::vector<Cursor> cursors;
  {
    const auto view = Open();
    ASSERT_THAT(CatchUp(log_, *view, clock_), IsOk());
    before = ContentsOf(*view->Now());
    cursors = view->Cursors(LogName::kTroupe);
  }
  const auto view = Open();
  EXPECT_THAT(ContentsOf(*view->Now()), ElementsAreArray(before));
  EXPECT_EQ(view->Cursors(LogName::kTroupe), cursors);
}

TEST_F(ViewTest, KeepsTheDayOverARestart) {
  const EntityKey day{EntityKind::kDay, 1};
  ASSERT_THAT(Apply(*Open(), {{day, 1, SerializeDay(D("2026-12-01"))}}, {}), IsOk());
  EXPECT_EQ(Open()->Now()->pool().today(), D("2026-12-01"));
}

// Each segment is too large to be merged with the change that comes with it.
TEST_F(ViewTest, MergesItsSegmentsOnceNothingIsWritten) {
  const auto view = Open();
  for (const uint64_t first : {1, 6'001}) {
    std::vector<View::Update> updates;
    for (uint64_t id = first; id < first + 6'000; ++id) updates.push_back(UpdateOf(Dated(id, 1)));
    ASSERT_THAT(Apply(*view, updates, {}), IsOk());
  }
  const uint64_t digest = view->Now()->pool().Statistics().digest;
  while (view->Now()->pool().segments().size() > 1) absl::SleepFor(absl::Milliseconds(50));
  EXPECT_EQ(view->Now()->pool().Statistics().digest, digest);
}

TEST_F(ViewTest, CallsBackAtOnceForWhatItShows) {
  const auto view = Open();
  const Cursor position{{3}, {5, RecordId(1)}};
  ASSERT_THAT(Apply(*view, {}, {position}), IsOk());
  bool called = false;
  view->WhenApplied(LogName::kTroupe, {3}, 5, [&](absl::Status status) { called = status.ok(); });
  EXPECT_TRUE(called);
}

TEST_F(ViewTest, CallsBackLaterForWhatItDoesNotShowYet) {
  const auto view = Open();
  int called = 0;
  view->WhenApplied(LogName::kTroupe, {3}, 5, [&](absl::Status status) { called += status.ok(); });
  ASSERT_THAT(Apply(*view, {}, {{{3}, {4, RecordId(1)}}, {{4}, {9, RecordId(1)}}}), IsOk());
  EXPECT_EQ(called, 0);
  ASSERT_THAT(Apply(*view, {}, {{{3}, {6, RecordId(1)}}}), IsOk());
  EXPECT_EQ(called, 1);
}

TEST_F(ViewTest, AnswersWhoeverWaitsWhenItFails) {
  const auto view = Open();
  std::vector<absl::Status> answers;
  const auto answer = [&](absl::Status status) { answers.push_back(std::move(status)); };
  view->WhenApplied(LogName::kTroupe, {3}, 5, answer);
  view->Fail(absl::DataLossError("broken"));
  view->WhenApplied(LogName::kTroupe, {3}, 0, answer);
  ASSERT_THAT(answers, SizeIs(2));
  for (const absl::Status& status : answers) {
    EXPECT_EQ(status.code(), absl::StatusCode::kUnavailable);
    EXPECT_EQ(ReasonOf(status), "VIEW_FAILED");
  }
}

TEST_F(ViewTest, TakesNoMoreOnceItHasFailed) {
  const auto view = Open();
  view->Fail(absl::DataLossError("broken"));
  EXPECT_THAT(Apply(*view, {UpdateOf(ProfileBuilder().Id(7).Build())}, {}),
              StatusIs(absl::StatusCode::kUnavailable, ::testing::_));
}

TEST_F(ViewTest, RefusesARecordThatIsNone) {
  EXPECT_EQ(ReasonOf(Apply(*Open(), {{KeyOf(ProfileId(1)), 1, "no profile"}}, {})),
            "RECORD_UNREADABLE");
}

TEST_F(ViewTest, RemembersWhereItStoodDaysBefore) {
  const auto view = Open();
  for (int day = 0; day < 9; ++day) {
    ASSERT_THAT(Apply(*view, {}, {{{3}, {static_cast<uint64_t>(10 + day), RecordId(1)}}}), IsOk());
    const auto old = view->MarkDay(LogName::kTroupe, D("2026-12-01") + day, 7).value();
    const uint64_t seq = old.empty() ? 0 : old[3].after.seq;
    EXPECT_EQ(seq, static_cast<uint64_t>(day < 7 ? 0 : 10 + day - 7));
  }
}

TEST_F(ViewTest, RemembersWhereItStoodFirstOnADay) {
  const auto view = Open();
  for (uint64_t seq : {1, 2}) {
    ASSERT_THAT(Apply(*view, {}, {{{3}, {seq, RecordId(1)}}}), IsOk());
    ASSERT_THAT(view->MarkDay(LogName::kTroupe, D("2026-12-01"), 7).status(), IsOk());
  }
  EXPECT_EQ(view->MarkDay(LogName::kTroupe, D("2026-12-08"), 7).value()[3].after.seq, 1u);
}

TEST_F(ViewTest, RemembersADayThatFollowsAPause) {
  const auto view = Open();
  ASSERT_THAT(Apply(*view, {}, {{{3}, {1, RecordId(1)}}}), IsOk());
  ASSERT_THAT(view->MarkDay(LogName::kTroupe, D("2026-12-01"), 7).status(), IsOk());
  ASSERT_THAT(Apply(*view, {}, {{{3}, {2, RecordId(1)}}}), IsOk());
  ASSERT_THAT(view->MarkDay(LogName::kTroupe, D("2026-12-03"), 7).status(), IsOk());
  EXPECT_EQ(view->MarkDay(LogName::kTroupe, D("2027-01-01"), 7).value()[3].after.seq, 2u);
}

// Whatever is written, a view that followed every step shows what one made
// from the log's base shows.
TEST_F(ViewTest, EqualsTheOneMadeFromTheLogsBase) {
  const auto followed = Open();
  for (uint64_t seed = 1; seed <= 20; ++seed) {
    WriteAtRandom(log_, 10, seed);
    ASSERT_THAT(CatchUp(log_, *followed, clock_), IsOk());
  }
  for (uint16_t shard = 0; shard < kShardCount; ++shard) {
    ASSERT_THAT(log_.Trim({shard}, ~uint64_t{0}), IsOk());
  }
  const auto made = OpenViewOf(log_, directory_.Join("made"));
  ASSERT_THAT(made, IsOk());
  EXPECT_THAT(ContentsOf(*(*made)->Now()), ElementsAreArray(ContentsOf(*followed->Now())));
  EXPECT_EQ((*made)->Cursors(LogName::kTroupe), followed->Cursors(LogName::kTroupe));
}

}  // namespace
}  // namespace troupe::testing
