#include "services/cli/tmdb_import.h"

#include <string>
#include <utility>

#include "absl/strings/ascii.h"
#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "matcher/base/status_macros.h"
#include "matcher/base/violation.h"
#include "nlohmann/json.hpp"
#include "services/cli/input_file.h"
#include "services/cli/record_sender.h"
#include "services/cli/reject_log.h"
#include "services/cli/tmdb_catalogue.h"
#include "services/cli/tmdb_records.h"
#include "services/cli/tmdb_summary.h"

namespace troupe {
namespace {

RecordSource<v1::Project> Films(const TmdbImportOptions& options,
                                const TmdbCatalogue& catalogue) {
  const auto& films = catalogue.films();
  return {.next = [&films, next = size_t{0}, &options](v1::Project& project) mutable
            -> absl::StatusOr<bool> {
            if (next == films.size()) return false;
            project = ProjectOf(films[next++], options.findability);
            return true;
          },
          .origin = [&films, &options](int64_t item) -> Reject {
            return {.file = options.movies, .line = films[static_cast<size_t>(item)].line};
          },
          .on_answer = nullptr};
}

RecordSource<v1::Profile> People(const TmdbImportOptions& options,
                                 const TmdbCatalogue& catalogue) {
  const auto& people = catalogue.people();
  return {.next = [&catalogue, next = size_t{0}, &options](v1::Profile& profile) mutable
            -> absl::StatusOr<bool> {
            if (next == catalogue.people().size()) return false;
            profile = ProfileOf(catalogue.people()[next++], catalogue.films(),
                                options.findability);
            return true;
          },
          .origin = [&people, &options](int64_t item) -> Reject {
            return {.file = options.credits, .line = people[static_cast<size_t>(item)].line};
          },
          .on_answer = nullptr};
}

}  // namespace

absl::StatusOr<absl::flat_hash_set<int64_t>> ReadIds(const std::string& path) {
  TROUPE_ASSIGN_OR_RETURN(InputFile file, InputFile::Open(path));
  absl::flat_hash_set<int64_t> ids;
  std::string text;
  for (int line = 1;; ++line) {
    TROUPE_ASSIGN_OR_RETURN(const bool more, file.ReadLine(text));
    if (!more) return ids;
    const absl::string_view word = absl::StripAsciiWhitespace(text);
    if (word.empty() || word[0] == '#') continue;
    int64_t id = 0;
    if (!absl::SimpleAtoi(word.substr(0, word.find_first_of(" \t,;#")), &id)) {
      return InvalidField(absl::StrCat(path, ":", line), "does not begin with an id",
                          "give one id a line");
    }
    ids.insert(id);
  }
}

absl::Status ImportTmdb(const TmdbImportOptions& options, Session& session) {
  absl::flat_hash_set<int64_t> dropped;
  if (!options.drop_keywords.empty()) {
    TROUPE_ASSIGN_OR_RETURN(dropped, ReadIds(options.drop_keywords));
  }
  RejectLog rejects(options.rejects, session.streams().err);
  TmdbCatalogue catalogue(options.until, std::move(dropped), ShippedTmdbJobs(), rejects);
  TROUPE_RETURN_IF_ERROR(catalogue.ReadMovies(options.movies));
  TROUPE_RETURN_IF_ERROR(catalogue.ReadCredits(options.credits));
  if (!session.json()) PrintTmdbSummary(catalogue, session.verbose(), session.streams());
  const std::string id = RequestIdFor(options.request_id, session);
  ImportTally projects;
  TROUPE_RETURN_IF_ERROR(SendRecords(session,
                                     {.label = "projects",
                                      .request_id = absl::StrCat(id, "-projects"),
                                      .total = static_cast<int64_t>(catalogue.films().size())},
                                     Films(options, catalogue), rejects, projects));
  ImportTally profiles;
  TROUPE_RETURN_IF_ERROR(SendRecords(session,
                                     {.label = "profiles",
                                      .request_id = absl::StrCat(id, "-profiles"),
                                      .total = static_cast<int64_t>(catalogue.people().size())},
                                     People(options, catalogue), rejects, profiles));
  if (session.json()) {
    nlohmann::ordered_json summary = TmdbSummary(catalogue);
    summary["projects"] = projects.ToJson();
    summary["profiles"] = profiles.ToJson();
    summary["rejects"] = rejects.count();
    if (rejects.count() > 0) summary["rejects_file"] = rejects.path();
    session.out() << summary.dump() << "\n";
  } else {
    session.out() << "projects   " << projects.ToString() << "\n"
                  << "profiles   " << profiles.ToString() << "\n";
  }
  return CloseRejects(rejects);
}

}  // namespace troupe
