#ifndef TROUPE_SERVICES_CLI_SHEET_H_
#define TROUPE_SERVICES_CLI_SHEET_H_

#include <map>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "services/cli/defects.h"

namespace troupe {

// One row of a file, by column; outer blanks are gone.
struct SheetRow {
  std::string at;  // "graduates.csv:7" or "round.json:graduates[5]".
  std::map<std::string, std::string> cells;

  // Empty if it has none.
  const std::string& Cell(const std::string& column) const;
};

// What one kind of row is called and made of.
struct SheetForm {
  struct Column {
    std::string name;
    bool required = false;  // The heading, or the object, must have it.
  };
  std::string name;  // "graduates"
  std::vector<Column> columns;

  bool HasColumn(const std::string& column) const;
  std::string ColumnNames() const;  // "id, profile, groups, wishes"
};

// The rows of one kind.
struct Sheet {
  std::string file;  // As errors call it; empty: it was not given.
  std::vector<SheetRow> rows;

  bool given() const { return !file.empty(); }
};

// All rows of a CSV file. What is wrong with its heading and lines goes to `defects`.
// Errors as InputFile.
absl::StatusOr<Sheet> ReadCsvSheet(const std::string& path, const SheetForm& form,
                                   Defects& defects);

}  // namespace troupe

#endif  // TROUPE_SERVICES_CLI_SHEET_H_
