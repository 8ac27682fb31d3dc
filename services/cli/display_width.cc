#include "services/cli/display_width.h"

#include <unicode/brkiter.h>
#include <unicode/uchar.h>
#include <unicode/utext.h>
#include <unicode/utf8.h>

#include <algorithm>
#include <cstdint>
#include <memory>

#include "absl/strings/ascii.h"
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

// The parts of `text` between which a line may break.
std::vector<absl::string_view> Breakable(absl::string_view text) {
  UErrorCode error = U_ZERO_ERROR;
  UText source = UTEXT_INITIALIZER;
  utext_openUTF8(&source, text.data(), static_cast<int64_t>(text.size()), &error);
  const std::unique_ptr<icu::BreakIterator> breaks(
      icu::BreakIterator::createLineInstance(icu::Locale::getRoot(), error));
  if (U_SUCCESS(error)) breaks->setText(&source, error);
  std::vector<absl::string_view> parts;
  if (U_FAILURE(error)) {
    parts.push_back(text);
  } else {
    for (int32_t start = breaks->first(), end = breaks->next(); end != icu::BreakIterator::DONE;
         start = end, end = breaks->next()) {
      parts.push_back(text.substr(static_cast<size_t>(start), static_cast<size_t>(end - start)));
    }
  }
  utext_close(&source);
  return parts;
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

std::vector<std::string> WrapToWidth(absl::string_view text, int width) {
  std::vector<std::string> lines = {""};
  for (const absl::string_view part : Breakable(text)) {
    const std::string longer = absl::StrCat(lines.back(), part);
    if (DisplayWidth(absl::StripTrailingAsciiWhitespace(longer)) <= width) {
      lines.back() = longer;
    } else if (lines.back().empty()) {
      lines.back() = CutToWidth(part, width);
    } else {
      lines.push_back(CutToWidth(absl::StripTrailingAsciiWhitespace(part), width));
      if (part.back() == ' ') lines.back() += ' ';
    }
  }
  for (std::string& line : lines) absl::StripTrailingAsciiWhitespace(&line);
  return lines;
}

std::string PadRight(absl::string_view text, int width) {
  return absl::StrCat(text, Blanks(width - DisplayWidth(text)));
}

std::string PadLeft(absl::string_view text, int width) {
  return absl::StrCat(Blanks(width - DisplayWidth(text)), text);
}

}  // namespace troupe
