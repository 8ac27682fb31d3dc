#ifndef TROUPE_TESTS_HOSTILE_MALFORMED_H_
#define TROUPE_TESTS_HOSTILE_MALFORMED_H_

#include <google/protobuf/message.h>

#include <string>
#include <vector>

namespace troupe::testing {

// A request that somebody careless or hostile could send.
struct Malformed {
  enum class Fault {
    kMissing,     // The field is not set; which may be allowed.
    kNotUtf8,     // Bytes in text.
    kTooLong,     // 100,000 bytes of text.
    kControl,     // A control character in text.
    kTooMany,     // 2,001 elements; no list of ours may have more than 2,000.
    kUnknownKey,  // A key of a map that means nothing.
    kUnknownValue,  // A number that the enum lacks.
    kLowest,      // The least number of its type.
    kHighest,     // The greatest.
    kNoMessage,   // Bytes that are no message, where one belongs.
  };
  Fault fault;
  std::string field;  // "profile.roles[0].level"
  std::string bytes;
};

// What the fault is called, for people.
const char* NameOf(Malformed::Fault fault);

// Every fault in every field that `valid` has set, at any depth; in its first
// element, if it is repeated. `valid` should have every field set.
std::vector<Malformed> MalformedFrom(const google::protobuf::Message& valid);

}  // namespace troupe::testing

#endif  // TROUPE_TESTS_HOSTILE_MALFORMED_H_
