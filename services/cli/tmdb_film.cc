#include "services/cli/tmdb_film.h"

#include <limits>
#include <utility>

#include "absl/strings/ascii.h"
#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "matcher/base/status_macros.h"
#include "matcher/base/violation.h"
#include "nlohmann/json.hpp"
#include "services/cli/text_bytes.h"

namespace troupe {
namespace {

using Json = nlohmann::json;

constexpr size_t kMostLabels = 50;  // That a record of ours holds, of a kind.
constexpr size_t kMostNameBytes = 200;
constexpr size_t kMostTitleBytes = 300;
constexpr char kListFix[] = "give a JSON list of objects, its quotation marks doubled";

// Columns of TmdbMovieColumns and TmdbCreditColumns.
enum Movie { kId, kTitle, kGenres, kKeywords, kCompanies, kCountries, kLanguage, kBudget, kRelease };
enum Credit { kMovieId, kCast, kCrew };

std::optional<int64_t> PositiveId(absl::string_view text) {
  int64_t id = 0;
  if (!absl::SimpleAtoi(text, &id) || id <= 0) return std::nullopt;
  return id;
}

std::optional<int64_t> IntegerAt(const Json& object, const char* key) {
  const auto at = object.find(key);
  if (at == object.end() || !at->is_number_integer()) return std::nullopt;
  return at->get<int64_t>();
}

std::string TextAt(const Json& object, const char* key, size_t most_bytes) {
  const auto at = object.find(key);
  if (at == object.end() || !at->is_string()) return "";
  return CleanText(at->get_ref<const std::string&>(), most_bytes);
}

// The list in `cell`, empty for an empty cell; nullopt if it is not one.
std::optional<Json> ListIn(const std::string& cell) {
  if (absl::StripAsciiWhitespace(cell).empty()) return Json::array();
  Json list = Json::parse(cell, nullptr, /*allow_exceptions=*/false);
  if (!list.is_array()) return std::nullopt;
  return list;
}

// Calls `take` with each entry of the column; says false for an entry that it
// cannot read.
void ReadList(const CsvRecord& record, Movie column, Violations& found,
              const std::function<bool(const Json&)>& take) {
  const std::string& name = TmdbMovieColumns()[column];
  const std::optional<Json> list = ListIn(record.cells[column]);
  if (!list.has_value()) return found.Add(name, "is not a JSON list", kListFix);
  for (size_t i = 0; i < list->size(); ++i) {
    if (!(*list)[i].is_object() || !take((*list)[i])) {
      found.Add(absl::StrCat(name, "[", i, "]"), "has no id", "give it its id and name");
    }
  }
}

std::vector<Label> LabelsOf(const CsvRecord& record, Movie column,
                            const absl::flat_hash_set<int64_t>& dropped, Violations& found) {
  std::vector<Label> labels;
  absl::flat_hash_set<int64_t> seen;
  ReadList(record, column, found, [&](const Json& entry) {
    const std::optional<int64_t> id = IntegerAt(entry, "id");
    if (!id.has_value()) return false;
    if (!dropped.contains(*id) && seen.insert(*id).second) {
      labels.push_back({absl::StrCat("tmdb:", *id), TextAt(entry, "name", kMostNameBytes)});
    }
    return true;
  });
  return labels;
}

std::vector<std::string> CountriesOf(const CsvRecord& record, Violations& found) {
  std::vector<std::string> countries;
  ReadList(record, kCountries, found, [&](const Json& entry) {
    const std::string code = TextAt(entry, "iso_3166_1", 2);
    if (code.size() != 2) return false;
    countries.push_back(absl::AsciiStrToUpper(code));
    return true;
  });
  if (countries.size() > kMostLabels) countries.resize(kMostLabels);
  return countries;
}

int64_t BudgetOf(const std::string& cell, Violations& found) {
  int64_t budget = 0;
  if (!cell.empty() && (!absl::SimpleAtoi(cell, &budget) || budget < 0)) {
    found.Add("budget", "is not an amount", "give whole US dollars, 0 if not known");
  }
  return budget;
}

std::optional<Day> ReleaseOf(const std::string& cell, Violations& found) {
  if (cell.empty()) return std::nullopt;
  const std::optional<Day> day = Day::Parse(cell);
  if (!day.has_value()) found.Add("release_date", "is not a date", "give it as 2009-12-10");
  return day;
}

void Cut(std::vector<Label>& labels) {
  if (labels.size() > kMostLabels) labels.resize(kMostLabels);
}

// The problem of a person entry, or nullptr.
const char* ProblemOf(const Json& entry, bool cast) {
  if (!entry.is_object()) return "is not an object: give id, name and job or order";
  if (IntegerAt(entry, "id").value_or(0) <= 0) return "has no id: give the person's id";
  if (TextAt(entry, "name", kMostNameBytes).empty()) return "has no name: give the person's name";
  if (!cast && TextAt(entry, "job", kMostNameBytes).empty()) return "has no job: give the job";
  return nullptr;
}

TmdbPart PartOf(const Json& entry, bool cast) {
  TmdbPart part;
  part.person = *IntegerAt(entry, "id");
  part.name = TextAt(entry, "name", kMostNameBytes);
  part.gender = IntegerAt(entry, "gender").value_or(0);
  part.cast = cast;
  if (!cast) {
    part.job = TextAt(entry, "job", kMostNameBytes);
    return part;
  }
  const std::optional<int64_t> order = IntegerAt(entry, "order");
  if (order.has_value() && 0 <= *order && *order <= std::numeric_limits<int32_t>::max()) {
    part.cast_order = static_cast<int32_t>(*order);
  }
  return part;
}

}  // namespace

std::string TmdbLanguage(absl::string_view code) {
  if (code == "cn") return "yue";
  return code == "xx" ? "" : absl::AsciiStrToLower(code);
}

const std::vector<std::string>& TmdbMovieColumns() {
  static const auto* const columns = new std::vector<std::string>{
      "id", "title", "genres", "keywords", "production_companies", "production_countries",
      "original_language", "budget", "release_date"};
  return *columns;
}

const std::vector<std::string>& TmdbCreditColumns() {
  static const auto* const columns = new std::vector<std::string>{"movie_id", "cast", "crew"};
  return *columns;
}

absl::StatusOr<TmdbFilm> ParseFilm(const CsvRecord& record,
                                   const absl::flat_hash_set<int64_t>& dropped) {
  const absl::flat_hash_set<int64_t> none;
  Violations found;
  TmdbFilm film;
  film.line = record.line;
  const std::optional<int64_t> id = PositiveId(record.cells[kId]);
  if (!id.has_value()) found.Add("id", "is not a number above 0", "give the film's id");
  film.id = id.value_or(0);
  film.title = CleanText(record.cells[kTitle], kMostTitleBytes);
  if (film.title.empty()) found.Add("title", "is empty", "give the film's title");
  film.genres = LabelsOf(record, kGenres, none, found);
  film.tags = LabelsOf(record, kKeywords, dropped, found);
  film.companies = LabelsOf(record, kCompanies, none, found);
  film.countries = CountriesOf(record, found);
  film.original_language = TmdbLanguage(record.cells[kLanguage]);
  film.budget_usd = BudgetOf(record.cells[kBudget], found);
  film.release_date = ReleaseOf(record.cells[kRelease], found);
  TROUPE_RETURN_IF_ERROR(found.ToStatus());
  film.tags_cut = film.tags.size() > kMostLabels;
  Cut(film.genres);
  Cut(film.tags);
  Cut(film.companies);
  return film;
}

absl::StatusOr<int64_t> ParseCreditedFilm(const CsvRecord& record) {
  const std::optional<int64_t> id = PositiveId(record.cells[kMovieId]);
  if (id.has_value()) return *id;
  return InvalidField("movie_id", "is not a number above 0", "give the film's id");
}

std::vector<TmdbPart> ParseParts(const CsvRecord& record, const TmdbFault& on_fault) {
  std::vector<TmdbPart> parts;
  for (const Credit column : {kCast, kCrew}) {
    const std::string& name = TmdbCreditColumns()[column];
    const std::optional<Json> list = ListIn(record.cells[column]);
    if (!list.has_value()) {
      on_fault(name, absl::StrCat("is not a JSON list: ", kListFix));
      continue;
    }
    for (size_t i = 0; i < list->size(); ++i) {
      const char* const problem = ProblemOf((*list)[i], column == kCast);
      if (problem != nullptr) {
        on_fault(absl::StrCat(name, "[", i, "]"), problem);
      } else {
        parts.push_back(PartOf((*list)[i], column == kCast));
      }
    }
  }
  return parts;
}

}  // namespace troupe
