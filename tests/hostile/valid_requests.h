#ifndef TROUPE_TESTS_HOSTILE_VALID_REQUESTS_H_
#define TROUPE_TESTS_HOSTILE_VALID_REQUESTS_H_

#include <google/protobuf/descriptor.h>
#include <google/protobuf/message.h>

#include <memory>
#include <string>

namespace troupe::testing {

// The names of records that a server has.
struct KnownRecords {
  std::string profile;
  std::string project;
  std::string opening;
  std::string cohort;
  std::string program;
  std::string round;
  std::string training_plan;
};

// A request of `method` that is valid, with every field set that can be; with
// none set, if nobody wrote one here. What it deletes does not exist.
std::unique_ptr<google::protobuf::Message> ValidRequest(
    const google::protobuf::MethodDescriptor& method, const KnownRecords& known);

}  // namespace troupe::testing

#endif  // TROUPE_TESTS_HOSTILE_VALID_REQUESTS_H_
