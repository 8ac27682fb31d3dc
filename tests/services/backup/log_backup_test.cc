#include "services/backup/log_backup.h"

#include <filesystem>
#include <fstream>
#include <optional>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "matcher/base/stable_hash.h"
#include "matcher/base/violation.h"
#include "services/log/rocks_log.h"
#include "services/records/profile_record.h"
#include "tests/testing/builders.h"
#include "tests/testing/fake_clock.h"
#include "tests/testing/log_calls.h"
#include "tests/testing/status_matchers.h"
#include "tests/testing/temp_directory.h"

namespace troupe {
namespace {

namespace fs = std::filesystem;
using ::testing::AllOf;
using ::testing::HasSubstr;
using ::testing::SizeIs;
using namespace ::troupe::testing;  // NOLINT: builders of this test.

constexpr LogName kName = LogName::kProjects;

// What a catalogue's lines are followed by.
std::string WithHashLine(const std::string& lines) {
  return absl::StrCat(lines, absl::StrFormat("%016x\n", StableHash(lines)));
}

// A log in use, and a folder for its backups.
class LogBackupTest : public ::testing::Test {
 protected:
  LogBackupTest() { Write(10); }

  // Writes to `count` profiles that were not written to yet.
  void Write(int count) {
    for (int i = 0; i < count; ++i) {
      const uint64_t id = ++written_;
      AppendOne(*log_, Request(absl::StrCat(id), {Put({EntityKind::kProfile, id}, 0,
                                                      SerializeProfile(
                                                          ProfileBuilder().Id(id).Build()))}))
          .value();
    }
  }
  Backup Create() { return CreateBackup(log_->store(), kName, folder_, clock_.Now()).value(); }
  absl::StatusOr<RestoredBackup> Restore(uint32_t number = 0) {
    return RestoreBackup(folder_, number, target_);
  }
  void ExpectDamaged(const std::string& file) {
    const auto restored = Restore();
    EXPECT_THAT(restored, StatusIs(absl::StatusCode::kDataLoss, HasSubstr(file)));
    EXPECT_EQ(ReasonOf(restored.status()), "BACKUP_DAMAGED");
    EXPECT_FALSE(fs::exists(target_));
    EXPECT_FALSE(fs::exists(target_ + ".restoring"));
  }
  // A table of the backups.
  std::string SharedFile() const {
    for (const auto& entry : fs::directory_iterator(folder_ + "/shared_checksum")) {
      return entry.path().string();
    }
    return "";
  }
  static void Flip(const std::string& path) {
    std::fstream file(path, std::ios::in | std::ios::out | std::ios::binary);
    const auto middle = static_cast<std::streamoff>(fs::file_size(path) / 2);
    file.seekg(middle);
    const int byte = file.get();
    file.seekp(middle);
    file.put(static_cast<char>(byte ^ 1));
  }

