#include <memory>
#include <string>
#include <vector>

#include "services/cli/command.h"
#include "services/cli/jsonl_import.h"
#include "services/cli/option_values.h"
#include "services/cli/tmdb_import.h"

namespace troupe {
namespace {

struct ImportOptions {
  std::string format;
  std::vector<std::string> files;
  std::string kind;
  std::string findable;
  TmdbImportOptions tmdb;
  std::string request_id;
  std::string rejects = "troupe-rejects.jsonl";
};

// What the formats ask for beyond what the parser can tell. Throws what the
// parser throws for bad usage.
void Check(const ImportOptions& options) {
  if (options.format == "tmdb") {
    if (options.files.size() != 2) {
      throw CLI::ValidationError("FILE", "give the movies file, then the credits file");
    }
    if (options.findable.empty()) {
      throw CLI::ValidationError(
          "--findable", "say whether other organizations may find these records: yes or no");
    }
    if (!options.kind.empty()) throw CLI::ValidationError("--kind", "is for --format=jsonl");
    return;
  }
  if (options.kind.empty()) throw CLI::ValidationError("--kind", "say profiles or projects");
  if (!options.findable.empty() || options.tmdb.until.has_value() ||
      !options.tmdb.drop_keywords.empty()) {
    throw CLI::ValidationError("--findable, --until and --drop-keywords",
                               "are for --format=tmdb; each line states its own findability");
  }
}

absl::Status Import(const ImportOptions& options, Session& session) {
  if (options.format == "jsonl") {
    return ImportJsonl({.files = options.files,
                        .projects = options.kind == "projects",
                        .request_id = options.request_id,
                        .rejects = options.rejects},
                       session);
  }
  TmdbImportOptions tmdb = options.tmdb;
  tmdb.movies = options.files[0];
  tmdb.credits = options.files[1];
  tmdb.findability =
      options.findable == "yes" ? v1::FINDABILITY_FINDABLE : v1::FINDABILITY_HIDDEN;
  tmdb.request_id = options.request_id;
  tmdb.rejects = options.rejects;
  return ImportTmdb(tmdb, session);
}

void AddOptions(CLI::App& command, ImportOptions& options) {
  command.add_option("FILE", options.files, "The files, compressed with gzip or not")
      ->required();
  RequireOneOf({"tmdb", "jsonl"},
               *command
                    .add_option("--format", options.format,
                                "tmdb: a movies and a credits file, CSV with JSON columns; "
                                "jsonl: a record a line, as protobuf JSON")
                    ->required());
  RequireOneOf({"yes", "no"},
               *command.add_option(
                   "--findable", options.findable,
                   "tmdb: whether other organizations may find the records (required)"));
  RequireOneOf({"profiles", "projects"}, *command.add_option("--kind", options.kind,
                                                             "jsonl: what a line is (required)"));
  AddDayOption(command, "--until", options.tmdb.until,
               "tmdb: only films released before this day");
  command
      .add_option("--drop-keywords", options.tmdb.drop_keywords,
                  "tmdb: leave out the keywords whose ids are in this file, one a line")
      ->type_name("FILE");
  command
      .add_option("--rejects", options.rejects,
                  "Where rejects go, as JSON lines; written only if there are any")
      ->capture_default_str()
      ->type_name("FILE");
  command
      .add_option("--request-id", options.request_id,
                  "An id for this import: run again with it, nothing is stored twice, also of "
                  "records without an external id")
      ->type_name("ID");
}

}  // namespace

void AddImportCommand(CLI::App& app, Action& chosen) {
  auto options = std::make_shared<ImportOptions>();
  CLI::App& command = *app.add_subcommand("import", "Import records from files");
  AddOptions(command, *options);
  command.footer(
      "Bad lines are told, and kept in the rejects file; all others go in. The exit code is\n"
      "then 1. Importing the same file again changes nothing.");
  command.callback([options, &chosen] {
    Check(*options);
    chosen = [options](Session& session) { return Import(*options, session); };
  });
}

}  // namespace troupe
