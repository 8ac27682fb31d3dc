#include "services/cli/text_bytes.h"

#include <unicode/utf8.h>

#include <cstdint>

#include "absl/strings/ascii.h"
#include "services/cli/display_width.h"

namespace troupe {

bool IsUtf8(absl::string_view bytes) {
  const auto* data = reinterpret_cast<const uint8_t*>(bytes.data());
  for (size_t at = 0; at < bytes.size();) {
    UChar32 c = 0;
    U8_NEXT(data, at, bytes.size(), c);
    if (c < 0) return false;
  }
  return true;
}

std::string CleanText(absl::string_view text, size_t most_bytes) {
  std::string clean = Printable(text);
  absl::StripAsciiWhitespace(&clean);
  if (clean.size() <= most_bytes) return clean;
  size_t end = most_bytes;
  while (end > 0 && U8_IS_TRAIL(static_cast<uint8_t>(clean[end]))) --end;
  clean.resize(end);
  absl::StripAsciiWhitespace(&clean);
  return clean;
}

}  // namespace troupe
