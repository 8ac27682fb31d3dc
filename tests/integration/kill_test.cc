// Kills the server under load, again and again: 5 times, or as often as the
// environment variable TROUPE_KILLS says (20 for a release).
#include <cstdlib>
#include <deque>
#include <filesystem>
#include <functional>
#include <random>
#include <set>
#include <string>
#include <thread>
#include <vector>

#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "tests/integration/asking.h"
#include "tests/integration/server_process.h"
#include "tests/integration/tally.h"
#include "tests/integration/witness.h"
#include "tests/services/convert/wire_samples.h"
#include "tests/testing/dice.h"
#include "tests/testing/status_matchers.h"

namespace troupe::testing {
namespace {

using ::testing::Each;

constexpr uint64_t kSeed = 20261123;
constexpr int kWitnesses = 4;

int Kills() {
  const char* const said = std::getenv("TROUPE_KILLS");
  int kills = 0;
  return said != nullptr && absl::SimpleAtoi(said, &kills) ? kills : 5;
}

class KillTest : public ::testing::Test {
 protected:
  void SetUp() override {
    ASSERT_THAT(server_.Start(), IsOk());
    opening_ = CreateProject(Crew(), FromText<v1::Project>(R"(
      title: "Harbour" findability: FINDABILITY_FINDABLE place: "xian"
      openings { role: "director" headcount: 1 state: STATE_OPEN })"))
                   .value()
                   .openings(0)
                   .name();
    for (int i = 0; i < kWitnesses; ++i) {
      witnesses_.emplace_back(i, kSeed + static_cast<uint64_t>(i), &tally_);
    }
  }

  Connection Crew() { return server_.As("crew"); }
  v1::PoolStatistics Statistics() { return testing::Statistics(server_.As("operator")).value(); }

  // Lets all witnesses work for a while, and then ends the server by `end`.
  void WorkUntil(const std::function<void()>& end) {
    std::vector<absl::Status> ends(kWitnesses);
    std::vector<std::thread> threads;
    for (size_t i = 0; i < kWitnesses; ++i) {
      threads.emplace_back([this, i, &status = ends[i]] {
        status = witnesses_[i].Work(Crew(), opening_);
        if (!status.ok()) tally_.Close();
      });
    }
    tally_.Await(dice_.Between(20, 300));
    end();
    for (std::thread& thread : threads) thread.join();
    EXPECT_THAT(ends, Each(IsOk()));
  }

  // List, Get, the pool's statistics and matching tell of the same profiles;
  // the witnesses, of these.
  void Check() {
    const std::vector<v1::Profile> listed = ListProfiles(Crew()).value();
    Listing listing;
    std::vector<std::string> names;
    for (const v1::Profile& profile : listed) {
      listing.emplace(profile.display_name(), profile);
      names.push_back(profile.name());
    }
    for (Witness& witness : witnesses_) witness.Check(Crew(), listing);
    EXPECT_EQ(Statistics().profiles(), static_cast<int64_t>(listed.size()));
    CheckGet(listed, names);
    CheckMatches({names.begin(), names.end()});
  }

  void CheckGet(const std::vector<v1::Profile>& listed, const std::vector<std::string>& names) {
    const auto got = BatchGetProfiles(Crew(), names);
    ASSERT_THAT(got, IsOk());
    ASSERT_EQ(got->size(), listed.size());
    for (size_t i = 0; i < listed.size(); ++i) EXPECT_EQ(Difference((*got)[i], listed[i]), "");
  }

  // All that exist are eligible.
  void CheckMatches(const std::set<std::string>& names) {
    const auto found = FindProfiles(Crew(), opening_);
    ASSERT_THAT(found, IsOk());
    EXPECT_EQ(found->total(), static_cast<int64_t>(names.size()));
    for (const v1::Match& match : found->matches()) {
      EXPECT_EQ(names.count(match.profile()), 1U) << match.profile();
    }
  }

  void CheckThatTheLogMakesTheSameView() {
    const std::string digest = Statistics().digest();
    ASSERT_EQ(server_.Terminate(), 0);
    ASSERT_GT(std::filesystem::remove_all(server_.data_directory() + "/view"), 0U);
    ASSERT_THAT(server_.Start(), IsOk());
    EXPECT_EQ(Statistics().digest(), digest);
    Check();
  }

  void Settle() {
    for (Witness& witness : witnesses_) witness.Settle(Crew());
  }

  size_t Doubts() const {
    size_t doubts = 0;
    for (const Witness& witness : witnesses_) doubts += witness.Doubts();
    return doubts;
  }

  const TempDirectory folder_;
  ServerProcess server_{folder_.Join("data")};
  std::string opening_;
  std::mt19937_64 random_{kSeed};
  Dice dice_{random_};
  Tally tally_;
  std::deque<Witness> witnesses_;
};

TEST_F(KillTest, LosesNothingThatWasAcknowledged) {
  size_t doubts = 0;
  for (int kill = 1; kill <= Kills() && !HasFailure(); ++kill) {
    SCOPED_TRACE(absl::StrCat("after kill ", kill));
    WorkUntil([this] { server_.Kill(); });
    doubts += Doubts();
    ASSERT_THAT(server_.Start(), IsOk());
    Check();
    Settle();
    Check();
  }
  EXPECT_GT(doubts, 0U) << "no kill came while something was written";
  CheckThatTheLogMakesTheSameView();
}

TEST_F(KillTest, EndsCleanlyUnderLoadWhenItIsAskedTo) {
  WorkUntil([this] { EXPECT_EQ(server_.Terminate(), 0); });
  ASSERT_THAT(server_.Start(), IsOk());
  Check();
  Settle();
  Check();
}

}  // namespace
}  // namespace troupe::testing
