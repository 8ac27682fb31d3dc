#ifndef TROUPE_SERVICES_CLI_PLACEMENT_ROUND_SHEETS_H_
#define TROUPE_SERVICES_CLI_PLACEMENT_ROUND_SHEETS_H_

#include <map>
#include <string>
#include <vector>

#include "absl/strings/string_view.h"
#include "services/cli/defects.h"
#include "services/cli/sheet.h"

namespace troupe {

// The kinds of rows that a round is read from.
const std::vector<SheetForm>& SheetForms();
const SheetForm& SheetFormOf(absl::string_view name);

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

#endif  // TROUPE_SERVICES_CLI_PLACEMENT_ROUND_SHEETS_H_
