#ifndef TROUPE_SERVICES_CLI_STREAMS_H_
#define TROUPE_SERVICES_CLI_STREAMS_H_

#include <istream>
#include <limits>
#include <ostream>

namespace troupe {

// Where a command reads and writes, and what is known of the other end. The
// streams outlive the command.
struct Streams {
  static constexpr int kNoWidth = std::numeric_limits<int>::max();

  std::istream& in;
  std::ostream& out;
  std::ostream& err;
  int width = kNoWidth;          // Columns of a line; longer lines are cut.
  bool colour = false;           // `out` is a terminal that shows colours.
  bool err_is_terminal = false;  // A progress bar can redraw itself there.
};

}  // namespace troupe

#endif  // TROUPE_SERVICES_CLI_STREAMS_H_
