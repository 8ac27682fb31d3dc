#ifndef TROUPE_TESTS_CONTRACT_CHANGE_LOG_CONTRACT_H_
#define TROUPE_TESTS_CONTRACT_CHANGE_LOG_CONTRACT_H_

#include <functional>
#include <memory>
#include <ostream>
#include <string>

#include "absl/time/time.h"
#include "gtest/gtest.h"
#include "services/log/change_log.h"
#include "tests/testing/fake_clock.h"

namespace troupe::testing {

// A ChangeLog that a test holds, with the clock it runs by.
class LogUnderTest {
 public:
  virtual ~LogUnderTest() = default;
  virtual ChangeLog& log() = 0;

  const FakeClock& clock() const { return clock_; }

  // Moves the clock and makes the log look at it.
  virtual void Advance(absl::Duration by) { clock_.Advance(by); }

 protected:
  FakeClock clock_;
};

// Makes the implementation that a run of the suite is about.
struct LogFactory {
  std::string name;
  std::function<std::unique_ptr<LogUnderTest>()> make;

  friend void PrintTo(const LogFactory& factory, std::ostream* out) { *out << factory.name; }
};

// What every ChangeLog keeps. A test binary of one implementation compiles
// append_contract.cc and read_contract.cc and instantiates this suite.
class ChangeLogContract : public ::testing::TestWithParam<LogFactory> {
 protected:
  ChangeLog& log() { return under_test_->log(); }
  const FakeClock& clock() const { return under_test_->clock(); }
  void Advance(absl::Duration by) { under_test_->Advance(by); }
  void DestroyLog() { under_test_.reset(); }

 private:
  std::unique_ptr<LogUnderTest> under_test_ = GetParam().make();
};

}  // namespace troupe::testing

#endif  // TROUPE_TESTS_CONTRACT_CHANGE_LOG_CONTRACT_H_
