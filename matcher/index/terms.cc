#include "matcher/index/terms.h"

#include <algorithm>

#include "matcher/base/stable_hash.h"
#include "matcher/domain/domain_data.h"
#include "matcher/domain/gazetteer.h"
#include "matcher/domain/role_taxonomy.h"

namespace troupe {
namespace {

void AddDistinct(Term term, std::vector<Term>& terms) {
  if (term && std::find(terms.begin(), terms.end(), term) == terms.end()) {
    terms.push_back(term);
  }
}

}  // namespace

std::vector<Term> TermsOf(Term::Vocabulary vocabulary, const std::vector<std::string>& words) {
  std::vector<Term> terms;
  for (const std::string& word : words) AddDistinct(Term(vocabulary, word), terms);
  return terms;
}

std::vector<Term> TermsOf(Term::Vocabulary vocabulary, const std::vector<Label>& labels) {
  std::vector<Term> terms;
  for (const Label& label : labels) AddDistinct(Term(vocabulary, label.id), terms);
  return terms;
}

PlaceIndex PlaceIndexOf(absl::string_view id) {
  return static_cast<PlaceIndex>(ShippedPlaces().IndexOf(id));
}

RoleIndex RoleIndexOf(absl::string_view id) {
  return static_cast<RoleIndex>(ShippedRoles().IndexOf(id));
}

RoleIndex CreditRoleIndex(absl::string_view id) {
  const RoleIndex role = RoleIndexOf(id);
  return role == kNone ? kOtherRoleIndex : role;
}

uint64_t VocabularyFingerprint() { return StableHash({data::kRoles, data::kPlaces}); }

}  // namespace troupe
