#ifndef TROUPE_TESTS_TESTING_SERVICE_CALLS_H_
#define TROUPE_TESTS_TESTING_SERVICE_CALLS_H_

#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "absl/status/statusor.h"
#include "gmock/gmock.h"
#include "matcher/base/violation.h"
#include "services/rpc/stream_handler.h"
#include "tests/testing/rpc_call.h"
#include "tests/testing/status_matchers.h"

// Calls of a service's methods without gRPC.
namespace troupe::testing {

// What `method` answers to `organization`.
template <typename Service, typename Request, typename Response>
absl::StatusOr<Response> Ask(Service& service,
                             void (Service::*method)(std::shared_ptr<const Call>, const Request&,
                                                     Done<Response>),
                             const Request& request, std::string organization) {
  Answer<Response> answer;
  (service.*method)(CallBy(std::move(organization)), request, answer.done());
  return answer.Wait();
}

// What a stream answers to its next message.
template <typename Request, typename Response>
absl::StatusOr<Response> Send(StreamHandler<Request, Response>& stream, Request request) {
  Answer<Response> answer;
  stream.OnMessage(std::make_shared<const Request>(std::move(request)), answer.done());
  return answer.Wait();
}

// An error with this code and stable reason.
MATCHER_P2(FailsWith, code, reason, "") {
  *result_listener << StatusOf(arg);
  return StatusOf(arg).code() == code && ReasonOf(StatusOf(arg)) == reason;
}

// The fields that an INVALID_ARGUMENT is about.
template <typename T>
std::vector<std::string> BadFields(const T& answer) {
  std::vector<std::string> fields;
  for (const FieldViolation& violation : ViolationsOf(StatusOf(answer))) {
    fields.push_back(violation.field);
  }
  return fields;
}

}  // namespace troupe::testing

#endif  // TROUPE_TESTS_TESTING_SERVICE_CALLS_H_
