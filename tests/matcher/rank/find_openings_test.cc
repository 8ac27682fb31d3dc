#include "matcher/rank/find_openings.h"

#include <memory>
#include <utility>
#include <vector>

#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "matcher/base/violation.h"
#include "matcher/index/pool_writer.h"
#include "matcher/index/terms.h"
#include "tests/testing/builders.h"

namespace troupe {
namespace {

using testing::OpeningBuilder;
using testing::ProfileBuilder;
using testing::ProjectBuilder;
using ::testing::ElementsAre;
using ::testing::IsEmpty;
using ::testing::Pair;
using ::testing::UnorderedElementsAre;

constexpr Day kToday(20780);  // 2026-11-23

// A pool of one person and some projects, asked what suits the person.
OpeningsAnswer Find(const ProfileBuilder& person, std::vector<ProjectBuilder> projects,
                    OpeningsQuestion question = {}) {
  PoolWriter writer;
  PoolChange change{.profiles = {person.Build()}};
  for (const ProjectBuilder& project : projects) change.projects.push_back(project.Build());
  question.profile = change.profiles.front().id;
  question.as_of = kToday;
  question.want_diagnosis = true;
  return FindOpenings(*writer.Apply(change).pool, question, NeverStop()).value();
}

std::vector<std::pair<uint64_t, uint32_t>> Ids(const OpeningsAnswer& answer) {
  std::vector<std::pair<uint64_t, uint32_t>> ids;
  for (const auto& ranked : answer.best) {
    ids.emplace_back(ranked.id.project.value(), ranked.id.number);
  }
  return ids;
}

ProfileBuilder Director() { return ProfileBuilder().Holds("director"); }
ProjectBuilder Film(uint64_t id, const OpeningBuilder& opening = OpeningBuilder()) {
  return ProjectBuilder().Id(id).With(opening);
}

class AlwaysStop final : public StopToken {
 public:
  bool StopRequested() const override { return true; }
};

TEST(FindOpeningsTest, FindsTheBestFirstAndTiesByProjectThenNumber) {
  EXPECT_THAT(Ids(Find(Director(), {Film(5), Film(3).With(OpeningBuilder()),
                                    Film(9).Genre("crime").With(OpeningBuilder().Role("actor")),
                                    Film(7, OpeningBuilder().Wants("riding"))})),
              ElementsAre(Pair(3, 1), Pair(3, 2), Pair(5, 1), Pair(9, 1), Pair(7, 1)));
}

TEST(FindOpeningsTest, FindsOpeningsInEveryRoleOfThePerson) {
  EXPECT_THAT(Ids(Find(Director().Holds("writer"),
                       {Film(1), Film(2, OpeningBuilder().Role("writer")),
                        Film(3, OpeningBuilder().Role("actor"))})),
              UnorderedElementsAre(Pair(1, 1), Pair(2, 1)));
}

TEST(FindOpeningsTest, LeavesOutWhatIsNotOffered) {
  EXPECT_THAT(Ids(Find(Director(), {Film(1, OpeningBuilder().Draft()),
                                    Film(2, OpeningBuilder().Closed()),
                                    Film(3, OpeningBuilder().Seats(1, 77)),
                                    Film(4, OpeningBuilder().AllDays("2026-11-01", 5)),
                                    Film(5, OpeningBuilder().AllDays("2028-11-01", 5))})),
              IsEmpty());
}

TEST(FindOpeningsTest, LeavesOutProjectsThatHideFromThePersonsOwner) {
  const OpeningsAnswer answer =
      Find(Director().Id(8), {Film(1).Owner("studio").Hidden(), Film(2).Owner("studio").Blocks("crew"),
                              Film(3).Owner("studio").BlocksProfile(8), Film(4).Owner("studio")});
  EXPECT_THAT(Ids(answer), ElementsAre(Pair(4, 1)));
}

TEST(FindOpeningsTest, DoesNotCountProjectsThatHideFromThePersonsOwner) {
  const OpeningsAnswer answer =
      Find(Director().Id(8).Rate("director", 1'300),
           {Film(1).Owner("studio").Hidden(),
            Film(4, OpeningBuilder().Ceiling(900)).Owner("studio")});
  ASSERT_TRUE(answer.diagnosis.has_value());
  EXPECT_EQ(answer.diagnosis->considered, 1);
}

TEST(FindOpeningsTest, SaysThatTheOwnersOwnProjectBlocksThePerson) {
  const OpeningsAnswer answer = Find(Director().Id(8), {Film(3).BlocksProfile(8)});
  ASSERT_TRUE(answer.diagnosis.has_value());
  EXPECT_EQ(answer.diagnosis->considered, 1);
  EXPECT_EQ(answer.diagnosis->failures[static_cast<size_t>(Requirement::kBlocked)], 1);
}

TEST(FindOpeningsTest, LeavesOutWhereThePersonIsAttachedUnlessAskedFor) {
  const ProjectBuilder film = Film(1).Attach(8, "writer");
  EXPECT_THAT(Ids(Find(Director().Id(8), {film})), IsEmpty());
  EXPECT_THAT(Ids(Find(Director().Id(8), {film}, {.include_attached = true})),
              ElementsAre(Pair(1, 1)));
}

TEST(FindOpeningsTest, CountsAllThatFitByRoleAndPlace) {
  const OpeningsAnswer answer =
      Find(Director().TravelsAnywhere(), {Film(1).Place("xian"), Film(2).Place("xian"), Film(3)},
           {.top_k = 1, .want_total = true, .want_facets = true});
  EXPECT_EQ(answer.best.size(), 1u);
  EXPECT_EQ(answer.total, 3);
  ASSERT_TRUE(answer.facets.has_value());
  EXPECT_THAT(answer.facets->roles, ElementsAre(Pair(RoleIndexOf("director"), 3)));
  EXPECT_THAT(answer.facets->places, UnorderedElementsAre(Pair(PlaceIndexOf("xian"), 2), Pair(kNone, 1)));
}

TEST(FindOpeningsTest, SaysHowNearTheNearestOpeningIs) {
  const OpeningsAnswer answer =
      Find(Director().Rate("director", 1'300), {Film(1, OpeningBuilder().Ceiling(900)),
                                                Film(2, OpeningBuilder().Ceiling(1'000))});
  const size_t day_rate = static_cast<size_t>(Requirement::kDayRate);
  ASSERT_TRUE(answer.diagnosis.has_value());
  EXPECT_EQ(answer.diagnosis->failures[day_rate], 2);
  const std::optional<MissedOpening>& nearest = answer.diagnosis->nearest[day_rate];
  ASSERT_TRUE(nearest.has_value());
  EXPECT_EQ(nearest->opening, (OpeningId{ProjectId(2), 1}));
  EXPECT_EQ(nearest->shortfall, 300);
}

TEST(FindOpeningsTest, WeighsAsTheQuestionSays) {
  const OpeningsAnswer answer =
      Find(Director().Knows("riding", 1), {Film(1, OpeningBuilder().Wants("riding", 4))},
           {.model = ScoringModel::Always(MakeWeights({{"skills", 1'000'000}}).value())});
  EXPECT_EQ(answer.best.front().score_millionths, 250'000);
}

TEST(FindOpeningsTest, IsNotFoundForAProfileThatIsNotThere) {
  const absl::Status status =
      FindOpenings(*PoolWriter().pool(), {.profile = ProfileId(1)}, NeverStop()).status();
  EXPECT_EQ(status.code(), absl::StatusCode::kNotFound);
  EXPECT_EQ(ReasonOf(status), "PROFILE_NOT_FOUND");
}

TEST(FindOpeningsTest, StopsWhenTheQuestionIsWithdrawn) {
  PoolWriter writer;
  const auto pool =
      writer.Apply({.profiles = {Director().Build()}, .projects = {Film(1).Build()}}).pool;
  EXPECT_EQ(FindOpenings(*pool, {.profile = ProfileId(1), .as_of = kToday}, AlwaysStop())
                .status()
                .code(),
            absl::StatusCode::kCancelled);
}

}  // namespace
}  // namespace troupe
