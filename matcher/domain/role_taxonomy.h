#ifndef TROUPE_MATCHER_DOMAIN_ROLE_TAXONOMY_H_
#define TROUPE_MATCHER_DOMAIN_ROLE_TAXONOMY_H_

#include <string>
#include <vector>

#include "absl/container/flat_hash_map.h"
#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "absl/types/span.h"

namespace troupe {

// A part of the trade that groups roles: writing, camera, ...
struct Department {
  std::string id;
  std::string name_zh;
  std::string name_en;
};

// A function in a production: writer, gaffer, traffic operator, ...
struct Role {
  std::string id;  // A slug, stable for ever: records and requests hold it.
  std::string name_zh;
  std::string name_en;
  std::string department;  // The id of a Department.
  std::vector<std::string> aliases;
  bool remote_capable = false;  // Can be done away from the project's place.
  bool cast = false;            // May state casting attributes.
};

// Every role there is, in the order of the data file. Immutable.
//
//   const Role* role = ShippedRoles().FindByAlias("摄影指导");
//   // role->id == "director-of-photography"
class RoleTaxonomy {
 public:
  // Reads tables with the columns id,name_zh,name_en and
  // id,name_zh,name_en,department,aliases,remote_capable,cast, where aliases
  // are separated by | and the last two are 0 or 1. INVALID_ARGUMENT, naming
  // the line, for a malformed row, a repeated id, an unknown department, or a
  // name that means two roles.
  static absl::StatusOr<RoleTaxonomy> Parse(absl::string_view departments,
                                            absl::string_view roles);

  // The role with exactly this id; nullptr if there is none.
  const Role* Find(absl::string_view id) const;

  // The role that `name` means: an id, a name or an alias, in any case and with
  // outer space ignored; nullptr if there is none.
  const Role* FindByAlias(absl::string_view name) const;

  // The position of the role in roles(); -1 if there is none. Another release
  // may order roles otherwise, so a position is never stored.
  int IndexOf(absl::string_view id) const;

  absl::Span<const Role> roles() const { return roles_; }
  absl::Span<const Department> departments() const { return departments_; }

 private:
  RoleTaxonomy() = default;
  absl::Status AddDepartments(absl::string_view table);
  absl::Status AddRoles(absl::string_view table);
  bool HasDepartment(absl::string_view id) const;

  std::vector<Department> departments_;
  std::vector<Role> roles_;
  absl::flat_hash_map<std::string, int> by_id_;
  absl::flat_hash_map<std::string, int> by_name_;  // Keys are in lower case.
};

// The taxonomy this build ships. A constant of the build rather than state, so
// nothing is gained by passing it around; it is never destroyed, so that it
// outlives every user at exit.
const RoleTaxonomy& ShippedRoles();

}  // namespace troupe

#endif  // TROUPE_MATCHER_DOMAIN_ROLE_TAXONOMY_H_
