#include "tests/testing/project_builder.h"

#include <algorithm>
#include <utility>

#include "absl/strings/str_cat.h"
#include "tests/testing/values.h"

namespace troupe::testing {

ProjectBuilder::ProjectBuilder() {
  project_.ownership = FindableOf("crew");
  Id(1);
}

ProjectBuilder& ProjectBuilder::Id(uint64_t id) {
  project_.id = ProjectId(id);
  return Titled(absl::StrCat("Project ", id));
}

ProjectBuilder& ProjectBuilder::Owner(absl::string_view organization) {
  project_.ownership.owner.slug = std::string(organization);
  return *this;
}

ProjectBuilder& ProjectBuilder::Hidden() {
  project_.ownership.findability = Findability::kHidden;
  return *this;
}

ProjectBuilder& ProjectBuilder::Blocks(absl::string_view organization) {
  Block(organization, &project_.ownership);
  return *this;
}

ProjectBuilder& ProjectBuilder::BlocksProfile(uint64_t profile) {
  std::vector<ProfileId>& blocked = project_.blocked_profiles;
  const auto at = std::lower_bound(blocked.begin(), blocked.end(), ProfileId(profile));
  if (at == blocked.end() || *at != ProfileId(profile)) blocked.insert(at, ProfileId(profile));
  return *this;
}

ProjectBuilder& ProjectBuilder::Titled(absl::string_view title) {
  project_.title = std::string(title);
  return *this;
}

ProjectBuilder& ProjectBuilder::ExternalId(absl::string_view source, absl::string_view id) {
  project_.external_id = {.source = std::string(source), .id = std::string(id)};
  return *this;
}

ProjectBuilder& ProjectBuilder::Genre(absl::string_view id) {
  project_.genres.push_back({.id = std::string(id)});
  return *this;
}

ProjectBuilder& ProjectBuilder::Tag(absl::string_view id) {
  project_.tags.push_back({.id = std::string(id)});
  return *this;
}

ProjectBuilder& ProjectBuilder::Company(absl::string_view id) {
  project_.companies.push_back({.id = std::string(id)});
  return *this;
}

ProjectBuilder& ProjectBuilder::Style(absl::string_view id) {
  project_.styles.emplace_back(id);
  return *this;
}

ProjectBuilder& ProjectBuilder::Country(absl::string_view code) {
  project_.countries.emplace_back(code);
  return *this;
}

ProjectBuilder& ProjectBuilder::OriginalLanguage(absl::string_view tag) {
  project_.original_language = std::string(tag);
  return *this;
}

ProjectBuilder& ProjectBuilder::Budget(const Money& budget) {
  project_.budget = budget;
  return *this;
}

ProjectBuilder& ProjectBuilder::Place(absl::string_view place) {
  project_.place = std::string(place);
  return *this;
}

ProjectBuilder& ProjectBuilder::Attach(uint64_t profile, absl::string_view role) {
  project_.attached.push_back(InRole(profile, role));
  return *this;
}

ProjectBuilder& ProjectBuilder::With(Opening opening) {
  opening.number = ++project_.last_opening_number;
  project_.openings.push_back(std::move(opening));
  return *this;
}

Project ProjectBuilder::Build() const {
  Project project = project_;
  if (project.budget.has_value()) project.currency = project.budget->currency;
  for (const Opening& opening : project.openings) {
    if (!project.currency.empty()) break;
    if (opening.pay_ceiling.has_value()) project.currency = opening.pay_ceiling->currency;
  }
  return project;
}

}  // namespace troupe::testing
