#include "services/cli/operation_list.h"

#include "absl/strings/str_cat.h"
#include "absl/time/time.h"
#include "matcher/base/status_macros.h"
#include "services/cli/number_text.h"
#include "services/cli/placement/placement_words.h"
#include "services/cli/table.h"
#include "troupe/v1/operation.pb.h"
#include "troupe/v1/operation_service.grpc.pb.h"

namespace troupe {
namespace {

using Operations = v1::OperationService::Stub;

Ink InkOf(v1::Operation::State state) {
  switch (state) {
    case v1::Operation::STATE_SUCCEEDED: return Ink::kGood;
    case v1::Operation::STATE_FAILED: return Ink::kBad;
    case v1::Operation::STATE_CANCELLED: return Ink::kCaution;
    default: return Ink::kScore;
  }
}

std::string ProgressOf(const v1::OperationProgress& progress) {
  if (progress.total() == 0) return progress.step();
  return absl::StrCat(progress.step(), " ", WithCommas(progress.done()), " of ",
                      WithCommas(progress.total()));
}

void PrintOperations(const v1::ListOperationsResponse& response, const Streams& streams) {
  Table table({{.title = "operation"},
               {.title = "method"},
               {.title = "state"},
               {.title = "began"},
               {.title = "ended"},
               {.title = "", .wraps = true}});
  for (const v1::Operation& operation : response.operations()) {
    const bool has_failed = operation.state() == v1::Operation::STATE_FAILED;
    table.AddRow({operation.name(),
                  operation.method(),
                  {WordOf(operation.state()), InkOf(operation.state())},
                  TimeText(operation.create_time()),
                  TimeText(operation.end_time()),
                  has_failed ? absl::StrCat(operation.error().reason(), ": ",
                                            operation.error().message())
                             : ProgressOf(operation.progress())});
  }
  table.Print(streams);
}

}  // namespace

absl::Status ListOperations(const std::string& parent, const std::string& none,
                            Session& session) {
  const Connection& connection = session.connection();
  v1::ListOperationsRequest request;
  request.set_parent(parent);
  TROUPE_ASSIGN_OR_RETURN(
      const v1::ListOperationsResponse response,
      connection.Ask(&Operations::ListOperations, request));
  if (session.json()) {
    for (const v1::Operation& operation : response.operations()) session.PrintJson(operation);
  } else if (response.operations().empty()) {
    session.out() << "none: " << none << "\n";
  } else {
    PrintOperations(response, session.streams());
  }
  return absl::OkStatus();
}

absl::Status CancelOperation(const std::string& name, Session& session) {
  const Connection& connection = session.connection();
  v1::CancelOperationRequest request;
  request.set_name(name);
  TROUPE_ASSIGN_OR_RETURN(
      const v1::Operation operation,
      connection.Ask(&Operations::CancelOperation, request));
  if (session.json()) {
    session.PrintJson(operation);
  } else if (operation.state() == v1::Operation::STATE_RUNNING) {
    session.out() << "asked " << operation.name() << " to stop\n";
  } else {
    session.out() << operation.name() << " has ended already: " << WordOf(operation.state())
                  << "\n";
  }
  return absl::OkStatus();
}

std::string TimeText(const google::protobuf::Timestamp& time) {
  if (time.seconds() == 0) return "";
  return absl::FormatTime("%Y-%m-%d %H:%M", absl::FromUnixSeconds(time.seconds()),
                          absl::LocalTimeZone());
}

}  // namespace troupe
