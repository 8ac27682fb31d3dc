#include "services/cli/tmdb_catalogue.h"

#include <algorithm>
#include <memory>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "matcher/base/status_macros.h"
#include "matcher/base/violation.h"
#include "matcher/domain/credit.h"
#include "services/cli/csv_reader.h"
#include "services/cli/text_bytes.h"

namespace troupe {
namespace {

constexpr char kCastRole[] = "actor";
constexpr size_t kMostJobBytes = 100;
constexpr int32_t kLeftOut = -1;

Reject AtRecord(const std::string& path, const CsvRecord& record, absl::string_view field,
                absl::string_view reason) {
  return {.file = path,
          .line = record.line,
          .field = std::string(field),
          .reason = std::string(reason),
          .raw = record.raw};
}

// Hands each record to `take`; malformed ones go to `rejects`.
template <typename Take>
absl::Status ReadAll(const std::string& path, const std::vector<std::string>& columns,
                     RejectLog& rejects, const Take& take) {
  TROUPE_ASSIGN_OR_RETURN(const std::unique_ptr<CsvReader> reader,
                          CsvReader::Open(path, columns));
  CsvRecord record;
  while (true) {
    TROUPE_ASSIGN_OR_RETURN(const bool more, reader->Read(record));
    if (!more) return absl::OkStatus();
    if (record.problem.empty()) {
      take(record);
    } else {
      rejects.Add(AtRecord(path, record, "", record.problem));
    }
  }
}

// Says whether `job` is a new one.
bool AddJob(std::string& jobs, absl::string_view job) {
  for (absl::string_view rest = jobs; !rest.empty();) {
    const size_t comma = std::min(rest.find(", "), rest.size());
    if (rest.substr(0, comma) == job) return false;
    rest.remove_prefix(std::min(comma + 2, rest.size()));
  }
  jobs = CleanText(absl::StrCat(jobs, jobs.empty() ? "" : ", ", job), kMostJobBytes);
  return true;
}

}  // namespace

bool TmdbPerson::Holds(absl::string_view role) const {
  return std::any_of(credits.begin(), credits.end(),
                     [&](const TmdbCredit& credit) { return credit.role == role; });
}

absl::Status TmdbCatalogue::ReadMovies(const std::string& path) {
  return ReadAll(path, TmdbMovieColumns(), rejects_,
                 [&](const CsvRecord& record) { TakeFilm(path, record); });
}

absl::Status TmdbCatalogue::ReadCredits(const std::string& path) {
  TROUPE_RETURN_IF_ERROR(
      ReadAll(path, TmdbCreditColumns(), rejects_,
              [&](const CsvRecord& record) { TakeCredits(path, record); }));
  std::sort(people_.begin(), people_.end(),
            [](const TmdbPerson& a, const TmdbPerson& b) { return a.id < b.id; });
  return absl::OkStatus();
}

bool TmdbCatalogue::IsWanted(const TmdbFilm& film) {
  if (!until_.has_value()) return true;
  if (!film.release_date.has_value()) ++counts_.films_undated;
  if (film.release_date.has_value() && *film.release_date >= *until_) ++counts_.films_left_out;
  return film.release_date.has_value() && *film.release_date < *until_;
}

void TmdbCatalogue::TakeFilm(const std::string& path, const CsvRecord& record) {
  absl::StatusOr<TmdbFilm> film = ParseFilm(record, dropped_);
  if (!film.ok()) {
    for (const FieldViolation& bad : ViolationsOf(film.status())) {
      rejects_.Add(AtRecord(path, record, bad.field, absl::StrCat(bad.problem, ": ", bad.fix)));
    }
    return;
  }
  const auto [at, is_new] = film_places_.emplace(film->id, kLeftOut);
  if (!is_new) {
    return rejects_.Add(AtRecord(path, record, "id", "is that of an earlier film: give its own"));
  }
  ++counts_.films_read;
  if (!IsWanted(*film)) return;
  if (film->tags_cut) ++counts_.films_cut;
  at->second = static_cast<int32_t>(films_.size());
  films_.push_back(*std::move(film));
}

void TmdbCatalogue::TakeCredits(const std::string& path, const CsvRecord& record) {
  const absl::StatusOr<int64_t> film = ParseCreditedFilm(record);
  if (!film.ok()) {
    return rejects_.Add(
        AtRecord(path, record, "movie_id", "is not a number above 0: give the film's id"));
  }
  const auto at = film_places_.find(*film);
  if (at == film_places_.end()) {
    return rejects_.Add(AtRecord(path, record, "movie_id",
                                 "is no film taken from the movies file: mend the film there"));
  }
  if (!credited_films_.insert(*film).second) {
    return rejects_.Add(AtRecord(path, record, "movie_id", "has an earlier line: join the two"));
  }
  if (at->second == kLeftOut) return;
  const auto on_fault = [&](absl::string_view field, absl::string_view problem) {
    rejects_.Add(AtRecord(path, record, field, problem));
  };
  for (TmdbPart& part : ParseParts(record, on_fault)) {
    TakePart(at->second, record.line, std::move(part));
  }
}

void TmdbCatalogue::TakePart(int32_t film, int64_t line, TmdbPart part) {
  const std::string role = part.cast ? kCastRole : jobs_.RoleOf(part.job);
  if (part.cast) {
    ++counts_.cast_entries;
  } else if (role == kOtherRole) {
    ++counts_.unmapped_entries;
    ++unmapped_jobs_[part.job];
  } else {
    ++counts_.mapped_entries;
    mapped_jobs_.insert(part.job);
  }
  const auto [at, is_new] = person_places_.emplace(part.person, people_.size());
  if (is_new) {
    people_.push_back({.id = part.person, .line = line, .name = std::move(part.name)});
  }
  TmdbPerson& person = people_[at->second];
  if (person.gender < 1 || 3 < person.gender) person.gender = part.gender;
  // A film is read in one go, so its credits are the person's last.
  auto credit = person.credits.rbegin();
  while (credit != person.credits.rend() && credit->film == film && credit->role != role) ++credit;
  if (credit != person.credits.rend() && credit->film == film) {
    AddJob(credit->job, part.job);
    if (part.cast_order.has_value() &&
        (!credit->cast_order.has_value() || *part.cast_order < *credit->cast_order)) {
      credit->cast_order = part.cast_order;
    }
    return;
  }
  ++counts_.credits;
  person.credits.push_back(
      {.film = film, .role = role, .job = part.job, .cast_order = part.cast_order});
}

TmdbRoleCounts TmdbCatalogue::RoleCounts() const {
  TmdbRoleCounts counts;
  for (const TmdbPerson& person : people_) {
    const int64_t acted = person.Holds(kCastRole);
    const int64_t directed = person.Holds("director");
    const int64_t wrote = person.Holds("writer");
    counts.acted += acted;
    counts.directed += directed;
    counts.wrote += wrote;
    counts.at_least_two += acted + directed + wrote >= 2;
    counts.all_three += acted + directed + wrote == 3;
  }
  return counts;
}

std::vector<std::pair<std::string, int64_t>> TmdbCatalogue::UnmappedJobs() const {
  std::vector<std::pair<std::string, int64_t>> jobs(unmapped_jobs_.begin(), unmapped_jobs_.end());
  std::sort(jobs.begin(), jobs.end(), [](const auto& a, const auto& b) {
    return a.second != b.second ? a.second > b.second : a.first < b.first;
  });
  return jobs;
}

}  // namespace troupe
