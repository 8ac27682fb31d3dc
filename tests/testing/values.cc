#include "tests/testing/values.h"

#include <algorithm>
#include <utility>

#include "absl/strings/str_cat.h"

namespace troupe::testing {

Day D(absl::string_view date) { return Day::Parse(date).value(); }

DaySpan Span(absl::string_view start, int32_t days) {
  return {.start = D(start), .limit = D(start) + days};
}

Money Cny(int64_t units, int32_t nanos) {
  return {.currency = "CNY", .units = units, .nanos = nanos};
}

std::vector<Label> Labels(std::vector<std::string> ids) {
  std::vector<Label> labels;
  for (std::string& id : ids) labels.push_back({.id = std::move(id)});
  return labels;
}

Attached InRole(uint64_t profile, absl::string_view role) {
  return {.profile = ProfileId(profile), .roles = {std::string(role)}};
}

Credit Worked(absl::string_view production, absl::string_view role, absl::string_view date) {
  Credit credit = {.production = std::string(production), .role = std::string(role)};
  if (!date.empty()) credit.date = D(date);
  return credit;
}

void Block(absl::string_view organization, Ownership* ownership) {
  std::vector<OrganizationId>& blocked = ownership->blocked_organizations;
  OrganizationId id = {.slug = std::string(organization)};
  const auto at = std::lower_bound(blocked.begin(), blocked.end(), id);
  if (at == blocked.end() || *at != id) blocked.insert(at, std::move(id));
}

Ownership FindableOf(absl::string_view organization) {
  return {.owner = {.slug = std::string(organization)}, .findability = Findability::kFindable};
}

std::vector<std::string> FieldsOf(const Violations& found) {
  std::vector<std::string> fields;
  for (const FieldViolation& v : found.found()) fields.push_back(v.field);
  return fields;
}

std::vector<std::string> TextsOf(const Violations& found) {
  std::vector<std::string> texts;
  for (const FieldViolation& v : found.found()) {
    texts.push_back(absl::StrCat(v.field, " ", v.problem, ": ", v.fix));
  }
  return texts;
}

}  // namespace troupe::testing
