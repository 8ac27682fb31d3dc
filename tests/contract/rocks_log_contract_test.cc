#include <cstdint>
#include <memory>
#include <string>

#include "gtest/gtest.h"
#include "services/log/rocks_log.h"
#include "tests/contract/change_log_contract.h"
#include "tests/testing/temp_directory.h"

namespace troupe::testing {
namespace {

class RocksLogUnderTest final : public LogUnderTest {
 public:
  // Of what is appended, so much is read from memory.
  explicit RocksLogUnderTest(int64_t max_recent_bytes)
      // Groups of two, so that even a small append spans several.
      : log_(OpenRocksLog(clock_, {.directory = directory_.Join("log"),
                                   .max_group_records = 2,
                                   .max_recent_bytes = max_recent_bytes})
                 .value()) {}
  ChangeLog& log() override { return *log_; }

 private:
  TempDirectory directory_;
  std::unique_ptr<ChangeLog> log_;
};

INSTANTIATE_TEST_SUITE_P(
    RocksLogFromMemory, ChangeLogContract,
    ::testing::Values(LogFactory{"RocksLogFromMemory",
                                 [] { return std::make_unique<RocksLogUnderTest>(8 << 20); }}),
    [](const auto&) { return std::string("Keeps"); });

INSTANTIATE_TEST_SUITE_P(
    RocksLogFromDisk, ChangeLogContract,
    ::testing::Values(LogFactory{"RocksLogFromDisk",
                                 [] { return std::make_unique<RocksLogUnderTest>(0); }}),
    [](const auto&) { return std::string("Keeps"); });

INSTANTIATE_TEST_SUITE_P(
    RocksLogFromBoth, ChangeLogContract,
    ::testing::Values(LogFactory{"RocksLogFromBoth",
                                 [] { return std::make_unique<RocksLogUnderTest>(300); }}),
    [](const auto&) { return std::string("Keeps"); });

}  // namespace
}  // namespace troupe::testing
