#ifndef TROUPE_MATCHER_DOMAIN_OWNERSHIP_H_
#define TROUPE_MATCHER_DOMAIN_OWNERSHIP_H_

#include <algorithm>
#include <cstdint>
#include <string>
#include <vector>

#include "matcher/base/ids.h"

namespace troupe {

// The name that another system gives a record; unique per organization and
// kind of record. Both parts empty: none.
struct ExternalId {
  std::string source;
  std::string id;

  explicit operator bool() const { return !source.empty(); }
  friend bool operator==(const ExternalId&, const ExternalId&) = default;
};

enum class Findability : uint8_t {  // Stored: never renumber.
  kUnspecified = 0,
  kFindable = 1,
  kHidden = 2,
};

// Who owns a record, and to whom it exists.
struct Ownership {
  OrganizationId owner;
  Findability findability = Findability::kUnspecified;
  std::vector<OrganizationId> blocked_organizations;  // Sorted, distinct.

  bool Blocks(const OrganizationId& organization) const {
    return std::binary_search(blocked_organizations.begin(), blocked_organizations.end(),
                              organization);
  }
  // True for the owner, and, if the record is findable, for every organization
  // that it does not block. To all others it does not exist.
  bool IsVisibleTo(const OrganizationId& organization) const {
    return organization == owner ||
           (findability == Findability::kFindable && !Blocks(organization));
  }
  friend bool operator==(const Ownership&, const Ownership&) = default;
};

}  // namespace troupe

#endif  // TROUPE_MATCHER_DOMAIN_OWNERSHIP_H_
