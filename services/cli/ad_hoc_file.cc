#include "services/cli/ad_hoc_file.h"

#include <utility>

#include "absl/strings/ascii.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_split.h"
#include "matcher/base/status_macros.h"
#include "matcher/base/violation.h"
#include "nlohmann/json.hpp"
#include "services/cli/input_file.h"
#include "services/cli/json_text.h"

namespace troupe {

absl::StatusOr<std::vector<v1::AdHocOpening>> ReadAdHocOpenings(const std::string& path,
                                                                std::istream& in) {
  TROUPE_ASSIGN_OR_RETURN(const std::string text, ReadText(path, in));
  std::vector<v1::AdHocOpening> openings;
  if (nlohmann::json::accept(text)) {
    TROUPE_RETURN_IF_ERROR(FromJson(text, path, openings.emplace_back()));
    return openings;
  }
  int line_number = 0;
  for (absl::string_view line : absl::StrSplit(text, '\n')) {
    ++line_number;
    if (absl::StripAsciiWhitespace(line).empty()) continue;
    TROUPE_RETURN_IF_ERROR(
        FromJson(line, absl::StrCat(path, ":", line_number), openings.emplace_back()));
  }
  if (openings.empty()) return InvalidField(path, "is empty", "give an opening as JSON");
  return openings;
}

absl::StatusOr<v1::AdHocOpening> ReadAdHocOpening(const std::string& path, std::istream& in) {
  TROUPE_ASSIGN_OR_RETURN(std::vector<v1::AdHocOpening> openings, ReadAdHocOpenings(path, in));
  if (openings.size() == 1) return std::move(openings.front());
  return InvalidField(path, absl::StrCat("holds ", openings.size(), " openings"), "give one");
}

}  // namespace troupe
