#ifndef TROUPE_SERVICES_CLI_INK_H_
#define TROUPE_SERVICES_CLI_INK_H_

#include <string>

#include "absl/strings/str_cat.h"
#include "absl/strings/string_view.h"

namespace troupe {

// What a text means to its reader, shown as a colour where there are colours.
enum class Ink { kPlain, kHeading, kFaint, kGood, kBad, kScore, kCaution, kAside };

// `text` with the terminal's codes for `ink` around it; without `colour`, just
// `text`.
inline std::string Inked(Ink ink, absl::string_view text, bool colour) {
  if (!colour || ink == Ink::kPlain || text.empty()) return std::string(text);
  absl::string_view code;
  switch (ink) {
    case Ink::kPlain: break;
    case Ink::kHeading: code = "1"; break;
    case Ink::kFaint: code = "2"; break;
    case Ink::kGood: code = "32"; break;
    case Ink::kBad: code = "31"; break;
    case Ink::kScore: code = "36"; break;
    case Ink::kCaution: code = "33"; break;
    case Ink::kAside: code = "35"; break;
  }
  return absl::StrCat("\033[", code, "m", text, "\033[0m");
}

}  // namespace troupe

#endif  // TROUPE_SERVICES_CLI_INK_H_
