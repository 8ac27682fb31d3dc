#include "services/ical/event.h"

#include <utility>

#include "absl/strings/ascii.h"
#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"

namespace troupe {
namespace {

constexpr size_t kMostNoteBytes = 200;

bool Says(const ContentLine* line, absl::string_view value) {
  return line != nullptr && absl::EqualsIgnoreCase(line->value, value);
}

// The text that a TEXT value stands for; line breaks become blanks.
std::string Unescaped(absl::string_view value) {
  std::string text;
  for (size_t i = 0; i < value.size(); ++i) {
    char c = value[i];
    if (c == '\\' && i + 1 < value.size()) {
      c = value[++i];
      if (c == 'n' || c == 'N') c = ' ';
    }
    const unsigned char byte = static_cast<unsigned char>(c);
    text += byte < 0x20 || byte == 0x7f ? ' ' : c;
  }
  return text;
}

// At most `most` bytes, and no character cut.
void Shorten(std::string& text, size_t most) {
  if (text.size() <= most) return;
  size_t end = most;
  while (end > 0 && (static_cast<unsigned char>(text[end]) & 0xc0) == 0x80) --end;
  text.resize(end);
}

// U+0080 to U+009F, which notes must not have.
void DropControls(std::string& text) {
  std::string kept;
  for (size_t i = 0; i < text.size(); ++i) {
    const bool is_control = text[i] == '\xc2' && i + 1 < text.size() &&
                            static_cast<unsigned char>(text[i + 1]) < 0xa0;
    if (is_control) {
      ++i;
    } else {
      kept += text[i];
    }
  }
  text = std::move(kept);
}

}  // namespace

bool Event::IsTransparent() const {
  return Says(transparency, "TRANSPARENT") || Says(busy_status, "FREE");
}

bool Event::IsCancelled() const { return Says(status, "CANCELLED"); }

// Outlook says it in a property of its own.
bool Event::IsTentative() const {
  return Says(status, "TENTATIVE") || Says(busy_status, "TENTATIVE");
}

void AddProperty(const ContentLine& line, Event& event, Violations& found) {
  const std::pair<absl::string_view, const ContentLine**> single[] = {
      {"UID", &event.uid},
      {"DTSTART", &event.start},
      {"DTEND", &event.end},
      {"DURATION", &event.duration},
      {"RRULE", &event.rule},
      {"RECURRENCE-ID", &event.recurrence_id},
      {"STATUS", &event.status},
      {"TRANSP", &event.transparency},
      {"X-MICROSOFT-CDO-BUSYSTATUS", &event.busy_status},
      {"SUMMARY", &event.summary},
      {"CLASS", &event.privacy},
  };
  for (const auto& [name, kept] : single) {
    if (line.name != name) continue;
    if (*kept != nullptr) {
      ReportLine(line.number, absl::StrCat(name, " stands in its event twice"),
                 "give it once", found);
    }
    *kept = &line;
    return;
  }
  if (line.name == "RDATE") event.additions.push_back(&line);
  if (line.name == "EXDATE") event.exceptions.push_back(&line);
  if (line.name == "EXRULE") {
    ReportLine(line.number, "EXRULE is not understood", "name the days with EXDATE", found);
  }
}

std::string NoteOf(const Event& event) {
  const bool is_private = event.privacy != nullptr && !Says(event.privacy, "PUBLIC");
  if (event.summary == nullptr || is_private) return "";
  std::string note = Unescaped(event.summary->value);
  DropControls(note);
  Shorten(note, kMostNoteBytes);
  return std::string(absl::StripAsciiWhitespace(note));
}

}  // namespace troupe
