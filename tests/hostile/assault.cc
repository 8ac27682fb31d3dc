#include "tests/hostile/assault.h"

#include <grpcpp/client_context.h>
#include <grpcpp/impl/client_unary_call.h>
#include <grpcpp/impl/rpc_method.h>
#include <grpcpp/support/byte_buffer.h>
#include <grpcpp/support/sync_stream.h>

#include <chrono>
#include <cstdlib>
#include <iostream>
#include <utility>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/time/civil_time.h"
#include "absl/time/clock.h"
#include "absl/time/time.h"
#include "matcher/base/violation.h"
#include "services/rpc/access_rules.h"
#include "services/rpc/caller.h"
#include "services/rpc/status_details.h"
#include "tests/hostile/valid_requests.h"
#include "tests/services/rpc/raw_call.h"
#include "troupe/feed/v1/feed_service.pb.h"
#include "troupe/seat/v1/seat_service.pb.h"
#include "troupe/v1/booking_service.grpc.pb.h"
#include "troupe/v1/match_service.grpc.pb.h"
#include "troupe/v1/model_service.grpc.pb.h"
#include "troupe/v1/operation_service.grpc.pb.h"
#include "troupe/v1/outcome_service.grpc.pb.h"
#include "troupe/v1/placement_service.grpc.pb.h"
#include "troupe/v1/profile_service.grpc.pb.h"
#include "troupe/v1/project_service.grpc.pb.h"
#include "troupe/v1/staffing_service.grpc.pb.h"

