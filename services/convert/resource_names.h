#ifndef TROUPE_SERVICES_CONVERT_RESOURCE_NAMES_H_
#define TROUPE_SERVICES_CONVERT_RESOURCE_NAMES_H_

#include <cstdint>
#include <string>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "matcher/base/ids.h"
#include "matcher/domain/field.h"

namespace troupe {

// Resource names as they stand on the wire:
//
//   profiles/00000000000004d2
//   projects/00000000000004d2
//   projects/00000000000004d2/openings/3
//   profiles/00000000000004d2/holds/3
//   organizations/blue-harbour
//
// Each thing has one name only: hexadecimal digits are lower case and exactly
// 16, numbers have no leading zeros, and no id is 0.
std::string FormatName(ProfileId id);
std::string FormatName(ProjectId id);
std::string FormatName(OpeningId id);
std::string FormatName(HoldId id);
std::string FormatName(const OrganizationId& id);

// The id that `name` stands for. Returns INVALID_ARGUMENT about `field` (the
// path of the name in the request) that does not echo `name`.
absl::StatusOr<ProfileId> ParseProfileName(absl::string_view name, absl::string_view field);
absl::StatusOr<ProjectId> ParseProjectName(absl::string_view name, absl::string_view field);
absl::StatusOr<OpeningId> ParseOpeningName(absl::string_view name, absl::string_view field);
absl::StatusOr<HoldId> ParseHoldName(absl::string_view name, absl::string_view field);
absl::StatusOr<OrganizationId> ParseOrganizationName(absl::string_view name,
                                                     absl::string_view field);

// The same, for the fields of a message: reports to `field`, and then returns an
// id that names nothing. An empty name is wrong, too.
ProfileId ReadProfileName(const Field& field, absl::string_view name);
ProjectId ReadProjectName(const Field& field, absl::string_view name);
OpeningId ReadOpeningName(const Field& field, absl::string_view name);
HoldId ReadHoldName(const Field& field, absl::string_view name);
OrganizationId ReadOrganizationName(const Field& field, absl::string_view name);

// A record's version as an etag: 16 hexadecimal digits.
std::string FormatEtag(uint64_t version);

// The version that `etag` stands for, never 0. Returns INVALID_ARGUMENT about
// `field`. The unset etag ("whatever it is now") is the caller's to tell apart.
absl::StatusOr<uint64_t> ParseEtag(absl::string_view etag, absl::string_view field);

}  // namespace troupe

#endif  // TROUPE_SERVICES_CONVERT_RESOURCE_NAMES_H_
