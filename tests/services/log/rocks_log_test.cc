#include "services/log/rocks_log.h"

#include <filesystem>
#include <fstream>
#include <memory>
#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/synchronization/notification.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "matcher/base/violation.h"
#include "services/log/anchored_store.h"
#include "services/log/log_layout.h"
#include "services/log/rocks_store.h"
#include "services/log/stored_format.h"
#include "tests/testing/fake_clock.h"
#include "tests/testing/log_calls.h"
#include "tests/testing/power_cut.h"
#include "tests/testing/status_matchers.h"
#include "tests/testing/temp_directory.h"

namespace troupe {
namespace {

using ::testing::_;
using ::testing::AllOf;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::SizeIs;
using namespace ::troupe::testing;  // NOLINT: builders of this test.

constexpr ShardId kShard{7};
const EntityKey kAda = ProfileOn(kShard, 0);
const EntityKey kBen = ProfileOn(kShard, 1);

class RocksLogTest : public ::testing::Test {
 protected:
  absl::StatusOr<std::unique_ptr<ChangeLog>> Open() {
    return OpenRocksLog(clock_, {.directory = path_});
  }
  static void Write(ChangeLog& log, int count) {
    for (int i = 0; i < count; ++i) {
      AppendOne(log, Request(absl::StrCat("r", i), {Put(kAda, kAnyVersion, absl::StrCat("v", i))}))
          .value();
    }
  }
  // Opens the log, writes `count` records of `kAda` and closes it again.
  void WriteAndClose(int count) { Write(*Open().value(), count); }
  // Leaves the log as a process leaves it that dies after so many records: what
  // it wrote is in the write-ahead log.
  void WriteAndDie(int count) {
    PowerCut power(1);
    const auto env = PowerCutEnv(power);
    {
      const auto log = OpenRocksLog(clock_, {.directory = path_, .env = env.get()}).value();
      Write(*log, count);
      power.Cut();
    }
    power.Restore();
  }
  // Puts the manifest of `older` in the place of the log's.
  void ReplaceManifest(const std::string& older) {
    for (const auto& entry : std::filesystem::directory_iterator(path_)) {
      if (entry.path().filename().string().starts_with("MANIFEST-")) {
        std::filesystem::remove(entry.path());
      }
    }
    for (const auto& entry : std::filesystem::directory_iterator(older)) {
      const std::string name = entry.path().filename().string();
      if (name != "CURRENT" && !name.starts_with("MANIFEST-")) continue;
      std::filesystem::copy_file(entry.path(), path_ + "/" + name,
                                 std::filesystem::copy_options::overwrite_existing);
    }
  }
  static rocksdb::Status FlushAll(const RocksStore& store) {
    rocksdb::Status status;
    for (size_t i = 0; status.ok() && i < std::size(kLogFamilies); ++i) {
      status = store.db().Flush({}, store.family(i));
    }
    return status;
  }
  // The database itself, while no log is open.
  std::unique_ptr<RocksStore> Store() { return RocksStore::Open(kLogLayout, path_, nullptr, true).value(); }

