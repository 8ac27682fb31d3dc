#ifndef TROUPE_MATCHER_RANK_EVIDENCE_H_
#define TROUPE_MATCHER_RANK_EVIDENCE_H_

#include <array>
#include <cstddef>
#include <string>
#include <vector>

#include "matcher/base/ids.h"
#include "matcher/domain/profile.h"
#include "matcher/domain/project.h"
#include "matcher/rank/feature.h"
#include "matcher/rank/query.h"

namespace troupe {

// One thing that a feature's value rests on.
struct Evidence {
  // What it names: "skill", "genre", "production", ... as in the wire contract.
  std::string kind;
  // Its id: a skill, a production, ... Empty where nothing is named, and for
  // kind "profile".
  std::string id;
  // "horse-riding at level 4 of 3 asked". Names no person.
  std::string text;
  // Who it names, for kind "profile": somebody attached to the project. Only
  // the project's owner may learn that.
  ProfileId profile;

  friend bool operator==(const Evidence&, const Evidence&) = default;
};

inline constexpr size_t kMostEvidence = 5;

// By Feature; at most kMostEvidence each, the weightiest first.
using EvidencePerFeature = std::array<std::vector<Evidence>, kFeatureCount>;

// What `values`, which Evaluate gives `profile` as an answer to `query`, rest
// on, where `query` is about `opening` of `project`. Credits that Evaluate does
// not count do not appear. A feature of value 0 has no evidence, or one line
// that says what stands against it; where nothing is asked or known, one line
// says so. Records newer than the pool may have other evidence than the values
// do, and do no harm. Cost: as for Evaluate, and a few strings.
EvidencePerFeature EvidenceOf(const Query& query, const Profile& profile, const Project& project,
                              const Opening& opening, const PerFeature& values);

}  // namespace troupe

#endif  // TROUPE_MATCHER_RANK_EVIDENCE_H_
