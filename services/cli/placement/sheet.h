#ifndef TROUPE_SERVICES_CLI_PLACEMENT_SHEET_H_
#define TROUPE_SERVICES_CLI_PLACEMENT_SHEET_H_

#include <map>
#include <string>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "services/cli/placement/defects.h"

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

  std::string ColumnNames() const;  // "id, profile, groups, wishes"
};

// The rows of one kind.
struct Sheet {
  std::string file;  // As errors call it; empty: it was not given.
  std::vector<SheetRow> rows;

  bool given() const { return !file.empty(); }
};

// The kinds of rows that a round is read from.
const std::vector<SheetForm>& SheetForms();
const SheetForm& SheetFormOf(absl::string_view name);

// All rows of a CSV file. What is wrong with its heading and lines goes to `defects`.
// Errors as InputFile.
absl::StatusOr<Sheet> ReadCsvSheet(const std::string& path, const SheetForm& form,
                                   Defects& defects);

// A JSON file: its rows by the name of their form, and its other fields.
struct JsonRound {
  std::map<std::string, Sheet> sheets;
  std::map<std::string, std::string> settings;  // "mechanism", "seed", ...
};

// What `text` holds: an object with an array of objects for each form, and settings of
// `setting_names`. Lists may be written as in a cell, "a>b=c", or as arrays:
// ["a", ["b", "c"]]. `file` is what errors call it. What is wrong goes to `defects`.
JsonRound ReadJsonRound(const std::string& text, const std::string& file,
                        const std::vector<std::string>& setting_names, Defects& defects);

}  // namespace troupe

#endif  // TROUPE_SERVICES_CLI_PLACEMENT_SHEET_H_
