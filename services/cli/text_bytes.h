#ifndef TROUPE_SERVICES_CLI_TEXT_BYTES_H_
#define TROUPE_SERVICES_CLI_TEXT_BYTES_H_

#include <cstddef>
#include <string>

#include "absl/strings/string_view.h"

namespace troupe {

// True if `bytes` are well-formed UTF-8.
bool IsUtf8(absl::string_view bytes);

// UTF-8 `text` as a record may hold it: control characters become blanks, outer
// blanks go, and no more than `most_bytes` of whole characters stay.
std::string CleanText(absl::string_view text, size_t most_bytes);

}  // namespace troupe

#endif  // TROUPE_SERVICES_CLI_TEXT_BYTES_H_
