#ifndef TROUPE_MATCHER_BASE_IDS_H_
#define TROUPE_MATCHER_BASE_IDS_H_

#include <compare>
#include <cstdint>
#include <string>
#include <utility>

#include "absl/strings/string_view.h"

namespace troupe {

// A 64-bit name of one kind of thing. Ids of different kinds cannot be mixed
// up. Zero names nothing.
template <typename Kind>
class Id {
 public:
  constexpr Id() = default;
  constexpr explicit Id(uint64_t value) : value_(value) {}

  constexpr uint64_t value() const { return value_; }
  constexpr explicit operator bool() const { return value_ != 0; }
  friend constexpr auto operator<=>(const Id&, const Id&) = default;
  template <typename H>
  friend H AbslHashValue(H h, const Id& id) {
    return H::combine(std::move(h), id.value_);
  }

 private:
  uint64_t value_ = 0;
};

using ProfileId = Id<struct ProfileKind>;  // profiles/{16 hex digits}
using ProjectId = Id<struct ProjectKind>;  // projects/{16 hex digits}

// One opening of a project: projects/{project}/openings/{number}. Numbers
// start at 1 and are never given twice within a project.
struct OpeningId {
  ProjectId project;
  uint32_t number = 0;

  friend constexpr auto operator<=>(const OpeningId&, const OpeningId&) = default;
  template <typename H>
  friend H AbslHashValue(H h, const OpeningId& id) {
    return H::combine(std::move(h), id.project, id.number);
  }
};

// One hold of a profile's agenda: profiles/{profile}/holds/{number}. Numbers
// start at 1 and are never given twice within an agenda.
struct HoldId {
  ProfileId profile;
  uint32_t number = 0;

  friend constexpr auto operator<=>(const HoldId&, const HoldId&) = default;
  template <typename H>
  friend H AbslHashValue(H h, const HoldId& id) {
    return H::combine(std::move(h), id.profile, id.number);
  }
};

// Who owns records and asks questions: organizations/{id}, where id is a
// lower-case slug. Empty names nobody.
struct OrganizationId {
  std::string slug;

  explicit operator bool() const { return !slug.empty(); }
  friend auto operator<=>(const OrganizationId&, const OrganizationId&) = default;
};

// True for 1 to 63 of a-z, 0-9 and "-" that begin with a letter.
bool IsOrganizationSlug(absl::string_view slug);

}  // namespace troupe

#endif  // TROUPE_MATCHER_BASE_IDS_H_
