#ifndef TROUPE_SERVICES_RPC_ACCESS_RULES_H_
#define TROUPE_SERVICES_RPC_ACCESS_RULES_H_

#include <optional>

#include "absl/strings/string_view.h"
#include "absl/types/span.h"

namespace troupe {

// Who may call an RPC. What the caller may see or change is the service's rule.
enum class Access {
  kAnyone,        // Without saying who.
  kOrganization,  // Any organization that names itself.
  kOperator,      // Only the organization that runs the server.
  kService,       // Only a service of ours, for its own sake or an organization's.
};

// The rule of one RPC.
struct AccessRule {
  absl::string_view method;  // "troupe.v1.ProfileService/GetProfile"
  Access access;
};

// The one table of who may call what: every RPC that a server of ours serves.
// An RPC that it lacks is refused.
absl::Span<const AccessRule> AccessRules();

// The rule of `method` in `rules`; nullopt if it has none.
std::optional<Access> FindAccess(absl::Span<const AccessRule> rules, absl::string_view method);

}  // namespace troupe

#endif  // TROUPE_SERVICES_RPC_ACCESS_RULES_H_
