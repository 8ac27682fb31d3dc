#ifndef TROUPE_SERVICES_CONVERT_PLACEMENT_NAMES_H_
#define TROUPE_SERVICES_CONVERT_PLACEMENT_NAMES_H_

#include <optional>
#include <string>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "matcher/domain/field.h"
#include "matcher/placement/placement_ids.h"

namespace troupe {

// Resource names of placement, as resource_names.h has those of the rest:
//
//   cohorts/00000000000004d2
//   cohorts/00000000000004d2/graduates/g-17
//   programs/00000000000004d2
//   rounds/00000000000004d2
std::string FormatName(CohortId id);
std::string FormatName(ProgramId id);
std::string FormatName(RoundId id);
// By cohort and id, or a profile's.
std::string FormatName(const GraduateName& name);

std::optional<RoundId> RoundIn(absl::string_view name);

// INVALID_ARGUMENT about `field` that does not echo `name`.
absl::StatusOr<CohortId> ParseCohortName(absl::string_view name, absl::string_view field);
absl::StatusOr<ProgramId> ParseProgramName(absl::string_view name, absl::string_view field);
absl::StatusOr<RoundId> ParseRoundName(absl::string_view name, absl::string_view field);
// Of a cohort, not a profile's.
absl::StatusOr<GraduateName> ParseGraduateName(absl::string_view name, absl::string_view field);

// The same, for the fields of a message; see resource_names.h.
CohortId ReadCohortName(const Field& field, absl::string_view name);
ProgramId ReadProgramName(const Field& field, absl::string_view name);
// Of a cohort or a profile.
GraduateName ReadGraduateName(const Field& field, absl::string_view name);

}  // namespace troupe

#endif  // TROUPE_SERVICES_CONVERT_PLACEMENT_NAMES_H_
