#ifndef TROUPE_SERVICES_CLI_TMDB_RECORDS_H_
#define TROUPE_SERVICES_CLI_TMDB_RECORDS_H_

#include <cstdint>
#include <vector>

#include "services/cli/tmdb_catalogue.h"
#include "troupe/v1/profile.pb.h"
#include "troupe/v1/project.pb.h"

namespace troupe {

// The level that so many credits in a role stand for:
// 1 for one, 2 from 2, 3 from 4, 4 from 9, 5 from 20.
int32_t LevelFromCredits(int64_t credits);

// A film as a project without openings, external id tmdb/<movie id>.
v1::Project ProjectOf(const TmdbFilm& film, v1::Findability findability);

// A person as a profile, external id tmdb/<person id>: a role for each that the
// credits show except "other", with its level from the number of credits and
// its years from the first to the last of them; one credit a film and role; no
// home, calendar or rate, which the source does not know. Only the newest 2,000
// credits, as many as a profile holds.
v1::Profile ProfileOf(const TmdbPerson& person, const std::vector<TmdbFilm>& films,
                      v1::Findability findability);

}  // namespace troupe

#endif  // TROUPE_SERVICES_CLI_TMDB_RECORDS_H_
