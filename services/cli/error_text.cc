#include "services/cli/error_text.h"

#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_replace.h"
#include "absl/strings/string_view.h"
#include "matcher/base/violation.h"
#include "services/cli/display_width.h"
#include "services/cli/number_text.h"

namespace troupe {
namespace {

std::string Headline(const absl::Status& status, size_t faults) {
  if (faults > 0 && absl::IsInvalidArgument(status)) {
    return absl::StrCat("the input has ", Counted(static_cast<int64_t>(faults), "fault"));
  }
  if (!status.message().empty()) {
    const absl::string_view message = status.message();  // "what failed: how to mend it"
    return std::string(faults > 0 ? message.substr(0, message.find(": ")) : message);
  }
  return absl::StrReplaceAll(absl::StatusCodeToString(status.code()), {{"_", " "}});
}

}  // namespace

void PrintError(const absl::Status& status, std::ostream& err) {
  const std::vector<FieldViolation> faults = ViolationsOf(status);
  err << "error: " << Printable(Headline(status, faults.size())) << "\n";
  for (const FieldViolation& fault : faults) {
    err << "  " << Printable(absl::StrCat(fault.field, " ", fault.problem));
    if (!fault.fix.empty()) err << ": " << Printable(fault.fix);
    err << "\n";
  }
  const std::string reason = ReasonOf(status);
  if (!reason.empty()) err << "reason: " << reason << "\n";
}

}  // namespace troupe
