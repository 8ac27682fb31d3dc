#ifndef TROUPE_SERVICES_CONVERT_TIERED_LISTS_H_
#define TROUPE_SERVICES_CONVERT_TIERED_LISTS_H_

#include <algorithm>
#include <string>

#include "google/protobuf/repeated_field.h"
#include "matcher/domain/field.h"
#include "matcher/placement/placement_ids.h"
#include "services/convert/message_fields.h"

namespace troupe {

// A list of tiers: `names_of(tier)` are the names in one, `read(field, name)` is what
// one stands for. Lists with more than `most` names are not read.
template <typename Entry, typename Tier, typename NamesOf, typename Read>
TieredList<Entry> ReadTiers(const Field& field,
                            const google::protobuf::RepeatedPtrField<Tier>& tiers, size_t most,
                            NamesOf names_of, Read read) {
  TieredList<Entry> list;
  if (!IsShortEnough(field, tiers, most)) return list;
  bool has_ties = false;
  for (int i = 0; i < tiers.size(); ++i) {
    const auto& names = names_of(tiers[i]);
    const Field tier = field[static_cast<size_t>(i)];
    if (names.empty()) tier.Report("is empty", "name something in it, or leave it out");
    if (list.entries.size() + static_cast<size_t>(names.size()) > most) {
      CheckCount(field, list.entries.size() + static_cast<size_t>(names.size()), most);
      return {};
    }
    for (const std::string& name : names) list.entries.push_back(read(tier, name));
    list.tier_sizes.push_back(static_cast<uint32_t>(names.size()));
    has_ties = has_ties || names.size() > 1;
  }
  if (!has_ties) list.tier_sizes.clear();
  return list;
}

// The reverse; `names_of(tier)` is where the names go.
template <typename Entry, typename Tier, typename NamesOf>
void WriteTiers(const TieredList<Entry>& list,
                google::protobuf::RepeatedPtrField<Tier>& tiers, NamesOf names_of) {
  size_t at = 0;
  const size_t count = list.tier_sizes.empty() ? list.entries.size() : list.tier_sizes.size();
  tiers.Reserve(static_cast<int>(count));
  for (size_t tier = 0; tier < count; ++tier) {
    auto& names = *names_of(*tiers.Add());
    const size_t size = list.tier_sizes.empty() ? 1 : list.tier_sizes[tier];
    for (size_t i = 0; i < size; ++i, ++at) *names.Add() = FormatName(list.entries[at]);
  }
}

}  // namespace troupe

#endif  // TROUPE_SERVICES_CONVERT_TIERED_LISTS_H_
