// Imports generated profiles through the API as fast as the server takes them,
// and writes the same values one by one, each with an fsync, into a RocksDB of
// its own: the same values on the same disk in the same run. All messages are
// made before the clock starts, so that what is measured is the server; sending
// and reading the answers takes its share of the machine. Prints one JSON
// object.
#include <grpcpp/client_context.h>
#include <grpcpp/completion_queue.h>
#include <grpcpp/create_channel.h>
#include <grpcpp/generic/generic_stub.h>
#include <grpcpp/security/credentials.h>
#include <sys/resource.h>

#include <algorithm>
#include <chrono>
#include <cstdio>
#include <memory>
#include <string>
#include <thread>
#include <utility>
#include <vector>

#include "absl/flags/flag.h"
#include "absl/flags/parse.h"
#include "absl/strings/str_cat.h"
#include "rocksdb/db.h"
#include "services/cli/market_generator.h"
#include "troupe/v1/profile_service.pb.h"

ABSL_FLAG(std::string, server, "", "host:port of a troupe-server.");
ABSL_FLAG(int64_t, profiles, 100'000, "How many to import.");
ABSL_FLAG(int, streams, 4, "Imports at a time, each with a connection of its own.");
ABSL_FLAG(int, batch, 500, "Profiles to a message.");
ABSL_FLAG(int, in_flight, 4, "Unanswered messages of a stream.");
ABSL_FLAG(int, most_credits, 2, "Of a profile.");
ABSL_FLAG(uint64_t, seed, 1, "Of the market.");
ABSL_FLAG(std::string, puts_dir, "", "Where single values are written; empty: none are.");
ABSL_FLAG(int, puts_seconds, 5, "How long.");

namespace troupe::testing {
namespace {

using Clock = std::chrono::steady_clock;

double SecondsSince(Clock::time_point start) {
  return std::chrono::duration<double>(Clock::now() - start).count();
}

double CpuSeconds() {
  rusage used{};
  getrusage(RUSAGE_SELF, &used);
  const auto seconds = [](const timeval& time) {
    return static_cast<double>(time.tv_sec) + static_cast<double>(time.tv_usec) / 1e6;
  };
  return seconds(used.ru_utime) + seconds(used.ru_stime);
}

// The messages of one stream, in order.
struct StreamLoad {
  std::vector<grpc::ByteBuffer> messages;
  int64_t profiles = 0;
};

struct Load {
  std::vector<StreamLoad> streams;
  std::vector<std::string> values;  // Some profiles, for the single writer.
  uint64_t bytes = 0;
  int64_t profiles = 0;
};

v1::Profile MakeProfile(const MarketGenerator& market, int64_t number, int most_credits) {
  v1::Profile profile = market.Profile(number);
  if (profile.credits_size() > most_credits) {
    profile.mutable_credits()->DeleteSubrange(most_credits,
                                              profile.credits_size() - most_credits);
  }
  return profile;
}

Load MakeLoad() {
  const int64_t profiles = absl::GetFlag(FLAGS_profiles);
  const MarketGenerator market({.profiles = profiles,
                                .seed = absl::GetFlag(FLAGS_seed),
                                .today = Day(absl::ToCivilDay(absl::Now(), absl::UTCTimeZone()))});
  Load load{.streams = std::vector<StreamLoad>(static_cast<size_t>(absl::GetFlag(FLAGS_streams)))};
  size_t turn = 0;
  for (int64_t first = 0; first < profiles;) {
    const size_t number = turn++ % load.streams.size();
    StreamLoad& stream = load.streams[number];
    v1::ImportProfilesRequest request;
    request.set_request_id(absl::StrCat("load-", absl::GetFlag(FLAGS_seed), "-", number));
    request.set_first_item(stream.profiles);
    const int64_t limit = std::min(first + absl::GetFlag(FLAGS_batch), profiles);
    for (; first < limit; ++first) {
      v1::Profile& profile = *request.add_profiles();
      profile = MakeProfile(market, first, absl::GetFlag(FLAGS_most_credits));
      load.bytes += profile.ByteSizeLong();
      if (load.values.size() < 50'000) load.values.push_back(profile.SerializeAsString());
    }
    stream.profiles += request.profiles_size();
    const grpc::Slice slice(request.SerializeAsString());
    stream.messages.emplace_back(&slice, 1);
  }
  load.profiles = profiles;
  return load;
}

// How many profiles of `response` are stored.
int64_t CountStored(grpc::ByteBuffer& response) {
  grpc::Slice slice;
  v1::ImportProfilesResponse answer;
  if (!response.DumpToSingleSlice(&slice).ok() ||
      !answer.ParseFromArray(slice.begin(), static_cast<int>(slice.size()))) {
    return 0;
  }
  return std::count_if(answer.results().begin(), answer.results().end(),
                       [](const v1::ImportResult& result) {
                         return result.outcome() == v1::IMPORT_OUTCOME_CREATED;
                       });
}

// Sends the messages of one stream with so many unanswered; how many profiles
// were acknowledged as stored.
int64_t Import(StreamLoad& load) {
  if (load.messages.empty()) return 0;
  enum Tag : intptr_t { kStarted = 1, kWritten, kRead, kFinished };
  const auto tag = [](Tag of) { return reinterpret_cast<void*>(of); };
  grpc::ChannelArguments arguments;
  arguments.SetInt(GRPC_ARG_USE_LOCAL_SUBCHANNEL_POOL, 1);
  arguments.SetMaxReceiveMessageSize(-1);
  grpc::GenericStub stub(grpc::CreateCustomChannel(
      absl::GetFlag(FLAGS_server), grpc::InsecureChannelCredentials(), arguments));
  grpc::ClientContext context;
  context.AddMetadata("troupe-organization", "load");
  grpc::CompletionQueue queue;
  const auto call =
      stub.PrepareCall(&context, "/troupe.v1.ProfileService/ImportProfiles", &queue);
  call->StartCall(tag(kStarted));
  size_t sent = 0;
  size_t answered = 0;
  int64_t stored = 0;
  bool writing = false;
  bool finishing = false;
  grpc::ByteBuffer response;
  grpc::Status status;
  const auto write = [&] {
    const auto window = static_cast<size_t>(absl::GetFlag(FLAGS_in_flight));
    if (writing || sent == load.messages.size() || sent - answered >= window) return;
    writing = true;
    call->Write(load.messages[sent++], tag(kWritten));
  };
  void* event = nullptr;
  bool ok = false;
  while (queue.Next(&event, &ok)) {
    const bool is_over = !ok || event == tag(kFinished);
    if (is_over || answered == load.messages.size()) {
      if (event == tag(kFinished)) break;
      if (!std::exchange(finishing, true)) call->Finish(&status, tag(kFinished));
      continue;
    }
    if (event == tag(kWritten)) writing = false;
    if (event == tag(kStarted)) call->Read(&response, tag(kRead));
    if (event == tag(kRead)) {
      stored += CountStored(response);
      load.messages[answered] = {};
      if (++answered == load.messages.size()) {
        call->WritesDone(tag(kWritten));
        continue;
      }
      call->Read(&response, tag(kRead));
    }
    write();
  }
  if (!status.ok()) std::fprintf(stderr, "import: %s\n", status.error_message().c_str());
  return stored;
}

// Writes `values` one by one, each fsynced, for a while; how many in a second.
double PutSingly(const std::vector<std::string>& values) {
  rocksdb::Options options;
  options.create_if_missing = true;
  rocksdb::DB* opened = nullptr;
  const rocksdb::Status open = rocksdb::DB::Open(options, absl::GetFlag(FLAGS_puts_dir), &opened);
  const std::unique_ptr<rocksdb::DB> db(opened);
  if (!open.ok()) return 0;
  rocksdb::WriteOptions synced;
  synced.sync = true;
  const auto start = Clock::now();
  size_t puts = 0;
  while (SecondsSince(start) < absl::GetFlag(FLAGS_puts_seconds)) {
    const std::string key = absl::StrCat("profile-", puts);
    if (!db->Put(synced, key, values[puts % values.size()]).ok()) return 0;
    ++puts;
  }
  return static_cast<double>(puts) / SecondsSince(start);
}

int Run() {
  Load load = MakeLoad();
  const bool puts = !absl::GetFlag(FLAGS_puts_dir).empty();
  const double before = puts ? PutSingly(load.values) : 0;
  const double cpu = CpuSeconds();
  const auto start = Clock::now();
  std::vector<int64_t> stored(load.streams.size());
  std::vector<std::thread> threads;
  for (size_t i = 0; i < stored.size(); ++i) {
    threads.emplace_back([&, i] { stored[i] = Import(load.streams[i]); });
  }
  for (std::thread& thread : threads) thread.join();
  const double seconds = SecondsSince(start);
  const double client_cpu = CpuSeconds() - cpu;
  const double after = puts ? PutSingly(load.values) : 0;
  int64_t acknowledged = 0;
  for (int64_t count : stored) acknowledged += count;
  std::printf("{\"profiles\": %lld, \"acknowledged\": %lld, \"mean_bytes\": %.1f, "
              "\"seconds\": %.3f, \"per_second\": %.0f, \"client_cpu_seconds\": %.2f, "
              "\"puts_before_per_second\": %.0f, \"puts_after_per_second\": %.0f}\n",
              static_cast<long long>(load.profiles), static_cast<long long>(acknowledged),
              static_cast<double>(load.bytes) / static_cast<double>(load.profiles), seconds,
              static_cast<double>(acknowledged) / seconds, client_cpu, before, after);
  return acknowledged == load.profiles ? 0 : 1;
}

}  // namespace
}  // namespace troupe::testing

int main(int argc, char** argv) {
  absl::ParseCommandLine(argc, argv);
  return troupe::testing::Run();
}
