#ifndef TROUPE_SERVICES_RECORDS_PLACEMENT_VALUES_H_
#define TROUPE_SERVICES_RECORDS_PLACEMENT_VALUES_H_

#include <cstdint>
#include <numeric>
#include <vector>

#include "google/protobuf/repeated_field.h"
#include "matcher/placement/placement_ids.h"
#include "troupe/storage/v1/placement.pb.h"

namespace troupe {

// The values that the records of a placement are made of; see record_values.h.
void Store(const GraduateName& value, storage::v1::GraduateName& message);
bool Load(const storage::v1::GraduateName& message, GraduateName& value);
void Store(const TieredList<GraduateName>& value, storage::v1::Priorities& message);
bool Load(const storage::v1::Priorities& message, TieredList<GraduateName>& value);
void Store(const OpeningId& value, storage::v1::OpeningName& message);
bool Load(const storage::v1::OpeningName& message, OpeningId& value);

inline void StoreTiers(const std::vector<uint32_t>& sizes,
                       google::protobuf::RepeatedField<uint32_t>& field) {
  field.Add(sizes.begin(), sizes.end());
}
// Of a list whose entries are loaded.
template <typename Entry>
bool LoadTiers(const google::protobuf::RepeatedField<uint32_t>& field, TieredList<Entry>& list) {
  list.tier_sizes.assign(field.begin(), field.end());
  return list.tier_sizes.empty() ||
         std::accumulate(field.begin(), field.end(), size_t{0}) == list.entries.size();
}

}  // namespace troupe

#endif  // TROUPE_SERVICES_RECORDS_PLACEMENT_VALUES_H_
