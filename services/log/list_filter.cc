#include "services/log/list_filter.h"

#include <algorithm>

#include "absl/time/time.h"
#include "matcher/domain/gazetteer.h"
#include "services/log/engagement.h"

namespace troupe {
namespace {

void SetOwnership(const Ownership& ownership, storage::v1::ListEntry& entry) {
  entry.set_owner(ownership.owner.slug);
  entry.set_findability(static_cast<int32_t>(ownership.findability));
  for (const OrganizationId& blocked : ownership.blocked_organizations) {
    entry.add_blocked_organizations(blocked.slug);
  }
}

bool IsWithin(const std::string& place, const std::string& ancestor) {
  const Gazetteer& places = ShippedPlaces();
  const int at = places.IndexOf(place);
  return at >= 0 && places.IsWithin(at, places.IndexOf(ancestor));
}

bool HasOpening(const ListFilter& filter, const storage::v1::ListEntry& entry) {
  const bool owns = entry.owner() == filter.reader.slug;
  return std::any_of(
      entry.openings().begin(), entry.openings().end(), [&](const auto& opening) {
        if (!owns && opening.state() == static_cast<int32_t>(Opening::State::kDraft)) return false;
        return (filter.role.empty() || opening.role() == filter.role) &&
               (!filter.state.has_value() ||
                opening.state() == static_cast<int32_t>(*filter.state));
      });
}

bool HasRole(const ListFilter& filter, const storage::v1::ListEntry& entry) {
  return std::find(entry.roles().begin(), entry.roles().end(), filter.role) != entry.roles().end();
}

}  // namespace

storage::v1::ListEntry MakeListEntry(const Profile& profile) {
  storage::v1::ListEntry entry;
  SetOwnership(profile.ownership, entry);
  for (const ProfileRole& role : profile.roles) entry.add_roles(role.role);
  entry.set_place(profile.home_place);
  for (const auto& [project, last] : EngagementsOf(profile)) {
    entry.add_engaged_projects(project.value());
  }
  entry.set_update_micros(absl::ToUnixMicros(profile.update_time));
  return entry;
}

storage::v1::ListEntry MakeListEntry(const Project& project) {
  storage::v1::ListEntry entry;
  SetOwnership(project.ownership, entry);
  for (const Opening& opening : project.openings) {
    auto& listed = *entry.add_openings();
    listed.set_role(opening.role);
    listed.set_state(static_cast<int32_t>(opening.state));
  }
  entry.set_place(project.place);
  entry.set_update_micros(absl::ToUnixMicros(project.update_time));
  return entry;
}

storage::v1::ListEntry MakeListEntry(const ModelHistory& model) {
  storage::v1::ListEntry entry;
  SetOwnership(model.ownership(), entry);
  entry.set_update_micros(absl::ToUnixMicros(model.update_time));
  return entry;
}

storage::v1::ListEntry MakeListEntry(const RecordHead& head) {
  storage::v1::ListEntry entry;
  SetOwnership(head.ownership, entry);
  entry.set_update_micros(absl::ToUnixMicros(head.update_time));
  return entry;
}

bool IsVisibleTo(const OrganizationId& reader, const storage::v1::ListEntry& entry) {
  if (entry.owner() == reader.slug) return true;
  return entry.findability() == static_cast<int32_t>(Findability::kFindable) &&
         !std::binary_search(entry.blocked_organizations().begin(),
                             entry.blocked_organizations().end(), reader.slug);
}

bool Passes(const ListFilter& filter, const storage::v1::ListEntry& entry) {
  if (!IsVisibleTo(filter.reader, entry)) return false;
  if (filter.owner && entry.owner() != filter.owner.slug) return false;
  if (filter.findability.has_value() &&
      entry.findability() != static_cast<int32_t>(*filter.findability)) {
    return false;
  }
  if (filter.updated_since.has_value() &&
      entry.update_micros() < absl::ToUnixMicros(*filter.updated_since)) {
    return false;
  }
  if (!filter.place.empty() && !IsWithin(entry.place(), filter.place)) return false;
  const bool asks_openings = filter.state.has_value() || !filter.role.empty();
  return !asks_openings || HasOpening(filter, entry) ||
         (!filter.state.has_value() && HasRole(filter, entry));
}

}  // namespace troupe
