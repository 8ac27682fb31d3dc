#include "tests/property/damaged_log.h"

#include "gtest/gtest.h"

namespace troupe::testing {
namespace {

// One case of each kind; troupe-corruption tries more.
class DamagedLogTest : public ::testing::Test {
 protected:
  static DamagedLog& Damaged() {
    static DamagedLog damaged;
    return damaged;
  }
};

TEST_F(DamagedLogTest, IsRefusedByNameOrWhole) {
  size_t pick = 0;
  for (const std::string& target : DamagedLog::LogTargets()) {
    for (Damage::Kind kind : {Damage::Kind::kFlip, Damage::Kind::kCut, Damage::Kind::kDelete,
                              Damage::Kind::kSwap}) {
      std::string file;
      const Verdict verdict = Damaged().Try(target, pick++, {kind, 0.5}, file);
      EXPECT_TRUE(verdict.IsGood())
          << target << " " << ToString({kind, 0.5}) << " " << file << ": " << verdict.message;
    }
  }
}

TEST_F(DamagedLogTest, IsRefusedWhenItsLiveWriteAheadLogIsCut) {
  std::string file;
  for (double where : {0.0, 0.5, 0.99}) {
    EXPECT_EQ(Damaged().Try("WAL", 0, {Damage::Kind::kCut, where}, file).kind,
              Verdict::Kind::kRefused);
  }
}

TEST_F(DamagedLogTest, OpensWithATornTailAfterItsAnchor) {
  std::string file;
  EXPECT_EQ(Damaged().Try("WAL", 0, {Damage::Kind::kAppend, 100}, file).kind,
            Verdict::Kind::kWhole);
}

TEST_F(DamagedLogTest, LeavesAViewThatIsRefusedOrMadeAgain) {
  for (const std::string& target : DamagedLog::ViewTargets()) {
    std::string file;
    const Verdict verdict = Damaged().TryView(target, 0, {Damage::Kind::kFlip, 0.5}, file);
    EXPECT_TRUE(verdict.IsGood()) << target << " " << file << ": " << verdict.message;
  }
}

}  // namespace
}  // namespace troupe::testing
