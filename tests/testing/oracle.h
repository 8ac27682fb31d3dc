#ifndef TROUPE_TESTS_TESTING_ORACLE_H_
#define TROUPE_TESTS_TESTING_ORACLE_H_

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "absl/strings/string_view.h"
#include "matcher/base/day.h"
#include "matcher/base/ids.h"
#include "matcher/domain/outcome.h"
#include "matcher/domain/profile.h"
#include "matcher/domain/project.h"
#include "matcher/rank/feature.h"
#include "matcher/rank/requirement.h"

// A matcher that cannot be wrong in an interesting way: loops over domain
// values, written from deploy/docs/scoring.md. It shares with the engine the
// names of requirements and features, and nothing that computes.
namespace troupe::testing {

// Who suits `opening` of `project`, both of which must outlive the question?
struct OracleQuestion {
  const Project* project = nullptr;
  const Opening* opening = nullptr;
  Day as_of;
  std::vector<Attached> extra;  // Attached for this question only.
  std::vector<OutcomeHistory> outcomes;  // What the project's owner recorded.

  // Everybody who is on the project, with the roles they have there.
  std::map<ProfileId, std::set<std::string>> AttachedPeople() const;
};

// Every requirement that `profile` fails.
RequirementSet OracleFailures(const OracleQuestion& question, const Profile& profile);

// How far `profile` is from meeting `requirement`, which it fails.
int64_t OracleShortfall(Requirement requirement, const OracleQuestion& question,
                        const Profile& profile);

// The place in the ladder that a new hold of the profile would get for the opening,
// 1 if it would be the first; none if the profile is not free, or no dates are
// asked for.
std::optional<int32_t> OracleLadderPlace(const OracleQuestion& question, const Profile& profile);
// How many of the profile's holds take any of `days`.
int32_t OracleHoldsOn(const Profile& profile, const std::vector<DaySpan>& days);
// True if the profile could do the work if it were busy on all days but these.
bool OracleSuffices(const OracleQuestion& question, const Profile& profile,
                    const std::vector<DaySpan>& days);
// The chance that none of so many of the profile's holds is booked, as people
// whose records are findable had `booked` of `ended` holds booked.
int64_t OracleFreeChance(const Profile& profile, int32_t holds, int64_t booked, int64_t ended);

// True if `profile` may be proposed to who asks: has the role, exists for the
// project's owner, and is not on the project, unless that does not matter.
bool OracleConsiders(const OracleQuestion& question, const Profile& profile,
                     bool include_attached);

// True if the opening may be proposed to the profile's owner.
bool OracleOffers(const OracleQuestion& question, const Profile& profile, bool include_attached);

// All the people there are, and what their credits tell about productions.
// Immutable.
class OracleMarket {
 public:
  // `profiles` must outlive it.
  explicit OracleMarket(const std::vector<Profile>& profiles);

  const Profile* Find(ProfileId id) const;

  // How many productions have `word` as `kind` ("genre", "tag", "company",
  // "country", "language"); all, if both are empty.
  int64_t CountProductions(absl::string_view kind, absl::string_view word, Day as_of) const;
  int64_t RarityOf(absl::string_view kind, absl::string_view word, Day as_of) const;
  // The share of the productions that have it, and a bit more.
  int64_t OddsOf(absl::string_view kind, absl::string_view word, Day as_of) const;

  // How many holds of findable people were booked, and how many declined.
  std::pair<int64_t, int64_t> CountAnswers() const;

  // The findable people with a credit on `production` before `as_of`.
  std::set<ProfileId> PeopleOn(const std::string& production, Day as_of) const;

 private:
  std::map<ProfileId, const Profile*> profiles_;
  // By kind and word: the productions, each with the earliest day stated.
  std::map<std::string, std::map<std::string, Day>> productions_;
  // By production: the findable people, each with the earliest day stated.
  std::map<std::string, std::map<ProfileId, Day>> people_;
};

// Values profiles for one question. Immutable.
class OracleScorer {
 public:
  // The market must outlive it.
  OracleScorer(const OracleMarket& market, const OracleQuestion& question);

