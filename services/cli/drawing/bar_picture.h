#ifndef TROUPE_SERVICES_CLI_DRAWING_BAR_PICTURE_H_
#define TROUPE_SERVICES_CLI_DRAWING_BAR_PICTURE_H_

#include <cstdint>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "services/cli/drawing/gnuplot.h"

namespace troupe {

// Numbers side by side, as upright bars with the number and a share above each.
struct BarPicture {
  struct Bar {
    std::string label;    // Below it.
    int64_t number = 0;
    bool set_off = false;  // In another colour: what is not like the others.
  };
  std::string title;  // For those who hear it.
  std::vector<Bar> bars;
  int64_t total = 0;  // What shares are of. 0: no shares.
};

// The script that draws it.
std::string ScriptOf(const BarPicture& picture);

// An <svg> element. Errors as Draw of scripts.
absl::StatusOr<std::string> Draw(const Gnuplot& gnuplot, const BarPicture& picture);

}  // namespace troupe

#endif  // TROUPE_SERVICES_CLI_DRAWING_BAR_PICTURE_H_
