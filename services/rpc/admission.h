#ifndef TROUPE_SERVICES_RPC_ADMISSION_H_
#define TROUPE_SERVICES_RPC_ADMISSION_H_

#include <grpcpp/server_context.h>
#include <grpcpp/support/status.h>

#include <atomic>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "absl/time/time.h"
#include "absl/types/span.h"
#include "matcher/base/clock.h"
#include "matcher/base/ids.h"
#include "services/rpc/access_rules.h"
#include "services/rpc/call.h"
#include "services/rpc/caller.h"
#include "services/rpc/decode_budget.h"
#include "services/rpc/limits.h"
#include "services/rpc/living_calls.h"

namespace troupe {

// The door of a server: every call of our services enters and leaves by it.
// Thread-safe.
class Admission {
 public:
  struct Options {
    OrganizationId operator_organization = {};  // Empty: nobody is the operator.
    CallLimits limits = {};
    size_t decoded_bytes = kDecodedBytes;
    absl::Duration default_deadline = kDefaultDeadline;
    absl::Duration stream_patience = kStreamPatience;  // With clients that do not read.
    absl::Span<const AccessRule> rules = AccessRules();
  };

  // An RPC, as far as the door cares.
  struct Method {
    std::string name;  // "troupe.v1.ProfileService/GetProfile"
    std::optional<Access> access;
    bool streams = false;
  };

  // `clock` outlives the calls.
  Admission(Options options, const Clock* clock);

  const Options& options() const { return options_; }

  // What the requests of all calls may take.
  DecodeBudget& decode_budget() { return decode_budget_; }

  // A call that may go on to its service. UNAUTHENTICATED: see IdentifyCaller.
  // PERMISSION_DENIED: reason NO_RULE if the method has none, NOT_OPERATOR or
  // NOT_SERVICE if only these may call it. RESOURCE_EXHAUSTED, reason
  // OVERLOADED: see LivingCalls.
  absl::StatusOr<std::shared_ptr<Call>> Admit(const Method& method,
                                              const grpc::ServerContextBase& context);

  // How the call ends for the client, and in the log. What nobody expects
  // (INTERNAL, UNKNOWN) the client learns by the number of the call only.
  grpc::Status Conclude(const Call& call, const absl::Status& status) const;

  // The same for a call that was not admitted.
  grpc::Status Refuse(const Method& method, const absl::Status& status) const;

  // True once a call has failed because the store takes no more writes, which
  // only a restart mends.
  bool has_store_failed() const { return store_failed_; }

 private:
  absl::StatusOr<Caller> CallerOf(const Method& method,
                                  const grpc::ServerContextBase& context) const;
  absl::Status CheckAccess(absl::string_view method, Access access, const Caller& caller) const;
  absl::Time DeadlineOf(const Method& method, const grpc::ServerContextBase& context) const;

  const Options options_;
  const Clock* const clock_;
  // Shared with the calls, some of which may outlive the door.
  const std::shared_ptr<LivingCalls> living_calls_;
  DecodeBudget decode_budget_;
  std::atomic<uint64_t> last_number_ = 0;
  mutable std::atomic<bool> store_failed_ = false;
};

}  // namespace troupe

#endif  // TROUPE_SERVICES_RPC_ADMISSION_H_
