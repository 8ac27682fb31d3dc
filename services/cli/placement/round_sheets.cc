#include "services/cli/placement/round_sheets.h"

#include <algorithm>
#include <utility>

#include "absl/strings/ascii.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "nlohmann/json.hpp"

namespace troupe {
namespace {

using Json = nlohmann::json;

// Where a value joins its parts, by how deep it is.
struct Signs {
  const char* outer;
  const char* inner;
};

Signs SignsOf(const std::string& form, const std::string& column) {
  if (column == "groups" || column == "openings") return {";", nullptr};
  if (column == "priorities") return {">", "="};
  if (column == "wishes") return {">", form == "pairs" ? "+" : "="};
  return {nullptr, nullptr};
}

// The text of a cell that says the same as `value`; false if there is none.
bool AsCell(const Json& value, const char* outer, const char* inner, std::string& cell) {
  if (value.is_null()) return true;
  if (value.is_string()) {
    cell = std::string(absl::StripAsciiWhitespace(value.get_ref<const std::string&>()));
    return true;
  }
  if (value.is_number()) {
    cell = value.dump();
    return true;
  }
  if (value.is_boolean()) {
    cell = value.get<bool>() ? "yes" : "no";
    return true;
  }
  if (!value.is_array() || outer == nullptr) return false;
  std::vector<std::string> parts;
  for (const Json& part : value) {
    std::string text;
    if (part.is_null() || !AsCell(part, inner, nullptr, text)) return false;
    parts.push_back(std::move(text));
  }
  cell = absl::StrJoin(parts, outer);
  return true;
}

void ReadJsonRow(const Json& object, const SheetForm& form, SheetRow& row, Defects& defects) {
  for (const auto& [name, value] : object.items()) {
    if (!form.HasColumn(name)) {
      defects.Add(row.at, "", absl::StrCat("has a field ", Shown(name), ", which ", form.name,
                                           " do not have"),
                  absl::StrCat("leave it out, or name one of ", form.ColumnNames()));
      continue;
    }
    const Signs signs = SignsOf(form.name, name);
    if (!AsCell(value, signs.outer, signs.inner, row.cells[name])) {
      defects.Add(row.at, name, absl::StrCat("is ", Shown(value.dump())),
                  "give a text, as a cell of a CSV file would have it");
    }
  }
}

Sheet ReadJsonRows(const Json& rows, const SheetForm& form, const std::string& file,
                   Defects& defects) {
  Sheet sheet = {.file = file, .rows = {}};
  if (!rows.is_array()) {
    defects.Add(file, form.name, "is no array", "give an array of objects, one a row");
    return sheet;
  }
  for (size_t i = 0; i < rows.size(); ++i) {
    SheetRow row = {.at = absl::StrCat(file, ":", form.name, "[", i, "]"), .cells = {}};
    if (rows[i].is_object()) {
      ReadJsonRow(rows[i], form, row, defects);
      sheet.rows.push_back(std::move(row));
    } else {
      defects.Add(row.at, "", "is no object",
                  absl::StrCat("give one with ", form.ColumnNames()));
    }
  }
  return sheet;
}

// Where and why a text is no JSON, found by reading it once more.
std::string WhyNoJson(const std::string& text) {
  try {
    [[maybe_unused]] const Json ignored = Json::parse(text);
  } catch (const Json::parse_error& error) {
    const std::string what = error.what();
    const size_t at = what.find("at line ");
    const size_t end = what.find(':', at == std::string::npos ? 0 : at);
    if (at != std::string::npos && end != std::string::npos) {
      return absl::StrCat("is no JSON ", what.substr(at, end - at));
    }
  }
  return "is no JSON";
}

}  // namespace

const std::vector<SheetForm>& SheetForms() {
  static const std::vector<SheetForm>& forms = *new std::vector<SheetForm>{
      {"graduates", {{"id", true}, {"cohort"}, {"profile"}, {"groups"}, {"wishes"}}},
      {"programs",
       {{"id", true},
        {"title"},
        {"capacity", true},
        {"studio"},
        {"region"},
        {"place"},
        {"openings"},
        {"priorities"}}},
      {"studios", {{"id", true}, {"capacity", true}, {"priorities"}}},
      {"regions", {{"id", true}, {"floor"}, {"cap"}}},
      {"reserves",
       {{"program", true}, {"group", true}, {"seats", true}, {"when"}, {"reverts"}}},
      {"pairs", {{"first", true}, {"second", true}, {"wishes"}, {"together"}}},
  };
  return forms;
}

const SheetForm& SheetFormOf(absl::string_view name) {
  for (const SheetForm& form : SheetForms()) {
    if (form.name == name) return form;
  }
  return SheetForms().front();
}

JsonRound ReadJsonRound(const std::string& text, const std::string& file,
                        const std::vector<std::string>& setting_names, Defects& defects) {
  JsonRound round;
  const Json json = Json::parse(text, nullptr, /*allow_exceptions=*/false);
  if (json.is_discarded()) {
    defects.Add(file, "", WhyNoJson(text), "mend it there");
    return round;
  }
  if (!json.is_object()) {
    defects.Add(file, "", "is no JSON object", "give one with graduates and programs");
    return round;
  }
  for (const auto& [name, value] : json.items()) {
    const auto is_it = [&name = name](const SheetForm& form) { return form.name == name; };
    const auto form = std::find_if(SheetForms().begin(), SheetForms().end(), is_it);
    if (form != SheetForms().end()) {
      round.sheets[name] = ReadJsonRows(value, *form, file, defects);
    } else if (std::find(setting_names.begin(), setting_names.end(), name) ==
               setting_names.end()) {
      defects.Add(file, name, "is not a field of a round",
                  absl::StrCat("leave it out, or name one of graduates, programs, studios, regions, "
                               "reserves, pairs, ",
                               absl::StrJoin(setting_names, ", ")));
    } else if (value.is_structured() || !AsCell(value, nullptr, nullptr, round.settings[name])) {
      defects.Add(file, name, "is neither a text nor a number", "give one");
    }
  }
  for (const char* required : {"graduates", "programs"}) {
    if (round.sheets.count(required) == 0) {
      defects.Add(file, required, "is not there", "give an array of objects, one a row");
    }
  }
  return round;
}

}  // namespace troupe
