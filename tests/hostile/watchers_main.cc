#include <grpcpp/create_channel.h>
#include <grpcpp/support/channel_arguments.h>

#include <algorithm>
#include <atomic>
#include <fstream>
#include <iostream>
#include <memory>
#include <string>
#include <thread>
#include <vector>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/time/clock.h"
#include "absl/time/time.h"
#include "services/cli/connection.h"
#include "services/rpc/status_details.h"
#include "troupe/v1/credit.pb.h"
#include "troupe/v1/profile.pb.h"
#include "troupe/v1/profile_service.grpc.pb.h"

namespace {

using troupe::Connection;
using troupe::OpenChannel;
namespace v1 = troupe::v1;

constexpr int kWatches = 64;
constexpr int kWriters = 64;
constexpr int kSlowWatches = 64;
constexpr int kLargeProfiles = 600;
constexpr int kCredits = 300;

long ResidentKilobytes(const std::string& pid) {
  std::ifstream status(absl::StrCat("/proc/", pid, "/status"));
  std::string word;
  while (status >> word) {
    long kilobytes = 0;
    if (word == "VmRSS:" && status >> kilobytes) return kilobytes;
  }
  return -1;
}

// A watch that has begun.
class Watch {
 public:
  Watch(const Connection& crew, const v1::WatchProfilesRequest& request)
      : context_(ContextOf(crew)),
        stream_(crew.stub<v1::ProfileService::Stub>().WatchProfiles(context_.get(), request)) {
    v1::WatchProfilesResponse first;
    begun_ = stream_->Read(&first);
    resume_token_ = first.resume_token();
  }
  bool has_begun() const { return begun_; }
  const std::string& resume_token() const { return resume_token_; }
  // Ends it, and says how many bytes came since it began, and how it ended.
  grpc::Status End(bool cancel, int64_t* bytes = nullptr) {
    if (cancel) context_->TryCancel();
    v1::WatchProfilesResponse response;
    while (stream_->Read(&response)) {
      if (bytes != nullptr) *bytes += static_cast<int64_t>(response.ByteSizeLong());
    }
    return stream_->Finish();
  }

 private:
  // A show that waits for ever shows nothing.
  static std::unique_ptr<grpc::ClientContext> ContextOf(const Connection& crew) {
    std::unique_ptr<grpc::ClientContext> context = crew.NewContext();
    context->set_deadline(absl::ToChronoTime(absl::Now() + absl::Minutes(1)));
    return context;
  }

