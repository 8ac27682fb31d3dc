// A server as it is shipped, but that it can be killed at a step of a protocol:
//
//   troupe-stepping-profiles --step_file=FILE ...
#include <memory>

#include "absl/flags/flag.h"
#include "services/apps/run_process.h"
#include "tests/storm/step_killer.h"

namespace {

// Given before the flags are parsed, so it is read at the first step.
class LateStepKiller final : public troupe::ProtocolSteps {
 public:
  void Reached(absl::string_view step) override;
};

}  // namespace

ABSL_FLAG(std::string, step_file, "", "the file that orders at which step which process dies");

void LateStepKiller::Reached(absl::string_view step) {
  static troupe::testing::StepKiller* const killer =
      new troupe::testing::StepKiller(absl::GetFlag(FLAGS_step_file));
  killer->Reached(step);
}

int main(int argc, char** argv) {
  LateStepKiller steps;
  return troupe::RunProcess(argc, argv, troupe::TROUPE_ROLE(), "a server of a test",
                            "127.0.0.1:0", &steps);
}
