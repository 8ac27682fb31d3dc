#include "matcher/index/profile_view.h"

#include <algorithm>

#include <string>
#include <type_traits>

#include "absl/strings/string_view.h"
#include "matcher/base/stable_hash.h"

namespace troupe {
namespace {

template <typename T>
void Append(const T* values, size_t count, std::string& out) {
  static_assert(std::has_unique_object_representations_v<T>);
  const uint64_t size = count * sizeof(T);
  out.append(reinterpret_cast<const char*>(&size), sizeof(size));
  out.append(reinterpret_cast<const char*>(values), size);
}

template <typename T>
void Append(absl::Span<const T> values, std::string& out) {
  Append(values.data(), values.size(), out);
}

}  // namespace

uint64_t DigestOf(const ProfileView& view) {
  std::string bytes;
  Append(view.scalars, 1, bytes);
  Append(view.blocked_organizations, bytes);
  Append(view.travel_places, bytes);
  Append(view.roles, bytes);
  Append(view.languages, bytes);
  Append(view.genres, bytes);
  Append(view.styles, bytes);
  Append(view.skills, bytes);
  Append(view.credentials, bytes);
  Append(view.wished_genres, bytes);
  Append(view.wished_places, bytes);
  Append(view.busy.spans, bytes);
  Append(view.holds, bytes);
  Append(view.hold_tally, bytes);
  for (const CreditRow& credit : view.credits) {
    const ProductionRow& production = view.ProductionOf(credit);
    Append(view.TermsOf(production), bytes);
    CreditRow anywhere = credit;
    anywhere.production = 0;
    Append(&anywhere, 1, bytes);
    ProductionRow placeless = production;
    placeless.first_term = 0;
    Append(&placeless, 1, bytes);
  }
  return StableHash(bytes);
}

bool IsVisibleTo(const ProfileView& view, Term asker) {
  if (view.scalars->owner == asker) return true;
  return view.scalars->findability == Findability::kFindable &&
         !std::binary_search(view.blocked_organizations.begin(), view.blocked_organizations.end(),
                             asker);
}

}  // namespace troupe
