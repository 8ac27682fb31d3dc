#include "tests/testing/market_words.h"

#include "absl/strings/str_cat.h"
#include "tests/testing/values.h"

namespace troupe::testing {

DaySpan RandomSpan(Dice& dice, Day today) {
  const Day start = today + dice.Pick(kOffsets);
  return {.start = start, .limit = start + dice.Pick(kLengths)};
}

Money RandomAmount(Dice& dice, absl::string_view currency) {
  constexpr int32_t kNanos[] = {0, 0, 1, 999'999'999};
  return {.currency = std::string(currency),
          .units = dice.OneIn(10) ? 0 : dice.Between(998, 1001),
          .nanos = dice.Pick(kNanos)};
}

Ownership RandomOwnership(Dice& dice) {
  const std::vector<std::string>& all = MarketOrganizations();
  Ownership ownership = FindableOf(all[dice.Below(all.size() - 1)]);
  if (dice.OneIn(8)) ownership.findability = Findability::kHidden;
  for (const std::string& organization : all) {
    if (dice.OneIn(8)) Block(organization, &ownership);
  }
  return ownership;
}

ExternalId RandomExternalId(Dice& dice, uint64_t id) {
  if (dice.OneIn(2)) return {};
  return {.source = dice.OneIn(2) ? "tmdb" : "wikidata", .id = absl::StrCat(id)};
}

ProfileId RandomPerson(Dice& dice, const MarketOptions& options) {
  return MarketProfileId(dice.Below(options.profiles + 2));
}

}  // namespace troupe::testing
