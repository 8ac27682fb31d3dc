#include "services/backup/backup_service.h"

#include <deque>
#include <functional>

#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "matcher/base/violation.h"
#include "services/log/rocks_log.h"
#include "tests/testing/fake_clock.h"
#include "tests/testing/log_calls.h"
#include "tests/testing/status_matchers.h"
#include "tests/testing/temp_directory.h"

namespace troupe {
namespace {

using namespace ::troupe::testing;  // NOLINT: builders of this test.

// Does nothing before it is told to.
class HeldExecutor final : public Executor {
 public:
  void Run(std::function<void()> work) override { held_.push_back(std::move(work)); }
  void RunAll() {
    while (!held_.empty()) {
      const std::function<void()> work = std::move(held_.front());
      held_.pop_front();
      work();
    }
  }

 private:
  std::deque<std::function<void()>> held_;
};

class BackupServiceTest : public ::testing::Test {
 protected:
  BackupServiceTest() {
    AppendOne(*log_, Request("r", {Put({EntityKind::kProfile, 1}, 0, "v")})).value();
  }
  // The answer is there once the executor has run.
  void Create(absl::StatusOr<v1::Backup>& answer) {
    service_.CreateBackup(nullptr, create_, [&](absl::StatusOr<v1::Backup> backup) {
      answer = std::move(backup);
    });
  }
  absl::StatusOr<v1::ListBackupsResponse> List() {
    absl::StatusOr<v1::ListBackupsResponse> answer;
    service_.ListBackups(nullptr, list_, [&](auto response) { answer = std::move(response); });
    executor_.RunAll();
    return answer;
  }

  FakeClock clock_;
  const TempDirectory directory_;
  const std::unique_ptr<StoredLog> log_ =
      OpenRocksLog(clock_, {.directory = directory_.Join("log")}).value();
  HeldExecutor executor_;
  const v1::CreateBackupRequest create_;
  const v1::ListBackupsRequest list_;
  BackupService service_{log_.get(), directory_.Join("backups"), &executor_, &clock_};
};

TEST_F(BackupServiceTest, NamesTheBackupThatItMade) {
  absl::StatusOr<v1::Backup> made;
  Create(made);
  executor_.RunAll();
  EXPECT_EQ(made->name(), "backups/1");
  EXPECT_EQ(made->commits(), 1);
  EXPECT_GT(made->size_bytes(), 0);
  EXPECT_EQ(List()->backups_size(), 1);
}

TEST_F(BackupServiceTest, MakesOneAtATime) {
  absl::StatusOr<v1::Backup> first;
  absl::StatusOr<v1::Backup> second;
  Create(first);
  Create(second);
  EXPECT_EQ(second.status().code(), absl::StatusCode::kAborted);
  EXPECT_EQ(ReasonOf(second.status()), "BACKUP_RUNNING");
  executor_.RunAll();
  EXPECT_TRUE(first.ok());
}

TEST_F(BackupServiceTest, MakesAnotherWhenOneIsDone) {
  absl::StatusOr<v1::Backup> answer;
  for (int i = 0; i < 2; ++i) {
    Create(answer);
    executor_.RunAll();
  }
  EXPECT_EQ(answer->name(), "backups/2");
}

TEST_F(BackupServiceTest, RefusesWithoutAFolder) {
  BackupService off(log_.get(), "", &executor_, &clock_);
  absl::StatusOr<v1::Backup> answer;
  off.CreateBackup(nullptr, create_, [&](absl::StatusOr<v1::Backup> backup) {
    answer = std::move(backup);
  });
  EXPECT_EQ(ReasonOf(answer.status()), "BACKUPS_OFF");
}

}  // namespace
}  // namespace troupe
