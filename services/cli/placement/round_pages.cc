#include "services/cli/placement/round_pages.h"

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "matcher/base/status_macros.h"
#include "matcher/base/violation.h"
#include "troupe/v1/placement_service.grpc.pb.h"

namespace troupe {
namespace {

using Placements = v1::PlacementService::Stub;

constexpr int32_t kPage = 1'000;

template <typename Request, typename Response, typename Records>
absl::Status ForEach(const Connection& connection, Request request,
                     grpc::Status (Placements::*method)(grpc::ClientContext*, const Request&,
                                                        Response*),
                     const Records& records_of) {
  request.set_page_size(kPage);
  while (true) {
    TROUPE_ASSIGN_OR_RETURN(const Response response,
                            connection.Ask(method, request));
    if (!records_of(response)) return absl::OkStatus();
    if (response.next_page_token().empty()) return absl::OkStatus();
    request.set_page_token(response.next_page_token());
  }
}

// Whether `take` wants more after all of `records`.
template <typename Records, typename Take>
bool GiveAll(const Records& records, const Take& take) {
  for (const auto& record : records) {
    if (!take(record)) return false;
  }
  return true;
}

}  // namespace

absl::Status ForEachCohort(const Connection& connection,
                           const std::function<bool(const v1::Cohort&)>& take) {
  return ForEach(connection, v1::ListCohortsRequest(), &Placements::ListCohorts,
                 [&](const v1::ListCohortsResponse& page) { return GiveAll(page.cohorts(), take); });
}

absl::Status ForEachProgram(const Connection& connection,
                            const std::function<bool(const v1::Program&)>& take) {
  return ForEach(
      connection, v1::ListProgramsRequest(), &Placements::ListPrograms,
      [&](const v1::ListProgramsResponse& page) { return GiveAll(page.programs(), take); });
}

absl::Status ForEachRound(const Connection& connection,
                          const std::function<bool(const v1::Round&)>& take) {
  return ForEach(connection, v1::ListRoundsRequest(), &Placements::ListRounds,
                 [&](const v1::ListRoundsResponse& page) { return GiveAll(page.rounds(), take); });
}

absl::Status ForEachPlacement(const std::string& round, bool unplaced_only,
                              const Connection& connection,
                              const std::function<bool(const v1::GraduatePlacement&)>& take) {
  v1::ListPlacementsRequest request;
  request.set_round(round);
  request.set_unplaced_only(unplaced_only);
  return ForEach(connection, request, &Placements::ListPlacements,
                 [&](const v1::ListPlacementsResponse& page) {
                   return GiveAll(page.placements(), take);
                 });
}

absl::StatusOr<std::string> RoundNameOf(const std::string& text, const Connection& connection) {
  if (absl::StartsWith(text, "rounds/")) return text;
  std::string name;
  TROUPE_RETURN_IF_ERROR(ForEachRound(connection, [&](const v1::Round& round) {
    if (round.external_id().id() == text) name = round.name();
    return name.empty();
  }));
  if (!name.empty()) return name;
  return ErrorWithReason(absl::StatusCode::kNotFound, "ROUND_NOT_FOUND",
                         absl::StrCat("there is no round \"", text,
                                      "\": \"troupe placement list\" shows which there are"));
}

absl::StatusOr<v1::Round> GetRound(const std::string& name, const Connection& connection) {
  v1::GetRoundRequest request;
  request.set_name(name);
  return connection.Ask(&Placements::GetRound, request);
}

}  // namespace troupe
