#include "services/staffing/suggest_shadowing.h"

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <string>
#include <utility>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/strings/string_view.h"
#include "matcher/base/status_macros.h"
#include "matcher/base/violation.h"
#include "matcher/domain/field.h"
#include "matcher/domain/role_taxonomy.h"
#include "matcher/index/profile_row.h"
#include "matcher/rank/role_adjacency.h"
#include "matcher/staffing/shadowing.h"
#include "services/convert/resource_names.h"
#include "services/convert/types_conversion.h"
#include "services/records/project_record.h"
#include "services/rpc/resource_errors.h"
#include "services/staffing/project_crew.h"

namespace troupe {
namespace {

using staffing::CrewPerson;
using staffing::ShadowingChoice;
using staffing::ShadowingPair;
using staffing::ShadowingTerms;

constexpr int32_t kMostLearners = 5;
constexpr int32_t kMostLevel = 5;
constexpr int32_t kMostDays = 366;
// Of an opening.
constexpr size_t kMostBlocks = 16;

void ReadNumber(const Field& field, int32_t value, int32_t most, int32_t& number) {
  if (value == 0) return;
  if (value < 1 || value > most) {
    field.Report(absl::StrCat("is ", value), absl::StrCat("give 1 to ", most));
  }
  number = value;
}

struct ShadowingQuestion {
  ProjectId project;
  ShadowingTerms terms;
};

absl::StatusOr<ShadowingQuestion> Read(const v1::SuggestShadowingRequest& request) {
  Violations found;
  const Field message(&found);
  ShadowingQuestion question = {.project = ReadProjectName(message["project"], request.project())};
  ShadowingTerms& terms = question.terms;
  ReadNumber(message["learners_per_expert"], request.learners_per_expert(), kMostLearners,
             terms.learners_per_expert);
  ReadNumber(message["expert_level"], request.expert_level(), kMostLevel, terms.expert_level);
  ReadNumber(message["least_days"], request.least_days(), kMostDays, terms.least_days);
  TROUPE_RETURN_IF_ERROR(found.ToStatus());
  return question;
}

absl::StatusOr<Project> OwnProject(const ViewSnapshot& now, const OrganizationId& caller,
                                   ProjectId id) {
  const absl::Status not_found = RecordNotFound("project", FormatName(id));
  TROUPE_ASSIGN_OR_RETURN(const auto record, now.Get({EntityKind::kProject, id.value()}));
  if (!record.has_value()) return not_found;
  TROUPE_ASSIGN_OR_RETURN(Project project, ParseProject(record->bytes));
  if (project.ownership.owner != caller) return not_found;
  return project;
}

bool HasSteps(const RoleAdjacency& adjacency) {
  for (size_t role = 0; role < ShippedRoles().roles().size(); ++role) {
    if (!adjacency.From(static_cast<RoleIndex>(role)).empty()) return true;
  }
  return false;
}

// As counted in the market; as shipped, where there is nothing to count.
absl::StatusOr<RoleAdjacency> AdjacencyFor(const ViewSnapshot& now, const OrganizationId& caller,
                                           const StopToken& stop) {
  TROUPE_ASSIGN_OR_RETURN(RoleAdjacency learned,
                          RoleAdjacency::Learn(now.pool(), OrganizationTerm(caller),
                                               now.pool().today(), stop));
  if (!HasSteps(learned)) return RoleAdjacency::Shipped();
  return learned;
}

v1::Attached AttachedAs(const std::string& profile, const std::string& role) {
  v1::Attached attached;
  attached.set_profile(profile);
  attached.add_roles(role);
  return attached;
}

v1::Window AllOf(const v1::DateRange& dates) {
  v1::Window window;
  *window.mutable_dates() = dates;
  window.set_rule(v1::Window::RULE_ALL_DAYS);
  return window;
}

// That the learner is attached says whose seat it is.
v1::Opening TraineeSeat(const v1::Shadowing& shadowing, const Opening& beside) {
  v1::Opening seat;
  seat.set_role(shadowing.role());
  seat.set_headcount(1);
  seat.set_state(v1::Opening::STATE_DRAFT);
  seat.set_trainees_allowed(true);
  seat.set_place(beside.place);
  *seat.add_attached() = AttachedAs(shadowing.expert(), shadowing.role());
  *seat.add_attached() = AttachedAs(shadowing.learner(), shadowing.learner_role());
  if (shadowing.days_size() == 1) {
    *seat.mutable_window() = AllOf(shadowing.days(0));
    return seat;
  }
  const size_t blocks = std::min(kMostBlocks, static_cast<size_t>(shadowing.days_size()));
  for (size_t i = 0; i < blocks; ++i) {
    *seat.add_blocks() = AllOf(shadowing.days(static_cast<int>(i)));
  }
  return seat;
}

v1::Shadowing ToWire(const ShadowingPair& pair, const ProjectCrew& crew, ProjectId project) {
  const auto name_of = [&](const Opening& opening) {
    return FormatName(OpeningId{.project = project, .number = opening.number});
  };
  const CrewPerson& expert = crew.people[pair.expert];
  const Opening& beside = *crew.openings[pair.expert][pair.seat];
  v1::Shadowing wire;
  wire.set_learner(FormatName(crew.people[pair.learner].id));
  if (!crew.openings[pair.learner].empty()) {
    wire.set_learner_opening(name_of(*crew.openings[pair.learner].front()));
  }
  wire.set_learner_role(crew.roles[pair.learner]);
  wire.set_expert(FormatName(expert.id));
  wire.set_expert_opening(name_of(beside));
  wire.set_role(beside.role);
  wire.set_expert_level(expert.seats[pair.seat].level);
  wire.set_wished(pair.prospect.is_wished);
  wire.set_adjacency_millionths(pair.prospect.adjacency_millionths);
  for (const DaySpan& span : pair.days) *wire.add_days() = ToWire(span);
  wire.set_day_count(pair.day_count);
  wire.set_worth(pair.worth);
  *wire.mutable_trainee_seat() = TraineeSeat(wire, beside);
  return wire;
}

void SayWhyEmpty(const ShadowingChoice& choice, const ShadowingTerms& terms,
                 v1::SuggestShadowingResponse& response) {
  const auto say = [&](v1::SuggestShadowingResponse::EmptyReason reason, absl::string_view text) {
    response.set_empty_reason(reason);
    response.set_empty_text(std::string(text));
  };
  if (response.crew() < 2) {
    return say(v1::SuggestShadowingResponse::EMPTY_REASON_NO_CREW,
               "fewer than two people are on the project: fill seats first");
  }
  if (choice.experts == 0) {
    return say(v1::SuggestShadowingResponse::EMPTY_REASON_NO_EXPERTS,
               absl::StrCat("nobody in a seat has its role at level ", terms.expert_level,
                            " and days ahead: give openings dates, or ask for a lower level"));
  }
  if (!choice.has_learners) {
    return say(v1::SuggestShadowingResponse::EMPTY_REASON_NO_LEARNERS,
               "nobody else wants to learn what they do or has a role that is near to it, or all "
               "have trainee seats already: note what people want to grow into, or ask for more "
               "learners a person");
  }
  say(v1::SuggestShadowingResponse::EMPTY_REASON_NO_COMMON_DAYS,
      absl::StrCat("nobody who could learn is free on ", terms.least_days,
                   " days of an expert's work: ask for fewer days"));
}

}  // namespace

absl::StatusOr<v1::SuggestShadowingResponse> ShadowingFor(
    const ViewSnapshot& now, const OrganizationId& caller,
    const v1::SuggestShadowingRequest& request, const StopToken& stop) {
  TROUPE_ASSIGN_OR_RETURN(const ShadowingQuestion question, Read(request));
  TROUPE_ASSIGN_OR_RETURN(const Project project, OwnProject(now, caller, question.project));
  TROUPE_ASSIGN_OR_RETURN(const RoleAdjacency adjacency, AdjacencyFor(now, caller, stop));
  TROUPE_ASSIGN_OR_RETURN(
      const ProjectCrew crew,
      CrewOf(project, now,
             {.wishing_only = request.wishing_only(), .adjacency = adjacency}));
  const ShadowingChoice choice = staffing::ChooseShadowing(crew.people, question.terms);
  v1::SuggestShadowingResponse response;
  for (const ShadowingPair& pair : choice.pairs) {
    *response.add_suggestions() = ToWire(pair, crew, project.id);
  }
  response.set_crew(static_cast<int32_t>(crew.people.size()));
  response.set_experts(choice.experts);
  if (choice.pairs.empty()) SayWhyEmpty(choice, question.terms, response);
  return response;
}

}  // namespace troupe
