#include "services/records/cohort_record.h"

#include "services/records/placement_values.h"
#include "services/records/record_head.h"
#include "services/records/record_values.h"

namespace troupe {

namespace pb = storage::v1;

static void Store(const Graduate& value, pb::Graduate& message) {
  message.set_id(value.id);
  message.set_profile(value.profile.value());
  for (const std::string& group : value.groups) message.add_groups(group);
  for (const ProgramId program : value.wishes.entries) message.add_wishes(program.value());
  StoreTiers(value.wishes.tier_sizes, *message.mutable_tier_sizes());
}

static bool Load(const pb::Graduate& message, Graduate& value) {
  value.id = message.id();
  value.profile = ProfileId(message.profile());
  value.groups.assign(message.groups().begin(), message.groups().end());
  for (const uint64_t program : message.wishes()) value.wishes.entries.emplace_back(program);
  return LoadTiers(message.tier_sizes(), value.wishes);
}

std::string SerializeCohort(const Cohort& cohort) {
  pb::Cohort message;
  Store(HeadOf(cohort), *message.mutable_head());
  message.set_title(cohort.title);
  StoreAll(cohort.graduates, *message.mutable_graduates());
  return DeterministicBytes(message);
}

absl::StatusOr<Cohort> ParseCohort(absl::string_view bytes) {
  pb::Cohort message;
  Cohort cohort;
  if (!ParseBytes(bytes, message) || !LoadHead(message.head(), cohort) ||
      !LoadAll(message.graduates(), cohort.graduates)) {
    return RecordUnreadable("cohort");
  }
  cohort.title = message.title();
  return cohort;
}

}  // namespace troupe
