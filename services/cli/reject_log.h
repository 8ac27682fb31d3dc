#ifndef TROUPE_SERVICES_CLI_REJECT_LOG_H_
#define TROUPE_SERVICES_CLI_REJECT_LOG_H_

#include <cstdint>
#include <fstream>
#include <ostream>
#include <string>
#include <utility>

#include "absl/status/status.h"

namespace troupe {

// A part of an input that was not taken.
struct Reject {
  std::string file;
  int64_t line = 0;    // Where its record starts, from 1.
  std::string field;   // Empty: the whole line.
  std::string reason;  // What is wrong, and how to mend it.
  std::string raw;     // The bytes as read, or the record that was refused.
};

// What an import could not take: the first ones told to the user, all of them
// kept in a file of JSON lines {file, line, field, reason, raw}, which appears
// with the first. Thread-compatible; `err` outlives it.
class RejectLog {
 public:
  static constexpr int64_t kTold = 20;

  RejectLog(std::string path, std::ostream& err) : path_(std::move(path)), err_(err) {}

  void Add(const Reject& reject);

  int64_t count() const { return count_; }
  const std::string& path() const { return path_; }

  // Tells how many more there are. FAILED_PRECONDITION if the file could not be
  // written.
  absl::Status Close();

 private:
  std::string path_;
  std::ostream& err_;
  std::ofstream file_;
  int64_t count_ = 0;
};

}  // namespace troupe

#endif  // TROUPE_SERVICES_CLI_REJECT_LOG_H_