  FakeClock clock_;
  TempDirectory directory_;
  const std::string path_ = directory_.Join("log");
};

TEST_F(RocksLogTest, KeepsRecordsAndEntitiesWhenReopened) {
  LogPos pos;
  {
    const auto log = Open().value();
    pos = AppendOne(*log, Request("r", {Put(kAda, 0, "a"), Put(kBen, 0, "b")})).value();
  }
  const auto log = Open().value();
  EXPECT_THAT(log->Head(kShard), IsOkAndHolds(pos));
  EXPECT_THAT(ReadNow(*log, {{kShard, {}}}),
              IsOkAndHolds(ElementsAre(
                  ReadRecord{kShard, pos, clock_.Now(), {{kAda, "a"}, {kBen, "b"}}})));
  EXPECT_THAT(BaseOf(*log, kShard),
              IsOkAndHolds(ElementsAre(BaseEntity{kAda, 1, "a"}, BaseEntity{kBen, 1, "b"})));
}

// While it is open what was appended last comes from memory, later from disk.
TEST_F(RocksLogTest, ReadsTheSameFromMemoryAsFromDisk) {
  const std::vector<Cursor> start = {{kShard, {}}};
  std::vector<ReadRecord> from_memory;
  {
    const auto log = Open().value();
    Mutation update = Put(kAda, 1, std::string(1000, 'b'));
    update.audience_before = "audience";
    AppendOne(*log, Request("1", {Put(kAda, 0, "a"), Put(kBen, 0, "")})).value();
    AppendOne(*log, Request("2", {update, {.entity = kBen, .expected_version = 1}})).value();
    from_memory = ReadNow(*log, start).value();
  }
  ASSERT_THAT(from_memory, SizeIs(2));
  EXPECT_THAT(ReadNow(*Open().value(), start), IsOkAndHolds(from_memory));
}

TEST_F(RocksLogTest, ReadsFromDiskWhatItNoLongerRemembers) {
  const auto log = OpenRocksLog(clock_, {.directory = path_, .max_recent_bytes = 200}).value();
  Write(*log, 20);  // Of some 60 bytes each.
  const std::vector<ReadRecord> all = ReadNow(*log, {{kShard, {}}}).value();
  ASSERT_THAT(all, SizeIs(20));
  const std::vector<ReadRecord> last = ReadNow(*log, {{kShard, all[18].pos}}).value();
  EXPECT_THAT(last, ElementsAre(all[19]));
}

TEST_F(RocksLogTest, ContinuesTheHistoryWhenReopened) {
  WriteAndClose(2);
  const auto log = Open().value();
  EXPECT_EQ(AppendOne(*log, Request("r", {Put(kAda, 2, "b")}))->seq, 3);
  EXPECT_THAT(ReadNow(*log, {{kShard, {}}}), IsOkAndHolds(SizeIs(3)));
}

TEST_F(RocksLogTest, AnswersARetryWhenReopened) {
  const AppendRequest request = Request("r", {Put(kAda, 0, "a")});
  const LogPos pos = AppendOne(*Open().value(), request).value();
  EXPECT_THAT(AppendOne(*Open().value(), request), IsOkAndHolds(pos));
}

TEST_F(RocksLogTest, KeepsTheTrimWhenReopened) {
  WriteAndClose(3);
  ASSERT_THAT(Open().value()->Trim(kShard, 99), IsOk());
  const auto log = Open().value();
  EXPECT_EQ(log->Head(kShard)->seq, 3);
  EXPECT_EQ(ReasonOf(ReadNow(*log, {{kShard, {}}}).status()), "TRIMMED");
}

TEST_F(RocksLogTest, TrimsMoreThanOneStep) {
  const auto log = OpenRocksLog(clock_, {.directory = path_, .sync = false}).value();
  std::vector<AppendRequest> requests;
  for (int i = 0; i < 2500; ++i) {
    requests.push_back(Request(absl::StrCat("r", i), {Put(kAda, kAnyVersion, "v")}));
  }
  const LogPos last_trimmed = *AppendAll(*log, requests)[2199];
  ASSERT_THAT(log->Trim(kShard, 2201), IsOk());
  EXPECT_THAT(ReadNow(*log, {{kShard, last_trimmed}}), IsOkAndHolds(SizeIs(300)));
}

TEST_F(RocksLogTest, RefusesADirectoryInUse) {
  const auto log = Open().value();
  const absl::Status second = Open().status();
  EXPECT_THAT(second, StatusIs(absl::StatusCode::kFailedPrecondition, HasSubstr(path_)));
  EXPECT_EQ(ReasonOf(second), "DIRECTORY_IN_USE");
}

TEST_F(RocksLogTest, OpensADirectoryThatIsNoLongerInUse) {
  WriteAndClose(1);
  EXPECT_THAT(Open(), IsOk());
}

TEST_F(RocksLogTest, RefusesADirectoryWithoutParent) {
  const auto log = OpenRocksLog(clock_, {.directory = directory_.Join("none/log")});
  EXPECT_THAT(log, StatusIs(absl::StatusCode::kUnavailable, HasSubstr("none/log")));
}

TEST_F(RocksLogTest, RefusesANewerFormat) {
  {
    const auto store = Store();
    rocksdb::WriteBatch batch;
    batch.Put(store->family(LogFamily::kMeta), "format",
              stored::EncodeFormat(kLogLayout.format + 1));
    ASSERT_THAT(store->Write(batch), IsOk());
  }
  const absl::Status opened = Open().status();
  EXPECT_THAT(opened, StatusIs(absl::StatusCode::kFailedPrecondition, HasSubstr("later release")));
  EXPECT_EQ(ReasonOf(opened), "NEWER_FORMAT");
}

TEST_F(RocksLogTest, RefusesTheLogOfAnotherProcess) {
  WriteAndClose(3);
  const absl::Status opened =
      OpenRocksLog(clock_, {.directory = path_, .name = LogName::kProjects}).status();
  EXPECT_THAT(opened, StatusIs(absl::StatusCode::kFailedPrecondition,
                               HasSubstr("is of the log of troupe, not of that of projects")));
  EXPECT_EQ(ReasonOf(opened), "OTHER_LOG");
  EXPECT_THAT(Open(), IsOk());
}

TEST_F(RocksLogTest, ClaimsALogFromBeforeItWasNotedWhoseItIs) {
  WriteAndClose(3);
  {
    const auto store = Store();
    rocksdb::WriteBatch batch;
    batch.Delete(store->family(LogFamily::kMeta), stored::kLogNameKey);
    ASSERT_THAT(store->Write(batch), IsOk());
  }
  ASSERT_THAT(OpenRocksLog(clock_, {.directory = path_, .name = LogName::kProjects}), IsOk());
  EXPECT_EQ(ReasonOf(Open().status()), "OTHER_LOG");
}

TEST_F(RocksLogTest, RefusesAColumnFamilyItDoesNotKnow) {
  {
    rocksdb::ColumnFamilyHandle* handle = nullptr;
    const auto store = Store();
    ASSERT_TRUE(store->db().CreateColumnFamily({}, "from_the_future", &handle).ok());
    delete handle;
  }
  EXPECT_EQ(ReasonOf(Open().status()), "NEWER_FORMAT");
}

// Damage on disk. What is acknowledged is given back whole or not at all.

// The files in `directory` whose names end so.
std::vector<std::string> FilesEndingWith(const std::string& directory, const std::string& suffix) {
  std::vector<std::string> found;
  for (const auto& entry : std::filesystem::directory_iterator(directory)) {
    if (entry.path().string().ends_with(suffix)) found.push_back(entry.path().string());
  }
  return found;
}

void FlipByte(const std::string& path, double where) {
  std::fstream file(path, std::ios::in | std::ios::out | std::ios::binary);
  const auto offset =
      static_cast<std::streamoff>(where * static_cast<double>(std::filesystem::file_size(path)));
  file.seekg(offset);
  const int byte = file.get();
  file.seekp(offset);
  file.put(static_cast<char>(byte ^ 0x40));
}

TEST_F(RocksLogTest, RefusesAFlippedByteInTheWriteAheadLog) {
  WriteAndDie(100);
  const std::string wal = FilesEndingWith(path_, ".log").front();
  FlipByte(wal, 0.5);
  const absl::Status opened = Open().status();
  EXPECT_THAT(opened, StatusIs(absl::StatusCode::kDataLoss,
                               HasSubstr(std::filesystem::path(wal).filename().string())));
  EXPECT_EQ(ReasonOf(opened), "LOG_CORRUPT");
}

TEST_F(RocksLogTest, NeverServesAFlippedByteOfATable) {
  WriteAndClose(100);  // Closing moved the records to a table.
  for (const std::string& table : FilesEndingWith(path_, ".sst")) FlipByte(table, 0.1);
  const auto log = Open();
  const absl::Status status =
      log.ok() ? ReadNow(**log, {{kShard, {}}}).status() : log.status();
  EXPECT_THAT(status, StatusIs(absl::StatusCode::kDataLoss, HasSubstr(".sst")));
}

// The commit anchor, beside the database.

TEST_F(RocksLogTest, RefusesAWriteAheadLogThatWasCutShort) {
  WriteAndDie(10);
  const std::string wal = FilesEndingWith(path_, ".log").front();
  std::filesystem::resize_file(wal, std::filesystem::file_size(wal) - 1);
  const absl::Status opened = Open().status();
  EXPECT_THAT(opened, StatusIs(absl::StatusCode::kDataLoss,
                               AllOf(HasSubstr(path_ + ".anchor"), HasSubstr(".log"))));
  EXPECT_EQ(ReasonOf(opened), "LOG_LOST_RECORDS");
}

TEST_F(RocksLogTest, ChangesNothingInADatabaseThatItRefuses) {
  WriteAndDie(10);
  const std::string wal = FilesEndingWith(path_, ".log").front();
  std::filesystem::rename(wal, directory_.Join("aside"));
  ASSERT_EQ(ReasonOf(Open().status()), "LOG_LOST_RECORDS");
  std::filesystem::rename(directory_.Join("aside"), wal);
  EXPECT_EQ(Open().value()->Head(kShard)->seq, 10U);
}

TEST_F(RocksLogTest, OpensALogThatIsAheadOfItsAnchor) {
  WriteAndClose(3);
  const std::string anchor = path_ + ".anchor";
  std::filesystem::copy_file(anchor, directory_.Join("older"));
  WriteAndClose(5);
  std::filesystem::rename(directory_.Join("older"), anchor);
  EXPECT_EQ(Open().value()->Head(kShard)->seq, 5U);
}

TEST_F(RocksLogTest, RefusesAnOlderDatabaseUnderANewerAnchor) {
  WriteAndClose(3);
  std::filesystem::copy(path_, directory_.Join("older"));
  WriteAndClose(5);
  std::filesystem::remove_all(path_);
  std::filesystem::rename(directory_.Join("older"), path_);
  EXPECT_EQ(ReasonOf(Open().status()), "LOG_LOST_RECORDS");
}

TEST_F(RocksLogTest, RefusesAnOlderManifestThatLosesRecordsInTheMiddle) {
  WriteAndClose(3);
  std::filesystem::copy(path_, directory_.Join("older"));
  PowerCut power(1);
  const auto env = PowerCutEnv(power);
  {
    const auto log = OpenRocksLog(clock_, {.directory = path_, .env = env.get()}).value();
    AppendOne(*log, Request("flushed", {Put(kAda, kAnyVersion, "v")})).value();
    ASSERT_TRUE(FlushAll(log->store()).ok());
    AppendOne(*log, Request("not flushed", {Put(kAda, kAnyVersion, "v")})).value();
    power.Cut();
  }
  power.Restore();
  ReplaceManifest(directory_.Join("older"));
  const absl::Status opened = Open().status();
  EXPECT_THAT(opened, StatusIs(absl::StatusCode::kDataLoss, HasSubstr("MANIFEST-")));
  EXPECT_EQ(ReasonOf(opened), "LOG_LOST_RECORDS");
}

TEST_F(RocksLogTest, RefusesALogThatIsGoneWhileItsAnchorIsThere) {
  WriteAndClose(3);
  std::filesystem::remove_all(path_);
  EXPECT_EQ(ReasonOf(Open().status()), "LOG_LOST_RECORDS");
  EXPECT_FALSE(std::filesystem::exists(path_));
}

TEST_F(RocksLogTest, RefusesALogWhoseAnchorIsGone) {
  WriteAndClose(3);
  std::filesystem::remove(path_ + ".anchor");
  const absl::Status opened = Open().status();
  EXPECT_THAT(opened, StatusIs(absl::StatusCode::kDataLoss, HasSubstr(path_ + ".anchor")));
  EXPECT_EQ(ReasonOf(opened), "ANCHOR_LOST");
}

TEST_F(RocksLogTest, TakesWhatIsThereWhenAnchoredAnew) {
  WriteAndClose(3);
  std::filesystem::remove(path_ + ".anchor");
  ASSERT_THAT(Reanchor(path_), IsOk());
  EXPECT_EQ(Open().value()->Head(kShard)->seq, 3U);
}

TEST_F(RocksLogTest, RefusesACopyOfALogInUse) {
  const auto log = Open().value();
  Write(*log, 3);
  std::filesystem::copy(path_, directory_.Join("copy"));
  std::filesystem::copy(path_ + ".anchor", directory_.Join("copy.anchor"));
  const auto copy = OpenRocksLog(clock_, {.directory = directory_.Join("copy")});
  EXPECT_EQ(ReasonOf(copy.status()), "COPIED_LIVE");
}

TEST_F(RocksLogTest, OpensACopyOfALogThatWasClosed) {
  WriteAndClose(3);
  std::filesystem::copy(path_, directory_.Join("copy"));
  std::filesystem::copy(path_ + ".anchor", directory_.Join("copy.anchor"));
  const auto copy = OpenRocksLog(clock_, {.directory = directory_.Join("copy")});
  EXPECT_THAT((*copy)->Head(kShard)->seq, 3U);
}

TEST_F(RocksLogTest, GivesALogOfTheFirstFormatAnAnchor) {
  WriteAndClose(3);
  {
    const auto store = Store();
    rocksdb::WriteBatch batch;
    batch.Put(store->family(LogFamily::kMeta), stored::kFormatKey, stored::EncodeFormat(1));
    batch.Delete(store->family(LogFamily::kMeta), stored::kGroupKey);
    ASSERT_THAT(store->Write(batch), IsOk());
  }
  std::filesystem::remove(path_ + ".anchor");
  EXPECT_EQ(Open().value()->Head(kShard)->seq, 3U);
  EXPECT_TRUE(std::filesystem::exists(path_ + ".anchor"));
  EXPECT_THAT(Store()->Format(), IsOkAndHolds(2U));
}

TEST_F(RocksLogTest, RefusesADatabaseThatLostItsCurrentFile) {
  WriteAndClose(1);
  std::filesystem::remove(path_ + "/CURRENT");
  EXPECT_THAT(Open(), StatusIs(absl::StatusCode::kDataLoss, HasSubstr("CURRENT")));
}

TEST_F(RocksLogTest, RefusesAHistoryWithoutItsLastRecord) {
  WriteAndClose(3);
  {
    const auto store = Store();
    rocksdb::WriteBatch batch;
    batch.Delete(store->family(LogFamily::kLog), stored::LogKey(kShard, 3));
    ASSERT_THAT(store->Write(batch), IsOk());
  }
  EXPECT_THAT(Open(), StatusIs(absl::StatusCode::kDataLoss, HasSubstr("record 3 of shard 7")));
}

TEST_F(RocksLogTest, RefusesALastRecordThatDoesNotFollow) {
  WriteAndClose(3);
  {
    const auto store = Store();
    rocksdb::WriteBatch batch;
    batch.Put(store->family(LogFamily::kLog), stored::LogKey(kShard, 3), "12345678 another");
    ASSERT_THAT(store->Write(batch), IsOk());
  }
  EXPECT_EQ(ReasonOf(Open().status()), "RECORD_UNREADABLE");
}

TEST_F(RocksLogTest, NoticesARecordMissingInTheMiddle) {
  WriteAndClose(4);
  {
    const auto store = Store();
    rocksdb::WriteBatch batch;
    batch.Delete(store->family(LogFamily::kLog), stored::LogKey(kShard, 2));
    ASSERT_THAT(store->Write(batch), IsOk());
  }
  const auto log = Open().value();
  EXPECT_THAT(ReadNow(*log, {{kShard, {}}}),
              StatusIs(absl::StatusCode::kDataLoss, HasSubstr("record 2 of shard 7")));
}

}  // namespace
}  // namespace troupe
