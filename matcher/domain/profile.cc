#include "matcher/domain/profile.h"

namespace troupe {

const ProfileRole* Profile::FindRole(absl::string_view role) const {
  for (const ProfileRole& entry : roles) {
    if (entry.role == role) return &entry;
  }
  return nullptr;
}

int32_t Profile::SkillLevel(absl::string_view skill) const {
  for (const Skill& entry : skills) {
    if (entry.skill == skill) return entry.level;
  }
  return 0;
}

}  // namespace troupe
