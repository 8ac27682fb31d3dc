#ifndef TROUPE_SERVICES_CLI_DISPLAY_WIDTH_H_
#define TROUPE_SERVICES_CLI_DISPLAY_WIDTH_H_

#include <string>
#include <vector>

#include "absl/strings/string_view.h"

namespace troupe {

// The terminal columns that UTF-8 `text` takes: 2 for a Han character, 0 for a
// combining mark (Unicode Standard Annex 11).
int DisplayWidth(absl::string_view text);

// `text` without control characters and broken UTF-8, so that a record cannot
// steer the terminal it is shown on.
std::string Printable(absl::string_view text);

// `text` in at most `width` columns, its end replaced by "…" if it is cut.
std::string CutToWidth(absl::string_view text, int width);

// `text` in lines of at most `width` columns, broken where a line may break
// (Unicode Standard Annex 14); longer words are cut. At least one line.
std::vector<std::string> WrapToWidth(absl::string_view text, int width);

// `text` followed by blanks up to `width` columns.
std::string PadRight(absl::string_view text, int width);

// `text` after blanks up to `width` columns.
std::string PadLeft(absl::string_view text, int width);

}  // namespace troupe

#endif  // TROUPE_SERVICES_CLI_DISPLAY_WIDTH_H_
