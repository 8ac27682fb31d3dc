#include "services/cli/tmdb_summary.h"

#include <algorithm>
#include <string>
#include <utility>
#include <vector>

#include "absl/strings/str_cat.h"
#include "services/cli/number_text.h"
#include "services/cli/table.h"

namespace troupe {
namespace {

constexpr size_t kJobsTold = 15;

int64_t SizeOf(const auto& list) { return static_cast<int64_t>(list.size()); }

std::string Films(const TmdbCatalogue& catalogue) {
  const TmdbCounts& counts = catalogue.counts();
  std::string text = absl::StrCat(WithCommas(counts.films_read), " read, ",
                                  WithCommas(SizeOf(catalogue.films())), " kept");
  if (counts.films_left_out > 0) {
    absl::StrAppend(&text, ", ", WithCommas(counts.films_left_out), " released later");
  }
  if (counts.films_undated > 0) {
    absl::StrAppend(&text, ", ", WithCommas(counts.films_undated), " without a release date");
  }
  return text;
}

std::string Roles(const TmdbRoleCounts& roles) {
  return absl::StrCat(WithCommas(roles.acted), " acted, ", WithCommas(roles.directed),
                      " directed, ", WithCommas(roles.wrote), " wrote; ",
                      WithCommas(roles.at_least_two), " did at least two of these, ",
                      WithCommas(roles.all_three), " all three");
}

std::string Credits(const TmdbCounts& counts) {
  const int64_t entries = counts.cast_entries + counts.mapped_entries + counts.unmapped_entries;
  return absl::StrCat(WithCommas(counts.credits), " (one a person, film and role), from ",
                      WithCommas(entries), " entries");
}

std::string Jobs(const TmdbCatalogue& catalogue) {
  const TmdbCounts& counts = catalogue.counts();
  return absl::StrCat(WithCommas(counts.mapped_entries), " entries of ",
                      Counted(catalogue.mapped_job_kinds(), "job"), " are roles; ",
                      WithCommas(counts.unmapped_entries), " of ",
                      Counted(SizeOf(catalogue.UnmappedJobs()), "job"),
                      " became other credits");
}

void PrintUnmappedJobs(const TmdbCatalogue& catalogue, const Streams& streams) {
  const std::vector<std::pair<std::string, int64_t>> unmapped = catalogue.UnmappedJobs();
  if (unmapped.empty()) return;
  streams.out << "Jobs that became other credits:\n";
  Table jobs({{.title = "", .right = true}, {.title = ""}});
  for (size_t i = 0; i < std::min(unmapped.size(), kJobsTold); ++i) {
    jobs.AddRow({WithCommas(unmapped[i].second), unmapped[i].first});
  }
  jobs.Print(streams, "  ");
}

}  // namespace

void PrintTmdbSummary(const TmdbCatalogue& catalogue, bool verbose, const Streams& streams) {
  const int64_t cut = catalogue.counts().films_cut;
  Table table({{.title = ""}, {.title = "", .wraps = true}});
  table.AddRow({"films", Films(catalogue)});
  if (cut > 0) {
    table.AddRow({"keywords", absl::StrCat("only the first 50 of ", Counted(cut, "film"))});
  }
  table.AddRow({"people", WithCommas(SizeOf(catalogue.people()))});
  table.AddRow({"", Roles(catalogue.RoleCounts())});
  table.AddRow({"credits", Credits(catalogue.counts())});
  table.AddRow({"crew jobs", Jobs(catalogue)});
  table.AddRow({"levels", "1 for one credit in a role, 2 from 2, 3 from 4, 4 from 9, 5 from 20"});
  table.Print(streams);
  if (verbose) PrintUnmappedJobs(catalogue, streams);
}

nlohmann::ordered_json TmdbSummary(const TmdbCatalogue& catalogue) {
  const TmdbCounts& counts = catalogue.counts();
  const TmdbRoleCounts roles = catalogue.RoleCounts();
  return {{"films_read", counts.films_read},
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
          {"unmapped_jobs", catalogue.UnmappedJobs().size()}};
}

}  // namespace troupe
