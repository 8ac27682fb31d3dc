#ifndef TROUPE_TESTS_SERVICES_CONVERT_WIRE_SAMPLES_H_
#define TROUPE_TESTS_SERVICES_CONVERT_WIRE_SAMPLES_H_

#include <cstdint>
#include <string>
#include <vector>

#include "google/protobuf/message.h"
#include "google/protobuf/text_format.h"
#include "matcher/domain/profile.h"
#include "matcher/domain/project.h"
#include "troupe/v1/profile.pb.h"
#include "troupe/v1/project.pb.h"

namespace troupe::testing {

// The message that `text` (protobuf's text format) says. Ends the test program
// if it says none.
template <typename Message>
Message FromText(const std::string& text) {
  Message message;
  GOOGLE_CHECK(google::protobuf::TextFormat::ParseFromString(text, &message));
  return message;
}

// A resource of organizations/crew, as its owner sees it, in which every field
// of every message is set and in the form that the server answers with.
v1::Profile EveryFieldOfProfile();
v1::Project EveryFieldOfProject();

// The same as stored, in the version kSampleVersion.
Profile StoredProfile();
Project StoredProject();
inline constexpr uint64_t kSampleVersion = 0x2a;

// The fields of `message`, and of the messages in it, that are not set:
// "casting.gender". Entries of a list are looked at as one.
std::vector<std::string> UnsetFields(const google::protobuf::Message& message);

// The top-level fields that are set, in the order of their numbers.
std::vector<std::string> SetFields(const google::protobuf::Message& message);

// How two messages differ; empty if they are equal.
std::string Difference(const google::protobuf::Message& a, const google::protobuf::Message& b);

}  // namespace troupe::testing

#endif  // TROUPE_TESTS_SERVICES_CONVERT_WIRE_SAMPLES_H_
