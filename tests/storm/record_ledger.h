#ifndef TROUPE_TESTS_STORM_RECORD_LEDGER_H_
#define TROUPE_TESTS_STORM_RECORD_LEDGER_H_

#include <cstddef>
#include <cstdint>
#include <map>
#include <optional>
#include <random>
#include <string>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "services/cli/connection.h"
#include "tests/storm/findings.h"
#include "tests/storm/record_kinds.h"
#include "tests/testing/dice.h"

namespace troupe::testing {

// The records of one kind that one client writes, and what it knows of each:
// the edition that was acknowledged, and the request that it asked for without
// getting an answer. Every request has an id, and is asked again until it is
// answered. `Kind` as in record_kinds.h. Thread-compatible.
template <typename Kind>
class RecordLedger {
 public:
  using Wire = typename Kind::Wire;
  // The records of a listing by label.
  using Listing = std::multimap<std::string, Wire>;

  // `client` begins the labels and request ids, and is nobody else's.
  RecordLedger(std::string client, uint64_t seed, Findings* findings);

  // One request, drawn at random: a creation, update, deletion, import or read;
  // one in doubt once more; or one that was answered long ago, which must change
  // nothing. The error of a call that got no answer; what the server refuses is
  // a finding.
  absl::Status DoSomething(const Connection& by);

  // Compares all records with what the server lists, which is to be in the
  // acknowledged edition or the one in doubt. Of the deleted ones asks for
  // some, or if `thorough` for all.
  void Check(const Connection& by, const Listing& listing, bool thorough);

  // Asks for everything in doubt again. From then on nothing is.
  void Settle(const Connection& by);

  size_t Doubts() const;
  int64_t acknowledged() const { return acknowledged_; }  // Writes.

 private:
  enum class Verb { kCreate, kUpdate, kDelete, kImport };
  struct Request {
    Verb verb = Verb::kCreate;
    std::string id;
    int edition = 0;  // That it leads to; 0: the record does not exist.
  };
  struct Record {
    std::string label;
    std::string external_id;  // Of those that are imported.
    std::string name;         // Empty: not known yet.
    std::string etag;         // Empty: not known.
    int edition = 0;          // Acknowledged.
    std::optional<Request> doubt;
    std::vector<Request> answered;  // Some.
  };
  // A message of an import, and the indices of what is in it.
  struct Batch {
    typename Kind::ImportRequest request;
    std::vector<size_t> records;
  };

  Wire Stated(const Record& record, int edition) const;
  Record& NewRecord();
  Record* Pick(bool exists);
  std::string NewRequestId();

  absl::Status Begin(const Connection& by, Record& record, Verb verb);
  absl::Status Try(const Connection& by, Record& record);
  absl::StatusOr<Wire> Send(const Connection& by, const Record& record, const Request& request);
  void Acknowledge(Record& record, const Wire& answer);
  absl::Status TryOneInDoubt(const Connection& by);
  absl::Status Repeat(const Connection& by);
  absl::Status Read(const Connection& by);

  absl::Status Import(const Connection& by);
  Batch NewBatch(const std::string& request_id, int64_t first_item);
  absl::Status SendBatches(const Connection& by, bool may_break);
  void TakeAnswer(const typename Kind::ImportResponse& response);
  absl::Status RepeatImport(const Connection& by);

  void CheckRecord(Record& record, const Listing& listing);
  void CheckContent(Record& record, const Wire& listed);
  void CheckAbsence(const Connection& by, const Record& record);
  void Tell(Wrong wrong, const Record& record, const std::string& text);

  const std::string client_;
  Findings* const findings_;
  std::mt19937_64 random_;
  Dice dice_{random_};
  int last_edition_ = 0;
  int last_request_ = 0;
  int64_t acknowledged_ = 0;
  std::vector<Record> records_;
  std::vector<Batch> unanswered_;      // Of one import.
  std::optional<Batch> last_answered_;  // Of an import.
};

using ProfileLedger = RecordLedger<ProfileRecords>;
using ProjectLedger = RecordLedger<ProjectRecords>;

}  // namespace troupe::testing

#endif  // TROUPE_TESTS_STORM_RECORD_LEDGER_H_
