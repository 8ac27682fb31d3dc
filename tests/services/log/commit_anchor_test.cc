#include "services/log/commit_anchor.h"

#include <filesystem>
#include <fstream>

#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "matcher/base/violation.h"
#include "tests/testing/status_matchers.h"
#include "tests/testing/temp_directory.h"

namespace troupe {
namespace {

using ::testing::HasSubstr;
using ::testing::Optional;
using namespace ::troupe::testing;  // NOLINT: matchers and folders of this test.

constexpr GroupPos kThird{3, 33};
constexpr GroupPos kFourth{4, 44};

class CommitAnchorTest : public ::testing::Test {
 protected:
  std::unique_ptr<CommitAnchor> Take(const GroupPos& pos) {
    return CommitAnchor::Take(path_, rocksdb::Env::Default(), true, pos, 0).value();
  }
  absl::StatusOr<std::optional<AnchorSlot>> Read() {
    return CommitAnchor::Read(path_, rocksdb::Env::Default());
  }
  GroupPos Said() { return Read().value()->pos; }
  void Create() {
    ASSERT_THAT(CommitAnchor::Create(path_, rocksdb::Env::Default(), kThird), IsOk());
  }
  void Damage(size_t slot) {
    std::fstream file(path_, std::ios::in | std::ios::out | std::ios::binary);
    file.seekp(static_cast<std::streamoff>(slot * kSlotDistance + 30));
    file.write("damage", 6);
  }
  // Replaces the file by a copy of itself, as whoever copies the folder does.
  void Copy() {
    std::filesystem::copy_file(path_, path_ + ".copy");
    std::filesystem::rename(path_ + ".copy", path_);
  }

  const TempDirectory directory_;
  const std::string path_ = directory_.Join("log.anchor");
};

TEST_F(CommitAnchorTest, IsNotThereBeforeItIsCreated) {
  EXPECT_THAT(Read(), IsOkAndHolds(std::nullopt));
}

TEST_F(CommitAnchorTest, SaysWhatItWasCreatedWith) {
  Create();
  EXPECT_EQ(Said(), kThird);
  EXPECT_FALSE(Read().value()->in_use);
}

TEST_F(CommitAnchorTest, SaysWhatItWasAdvancedToLast) {
  Create();
  const auto anchor = Take(kThird);
  ASSERT_THAT(anchor->Advance(kFourth, 0), IsOk());
  EXPECT_EQ(Said(), kFourth);
  EXPECT_TRUE(Read().value()->in_use);
}

TEST_F(CommitAnchorTest, GoesOnWhereItWasTakenBefore) {
  Create();
  ASSERT_THAT(Take(kThird)->Advance(kFourth, 0), IsOk());
  Take({5, 55});
  EXPECT_EQ(Said(), (GroupPos{5, 55}));
}

TEST_F(CommitAnchorTest, SaysTheStateBeforeWhenItsLastWriteIsTorn) {
  Create();
  const auto anchor = Take(kThird);
  ASSERT_THAT(anchor->Advance(kFourth, 0), IsOk());
  ASSERT_EQ(Read().value()->writes % 2, 0U);  // So it is in the first slot.
  Damage(0);
  EXPECT_EQ(Said(), kThird);
}

TEST_F(CommitAnchorTest, LosesNothingByOneDamagedSlotOnceClean) {
  for (size_t slot : {0, 1}) {
    Create();
    const auto anchor = Take(kThird);
    ASSERT_THAT(anchor->Advance(kFourth, 0), IsOk());
    ASSERT_THAT(anchor->MarkClean(), IsOk());
    Damage(slot);
    EXPECT_EQ(Said(), kFourth);
  }
}

TEST_F(CommitAnchorTest, RefusesToGuessWhenBothSlotsAreDamaged) {
  Create();
  Damage(0);
  Damage(1);
  EXPECT_THAT(Read(), StatusIs(absl::StatusCode::kDataLoss, HasSubstr(path_)));
  EXPECT_EQ(ReasonOf(Read().status()), "ANCHOR_LOST");
}

TEST_F(CommitAnchorTest, RefusesAnEmptyFile) {
  std::ofstream(path_).flush();
  EXPECT_EQ(ReasonOf(Read().status()), "ANCHOR_LOST");
}

TEST_F(CommitAnchorTest, RefusesACopyMadeWhileInUse) {
  Create();
  const auto anchor = Take(kThird);
  Copy();
  EXPECT_THAT(Read(), StatusIs(absl::StatusCode::kFailedPrecondition, HasSubstr("troupe backup")));
  EXPECT_EQ(ReasonOf(Read().status()), "COPIED_LIVE");
}

TEST_F(CommitAnchorTest, TakesACopyMadeAfterACleanEnd) {
  Create();
  ASSERT_THAT(Take(kThird)->MarkClean(), IsOk());
  Copy();
  EXPECT_EQ(Said(), kThird);
  Take(kThird);
  EXPECT_THAT(Read(), IsOk());
}

TEST_F(CommitAnchorTest, OpensInPlaceAfterAnEndThatWasNotClean) {
  Create();
  Take(kThird);
  EXPECT_EQ(Said(), kThird);
}

TEST(AnchorSlotTest, IsReadAsItWasWritten) {
  const AnchorSlot slot{{7, 77}, 8, true, 9, {123, 456}};
  EXPECT_THAT(DecodeSlot(EncodeSlot(slot)), Optional(slot));
}

TEST(AnchorSlotTest, IsNotReadWithAnyBitFlipped) {
  const std::string whole = EncodeSlot({{7, 77}, 8, true, 9, {123, 456}});
  for (size_t bit = 0; bit < 8 * whole.size(); ++bit) {
    std::string damaged = whole;
    damaged[bit / 8] = static_cast<char>(damaged[bit / 8] ^ (1 << bit % 8));
    EXPECT_FALSE(DecodeSlot(damaged).has_value()) << bit;
  }
}

TEST(AnchorSlotTest, KeepsItsBytes) {
  const std::string bytes = EncodeSlot({{1, 2}, 3, true, 4, {5, 6}});
  EXPECT_EQ(bytes.size(), kSlotBytes);
  EXPECT_EQ(bytes.substr(0, 16), std::string("TroupeAn\0\0\0\1\0\0\0\2", 16));
}

}  // namespace
}  // namespace troupe
