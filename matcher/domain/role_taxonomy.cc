#include "matcher/domain/role_taxonomy.h"

#include <algorithm>
#include <utility>

#include "absl/strings/ascii.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_split.h"
#include "matcher/base/status_macros.h"
#include "matcher/domain/data_table.h"
#include "matcher/domain/domain_data.h"

namespace troupe {
namespace {

constexpr absl::string_view kDepartmentColumns[] = {"id", "name_zh", "name_en"};
constexpr absl::string_view kRoleColumns[] = {
    "id", "name_zh", "name_en", "department", "aliases", "remote_capable", "cast"};

// Chinese has no case, so ASCII is enough.
std::string Normalized(absl::string_view name) {
  return absl::AsciiStrToLower(absl::StripAsciiWhitespace(name));
}

bool IsFlag(absl::string_view cell) { return cell == "0" || cell == "1"; }

absl::Status CheckIdAndNames(const DataRow& row) {
  if (!IsSlug(row.cells[0])) {
    return row.Error(absl::StrCat("id \"", row.cells[0], "\" is not a lower-case slug"));
  }
  if (row.cells[1].empty() || row.cells[2].empty()) {
    return row.Error("give a Chinese and an English name");
  }
  return absl::OkStatus();
}

absl::StatusOr<Role> ReadRole(const DataRow& row) {
  TROUPE_RETURN_IF_ERROR(CheckIdAndNames(row));
  const std::vector<std::string>& cells = row.cells;
  if (!IsFlag(cells[5]) || !IsFlag(cells[6])) {
    return row.Error("remote_capable and cast must be 0 or 1");
  }
  return Role{.id = cells[0],
              .name_zh = cells[1],
              .name_en = cells[2],
              .department = cells[3],
              .aliases = absl::StrSplit(cells[4], '|', absl::SkipEmpty()),
              .remote_capable = cells[5] == "1",
              .cast = cells[6] == "1"};
}

std::vector<std::string> NamesOf(const Role& role) {
  std::vector<std::string> names = role.aliases;
  names.insert(names.end(), {role.id, role.name_zh, role.name_en});
  return names;
}

}  // namespace

absl::StatusOr<RoleTaxonomy> RoleTaxonomy::Parse(absl::string_view departments,
                                                 absl::string_view roles) {
  RoleTaxonomy taxonomy;
  TROUPE_RETURN_IF_ERROR(taxonomy.AddDepartments(departments));
  TROUPE_RETURN_IF_ERROR(taxonomy.AddRoles(roles));
  return taxonomy;
}

absl::Status RoleTaxonomy::AddDepartments(absl::string_view table) {
  TROUPE_ASSIGN_OR_RETURN(const std::vector<DataRow> rows,
                          ReadDataTable("departments", table, kDepartmentColumns));
  for (const DataRow& row : rows) {
    TROUPE_RETURN_IF_ERROR(CheckIdAndNames(row));
    if (HasDepartment(row.cells[0])) {
      return row.Error(absl::StrCat("id \"", row.cells[0], "\" is repeated"));
    }
    departments_.push_back({row.cells[0], row.cells[1], row.cells[2]});
  }
  return absl::OkStatus();
}

absl::Status RoleTaxonomy::AddRoles(absl::string_view table) {
  TROUPE_ASSIGN_OR_RETURN(const std::vector<DataRow> rows,
                          ReadDataTable("roles", table, kRoleColumns));
  for (const DataRow& row : rows) {
    TROUPE_ASSIGN_OR_RETURN(Role role, ReadRole(row));
    if (!HasDepartment(role.department)) {
      return row.Error(absl::StrCat("department \"", role.department, "\" is unknown"));
    }
    const int index = static_cast<int>(roles_.size());
    if (!by_id_.emplace(role.id, index).second) {
      return row.Error(absl::StrCat("id \"", role.id, "\" is repeated"));
    }
    for (const std::string& name : NamesOf(role)) {
      if (by_name_.emplace(Normalized(name), index).first->second != index) {
        return row.Error(absl::StrCat("name \"", name, "\" already means another role"));
      }
    }
    roles_.push_back(std::move(role));
  }
  return absl::OkStatus();
}

bool RoleTaxonomy::HasDepartment(absl::string_view id) const {
  return std::any_of(departments_.begin(), departments_.end(),
                     [&](const Department& d) { return d.id == id; });
}

const Role* RoleTaxonomy::Find(absl::string_view id) const {
  const int index = IndexOf(id);
  return index < 0 ? nullptr : &roles_[static_cast<size_t>(index)];
}

const Role* RoleTaxonomy::FindByAlias(absl::string_view name) const {
  const auto found = by_name_.find(Normalized(name));
  return found == by_name_.end() ? nullptr : &roles_[static_cast<size_t>(found->second)];
}

int RoleTaxonomy::IndexOf(absl::string_view id) const {
  const auto found = by_id_.find(id);
  return found == by_id_.end() ? -1 : found->second;
}

const RoleTaxonomy& ShippedRoles() {
  // A test proves that the shipped tables parse.
  static const auto* const kShipped =
      new RoleTaxonomy(RoleTaxonomy::Parse(data::kDepartments, data::kRoles).value());
  return *kShipped;
}

}  // namespace troupe
