#ifndef TROUPE_TESTS_HOSTILE_ASSAULT_H_
#define TROUPE_TESTS_HOSTILE_ASSAULT_H_

#include <google/protobuf/descriptor.h>
#include <grpcpp/channel.h>

#include <memory>
#include <string>
#include <vector>

#include "absl/status/status.h"
#include "tests/hostile/malformed.h"

namespace troupe::testing {

// A malformed request of one RPC.
struct Attack {
  const google::protobuf::MethodDescriptor* method;
  Malformed request;

  std::string ToString() const;  // "CreateProfile profile.roles[0].level: too many"
};

// Malformed requests of every RPC of every service of ours, against a server
// that runs. Calls as the organization "operator", and as a service where only
// those may call. Thread-compatible.
class Assault {
 public:
  // Creates the records that the requests name.
  explicit Assault(std::shared_ptr<grpc::Channel> channel);

  const std::vector<Attack>& attacks() const { return attacks_; }

  // What is wrong with the valid requests, from which the others are made; "" if
  // the server takes them.
  std::string ComplaintAboutValid() const;

  // What the server answers; of an import, also how it rejects the record.
  absl::Status Send(const Attack& attack) const;

  // What is wrong with `answer`, in words; "" if it is what the documentation
  // says: INVALID_ARGUMENT with a reason, or where the fault is a field's, with
  // that field and how to mend it.
  static std::string Complaint(const Attack& attack, const absl::Status& answer);

 private:
  const std::shared_ptr<grpc::Channel> channel_;
  std::vector<Attack> valid_;  // Nothing is wrong with these.
  std::vector<Attack> attacks_;
};

}  // namespace troupe::testing

#endif  // TROUPE_TESTS_HOSTILE_ASSAULT_H_
