#include "matcher/placement/derive_preferences.h"

#include <algorithm>
#include <map>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "absl/strings/str_cat.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "matcher/base/stop_token.h"
#include "matcher/index/pool_writer.h"
#include "matcher/index/profile_row.h"
#include "matcher/placement/place.h"
#include "matcher/placement/what_if.h"
#include "matcher/rank/eligibility.h"
#include "matcher/rank/find_openings.h"
#include "matcher/rank/find_profiles.h"
#include "tests/testing/builders.h"
#include "tests/testing/random_market.h"
#include "tests/testing/status_matchers.h"

namespace troupe::testing {
namespace {

using ::testing::ElementsAre;

// A random market, one organization of which places all its people at all openings it
// sees, two to a program.
class DerivedMarket {
 public:
  explicit DerivedMarket(uint64_t seed)
      : market_(RandomMarket(seed, 60, 12)), owner_{MarketOrganizations().front()} {
    PoolWriter writer;
    PoolChange change{.profiles = market_.profiles, .projects = market_.projects};
    change.today = market_.options.today;
    pool_ = writer.Apply(change).pool;
    rules_ = {.pool = pool_.get(),
              .model = &model_,
              .asker = OrganizationTerm(owner_),
              .as_of = market_.options.today};
    Assemble();
  }

  AssembledRound Derived() const {
    AssembledRound round = round_;
    EXPECT_THAT(DerivePreferences(rules_, round, [](int64_t, int64_t) {}, NeverStop()), IsOk());
    return round;
  }

