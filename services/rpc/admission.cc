#include "services/rpc/admission.h"

#include <spdlog/spdlog.h>

#include <chrono>
#include <utility>
#include <vector>

#include "absl/strings/str_cat.h"
#include "matcher/base/status_macros.h"
#include "matcher/base/violation.h"
#include "services/rpc/caller.h"
#include "services/rpc/status_details.h"

namespace troupe {
namespace {

std::vector<absl::string_view> NamedOrganizations(const grpc::ServerContextBase& context) {
  std::vector<absl::string_view> named;
  const auto [begin, end] = context.client_metadata().equal_range(kOrganizationMetadata);
  for (auto it = begin; it != end; ++it) named.emplace_back(it->second.data(), it->second.size());
  return named;
}

bool IsUnexpected(const absl::Status& status) {
  return status.code() == absl::StatusCode::kInternal ||
         status.code() == absl::StatusCode::kUnknown;
}

absl::Status Overloaded(int max_calls) {
  return ErrorWithReason(absl::StatusCode::kResourceExhausted, "OVERLOADED",
                         absl::StrCat("the server works on ", max_calls,
                                      " calls already: try again later, each time waiting longer"));
}

absl::Status PastDeadline() {
  return ErrorWithReason(absl::StatusCode::kDeadlineExceeded, "DEADLINE_EXCEEDED",
                         "the call's deadline passed: allow more time, or ask for less");
}

}  // namespace

Admission::Admission(Options options, const Clock* clock)
    : options_(std::move(options)),
      clock_(clock),
      living_calls_(std::make_shared<std::atomic<int>>(0)) {}

absl::StatusOr<std::shared_ptr<Call>> Admission::Admit(const Method& method,
                                                       const grpc::ServerContextBase& context) {
  TROUPE_ASSIGN_OR_RETURN(OrganizationId caller, CallerOf(method, context));
  if (living_calls_->fetch_add(1) >= options_.max_calls) {
    living_calls_->fetch_sub(1);
    return Overloaded(options_.max_calls);
  }
  Call::Facts facts{.number = last_number_.fetch_add(1) + 1,
                    .method = method.name,
                    .organization = std::move(caller),
                    .peer = context.peer(),
                    .start = clock_->Now(),
                    .deadline = DeadlineOf(method, context)};
  return std::shared_ptr<Call>(new Call(std::move(facts), clock_),
                               [living = living_calls_](Call* call) {
                                 delete call;
                                 living->fetch_sub(1);
                               });
}

absl::StatusOr<OrganizationId> Admission::CallerOf(const Method& method,
                                                   const grpc::ServerContextBase& context) const {
  if (!method.access.has_value()) {
    return ErrorWithReason(absl::StatusCode::kPermissionDenied, "NO_RULE",
                           absl::StrCat("no rule says who may call ", method.name));
  }
  if (*method.access == Access::kAnyone) return OrganizationId{};
  TROUPE_ASSIGN_OR_RETURN(OrganizationId caller,
                          IdentifyCaller(context.peer(), NamedOrganizations(context)));
  if (*method.access == Access::kOperator && caller != options_.operator_organization) {
    return ErrorWithReason(absl::StatusCode::kPermissionDenied, "NOT_OPERATOR",
                           absl::StrCat(method.name, " is for the operator of the server: call as "
                                                     "the organization that its flags name"));
  }
  return caller;
}

absl::Time Admission::DeadlineOf(const Method& method,
                                 const grpc::ServerContextBase& context) const {
  const auto deadline = context.deadline();
  if (deadline != std::chrono::system_clock::time_point::max()) return absl::FromChrono(deadline);
  return method.streams ? absl::InfiniteFuture() : clock_->Now() + options_.default_deadline;
}

grpc::Status Admission::Conclude(const Call& call, const absl::Status& status) const {
  const absl::Time now = clock_->Now();
  spdlog::debug("call {} {} {} {:.3f} ms", call.number(), call.method(),
                absl::StatusCodeToString(status.code()),
                absl::ToDoubleMilliseconds(now - call.start()));
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
