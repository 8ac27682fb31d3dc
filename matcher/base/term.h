#ifndef TROUPE_MATCHER_BASE_TERM_H_
#define TROUPE_MATCHER_BASE_TERM_H_

#include <compare>
#include <cstdint>
#include <utility>

#include "absl/strings/string_view.h"

namespace troupe {

// A word of some vocabulary (a skill, a genre, a company, ...) as the 64-bit
// stable hash of the vocabulary and the word. The engine compares terms; their
// texts stay in the records. Two of a million words collide with a chance of
// 3 in 100 million.
class Term {
 public:
  enum class Vocabulary : uint8_t {  // Stored: never renumber.
    kGenre = 1,
    kStyle = 2,
    kTag = 3,
    kCompany = 4,
    kCountry = 5,
    kLanguage = 6,
    kSkill = 7,
    kCredential = 8,
    kPlace = 9,
    kProduction = 10,
    kOrganization = 11,
    kRole = 12,
    kCurrency = 13,
  };

  constexpr Term() = default;
  Term(Vocabulary vocabulary, absl::string_view word);

  constexpr uint64_t value() const { return value_; }
  constexpr explicit operator bool() const { return value_ != 0; }
  friend constexpr auto operator<=>(const Term&, const Term&) = default;
  template <typename H>
  friend H AbslHashValue(H h, const Term& term) {
    return H::combine(std::move(h), term.value_);
  }

 private:
  uint64_t value_ = 0;
};

}  // namespace troupe

#endif  // TROUPE_MATCHER_BASE_TERM_H_
