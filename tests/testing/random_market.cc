#include "tests/testing/random_market.h"

#include <algorithm>
#include <utility>

#include "absl/strings/str_cat.h"
#include "tests/testing/dice.h"

namespace troupe::testing {
namespace {

// Odd, so that no two numbers meet.
constexpr uint64_t kSpread = 0x9e3779b97f4a7c15;

uint64_t Spread(size_t number) { return number % 2 == 0 ? number + 1 : number * kSpread; }

Profile TwinOf(Profile profile, ProfileId id) {
  profile.id = id;
  profile.external_id = {};
  profile.display_name = absl::StrCat("Profile ", id.value());
  return profile;
}

}  // namespace

ProfileId MarketProfileId(size_t number) { return ProfileId(Spread(number)); }
ProjectId MarketProjectId(size_t number) { return ProjectId(Spread(number)); }

const std::vector<std::string>& MarketOrganizations() {
  static const auto* const kOrganizations =
      new std::vector<std::string>{"crew", "incubator", "studio", "visitor"};
  return *kOrganizations;
}

// Two are cast roles, four can be done from anywhere, one is both.
const std::vector<std::string>& MarketRoles() {
  static const auto* const kRoles = new std::vector<std::string>{
      "director", "writer", "actor", "voice-actor", "editor", "composer"};
  return *kRoles;
}

Market RandomMarket(uint64_t seed, size_t profiles, size_t projects) {
  std::mt19937_64 rng(seed);
  Dice dice(rng);
  Market market;
  market.options.profiles = profiles;
  market.options.projects = std::max<size_t>(projects, 1);  // Calendars name some.
  for (size_t i = 0; i < profiles; ++i) {
    const bool is_twin = i > 0 && dice.OneIn(6);
    market.profiles.push_back(
        is_twin ? TwinOf(market.profiles[dice.Below(i)], MarketProfileId(i))
                : RandomProfile(rng, MarketProfileId(i), market.options));
  }
  for (size_t i = 0; i < projects; ++i) {
    market.projects.push_back(RandomProject(rng, MarketProjectId(i), market.options));
  }
  return market;
}

}  // namespace troupe::testing
