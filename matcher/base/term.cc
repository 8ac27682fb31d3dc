#include "matcher/base/term.h"

#include "matcher/base/stable_hash.h"

namespace troupe {

Term::Term(Vocabulary vocabulary, absl::string_view word) {
  const char kind = static_cast<char>(vocabulary);
  value_ = word.empty() ? 0 : StableHash({absl::string_view(&kind, 1), word});
}

}  // namespace troupe
