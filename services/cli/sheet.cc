#include "services/cli/sheet.h"

#include <algorithm>
#include <cstdint>
#include <memory>
#include <set>
#include <utility>

#include "absl/strings/ascii.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "absl/strings/string_view.h"
#include "matcher/base/status_macros.h"
#include "services/cli/csv_reader.h"

namespace troupe {
namespace {

std::string Stripped(absl::string_view text) {
  return std::string(absl::StripAsciiWhitespace(text));
}

// False if the columns cannot be read as those of `form`.
bool CheckHeading(const std::string& file, const std::vector<std::string>& heading,
                  const SheetForm& form, Defects& defects) {
  const int64_t before = defects.count();
  const std::string at = absl::StrCat(file, ":1");
  std::set<std::string> seen;
  for (const std::string& name : heading) {
    if (!form.HasColumn(name)) {
      defects.Add(at, "", absl::StrCat("has a column ", Shown(name), ", which ", form.name,
                                       " do not have"),
                  absl::StrCat("leave it out, or name one of ", form.ColumnNames()));
    } else if (!seen.insert(name).second) {
      defects.Add(at, "", absl::StrCat("has the column ", Shown(name), " twice"),
                  "leave one of them out");
    }
  }
  for (const SheetForm::Column& column : form.columns) {
    if (column.required && seen.count(column.name) == 0) {
      defects.Add(at, "", absl::StrCat("has no column ", Shown(column.name)),
                  absl::StrCat("add it to the heading; ", form.name, " have ",
                               form.ColumnNames()));
    }
  }
  return defects.count() == before;
}

}  // namespace

const std::string& SheetRow::Cell(const std::string& column) const {
  static const std::string& none = *new std::string();
  const auto cell = cells.find(column);
  return cell == cells.end() ? none : cell->second;
}

bool SheetForm::HasColumn(const std::string& column) const {
  return std::any_of(columns.begin(), columns.end(),
                     [&](const Column& one) { return one.name == column; });
}

std::string SheetForm::ColumnNames() const {
  return absl::StrJoin(columns, ", ", [](std::string* out, const Column& column) {
    absl::StrAppend(out, column.name);
  });
}

absl::StatusOr<Sheet> ReadCsvSheet(const std::string& path, const SheetForm& form,
                                   Defects& defects) {
  TROUPE_ASSIGN_OR_RETURN(const std::unique_ptr<CsvReader> reader, CsvReader::Open(path));
  Sheet sheet = {.file = path, .rows = {}};
  if (reader->heading().empty()) {
    defects.Add(path, "", "has no heading",
                absl::StrCat("give a CSV file, in UTF-8, whose first line is ",
                             absl::StrJoin(form.columns, ",",
                                           [](std::string* out, const SheetForm::Column& column) {
                                             absl::StrAppend(out, column.name);
                                           })));
    return sheet;
  }
  std::vector<std::string> heading;
  for (const std::string& name : reader->heading()) heading.push_back(Stripped(name));
  if (!CheckHeading(path, heading, form, defects)) return sheet;
  CsvRecord record;
  while (true) {
    TROUPE_ASSIGN_OR_RETURN(const bool more, reader->Read(record));
    if (!more) return sheet;
    SheetRow row = {.at = absl::StrCat(path, ":", record.line), .cells = {}};
    if (!record.problem.empty()) {
      defects.Add(row.at, "", record.problem, "mend the line");
      continue;
    }
    bool is_blank = true;  // As spreadsheets leave at the end: ",,,".
    for (size_t i = 0; i < heading.size(); ++i) {
      std::string cell = Stripped(record.cells[i]);
      is_blank = is_blank && cell.empty();
      row.cells[heading[i]] = std::move(cell);
    }
    if (!is_blank) sheet.rows.push_back(std::move(row));
  }
}

}  // namespace troupe
