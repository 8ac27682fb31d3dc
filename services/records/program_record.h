#ifndef TROUPE_SERVICES_RECORDS_PROGRAM_RECORD_H_
#define TROUPE_SERVICES_RECORDS_PROGRAM_RECORD_H_

#include <string>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "matcher/placement/program.h"

namespace troupe {

// The bytes of a program as stored: the same for equal ones.
std::string SerializeProgram(const Program& program);

// The program that `bytes` hold. Returns DATA_LOSS, reason RECORD_UNREADABLE.
absl::StatusOr<Program> ParseProgram(absl::string_view bytes);

}  // namespace troupe

#endif  // TROUPE_SERVICES_RECORDS_PROGRAM_RECORD_H_
