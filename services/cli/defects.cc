#include "services/cli/defects.h"

#include "absl/strings/ascii.h"
#include "absl/strings/cord.h"
#include "absl/strings/match.h"
#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/strip.h"
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
  std::string message = absl::StrCat("the ", thing_, " has ", Counted(count_, "fault"),
                                     "; nothing was sent");
  if (count_ > kKept) absl::StrAppend(&message, ". The first ", kKept, " are");
  return WithViolations(
      ErrorWithReason(absl::StatusCode::kFailedPrecondition,
                      absl::StrCat("MALFORMED_", absl::AsciiStrToUpper(thing_)), message),
      found_);
}

absl::Status WithViolations(absl::Status status, const Violations& found) {
  const absl::Status carrier = found.ToStatus();
  const std::string reason = ReasonOf(carrier);
  carrier.ForEachPayload([&](absl::string_view url, const absl::Cord& payload) {
    if (payload != reason) status.SetPayload(url, payload);
  });
  return status;
}

absl::Status ToldByRow(const absl::Status& status, const std::string& list,
                       const std::vector<std::string>& rows) {
  const std::vector<FieldViolation> found = ViolationsOf(status);
  if (found.empty()) return status;
  Violations told;
  for (const FieldViolation& fault : found) {
    std::string field = fault.field;
    const size_t at = field.find(list + "[");
    const size_t end = at == std::string::npos ? at : field.find(']', at);
    uint64_t row = 0;
    if (end != std::string::npos &&
        absl::SimpleAtoi(field.substr(at + list.size() + 1, end - at - list.size() - 1), &row) &&
        row < rows.size()) {
      const std::string rest = field.substr(end + 1);
      field = absl::StrCat(rows[row], absl::StartsWith(rest, ".") ? ":" : "",
                           absl::StripPrefix(rest, "."));
    }
    told.Add(field, fault.problem, fault.fix);
  }
  return WithViolations(status, told);
}

std::string Shown(absl::string_view value) {
  return absl::StrCat("\"", CutToWidth(Printable(value), kShownColumns), "\"");
}

}  // namespace troupe
