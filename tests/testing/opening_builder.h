#ifndef TROUPE_TESTS_TESTING_OPENING_BUILDER_H_
#define TROUPE_TESTS_TESTING_OPENING_BUILDER_H_

#include <cstdint>
#include <utility>

#include "absl/strings/string_view.h"
#include "matcher/domain/opening.h"

namespace troupe::testing {

// Opening 1, open, for one director, which asks nothing else.
class OpeningBuilder {
 public:
  OpeningBuilder();
  explicit OpeningBuilder(Opening opening) : opening_(std::move(opening)) {}

  OpeningBuilder& Number(uint32_t number);  // 0: not numbered yet.
  OpeningBuilder& Role(absl::string_view role);
  OpeningBuilder& Headcount(int32_t seats);
  OpeningBuilder& Seats(int32_t seat, uint64_t profile);  // Puts `profile` on it.
  OpeningBuilder& Draft();
  OpeningBuilder& Closed();

  OpeningBuilder& AllDays(absl::string_view start, int32_t length);
  OpeningBuilder& AnyDays(int32_t days, absl::string_view start, int32_t length);
  OpeningBuilder& RunOf(int32_t days, absl::string_view start, int32_t length);
  // Adds a block of which all days are asked for; of which any are.
  OpeningBuilder& Block(absl::string_view start, int32_t length);
  OpeningBuilder& BlockOf(int32_t days, absl::string_view start, int32_t length);
  OpeningBuilder& BlocksNeeded(int32_t blocks);
  OpeningBuilder& Ceiling(int64_t units, absl::string_view currency = "CNY");
  OpeningBuilder& Ceiling(const Money& ceiling);

  OpeningBuilder& Wants(absl::string_view skill, int32_t level = 3);
  OpeningBuilder& Requires(absl::string_view skill, int32_t level = 3);
  OpeningBuilder& Language(absl::string_view tag);
  OpeningBuilder& Credential(absl::string_view id);
  OpeningBuilder& Genre(absl::string_view id);
  OpeningBuilder& Place(absl::string_view place);
  OpeningBuilder& Attach(uint64_t profile, absl::string_view role);
  OpeningBuilder& Trainees();
  OpeningBuilder& Casts(CastingRequirement casting);

  Opening Build() const { return opening_; }

 private:
  Opening opening_;
};

}  // namespace troupe::testing

#endif  // TROUPE_TESTS_TESTING_OPENING_BUILDER_H_
