#ifndef TROUPE_MATCHER_DOMAIN_DATA_TABLE_H_
#define TROUPE_MATCHER_DOMAIN_DATA_TABLE_H_

#include <string>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "absl/types/span.h"

namespace troupe {

// One line of a vocabulary that ships as data: its cells, as many as the table
// has columns, and where they stand, for error messages.
struct DataRow {
  std::string table;  // "roles"
  int line = 0;       // From 1, the header's.
  std::vector<std::string> cells;

  // INVALID_ARGUMENT, reason INVALID_DATA, "roles line 7: `problem`".
  absl::Status Error(absl::string_view problem) const;
};

// Reads comma-separated lines under a header that names exactly `columns`.
// For our own vocabularies only: a cell holds no comma and no quote, so a quote
// is an error; files from elsewhere are read by the importer. Blank lines and a
// missing last newline are fine. INVALID_ARGUMENT, reason INVALID_DATA, with
// the line, for anything else.
absl::StatusOr<std::vector<DataRow>> ReadDataTable(
    absl::string_view table, absl::string_view text,
    absl::Span<const absl::string_view> columns);

// True for a slug: lower-case letters, digits and single inner hyphens.
bool IsSlug(absl::string_view id);

}  // namespace troupe

#endif  // TROUPE_MATCHER_DOMAIN_DATA_TABLE_H_
