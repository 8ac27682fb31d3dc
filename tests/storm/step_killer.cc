#include "tests/storm/step_killer.h"

#include <signal.h>
#include <unistd.h>

#include <fstream>
#include <iterator>
#include <sstream>

#include "absl/strings/str_cat.h"

namespace troupe::testing {
namespace {

std::string Read(const std::string& path) {
  std::ifstream file(path);
  return {std::istreambuf_iterator<char>(file), std::istreambuf_iterator<char>()};
}

}  // namespace

std::string StepOrder::ToString() const { return absl::StrCat(step, " ", victim, " ", number); }

void StepKiller::Reached(absl::string_view step) {
  absl::MutexLock lock(&mutex_);
  std::string order = Read(path_);
  if (order.empty()) return;
  if (order != order_) {
    order_ = std::move(order);
    steps_ = 0;
  }
  ++steps_;
  StepOrder read;
  std::istringstream(order_) >> read.step >> read.victim;
  if (read.step == 0) {
    std::ofstream(path_ + ".steps", std::ios::app) << step << "\n";
  } else if (read.step == steps_) {
    std::ofstream(path_ + ".hit") << step;
    unlink(path_.c_str());
    kill(read.victim == 0 ? getpid() : read.victim, SIGKILL);
  }
}

}  // namespace troupe::testing
