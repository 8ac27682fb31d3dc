#include "matcher/rank/why_not.h"

#include <algorithm>
#include <utility>

#include "matcher/rank/comparison.h"
#include "matcher/rank/failure_text.h"
#include "matcher/rank/smallest_edit.h"

namespace troupe {
namespace {

// The profile as far as eligibility goes, which does not look at credits.
Profile WithoutCredits(Profile profile) {
  profile.credits.clear();
  return profile;
}

// The project as far as the eligibility for one of its openings goes, which
// does not look at the others or at who is attached.
Project WithoutPeople(Project project) {
  project.openings.clear();
  project.attached.clear();
  return project;
}

std::vector<Failure> FailuresIn(const Comparison& comparison) {
  const RequirementSet failing = comparison.Failures();
  std::vector<Failure> failures;
  for (size_t i = 0; i < kRequirementCount; ++i) {
    const Requirement requirement = static_cast<Requirement>(i);
    if (!failing.Has(requirement)) continue;
    Failure failure = {.requirement = requirement, .text = FailureText(requirement, comparison)};
    if (auto edit = SmallestEdit(requirement, comparison); edit.has_value()) {
      failure.change = MakeChange(*std::move(edit));
    }
    failures.push_back(std::move(failure));
  }
  return failures;
}

bool IsMended(const Failure& failure, Profile profile, Project project, Opening opening,
              Day as_of) {
  if (!failure.change.has_value()) return false;
  Apply(*failure.change, profile, project, opening);
  return !FailuresOf(profile, project, opening, as_of).Has(failure.requirement);
}

}  // namespace

std::vector<Failure> WhyNot(const Profile& profile, const Project& project, const Opening& opening,
                            Day as_of) {
  const Profile person = WithoutCredits(profile);
  const Project context = WithoutPeople(project);
  std::vector<Failure> failures = FailuresIn(Comparison(person, context, opening, as_of));
  if (ChangesMakeEligible(failures, person, context, opening, as_of)) return failures;
  // One of them cannot be mended; the others are kept as far as they help.
  for (Failure& failure : failures) {
    if (!IsMended(failure, person, context, opening, as_of)) failure.change.reset();
  }
  return failures;
}

RequirementSet FailuresOf(const Profile& profile, const Project& project, const Opening& opening,
                          Day as_of) {
  return Comparison(profile, project, opening, as_of).Failures();
}

bool ChangesMakeEligible(const std::vector<Failure>& failures, Profile profile, Project project,
                         Opening opening, Day as_of) {
  for (const Failure& failure : failures) {
    if (!failure.change.has_value()) return false;
    Apply(*failure.change, profile, project, opening);
  }
  return FailuresOf(profile, project, opening, as_of).empty();
}

}  // namespace troupe
