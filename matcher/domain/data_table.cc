#include "matcher/domain/data_table.h"

#include <algorithm>
#include <utility>

#include "absl/strings/ascii.h"
#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "absl/strings/str_split.h"
#include "matcher/base/status_macros.h"
#include "matcher/base/violation.h"

namespace troupe {
namespace {

absl::Status CheckCells(const DataRow& row, absl::Span<const absl::string_view> columns) {
  if (row.line == 1 && !std::equal(row.cells.begin(), row.cells.end(),
                                   columns.begin(), columns.end())) {
    return row.Error(absl::StrCat("name the columns ", absl::StrJoin(columns, ",")));
  }
  if (row.cells.size() != columns.size()) {
    return row.Error(absl::StrCat("has ", row.cells.size(), " cells, give ",
                                  columns.size()));
  }
  for (absl::string_view cell : row.cells) {
    if (absl::StrContains(cell, '"') || absl::StripAsciiWhitespace(cell) != cell) {
      return row.Error(absl::StrCat("cell \"", cell, "\": remove quotes and outer space"));
    }
  }
  return absl::OkStatus();
}

bool IsSlugLetter(char c) {
  return ('a' <= c && c <= 'z') || ('0' <= c && c <= '9');
}

}  // namespace

absl::Status DataRow::Error(absl::string_view problem) const {
  return ErrorWithReason(absl::StatusCode::kInvalidArgument, "INVALID_DATA",
                         absl::StrCat(table, " line ", line, ": ", problem));
}

absl::StatusOr<std::vector<DataRow>> ReadDataTable(
    absl::string_view table, absl::string_view text,
    absl::Span<const absl::string_view> columns) {
  std::vector<DataRow> rows;
  int line = 0;
  for (absl::string_view content : absl::StrSplit(text, '\n')) {
    ++line;
    if (content.empty() && line > 1) continue;
    DataRow row{std::string(table), line, absl::StrSplit(content, ',')};
    TROUPE_RETURN_IF_ERROR(CheckCells(row, columns));
    if (line > 1) rows.push_back(std::move(row));
  }
  return rows;
}

bool IsSlug(absl::string_view id) {
  if (id.empty() || id.front() == '-' || id.back() == '-') return false;
  if (absl::StrContains(id, "--")) return false;
  return std::all_of(id.begin(), id.end(),
                     [](char c) { return c == '-' || IsSlugLetter(c); });
}

}  // namespace troupe
