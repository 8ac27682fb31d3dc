#include <algorithm>
#include <deque>
#include <limits>
#include <map>
#include <memory>
#include <random>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "gtest/gtest.h"
#include "matcher/base/stop_token.h"
#include "matcher/index/pool_writer.h"
#include "matcher/rank/find_openings.h"
#include "matcher/rank/find_profiles.h"
#include "tests/testing/dice.h"
#include "tests/testing/market_words.h"
#include "tests/testing/oracle.h"
#include "tests/testing/random_market.h"
#include "tests/testing/status_matchers.h"

// Whatever history a pool has, it is the pool that its records alone would make,
// and the one that is read back from what was stored.
namespace troupe {
namespace {

using testing::Dice;
using testing::MarketOptions;

constexpr size_t kPeople = 700;
constexpr size_t kProjects = 60;
constexpr Day kEver(std::numeric_limits<int32_t>::max());

// The records, the pool that follows them, and what it stored.
struct Followed {
  std::map<ProfileId, Profile> profiles;
  std::map<ProjectId, Project> projects;
  PoolWriter writer;
  std::map<std::string, std::string> stored;
  MarketOptions options{.profiles = kPeople, .projects = kProjects};
};

// From one change to three hundred, each of another record.
PoolChange RandomChange(std::mt19937_64& rng, Dice& dice, const Followed& followed) {
  PoolChange change;
  const size_t count = dice.OneIn(3) ? 1 + dice.Below(300) : dice.Below(12);
  std::set<size_t> people;
  std::set<size_t> projects;
  for (size_t i = 0; i < count; ++i) {
    people.insert(dice.Below(kPeople));
    if (dice.OneIn(6)) projects.insert(dice.Below(kProjects));
  }
  for (size_t number : people) {
    const ProfileId id = testing::MarketProfileId(number);
    if (dice.OneIn(4)) {
      change.removed_profiles.push_back(id);
    } else {
      change.profiles.push_back(testing::RandomProfile(rng, id, followed.options));
    }
  }
  for (size_t number : projects) {
    const ProjectId id = testing::MarketProjectId(number);
    if (dice.OneIn(4)) {
      change.removed_projects.push_back(id);
    } else {
      change.projects.push_back(testing::RandomProject(rng, id, followed.options));
    }
  }
  if (dice.OneIn(3)) change.today = followed.options.today + dice.Between(0, 90);
  return change;
}

void Store(const std::vector<PoolWrite>& writes, Followed& followed) {
  for (const PoolWrite& write : writes) {
    followed.stored.erase(write.key);
    if (write.value.has_value()) followed.stored[write.key] = *write.value;
  }
}

void Follow(const PoolChange& change, Followed& followed) {
  for (const Profile& profile : change.profiles) followed.profiles[profile.id] = profile;
  for (ProfileId id : change.removed_profiles) followed.profiles.erase(id);
  for (const Project& project : change.projects) followed.projects[project.id] = project;
  for (ProjectId id : change.removed_projects) followed.projects.erase(id);
  Store(followed.writer.Apply(change).writes, followed);
}

// What is merged while nothing is written, with a change on the way.
void MergeIdle(const PoolChange& meanwhile, Followed& followed) {
  std::optional<PoolMerge> merge = followed.writer.PlanMerge(/*is_idle=*/true);
  Follow(meanwhile, followed);
  if (!merge.has_value()) return;
  merge->Run();
  for (size_t at = 0; at < merge->writes(); ++at) Store({merge->WriteAt(at)}, followed);
  Store(followed.writer.Adopt(*std::move(merge)).writes, followed);
}

std::vector<Profile> ProfilesOf(const Followed& followed) {
  std::vector<Profile> profiles;
  for (const auto& [id, profile] : followed.profiles) profiles.push_back(profile);
  return profiles;
}

std::shared_ptr<const Pool> PoolFromScratch(const Followed& followed) {
  PoolWriter writer;
  PoolChange all{.profiles = ProfilesOf(followed), .today = followed.writer.pool()->today()};
  for (const auto& [id, project] : followed.projects) all.projects.push_back(project);
  writer.Apply(all);
  return writer.pool();
}

void ExpectSameContents(const Pool& pool, const Pool& expected) {
  const PoolStatistics has = pool.Statistics();
  const PoolStatistics wants = expected.Statistics();
  EXPECT_EQ(has.digest, wants.digest);
  EXPECT_EQ(has.profiles, wants.profiles);
  EXPECT_EQ(has.projects, wants.projects);
  EXPECT_EQ(has.open_openings, wants.open_openings);
  EXPECT_EQ(has.credits, wants.credits);
  EXPECT_EQ(has.productions, wants.productions);
  EXPECT_EQ(has.holders, wants.holders);
  EXPECT_EQ(pool.today(), expected.today());
}

// Every word on every day that some credit has, against the counts of all
// segments together and of the records.
void ExpectSameCounts(const Pool& pool, const Pool& expected, const Followed& followed) {
  using Vocabulary = Term::Vocabulary;
  const std::vector<Profile> profiles = ProfilesOf(followed);
  const testing::OracleMarket oracle(profiles);
  std::set<Day> days = {kEver, Day(0)};
  for (const Profile& profile : profiles) {
    for (const Credit& credit : profile.credits) {
      if (credit.date.has_value()) days.insert({*credit.date, *credit.date + 1});
    }
  }
  const auto check = [&](Vocabulary vocabulary, absl::string_view kind, absl::string_view word) {
    const Term item(vocabulary, word);
    for (Day day : days) {
      const int64_t count = pool.CountProductions(item, day);
      ASSERT_EQ(count, expected.CountProductions(item, day)) << kind << " " << word;
      ASSERT_EQ(count, oracle.CountProductions(kind, word, day)) << kind << " " << word;
    }
  };
  check(Vocabulary::kTag, "", "");
  for (absl::string_view word : testing::kGenres) check(Vocabulary::kGenre, "genre", word);
  for (absl::string_view word : testing::kTags) check(Vocabulary::kTag, "tag", word);
  for (absl::string_view word : testing::kCompanies) check(Vocabulary::kCompany, "company", word);
  for (absl::string_view word : testing::kCountries) check(Vocabulary::kCountry, "country", word);
  for (absl::string_view word : testing::kLanguages) check(Vocabulary::kLanguage, "language", word);
}

void ExpectSameAnswers(std::mt19937_64& rng, const Pool& pool, const Pool& expected,
                       const Followed& followed) {
  Dice dice(rng);
  for (int question = 0; question < 3; ++question) {
    const Project context = testing::RandomProject(rng, ProjectId(7), followed.options);
    const Opening opening = testing::RandomOpening(rng, followed.options, context.currency);
    ProfilesQuestion asked{.demand = MakeDemand(context, opening), .as_of = pool.today()};
    asked.weights = ShippedWeights(asked.demand.scalars.role);
    asked.want_total = true;
    const ProfilesAnswer answer = FindProfiles(pool, asked, NeverStop()).value();
    const ProfilesAnswer other = FindProfiles(expected, asked, NeverStop()).value();
    EXPECT_EQ(answer.best, other.best);
    EXPECT_EQ(answer.total, other.total);
    if (followed.profiles.empty()) continue;
    const OpeningsQuestion back{
        .profile = testing::MarketProfileId(dice.Below(kPeople)), .as_of = pool.today()};
    const auto found = FindOpenings(pool, back, NeverStop());
    const auto found_other = FindOpenings(expected, back, NeverStop());
    ASSERT_EQ(found.ok(), found_other.ok());
    if (!found.ok()) continue;
    EXPECT_EQ(found->best, found_other->best);
  }
}

class PoolHistoryTest : public ::testing::TestWithParam<uint64_t> {};

TEST_P(PoolHistoryTest, EveryPoolIsThatOfItsRecordsAndOfWhatItStored) {
  std::mt19937_64 rng(GetParam());
  Dice dice(rng);
  Followed followed;
  std::deque<std::pair<std::shared_ptr<const Pool>, uint64_t>> older;
  for (int step = 0; step < 40; ++step) {
    SCOPED_TRACE(step);
    Follow(RandomChange(rng, dice, followed), followed);
    if (dice.OneIn(4)) MergeIdle(RandomChange(rng, dice, followed), followed);
    const Pool& pool = *followed.writer.pool();
    const std::shared_ptr<const Pool> scratch = PoolFromScratch(followed);
    auto read = PoolWriter::FromStored(followed.stored);
    ASSERT_THAT(read, testing::IsOk());
    ExpectSameContents(pool, *scratch);
    ExpectSameContents(*read->pool(), *scratch);
    if (step % 4 == 0) {
      ExpectSameCounts(pool, *scratch, followed);
      ExpectSameCounts(*read->pool(), *scratch, followed);
    }
    ExpectSameAnswers(rng, pool, *scratch, followed);
    ExpectSameAnswers(rng, *read->pool(), *scratch, followed);
    EXPECT_LE(pool.segments().size(), 7u);  // 2 + log(kPeople) / log(4)
    older.emplace_back(followed.writer.pool(), scratch->Statistics().digest);
    if (older.size() > 5) older.pop_front();
    for (const auto& [old, digest] : older) EXPECT_EQ(old->Statistics().digest, digest);
    if (dice.OneIn(5)) followed.writer = *std::move(read);  // As after a restart.
    if (HasFailure()) return;
  }
}

INSTANTIATE_TEST_SUITE_P(Seeds, PoolHistoryTest, ::testing::Range<uint64_t>(1, 7));

}  // namespace
}  // namespace troupe
