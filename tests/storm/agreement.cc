#include "tests/storm/agreement.h"

#include <chrono>
#include <set>
#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "matcher/base/status_macros.h"
#include "services/rpc/freshness_gate.h"
#include "tests/services/convert/wire_samples.h"
#include "tests/storm/patience.h"
#include "troupe/v1/match.pb.h"
#include "troupe/v1/match_service.grpc.pb.h"

namespace troupe::testing {
namespace {

constexpr std::chrono::seconds kDeadline(20);

// Asks for an answer that shows all that was acknowledged before, whichever
// process acknowledged it.
template <typename Request, typename Response>
absl::StatusOr<Response> AskNow(const Connection& by,
                                grpc::Status (v1::MatchService::Stub::*method)(
                                    grpc::ClientContext*, const Request&, Response*),
                                const Request& request) {
  return Patiently([&]() -> absl::StatusOr<Response> {
    const auto context = by.NewContext();
    context->AddMetadata(kConsistencyMetadata, kFullyConsistent);
    context->set_deadline(std::chrono::system_clock::now() + kDeadline);
    Response response;
    const grpc::Status status = (by.stub<v1::MatchService::Stub>().*method)(context.get(), request, &response);
    if (!status.ok()) return by.Error(status);
    return response;
  });
}

absl::StatusOr<v1::FindProfilesResponse> AllProfiles(const Services& crew,
                                                     const std::string& opening) {
  v1::FindProfilesRequest request;
  request.set_opening(opening);
  request.set_page_size(1000);
  request.set_want_total(true);
  return AskNow(crew.matches, &v1::MatchService::Stub::FindProfiles, request);
}

absl::StatusOr<v1::FindOpeningsResponse> AllOpenings(const Services& crew,
                                                     const std::string& profile) {
  v1::FindOpeningsRequest request;
  request.set_profile(profile);
  request.set_want_total(true);
  return AskNow(crew.matches, &v1::MatchService::Stub::FindOpenings, request);
}

void Compare(absl::string_view what, int64_t actual, int64_t expected, Findings& findings) {
  if (actual == expected) return;
  findings.Add(Wrong::kDisagreed,
               absl::StrCat(what, ": ", actual, ", but listed are ", expected));
}

template <typename Kind>
absl::StatusOr<std::vector<typename Kind::Wire>> ListAndGet(const Services& crew,
                                                            Findings& findings) {
  const Connection& by = Kind::Of(crew);
  TROUPE_ASSIGN_OR_RETURN(const std::vector<typename Kind::Wire> listed,
                          Patiently([&] { return Kind::List(by); }));
  std::vector<std::string> names;
  for (const auto& record : listed) names.push_back(record.name());
  TROUPE_ASSIGN_OR_RETURN(const std::vector<typename Kind::Wire> got, Kind::BatchGet(by, names));
  Compare(absl::StrCat(Kind::kNoun, "s got"), static_cast<int64_t>(got.size()),
          static_cast<int64_t>(listed.size()), findings);
  for (size_t i = 0; i < got.size() && i < listed.size(); ++i) {
    const std::string difference = Difference(got[i], listed[i]);
    if (!difference.empty()) findings.Add(Wrong::kDisagreed, difference);
  }
  return listed;
}

template <typename Kind>
typename RecordLedger<Kind>::Listing ByLabel(const std::vector<typename Kind::Wire>& records) {
  typename RecordLedger<Kind>::Listing listing;
  for (const auto& record : records) listing.emplace(Kind::LabelOf(record), record);
  return listing;
}

bool IsDirector(const v1::Profile& profile) {
  return profile.roles_size() == 1 && profile.roles(0).role() == "director";
}

absl::Status CheckMatches(const Services& crew, const Landmarks& landmarks,
                          const std::vector<v1::Profile>& profiles, int64_t openings,
                          Findings& findings) {
  std::set<std::string> directors;
  for (const v1::Profile& profile : profiles) {
    if (IsDirector(profile)) directors.insert(profile.name());
  }
  TROUPE_ASSIGN_OR_RETURN(const auto found, AllProfiles(crew, landmarks.opening));
  Compare("matching profiles", found.total(), static_cast<int64_t>(directors.size()), findings);
  for (const v1::Match& match : found.matches()) {
    if (directors.count(match.profile()) == 1) continue;
    findings.Add(Wrong::kDisagreed, absl::StrCat("a match that is not listed: ", match.profile()));
  }
  TROUPE_ASSIGN_OR_RETURN(const auto offered, AllOpenings(crew, landmarks.profile));
  Compare("matching openings", offered.total(), openings, findings);
  return absl::OkStatus();
}

}  // namespace

absl::StatusOr<v1::PoolStatistics> StatisticsNow(const Services& operators) {
  return AskNow(operators.matches, &v1::MatchService::Stub::GetPoolStatistics,
                v1::GetPoolStatisticsRequest());
}

absl::StatusOr<Listings> ListAll(const Services& crew) {
  TROUPE_ASSIGN_OR_RETURN(const auto profiles,
                          Patiently([&] { return ProfileRecords::List(crew.profiles); }));
  TROUPE_ASSIGN_OR_RETURN(const auto projects,
                          Patiently([&] { return ProjectRecords::List(crew.projects); }));
  return Listings{ByLabel<ProfileRecords>(profiles), ByLabel<ProjectRecords>(projects)};
}

absl::StatusOr<Listings> ListAgreed(const Services& crew, const Services& operators,
                                    const Landmarks& landmarks, Findings& findings) {
  TROUPE_ASSIGN_OR_RETURN(const auto profiles, ListAndGet<ProfileRecords>(crew, findings));
  TROUPE_ASSIGN_OR_RETURN(const auto projects, ListAndGet<ProjectRecords>(crew, findings));
  int64_t openings = 0;
  for (const v1::Project& project : projects) openings += ProjectRecords::OpenOpenings(project);
  TROUPE_ASSIGN_OR_RETURN(const v1::PoolStatistics pool, StatisticsNow(operators));
  Compare("profiles of the pool", pool.profiles(), static_cast<int64_t>(profiles.size()), findings);
  Compare("projects of the pool", pool.projects(), static_cast<int64_t>(projects.size()), findings);
  Compare("openings of the pool", pool.openings(), openings, findings);
  TROUPE_RETURN_IF_ERROR(CheckMatches(crew, landmarks, profiles, openings, findings));
  return Listings{ByLabel<ProfileRecords>(profiles), ByLabel<ProjectRecords>(projects)};
}

}  // namespace troupe::testing
