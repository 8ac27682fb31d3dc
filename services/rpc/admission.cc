#include "services/rpc/admission.h"

#include <grpc/grpc_security_constants.h>
#include <spdlog/spdlog.h>

#include <chrono>
#include <utility>
#include <vector>

#include "absl/strings/str_cat.h"
#include "matcher/base/status_macros.h"
#include "matcher/base/violation.h"
#include "services/rpc/status_details.h"

namespace troupe {
namespace {

absl::string_view ViewOf(grpc::string_ref text) { return {text.data(), text.size()}; }

std::vector<absl::string_view> MetadataOf(const grpc::ServerContextBase& context,
                                          const char* name) {
  std::vector<absl::string_view> values;
  const auto [begin, end] = context.client_metadata().equal_range(name);
  for (auto it = begin; it != end; ++it) values.push_back(ViewOf(it->second));
  return values;
}

bool HasTls(const grpc::AuthContext& auth) {
  for (const grpc::string_ref& type :
       auth.FindPropertyValues(GRPC_TRANSPORT_SECURITY_TYPE_PROPERTY_NAME)) {
    if (type == GRPC_TLS_TRANSPORT_SECURITY_TYPE || type == GRPC_SSL_TRANSPORT_SECURITY_TYPE) {
      return true;
    }
  }
  return false;
}

// The URIs of the client's certificate; nullopt for a call without TLS.
std::optional<std::vector<absl::string_view>> CertificateUris(
    const grpc::ServerContextBase& context) {
  const std::shared_ptr<const grpc::AuthContext> auth = context.auth_context();
  if (auth == nullptr || !HasTls(*auth)) return std::nullopt;
  std::vector<absl::string_view> uris;  // The connection keeps what they view.
  for (const grpc::string_ref& uri : auth->FindPropertyValues(GRPC_PEER_URI_PROPERTY_NAME)) {
    uris.push_back(ViewOf(uri));
  }
  return uris;
}

bool IsUnexpected(const absl::Status& status) {
  return status.code() == absl::StatusCode::kInternal ||
         status.code() == absl::StatusCode::kUnknown;
}

absl::Status PastDeadline() {
  return ErrorWithReason(absl::StatusCode::kDeadlineExceeded, "DEADLINE_EXCEEDED",
                         "the call's deadline passed: allow more time, or ask for less");
}

}  // namespace

Admission::Admission(Options options, const Clock* clock)
    : options_(std::move(options)),
      clock_(clock),
      living_calls_(std::make_shared<LivingCalls>(options_.limits)),
      decode_budget_(options_.decoded_bytes) {}

absl::StatusOr<std::shared_ptr<Call>> Admission::Admit(const Method& method,
                                                       const grpc::ServerContextBase& context) {
  TROUPE_ASSIGN_OR_RETURN(Caller caller, CallerOf(method, context));
  std::string peer = context.peer();
  TROUPE_RETURN_IF_ERROR(living_calls_->Begin(peer, method.streams));
  Call::Facts facts{.number = last_number_.fetch_add(1) + 1,
                    .method = method.name,
                    .organization = std::move(caller.organization),
                    .service = std::move(caller.service),
                    .peer = std::move(peer),
                    .start = clock_->Now(),
                    .deadline = DeadlineOf(method, context)};
  return std::shared_ptr<Call>(new Call(std::move(facts), clock_),
                               [living = living_calls_, streams = method.streams](Call* call) {
                                 const std::string from = call->peer();
                                 delete call;
                                 living->End(from, streams);
                               });
}

absl::StatusOr<Caller> Admission::CallerOf(const Method& method,
                                           const grpc::ServerContextBase& context) const {
  if (!method.access.has_value()) {
    return ErrorWithReason(absl::StatusCode::kPermissionDenied, "NO_RULE",
                           absl::StrCat("no rule says who may call ", method.name));
  }
  if (*method.access == Access::kAnyone) return Caller{};
  const std::string peer = context.peer();
  TROUPE_ASSIGN_OR_RETURN(
      Caller caller,
      IdentifyCaller({.peer = peer,
                      .certificate_uris = CertificateUris(context),
                      .organizations = MetadataOf(context, kOrganizationMetadata),
                      .services = MetadataOf(context, kServiceMetadata)}));
  TROUPE_RETURN_IF_ERROR(CheckAccess(method.name, *method.access, caller));
  return caller;
}

absl::Status Admission::CheckAccess(absl::string_view method, Access access,
                                    const Caller& caller) const {
  if (access == Access::kService) {
    if (!caller.service.empty()) return absl::OkStatus();
    return ErrorWithReason(absl::StatusCode::kPermissionDenied, "NOT_SERVICE",
                           absl::StrCat(method, " is for Troupe's own services: nobody else "
                                                "needs it"));
  }
  if (caller.organization.slug.empty()) {
    return ErrorWithReason(absl::StatusCode::kUnauthenticated, "CALLER_UNKNOWN",
                           absl::StrCat("a service calls ", method,
                                        " for an organization: forward its id in the metadata ",
                                        kOrganizationMetadata));
  }
  if (access == Access::kOperator && caller.organization != options_.operator_organization) {
    return ErrorWithReason(absl::StatusCode::kPermissionDenied, "NOT_OPERATOR",
                           absl::StrCat(method, " is for the operator of the server: call as "
                                                "the organization that its flags name"));
  }
  return absl::OkStatus();
}

absl::Time Admission::DeadlineOf(const Method& method,
                                 const grpc::ServerContextBase& context) const {
  const auto deadline = context.deadline();
  if (deadline != std::chrono::system_clock::time_point::max()) {
    // gRPC goes by the machine's clock, and everybody who looks at the call by ours.
    const auto left = deadline - std::chrono::system_clock::now();
    return clock_->Now() + absl::FromChrono(left);
  }
  return method.streams ? absl::InfiniteFuture() : clock_->Now() + options_.default_deadline;
}

grpc::Status Admission::Conclude(const Call& call, const absl::Status& status) const {
  const absl::Time now = clock_->Now();
  spdlog::debug("call {} {} {} {:.3f} ms", call.number(), call.method(),
                absl::StatusCodeToString(status.code()),
                absl::ToDoubleMilliseconds(now - call.start()));
  if (ReasonOf(status) == "LOG_WRITE_FAILED") store_failed_ = true;
  if (IsUnexpected(status)) {
    spdlog::error("call {} {} failed: {}", call.number(), call.method(), status.ToString());
    return ToGrpcStatus(ErrorWithReason(
        absl::StatusCode::kInternal, "INTERNAL",
        absl::StrCat("the server failed: its log says more under call ", call.number())));
  }
  if (absl::IsCancelled(status) && now >= call.deadline()) return ToGrpcStatus(PastDeadline());
  return ToGrpcStatus(status);
}

grpc::Status Admission::Refuse(const Method& method, const absl::Status& status) const {
  spdlog::debug("refused {} {} {}", method.name, absl::StatusCodeToString(status.code()),
                ReasonOf(status));
  return ToGrpcStatus(status);
}

}  // namespace troupe
