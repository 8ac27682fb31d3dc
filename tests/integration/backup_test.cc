#include <filesystem>

#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "tests/integration/asking.h"
#include "tests/integration/server_process.h"
#include "tests/integration/troupe_command.h"
#include "tests/services/convert/wire_samples.h"
#include "tests/testing/status_matchers.h"

namespace troupe::testing {
namespace {

namespace fs = std::filesystem;
using ::testing::HasSubstr;

// A server with a profile and a folder for backups.
class BackupTest : public ::testing::Test {
 protected:
  void SetUp() override {
    ASSERT_THAT(server_.Start(), IsOk());
    ada_ = Create("Ada");
  }
  v1::Profile Create(const std::string& name) {
    v1::Profile profile;
    profile.set_display_name(name);
    profile.set_findability(v1::FINDABILITY_FINDABLE);
    return CreateProfile(server_.As("crew"), profile).value();
  }
  TroupeCommand::Result Troupe(const std::vector<std::string>& arguments) {
    return TroupeCommand(server_.address())(arguments);
  }
  TroupeCommand::Result Restore() { return Troupe({"backup", "restore", backups_, restored_}); }

  const TempDirectory folder_;
  const std::string backups_ = folder_.Join("backups");
  const std::string restored_ = folder_.Join("restored");
  ServerProcess server_{folder_.Join("data"), {.flags = {"--backup_dir=" + backups_}}};
  v1::Profile ada_;
};

TEST_F(BackupTest, BringsBackWhatWasThereWhenItWasMade) {
  ASSERT_EQ(Troupe({"backup", "create"}).exit_code, 0);
  const v1::Profile later = Create("Bo");
  EXPECT_THAT(Troupe({"backup", "list"}).out, HasSubstr("backups/1"));
  const TroupeCommand::Result restored = Restore();
  ASSERT_EQ(restored.exit_code, 0) << restored.err;
  EXPECT_THAT(restored.out, HasSubstr("verified"));
  ServerProcess again(restored_);
  ASSERT_THAT(again.Start(), IsOk());
  EXPECT_EQ(Difference(GetProfile(again.As("crew"), ada_.name()).value(), ada_), "");
  EXPECT_FALSE(GetProfile(again.As("crew"), later.name()).ok());
}

TEST_F(BackupTest, IsOfTheServerThatIsNamedWhateverOthersAre) {
  const TroupeCommand::Result made = Troupe({"--profiles_server=unix:/nowhere/profiles.sock",
                                             "--projects_server=unix:/nowhere/projects.sock",
                                             "backup", "create"});
  EXPECT_EQ(made.exit_code, 0) << made.err;
  EXPECT_THAT(made.out, HasSubstr("made backups/1 of the log of troupe"));
}

TEST_F(BackupTest, IsForTheOperator) {
  const TroupeCommand::Result refused = Troupe({"--organization=crew", "backup", "create"});
  EXPECT_EQ(refused.exit_code, 1);
  EXPECT_THAT(refused.err, HasSubstr("NOT_OPERATOR"));
}

TEST_F(BackupTest, IsNotRestoredOverTheFolderInUse) {
  ASSERT_EQ(Troupe({"backup", "create"}).exit_code, 0);
  const TroupeCommand::Result refused =
      Troupe({"backup", "restore", backups_, server_.data_directory()});
  EXPECT_THAT(refused.err, HasSubstr("NOT_EMPTY"));
}

TEST_F(BackupTest, IsNotACopyOfARunningServersFolder) {
  fs::copy(server_.data_directory(), restored_, fs::copy_options::recursive);
  EXPECT_THAT(ServerProcess(restored_).Start(),
              StatusIs(absl::StatusCode::kFailedPrecondition, HasSubstr("troupe backup")));
}

TEST_F(BackupTest, MayBeACopyOfAStoppedServersFolder) {
  ASSERT_EQ(server_.Terminate(), 0);
  fs::copy(server_.data_directory(), restored_, fs::copy_options::recursive);
  ServerProcess copy(restored_);
  ASSERT_THAT(copy.Start(), IsOk());
  EXPECT_THAT(GetProfile(copy.As("crew"), ada_.name()), IsOk());
}

TEST_F(BackupTest, IsNotNeededToVerifyAFolderAfterAKill) {
  server_.Kill();
  ServerProcess verify(server_.data_directory(), {.flags = {"--verify"}});
  EXPECT_THAT(verify.Start(), StatusIs(absl::StatusCode::kFailedPrecondition,
                                       HasSubstr("ended with 0")));
  ASSERT_THAT(server_.Start(), IsOk());
}

TEST_F(BackupTest, IsNeededWhenVerificationFails) {
  ASSERT_EQ(server_.Terminate(), 0);
  fs::remove(server_.data_directory() + "/log.anchor");
  ServerProcess verify(server_.data_directory(), {.flags = {"--verify"}});
  EXPECT_THAT(verify.Start(), StatusIs(absl::StatusCode::kFailedPrecondition,
                                       HasSubstr("ended with 1")));
}

}  // namespace
}  // namespace troupe::testing
