#ifndef TROUPE_SERVICES_CLI_DRAWING_INTERVAL_PICTURE_H_
#define TROUPE_SERVICES_CLI_DRAWING_INTERVAL_PICTURE_H_

#include <cstdint>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "services/cli/drawing/gnuplot.h"

namespace troupe {

// Numbers that are known but for an interval, as bars from nothing to the right, or to the
// left where they are negative, one below the other, each with its interval across its end.
struct IntervalPicture {
  struct Bar {
    std::string label;  // At its left.
    int64_t number = 0;
    int64_t low = 0;
    int64_t high = 0;
    std::string text;      // At the right edge.
    bool set_off = false;  // In another colour: what the others are compared with.
  };
  std::string title;  // For those who hear it.
  std::vector<Bar> bars;
};

// The script that draws it.
std::string ScriptOf(const IntervalPicture& picture);

// An <svg> element. Errors as Draw of scripts.
absl::StatusOr<std::string> Draw(const Gnuplot& gnuplot, const IntervalPicture& picture);

}  // namespace troupe

#endif  // TROUPE_SERVICES_CLI_DRAWING_INTERVAL_PICTURE_H_
