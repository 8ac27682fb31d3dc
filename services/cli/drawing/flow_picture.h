#ifndef TROUPE_SERVICES_CLI_DRAWING_FLOW_PICTURE_H_
#define TROUPE_SERVICES_CLI_DRAWING_FLOW_PICTURE_H_

#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "services/cli/drawing/gnuplot.h"

namespace troupe {

// How many go from where to where: blocks at the left and at the right, as high
// as what they send and get, and ribbons between them in the colour of where they
// come from (an alluvial diagram).
struct FlowPicture {
  struct Flow {
    size_t from = 0;  // A number in `sources`,
    size_t to = 0;    // and in `targets`.
    int64_t number = 0;
  };
  std::string title;  // For those who hear it.
  std::vector<std::string> sources;
  std::vector<std::string> targets;
  std::vector<Flow> flows;
  int set_off_target = -1;  // Drawn in grey, with all that goes there; -1: none.
};

// `picture` with its sources and targets in the order of how many they send and get, the
// most first; from the last of `most_sources` or `most_targets` on they are one, `others`.
// The target that is set off stays by itself, at the end.
FlowPicture MostFirst(const FlowPicture& picture, size_t most_sources, size_t most_targets,
                      const std::string& others);

// The script that draws it.
std::string ScriptOf(const FlowPicture& picture);

// An <svg> element, in which each ribbon has a text that appears when it is pointed
// at. Errors as Draw of scripts.
absl::StatusOr<std::string> Draw(const Gnuplot& gnuplot, const FlowPicture& picture);

}  // namespace troupe

#endif  // TROUPE_SERVICES_CLI_DRAWING_FLOW_PICTURE_H_
