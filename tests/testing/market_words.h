#ifndef TROUPE_TESTS_TESTING_MARKET_WORDS_H_
#define TROUPE_TESTS_TESTING_MARKET_WORDS_H_

#include <cstdint>
#include <string>
#include <utility>
#include <vector>

#include "absl/strings/string_view.h"
#include "matcher/base/day.h"
#include "matcher/domain/label.h"
#include "matcher/domain/money.h"
#include "matcher/domain/opening.h"
#include "matcher/domain/ownership.h"
#include "tests/testing/dice.h"
#include "tests/testing/random_market.h"

// What random people and random projects are drawn from.
namespace troupe::testing {

// Two provinces and what lies in them, far apart.
inline constexpr absl::string_view kPlaces[] = {"shaanxi",  "xian",     "xian-qujiang",
                                                "zhejiang", "dongyang", "hengdian"};
inline constexpr absl::string_view kLanguages[] = {"zh", "yue", "en", "en-GB"};
inline constexpr absl::string_view kSkills[] = {"riding", "fencing", "wire-work", "singing",
                                                "excel",  "driving", "dancing",   "grading"};
inline constexpr absl::string_view kCredentials[] = {
    "drone-pilot-licence", "driving-licence", "first-aid", "wire-certificate", "diving-licence"};
inline constexpr absl::string_view kGenres[] = {"romance", "revenge", "history",
                                                "fantasy", "comedy",  "crime"};
inline constexpr absl::string_view kStyles[] = {"noir", "slapstick", "period", "vertical"};
inline constexpr absl::string_view kTags[] = {"palace", "time-travel", "rebirth", "ceo",
                                              "twins",  "campus",      "village", "martial-arts",
                                              "ghost",  "hospital",    "war",     "chef"};
inline constexpr absl::string_view kCompanies[] = {"co:1", "co:2", "co:3", "co:4",
                                                   "co:5", "co:6", "co:7", "co:8"};
inline constexpr absl::string_view kCountries[] = {"CN", "HK", "GB", "US"};
inline constexpr absl::string_view kCurrencies[] = {"CNY", "CNY", "CNY", "USD"};
// Where days and windows start, from today. With 7 days the last reaches the
// end of what can be searched, with more it goes past it.
inline constexpr int32_t kOffsets[] = {-30, -7, -3, -1, 0, 1, 2, 3, 5, 7, 10, 14, 30, 60, 393};
inline constexpr int32_t kLengths[] = {1, 1, 2, 3, 4, 5, 7, 10, 14};

// At most `most` labels, now and then one of them twice: nothing forbids it.
template <typename Words>
std::vector<Label> SomeLabels(Dice& dice, const Words& words, size_t most) {
  std::vector<Label> labels;
  for (std::string& id : dice.Some(words, most)) {
    labels.push_back({.id = std::move(id), .name = dice.OneIn(3) ? "a name" : ""});
  }
  if (!labels.empty() && dice.OneIn(8)) labels.push_back(labels.front());
  return labels;
}

// The same of plain words.
template <typename Words>
std::vector<std::string> SomeWords(Dice& dice, const Words& words, size_t most) {
  std::vector<std::string> some = dice.Some(words, most);
  if (!some.empty() && dice.OneIn(8)) some.push_back(some.front());
  return some;
}

// Empty one time in `times`.
template <typename Words>
std::string WordUnlessOneIn(Dice& dice, size_t times, const Words& words) {
  return dice.OneIn(times) ? std::string() : std::string(dice.Pick(words));
}

DaySpan RandomSpan(Dice& dice, Day today);

// One of few amounts, some of which differ by a billionth.
Money RandomAmount(Dice& dice, absl::string_view currency);

// Findable or hidden, blocking some organizations.
Ownership RandomOwnership(Dice& dice);

// Of several sources; unique if `id` is. None now and then.
ExternalId RandomExternalId(Dice& dice, uint64_t id);

// A person of the market, or one of two who are not in it.
ProfileId RandomPerson(Dice& dice, const MarketOptions& options);

}  // namespace troupe::testing

#endif  // TROUPE_TESTS_TESTING_MARKET_WORDS_H_
