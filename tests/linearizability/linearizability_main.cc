// Records what clients do to one person's holds on a server, and looks for an
// order that explains it.
#include <algorithm>
#include <iostream>
#include <string>
#include <vector>

#include "absl/flags/flag.h"
#include "absl/flags/parse.h"
#include "absl/flags/usage.h"
#include "absl/strings/str_cat.h"
#include "nlohmann/json.hpp"
#include "tests/integration/server_process.h"
#include "tests/linearizability/ladder_history.h"
#include "tests/linearizability/ladder_recorder.h"
#include "tests/testing/temp_directory.h"

ABSL_FLAG(int, histories, 30, "How many are recorded.");
ABSL_FLAG(int, clients, 8, "Of each history.");
ABSL_FLAG(int, calls, 14, "Of each client.");
ABSL_FLAG(uint64_t, seed, 20261128, "Of everything that is random.");
ABSL_FLAG(bool, print, false, "Prints the calls of each history that nothing explains.");

namespace {

// One line for each call, in the order of their beginnings.
void Print(troupe::testing::LadderHistory history) {
  using troupe::testing::LadderOperation;
  std::sort(history.begin(), history.end(), [](const LadderOperation& a, const LadderOperation& b) {
    return a.began < b.began;
  });
  for (const LadderOperation& one : history) std::cerr << Describe(one) << "\n";
}

}  // namespace

int main(int argc, char** argv) {
  using namespace troupe::testing;  // NOLINT: a small main
  absl::SetProgramUsageMessage("checks that one person's holds are as if asked one at a time");
  absl::ParseCommandLine(argc, argv);
  const TempDirectory folder;
  ServerProcess server(folder.Join("data"));
  if (const absl::Status started = server.Start(); !started.ok()) {
    std::cerr << started << "\n";
    return 1;
  }
  nlohmann::json json = {{"histories", 0}, {"linearizable", 0}, {"calls", 0}, {"refused", 0},
                         {"overlapping", 0}, {"tried", 0}, {"findings", nlohmann::json::array()}};
  for (int i = 0; i < absl::GetFlag(FLAGS_histories); ++i) {
    const absl::StatusOr<LadderHistory> history = RecordHistory(
        server.As("agency"), server.As("house"), absl::StrCat("history-", i),
        {.clients = absl::GetFlag(FLAGS_clients),
         .calls = absl::GetFlag(FLAGS_calls),
         .seed = absl::GetFlag(FLAGS_seed) + static_cast<uint64_t>(i)});
    json["histories"] = i + 1;
    if (!history.ok()) {
      json["findings"].push_back(history.status().ToString());
      continue;
    }
    for (const LadderOperation& one : *history) {
      json["calls"] = json["calls"].get<int64_t>() + 1;
      if (!one.answer.reason.empty()) json["refused"] = json["refused"].get<int64_t>() + 1;
      const bool overlaps = std::any_of(
          history->begin(), history->end(), [&](const LadderOperation& other) {
            return other.client != one.client && other.began < one.ended && one.began < other.ended;
          });
      if (overlaps) json["overlapping"] = json["overlapping"].get<int64_t>() + 1;
    }
    const Linearization result = FindLinearization(*history);
    json["tried"] = json["tried"].get<int64_t>() + result.tried;
    if (result.found) {
      json["linearizable"] = json["linearizable"].get<int64_t>() + 1;
    } else {
      json["findings"].push_back(absl::StrCat("history ", i, ": ", result.stuck));
      if (absl::GetFlag(FLAGS_print)) Print(*history);
    }
  }
  std::cout << json.dump(2) << "\n";
  return json["linearizable"] == json["histories"] ? 0 : 1;
}
