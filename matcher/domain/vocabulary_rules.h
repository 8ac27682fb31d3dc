#ifndef TROUPE_MATCHER_DOMAIN_VOCABULARY_RULES_H_
#define TROUPE_MATCHER_DOMAIN_VOCABULARY_RULES_H_

#include <string>
#include <vector>

#include "absl/strings/string_view.h"
#include "matcher/domain/field.h"
#include "matcher/domain/role_taxonomy.h"

namespace troupe {

// The role of the taxonomy whose id this is. If there is none, reports it with
// the nearest id there is, and returns nullptr.
const Role* CheckRole(const Field& field, absl::string_view id);

// A place of the gazetteer, or empty.
void CheckPlace(const Field& field, absl::string_view id);

// Each a place of the gazetteer; at most `most`.
void CheckPlaces(const Field& list, const std::vector<std::string>& ids, size_t most);

}  // namespace troupe

#endif  // TROUPE_MATCHER_DOMAIN_VOCABULARY_RULES_H_
