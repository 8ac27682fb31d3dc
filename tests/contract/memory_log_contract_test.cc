#include <memory>

#include "gtest/gtest.h"
#include "tests/contract/change_log_contract.h"
#include "tests/testing/memory_log.h"

namespace troupe::testing {
namespace {

class MemoryLogUnderTest final : public LogUnderTest {
 public:
  ChangeLog& log() override { return log_; }
  void Advance(absl::Duration by) override {
    clock_.Advance(by);
    log_.ExpireReads();
  }

 private:
  MemoryLog log_{clock_};
};

INSTANTIATE_TEST_SUITE_P(
    MemoryLog, ChangeLogContract,
    ::testing::Values(LogFactory{"MemoryLog", [] { return std::make_unique<MemoryLogUnderTest>(); }}),
    [](const auto&) { return std::string("Keeps"); });

}  // namespace
}  // namespace troupe::testing
