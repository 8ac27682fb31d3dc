#include "services/outcome/outcome_service.h"

#include <string>
#include <utility>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"
#include "matcher/base/stable_hash.h"
#include "matcher/base/status_macros.h"
#include "matcher/base/violation.h"
#include "services/convert/outcome_conversion.h"
#include "services/convert/page_token.h"
#include "services/convert/resource_names.h"
#include "services/outcome/fairness_report.h"
#include "services/outcome/outcome_writer.h"
#include "services/rpc/read_resources.h"
#include "services/rpc/resource_errors.h"
#include "services/rpc/stored_outcomes.h"

namespace troupe {
namespace {

constexpr int32_t kDefaultPageSize = 100;
constexpr int32_t kMostPageSize = 1'000;

// Sorts as outcomes do.
std::string KeyOf(const Outcome& outcome) {
  return absl::StrFormat("%016x/%02x", outcome.profile.value(), static_cast<int>(outcome.kind));
}

absl::StatusOr<v1::ListOutcomesResponse> List(const ViewSnapshot& now,
                                              const OrganizationId& caller,
                                              const v1::ListOutcomesRequest& request) {
  TROUPE_ASSIGN_OR_RETURN(const OpeningId opening, ParseOpeningName(request.opening(), "opening"));
  if (request.page_size() < 0 || request.page_size() > kMostPageSize) {
    return InvalidField("page_size", absl::StrCat("is ", request.page_size()),
                        absl::StrCat("give 1 to ", kMostPageSize));
  }
  const int page_size = request.page_size() == 0 ? kDefaultPageSize : request.page_size();
  const uint64_t question = StableHash({"list outcomes", caller.slug, request.opening()});
  std::string after;
  if (!request.page_token().empty()) {
    TROUPE_ASSIGN_OR_RETURN(after, ParsePageToken(request.page_token(), question));
  }
  TROUPE_ASSIGN_OR_RETURN(const auto stored, FindOutcomes(now, caller, opening));
  v1::ListOutcomesResponse response;
  if (!stored.has_value()) return response;
  std::string last;
  for (const Outcome& outcome : stored->history.outcomes) {
    std::string key = KeyOf(outcome);
    if (key <= after || !Exists(now, caller, outcome.profile)) continue;
    if (response.outcomes_size() == page_size) {
      response.set_next_page_token(FormatPageToken(question, last));
      break;
    }
    *response.add_outcomes() = ToWire(outcome);
    last = std::move(key);
  }
  return response;
}

absl::StatusOr<v1::ReportFairnessResponse> Report(const ResourceTools& tools, const Call& call,
                                                  const v1::ReportFairnessRequest& request) {
  TROUPE_RETURN_IF_ERROR(CheckWanted(call));
  TROUPE_RETURN_IF_ERROR(tools.view->failure());
  return FairnessReport(*tools.view->Now(), call.organization(), request, call.stop());
}

}  // namespace

void OutcomeService::RecordOutcome(std::shared_ptr<const Call> call,
                                   const v1::RecordOutcomeRequest& request,
                                   Done<v1::RecordOutcomeResponse> done) {
  troupe::RecordOutcome(tools_, std::move(call), request, std::move(done));
}

void OutcomeService::ListOutcomes(std::shared_ptr<const Call> call,
                                  const v1::ListOutcomesRequest& request,
                                  Done<v1::ListOutcomesResponse> done) {
  read_resources_internal::AnswerOn<v1::ListOutcomesResponse>(
      tools_, std::move(call), std::move(done),
      [&request](const ViewSnapshot& now, const Reader& reader) {
        return List(now, reader.organization, request);
      });
}

void OutcomeService::DeleteOutcomes(std::shared_ptr<const Call> call,
                                    const v1::DeleteOutcomesRequest& request,
                                    Done<google::protobuf::Empty> done) {
  troupe::DeleteOutcomes(tools_, std::move(call), request, std::move(done));
}

void OutcomeService::ReportFairness(std::shared_ptr<const Call> call,
                                    const v1::ReportFairnessRequest& request,
                                    Done<v1::ReportFairnessResponse> done) {
  if (reports_.exchange(true)) {
    return done(ErrorWithReason(absl::StatusCode::kResourceExhausted, "REPORT_UNDER_WAY",
                                "this server is making another report: try again when that is "
                                "done"));
  }
  report_thread_.Run([this, call = std::move(call), &request, done = std::move(done)] {
    absl::StatusOr<v1::ReportFairnessResponse> report = Report(tools_, *call, request);
    reports_ = false;  // Before the client can ask again.
    done(std::move(report));
  });
}

}  // namespace troupe
