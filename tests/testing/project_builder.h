#ifndef TROUPE_TESTS_TESTING_PROJECT_BUILDER_H_
#define TROUPE_TESTS_TESTING_PROJECT_BUILDER_H_

#include <cstdint>

#include "absl/strings/string_view.h"
#include "matcher/domain/project.h"
#include "tests/testing/opening_builder.h"

namespace troupe::testing {

// A findable project titled "Project 1", id 1, owned by "crew", without an
// opening.
class ProjectBuilder {
 public:
  ProjectBuilder();

  ProjectBuilder& Id(uint64_t id);  // Also titles it after it.
  ProjectBuilder& Owner(absl::string_view organization);
  ProjectBuilder& Hidden();
  ProjectBuilder& Blocks(absl::string_view organization);
  ProjectBuilder& BlocksProfile(uint64_t profile);
  ProjectBuilder& Titled(absl::string_view title);
  ProjectBuilder& ExternalId(absl::string_view source, absl::string_view id);

  ProjectBuilder& Genre(absl::string_view id);
  ProjectBuilder& Tag(absl::string_view id);
  ProjectBuilder& Company(absl::string_view id);
  ProjectBuilder& Style(absl::string_view id);
  ProjectBuilder& Country(absl::string_view code);
  ProjectBuilder& OriginalLanguage(absl::string_view tag);
  ProjectBuilder& Budget(const Money& budget);
  ProjectBuilder& Place(absl::string_view place);
  ProjectBuilder& Attach(uint64_t profile, absl::string_view role);

  // Adds an opening under the next number, whatever number it has.
  ProjectBuilder& With(Opening opening);
  ProjectBuilder& With(const OpeningBuilder& opening) { return With(opening.Build()); }

  // The project, its currency that of its first amount.
  Project Build() const;

 private:
  Project project_;
};

}  // namespace troupe::testing

#endif  // TROUPE_TESTS_TESTING_PROJECT_BUILDER_H_
