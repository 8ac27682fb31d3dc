#ifndef TROUPE_SERVICES_RECORDS_PROJECT_RECORD_H_
#define TROUPE_SERVICES_RECORDS_PROJECT_RECORD_H_

#include <string>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "matcher/domain/project.h"

namespace troupe {

// The bytes that a project is stored as, with its openings and seats; see
// SerializeProfile. Seats must be numbered 1, 2, ... as Opening says.
std::string SerializeProject(const Project& project);

// The project that `bytes` hold. Returns DATA_LOSS, reason RECORD_UNREADABLE;
// see ParseProfile.
absl::StatusOr<Project> ParseProject(absl::string_view bytes);

}  // namespace troupe

#endif  // TROUPE_SERVICES_RECORDS_PROJECT_RECORD_H_
