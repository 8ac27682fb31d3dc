#include "services/rpc/stop_signals.h"

#include <csignal>

#include "gtest/gtest.h"

namespace troupe {
namespace {

TEST(StopSignalsTest, WaitsForTheSignalsThatEndAProcess) {
  StopSignals signals;
  for (const int signal : {SIGTERM, SIGINT}) {
    std::raise(signal);
    EXPECT_EQ(signals.Wait(), signal);
  }
}

}  // namespace
}  // namespace troupe
