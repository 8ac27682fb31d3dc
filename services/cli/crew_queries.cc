#include "services/cli/crew_queries.h"

#include <algorithm>
#include <filesystem>
#include <utility>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_split.h"
#include "absl/strings/strip.h"
#include "matcher/base/status_macros.h"
#include "matcher/base/violation.h"
#include "nlohmann/json.hpp"
#include "services/cli/input_file.h"
#include "services/cli/tmdb_film.h"
#include "services/cli/tmdb_records.h"

namespace troupe {
namespace {

using Json = nlohmann::json;

constexpr int64_t kLeastBudget = 1'000;  // Less is a slip of whoever entered it.
constexpr int32_t kLastBilled = 4;       // From 0.

std::vector<Label> LabelsIn(const Json& list) {
  std::vector<Label> labels;
  for (const Json& entry : list) {
    labels.push_back({absl::StrCat("tmdb:", entry.at("id").get<int64_t>()),
                      entry.value("name", std::string())});
  }
  return labels;
}

// As a record of an import.
v1::Project ProjectIn(const Json& query) {
  TmdbFilm film;
  film.genres = LabelsIn(query.at("genres"));
  film.tags = LabelsIn(query.at("keywords"));
  film.companies = LabelsIn(query.at("companies"));
  film.countries = query.at("countries").get<std::vector<std::string>>();
  if (query.at("language").is_string()) {
    film.original_language = TmdbLanguage(query.at("language").get<std::string>());
  }
  if (query.at("budget").is_number_integer()) film.budget_usd = query.at("budget").get<int64_t>();
  if (film.budget_usd < kLeastBudget) film.budget_usd = 0;
  v1::Project project = ProjectOf(film, v1::FINDABILITY_UNSPECIFIED);
  project.clear_external_id();
  return project;
}

// Throws what the JSON library throws for what is missing or of another type.
CrewQuery QueryIn(const Json& json) {
  CrewQuery query;
  query.id = json.at("qid").get<std::string>();
  query.role = json.at("role").get<std::string>();
  const std::optional<Day> as_of = Day::Parse(json.at("as_of").get<std::string>());
  if (!as_of.has_value()) throw std::invalid_argument("as_of is not a date");
  query.as_of = *as_of;
  query.project = ProjectIn(json);
  query.attached = json.at("attached").get<std::map<std::string, std::vector<int64_t>>>();
  query.truth = json.at("truth").get<std::vector<int64_t>>();
  if (TaxonomyRole(query.role).empty()) throw std::invalid_argument("role is not known");
  for (const auto& [role, people] : query.attached) {
    if (TaxonomyRole(role).empty()) throw std::invalid_argument("a role is not known");
  }
  return query;
}

absl::Status BadLine(const std::string& path, int64_t line, absl::string_view problem) {
  return InvalidField(absl::StrCat(path, " line ", line),
                      absl::StrCat("is not a query (", problem, ")"),
                      "give an object with qid, role, as_of, genres, keywords, companies, "
                      "countries, language, budget, attached and truth");
}

absl::StatusOr<CrewPool> ReadPool(const std::string& path) {
  TROUPE_ASSIGN_OR_RETURN(InputFile file, InputFile::Open(path));
  std::string text, line;
  while (true) {
    TROUPE_ASSIGN_OR_RETURN(const bool more, file.ReadLine(line));
    if (!more) break;
    text += line;
  }
  CrewPool pool;
  try {
    const Json roles = Json::parse(text);
    for (const auto& [role, people] : roles.items()) {
      const auto ids = people.get<std::vector<int64_t>>();
      pool[role].insert(ids.begin(), ids.end());
    }
  } catch (const std::exception&) {
    return InvalidField(path, "is not a pool", "give an object of lists of people by role");
  }
  return pool;
}

}  // namespace

bool CrewQuery::IsAttached(int64_t person) const {
  return std::any_of(attached.begin(), attached.end(), [&](const auto& entry) {
    return std::find(entry.second.begin(), entry.second.end(), person) != entry.second.end();
  });
}

std::string TaxonomyRole(const std::string& role) {
  static const auto& roles = *new std::map<std::string, std::string>{  // Constant data.
      {"director", "director"}, {"writer", "writer"},     {"actor", "actor"},
      {"producer", "producer"}, {"editor", "editor"},     {"dop", "director-of-photography"},
      {"composer", "composer"}};
  const auto found = roles.find(role);
  return found == roles.end() ? "" : found->second;
}

absl::StatusOr<std::vector<CrewQuery>> ReadCrewQueries(const std::string& path) {
  TROUPE_ASSIGN_OR_RETURN(InputFile file, InputFile::Open(path));
  std::vector<CrewQuery> queries;
  std::string line;
  for (int64_t number = 1;; ++number) {
    TROUPE_ASSIGN_OR_RETURN(const bool more, file.ReadLine(line));
    if (!more) return queries;
    if (absl::StripAsciiWhitespace(line).empty()) continue;
    try {
      queries.push_back(QueryIn(Json::parse(line)));
    } catch (const nlohmann::json::exception& error) {
      return BadLine(path, number, "a field is missing or of another type");
    } catch (const std::invalid_argument& error) {
      return BadLine(path, number, error.what());
    }
  }
}

absl::StatusOr<std::optional<CrewPool>> ReadCrewPool(const std::string& path,
                                                     const std::vector<CrewQuery>& queries) {
  if (queries.empty()) return std::nullopt;
  const std::string split = std::vector<std::string>(absl::StrSplit(queries[0].id, '-'))[0];
  const std::filesystem::path folder = std::filesystem::path(path).parent_path();
  for (const char* ending : {".json", ".json.gz"}) {
    const std::filesystem::path file = folder / absl::StrCat("pool_", split, ending);
    std::error_code ignored;
    if (!std::filesystem::exists(file, ignored)) continue;
    TROUPE_ASSIGN_OR_RETURN(CrewPool pool, ReadPool(file.string()));
    return pool;
  }
  return std::nullopt;
}

bool IsInCrewPool(const v1::Profile& profile, const std::string& role, Day as_of) {
  const std::string wanted = TaxonomyRole(role);
  return std::any_of(
      profile.credits().begin(), profile.credits().end(), [&](const v1::Credit& credit) {
        if (credit.role() != wanted || !credit.has_date()) return false;
        const Day date(absl::CivilDay(credit.date().year(), credit.date().month(),
                                      credit.date().day()));
        if (date >= as_of) return false;
        return role != "actor" || (credit.has_cast_order() && credit.cast_order() <= kLastBilled);
      });
}

}  // namespace troupe
