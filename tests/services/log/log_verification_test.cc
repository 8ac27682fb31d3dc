#include "services/log/log_verification.h"

#include <filesystem>
#include <fstream>
#include <sstream>

#include "absl/strings/str_cat.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "matcher/base/violation.h"
#include "services/log/applier.h"
#include "services/log/data_directory_report.h"
#include "services/log/day_ticker.h"
#include "services/log/log_layout.h"
#include "services/log/rocks_log.h"
#include "services/log/stored_format.h"
#include "services/log/view_verification.h"
#include "services/records/profile_record.h"
#include "tests/testing/builders.h"
#include "tests/testing/fake_clock.h"
#include "tests/testing/log_calls.h"
#include "tests/testing/status_matchers.h"
#include "tests/testing/temp_directory.h"

namespace troupe {
namespace {

using ::testing::AllOf;
using ::testing::HasSubstr;
using namespace ::troupe::testing;  // NOLINT: builders of this test.

// A data directory with the day and some profiles, that nobody has open.
class LogVerificationTest : public ::testing::Test {
 protected:
  void SetUp() override {
    const auto log = OpenRocksLog(clock_, {.directory = log_path_}).value();
    AppendOne(*log, TodayRequest(D("2026-11-23"))).value();
    for (uint64_t id = 1; id <= 20; ++id) AppendOne(*log, Profile(id, 1)).value();
    const auto view = OpenViewOf(*log, view_path_).value();
    ASSERT_THAT(CatchUp(*log, *view, clock_), IsOk());
  }

  static AppendRequest Profile(uint64_t id, int round) {
    return Request(absl::StrCat(id, "/", round),
                   {Put({EntityKind::kProfile, id}, kAnyVersion,
                        SerializeProfile(ProfileBuilder().Id(id).Build()))});
  }
  // Changes one row, as no server would.
  template <typename Family>
  void Change(const RocksLayout& layout, const std::string& path, Family family,
              const std::string& key, std::optional<std::string> value) {
    const auto store = RocksStore::Open(layout, path, nullptr, true).value();
    rocksdb::WriteBatch batch;
    if (value.has_value()) {
      batch.Put(store->family(family), key, *value);
    } else {
      batch.Delete(store->family(family), key);
    }
    ASSERT_THAT(store->Write(batch), IsOk());
  }
  absl::StatusOr<ViewFindings> View() {
    return VerifyView(view_path_, LogName::kTroupe, log_path_);
  }
  std::string Report() {
    std::ostringstream out;
    ReportOnDataDirectory(directory_.path(), LogName::kTroupe, out);
    return out.str();
  }

  FakeClock clock_;
  const TempDirectory directory_;
  const std::string log_path_ = directory_.Join("log");
  const std::string view_path_ = directory_.Join("view");
};

TEST_F(LogVerificationTest, FindsAWholeLogWhole) {
  const LogFindings findings = VerifyLog(log_path_).value();
  EXPECT_EQ(findings.records, 21);
  EXPECT_EQ(findings.entities, 21);
  EXPECT_EQ(findings.pos.number, 21U);
}

TEST_F(LogVerificationTest, FindsATrimmedLogWhole) {
  {
    const auto log = OpenRocksLog(clock_, {.directory = log_path_}).value();
    AppendOne(*log, Profile(3, 2)).value();
    ASSERT_THAT(log->Trim(ShardOf(3), 2), IsOk());
  }
  EXPECT_EQ(VerifyLog(log_path_).value().records, 21);
}

TEST_F(LogVerificationTest, ChangesNothing) {
  const auto before = std::filesystem::last_write_time(log_path_);
  ASSERT_THAT(VerifyLog(log_path_), IsOk());
  EXPECT_EQ(std::filesystem::last_write_time(log_path_), before);
}

TEST_F(LogVerificationTest, FindsARecordThatIsMissing) {
  const ShardId shard = ShardOf(3);
  Change(kLogLayout, log_path_, LogFamily::kLog, stored::LogKey(shard, 1), std::nullopt);
  EXPECT_THAT(VerifyLog(log_path_), StatusIs(absl::StatusCode::kDataLoss,
                                             HasSubstr(absl::StrCat("shard ", shard.value))));
}

TEST_F(LogVerificationTest, FindsAnEntityThatIsMissing) {
  Change(kLogLayout, log_path_, LogFamily::kEntity,
         stored::EntityRowKey({EntityKind::kProfile, 3}), std::nullopt);
  EXPECT_THAT(VerifyLog(log_path_), StatusIs(absl::StatusCode::kDataLoss, HasSubstr("id 3")));
}

TEST_F(LogVerificationTest, FindsAnEntityThatNoRecordWrote) {
  Change(kLogLayout, log_path_, LogFamily::kEntity,
         stored::EntityRowKey({EntityKind::kProfile, 99}),
         stored::EncodeEntity(1, SerializeProfile(ProfileBuilder().Id(99).Build())));
  EXPECT_THAT(VerifyLog(log_path_), StatusIs(absl::StatusCode::kDataLoss, HasSubstr("id 99")));
}

TEST_F(LogVerificationTest, SaysThatThereIsNoLog) {
  EXPECT_THAT(VerifyLog(directory_.Join("none")),
              StatusIs(absl::StatusCode::kNotFound, HasSubstr("none")));
}

TEST_F(LogVerificationTest, FindsAViewThatIsWhatTheLogSays) {
  const ViewFindings findings = View().value();
  EXPECT_TRUE(findings.exists);
  EXPECT_FALSE(findings.is_behind);
  EXPECT_EQ(findings.records, 20);
}

TEST_F(LogVerificationTest, FindsAViewThatIsBehind) {
  AppendOne(*OpenRocksLog(clock_, {.directory = log_path_}).value(), Profile(3, 2)).value();
  EXPECT_TRUE(View().value().is_behind);
}

TEST_F(LogVerificationTest, FindsAViewWithoutARecord) {
  Change(kViewLayout, view_path_, ViewFamily::kRecord, RecordKey({EntityKind::kProfile, 3}),
         std::nullopt);
  EXPECT_EQ(ReasonOf(View().status()), "VIEW_CORRUPT");
}

TEST_F(LogVerificationTest, FindsAViewWithARecordTooMany) {
  Change(kViewLayout, view_path_, ViewFamily::kRecord, RecordKey({EntityKind::kProfile, 99}), "");
  EXPECT_THAT(View(), StatusIs(absl::StatusCode::kDataLoss, HasSubstr("that the log lacks")));
}

TEST_F(LogVerificationTest, FindsAViewWhosePoolIsNotTheLogs) {
  Change(kLogLayout, log_path_, LogFamily::kEntity,
         stored::EntityRowKey(kTodayEntity),
         stored::EncodeEntity(1, *TodayRequest(D("2026-11-24")).mutations[0].value));
  EXPECT_THAT(View(), StatusIs(absl::StatusCode::kDataLoss, HasSubstr("another pool")));
}

TEST_F(LogVerificationTest, ReportsEachInALine) {
  EXPECT_THAT(Report(), AllOf(HasSubstr("log:  whole: 21 records, 21 entities"),
                              HasSubstr("view: whole: 20 records")));
}

TEST_F(LogVerificationTest, ReportsWhichFileIsDamaged) {
  std::filesystem::remove(log_path_ + ".anchor");
  EXPECT_THAT(Report(), AllOf(HasSubstr("NOT WHOLE"), HasSubstr(log_path_ + ".anchor")));
}

}  // namespace
}  // namespace troupe
