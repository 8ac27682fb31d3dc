#include "matcher/base/violation.h"

#include "absl/strings/cord.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "absl/strings/str_split.h"

namespace troupe {
namespace {

constexpr absl::string_view kReasonUrl = "troupe/reason";
constexpr absl::string_view kViolationsUrl = "troupe/violations";
// Separators of the payload: no text of ours holds control characters.
constexpr char kFieldEnd = '\x1f';
constexpr char kRecordEnd = '\x1e';

}  // namespace

void Violations::Add(absl::string_view field, absl::string_view problem,
                     absl::string_view fix) {
  found_.push_back({std::string(field), std::string(problem), std::string(fix)});
}

void Violations::AddAll(absl::string_view field, const Violations& inner) {
  for (const FieldViolation& v : inner.found_) {
    Add(v.field.empty() ? std::string(field) : absl::StrCat(field, ".", v.field),
        v.problem, v.fix);
  }
}

absl::Status Violations::ToStatus() const {
  if (found_.empty()) return absl::OkStatus();
  absl::Status status = ErrorWithReason(
      absl::StatusCode::kInvalidArgument, "INVALID_FIELD",
      absl::StrJoin(found_, "; ", [](std::string* out, const FieldViolation& v) {
        absl::StrAppend(out, v.field, " ", v.problem, ": ", v.fix);
      }));
  std::string payload;
  for (const FieldViolation& v : found_) {
    absl::StrAppend(&payload, v.field, absl::string_view(&kFieldEnd, 1), v.problem,
                    absl::string_view(&kFieldEnd, 1), v.fix,
                    absl::string_view(&kRecordEnd, 1));
  }
  status.SetPayload(kViolationsUrl, absl::Cord(payload));
  return status;
}

absl::Status InvalidField(absl::string_view field, absl::string_view problem,
                          absl::string_view fix) {
  Violations one;
  one.Add(field, problem, fix);
  return one.ToStatus();
}

absl::Status ErrorWithReason(absl::StatusCode code, absl::string_view reason,
                             absl::string_view message) {
  absl::Status status(code, message);
  status.SetPayload(kReasonUrl, absl::Cord(reason));
  return status;
}

std::string ReasonOf(const absl::Status& status) {
  const auto payload = status.GetPayload(kReasonUrl);
  return payload.has_value() ? std::string(*payload) : std::string();
}

std::vector<FieldViolation> ViolationsOf(const absl::Status& status) {
  std::vector<FieldViolation> found;
  const auto payload = status.GetPayload(kViolationsUrl);
  if (!payload.has_value()) return found;
  const std::string text(*payload);
  for (absl::string_view record : absl::StrSplit(text, kRecordEnd, absl::SkipEmpty())) {
    const std::vector<std::string> parts = absl::StrSplit(record, kFieldEnd);
    if (parts.size() == 3) found.push_back({parts[0], parts[1], parts[2]});
  }
  return found;
}

}  // namespace troupe