namespace troupe::testing {
namespace {

using google::protobuf::DescriptorPool;
using google::protobuf::MethodDescriptor;
using grpc::internal::RpcMethod;
using Fault = Malformed::Fault;

std::string PathOf(const MethodDescriptor& method) {
  return absl::StrCat("/", method.service()->full_name(), "/", method.name());
}

void Prepare(grpc::ClientContext& context, const MethodDescriptor& method) {
  context.AddMetadata(kOrganizationMetadata, "operator");
  const auto access = FindAccess(
      AccessRules(), absl::StrCat(method.service()->full_name(), "/", method.name()));
  if (access == Access::kService) context.AddMetadata(kServiceMetadata, "hostile");
  context.set_deadline(std::chrono::system_clock::now() + std::chrono::seconds(10));
}

struct Answer {
  absl::Status status;
  std::string first_response;
};

Answer CallUnary(grpc::Channel& channel, const MethodDescriptor& method,
                 const std::string& bytes) {
  grpc::ClientContext context;
  Prepare(context, method);
  const std::string path = PathOf(method);
  grpc::ByteBuffer response;
  const grpc::Status status = grpc::internal::BlockingUnaryCall(
      &channel, RpcMethod(path.c_str(), RpcMethod::NORMAL_RPC), &context, BytesOf(bytes),
      &response);
  return {FromGrpcStatus(status), status.ok() ? TextOf(response) : ""};
}

// Of a stream that goes on after its first response, the end is of no interest.
Answer CallStream(grpc::Channel& channel, const MethodDescriptor& method,
                  const std::string& bytes) {
  grpc::ClientContext context;
  Prepare(context, method);
  const std::string path = PathOf(method);
  const RpcMethod stream_method(path.c_str(), RpcMethod::BIDI_STREAMING);
  const std::unique_ptr<grpc::ClientReaderWriter<grpc::ByteBuffer, grpc::ByteBuffer>> stream(
      grpc::internal::ClientReaderWriterFactory<grpc::ByteBuffer, grpc::ByteBuffer>::Create(
          &channel, stream_method, &context));
  stream->Write(BytesOf(bytes), grpc::WriteOptions().set_last_message());
  Answer answer;
  grpc::ByteBuffer response;
  if (stream->Read(&response)) {
    answer.first_response = TextOf(response);
    if (!method.client_streaming()) context.TryCancel();
    while (stream->Read(&response)) {
    }
  }
  answer.status = FromGrpcStatus(stream->Finish());
  if (!answer.first_response.empty() && !method.client_streaming()) answer.status = {};
  return answer;
}

// The error of a record that was rejected, as if the request had been; OK if none was.
absl::Status RejectionIn(const std::string& response, const std::string& list) {
  v1::ImportProfilesResponse results;  // All imports answer alike.
  if (!results.ParseFromString(response) || results.results_size() == 0) return {};
  const v1::ImportResult& result = results.results(0);
  if (!result.has_error()) return {};
  const absl::Status error = ErrorWithReason(static_cast<absl::StatusCode>(result.error().code()),
                                             result.error().reason(), result.error().message());
  if (result.error().violations_size() == 0) return error;
  Violations found;
  for (const v1::FieldViolation& bad : result.error().violations()) {
    found.Add(absl::StrCat(list, "[0].", bad.field()), bad.problem(), bad.fix());
  }
  return found.ToStatus();
}

template <typename Response, typename Stub, typename Method, typename Request>
std::string NameOfCreated(Stub& stub, Method method, const Request& request) {
  grpc::ClientContext context;
  context.AddMetadata(kOrganizationMetadata, "operator");
  Response response;
  const grpc::Status status = (stub.*method)(&context, request, &response);
  if (!status.ok()) {
    std::cerr << "cannot create: " << FromGrpcStatus(status) << std::endl;
    std::abort();
  }
  return response.name();
}

KnownRecords CreateRecords(const std::shared_ptr<grpc::Channel>& channel) {
  KnownRecords known;
  const auto profiles = v1::ProfileService::NewStub(channel);
  v1::CreateProfileRequest profile;
  profile.mutable_profile()->set_display_name("Ada");
  profile.mutable_profile()->set_findability(v1::FINDABILITY_FINDABLE);
  known.profile = NameOfCreated<v1::Profile>(*profiles, &v1::ProfileService::Stub::CreateProfile,
                                             profile);
  const auto projects = v1::ProjectService::NewStub(channel);
  v1::CreateProjectRequest project;
  project.mutable_project()->set_title("A title");
  project.mutable_project()->set_findability(v1::FINDABILITY_FINDABLE);
  known.project = NameOfCreated<v1::Project>(*projects, &v1::ProjectService::Stub::CreateProject,
                                             project);
  known.opening = known.project + "/openings/1";
  const auto placements = v1::PlacementService::NewStub(channel);
  v1::CreateCohortRequest cohort;
  cohort.mutable_cohort()->set_title("Spring");
  cohort.mutable_cohort()->add_graduates()->set_id("a");
  known.cohort = NameOfCreated<v1::Cohort>(*placements, &v1::PlacementService::Stub::CreateCohort,
                                           cohort);
  v1::CreateProgramRequest program;
  program.mutable_program()->set_title("Lights");
  program.mutable_program()->set_capacity(1);
  known.program = NameOfCreated<v1::Program>(
      *placements, &v1::PlacementService::Stub::CreateProgram, program);
  v1::CreateRoundRequest round;
  round.mutable_round()->set_title("Spring");
  round.mutable_round()->set_mechanism(v1::MECHANISM_GRADUATES_PROPOSE);
  round.mutable_round()->add_cohorts(known.cohort);
  round.mutable_round()->add_programs(known.program);
  known.round = NameOfCreated<v1::Round>(*placements, &v1::PlacementService::Stub::CreateRound,
                                         round);
  const auto staffing = v1::StaffingService::NewStub(channel);
  v1::CreateTrainingPlanRequest plan;
  plan.mutable_training_plan()->set_title("Spring");
  v1::Course& course = *plan.mutable_training_plan()->add_courses();
  course.set_id("c");
  course.set_role("gaffer");
  course.set_weeks(1);
  course.set_cost_yuan(1);
  course.set_seats(1);
  // Of this week, wherever it is today, or of the next.
  const absl::CivilDay start = absl::ToCivilDay(absl::Now(), absl::UTCTimeZone()) + 1;
  course.mutable_start()->set_year(static_cast<int32_t>(start.year()));
  course.mutable_start()->set_month(start.month());
  course.mutable_start()->set_day(start.day());
  known.training_plan = NameOfCreated<v1::TrainingPlan>(
      *staffing, &v1::StaffingService::Stub::CreateTrainingPlan, plan);
  return known;
}

// Every service that a server has, known by one of its requests, which links it in.
std::vector<const google::protobuf::ServiceDescriptor*> Services() {
  std::vector<const google::protobuf::ServiceDescriptor*> services;
  for (const google::protobuf::Descriptor* request :
       {v1::GetProfileRequest::descriptor(), v1::GetProjectRequest::descriptor(),
        v1::FindProfilesRequest::descriptor(), v1::GetHoldRequest::descriptor(),
        v1::GetScoringModelRequest::descriptor(), v1::ListOutcomesRequest::descriptor(),
        v1::GetCohortRequest::descriptor(), v1::GetOperationRequest::descriptor(),
        v1::GetTrainingPlanRequest::descriptor(), feed::v1::ReadRecordsRequest::descriptor(),
        seat::v1::DecideRequest::descriptor()}) {
    services.push_back(request->file()->service(0));
  }
  return services;
}

// Text that says nothing to the server, or that it does not read: the contract
// calls it the client's own, or output only.
bool MayHoldAnything(const Attack& attack) {
  const std::string& field = attack.request.field;
  if (field == "request_id") return attack.request.fault == Fault::kControl;
  if (absl::StartsWith(attack.method->name(), "Update")) {
    return absl::EndsWith(field, ".organization");
  }
  return field == "ad_hoc.project.name" || field == "ad_hoc.project.etag" ||
         field == "ad_hoc.project.organization";
}

// Whether the fault breaks a rule of the contract, or only may.
bool MustBeRefused(const Attack& attack) {
  const Fault fault = attack.request.fault;
  if (fault == Fault::kMissing) return false;
  const bool is_text = fault == Fault::kTooLong || fault == Fault::kControl;
  if (is_text && MayHoldAnything(attack)) return false;
  if (fault != Fault::kHighest) return true;
  // These have no greatest number.
  if (absl::StartsWith(attack.method->full_name(), "troupe.seat.")) return false;
  const std::string& field = attack.request.field;
  return field != "max_records" && field != "max_bytes" && field != "seed" &&
         !absl::EndsWith(field, ".seed") && !absl::EndsWith(field, ".cast_order");
}

// There are no careers, and one learning at a time.
bool IsAboutLearning(const absl::Status& answer) {
  return ReasonOf(answer) == "NOTHING_TO_LEARN" || ReasonOf(answer) == "LEARNING_UNDER_WAY";
}

// The field of an import that has its records.
std::string ListOf(const MethodDescriptor& method) {
  const std::string& name = method.name();
  return name == "ImportProfiles" ? "profiles" : name == "ImportProjects" ? "projects" : "programs";
}

bool IsAbout(const std::string& named, const std::string& field) {
  return absl::StartsWith(named, field) || absl::StartsWith(field, named);
}

}  // namespace

std::string Attack::ToString() const {
  return absl::StrCat(method->name(), " ", request.field, ": ", NameOf(request.fault));
}

Assault::Assault(std::shared_ptr<grpc::Channel> channel) : channel_(std::move(channel)) {
  const KnownRecords known = CreateRecords(channel_);
  for (const auto* service : Services()) {
    for (int i = 0; i < service->method_count(); ++i) {
      const MethodDescriptor* method = service->method(i);
      const auto valid = ValidRequest(*method, known);
      valid_.push_back({method, {Fault::kMissing, "", valid->SerializeAsString()}});
      for (Malformed& request : MalformedFrom(*valid)) {
        attacks_.push_back({method, std::move(request)});
      }
    }
  }
}

std::string Assault::ComplaintAboutValid() const {
  std::string complaints;
  for (const Attack& valid : valid_) {
    const absl::Status answer = Send(valid);
    // What is to be deleted is not there, a hold changes with each answer, and no
    // token can be made up.
    if (answer.ok() || absl::IsNotFound(answer) || ReasonOf(answer) == "STALE_ETAG" ||
        IsAboutLearning(answer)) {
      continue;
    }
    const std::vector<FieldViolation> found = ViolationsOf(answer);
    if (found.size() == 1 && absl::EndsWith(found.front().field, "_token")) continue;
    absl::StrAppend(&complaints, valid.method->name(), ": ", answer.ToString(), "\n");
  }
  return complaints;
}

absl::Status Assault::Send(const Attack& attack) const {
  const MethodDescriptor& method = *attack.method;
  if (!method.server_streaming()) {
    return CallUnary(*channel_, method, attack.request.bytes).status;
  }
  const Answer answer = CallStream(*channel_, method, attack.request.bytes);
  if (!answer.status.ok() || !absl::StartsWith(method.name(), "Import")) return answer.status;
  return RejectionIn(answer.first_response, ListOf(method));
}

std::string Assault::Complaint(const Attack& attack, const absl::Status& answer) {
  const Fault fault = attack.request.fault;
  const bool optional = !MustBeRefused(attack);
  if (answer.ok()) return optional ? "" : "was accepted";
  if (ReasonOf(answer).empty()) return absl::StrCat("has no reason: ", answer.ToString());
  if (fault == Fault::kNoMessage) {
    return ReasonOf(answer) == "UNDECODABLE_REQUEST" ? "" : answer.ToString();
  }
  if (optional && answer.code() != absl::StatusCode::kInvalidArgument) {
    const bool expected = answer.code() == absl::StatusCode::kNotFound ||
                          answer.code() == absl::StatusCode::kAlreadyExists ||
                          answer.code() == absl::StatusCode::kFailedPrecondition ||
                          ReasonOf(answer) == "STALE_ETAG" ||
                          ReasonOf(answer) == "OTHER_LOG" || IsAboutLearning(answer);
    return expected ? "" : answer.ToString();
  }
  if (attack.request.field == "log" && ReasonOf(answer) == "OTHER_LOG") return "";
  if (answer.code() != absl::StatusCode::kInvalidArgument) return answer.ToString();
  for (const FieldViolation& bad : ViolationsOf(answer)) {
    if (IsAbout(bad.field, attack.request.field) && !bad.fix.empty()) return "";
    if (optional && !bad.fix.empty()) return "";  // What needs the field may be named.
  }
  return absl::StrCat("does not name the field: ", answer.ToString());
}

}  // namespace troupe::testing
