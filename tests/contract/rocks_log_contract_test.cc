#include <memory>

#include "gtest/gtest.h"
#include "services/log/rocks_log.h"
#include "tests/contract/change_log_contract.h"
#include "tests/testing/temp_directory.h"

namespace troupe::testing {
namespace {

class RocksLogUnderTest final : public LogUnderTest {
 public:
  ChangeLog& log() override { return *log_; }

 private:
  TempDirectory directory_;
  // Groups of two, so that even a small append spans several.
  std::unique_ptr<ChangeLog> log_ =
      OpenRocksLog(clock_, {.directory = directory_.Join("log"), .max_group_records = 2}).value();
};

INSTANTIATE_TEST_SUITE_P(
    RocksLog, ChangeLogContract,
    ::testing::Values(LogFactory{"RocksLog", [] { return std::make_unique<RocksLogUnderTest>(); }}),
    [](const auto&) { return std::string("Keeps"); });

}  // namespace
}  // namespace troupe::testing
