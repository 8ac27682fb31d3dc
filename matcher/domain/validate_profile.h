#ifndef TROUPE_MATCHER_DOMAIN_VALIDATE_PROFILE_H_
#define TROUPE_MATCHER_DOMAIN_VALIDATE_PROFILE_H_

#include "matcher/base/violation.h"
#include "matcher/domain/profile.h"

namespace troupe {

// Every rule of the domain that `profile` breaks: vocabularies (roles of the
// taxonomy, places of the gazetteer, language tags, currencies), ranges,
// lengths, counts, repeated entries, UTF-8 texts. Field paths are those of the
// wire message, so that a client finds the field. At most 50 are told, in the
// order of the message's fields; of a list that is too long, the entries past
// its limit are not looked at. Identity (id, owner, times) is not looked at.
// Cost: linear in the size of the profile.
Violations ValidateProfile(const Profile& profile);

}  // namespace troupe

#endif  // TROUPE_MATCHER_DOMAIN_VALIDATE_PROFILE_H_
