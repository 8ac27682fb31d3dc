#include "services/rpc/thread_pool.h"

#include <atomic>

#include "absl/synchronization/barrier.h"
#include "gtest/gtest.h"

namespace troupe {
namespace {

TEST(ThreadPoolTest, HasAtLeastFourThreadsByDefault) {
  EXPECT_GE(ThreadPool::DefaultThreads(), 4);
}

TEST(ThreadPoolTest, RunsWorkOnAsManyThreadsAsItHas) {
  std::atomic<int> passed = 0;
  {
    absl::Barrier all_at_once(4);
    ThreadPool threads(4);
    for (int i = 0; i < 4; ++i) {
      threads.Run([&] {
        all_at_once.Block();
        ++passed;
      });
    }
  }
  EXPECT_EQ(passed, 4);
}

TEST(ThreadPoolTest, RunsWhatIsQueuedBeforeItEnds) {
  std::atomic<int> ran = 0;
  {
    ThreadPool threads(1);
    for (int i = 0; i < 100; ++i) threads.Run([&] { ++ran; });
  }
  EXPECT_EQ(ran, 100);
}

TEST(ThreadPoolTest, RunsWorkThatWorkAdds) {
  std::atomic<bool> ran = false;
  {
    ThreadPool threads(1);
    threads.Run([&] { threads.Run([&] { ran = true; }); });
  }
  EXPECT_TRUE(ran);
}

}  // namespace
}  // namespace troupe
