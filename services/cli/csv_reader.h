#ifndef TROUPE_SERVICES_CLI_CSV_READER_H_
#define TROUPE_SERVICES_CLI_CSV_READER_H_

#include <csv.h>

#include <cstddef>
#include <cstdint>
#include <deque>
#include <memory>
#include <string>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "services/cli/input_file.h"

namespace troupe {

// One record of a CSV file, or a line that is none.
struct CsvRecord {
  int64_t line = 0;                // Where it starts in the file, from 1.
  std::vector<std::string> cells;  // Of the columns asked for, in that order.
  std::string problem;             // Why it is no record; empty if it is one.
  std::string raw;                 // The bytes it was read from.
};

// Reads comma-separated records with a heading (RFC 4180; a record may span
// lines). A malformed record costs one line: reading goes on with the line
// after its first, so that a stray quote does not swallow what follows.
// Memory: one record. Thread-compatible.
class CsvReader {
 public:
  // Reads the heading. INVALID_ARGUMENT, reason INVALID_FIELD, if one of
  // `columns` is not in it; otherwise as InputFile::Open.
  static absl::StatusOr<std::unique_ptr<CsvReader>> Open(
      const std::string& path, const std::vector<std::string>& columns);
  // The same for all columns that there are.
  static absl::StatusOr<std::unique_ptr<CsvReader>> Open(const std::string& path);

  CsvReader(const CsvReader&) = delete;
  CsvReader& operator=(const CsvReader&) = delete;
  ~CsvReader();

  // Puts the next record, or a malformed line, into `record` and says true;
  // false at the end. Errors as InputFile::ReadLine.
  absl::StatusOr<bool> Read(CsvRecord& record);

  const std::string& path() const { return file_.path(); }

  // The names of the columns in the file; empty if it does not begin with a record.
  const std::vector<std::string>& heading() const { return heading_; }

 private:
  explicit CsvReader(InputFile file);

  absl::StatusOr<bool> ReadRow(CsvRecord& record);
  absl::StatusOr<bool> NextLine(std::string& line);
  absl::Status ReadHeading();
  absl::Status PickColumns(const std::vector<std::string>& columns);
  void Keep(CsvRecord& record);
  void GiveUp(CsvRecord& record, std::string problem);
  void Restart();

  InputFile file_;
  csv_parser parser_;
  int64_t line_ = 0;                  // The number of the last line handed out.
  std::vector<std::string> lines_;    // Of the record being read.
  std::deque<std::string> unread_;    // Lines of a record that was given up.
  std::vector<std::string> cells_;    // Of the record being read.
  bool row_ended_ = false;
  std::vector<std::string> heading_;
  std::vector<size_t> picked_;        // Where the columns asked for stand.
};

}  // namespace troupe

#endif  // TROUPE_SERVICES_CLI_CSV_READER_H_
