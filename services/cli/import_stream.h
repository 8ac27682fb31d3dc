#ifndef TROUPE_SERVICES_CLI_IMPORT_STREAM_H_
#define TROUPE_SERVICES_CLI_IMPORT_STREAM_H_

#include <cstddef>
#include <cstdint>
#include <deque>
#include <functional>
#include <memory>
#include <string>

#include "absl/status/status.h"
#include "absl/time/time.h"
#include "services/cli/connection.h"
#include "troupe/v1/profile.pb.h"
#include "troupe/v1/program.pb.h"
#include "troupe/v1/project.pb.h"
#include "troupe/v1/types.pb.h"

namespace troupe {

// How much an import sends at once, and how long it waits for a lost server.
struct ImportPace {
  size_t records = 200;               // To a message.
  size_t bytes = size_t{2} << 20;     // To a message, roughly.
  size_t unanswered_messages = 8;     // What is sent but not answered is kept.
  int attempts = 40;                  // To reach the server again, in a row.
  absl::Duration first_pause = absl::Milliseconds(100);  // Doubles up to ...
  absl::Duration longest_pause = absl::Seconds(2);
};

// Sends records of one kind (v1::Profile, v1::Project or v1::Program) to the server, many at
// a time, and hands back each with its answer, in order. If the stream breaks
// after it has worked, it goes on in a new one from the first record without an
// answer. Memory: the records that are sent but not answered. Thread-compatible.
template <typename Record>
class ImportStream {
 public:
  // `item` is the record's number in the import, from 0.
  using OnAnswer =
      std::function<void(int64_t item, const Record& record, const v1::ImportResult& answer)>;
  using Pause = std::function<void(absl::Duration)>;

  // `connection` outlives it. Imports with the same `request_id` store nothing
  // twice, even across streams.
  ImportStream(const Connection& connection, std::string request_id, const ImportPace& pace,
               Pause pause, OnAnswer on_answer);
  ImportStream(const ImportStream&) = delete;
  ImportStream& operator=(const ImportStream&) = delete;
  ~ImportStream();

  // Takes the next record, and waits while too many are unanswered. The error of
  // the stream, when it is lost for good.
  absl::Status Add(Record record);

  // Sends the rest and waits for every answer. Call it once, last.
  absl::Status Finish();

 private:
  class Link;  // One stream of the transport.

  bool HoldsFullMessage() const;
  absl::Status Flush(size_t most_unanswered);
  absl::Status Send();
  absl::Status TakeAnswers(bool wait);
  absl::Status Reopen();

  const Connection& connection_;
  std::string request_id_;
  ImportPace pace_;
  Pause pause_;
  OnAnswer on_answer_;
  std::deque<Record> unanswered_;
  int64_t first_unanswered_ = 0;  // The number of the first of them.
  size_t sent_ = 0;               // So many of them are sent on `link_`.
  size_t unsent_bytes_ = 0;
  bool was_answered_ = false;     // Ever.
  int failures_ = 0;              // In a row.
  std::unique_ptr<Link> link_;
};

extern template class ImportStream<v1::Profile>;
extern template class ImportStream<v1::Project>;
extern template class ImportStream<v1::Program>;

}  // namespace troupe

#endif  // TROUPE_SERVICES_CLI_IMPORT_STREAM_H_
