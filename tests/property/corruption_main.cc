#include <cstdio>
#include <string>
#include <vector>

#include "absl/flags/flag.h"
#include "absl/flags/parse.h"
#include "tests/property/damaged_log.h"

ABSL_FLAG(bool, messages, true, "Print what each refusal says.");

namespace troupe::testing {
namespace {

constexpr double kFlips[] = {0.02, 0.2, 0.4, 0.6, 0.8, 0.98};
constexpr double kCuts[] = {0.0, 0.25, 0.5, 0.75, 0.99};
constexpr double kZeros[] = {0.0, 0.2, 0.4, 0.6, 0.8};
constexpr int kWalCuts = 20;

// Counts and prints cases, as a table: what was done to which file, and what
// came of it.
class Table {
 public:
  void Add(const std::string& target, const std::string& file, const Damage& damage,
           const Verdict& verdict) {
    const std::string name = file.substr(file.find_last_of('/') + 1);
    std::printf("%-9s %-22s %-13s %s", target.c_str(), name.c_str(), ToString(damage).c_str(),
                ToString(verdict.kind).c_str());
    const bool tells = absl::GetFlag(FLAGS_messages) || !verdict.IsGood();
    std::printf("%s%s\n", tells && !verdict.message.empty() ? ": " : "",
                tells ? verdict.message.c_str() : "");
    ++cases;
    refused += verdict.kind == Verdict::Kind::kRefused;
    whole += verdict.kind == Verdict::Kind::kWhole;
    unnamed += verdict.kind == Verdict::Kind::kUnnamed;
    silent += verdict.kind == Verdict::Kind::kSilent;
  }
  void Sum(const std::string& name) const {
    std::printf("= %s: cases %d refused %d whole %d unnamed %d silent %d\n", name.c_str(), cases,
                refused, whole, unnamed, silent);
    std::fflush(stdout);
  }
  bool IsGood() const { return unnamed + silent == 0; }

  int cases = 0;
  int refused = 0;
  int whole = 0;
  int unnamed = 0;
  int silent = 0;
};

std::vector<Damage> AllDamage() {
  std::vector<Damage> all;
  for (double where : kFlips) all.push_back({Damage::Kind::kFlip, where});
  for (double where : kCuts) all.push_back({Damage::Kind::kCut, where});
  for (double where : kZeros) all.push_back({Damage::Kind::kZero, where});
  all.push_back({Damage::Kind::kDelete});
  all.push_back({Damage::Kind::kSwap});
  return all;
}

bool RunAll() {
  DamagedLog damaged;
  std::string file;
  Table log;
  for (const std::string& target : DamagedLog::LogTargets()) {
    size_t pick = 0;
    for (const Damage& damage : AllDamage()) {
      const Verdict verdict = damaged.Try(target, pick++, damage, file);
      log.Add(target, file, damage, verdict);
    }
  }
  log.Sum("log");
  Table cut;
  for (int i = 0; i < kWalCuts; ++i) {
    const Damage damage{Damage::Kind::kCut, static_cast<double>(i) / kWalCuts};
    const Verdict verdict = damaged.Try("WAL", 0, damage, file);
    cut.Add("WAL", file, damage, verdict);
  }
  cut.Add("WAL", file, {Damage::Kind::kDelete},
          damaged.Try("WAL", 0, {Damage::Kind::kDelete}, file));
  cut.Sum("live WAL");
  Table torn;
  for (int bytes : {1, 6, 7, 20, 100, 200}) {
    const Damage damage{Damage::Kind::kAppend, static_cast<double>(bytes)};
    const Verdict verdict = damaged.Try("WAL", 0, damage, file);
    torn.Add("WAL", file, damage, verdict);
  }
  torn.Sum("torn tail");
  Table view;
  for (const std::string& target : DamagedLog::ViewTargets()) {
    size_t pick = 0;
    for (const Damage& damage : AllDamage()) {
      const Verdict verdict = damaged.TryView(target, pick++, damage, file);
      view.Add(target, file, damage, verdict);
    }
  }
  view.Sum("view");
  return log.IsGood() && cut.refused == cut.cases && torn.whole == torn.cases && view.IsGood();
}

}  // namespace
}  // namespace troupe::testing

int main(int argc, char** argv) {
  absl::ParseCommandLine(argc, argv);
  return troupe::testing::RunAll() ? 0 : 1;
}
