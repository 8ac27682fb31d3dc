#include "services/cli/placement/defects.h"

#include "absl/strings/cord.h"
#include "absl/strings/str_cat.h"
#include "services/cli/display_width.h"
#include "services/cli/number_text.h"

namespace troupe {
namespace {

constexpr int kShownColumns = 40;

std::string Spot(absl::string_view at, absl::string_view column) {
  return column.empty() ? std::string(at) : absl::StrCat(at, ":", column);
}

}  // namespace

void Defects::Add(absl::string_view at, absl::string_view column, absl::string_view problem,
                  absl::string_view fix) {
  if (!full()) found_.Add(Spot(at, column), problem, fix);
  ++count_;
}

void Defects::Warn(absl::string_view at, absl::string_view column, absl::string_view problem,
                   absl::string_view fix) {
  if (static_cast<int64_t>(warnings_.size()) >= kKept) return;
  warnings_.push_back({Spot(at, column), std::string(problem), std::string(fix)});
}

absl::Status Defects::ToStatus() const {
  if (empty()) return absl::OkStatus();
  std::string message = absl::StrCat("the round has ", Counted(count_, "fault"),
                                     "; nothing was sent");
  if (count_ > kKept) absl::StrAppend(&message, ". The first ", kKept, " are");
  return WithViolations(
      ErrorWithReason(absl::StatusCode::kFailedPrecondition, "MALFORMED_ROUND", message), found_);
}

absl::Status WithViolations(absl::Status status, const Violations& found) {
  const absl::Status carrier = found.ToStatus();
  const std::string reason = ReasonOf(carrier);
  carrier.ForEachPayload([&](absl::string_view url, const absl::Cord& payload) {
    if (payload != reason) status.SetPayload(url, payload);
  });
  return status;
}

std::string Shown(absl::string_view value) {
  return absl::StrCat("\"", CutToWidth(Printable(value), kShownColumns), "\"");
}

}  // namespace troupe
