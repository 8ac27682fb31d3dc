#ifndef TROUPE_TESTS_PROPERTY_MARKET_CHECK_H_
#define TROUPE_TESTS_PROPERTY_MARKET_CHECK_H_

#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <random>
#include <vector>

#include "absl/strings/string_view.h"
#include "matcher/index/pool.h"
#include "matcher/index/pool_writer.h"
#include "matcher/rank/find_openings.h"
#include "matcher/rank/find_profiles.h"
#include "matcher/rank/query.h"
#include "tests/property/exactness.h"
#include "tests/testing/dice.h"
#include "tests/testing/oracle.h"
#include "tests/testing/random_market.h"

namespace troupe::testing {

// One random market in the engine's pool and in the oracle, and random
// questions to both. Thread-compatible.
class MarketCheck {
 public:
  MarketCheck(uint64_t seed, size_t profiles, size_t projects);

  // Asks who suits an opening, stored or made up, and judges every pair of it
  // and a profile.
  void AskForProfiles();

  // Asks what suits a profile, and judges every pair of it and an opening that
  // is offered to it.
  void AskForOpenings();

  // Changes some people and projects, as an update does.
  void Update();

  // Asks about an opening that makes no demands on casting; then again, when
  // somebody differs in gender, playing age or height, which must change nothing.
  void AskWithTwin();

  const ExactnessCounts& counts() const { return counts_; }

 private:
  void BuildPool();
  void LookAgain();
  Day RandomDay();
  size_t RandomTopK();
  std::vector<Attached> RandomExtra();
  std::optional<Weights> RandomWeights();
  ScoringModel RandomModel();
  OpeningsQuestion RandomOpeningsQuestion(ProfileId profile);

  void AskAbout(const Project& project, const Opening& opening);
  // Whether they see the same ladder before somebody who is free.
  void CheckContention(const OracleQuestion& question, const Query& query, const Profile& profile,
                       const ProfileView& view);
  // Whether the engine and the oracle judge a pair alike. Returns the failures.
  RequirementSet CheckPair(const OracleQuestion& question, const Query& query,
                           const Profile& profile, const ProfileView& view);
  // The same for its values. Returns the score.
  int64_t CheckValues(const OracleScorer& scorer, const Weights& weights, const Query& query,
                      const Profile& profile, const ProfileView& view);
  // Whether the changes of a why-not make the pair eligible.
  void CheckWhyNot(const OracleQuestion& question, const Profile& profile,
                   const RequirementSet& failing);
  // Whether an opening found for `profile` finds it back with the same score.
  void CheckOtherWay(const Profile& profile, const OpeningsQuestion& asked,
                     const Ranked<OpeningId>& found);
  void Expect(bool same, absl::string_view what);

  uint64_t seed_;
  std::mt19937_64 rng_;
  Dice dice_{rng_};
  Market market_;
  // The same people for the oracle, which asks for their days all the time: rules
  // written out as entries.
  std::vector<Profile> people_;
  OracleMarket oracle_;
  int64_t booked_holds_ = 0;  // Of findable profiles.
  int64_t ended_holds_ = 0;
  PoolWriter writer_;
  std::shared_ptr<const Pool> pool_;
  std::vector<ProfileView> views_;  // As in the market.
  ExactnessCounts counts_;
};

}  // namespace troupe::testing

#endif  // TROUPE_TESTS_PROPERTY_MARKET_CHECK_H_
