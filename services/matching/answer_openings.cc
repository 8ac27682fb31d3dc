#include "services/matching/answer_openings.h"

#include <map>
#include <string>
#include <utility>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "matcher/base/status_macros.h"
#include "matcher/domain/gazetteer.h"
#include "matcher/domain/role_taxonomy.h"
#include "matcher/rank/find_openings.h"
#include "matcher/rank/why_not.h"
#include "services/convert/types_conversion.h"
#include "services/matching/match_answer.h"
#include "services/matching/match_question.h"
#include "services/records/project_record.h"

namespace troupe {
namespace {

// The projects of some openings, each read once.
using Projects = std::map<ProjectId, Project>;

absl::StatusOr<Projects> ReadProjects(const ViewSnapshot& snapshot,
                                      const std::vector<OpeningId>& openings) {
  std::map<ProjectId, Project> projects;
  for (const OpeningId& opening : openings) projects[opening.project];
  std::vector<EntityKey> entities;
  for (const auto& [id, project] : projects) entities.push_back({EntityKind::kProject, id.value()});
  TROUPE_ASSIGN_OR_RETURN(const auto records, snapshot.MultiGet(entities));
  size_t at = 0;
  for (auto& [id, project] : projects) {
    const std::optional<StoredRecord>& record = records[at++];
    TROUPE_ASSIGN_OR_RETURN(project,
                            ParseProject(record.has_value() ? record->bytes : std::string()));
  }
  return projects;
}

absl::Status AddMatches(const ViewSnapshot& snapshot, const OpeningsQuestion& question,
                        const Profile& profile, const std::vector<Ranked<OpeningId>>& best,
                        v1::FindOpeningsResponse& response) {
  std::vector<OpeningId> ids;
  for (const Ranked<OpeningId>& ranked : best) ids.push_back(ranked.id);
  TROUPE_ASSIGN_OR_RETURN(const Projects projects, ReadProjects(snapshot, ids));
  const Pool& pool = snapshot.pool();
  const ProfileView view = *pool.FindProfile(profile.id);
  Rarities rarities(pool, question.as_of);
  for (const OpeningId& id : ids) {
    const Demand& demand = *pool.FindOpening(id);
    const Weights& weights = question.model.Of(demand.scalars.role, RegimeOf(demand));
    Query query(pool, demand, question.as_of, rarities, ShownWith(weights));
    query.SetOutcomes(nullptr);
    const Project& project = projects.at(id.project);
    const Opening& opening = *project.FindOpening(id.number);
    v1::Match& match = *response.add_matches();
    match = ToWire(JudgedPair{
        query, view, profile, project, opening, weights,
        project.ownership.owner == profile.ownership.owner, false, pool.CountHolds()});
    match.set_rank(response.matches_size());
    *match.mutable_opening_summary() = SummaryOf(project, opening);
  }
  return absl::OkStatus();
}

absl::StatusOr<std::vector<Failure>> NearestFailures(const ViewSnapshot& snapshot,
                                                     const OpeningsDiagnosis& diagnosis,
                                                     const Profile& profile, Day as_of) {
  std::vector<OpeningId> ids;
  for (const auto& miss : diagnosis.nearest) {
    if (miss.has_value()) ids.push_back(miss->opening);
  }
  TROUPE_ASSIGN_OR_RETURN(const Projects projects, ReadProjects(snapshot, ids));
  std::vector<Failure> nearest;
  for (const OpeningId& id : ids) {
    const Project& project = projects.at(id.project);
    for (Failure& failure : WhyNot(profile, project, *project.FindOpening(id.number), as_of)) {
      nearest.push_back(std::move(failure));
    }
  }
  return nearest;
}

std::string RoleNames(const Profile& profile) {
  return absl::StrJoin(profile.roles, ", ", [](std::string* out, const ProfileRole& role) {
    const Role* known = ShippedRoles().Find(role.role);
    absl::StrAppend(out, known == nullptr ? role.role : known->name_en);
  });
}

absl::Status AddEmptyResult(const ViewSnapshot& snapshot, const OpeningsDiagnosis& diagnosis,
                            const Profile& profile, Day as_of,
                            v1::FindOpeningsResponse& response) {
  TROUPE_ASSIGN_OR_RETURN(const std::vector<Failure> nearest,
                          NearestFailures(snapshot, diagnosis, profile, as_of));
  const std::string none =
      profile.roles.empty()
          ? std::string("The profile has no role: add one to be offered openings.")
          : absl::StrCat("No opening is offered in the roles ", RoleNames(profile), ".");
  *response.mutable_empty() = ToWire(EmptyReport{
      .of = EmptyReport::Of::kOpenings,
      .considered = diagnosis.considered,
      .failures = diagnosis.failures,
      .nearest = nearest,
      .nobody_text = none,
      .among_text = diagnosis.considered == 1
                        ? std::string("The only opening in question does not fit")
                        : absl::StrCat("None of ", diagnosis.considered, " openings fits")});
  return absl::OkStatus();
}

void AddFacets(const OpeningFacets& facets, v1::FindOpeningsResponse& response) {
  std::map<std::string, int64_t> roles;
  for (const auto& [role, count] : facets.roles) {
    roles[ShippedRoles().roles()[static_cast<size_t>(role)].id] = count;
  }
  std::map<std::string, int64_t> places;
  for (const auto& [place, count] : facets.places) {
    places[place == kNone ? std::string()
                          : ShippedPlaces().places()[static_cast<size_t>(place)].id] = count;
  }
  *response.add_facets() = MakeFacet("role", roles);
  *response.add_facets() = MakeFacet("place", places);
}

}  // namespace

absl::StatusOr<v1::FindOpeningsResponse> AnswerOpenings(const ViewSnapshot& snapshot,
                                                        const Call& call,
                                                        const v1::FindOpeningsRequest& request) {
  const QuestionReader reader(snapshot, call.organization());
  TROUPE_ASSIGN_OR_RETURN(const Profile profile, reader.ProfileNamed(request.profile()));
  if (profile.ownership.owner != call.organization()) return OnlyOwnerMayAsk("profile");
  OpeningsQuestion question{.profile = profile.id};
  TROUPE_ASSIGN_OR_RETURN(question.as_of, reader.AsOf(request.has_as_of(), request.as_of()));
  TROUPE_ASSIGN_OR_RETURN(question.model, reader.ModelFor(request.weights(), request.model()));
  TROUPE_ASSIGN_OR_RETURN(question.top_k, ReadPageSize(request.page_size()));
  question.include_attached = request.include_attached();
  question.want_total = request.want_total();
  question.want_facets = request.want_facets();
  question.want_diagnosis = true;
  TROUPE_ASSIGN_OR_RETURN(const OpeningsAnswer answer,
                          FindOpenings(snapshot.pool(), question, call.stop()));
  v1::FindOpeningsResponse response;
  *response.mutable_as_of() = ToWire(question.as_of);
  if (answer.total.has_value()) response.set_total(*answer.total);
  if (answer.facets.has_value()) AddFacets(*answer.facets, response);
  if (answer.diagnosis.has_value()) {
    TROUPE_RETURN_IF_ERROR(
        AddEmptyResult(snapshot, *answer.diagnosis, profile, question.as_of, response));
  }
  TROUPE_RETURN_IF_ERROR(AddMatches(snapshot, question, profile, answer.best, response));
  return response;
}

}  // namespace troupe
