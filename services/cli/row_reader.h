#ifndef TROUPE_SERVICES_CLI_ROW_READER_H_
#define TROUPE_SERVICES_CLI_ROW_READER_H_

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>

#include "absl/strings/string_view.h"
#include "matcher/base/day.h"
#include "services/cli/defects.h"
#include "services/cli/sheet.h"

namespace troupe {

// Reads the cells of one row, each as what it has to be. What is wrong goes to `defects`,
// and what is returned then is of no use. Both outlive it. Thread-compatible.
class RowReader {
 public:
  RowReader(const SheetRow& row, Defects& defects) : row_(row), defects_(defects) {}

  // An id of the files' own.
  std::string Id(const std::string& column) const;

  // A whole number from `least` to `most`.
  int32_t Number(const std::string& column, int32_t least, int32_t most,
                 const std::string& fix) const;

  // A text of at most `most` bytes.
  std::string Text(const std::string& column, size_t most) const;

  // The id of a place of the gazetteer, by its id or name; empty if the cell is.
  std::string Place(const std::string& column) const;

  // The id of a role of the taxonomy, by its id, name or alias.
  std::string Role(const std::string& column) const;

  // "2026-11-23".
  std::optional<Day> Date(const std::string& column) const;

  // "80%" in millionths; unset if the cell is empty.
  std::optional<int64_t> Share(const std::string& column) const;

  void Refuse(const std::string& column, const std::string& problem,
              const std::string& fix) const {
    defects_.Add(row_.at, column, problem, fix);
  }

  const SheetRow& row() const { return row_; }

 private:
  const SheetRow& row_;
  Defects& defects_;
};

// Whether `id` is 1 to 63 of letters, digits, "-", "_" and ".".
bool IsRowId(absl::string_view id);

}  // namespace troupe

#endif  // TROUPE_SERVICES_CLI_ROW_READER_H_
