#include <sys/ioctl.h>
#include <unistd.h>

#include <cstdlib>
#include <iostream>

#include "absl/strings/numbers.h"
#include "absl/time/clock.h"
#include "services/cli/connection.h"
#include "services/cli/interrupt.h"
#include "services/cli/run_troupe.h"
#include "services/rpc/real_clock.h"

namespace {

int WidthOfOutput() {
  int columns = 0;
  const char* const stated = std::getenv("COLUMNS");
  if (stated != nullptr && absl::SimpleAtoi(stated, &columns) && columns > 0) return columns;
  winsize size = {};
  if (ioctl(STDOUT_FILENO, TIOCGWINSZ, &size) == 0 && size.ws_col > 0) return size.ws_col;
  return troupe::Streams::kNoWidth;
}

}  // namespace

int main(int argc, char** argv) {
  const troupe::RealClock clock;
  const troupe::Streams streams = {
      .in = std::cin,
      .out = std::cout,
      .err = std::cerr,
      .width = WidthOfOutput(),
      .colour = isatty(STDOUT_FILENO) != 0 && std::getenv("NO_COLOR") == nullptr,
      .err_is_terminal = isatty(STDERR_FILENO) != 0};
  return troupe::RunTroupe(argc, argv,
                           {.streams = streams,
                            .clock = clock,
                            .open_channel = troupe::OpenChannel,
                            .on_interrupt = troupe::OnInterrupt,
                            .pause = absl::SleepFor});
}
