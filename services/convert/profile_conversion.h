#ifndef TROUPE_SERVICES_CONVERT_PROFILE_CONVERSION_H_
#define TROUPE_SERVICES_CONVERT_PROFILE_CONVERSION_H_

#include <cstdint>

#include "matcher/base/violation.h"
#include "matcher/domain/field.h"
#include "matcher/domain/profile.h"
#include "services/convert/reader.h"
#include "troupe/v1/profile.pb.h"

namespace troupe {

// What a client says of a profile. Name, etag, organization and times are not
// looked at. Adds to `found` what cannot be read: enum values that do not
// exist, days that are no days, names that name nothing, lists too long to be
// read. The rules of the domain are left to ValidateProfile, which is to be
// asked only if nothing was found here:
//
//   Violations found;
//   const Profile profile = FromWire(request.profile(), found);
//   if (found.empty()) found = ValidateProfile(profile);
//
// Cost: linear in the size of the message.
Profile FromWire(const v1::Profile& wire, Violations& found);

// The same for a profile that stands in a field of a message.
Profile FromWire(const v1::Profile& wire, const Field& field);

// What `reader` may see of `profile`, which exists for it (Ownership::
// IsVisibleTo). The owner sees all. Others see no external id, consents or
// block list; contact only by consent; and of the calendar which days are busy
// and which are held, as joined runs without project or note.
v1::Profile ToWire(const Profile& profile, uint64_t version, const Reader& reader);

}  // namespace troupe

#endif  // TROUPE_SERVICES_CONVERT_PROFILE_CONVERSION_H_
