#ifndef TROUPE_SERVICES_CLI_PLACEMENT_PLACEMENT_RUN_H_
#define TROUPE_SERVICES_CLI_PLACEMENT_PLACEMENT_RUN_H_

#include <map>
#include <string>

#include "absl/status/status.h"
#include "services/cli/session.h"

namespace troupe {

// What `troupe placement run` is told.
struct PlacementRunOptions {
  std::string what;                          // A JSON file, "-", or a round; empty: CSV files.
  std::map<std::string, std::string> files;  // CSV files, by the name of their form.
  std::map<std::string, std::string> settings;  // As in a JSON file; these go before it.
  std::string certificate;  // Where the certificate goes; empty: nowhere.
  std::string placements;   // Likewise, as CSV, where everybody went.

  bool IsRound() const;  // Whether `what` is a round that is stored.
};

// Reads and checks the files, stores what they say, runs the round and waits for it, and
// prints what came of it. FAILED_PRECONDITION, reason MALFORMED_ROUND, with each fault of
// the files, before anything is sent; otherwise the server's errors.
absl::Status RunPlacement(const PlacementRunOptions& options, Session& session);

// Writes the certificate of `round` to `path`, and compares it with what the round says
// its digest is. Prints what to do with it, unless JSON is asked for. DATA_LOSS, reason
// CERTIFICATE_BROKEN; FAILED_PRECONDITION, reason FILE_NOT_WRITTEN.
absl::Status SaveCertificate(const std::string& round, const std::string& path,
                             Session& session);

// Writes where everybody went as a CSV file to `path`; "-" is the standard output.
absl::Status SavePlacements(const std::string& round, bool unplaced_only,
                            const std::string& path, Session& session);

}  // namespace troupe

#endif  // TROUPE_SERVICES_CLI_PLACEMENT_PLACEMENT_RUN_H_