  const std::unique_ptr<grpc::ClientContext> context_;
  const std::unique_ptr<grpc::ClientReader<v1::WatchProfilesResponse>> stream_;
  bool begun_ = false;
  std::string resume_token_;
};

v1::CreateProfileRequest Somebody(int credits) {
  v1::CreateProfileRequest request;
  request.mutable_profile()->set_display_name("Ada");
  request.mutable_profile()->set_findability(v1::FINDABILITY_FINDABLE);
  for (int i = 0; i < credits; ++i) {
    v1::Credit& credit = *request.mutable_profile()->add_credits();
    credit.set_production(absl::StrCat("show:", i));
    credit.set_title(std::string(60, 'x'));
    credit.set_role("writer");
  }
  return request;
}

absl::StatusOr<v1::Profile> Create(const Connection& crew, int credits) {
  return crew.Ask<v1::ProfileService::Stub, v1::CreateProfileRequest, v1::Profile>(
      &v1::ProfileService::Stub::CreateProfile, Somebody(credits));
}

// 64 watches that have nothing to tell, 64 writers that each wait for an answer,
// and meanwhile one Get after another.
int Hold(const std::string& address, double seconds) {
  const Connection crew(OpenChannel(address), address, "crew");
  const auto known = Create(crew, 0);
  if (!known.ok()) return 1;
  std::vector<std::unique_ptr<Watch>> watches;
  v1::WatchProfilesRequest nothing;
  nothing.set_organization("organizations/nobody");
  for (int i = 0; i < kWatches; ++i) watches.push_back(std::make_unique<Watch>(crew, nothing));
  std::atomic<bool> stop = false;
  std::atomic<int64_t> written = 0, refused = 0;
  std::vector<std::thread> writers;
  for (int i = 0; i < kWriters; ++i) {
    writers.emplace_back([&] {
      while (!stop) ++(Create(crew, 0).ok() ? written : refused);
    });
  }
  std::vector<int64_t> micros;
  int64_t failed = 0;
  const absl::Time end = absl::Now() + absl::Seconds(seconds);
  v1::GetProfileRequest request;
  request.set_name(known->name());
  while (absl::Now() < end) {
    const absl::Time began = absl::Now();
    const auto got = crew.Ask<v1::ProfileService::Stub, v1::GetProfileRequest, v1::Profile>(
        &v1::ProfileService::Stub::GetProfile, request);
    if (!got.ok() && ++failed <= 3) std::cerr << got.status() << "\n";
    micros.push_back(absl::ToInt64Microseconds(absl::Now() - began));
  }
  stop = true;
  for (std::thread& writer : writers) writer.join();
  const auto begun = std::count_if(watches.begin(), watches.end(),
                                   [](const auto& watch) { return watch->has_begun(); });
  for (const auto& watch : watches) watch->End(/*cancel=*/true);
  std::sort(micros.begin(), micros.end());
  std::cout << "watches " << begun << "\nwritten " << written << "\nrefused " << refused
            << "\ngets " << micros.size() << "\nfailed " << failed << "\np50_us "
            << micros[micros.size() / 2] << "\np99_us " << micros[micros.size() * 99 / 100]
            << "\n";
  return 0;
}

void WriteLargeProfiles(const Connection& crew) {
  std::atomic<int> left = kLargeProfiles;
  std::vector<std::thread> writers;
  for (int i = 0; i < 8; ++i) {
    writers.emplace_back([&] {
      while (left.fetch_sub(1) > 0) {
        if (!Create(crew, kCredits).ok()) std::cerr << "a write failed\n";
      }
    });
  }
  for (std::thread& writer : writers) writer.join();
}

// A client with a socket of its own.
Connection Stranger(const std::string& address) {
  grpc::ChannelArguments own;
  own.SetInt(GRPC_ARG_USE_LOCAL_SUBCHANNEL_POOL, 1);
  return Connection(
      grpc::CreateCustomChannel(address, grpc::InsecureChannelCredentials(), own), address,
      "crew");
}

// 64 watches from before much was written, which read no more than the first
// response of it, each on its own connection. Meanwhile nothing else happens that could take memory.
int Slow(const std::string& address, const std::string& pid, double patience) {
  const Connection crew(OpenChannel(address), address, "crew");
  v1::WatchProfilesRequest request;
  Watch from_now(crew, request);
  request.set_resume_token(from_now.resume_token());
  from_now.End(/*cancel=*/true);
  WriteLargeProfiles(crew);
  absl::SleepFor(absl::Seconds(1));
  const long before = ResidentKilobytes(pid);
  std::vector<std::unique_ptr<Watch>> watches;
  std::vector<Connection> strangers;
  for (int i = 0; i < kSlowWatches; ++i) {
    strangers.push_back(Stranger(address));
    watches.push_back(std::make_unique<Watch>(strangers.back(), request));
  }
  absl::SleepFor(absl::Seconds(patience / 2));
  const long held = ResidentKilobytes(pid);
  absl::SleepFor(absl::Seconds(2 * patience));
  int cut_off = 0;
  int64_t bytes = 0;
  for (const auto& watch : watches) {
    const grpc::Status end = watch->End(/*cancel=*/false, &bytes);
    const bool clear = end.error_code() == grpc::StatusCode::RESOURCE_EXHAUSTED &&
                       absl::StartsWith(end.error_message(), "SLOW_READER: ");
    if (clear) {
      ++cut_off;
    } else {
      std::cerr << troupe::FromGrpcStatus(end) << "\n";
    }
  }
  const int64_t offered = int64_t{kLargeProfiles} *
                          static_cast<int64_t>(Somebody(kCredits).profile().ByteSizeLong());
  std::cout << "watches " << watches.size() << "\ncut_off " << cut_off << "\noffered_kb "
            << offered / 1024 << "\ntaken_kb " << bytes / 1024 / kSlowWatches << "\nheld_kb "
            << held - before << "\n";
  return 0;
}

}  // namespace

int main(int argc, char** argv) {
  const std::string mode = argc > 1 ? argv[1] : "";
  if (mode == "hold" && argc == 4) return Hold(argv[2], std::stod(argv[3]));
  if (mode == "slow" && argc == 5) return Slow(argv[2], argv[3], std::stod(argv[4]));
  std::cerr << "use: troupe-watchers hold HOST:PORT SECONDS | slow HOST:PORT PID PATIENCE\n";
  return 2;
}
