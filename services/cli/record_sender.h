#ifndef TROUPE_SERVICES_CLI_RECORD_SENDER_H_
#define TROUPE_SERVICES_CLI_RECORD_SENDER_H_

#include <cstdint>
#include <functional>
#include <string>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "nlohmann/json.hpp"
#include "services/cli/import_stream.h"
#include "services/cli/reject_log.h"
#include "services/cli/session.h"

namespace troupe {

// What became of the records of an import.
struct ImportTally {
  int64_t created = 0;
  int64_t updated = 0;
  int64_t unchanged = 0;
  int64_t rejected = 0;

  int64_t answered() const { return created + updated + unchanged + rejected; }
  void Count(v1::ImportOutcome outcome);
  std::string ToString() const;  // "12 created, 0 updated, 3 unchanged, 1 rejected"
  nlohmann::ordered_json ToJson() const;
};

// One import of one kind of record.
struct SendPlan {
  std::string label;  // "profiles"
  std::string request_id;
  int64_t total = 0;  // How many records there are; 0: not known.
};

// Where the records of an import come from.
template <typename Record>
struct RecordSource {
  // Puts the next record into its argument; false at the end.
  std::function<absl::StatusOr<bool>(Record&)> next;
  // The file and line of a record, by its number from 0, for a reject. Called
  // once a record, in order.
  std::function<Reject(int64_t item)> origin;
  // Hears of every answer. May be unset.
  std::function<void(int64_t item, const v1::ImportResult&)> on_answer;
};

// Imports every record of `source`, with a progress bar. What the server
// rejects goes to `rejects`. Counts in `tally`, also when the stream is lost.
template <typename Record>
absl::Status SendRecords(Session& session, const SendPlan& plan,
                         const RecordSource<Record>& source, RejectLog& rejects,
                         ImportTally& tally);

extern template absl::Status SendRecords(Session&, const SendPlan&,
                                         const RecordSource<v1::Profile>&, RejectLog&,
                                         ImportTally&);
extern template absl::Status SendRecords(Session&, const SendPlan&,
                                         const RecordSource<v1::Project>&, RejectLog&,
                                         ImportTally&);

// An id for an import: `given`, or a new one if that is empty.
std::string RequestIdFor(const std::string& given, const Session& session);

// The end of a command that imports: OK, or FAILED_PRECONDITION, reason
// REJECTS, that says how many rejects there are and where.
absl::Status CloseRejects(RejectLog& rejects);

}  // namespace troupe

#endif  // TROUPE_SERVICES_CLI_RECORD_SENDER_H_