  // By FindOpenings and FindProfiles themselves.
  std::vector<uint32_t> WishesOf(uint32_t graduate) const {
    const OpeningsQuestion question{.profile = round_.placed.profiles[graduate],
                                    .model = model_,
                                    .as_of = rules_.as_of,
                                    .top_k = 10'000};
    std::map<uint32_t, int64_t> scores;
    const OpeningsAnswer answer = FindOpenings(*pool_, question, NeverStop()).value();
    for (const auto& ranked : answer.best) {
      for (uint32_t program = 0; program < round_.placed.programs.size(); ++program) {
        const auto& openings = round_.placed.programs[program].openings;
        if (std::find(openings.begin(), openings.end(), ranked.id) == openings.end()) continue;
        scores[program] = std::max(scores[program], ranked.score_millionths);
      }
    }
    std::vector<uint32_t> list = Sorted(scores);
    if (list.size() > static_cast<size_t>(round_.placed.derived_length)) {
      list.resize(static_cast<size_t>(round_.placed.derived_length));
    }
    return list;
  }
  std::vector<uint32_t> PrioritiesOf(uint32_t program, const AssembledRound& derived) const {
    std::map<uint32_t, int64_t> scores;
    for (const OpeningId opening : round_.placed.programs[program].openings) {
      const Demand& demand = *pool_->FindOpening(opening);
      if (!IsVisibleTo(demand, rules_.asker) || !IsOffered(demand, rules_.as_of)) continue;
      const ProfilesQuestion question{
          .demand = demand,
          .weights = model_.Of(demand.scalars.role, RegimeOf(demand)),
          .as_of = rules_.as_of,
          .top_k = 10'000};
      const ProfilesAnswer answer = FindProfiles(*pool_, question, NeverStop()).value();
      for (const auto& ranked : answer.best) {
        for (uint32_t graduate = 0; graduate < derived.wishes.size(); ++graduate) {
          const auto& wishes = derived.wishes[graduate].entries;
          if (round_.placed.profiles[graduate] != ranked.id ||
              std::find(wishes.begin(), wishes.end(), program) == wishes.end()) {
            continue;
          }
          scores[graduate] = std::max(scores[graduate], ranked.score_millionths);
        }
      }
    }
    return Sorted(scores);
  }

  size_t graduates() const { return round_.placed.profiles.size(); }
  size_t programs() const { return round_.placed.programs.size(); }

 private:
  static std::vector<uint32_t> Sorted(const std::map<uint32_t, int64_t>& scores) {
    std::vector<std::pair<int64_t, uint32_t>> order;
    for (const auto& [row, score] : scores) order.emplace_back(-score, row);
    std::sort(order.begin(), order.end());
    std::vector<uint32_t> rows;
    for (const auto& [score, row] : order) rows.push_back(row);
    return rows;
  }

  void Assemble() {
    Cohort cohort{.id = CohortId(1)};
    for (const Profile& profile : market_.profiles) {
      if (profile.ownership.owner != owner_) continue;
      cohort.graduates.push_back(
          {.id = absl::StrCat("g", cohort.graduates.size()), .profile = profile.id});
    }
    std::vector<OpeningId> openings;
    for (const Project& project : market_.projects) {
      for (const Opening& opening : project.openings) {
        openings.push_back({project.id, opening.number});
      }
    }
    std::vector<Program> programs;
    for (size_t i = 0; i < openings.size(); i += 2) {
      Program program{.id = ProgramId(i + 1), .capacity = 1};
      for (size_t j = i; j < std::min(i + 2, openings.size()); ++j) {
        program.openings.push_back(openings[j]);
      }
      programs.push_back(std::move(program));
    }
    const Round round{.mechanism = Mechanism::kGraduatesPropose,
                      .derives_wishes = true,
                      .derives_priorities = true,
                      .derived_length = 3};
    round_ = AssembleRound(round, {cohort}, programs, {}).value();
  }

  const Market market_;
  const OrganizationId owner_;
  const ScoringModel model_;
  std::shared_ptr<const Pool> pool_;
  DerivationRules rules_{};
  AssembledRound round_;
};

TEST(DerivePreferencesTest, ListsAreThoseOfTheTwoQuestions) {
  size_t entries = 0;
  for (uint64_t seed = 1; seed <= 20; ++seed) {
    const DerivedMarket market(seed);
    const AssembledRound derived = market.Derived();
    for (uint32_t graduate = 0; graduate < market.graduates(); ++graduate) {
      ASSERT_EQ(derived.wishes[graduate].entries, market.WishesOf(graduate)) << "seed " << seed;
      entries += derived.wishes[graduate].entries.size();
    }
    for (uint32_t program = 0; program < market.programs(); ++program) {
      ASSERT_EQ(derived.priorities[program].entries, market.PrioritiesOf(program, derived))
          << "seed " << seed;
    }
  }
  EXPECT_GT(entries, 100u);  // Else nothing was compared.
}

// Directors 1 and 2, and a project with an opening for a director and one for a writer.
class WhatIfTest : public ::testing::Test {
 protected:
  WhatIfTest() {
    PoolChange change{
        .profiles = {ProfileBuilder().Id(1).Owner("school").Holds("director", 5).Build(),
                     ProfileBuilder().Id(2).Owner("school").Holds("director", 1).Build()},
        .projects = {ProjectBuilder()
                         .Id(1)
                         .Owner("school")
                         .With(OpeningBuilder())
                         .With(OpeningBuilder().Number(2).Role("writer"))
                         .Build()}};
    change.today = kToday;
    pool_ = writer_.Apply(change).pool;
    rules_ = {.pool = pool_.get(),
              .model = &model_,
              .asker = OrganizationTerm({"school"}),
              .as_of = kToday};
    const Cohort cohort{.id = CohortId(1),
                        .graduates = {{.id = "a", .profile = ProfileId(1)},
                                      {.id = "b", .profile = ProfileId(2)}}};
    const std::vector<Program> programs = {
        {.id = ProgramId(1), .openings = {{ProjectId(1), 1}}, .capacity = 1},
        {.id = ProgramId(2), .openings = {{ProjectId(1), 2}}, .capacity = 1}};
    const Round round{.mechanism = Mechanism::kGraduatesPropose,
                      .derives_wishes = true,
                      .derives_priorities = true};
    AssembledRound assembled = AssembleRound(round, {cohort}, programs, {}).value();
    EXPECT_THAT(DerivePreferences(rules_, assembled, [](int64_t, int64_t) {}, NeverStop()), IsOk());
    placed_ = FinishRound(std::move(assembled)).value();
    Certificate& certificate = placed_.certificate;
    certificate.placement = PlaceGraduates(certificate.instance, certificate.mechanism,
                                           certificate.seed, NeverStop())
                                ->placement;
  }

  static constexpr Day kToday{20780};
  PoolWriter writer_;
  ScoringModel model_;
  std::shared_ptr<const Pool> pool_;
  DerivationRules rules_{};
  PlacedRound placed_;
};

TEST_F(WhatIfTest, AFurtherRoleOpensItsPrograms) {
  EXPECT_THAT(placed_.placement().program_of, ElementsAre(0, kNoRow));
  WhatIf what_if(rules_, placed_);
  const ProfileRow row = MakeProfileRow(
      ProfileBuilder().Id(2).Owner("school").Holds("director", 1).Holds("writer", 1).Build());
  EXPECT_EQ(what_if.WithProfile(1, row.View(), NeverStop()).value(), 1u);
}

TEST_F(WhatIfTest, TheSameProfileChangesNothing) {
  WhatIf what_if(rules_, placed_);
  EXPECT_EQ(what_if.WithProfile(1, *pool_->FindProfile(ProfileId(2)), NeverStop()).value(), kNoRow);
  EXPECT_EQ(what_if.WithProfile(0, *pool_->FindProfile(ProfileId(1)), NeverStop()).value(), 0u);
}

}  // namespace
}  // namespace troupe::testing
