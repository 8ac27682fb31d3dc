#include "services/ical/content_lines.h"

#include <algorithm>

#include "absl/strings/ascii.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/strip.h"

namespace troupe {
namespace {

constexpr size_t kMostFaults = 50;
constexpr absl::string_view kNoLine = "is no \"NAME:value\" of RFC 5545";

bool IsNameByte(char c) { return absl::ascii_isalnum(static_cast<unsigned char>(c)) || c == '-'; }

// Takes a name in capitals off the front of `rest`; empty if there is none.
std::string TakeName(absl::string_view& rest) {
  const auto end = std::find_if_not(rest.begin(), rest.end(), IsNameByte);
  const size_t size = static_cast<size_t>(end - rest.begin());
  std::string name = absl::AsciiStrToUpper(rest.substr(0, size));
  rest.remove_prefix(size);
  return name;
}

// Takes a parameter's value, quoted or not; several, with commas, are one.
bool TakeParameterValue(absl::string_view& rest, std::string& value) {
  bool is_quoted = false;
  size_t at = 0;
  for (; at < rest.size(); ++at) {
    if (rest[at] == '"') {
      is_quoted = !is_quoted;
    } else if (!is_quoted && (rest[at] == ';' || rest[at] == ':')) {
      break;
    } else {
      value += rest[at];
    }
  }
  rest.remove_prefix(at);
  return !is_quoted;
}

bool Split(ContentLine& line) {
  absl::string_view rest = line.raw;
  line.name = TakeName(rest);
  if (line.name.empty()) return false;
  while (absl::ConsumePrefix(&rest, ";")) {
    std::pair<std::string, std::string>& parameter = line.parameters.emplace_back();
    parameter.first = TakeName(rest);
    if (parameter.first.empty() || !absl::ConsumePrefix(&rest, "=")) return false;
    if (!TakeParameterValue(rest, parameter.second)) return false;
  }
  if (!absl::ConsumePrefix(&rest, ":")) return false;
  line.value = std::string(rest);
  return true;
}

// The next physical line, without its end.
absl::string_view TakeLine(absl::string_view& text) {
  const size_t end = text.find('\n');
  absl::string_view line = text.substr(0, end);
  text.remove_prefix(end == absl::string_view::npos ? text.size() : end + 1);
  absl::ConsumeSuffix(&line, "\r");
  return line;
}

}  // namespace

absl::string_view ContentLine::Parameter(absl::string_view parameter) const {
  for (const auto& [key, text] : parameters) {
    if (key == parameter) return text;
  }
  return {};
}

void ReportLine(int line, absl::string_view problem, absl::string_view fix, Violations& found) {
  if (found.found().size() >= kMostFaults) return;
  found.Add("calendar", absl::StrCat("line ", line, ": ", problem), fix);
}

std::vector<ContentLine> ReadContentLines(absl::string_view text, Violations& found) {
  std::vector<ContentLine> lines;
  if (text.size() > kMostCalendarBytes) {
    found.Add("calendar", absl::StrCat("is ", text.size(), " bytes long"),
              absl::StrCat("give at most ", kMostCalendarBytes, ": leave out what is past"));
    return lines;
  }
  absl::ConsumePrefix(&text, "\xEF\xBB\xBF");
  for (int number = 1; !text.empty(); ++number) {
    const absl::string_view line = TakeLine(text);
    if (line.empty()) continue;
    if (line[0] == ' ' || line[0] == '\t') {
      if (lines.empty()) {
        ReportLine(number, "goes on a line before it, and there is none", "begin it with a name",
                   found);
      } else {
        lines.back().raw.append(line.data() + 1, line.size() - 1);
      }
      continue;
    }
    if (lines.size() == kMostContentLines) {
      ReportLine(number, "is one property too many",
                 absl::StrCat("give at most ", kMostContentLines), found);
      return lines;
    }
    lines.push_back({.number = number, .raw = std::string(line)});
  }
  for (ContentLine& line : lines) {
    if (!Split(line)) ReportLine(line.number, kNoLine, "write it as \"DTSTART:20261201\"", found);
  }
  return lines;
}

}  // namespace troupe
