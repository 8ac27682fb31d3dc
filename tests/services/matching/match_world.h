#ifndef TROUPE_TESTS_SERVICES_MATCHING_MATCH_WORLD_H_
#define TROUPE_TESTS_SERVICES_MATCHING_MATCH_WORLD_H_

#include <map>
#include <string>
#include <utility>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_split.h"
#include "absl/synchronization/notification.h"
#include "services/convert/resource_names.h"
#include "services/log/day_ticker.h"
#include "services/matching/match_service.h"
#include "services/records/outcome_record.h"
#include "services/records/profile_record.h"
#include "services/records/project_record.h"
#include "services/records/scoring_model_record.h"
#include "services/rpc/named_model.h"
#include "services/rpc/stored_outcomes.h"
#include "services/rpc/thread_pool.h"
#include "tests/services/convert/wire_samples.h"
#include "tests/testing/builders.h"
#include "tests/testing/live_view.h"
#include "tests/testing/log_calls.h"
#include "tests/testing/service_calls.h"

namespace troupe::testing {

inline std::string ProfileName(uint64_t id) { return FormatName(ProfileId(id)); }
inline std::string OpeningName(uint64_t project, uint32_t number = 1) {
  return FormatName(OpeningId{ProjectId(project), number});
}

// Fields of a request that name something, in protobuf's text format.
inline std::string OfProfile(uint64_t id) {
  return absl::StrCat("profile: '", ProfileName(id), "' ");
}
inline std::string OfOpening(uint64_t project, uint32_t number = 1) {
  return absl::StrCat("opening: '", OpeningName(project, number), "' ");
}
inline std::string AttachedAs(uint64_t id, const std::string& role) {
  return absl::StrCat("attached { ", OfProfile(id), "roles: '", role, "' } ");
}
// An opening that is not stored, for a director, which says `text` besides.
inline std::string AdHoc(const std::string& text = "", const std::string& project = "") {
  return absl::StrCat("ad_hoc { project { ", project, " } opening { role: 'director' ", text,
                      " } } ");
}
inline std::string Until(const std::string& year_month_day) {  // "2027 4 5"
  const std::vector<std::string> part = absl::StrSplit(year_month_day, ' ');
  return absl::StrCat("window { dates { start { year: 2026 month: 3 day: 1 } limit { year: ",
                      part[0], " month: ", part[1], " day: ", part[2], " } } } ");
}

// Somebody who holds the role of director.
inline ProfileBuilder Director(uint64_t id) { return ProfileBuilder().Id(id).Holds("director"); }
// A project with one opening.
inline ProjectBuilder Seeking(uint64_t id, const OpeningBuilder& opening = OpeningBuilder()) {
  return ProjectBuilder().Id(id).With(opening);
}

// A MatchService over a log in memory, on 2026-03-01. Who does not say otherwise
// is "crew".
class MatchWorld {
 public:
  MatchWorld() { BeginDay(D("2026-03-01")); }

  void BeginDay(Day today) { Write(TodayRequest(today)); }
  void Have(const ProfileBuilder& builder) {
    const Profile profile = builder.Build();
    Put({EntityKind::kProfile, profile.id.value()}, SerializeProfile(profile));
  }
  void Have(const ProjectBuilder& builder) {
    const Project project = builder.Build();
    Put({EntityKind::kProject, project.id.value()}, SerializeProject(project));
  }
  void Have(const ModelHistory& model) {
    Put(ModelEntity(model.owner, model.id), SerializeModel(model));
  }
  void Have(const OutcomeHistory& history) {
    Put(OutcomesEntity(history.owner, history.opening), SerializeOutcomes(history));
  }

