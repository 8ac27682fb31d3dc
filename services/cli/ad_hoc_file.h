#ifndef TROUPE_SERVICES_CLI_AD_HOC_FILE_H_
#define TROUPE_SERVICES_CLI_AD_HOC_FILE_H_

#include <istream>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "troupe/v1/match_service.pb.h"

namespace troupe {

// The openings in a file of protobuf JSON: one, laid out as one likes, or one a
// line. "-" is `in`. INVALID_ARGUMENT names the line.
absl::StatusOr<std::vector<v1::AdHocOpening>> ReadAdHocOpenings(const std::string& path,
                                                                std::istream& in);

// As ReadAdHocOpenings, for a file that must hold just one.
absl::StatusOr<v1::AdHocOpening> ReadAdHocOpening(const std::string& path, std::istream& in);

}  // namespace troupe

#endif  // TROUPE_SERVICES_CLI_AD_HOC_FILE_H_
