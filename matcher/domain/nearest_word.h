#ifndef TROUPE_MATCHER_DOMAIN_NEAREST_WORD_H_
#define TROUPE_MATCHER_DOMAIN_NEAREST_WORD_H_

#include <vector>

#include "absl/strings/string_view.h"

namespace troupe {

// The one of `words`, all in lower case, that `typed` was most likely meant to
// be: the fewest single bytes inserted, deleted or replaced (Levenshtein), in
// any case; the first of several. Empty if that is more than a third of the
// bytes of `typed`.
absl::string_view NearestWord(absl::string_view typed,
                              const std::vector<absl::string_view>& words);

}  // namespace troupe

#endif  // TROUPE_MATCHER_DOMAIN_NEAREST_WORD_H_
