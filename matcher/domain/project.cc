#include "matcher/domain/project.h"

#include <algorithm>
#include <map>
#include <set>
#include <utility>

namespace troupe {

const Opening* Project::FindOpening(uint32_t number) const {
  for (const Opening& opening : openings) {
    if (opening.number == number) return &opening;
  }
  return nullptr;
}

std::vector<Attached> Project::AttachedTo(const Opening& opening) const {
  std::vector<Attached> all = attached;
  all.insert(all.end(), opening.attached.begin(), opening.attached.end());
  for (const Opening& other : openings) {
    for (const Seat& seat : other.seats) {
      if (seat.profile) all.push_back({.profile = seat.profile, .roles = {other.role}});
    }
  }
  return JoinAttached(std::move(all));
}

std::vector<Attached> JoinAttached(std::vector<Attached> attached) {
  std::map<ProfileId, std::set<std::string>> roles;
  for (const Attached& entry : attached) {
    roles[entry.profile].insert(entry.roles.begin(), entry.roles.end());
  }
  std::vector<Attached> joined;
  for (const auto& [profile, names] : roles) {
    joined.push_back({.profile = profile, .roles = {names.begin(), names.end()}});
  }
  return joined;
}

}  // namespace troupe
