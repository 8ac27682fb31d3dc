#ifndef TROUPE_MATCHER_PLACEMENT_CERTIFICATE_H_
#define TROUPE_MATCHER_PLACEMENT_CERTIFICATE_H_

#include <cstdint>
#include <string>
#include <utility>
#include <vector>

#include "absl/strings/string_view.h"
#include "matcher/placement/instance.h"
#include "matcher/placement/mechanism.h"
#include "matcher/placement/place.h"

namespace troupe {

// Of the file that deploy/docs/placement.md describes. Another format, another name.
inline constexpr absl::string_view kCertificateFormat = "troupe-placement/1";

// All that somebody who never sees the engine needs to check a placement: see
// deploy/docs/placement.md for how it is written down.
struct Certificate {
  std::string version;  // Of the engine.
  Mechanism mechanism = Mechanism::kGraduatesPropose;
  uint64_t seed = 0;
  Instance instance;  // As it came, with its ties.
  Placement placement;
  std::vector<Breach> breaches;  // Admitted: every one there is.
};

inline Certificate MakeCertificate(std::string version, Instance instance, Mechanism mechanism,
                                   uint64_t seed, PlacementOutcome outcome) {
  return {.version = std::move(version),
          .mechanism = mechanism,
          .seed = seed,
          .instance = std::move(instance),
          .placement = std::move(outcome.placement),
          .breaches = std::move(outcome.breaches)};
}

}  // namespace troupe

#endif  // TROUPE_MATCHER_PLACEMENT_CERTIFICATE_H_
