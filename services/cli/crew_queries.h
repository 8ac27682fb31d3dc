#ifndef TROUPE_SERVICES_CLI_CREW_QUERIES_H_
#define TROUPE_SERVICES_CLI_CREW_QUERIES_H_

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "absl/container/flat_hash_set.h"
#include "absl/status/statusor.h"
#include "matcher/base/day.h"
#include "troupe/v1/profile.pb.h"
#include "troupe/v1/project.pb.h"

namespace troupe {

// Who was hired for one role of a film, asked as of a day before it: a line of a
// file of ranking queries. People are the numbers of the source of the films.
struct CrewQuery {
  std::string id;    // "valid-76487-director"
  std::string role;  // As in the file: "dop".
  Day as_of;
  v1::Project project;  // What is known of the film.
  std::map<std::string, std::vector<int64_t>> attached;  // By role, as in the file.
  std::vector<int64_t> truth;

  bool IsAttached(int64_t person) const;
};

// The queries in `path`, one JSON object a line, compressed or not. NOT_FOUND,
// reason NO_FILE; INVALID_ARGUMENT names the line.
absl::StatusOr<std::vector<CrewQuery>> ReadCrewQueries(const std::string& path);

// Who could be hired, by role as in the file.
using CrewPool = std::map<std::string, absl::flat_hash_set<int64_t>>;

// The pool in the file pool_<split>.json or pool_<split>.json.gz beside `path`,
// where a query's id begins with the split; nullopt if there is none.
absl::StatusOr<std::optional<CrewPool>> ReadCrewPool(const std::string& path,
                                                     const std::vector<CrewQuery>& queries);

// The role of the taxonomy that a role of such files is; "" if it is none.
std::string TaxonomyRole(const std::string& role);

// True if `profile` is in the pool of `role` where no file says who is: has a
// credit in it dated before `as_of`; of actors, one of the first five of a cast.
bool IsInCrewPool(const v1::Profile& profile, const std::string& role, Day as_of);

}  // namespace troupe

#endif  // TROUPE_SERVICES_CLI_CREW_QUERIES_H_
