#include "services/cli/placement/round_names.h"

#include <set>

#include "absl/strings/str_cat.h"
#include "matcher/base/status_macros.h"
#include "services/cli/placement/round_pages.h"
#include "services/cli/placement/round_upload.h"

namespace troupe {

absl::StatusOr<RoundNames> RoundNames::Load(const v1::Round& round, const Connection& connection) {
  RoundNames names;
  const std::set<std::string> cohorts(round.cohorts().begin(), round.cohorts().end());
  TROUPE_RETURN_IF_ERROR(ForEachCohort(connection, [&](const v1::Cohort& cohort) {
    if (cohorts.count(cohort.name()) > 0) names.Add(cohort);
    return names.cohorts_.size() < cohorts.size();
  }));
  const std::set<std::string> programs(round.programs().begin(), round.programs().end());
  TROUPE_RETURN_IF_ERROR(ForEachProgram(connection, [&](const v1::Program& program) {
    if (programs.count(program.name()) > 0) names.Add(program);
    return names.programs_.size() < programs.size();
  }));
  return names;
}

void RoundNames::Add(const v1::Program& program) {
  v1::Program& kept = programs_[program.name()];
  kept.set_title(program.title());
  *kept.mutable_external_id() = program.external_id();
}

void RoundNames::Add(const v1::Cohort& cohort) { cohorts_[cohort.name()] = cohort.title(); }

std::string RoundNames::TitleOf(const std::string& program) const {
  const auto at = programs_.find(program);
  return at == programs_.end() ? program : at->second.title();
}

std::string RoundNames::IdOf(const std::string& program) const {
  const auto at = programs_.find(program);
  if (at == programs_.end() || at->second.external_id().source() != kFilesSource) return program;
  const std::string& id = at->second.external_id().id();
  return id.substr(id.rfind('/') + 1);
}

std::string RoundNames::Graduate(const std::string& graduate) const {
  const std::string id = GraduateIdOf(graduate);
  if (cohorts_.size() < 2) return id;
  return absl::StrCat(Cohort(CohortOf(graduate)), " ", id);
}

std::string RoundNames::Cohort(const std::string& cohort) const {
  const auto at = cohorts_.find(cohort);
  return at == cohorts_.end() ? cohort : at->second;
}

std::string GraduateIdOf(const std::string& graduate) {
  return graduate.substr(graduate.rfind('/') + 1);
}

std::string CohortOf(const std::string& graduate) {
  return graduate.substr(0, graduate.find("/graduates/"));
}

}  // namespace troupe
