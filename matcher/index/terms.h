#ifndef TROUPE_MATCHER_INDEX_TERMS_H_
#define TROUPE_MATCHER_INDEX_TERMS_H_

#include <string>
#include <vector>

#include "absl/strings/string_view.h"
#include "matcher/base/term.h"
#include "matcher/domain/label.h"
#include "matcher/index/profile_view.h"

namespace troupe {

// `words` as terms, in their order, repeats left out.
std::vector<Term> TermsOf(Term::Vocabulary vocabulary, const std::vector<std::string>& words);
std::vector<Term> TermsOf(Term::Vocabulary vocabulary, const std::vector<Label>& labels);

// The index of a place of the shipped gazetteer; kNone for "" or unknown.
PlaceIndex PlaceIndexOf(absl::string_view id);

// The index of a role of the shipped taxonomy; kNone for "" or unknown.
RoleIndex RoleIndexOf(absl::string_view id);

// The same for the role of a credit, where what is not known is "other".
RoleIndex CreditRoleIndex(absl::string_view id);

// Changes when the gazetteer or the taxonomy does, whose indexes are stored.
uint64_t VocabularyFingerprint();

}  // namespace troupe

#endif  // TROUPE_MATCHER_INDEX_TERMS_H_
