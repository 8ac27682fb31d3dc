#ifndef TROUPE_SERVICES_CONVERT_READER_H_
#define TROUPE_SERVICES_CONVERT_READER_H_

#include <algorithm>

#include "matcher/base/ids.h"
#include "matcher/domain/ownership.h"
#include "matcher/domain/profile.h"

namespace troupe {

// Who an answer is for. What it shows of a record follows from this alone.
struct Reader {
  OrganizationId organization;

  bool Owns(const Ownership& ownership) const { return ownership.owner == organization; }

  // True for the owner and for the organizations that the person consented to.
  bool MaySeeContactOf(const Profile& profile) const {
    return Owns(profile.ownership) ||
           std::binary_search(profile.contact_consents.begin(), profile.contact_consents.end(),
                              organization);
  }
};

}  // namespace troupe

#endif  // TROUPE_SERVICES_CONVERT_READER_H_
