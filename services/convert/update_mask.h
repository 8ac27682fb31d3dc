#ifndef TROUPE_SERVICES_CONVERT_UPDATE_MASK_H_
#define TROUPE_SERVICES_CONVERT_UPDATE_MASK_H_

#include "google/protobuf/field_mask.pb.h"
#include "matcher/base/violation.h"
#include "matcher/domain/profile.h"
#include "matcher/domain/project.h"

namespace troupe {

// `stored` with the fields that `mask` names taken from `update`: top-level
// fields of the wire message ("calendar"), or "*" for all that can be written.
// Everything else is as stored, also what clients never write (id, owner,
// external id, times, the last opening number). Adds to `found` each path that
// is unknown, output only, or cannot be changed ("update_mask.paths[1]"), and a
// mask without paths; the result is then of no use.
Profile ApplyMask(const Profile& stored, const Profile& update,
                  const google::protobuf::FieldMask& mask, Violations& found);

// The same for a project. New openings have no number yet; an unset currency
// becomes that of the first amount.
Project ApplyMask(const Project& stored, const Project& update,
                  const google::protobuf::FieldMask& mask, Violations& found);

// The same for an import, which states every field: "*" without a mask.
Profile ApplyImport(const Profile& stored, const Profile& import);
Project ApplyImport(const Project& stored, const Project& import);

}  // namespace troupe

#endif  // TROUPE_SERVICES_CONVERT_UPDATE_MASK_H_
