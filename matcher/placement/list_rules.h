#ifndef TROUPE_MATCHER_PLACEMENT_LIST_RULES_H_
#define TROUPE_MATCHER_PLACEMENT_LIST_RULES_H_

#include <cstddef>

#include "absl/container/flat_hash_set.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/string_view.h"
#include "matcher/domain/field.h"
#include "matcher/domain/field_rules.h"
#include "matcher/placement/placement_ids.h"

namespace troupe {

// The tier of the entry at `position`.
template <typename Entry>
size_t TierOf(const TieredList<Entry>& list, size_t position) {
  if (list.tier_sizes.empty()) return position;
  size_t tier = 0;
  for (size_t limit = list.tier_sizes[0]; limit <= position; limit += list.tier_sizes[tier]) ++tier;
  return tier;
}

// Reports to the tier that has it what the list has twice, and if it is too long.
template <typename Entry>
void CheckList(const Field& field, const TieredList<Entry>& list, size_t most,
               absl::string_view noun) {
  CheckCount(field, list.entries.size(), most);
  absl::flat_hash_set<Entry> seen;
  for (size_t i = 0; i < list.entries.size(); ++i) {
    if (seen.insert(list.entries[i]).second) continue;
    field[TierOf(list, i)].Report(absl::StrCat("names a ", noun, " that is in the list already"),
                                  absl::StrCat("name each ", noun, " once"));
  }
}

}  // namespace troupe

#endif  // TROUPE_MATCHER_PLACEMENT_LIST_RULES_H_