  absl::StatusOr<v1::FindProfilesResponse> Profiles(const std::string& text,
                                                    const std::string& organization = "crew") {
    return Ask(service_, &MatchService::FindProfiles, FromText<v1::FindProfilesRequest>(text),
               organization);
  }
  absl::StatusOr<v1::FindOpeningsResponse> Openings(const std::string& text,
                                                    const std::string& organization = "crew") {
    return Ask(service_, &MatchService::FindOpenings, FromText<v1::FindOpeningsRequest>(text),
               organization);
  }
  absl::StatusOr<v1::ExplainMatchResponse> Explain(const std::string& text,
                                                   const std::string& organization = "crew") {
    return Ask(service_, &MatchService::ExplainMatch, FromText<v1::ExplainMatchRequest>(text),
               organization);
  }
  absl::StatusOr<v1::FindFreeWindowsResponse> Windows(const std::string& text,
                                                      const std::string& organization = "crew") {
    return Ask(service_, &MatchService::FindFreeWindows,
               FromText<v1::FindFreeWindowsRequest>(text), organization);
  }
  absl::StatusOr<v1::ListRoleStepsResponse> RoleSteps(const std::string& text) {
    return Ask(service_, &MatchService::ListRoleSteps, FromText<v1::ListRoleStepsRequest>(text),
               "crew");
  }
  v1::PoolStatistics Statistics() {
    return Ask(service_, &MatchService::GetPoolStatistics, v1::GetPoolStatisticsRequest(), "crew")
        .value();
  }

 private:
  void Put(EntityKey entity, const std::string& bytes) {
    Write(Request(absl::StrCat("put ", ++requests_), {{entity, kAnyVersion, bytes}}));
  }
  // Appends `request`, and waits until the view shows it.
  void Write(const AppendRequest& request) {
    absl::Notification shown;
    const LogPos pos = AppendOne(live_.log(), request).value();
    live_.view().WhenApplied(LogName::kTroupe, request.shard, pos.seq, [&](const absl::Status&) { shown.Notify(); });
    shown.WaitForNotification();
  }

  LiveView live_;
  ThreadPool threads_{2};
  int requests_ = 0;
  MatchService service_{&live_.view(), &threads_};
};

// Who was found, best first.
inline std::vector<std::string> Found(const absl::StatusOr<v1::FindProfilesResponse>& answer) {
  std::vector<std::string> names;
  for (const v1::Match& match : answer.value().matches()) names.push_back(match.profile());
  return names;
}
inline std::vector<std::string> Found(const absl::StatusOr<v1::FindOpeningsResponse>& answer) {
  std::vector<std::string> names;
  for (const v1::Match& match : answer.value().matches()) names.push_back(match.opening());
  return names;
}

// The counts of each value of `attribute`.
template <typename Response>
std::map<std::string, int64_t> FacetOf(const Response& response, const std::string& attribute) {
  std::map<std::string, int64_t> counts;
  for (const v1::Facet& facet : response.facets()) {
    if (facet.attribute() != attribute) continue;
    for (const v1::FacetValue& value : facet.values()) counts[value.value()] = value.count();
  }
  return counts;
}

// The requirements that `failures` (Failure or FailureCount) name, in order.
template <typename Failures>
std::vector<v1::Requirement> RequirementsOf(const Failures& failures) {
  std::vector<v1::Requirement> requirements;
  for (const auto& failure : failures) requirements.push_back(failure.requirement());
  return requirements;
}

inline int64_t SumOfContributions(const v1::Match& match) {
  int64_t sum = 0;
  for (const auto& feature : match.features()) sum += feature.contribution_millionths();
  return sum;
}

// The people whom the evidence of `match` names.
inline std::vector<std::string> PeopleNamedBy(const v1::Match& match) {
  std::vector<std::string> people;
  for (const auto& feature : match.features()) {
    for (const auto& evidence : feature.evidence()) {
      if (evidence.kind() == "profile") people.push_back(evidence.id());
    }
  }
  return people;
}

}  // namespace troupe::testing

#endif  // TROUPE_TESTS_SERVICES_MATCHING_MATCH_WORLD_H_
