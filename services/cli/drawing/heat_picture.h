#ifndef TROUPE_SERVICES_CLI_DRAWING_HEAT_PICTURE_H_
#define TROUPE_SERVICES_CLI_DRAWING_HEAT_PICTURE_H_

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "services/cli/drawing/gnuplot.h"

namespace troupe {

// Numbers in rows and columns, each the darker the larger it is. What is nothing and what
// is not there look unlike each other, and unlike all that is something.
struct HeatPicture {
  struct Row {
    std::string label;
    std::vector<std::optional<int64_t>> numbers;  // By column; none: not there.
  };
  std::string title;  // For those who hear it.
  std::vector<std::string> columns;  // Labels; those that do not fit are left out.
  std::vector<Row> rows;
  int64_t most = 0;  // What is darkest: the same in pictures that are to be compared.
  // What stands below: "not there", "nothing", "some"; empty: there is none of it.
  std::string none_label, zero_label, number_label;
};

// The script that draws it.
std::string ScriptOf(const HeatPicture& picture);

// An <svg> element. Errors as Draw of scripts.
absl::StatusOr<std::string> Draw(const Gnuplot& gnuplot, const HeatPicture& picture);

}  // namespace troupe

#endif  // TROUPE_SERVICES_CLI_DRAWING_HEAT_PICTURE_H_
