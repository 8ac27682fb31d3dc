#include "services/records/placement_values.h"

#include "services/records/record_values.h"

namespace troupe {

namespace pb = storage::v1;

void Store(const GraduateName& value, pb::GraduateName& message) {
  message.set_cohort(value.cohort.value());
  message.set_id(value.id);
  message.set_profile(value.profile.value());
}

bool Load(const pb::GraduateName& message, GraduateName& value) {
  value = {CohortId(message.cohort()), message.id(), ProfileId(message.profile())};
  return true;
}

void Store(const TieredList<GraduateName>& value, pb::Priorities& message) {
  StoreAll(value.entries, *message.mutable_graduates());
  StoreTiers(value.tier_sizes, *message.mutable_tier_sizes());
}

bool Load(const pb::Priorities& message, TieredList<GraduateName>& value) {
  return LoadAll(message.graduates(), value.entries) && LoadTiers(message.tier_sizes(), value);
}

void Store(const OpeningId& value, pb::OpeningName& message) {
  message.set_project(value.project.value());
  message.set_number(value.number);
}

bool Load(const pb::OpeningName& message, OpeningId& value) {
  value = {ProjectId(message.project()), message.number()};
  return value.project && value.number != 0;
}

}  // namespace troupe
