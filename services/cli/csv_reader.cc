#include "services/cli/csv_reader.h"

#include <algorithm>
#include <numeric>
#include <utility>

#include "absl/strings/ascii.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "matcher/base/status_macros.h"
#include "matcher/base/violation.h"
#include "services/cli/text_bytes.h"

namespace troupe {
namespace {

// A record that grows beyond this has a quote that never closes.
constexpr size_t kLargestRecord = size_t{16} << 20;
constexpr char kBadQuote[] = "a quotation mark is in a wrong place, or one is missing";

// Only "\n" ends a record, so that no line holds two; "\r" before it is blank.
int IsLineEnd(unsigned char c) { return c == '\n'; }
int IsBlank(unsigned char c) { return c == ' ' || c == '\t' || c == '\r'; }

}  // namespace

absl::StatusOr<std::unique_ptr<CsvReader>> CsvReader::Open(
    const std::string& path, const std::vector<std::string>& columns) {
  TROUPE_ASSIGN_OR_RETURN(InputFile file, InputFile::Open(path));
  std::unique_ptr<CsvReader> reader(new CsvReader(std::move(file)));
  TROUPE_RETURN_IF_ERROR(reader->ReadHeading());
  TROUPE_RETURN_IF_ERROR(reader->PickColumns(columns));
  return reader;
}

absl::StatusOr<std::unique_ptr<CsvReader>> CsvReader::Open(const std::string& path) {
  TROUPE_ASSIGN_OR_RETURN(InputFile file, InputFile::Open(path));
  std::unique_ptr<CsvReader> reader(new CsvReader(std::move(file)));
  TROUPE_RETURN_IF_ERROR(reader->ReadHeading());
  reader->picked_.resize(reader->heading_.size());
  std::iota(reader->picked_.begin(), reader->picked_.end(), size_t{0});
  return reader;
}

CsvReader::CsvReader(InputFile file) : file_(std::move(file)) {
  csv_init(&parser_, 0);
  Restart();
}

CsvReader::~CsvReader() { csv_free(&parser_); }

void CsvReader::Restart() {
  csv_free(&parser_);
  csv_init(&parser_, CSV_STRICT | CSV_STRICT_FINI);
  csv_set_term_func(&parser_, IsLineEnd);
  csv_set_space_func(&parser_, IsBlank);
  lines_.clear();
  cells_.clear();
  row_ended_ = false;
}

absl::Status CsvReader::ReadHeading() {
  CsvRecord record;
  TROUPE_ASSIGN_OR_RETURN(const bool any, ReadRow(record));
  if (any && record.problem.empty()) heading_ = std::move(record.cells);
  return absl::OkStatus();
}

absl::Status CsvReader::PickColumns(const std::vector<std::string>& columns) {
  for (const std::string& column : columns) {
    const auto at = std::find(heading_.begin(), heading_.end(), column);
    if (at == heading_.end()) {
      return InvalidField(path(), absl::StrCat("has no column \"", column, "\" in its heading"),
                          absl::StrCat("give a CSV file with ", absl::StrJoin(columns, ", ")));
    }
    picked_.push_back(static_cast<size_t>(at - heading_.begin()));
  }
  return absl::OkStatus();
}

absl::StatusOr<bool> CsvReader::Read(CsvRecord& record) {
  TROUPE_ASSIGN_OR_RETURN(const bool any, ReadRow(record));
  if (!any || !record.problem.empty()) return any;
  std::vector<std::string> cells;
  for (const size_t column : picked_) cells.push_back(std::move(record.cells[column]));
  record.cells = std::move(cells);
  return true;
}

absl::StatusOr<bool> CsvReader::NextLine(std::string& line) {
  ++line_;
  if (unread_.empty()) return file_.ReadLine(line);
  line = std::move(unread_.front());
  unread_.pop_front();
  return true;
}

absl::StatusOr<bool> CsvReader::ReadRow(CsvRecord& record) {
  record = CsvRecord();
  const auto on_cell = [](void* bytes, size_t size, void* self) {
    static_cast<CsvReader*>(self)->cells_.emplace_back(static_cast<const char*>(bytes), size);
  };
  const auto on_row = [](int, void* self) { static_cast<CsvReader*>(self)->row_ended_ = true; };
  size_t bytes = 0;
  std::string line;
  while (true) {
    TROUPE_ASSIGN_OR_RETURN(const bool more, NextLine(line));
    if (!more && lines_.empty()) return false;
    if (lines_.empty() && absl::StripAsciiWhitespace(line).empty()) continue;
    if (lines_.empty()) record.line = line_;
    bool fine = true;
    if (more) {
      lines_.push_back(line);
      bytes += line.size();
      fine = csv_parse(&parser_, line.data(), line.size(), on_cell, on_row, this) == line.size();
    } else {
      fine = csv_fini(&parser_, on_cell, on_row, this) == 0;
    }
    if (!fine || bytes > kLargestRecord) {
      GiveUp(record, kBadQuote);
      return true;
    }
    if (row_ended_) {
      Keep(record);
      return true;
    }
  }
}

void CsvReader::Keep(CsvRecord& record) {
  if (!heading_.empty() && cells_.size() != heading_.size()) {
    return GiveUp(record, absl::StrCat("has ", cells_.size(), " columns; the heading has ",
                                       heading_.size()));
  }
  record.raw = absl::StrJoin(lines_, "");
  if (!IsUtf8(record.raw)) return GiveUp(record, "is not UTF-8");
  record.cells = std::exchange(cells_, {});
  lines_.clear();
  row_ended_ = false;
}

void CsvReader::GiveUp(CsvRecord& record, std::string problem) {
  record.problem = std::move(problem);
  record.raw = lines_.front();
  unread_.insert(unread_.begin(), lines_.begin() + 1, lines_.end());
  line_ = record.line;
  Restart();
}

}  // namespace troupe
