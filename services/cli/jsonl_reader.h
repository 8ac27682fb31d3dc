#ifndef TROUPE_SERVICES_CLI_JSONL_READER_H_
#define TROUPE_SERVICES_CLI_JSONL_READER_H_

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "absl/status/statusor.h"
#include "google/protobuf/message.h"
#include "services/cli/input_file.h"
#include "services/cli/reject_log.h"

namespace troupe {

// Reads messages from files of protobuf JSON, one a line; empty lines do not
// count. Thread-compatible.
class JsonlReader {
 public:
  // `rejects` outlives it.
  JsonlReader(std::vector<std::string> files, RejectLog& rejects)
      : files_(std::move(files)), rejects_(rejects) {}

  // Puts the next good record into `record`, an empty message, and says true;
  // false at the end of the last file. Bad lines go to the rejects. Errors as
  // InputFile.
  absl::StatusOr<bool> Read(google::protobuf::Message& record);

  // Where the last record stands.
  const std::string& file() const { return file_->path(); }
  int64_t line() const { return line_; }

  int64_t bad_lines() const { return bad_lines_; }  // So far.

 private:
  absl::StatusOr<bool> NextLine();
  void RejectLine(const absl::Status& status);

  std::vector<std::string> files_;
  RejectLog& rejects_;
  size_t next_file_ = 0;
  std::optional<InputFile> file_;
  std::string text_;
  int64_t line_ = 0;
  int64_t bad_lines_ = 0;
};

}  // namespace troupe

#endif  // TROUPE_SERVICES_CLI_JSONL_READER_H_
