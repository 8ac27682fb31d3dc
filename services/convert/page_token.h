#ifndef TROUPE_SERVICES_CONVERT_PAGE_TOKEN_H_
#define TROUPE_SERVICES_CONVERT_PAGE_TOKEN_H_

#include <cstdint>
#include <string>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"

namespace troupe {

// Where the next page of a listing begins, as the wire carries it: opaque text
// that only goes with the question it was made for. `question` is a hash of all
// that was asked, and of who asked; `after_key` the last key of the page.
std::string FormatPageToken(uint64_t question, absl::string_view after_key);

// The key in `token`. Returns INVALID_ARGUMENT about page_token if we made no
// such token, or made it for another question.
absl::StatusOr<std::string> ParsePageToken(absl::string_view token, uint64_t question);

}  // namespace troupe

#endif  // TROUPE_SERVICES_CONVERT_PAGE_TOKEN_H_
