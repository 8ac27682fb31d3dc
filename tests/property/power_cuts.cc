#include "tests/property/power_cuts.h"

#include <atomic>
#include <memory>
#include <random>
#include <thread>

#include "absl/strings/str_cat.h"
#include "absl/strings/numbers.h"
#include "services/log/rocks_log.h"
#include "tests/testing/fake_clock.h"
#include "tests/testing/log_calls.h"
#include "tests/testing/power_cut.h"

namespace troupe::testing {
namespace {

constexpr int kCutsOfALog = 10;
constexpr uint64_t kMostOperations = 400;  // Before a cut; opening takes about 60.

// Every fifth record deletes the second entity, so that deletions are tried too.
bool Deletes(int64_t number) { return number % 5 == 0; }

// One client's records, numbered from 1, on a shard of its own.
struct Client {
  ShardId shard;
  int64_t acknowledged = 0;
  int64_t tried = 0;

  AppendRequest Record(int64_t number) const {
    const std::string value = absl::StrCat(number);
    return Request(absl::StrCat(shard.value, "/", number),
                   {Put(ProfileOn(shard, 0), kAnyVersion, value),
                    Deletes(number) ? Delete(ProfileOn(shard, 1), kAnyVersion)
                                    : Put(ProfileOn(shard, 1), kAnyVersion, value)});
  }

  void WriteUntilTheCut(ChangeLog& log) {
    do {
      ++tried;
    } while (AppendOne(log, Record(tried)).ok() && ++acknowledged > 0);
  }
};

// A log in a folder that survives the cuts, and its clients.
class LogUnderCuts {
 public:
  LogUnderCuts(const PowerCutOptions& options, PowerCutCounts& counts)
      : options_(options), counts_(counts), clients_(static_cast<size_t>(options.clients)) {
    for (size_t i = 0; i < clients_.size(); ++i) clients_[i].shard = {static_cast<uint16_t>(i)};
  }

  void Cut(uint64_t seed, int64_t operations) {
    PowerCut power(seed, seed % 2 == 0 ? PowerCut::Unsynced::kLost : PowerCut::Unsynced::kTorn);
    const auto env = PowerCutEnv(power);
    power.CutAfter(operations);
    {
      const auto log = OpenRocksLog(
          clock_, {.directory = path_, .env = env.get(), .sync = options_.sync});
      if (log.ok()) {
        Write(**log);
      } else {
        ++counts_.cuts_while_opening;
      }
      if (!power.IsCut()) Violation(absl::StrCat("refused: ", log.status().ToString()));
    }
    power.Restore();
    ++counts_.cuts;
    Check(seed);
  }

 private:
  void Write(ChangeLog& log) {
    std::vector<std::thread> threads;
    for (Client& client : clients_) {
      threads.emplace_back([&client, &log] { client.WriteUntilTheCut(log); });
    }
    for (std::thread& thread : threads) thread.join();
  }

  void Check(uint64_t seed) {
    const auto log = OpenRocksLog(clock_, {.directory = path_});
    if (!log.ok()) return Violation(absl::StrCat("cut ", seed, ": ", log.status().ToString()));
    for (Client& client : clients_) Check(**log, seed, client);
  }

  void Check(ChangeLog& log, uint64_t seed, Client& client) {
    const auto records = ReadNow(log, {{client.shard, {}}}, {.max_records = 1'000'000});
    const auto base = BaseOf(log, client.shard);
    if (!records.ok() || !base.ok()) return Violation(absl::StrCat("cut ", seed, ": unreadable"));
    const auto last = static_cast<int64_t>(records->size());
    if (last < client.acknowledged || last > client.tried) {
      Violation(absl::StrCat("cut ", seed, ": client ", client.shard.value, " has ", last,
                             " records, ", client.acknowledged, " acknowledged and ",
                             client.tried, " tried"));
    }
    for (int64_t number = 1; number <= last; ++number) {
      const AppendRequest asked = client.Record(number);
      const ReadRecord& found = (*records)[static_cast<size_t>(number - 1)];
      bool same = found.changes.size() == 2;
      for (size_t i = 0; same && i < 2; ++i) {
        same = found.changes[i].entity == asked.mutations[i].entity &&
               found.changes[i].value == asked.mutations[i].value;
      }
      if (!same) Violation(absl::StrCat("cut ", seed, ": record ", number, " is another"));
    }
    if (!IsBaseAfter(*base, client, last)) {
      Violation(absl::StrCat("cut ", seed, ": entities are not those after record ", last));
    }
    counts_.kept_beyond += std::max<int64_t>(last - client.acknowledged, 0);
    client.acknowledged = client.tried = last;
  }

  static bool IsBaseAfter(const std::vector<BaseEntity>& base, const Client& client,
                          int64_t last) {
    size_t expected = 0;
    if (last > 0) expected = Deletes(last) ? 1 : 2;
    for (const BaseEntity& entity : base) {
      if (entity.value != absl::StrCat(last)) return false;
      if (entity.version != static_cast<uint64_t>(last)) return false;
    }
    return base.size() == expected && (base.empty() || base[0].entity.kind ==
                                                           ProfileOn(client.shard, 0).kind);
  }

  void Violation(std::string what) { counts_.violations.push_back(std::move(what)); }

 public:
  int64_t Acknowledged() const {
    int64_t sum = 0;
    for (const Client& client : clients_) sum += client.acknowledged;
    return sum;
  }

 private:
  const PowerCutOptions& options_;
  PowerCutCounts& counts_;
  FakeClock clock_;
  const TempDirectory directory_;
  const std::string path_ = directory_.Join("log");
  std::vector<Client> clients_;
};

}  // namespace

PowerCutCounts CheckPowerCuts(const PowerCutOptions& options) {
  PowerCutCounts counts;
  std::mt19937_64 dice(options.seed);
  while (counts.cuts < options.cuts) {
    LogUnderCuts log(options, counts);
    for (int i = 0; i < kCutsOfALog && counts.cuts < options.cuts; ++i) {
      log.Cut(options.seed * 1'000'000 + static_cast<uint64_t>(counts.cuts),
              static_cast<int64_t>(dice() % kMostOperations));
    }
    counts.acknowledged += log.Acknowledged();
  }
  return counts;
}

std::string ToString(const PowerCutCounts& counts) {
  std::string text = absl::StrCat(
      "cuts ", counts.cuts, "\ncuts while opening ", counts.cuts_while_opening,
      "\nwrites acknowledged ", counts.acknowledged, "\nwrites kept beyond ", counts.kept_beyond,
      "\nviolations ", counts.violations.size(), "\n");
  for (const std::string& violation : counts.violations) {
    absl::StrAppend(&text, "violation: ", violation, "\n");
  }
  return text;
}

}  // namespace troupe::testing
