#include "services/cli/reject_log.h"

#include "absl/strings/str_cat.h"
#include "matcher/base/violation.h"
#include "nlohmann/json.hpp"
#include "services/cli/display_width.h"
#include "services/cli/number_text.h"

namespace troupe {
namespace {

std::string AsLine(const Reject& reject) {
  nlohmann::ordered_json line = {{"file", reject.file},
                                 {"line", reject.line},
                                 {"field", reject.field},
                                 {"reason", reject.reason},
                                 {"raw", reject.raw}};
  using Json = nlohmann::ordered_json;
  return line.dump(-1, ' ', false, Json::error_handler_t::replace);
}

}  // namespace

void RejectLog::Add(const Reject& reject) {
  if (count_++ == 0) file_.open(path_, std::ios::trunc);
  file_ << AsLine(reject) << "\n";
  if (count_ > kTold) return;
  err_ << Printable(absl::StrCat(reject.file, ":", reject.line, ": ", reject.field,
                                 reject.field.empty() ? "" : ": ", reject.reason))
       << "\n";
}

absl::Status RejectLog::Close() {
  if (count_ == 0) return absl::OkStatus();
  if (count_ > kTold) err_ << "... and " << WithCommas(count_ - kTold) << " more\n";
  file_.close();
  if (!file_.fail()) return absl::OkStatus();
  return ErrorWithReason(
      absl::StatusCode::kFailedPrecondition, "REJECTS_NOT_WRITTEN",
      absl::StrCat("cannot write the rejects to ", path_, ": name another file with --rejects"));
}

}  // namespace troupe
