#ifndef TROUPE_SERVICES_CLI_TMDB_FILM_H_
#define TROUPE_SERVICES_CLI_TMDB_FILM_H_

#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "absl/container/flat_hash_set.h"
#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "matcher/base/day.h"
#include "matcher/domain/label.h"
#include "services/cli/csv_reader.h"

namespace troupe {

// A line of the movies file, as far as Troupe has a use for it.
struct TmdbFilm {
  int64_t id = 0;
  int64_t line = 0;  // Where it stands in the movies file.
  std::string title;
  std::vector<Label> genres;  // Ids are "tmdb:28".
  std::vector<Label> tags;    // The source's keywords.
  std::vector<Label> companies;
  std::vector<std::string> countries;  // ISO 3166-1 alpha-2.
  std::string original_language;       // BCP 47; empty: not known, or none.
  int64_t budget_usd = 0;              // 0: not known.
  std::optional<Day> release_date;
  bool tags_cut = false;  // There were more keywords than a record holds.
};

// A person's part in a film, as the credits file states it.
struct TmdbPart {
  int64_t person = 0;
  std::string name;
  int64_t gender = 0;  // 1 female, 2 male, 3 non-binary; else not stated.
  bool cast = false;
  std::string job;                     // Of crew: "Screenplay".
  std::optional<int32_t> cast_order;
};

// A language as the source writes it, which has codes of its own for Cantonese
// and for films without speech, as BCP 47; empty: none.
std::string TmdbLanguage(absl::string_view code);

// The columns that ParseFilm reads, in its order.
const std::vector<std::string>& TmdbMovieColumns();

// The film of a record of the movies file, without the keywords whose ids are
// in `dropped`. INVALID_ARGUMENT with a violation per bad column.
absl::StatusOr<TmdbFilm> ParseFilm(const CsvRecord& record,
                                   const absl::flat_hash_set<int64_t>& dropped);

// The columns that ParseCredits reads, in its order.
const std::vector<std::string>& TmdbCreditColumns();

// What is wrong with one column or entry ("crew[3].id") of a record.
using TmdbFault = std::function<void(absl::string_view field, absl::string_view problem)>;

// The film's id of a record of the credits file. INVALID_ARGUMENT if it has
// none.
absl::StatusOr<int64_t> ParseCreditedFilm(const CsvRecord& record);

// Every good part of a record of the credits file, cast first; `on_fault` hears
// of each column or entry that is bad.
std::vector<TmdbPart> ParseParts(const CsvRecord& record, const TmdbFault& on_fault);

}  // namespace troupe

#endif  // TROUPE_SERVICES_CLI_TMDB_FILM_H_