  FakeClock clock_;
  const TempDirectory directory_;
  const std::string folder_ = directory_.Join("backups");
  const std::string target_ = directory_.Join("restored");
  std::unique_ptr<StoredLog> log_ =
      OpenRocksLog(clock_, {.directory = directory_.Join("log"), .name = kName}).value();
  uint64_t written_ = 0;
};

TEST_F(LogBackupTest, RestoresEveryRecordWrittenBefore) {
  Create();
  const RestoredBackup restored = Restore().value();
  EXPECT_EQ(restored.findings.records, 10);
  EXPECT_EQ(restored.findings.entities, 10);
}

TEST_F(LogBackupTest, RestoresALogThatGoesOn) {
  Create();
  ASSERT_THAT(Restore(), IsOk());
  const auto log = OpenRocksLog(clock_, {.directory = target_ + "/log", .name = kName}).value();
  EXPECT_THAT(AppendOne(*log, Request("r", {Put({EntityKind::kProfile, 99}, 0, "v")})), IsOk());
}

TEST_F(LogBackupTest, LeavesOutWhatWasWrittenAfter) {
  Create();
  Write(5);
  EXPECT_EQ(Restore().value().findings.records, 10);
}

TEST_F(LogBackupTest, RestoresTheNewestUnlessTold) {
  Create();
  Write(5);
  Create();
  EXPECT_EQ(Restore().value().findings.records, 15);
  EXPECT_EQ(RestoreBackup(folder_, 1, directory_.Join("older")).value().findings.records, 10);
}

TEST_F(LogBackupTest, ListsWhatItMade) {
  const Backup first = Create();
  const Backup second = Create();
  EXPECT_EQ(first.number, 1U);
  EXPECT_EQ(first.pos.number, 10U);
  EXPECT_THAT(ReadCatalogue(folder_), IsOkAndHolds(Catalogue{kName, {first, second}}));
}

TEST_F(LogBackupTest, SharesTheFilesThatDidNotChange) {
  Create();
  const auto count = [&] {
    return std::distance(fs::directory_iterator(folder_ + "/shared_checksum"),
                         fs::directory_iterator());
  };
  const auto before = count();
  Create();
  EXPECT_EQ(count(), before);
}

TEST_F(LogBackupTest, RestoresIntoAnEmptyFolder) {
  Create();
  fs::create_directory(target_);
  EXPECT_THAT(Restore(), IsOk());
}

TEST_F(LogBackupTest, RefusesAFolderWithSomethingInIt) {
  Create();
  fs::create_directory(target_);
  std::ofstream(target_ + "/something").flush();
  EXPECT_EQ(ReasonOf(Restore().status()), "NOT_EMPTY");
  EXPECT_TRUE(fs::exists(target_ + "/something"));
}

TEST_F(LogBackupTest, SaysThatThereIsNoBackup) {
  EXPECT_EQ(ReasonOf(Restore().status()), "NO_BACKUP");
  Create();
  EXPECT_EQ(ReasonOf(Restore(7).status()), "NO_BACKUP");
}

TEST_F(LogBackupTest, RefusesADamagedTable) {
  Create();
  Flip(SharedFile());
  ExpectDamaged(fs::path(SharedFile()).filename().string());
}

TEST_F(LogBackupTest, RefusesWithoutATable) {
  Create();
  const std::string gone = SharedFile();
  fs::remove(gone);
  ExpectDamaged(fs::path(gone).filename().string());
}

TEST_F(LogBackupTest, RefusesADamagedListOfFiles) {
  Create();
  Flip(folder_ + "/meta/1");
  ExpectDamaged("meta/1");
}

TEST_F(LogBackupTest, DoesNotRestoreAnOlderOneWhenTheListOfTheNewestIsGone) {
  Create();
  Create();
  fs::remove(folder_ + "/meta/2");
  ExpectDamaged("meta/2");
}

TEST_F(LogBackupTest, RefusesADamagedCatalogue) {
  Create();
  Flip(folder_ + "/CATALOGUE");
  ExpectDamaged("CATALOGUE");
}

TEST_F(LogBackupTest, RefusesWithoutACatalogue) {
  Create();
  fs::remove(folder_ + "/CATALOGUE");
  ExpectDamaged("CATALOGUE");
}

TEST_F(LogBackupTest, GoesOnAfterAFirstBackupThatWasInterrupted) {
  Create();
  // As between RocksDB's list of it and ours.
  std::ofstream(CataloguePath(folder_)) << EncodeCatalogue({.log = kName});
  Write(3);
  const Backup backup = Create();
  EXPECT_THAT(ReadCatalogue(folder_), IsOkAndHolds(Catalogue{kName, {backup}}));
  EXPECT_EQ(Restore().value().backup, backup);
}

TEST_F(LogBackupTest, ListsNothingBeforeItsFirstBackupIsWhole) {
  // Where RocksDB would make its folders there is a file.
  fs::create_directory(folder_);
  std::ofstream(folder_ + "/meta") << "in the way";
  EXPECT_FALSE(CreateBackup(log_->store(), kName, folder_, clock_.Now()).ok());
  EXPECT_THAT(ReadCatalogue(folder_), IsOkAndHolds(Catalogue{.log = kName}));
  EXPECT_TRUE(fs::exists(CataloguePath(folder_)));
}

TEST_F(LogBackupTest, RefusesAnOlderCatalogueUnlessTold) {
  Create();
  fs::copy(folder_ + "/CATALOGUE", directory_.Join("older"));
  Create();
  fs::rename(directory_.Join("older"), folder_ + "/CATALOGUE");
  ExpectDamaged("CATALOGUE");
  EXPECT_THAT(Restore(1), IsOk());
}

TEST_F(LogBackupTest, KeepsTheFolderToItself) {
  Create();
  EXPECT_EQ(fs::status(folder_).permissions(), fs::perms::owner_all);
}

TEST_F(LogBackupTest, MakesNoFolderWithoutItsParent) {
  const std::string folder = directory_.Join("none/backups");
  const auto made = CreateBackup(log_->store(), kName, folder, clock_.Now());
  EXPECT_THAT(made, StatusIs(absl::StatusCode::kFailedPrecondition,
                             HasSubstr(folder + " cannot be created")));
  EXPECT_EQ(ReasonOf(made.status()), "CANNOT_CREATE_DIRECTORY");
}

TEST_F(LogBackupTest, RestoresIntoNoFolderWithoutItsParent) {
  Create();
  const std::string target = directory_.Join("none/restored");
  EXPECT_THAT(RestoreBackup(folder_, 0, target),
              StatusIs(absl::StatusCode::kFailedPrecondition,
                       HasSubstr(target + " cannot be created")));
}

TEST_F(LogBackupTest, RefusesTheFolderOfAnotherLog) {
  const Backup backup = Create();
  const auto mixed = CreateBackup(log_->store(), LogName::kProfiles, folder_, clock_.Now());
  EXPECT_EQ(mixed.status().code(), absl::StatusCode::kFailedPrecondition);
  EXPECT_EQ(ReasonOf(mixed.status()), "OTHER_LOG");
  EXPECT_THAT(ReadCatalogue(folder_), IsOkAndHolds(Catalogue{kName, {backup}}));
}

TEST_F(LogBackupTest, RestoresALogThatKnowsWhoseItIs) {
  Create();
  EXPECT_EQ(Restore().value().log, kName);
  const auto opened =
      OpenRocksLog(clock_, {.directory = target_ + "/log", .name = LogName::kProfiles});
  EXPECT_EQ(ReasonOf(opened.status()), "OTHER_LOG");
}

// As a catalogue was written before it told whose the backups are.
TEST_F(LogBackupTest, GoesOnWithACatalogueOfTheFirstFormat) {
  const Backup first = Create();
  const std::string now = EncodeCatalogue({kName, {first}});
  const size_t begin = now.find('\n');
  const size_t end = now.rfind('\n', now.size() - 2) + 1;
  std::ofstream(CataloguePath(folder_))
      << WithHashLine("troupe backups 1" + now.substr(begin, end - begin));
  EXPECT_THAT(ReadCatalogue(folder_), IsOkAndHolds(Catalogue{std::nullopt, {first}}));
  const Backup second = Create();
  EXPECT_THAT(ReadCatalogue(folder_), IsOkAndHolds(Catalogue{kName, {first, second}}));
}

TEST_F(LogBackupTest, RefusesACatalogueOfALaterRelease) {
  Create();
  std::ofstream(CataloguePath(folder_)) << WithHashLine("troupe backups 3 of something\n");
  EXPECT_EQ(ReasonOf(Restore().status()), "NEWER_FORMAT");
}

}  // namespace
}  // namespace troupe
