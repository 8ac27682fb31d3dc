#include "services/rpc/status_details.h"

#include <string>
#include <vector>

#include "absl/strings/cord.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_split.h"
#include "google/rpc/error_details.pb.h"
#include "google/rpc/status.pb.h"
#include "matcher/base/violation.h"
#include "services/rpc/limits.h"

namespace troupe {
namespace {

std::string Shortened(absl::string_view text) {
  if (text.size() <= kMaxErrorMessageBytes) return std::string(text);
  size_t end = kMaxErrorMessageBytes - 3;
  while (end > 0 && (static_cast<unsigned char>(text[end]) & 0xC0) == 0x80) --end;
  return absl::StrCat(text.substr(0, end), "...");
}

// `each`: what every violation takes beside its own words.
google::rpc::BadRequest BadRequestOf(const std::vector<FieldViolation>& violations,
                                     size_t budget, size_t each) {
  google::rpc::BadRequest bad;
  size_t used = 0;
  for (const FieldViolation& v : violations) {
    used += v.field.size() + v.problem.size() + v.fix.size() + each;
    const bool last = bad.field_violations_size() + 1 == static_cast<int>(violations.size());
    if (used > budget - (last ? 0 : 100)) {
      bad.add_field_violations()->set_description(
          absl::StrCat(violations.size() - static_cast<size_t>(bad.field_violations_size()) + 1,
                       " more: mend these first"));
      break;
    }
    google::rpc::BadRequest::FieldViolation* out = bad.add_field_violations();
    out->set_field(v.field);
    out->set_description(absl::StrCat(v.problem, ": ", v.fix));
  }
  return bad;
}

// The same for what is wrong not with the request but with the state.
google::rpc::PreconditionFailure PreconditionFailureOf(const google::rpc::BadRequest& bad,
                                                       const std::string& reason) {
  google::rpc::PreconditionFailure failure;
  for (const auto& v : bad.field_violations()) {
    google::rpc::PreconditionFailure::Violation& out = *failure.add_violations();
    out.set_type(reason);
    out.set_subject(v.field());
    out.set_description(v.description());
  }
  return failure;
}

void AddViolation(const std::string& field, const std::string& description, Violations& found) {
  const std::vector<std::string> parts = absl::StrSplit(description, absl::MaxSplits(": ", 1));
  found.Add(field, parts[0], parts.size() > 1 ? parts[1] : "");
}

// `status` with the reason and violations that `details` hold.
absl::Status WithDetails(absl::Status status, const google::rpc::Status& details) {
  google::rpc::ErrorInfo info;
  google::rpc::BadRequest bad;
  google::rpc::PreconditionFailure failure;
  for (const google::protobuf::Any& any : details.details()) {
    any.UnpackTo(&info) || any.UnpackTo(&bad) || any.UnpackTo(&failure);
  }
  if (info.domain() == kErrorDomain) {
    status = ErrorWithReason(status.code(), info.reason(), status.message());
  }
  Violations found;
  for (const auto& v : bad.field_violations()) AddViolation(v.field(), v.description(), found);
  for (const auto& v : failure.violations()) AddViolation(v.subject(), v.description(), found);
  found.ToStatus().ForEachPayload([&](absl::string_view url, const absl::Cord& payload) {
    if (!status.GetPayload(url).has_value()) status.SetPayload(url, payload);
  });
  return status;
}

}  // namespace

grpc::Status ToGrpcStatus(const absl::Status& status) {
  if (status.ok()) return grpc::Status::OK;
  google::rpc::Status details;
  details.set_code(static_cast<int>(status.code()));
  details.set_message(Shortened(status.message()));
  google::rpc::ErrorInfo info;
  info.set_domain(kErrorDomain);
  info.set_reason(ReasonOf(status));
  if (info.reason().empty()) info.set_reason(absl::StatusCodeToString(status.code()));
  details.add_details()->PackFrom(info);
  const std::vector<FieldViolation> violations = ViolationsOf(status);
  if (!violations.empty()) {
    const size_t used = details.ByteSizeLong() + 100;
    const bool is_state = status.code() == absl::StatusCode::kFailedPrecondition;
    const google::rpc::BadRequest bad =
        BadRequestOf(violations, kMaxErrorDetailsBytes - used,
                     is_state ? 12 + info.reason().size() : 10);
    if (is_state) {
      details.add_details()->PackFrom(PreconditionFailureOf(bad, info.reason()));
    } else {
      details.add_details()->PackFrom(bad);
    }
  }
  return grpc::Status(static_cast<grpc::StatusCode>(status.code()), details.message(),
                      details.SerializeAsString());
}

absl::Status FromGrpcStatus(const grpc::Status& status) {
  if (status.ok()) return absl::OkStatus();
  const absl::Status plain(static_cast<absl::StatusCode>(status.error_code()),
                           status.error_message());
  google::rpc::Status details;
  if (!details.ParseFromString(status.error_details())) return plain;
  return WithDetails(plain, details);
}

}  // namespace troupe
