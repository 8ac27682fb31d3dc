#ifndef TROUPE_SERVICES_RPC_PROTOCOL_STEPS_H_
#define TROUPE_SERVICES_RPC_PROTOCOL_STEPS_H_

#include "absl/strings/string_view.h"

namespace troupe {

// Learns how far a protocol between processes has come: for tests, which end a
// process there. Servers have none. Thread-safe.
class ProtocolSteps {
 public:
  virtual ~ProtocolSteps() = default;

  // `step` ("intent written") has been reached. May not return.
  virtual void Reached(absl::string_view step) = 0;
};

inline void Reach(ProtocolSteps* steps, absl::string_view step) {
  if (steps != nullptr) steps->Reached(step);
}

}  // namespace troupe

#endif  // TROUPE_SERVICES_RPC_PROTOCOL_STEPS_H_
