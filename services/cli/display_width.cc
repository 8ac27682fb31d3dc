#include "services/cli/display_width.h"

#include <unicode/uchar.h>
#include <unicode/utf8.h>

#include <algorithm>
#include <cstdint>

#include "absl/strings/str_cat.h"

namespace troupe {
namespace {

int WidthOf(UChar32 c) {
  switch (u_charType(c)) {
    case U_NON_SPACING_MARK:
    case U_ENCLOSING_MARK:
    case U_FORMAT_CHAR:
    case U_CONTROL_CHAR:
      return 0;
    default:
      break;
  }
  const int width = u_getIntPropertyValue(c, UCHAR_EAST_ASIAN_WIDTH);
  return width == U_EA_WIDE || width == U_EA_FULLWIDTH ? 2 : 1;
}

// The code point at `at`, which moves past it; negative if it is broken.
UChar32 TakeCodePoint(absl::string_view text, size_t& at) {
  const auto* bytes = reinterpret_cast<const uint8_t*>(text.data());
  UChar32 c = 0;
  U8_NEXT(bytes, at, text.size(), c);
  return c;
}

std::string Blanks(int count) {
  return std::string(static_cast<size_t>(std::max(count, 0)), ' ');
}

}  // namespace

int DisplayWidth(absl::string_view text) {
  int width = 0;
  for (size_t at = 0; at < text.size();) {
    const UChar32 c = TakeCodePoint(text, at);
    width += c < 0 ? 1 : WidthOf(c);
  }
  return width;
}

std::string Printable(absl::string_view text) {
  std::string printable;
  printable.reserve(text.size());
  for (size_t at = 0; at < text.size();) {
    const size_t start = at;
    const UChar32 c = TakeCodePoint(text, at);
    if (c < 0) {
      printable += "\uFFFD";
    } else if (u_charType(c) == U_CONTROL_CHAR) {
      printable += ' ';
    } else {
      absl::StrAppend(&printable, text.substr(start, at - start));
    }
  }
  return printable;
}

std::string CutToWidth(absl::string_view text, int width) {
  if (DisplayWidth(text) <= width) return std::string(text);
  int used = 1;  // The ellipsis.
  size_t end = 0;
  while (end < text.size()) {
    size_t next = end;
    const UChar32 c = TakeCodePoint(text, next);
    used += c < 0 ? 1 : WidthOf(c);
    if (used > width) break;
    end = next;
  }
  return absl::StrCat(text.substr(0, end), width > 0 ? "…" : "");
}

std::string PadRight(absl::string_view text, int width) {
  return absl::StrCat(text, Blanks(width - DisplayWidth(text)));
}

std::string PadLeft(absl::string_view text, int width) {
  return absl::StrCat(Blanks(width - DisplayWidth(text)), text);
}

}  // namespace troupe
