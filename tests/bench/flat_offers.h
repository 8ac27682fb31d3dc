#ifndef TROUPE_TESTS_BENCH_FLAT_OFFERS_H_
#define TROUPE_TESTS_BENCH_FLAT_OFFERS_H_

#include <cstdint>
#include <map>
#include <utility>
#include <vector>

#include "matcher/index/demand.h"
#include "matcher/index/pool.h"
#include "matcher/rank/rarity.h"
#include "matcher/rank/weights.h"

namespace troupe::testing {

// What FindOpenings is measured against: a straight loop over all openings, one
// flat array an attribute, the cheapest test first, that scores whatever passes
// and keeps the best. Words are dense numbers, sets of words are 64-bit masks
// wherever a vocabulary fits, rarities and whatever else does not depend on the
// profile are worked out before, and no opening costs an allocation. It owes
// nobody changes, storage or a diagnosis.
class FlatOffers {
 public:
  // Of every opening in `demands`, in any state. `pool` gives the rarities.
  FlatOffers(const Pool& pool, std::vector<const Demand*> demands, Day as_of);

  // The best openings and scores for the profile.
  std::vector<std::pair<OpeningId, int64_t>> Find(const ProfileView& view, size_t top_k);

  size_t size() const { return demands_.size(); }
  int64_t scored() const { return scored_; }

 private:
  struct Person;
  using Bounds = std::vector<uint32_t>;  // Where each row's values begin, and the end.

  uint32_t NumberOf(Term term);
  void AddWords(const std::vector<Term>& words, std::vector<uint32_t>& values, Bounds& bounds);
  void AddTraits(const Demand& demand, Rarities& rarities);
  Person Prepare(const ProfileView& view);
  void PrepareCredits(Person& person);
  bool IsEligible(const Person& person, const RoleRow& role, size_t row) const;
  int64_t Score(const Person& person, const RoleRow& role, size_t row);
  int64_t Similarity(const Person& person, RoleIndex role, size_t row);
  int64_t Collaboration(const Person& person, RoleIndex role, size_t row) const;

  const Pool& pool_;
  Day as_of_;
  std::vector<const Demand*> demands_;
  std::map<Term, uint32_t> numbers_;
  // By row.
  std::vector<RoleIndex> roles_;
  std::vector<uint8_t> states_;  // 1: open and not filled.
  std::vector<PlaceIndex> places_;
  std::vector<PlaceIndex> distinct_places_;
  std::vector<uint8_t> trainees_;
  std::vector<uint32_t> currencies_;  // 0: no ceiling.
  std::vector<int64_t> ceilings_;
  std::vector<int32_t> nanos_;
  std::vector<int32_t> from_, to_, days_;
  std::vector<uint8_t> rules_;  // 0: no window.
  std::vector<uint8_t> genders_;
  std::vector<int16_t> age_from_, age_to_, height_from_, height_to_;
  std::vector<uint32_t> owners_;
  std::vector<uint8_t> hidden_;
  std::vector<uint32_t> words_;  // Needed languages and credentials.
  Bounds words_at_;
  struct Skill {
    uint32_t skill;
    int32_t level;
    int32_t required;
  };
  std::vector<Skill> skills_;
  Bounds skills_at_;
  // For the score: traits in the order genres, tags, companies, countries, each
  // with its weight, and the styles.
  struct Trait {
    uint32_t word;
    int64_t rarity;
    int64_t weight;
  };
  std::vector<Trait> traits_;
  std::vector<uint32_t> genres_at_, tags_at_, companies_at_, countries_at_, traits_end_;
  std::vector<uint32_t> styles_;
  Bounds styles_at_;
  std::vector<uint32_t> languages_;
  std::vector<int64_t> language_weights_, trait_sums_, tag_sums_;
  std::vector<int32_t> octaves_;
  std::vector<uint32_t> budget_currencies_;
  // People attached whom the owner may see: production number, whether in a role
  // of now, and who.
  struct Shared {
    uint32_t production;
    ProfileId profile;
    bool in_role;
  };
  std::vector<Shared> shared_;
  Bounds shared_at_;
  // By word: scratch of one question.
  std::vector<int64_t> weight_of_;
  int64_t scored_ = 0;
};

}  // namespace troupe::testing

#endif  // TROUPE_TESTS_BENCH_FLAT_OFFERS_H_
