#include "services/log/record_writer.h"

#include <thread>
#include <utility>
#include <vector>

#include "absl/base/thread_annotations.h"
#include "absl/strings/str_cat.h"
#include "absl/synchronization/mutex.h"
#include "absl/synchronization/notification.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "matcher/base/violation.h"
#include "services/log/log_errors.h"
#include "services/records/profile_record.h"
#include "tests/testing/live_view.h"
#include "tests/testing/log_calls.h"
#include "tests/testing/profile_builder.h"
#include "tests/testing/status_matchers.h"

namespace troupe::testing {
namespace {

using Written = RecordWriter::Written;
using Planned = RecordWriter::Planned;

// Runs work on threads, as servers do: a plan here waits for the log, which the
// log's own threads, that answers come on, must not.
class Threads final : public Executor {
 public:
  ~Threads() override {
    for (std::vector<std::thread> running = Take(); !running.empty(); running = Take()) {
      for (std::thread& thread : running) thread.join();
    }
  }
  void Run(std::function<void()> work) override {
    const absl::MutexLock lock(&mutex_);
    running_.emplace_back(std::move(work));
  }

 private:
  std::vector<std::thread> Take() {
    const absl::MutexLock lock(&mutex_);
    return std::exchange(running_, {});
  }

  absl::Mutex mutex_;
  std::vector<std::thread> running_ ABSL_GUARDED_BY(mutex_);
};

constexpr EntityKey kProfile{EntityKind::kProfile, 7};

// A write of the profile, if it has the expected version.
AppendRequest Write(const std::string& request_id, uint64_t expected_version,
                    const std::string& name = "Ada") {
  return Request(request_id,
                 {Put(kProfile, expected_version,
                      SerializeProfile(ProfileBuilder().Id(7).Named(name).Build()))});
}

uint64_t VersionOf(const ViewSnapshot& now) {
  const auto stored = now.Get(kProfile).value();
  return stored.has_value() ? stored->version : kNoVersion;
}

class RecordWriterTest : public ::testing::Test {
 protected:
  absl::StatusOr<std::optional<Written>> Change(RecordWriter::Plan plan) {
    absl::StatusOr<std::optional<Written>> result;
    absl::Notification answered;
    writer_.Change(std::move(plan), absl::InfiniteFuture(), [&](auto written) {
      result = std::move(written);
      answered.Notify();
    });
    answered.WaitForNotification();
    return result;
  }
  absl::StatusOr<std::optional<Written>> ChangeTo(const AppendRequest& request) {
    return Change([&request](const ViewSnapshot&) { return Planned{.append = request}; });
  }

  LiveView live_;
  Threads executor_;
  RecordWriter writer_{&live_.log(), &live_.view(), &executor_};
};

TEST_F(RecordWriterTest, AnswersOnceTheViewShowsIt) {
  const auto written = ChangeTo(Write("a", kNoVersion)).value();
  EXPECT_EQ(VersionOf(*live_.view().Now()), written->pos.seq);
  EXPECT_FALSE(written->is_repeat);
}

TEST_F(RecordWriterTest, TellsARepeatFromTheFirstTime) {
  const auto first = ChangeTo(Write("a", kNoVersion)).value();
  const auto again = ChangeTo(Write("a", kNoVersion)).value();
  EXPECT_EQ(again->pos, first->pos);
  EXPECT_TRUE(again->is_repeat);
}

TEST_F(RecordWriterTest, WritesNothingIfThePlanIsEmpty) {
  EXPECT_EQ(Change([](const ViewSnapshot&) { return Planned{}; }).value().has_value(), false);
}

TEST_F(RecordWriterTest, PassesOnAnErrorOfThePlan) {
  EXPECT_THAT(Change([](const ViewSnapshot&) { return absl::NotFoundError("gone"); }),
              StatusIs(absl::StatusCode::kNotFound, "gone"));
}

TEST_F(RecordWriterTest, PlansAgainFromWhatSomebodyElseWrote) {
  int plans = 0;
  const auto written = Change([&](const ViewSnapshot& now) {
    if (++plans == 1) {
      EXPECT_THAT(AppendOne(live_.log(), Write("other", kNoVersion)), IsOk());
    }
    return Planned{.append = Write("a", VersionOf(now), "Bea"), .replan = true};
  });
  EXPECT_EQ(plans, 2);
  EXPECT_EQ(VersionOf(*live_.view().Now()), written.value()->pos.seq);
}

TEST_F(RecordWriterTest, PlansOnceIfAskedTo) {
  int plans = 0;
  const auto written = Change([&](const ViewSnapshot& now) {
    if (++plans == 1) {
      EXPECT_THAT(AppendOne(live_.log(), Write("other", kNoVersion)), IsOk());
    }
    return Planned{.append = Write("a", VersionOf(now))};
  });
  EXPECT_EQ(plans, 1);
  EXPECT_EQ(StaleVersionOf(written.status())->actual_version, 1u);
}

TEST_F(RecordWriterTest, GivesUpAgainstAFlood) {
  int plans = 0;
  const auto written = Change([&](const ViewSnapshot& now) {
    const AppendRequest other = Write(absl::StrCat("other", ++plans), kAnyVersion);
    EXPECT_THAT(AppendOne(live_.log(), other), IsOk());
    return Planned{.append = Write("a", VersionOf(now)), .replan = true};
  });
  EXPECT_THAT(written, StatusIs(absl::StatusCode::kAborted, ::testing::_));
  EXPECT_EQ(plans, 8);
}

TEST_F(RecordWriterTest, AnswersEachRequestOfSeveralOnItsOwn) {
  std::vector<absl::StatusOr<Written>> answers;
  absl::Notification answered;
  writer_.Append({Write("a", kNoVersion), Write("b", kNoVersion), Write("c", 1)},
                 absl::InfiniteFuture(), [&](auto results) {
                   answers = std::move(results);
                   answered.Notify();
                 });
  answered.WaitForNotification();
  EXPECT_THAT(answers[0], IsOk());
  EXPECT_THAT(answers[1], StatusIs(absl::StatusCode::kAborted, ::testing::_));
  EXPECT_EQ(VersionOf(*live_.view().Now()), answers[2]->pos.seq);
}

TEST_F(RecordWriterTest, IsUnavailableIfTheViewFailsMeanwhile) {
  const auto written = Change([&](const ViewSnapshot&) {
    live_.view().Fail(absl::DataLossError("broken"));
    return Planned{.append = Write("a", kNoVersion)};
  });
  EXPECT_EQ(ReasonOf(written.status()), "VIEW_FAILED");
}

}  // namespace
}  // namespace troupe::testing
