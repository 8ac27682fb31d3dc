#ifndef TROUPE_TESTS_BENCH_FLAT_MATCHER_H_
#define TROUPE_TESTS_BENCH_FLAT_MATCHER_H_

#include <array>
#include <cstddef>
#include <cstdint>
#include <limits>
#include <map>
#include <string>
#include <utility>
#include <vector>

#include "matcher/domain/profile.h"
#include "matcher/domain/project.h"
#include "matcher/rank/feature.h"

namespace troupe::testing {

// Numbers for words, from 0. Thread-compatible.
class Dictionary {
 public:
  uint32_t Add(const std::string& word);
  // -1: unknown.
  int Find(const std::string& word) const;
  size_t size() const { return numbers_.size(); }

 private:
  std::map<std::string, uint32_t> numbers_;
};

// What the engine is measured against: the same answers from flat arrays, one
// for each attribute and role, scanned with the cheapest test first and without
// an allocation per profile. It is free of everything that the engine owes its
// users: it cannot change, be stored, tell failures or stop. Vocabularies of
// skills, languages, credentials, genres, styles and organizations fit 64 words
// each.
class FlatMatcher {
 public:
  struct Question {
    const Project* project;
    const Opening* opening;
    Day as_of;
    PerFeature weights;
    size_t top_k;
  };
  struct Answer {
    std::vector<std::pair<ProfileId, int64_t>> best;
    int64_t total = 0;
  };

  // Calendars reach from `today` on.
  FlatMatcher(const std::vector<Profile>& profiles, Day today);

  Answer Find(const Question& question);
  size_t SizeOf(const std::string& role) const;

 private:
  static constexpr size_t kDayWords = 8;
  static constexpr size_t kPlaceWords = 4;
  using Places = std::array<uint64_t, kPlaceWords>;

  // Everybody in one role, an array an attribute.
  struct Rows {
    std::vector<ProfileId> ids;
    std::vector<uint32_t> people;
    std::vector<uint8_t> grows;
    std::vector<int32_t> growth;  // What the wish to grow is worth.
    std::vector<int8_t> currencies;  // -1: no rate.
    std::vector<int64_t> units;
    std::vector<int32_t> nanos;
    std::vector<int32_t> years;
    std::vector<Places> reach;  // Where the person works.
    std::vector<uint8_t> findable;
    std::vector<int8_t> owners;
    std::vector<uint64_t> blocked;
    std::vector<uint64_t> languages;
    std::vector<uint64_t> credentials;
    std::vector<uint8_t> genders;
    std::vector<int16_t> ages_from, ages_to, heights;
    std::vector<std::array<uint64_t, kDayWords>> busy;
    std::vector<std::array<uint8_t, 64>> skills;
    // For the score only.
    std::vector<int16_t> homes;
    std::vector<int32_t> ratings;  // The value of the feature.
    std::vector<uint64_t> genres, styles, wished_genres;
    std::vector<Places> wished_places;
    std::vector<uint8_t> wishes_places;
    std::vector<int8_t> floor_currencies;  // -1: no floor.
    std::vector<int64_t> floor_units;
    std::vector<int32_t> floor_nanos;
  };
  struct FlatProduction {
    uint32_t id;
    int32_t date;
    int32_t octave;
    int8_t budget_currency;
    int language;
    // Where its traits begin and end: genres, tags, companies, countries.
    std::array<uint32_t, 5> traits;
    friend auto operator<=>(const FlatProduction&, const FlatProduction&) = default;
  };
  struct FlatCredit {
    uint32_t production;
    int16_t role;
  };
  // What a production means to the question, looked up once a question.
  struct Meaning {
    uint32_t question = 0;
    std::array<uint64_t, 4> traits;  // Bits by position in the question.
    int64_t share = 0;
  };
  // What the credits of a person say of the question.
  struct Career {
    std::array<std::array<int32_t, 64>, 4> counts;  // By kind and position.
    int64_t in_role = 0, similarity = 0, activity = 0, in_language = 0, comparable = 0;
    int64_t nearness = 0;
    int32_t newest = std::numeric_limits<int32_t>::min();
  };
  struct Asked;

  void AddPerson(const Profile& profile, Day today);
  void AddValues(const Profile& profile, Rows& rows);
  uint32_t AddProduction(const Credit& credit);
  void CountTraits();
  int64_t RarityOf(int trait, Day as_of) const;
  Asked Prepare(const Question& question) const;
  void AskWords(Asked& asked) const;
  void AskTraits(Asked& asked) const;
  static void AskNearness(Asked& asked);
  void AskColleagues(Asked& asked) const;
  bool IsEligible(const Asked& asked, const Rows& rows, size_t row) const;
  Career CareerOf(const Asked& asked, uint32_t person);
  static int64_t Skills(const Asked& asked, const Rows& rows, size_t row);
  static int64_t Pay(const Asked& asked, const Rows& rows, size_t row);
  static int64_t Reciprocity(const Asked& asked, const Rows& rows, size_t row);
  int64_t Score(const Asked& asked, const Rows& rows, size_t row);
  const Meaning& MeaningOf(const Asked& asked, uint32_t production);
  int64_t Collaboration(const Asked& asked, uint32_t person) const;

  Day today_;
  std::vector<const Profile*> profiles_;
  std::map<ProfileId, uint32_t> numbers_;
  Dictionary skills_, languages_, credentials_, organizations_, currencies_, genres_, styles_,
      productions_, traits_;
  std::vector<Rows> roles_;
  std::vector<uint32_t> first_credit_;  // By person, and the end.
  std::vector<FlatCredit> credits_;
  std::vector<FlatProduction> facts_;
  std::vector<uint32_t> trait_list_;
  std::map<std::string, uint32_t> known_facts_;
  std::vector<std::vector<int32_t>> trait_days_;  // By trait, of findable people, sorted.
  std::vector<int32_t> all_days_;
  std::vector<Meaning> meanings_;
  uint32_t question_ = 0;
};

}  // namespace troupe::testing

#endif  // TROUPE_TESTS_BENCH_FLAT_MATCHER_H_
