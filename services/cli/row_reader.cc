#include "services/cli/row_reader.h"

#include <algorithm>
#include <cmath>

#include "absl/strings/ascii.h"
#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/strip.h"
#include "matcher/base/millionths.h"
#include "matcher/domain/gazetteer.h"
#include "matcher/domain/role_taxonomy.h"

namespace troupe {
namespace {

constexpr size_t kLongestId = 63;

}  // namespace

std::string RowReader::Id(const std::string& column) const {
  const std::string& id = row_.Cell(column);
  if (id.empty()) {
    Refuse(column, "is empty", "give an id of letters, digits, \"-\", \"_\" and \".\"");
  } else if (!IsRowId(id)) {
    Refuse(column, absl::StrCat("is ", Shown(id), ", which is no id"),
           "give 1 to 63 letters, digits, \"-\", \"_\" and \".\", and the name as a title");
  }
  return id;
}

int32_t RowReader::Number(const std::string& column, int32_t least, int32_t most,
                          const std::string& fix) const {
  const std::string& text = row_.Cell(column);
  int32_t number = 0;
  if (text.empty()) {
    Refuse(column, "is empty", fix);
  } else if (!absl::SimpleAtoi(text, &number)) {
    Refuse(column, absl::StrCat("is ", Shown(text), ", which is no whole number"), fix);
  } else if (number < least || number > most) {
    Refuse(column, absl::StrCat("is ", number), fix);
  }
  return number;
}

std::string RowReader::Text(const std::string& column, size_t most) const {
  const std::string& text = row_.Cell(column);
  if (text.size() > most) {
    Refuse(column, absl::StrCat("has ", text.size(), " bytes"),
           absl::StrCat("shorten it to ", most));
  }
  return text;
}

std::string RowReader::Place(const std::string& column) const {
  const std::string& name = row_.Cell(column);
  if (name.empty()) return "";
  const troupe::Place* const place = ShippedPlaces().FindByName(name);
  if (place != nullptr) return place->id;
  Refuse(column, absl::StrCat("is ", Shown(name), ", which the gazetteer lacks"),
         "give the id or name of one that \"troupe places\" shows, or leave it empty");
  return "";
}

std::string RowReader::Role(const std::string& column) const {
  const std::string& name = row_.Cell(column);
  const troupe::Role* const role = ShippedRoles().FindByAlias(name);
  if (role != nullptr) return role->id;
  Refuse(column, name.empty() ? "is empty" : absl::StrCat("is ", Shown(name), ", which is no role"),
         "give the id or name of one that \"troupe roles\" shows");
  return "";
}

std::optional<Day> RowReader::Date(const std::string& column) const {
  const std::string& text = row_.Cell(column);
  const std::optional<Day> day = Day::Parse(text);
  if (!day.has_value()) {
    Refuse(column, text.empty() ? "is empty" : absl::StrCat("is ", Shown(text)),
           "give a day as 2026-11-23");
  }
  return day;
}

std::optional<int64_t> RowReader::Share(const std::string& column) const {
  absl::string_view text = row_.Cell(column);
  if (text.empty()) return std::nullopt;
  double percent = 0;
  const bool is_percent = absl::ConsumeSuffix(&text, "%") || absl::ConsumeSuffix(&text, "％");
  if (!is_percent || !absl::SimpleAtod(text, &percent) || !(percent >= 0 && percent <= 100)) {
    Refuse(column, absl::StrCat("is ", Shown(row_.Cell(column))),
           "give a share from 0% to 100%: 80%");
    return std::nullopt;
  }
  return std::llround(percent * static_cast<double>(kMillionths) / 100);
}

bool IsRowId(absl::string_view id) {
  return !id.empty() && id.size() <= kLongestId && std::all_of(id.begin(), id.end(), [](char c) {
    return absl::ascii_isalnum(static_cast<unsigned char>(c)) || c == '-' || c == '_' || c == '.';
  });
}

}  // namespace troupe
