#ifndef TROUPE_SERVICES_CLI_TMDB_SUMMARY_H_
#define TROUPE_SERVICES_CLI_TMDB_SUMMARY_H_

#include "nlohmann/json.hpp"
#include "services/cli/streams.h"
#include "services/cli/tmdb_catalogue.h"

namespace troupe {

// What was read from a pair of files, for a user; with `verbose`, also the jobs
// that became other credits.
void PrintTmdbSummary(const TmdbCatalogue& catalogue, bool verbose, const Streams& streams);

// The same for a machine.
nlohmann::ordered_json TmdbSummary(const TmdbCatalogue& catalogue);

}  // namespace troupe

#endif  // TROUPE_SERVICES_CLI_TMDB_SUMMARY_H_
