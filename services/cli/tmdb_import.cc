#include "services/cli/tmdb_import.h"

#include <utility>
#include <vector>

#include "absl/strings/ascii.h"
#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_split.h"
#include "matcher/base/status_macros.h"
#include "matcher/base/violation.h"
#include "nlohmann/json.hpp"
#include "services/cli/input_file.h"
#include "services/cli/number_text.h"
#include "services/cli/record_sender.h"
#include "services/cli/reject_log.h"
#include "services/cli/table.h"
#include "services/cli/tmdb_catalogue.h"
#include "services/cli/tmdb_records.h"

namespace troupe {
namespace {

constexpr size_t kJobsTold = 15;

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

void PrintSummary(const TmdbCatalogue& catalogue, const Session& session) {
  const TmdbCounts& counts = catalogue.counts();
  const TmdbRoleCounts roles = catalogue.RoleCounts();
  const std::vector<std::pair<std::string, int64_t>> unmapped = catalogue.UnmappedJobs();
  Table table({{.title = ""}, {.title = "", .shrinks = true}});
  std::string kept = absl::StrCat(WithCommas(counts.films_read), " read, ",
                                  WithCommas(static_cast<int64_t>(catalogue.films().size())),
                                  " kept");
  if (counts.films_left_out > 0) {
    absl::StrAppend(&kept, ", ", WithCommas(counts.films_left_out), " released later");
  }
  if (counts.films_undated > 0) {
    absl::StrAppend(&kept, ", ", WithCommas(counts.films_undated), " without a release date");
  }
  table.AddRow({"films", kept});
  if (counts.films_cut > 0) {
    table.AddRow({"keywords", absl::StrCat("only the first 50 of ",
                                           Counted(counts.films_cut, "film"))});
  }
  table.AddRow({"people", WithCommas(static_cast<int64_t>(catalogue.people().size()))});
  table.AddRow({"", absl::StrCat(WithCommas(roles.acted), " acted, ", WithCommas(roles.directed),
                                 " directed, ", WithCommas(roles.wrote), " wrote; ",
                                 WithCommas(roles.at_least_two), " did at least two of these, ",
                                 WithCommas(roles.all_three), " all three")});
  table.AddRow({"credits", absl::StrCat(WithCommas(counts.credits), " (one a person, film and "
                                        "role), from ",
                                        WithCommas(counts.cast_entries + counts.mapped_entries +
                                                   counts.unmapped_entries),
                                        " entries")});
  table.AddRow({"crew jobs", absl::StrCat(WithCommas(counts.mapped_entries), " entries of ",
                                          Counted(catalogue.mapped_job_kinds(), "job"),
                                          " are roles; ", WithCommas(counts.unmapped_entries),
                                          " of ",
                                          Counted(static_cast<int64_t>(unmapped.size()), "job"),
                                          " became other credits")});
  table.AddRow({"levels", "1 for one credit in a role, 2 from 2, 3 from 4, 4 from 9, 5 from 20"});
  table.Print(session.streams());
  if (!session.verbose()) return;
  session.out() << "Jobs that became other credits:\n";
  Table jobs({{.title = "", .right = true}, {.title = ""}});
  for (size_t i = 0; i < std::min(unmapped.size(), kJobsTold); ++i) {
    jobs.AddRow({WithCommas(unmapped[i].second), unmapped[i].first});
  }
  jobs.Print(session.streams(), "  ");
}

void PrintSummaryJson(const TmdbCatalogue& catalogue, const ImportTally& projects,
                      const ImportTally& profiles, const RejectLog& rejects,
                      const Session& session) {
  const TmdbCounts& counts = catalogue.counts();
  const TmdbRoleCounts roles = catalogue.RoleCounts();
  nlohmann::ordered_json summary = {
      {"films_read", counts.films_read},
      {"films_kept", catalogue.films().size()},
      {"films_released_later", counts.films_left_out},
      {"films_without_release_date", counts.films_undated},
      {"films_with_keywords_cut", counts.films_cut},
      {"people", catalogue.people().size()},
      {"acted", roles.acted},
      {"directed", roles.directed},
      {"wrote", roles.wrote},
      {"at_least_two", roles.at_least_two},
      {"all_three", roles.all_three},
      {"credits", counts.credits},
      {"cast_entries", counts.cast_entries},
      {"mapped_entries", counts.mapped_entries},
      {"mapped_jobs", catalogue.mapped_job_kinds()},
      {"unmapped_entries", counts.unmapped_entries},
      {"unmapped_jobs", catalogue.UnmappedJobs().size()},
      {"projects", projects.ToJson()},
      {"profiles", profiles.ToJson()},
      {"rejects", rejects.count()}};
  if (rejects.count() > 0) summary["rejects_file"] = rejects.path();
  session.out() << summary.dump() << "\n";
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
  if (!session.json()) PrintSummary(catalogue, session);
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
    PrintSummaryJson(catalogue, projects, profiles, rejects, session);
  } else {
    session.out() << "projects   " << projects.ToString() << "\n"
                  << "profiles   " << profiles.ToString() << "\n";
  }
  return CloseRejects(rejects);
}

}  // namespace troupe
