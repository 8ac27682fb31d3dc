#include <algorithm>
#include <memory>
#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "services/log/applier.h"
#include "services/log/view.h"
#include "services/records/profile_record.h"
#include "tests/testing/builders.h"
#include "tests/testing/fake_clock.h"
#include "tests/testing/faulty_file_system.h"
#include "tests/testing/log_calls.h"
#include "tests/testing/memory_log.h"
#include "tests/testing/read_faults.h"
#include "tests/testing/status_matchers.h"
#include "tests/testing/temp_directory.h"

namespace troupe::testing {
namespace {

using ::testing::AnyOf;

constexpr int kProfiles = 50;
constexpr int64_t kLastReads = 16;  // Of opening a view: those of what it keeps.

EntityKey Entity(int n) { return {EntityKind::kProfile, static_cast<uint64_t>(n)}; }

// All that a view keeps: records, listings, the pool, and where it stands.
std::string StateOf(const View& view) {
  const auto now = view.Now();
  std::string state;
  for (int n = 1; n <= kProfiles; ++n) {
    const bool is_in_pool = now->pool().FindProfile(ProfileId(Entity(n).id)).has_value();
    absl::StrAppend(&state, now->Get(Entity(n)).value().has_value(), is_in_pool, " ");
  }
  const ListQuery all = {.kind = EntityKind::kProfile, .filter = {.reader = {"crew"}}};
  absl::StrAppend(&state, "lists ", now->List(all)->records.size(), ", stands at ");
  for (const Cursor& cursor : view.Cursors(LogName::kTroupe)) absl::StrAppend(&state, cursor.after.seq);
  return state;
}

// A view whose disk fails, or whose process dies, at a moment that is told.
class ViewFaultsTest : public ::testing::Test {
 protected:
  static std::unique_ptr<View> Open(const std::string& directory, rocksdb::Env* env = nullptr) {
    return View::Open(directory, {}, env).value();
  }
  void Append(int n) {
    const Profile profile =
        ProfileBuilder().Id(Entity(n).id).Holds("director").Build();
    AppendOne(log_, Request(absl::StrCat("r", n), {Put(Entity(n), 0, SerializeProfile(profile))}))
        .value();
  }

  const TempDirectory directory_;
  FakeClock clock_;
  MemoryLog log_{clock_};
};

// The index, the records and the position go to disk in one write.
TEST_F(ViewFaultsTest, HasAllOfWhatItAppliedOrNothingIfItsProcessDies) {
  Append(1);
  WalFaults faults;
  const auto env = FaultyEnv(faults);
  const std::string path = directory_.Join("view");
  auto view = Open(path, env.get());
  const std::string before = StateOf(*view);
  absl::Status applied = absl::UnknownError("not tried");
  for (int writes = 0; !applied.ok(); ++writes) {
    faults.FailWrites(/*after=*/writes);
    applied = CatchUp(log_, *view, clock_);
    const std::string after = applied.ok() ? StateOf(*view) : "";
    view.reset();
    EXPECT_THAT(StateOf(*Open(path)), AnyOf(before, after)) << "dead after write " << writes;
    faults.FailWrites(INT32_MAX);
    view = Open(path, env.get());
  }
  EXPECT_NE(StateOf(*view), before);
}

TEST_F(ViewFaultsTest, NeverOpensWithLessIfAReadFails) {
  for (int n = 1; n <= kProfiles; ++n) Append(n);
  const std::string path = directory_.Join("view");
  ASSERT_THAT(CatchUp(log_, *Open(path), clock_), IsOk());
  const std::string whole = StateOf(*Open(path));
  ReadFaults faults;
  const auto env = ReadFaultyEnv(faults);
  auto view = View::Open(path, {}, env.get());
  const int64_t reads = faults.Reads();
  int failed = 0;
  for (int64_t after = std::max<int64_t>(0, reads - kLastReads); after < reads; ++after) {
    view = absl::UnknownError("closes it");
    faults.FailReads(after);
    view = View::Open(path, {}, env.get());
    if (faults.Mend()) ++failed;
    EXPECT_TRUE(!view.ok() || StateOf(**view) == whole) << "after read " << after << " failed";
  }
  EXPECT_GT(failed, 1);
}

}  // namespace
}  // namespace troupe::testing
