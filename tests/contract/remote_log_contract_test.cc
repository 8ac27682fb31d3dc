#include <arpa/inet.h>
#include <grpcpp/create_channel.h>
#include <netinet/in.h>
#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>

#include <atomic>
#include <memory>
#include <string>
#include <thread>
#include <utility>
#include <vector>

#include "absl/strings/str_cat.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "matcher/base/violation.h"
#include "services/feed/feed_wiring.h"
#include "services/feed/remote_log.h"
#include "services/rpc/rpc_server.h"
#include "services/rpc/thread_pool.h"
#include "tests/contract/change_log_contract.h"
#include "tests/testing/memory_log.h"

namespace troupe::testing {
namespace {

// Writes to a log and reads it as another process would, over the feed.
class LogReadOverFeed final : public ChangeLog {
 public:
  explicit LogReadOverFeed(const FakeClock& clock)
      : ChangeLog(LogName::kTroupe), log_(clock), feed_(&log_, &threads_, &clock) {
    std::vector<std::unique_ptr<WiredService>> services;
    admission_ = std::make_unique<Admission>(Admission::Options{}, &clock);
    services.push_back(WireFeedService(&feed_, admission_.get()));
    server_ = RpcServer::Start({}, std::move(services)).value();
    remote_ = OpenRemoteLog(name(), server_->InProcessChannel(), "troupe-matching", &clock);
  }
  ~LogReadOverFeed() override { Close(); }

  void Append(std::vector<AppendRequest> requests, absl::Time deadline,
              AppendDone done) override {
    log_.Append(std::move(requests), deadline, std::move(done));
  }
  void Read(absl::Span<const Cursor> cursors, Limits limits, absl::Time wait_until,
            ReadDone done) override {
    ++reads_;
    remote_->Read(cursors, limits, wait_until, [this, done = std::move(done)](auto records) {
      --reads_;
      done(std::move(records));
    });
  }
  absl::StatusOr<LogPos> Head(ShardId shard) override { return log_.Head(shard); }
  void Heads(HeadsDone done) override { remote_->Heads(std::move(done)); }
  absl::StatusOr<std::unique_ptr<BaseScan>> OpenBase(ShardId shard) override {
    return remote_->OpenBase(shard);
  }
  absl::Status Trim(ShardId shard, uint64_t before_seq) override {
    return log_.Trim(shard, before_seq);
  }
  void Close() override {
    remote_->Close();
    log_.Close();  // Answers what the server waits for.
    server_->Drain();
  }

  // Returns once every read has reached the log, which counts its time from then.
  void AwaitReads() {
    while (log_.WaitingReads() < reads_.load()) std::this_thread::yield();
  }
  void ExpireReads() { log_.ExpireReads(); }

 private:
  std::atomic<size_t> reads_ = 0;  // Unanswered.
  MemoryLog log_;
  ThreadPool threads_;
  FeedService feed_;
  std::unique_ptr<Admission> admission_;
  std::unique_ptr<RpcServer> server_;
  std::unique_ptr<LogReader> remote_;
};

class RemoteLogUnderTest final : public LogUnderTest {
 public:
  ChangeLog& log() override { return log_; }
  void Advance(absl::Duration by) override {
    log_.AwaitReads();
    clock_.Advance(by);
    log_.ExpireReads();
  }

 private:
  LogReadOverFeed log_{clock_};
};

INSTANTIATE_TEST_SUITE_P(
    RemoteLog, ChangeLogContract,
    ::testing::Values(LogFactory{"RemoteLog", [] { return std::make_unique<RemoteLogUnderTest>(); }}),
    [](const auto&) { return std::string("Keeps"); });

TEST(RemoteLogTest, LeavesAScanOfAProcessThatIsSilentWhenItIsClosed) {
  const int listening = socket(AF_INET, SOCK_STREAM, 0);
  sockaddr_in address{};
  address.sin_family = AF_INET;
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  socklen_t size = sizeof(address);
  ASSERT_EQ(bind(listening, reinterpret_cast<sockaddr*>(&address), size), 0);
  ASSERT_EQ(listen(listening, 1), 0);
  ASSERT_EQ(getsockname(listening, reinterpret_cast<sockaddr*>(&address), &size), 0);
  const FakeClock clock;
  const auto log = OpenRemoteLog(
      LogName::kProfiles,
      grpc::CreateChannel(absl::StrCat("127.0.0.1:", ntohs(address.sin_port)),
                          grpc::InsecureChannelCredentials()),
      "troupe-matching", &clock);
  absl::Status scanned;
  std::thread scan([&] { scanned = log->OpenBase(ShardId{0}).status(); });
  pollfd called = {.fd = listening, .events = POLLIN};
  EXPECT_EQ(poll(&called, 1, -1), 1);
  log->Close();
  scan.join();
  EXPECT_EQ(ReasonOf(scanned), "LOG_UNREACHABLE");
  EXPECT_EQ(ReasonOf(log->OpenBase(ShardId{0}).status()), "LOG_CLOSED");
  close(listening);
}

}  // namespace
}  // namespace troupe::testing