  PerFeature Evaluate(const Profile& profile) const;

 private:
  using PastCredits = std::vector<const Credit*>;  // Those that the day knows of.

  struct Trait {
    std::string kind;
    std::string word;
    int64_t weight;
  };

  void AddTraits(const OracleMarket& market, absl::string_view kind,
                 const std::set<std::string>& words, int64_t kind_weight);
  PastCredits PastCreditsOf(const Profile& profile) const;
  int64_t RarityOf(absl::string_view kind, const std::string& word) const;

  int64_t Skills(const Profile& profile) const;
  int64_t Genres(const Profile& profile, const PastCredits& past) const;
  int64_t Place(const Profile& profile) const;
  int64_t Pay(const ProfileRole* role) const;
  int64_t Collaboration(const Profile& profile, const PastCredits& past) const;
  int64_t Company(const PastCredits& past) const;
  int64_t Tags(const PastCredits& past) const;
  int64_t Similarity(const PastCredits& past) const;
  int64_t Reciprocity(const Profile& profile, const ProfileRole* role) const;
  int64_t Growth(const Profile& profile) const;
  int64_t Recency(const PastCredits& in_role) const;
  int64_t Activity(const PastCredits& in_role) const;
  int64_t Language(const PastCredits& in_role) const;
  int64_t Country(const PastCredits& in_role) const;
  int64_t Budget(const PastCredits& in_role) const;
  int64_t RecencyIn(const PastCredits& credits) const;
  int64_t Fresh(const Credit& credit) const;
  int64_t GenreShare(const PastCredits& in_role) const;
  int64_t LanguageFit(const PastCredits& in_role) const;
  int64_t CountryFit(const PastCredits& in_role) const;
  int64_t SimilarWork(const PastCredits& in_role) const;
  int64_t RecentCompany(const PastCredits& past) const;
  int64_t CollaborationInRole(const Profile& profile, const PastCredits& in_role) const;
  int64_t Colleagues(const Profile& profile, const PastCredits& past) const;
  int64_t RecentCollaboration(const Profile& profile, const PastCredits& past) const;
  int64_t Loyalty(const Profile& profile, const PastCredits& in_role) const;
  int64_t Closeness(const PastCredits& in_role) const;
  int64_t GenreMix(const PastCredits& in_role) const;
  int64_t Acceptance(const Profile& profile) const;
  int64_t OwnRating(const Profile& profile) const;
  void Walk(const OracleMarket& market);

  OracleQuestion question_;
  std::set<std::string> genres_;
  std::set<std::string> styles_;
  std::set<std::string> tags_;
  std::set<std::string> companies_;
  std::set<std::string> countries_;
  std::map<std::pair<std::string, std::string>, int64_t> rarities_;
  std::vector<Trait> traits_;
  // Of the people on the project whom its owner may see: where they worked,
  // and whether ever in a role that they have now.
  std::map<ProfileId, std::map<std::string, bool>> worked_;
  std::map<std::pair<std::string, std::string>, int64_t> odds_;
  std::map<ProfileId, std::set<std::string>> attached_;
  std::map<std::string, int64_t> chances_;  // By production: to end up there.
  std::pair<int64_t, int64_t> answers_;  // Of everybody's holds: booked and declined.
};

// The weights that ship for `role`.
PerFeature OracleWeights(absl::string_view role);
int64_t OracleScore(const PerFeature& weights, const PerFeature& values);

// Ids and scores, best first, ties by id.
template <typename Id>
std::vector<std::pair<Id, int64_t>> BestFirst(std::vector<std::pair<Id, int64_t>> scored,
                                              size_t top_k) {
  std::sort(scored.begin(), scored.end(), [](const auto& a, const auto& b) {
    return a.second != b.second ? a.second > b.second : a.first < b.first;
  });
  if (scored.size() > top_k) scored.resize(top_k);
  return scored;
}

}  // namespace troupe::testing

#endif  // TROUPE_TESTS_TESTING_ORACLE_H_
