#ifndef TROUPE_SERVICES_CLI_TMDB_CATALOGUE_H_
#define TROUPE_SERVICES_CLI_TMDB_CATALOGUE_H_

#include <cstdint>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "absl/container/flat_hash_map.h"
#include "absl/container/flat_hash_set.h"
#include "absl/status/status.h"
#include "matcher/base/day.h"
#include "services/cli/reject_log.h"
#include "services/cli/tmdb_film.h"
#include "services/cli/tmdb_jobs.h"

namespace troupe {

// What a person did in one role of one film, all jobs of that role joined.
struct TmdbCredit {
  int32_t film = 0;  // Its place in TmdbCatalogue::films.
  std::string role;
  std::string job;  // "Screenplay, Story"; empty for cast.
  std::optional<int32_t> cast_order;
};

// A person of the credits file, with every part in a film that was taken.
struct TmdbPerson {
  int64_t id = 0;
  int64_t line = 0;  // Where the person stands first in the credits file.
  std::string name;
  int64_t gender = 0;  // The first that is stated; see TmdbPart.
  std::vector<TmdbCredit> credits;  // In the order of the file.

  bool Holds(absl::string_view role) const;
};

// How many there are, for the summary of an import.
struct TmdbCounts {
  int64_t films_read = 0;  // Lines of the movies file that are films.
  int64_t films_left_out = 0;  // Not released before the date asked for.
  int64_t films_undated = 0;   // Left out because they have no release date.
  int64_t films_cut = 0;       // Films with more keywords than a record holds.
  int64_t credits = 0;         // One a person, film and role.
  int64_t cast_entries = 0;
  int64_t mapped_entries = 0;    // Crew entries whose job is a role.
  int64_t unmapped_entries = 0;  // Those that became other credits.
};

// How many people acted, directed, wrote, and did several of these.
struct TmdbRoleCounts {
  int64_t acted = 0;
  int64_t directed = 0;
  int64_t wrote = 0;
  int64_t at_least_two = 0;
  int64_t all_three = 0;
};

// The films and people of a pair of Kaggle-shaped files, joined on the ids of
// the source: never on names, which people share. Memory: all of them, without
// the texts that Troupe has no use for. Thread-compatible.
class TmdbCatalogue {
 public:
  // Takes only films released before `until`, if there is one, without the
  // keywords in `dropped_keywords`. `jobs` and `rejects` outlive it.
  TmdbCatalogue(std::optional<Day> until, absl::flat_hash_set<int64_t> dropped_keywords,
                const TmdbJobs& jobs, RejectLog& rejects)
      : until_(until), dropped_(std::move(dropped_keywords)), jobs_(jobs), rejects_(rejects) {}

  // Reads every good film of the movies file; what is bad goes to the rejects.
  // Errors as CsvReader's: the file itself cannot be read.
  absl::Status ReadMovies(const std::string& path);

  // Reads every good part of the credits file, after ReadMovies.
  absl::Status ReadCredits(const std::string& path);

  const std::vector<TmdbFilm>& films() const { return films_; }
  // By id, once ReadCredits is done.
  const std::vector<TmdbPerson>& people() const { return people_; }

  const TmdbCounts& counts() const { return counts_; }
  TmdbRoleCounts RoleCounts() const;
  int64_t mapped_job_kinds() const { return static_cast<int64_t>(mapped_jobs_.size()); }
  // Jobs that became other credits with their entries, most frequent first.
  std::vector<std::pair<std::string, int64_t>> UnmappedJobs() const;

 private:
  void TakeFilm(const std::string& path, const CsvRecord& record);
  void TakeCredits(const std::string& path, const CsvRecord& record);
  void TakePart(int32_t film, int64_t line, TmdbPart part);
  bool IsWanted(const TmdbFilm& film);

  std::optional<Day> until_;
  absl::flat_hash_set<int64_t> dropped_;
  const TmdbJobs& jobs_;
  RejectLog& rejects_;
  std::vector<TmdbFilm> films_;
  // Every film of the movies file: its place in `films_`, or -1 if left out.
  absl::flat_hash_map<int64_t, int32_t> film_places_;
  absl::flat_hash_set<int64_t> credited_films_;
  std::vector<TmdbPerson> people_;
  absl::flat_hash_map<int64_t, size_t> person_places_;
  absl::flat_hash_map<std::string, int64_t> unmapped_jobs_;
  absl::flat_hash_set<std::string> mapped_jobs_;
  TmdbCounts counts_;
};

}  // namespace troupe

#endif  // TROUPE_SERVICES_CLI_TMDB_CATALOGUE_H_
