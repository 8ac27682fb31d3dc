#ifndef TROUPE_SERVICES_LOG_LIST_FILTER_H_
#define TROUPE_SERVICES_LOG_LIST_FILTER_H_

#include <optional>
#include <string>

#include "absl/time/time.h"
#include "matcher/base/ids.h"
#include "matcher/domain/opening.h"
#include "matcher/domain/ownership.h"
#include "matcher/domain/profile.h"
#include "matcher/domain/project.h"
#include "matcher/rank/model_history.h"
#include "services/records/record_head.h"
#include "troupe/storage/v1/list_entry.pb.h"

namespace troupe {

// Which records belong into a listing; unset parts let all pass.
struct ListFilter {
  OrganizationId reader;  // Who lists: sees what exists for it.
  OrganizationId owner;
  std::string role;   // Of a profile, or of one of a project's openings.
  std::string place;  // Or a place within it.
  std::optional<Findability> findability;
  std::optional<Opening::State> state;  // Of one of a project's openings.
  std::optional<absl::Time> updated_since;
};

// What the view keeps of a record for listings.
storage::v1::ListEntry MakeListEntry(const Profile& profile);
storage::v1::ListEntry MakeListEntry(const Project& project);
storage::v1::ListEntry MakeListEntry(const ModelHistory& model);
storage::v1::ListEntry MakeListEntry(const RecordHead& head);

// True if the record behind `entry` exists for `reader`.
bool IsVisibleTo(const OrganizationId& reader, const storage::v1::ListEntry& entry);

// True if the record behind `entry` belongs into the listing. Draft openings
// count for their owner only; `role` and `state` must hold of one opening.
bool Passes(const ListFilter& filter, const storage::v1::ListEntry& entry);

}  // namespace troupe

#endif  // TROUPE_SERVICES_LOG_LIST_FILTER_H_
