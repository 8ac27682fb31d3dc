#include <string>
#include <vector>

#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "services/log/view.h"
#include "services/records/agenda_record.h"
#include "tests/testing/status_matchers.h"
#include "tests/testing/temp_directory.h"

namespace troupe::testing {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

// Profile `profile` with a hold for each of `projects`.
View::Update AgendaOf(uint64_t profile, const std::vector<uint64_t>& projects) {
  Agenda agenda{.profile = ProfileId(profile)};
  for (const uint64_t project : projects) {
    Hold hold;
    hold.number = ++agenda.last_number;
    hold.opening = {.project = ProjectId(project), .number = 1};
    hold.window.span = {.start = Day(1), .limit = Day(2)};
    agenda.holds.push_back(std::move(hold));
  }
  return {{EntityKind::kAgenda, profile}, 7, SerializeAgenda(agenda)};
}

class ViewAgendasTest : public ::testing::Test {
 protected:
  std::unique_ptr<View> Open(const ViewContents& contents = {}) {
    return View::Open(directory_.Join("view"), contents).value();
  }
  void Apply(View& view, const std::vector<View::Update>& updates) {
    ASSERT_THAT(view.Apply(LogName::kTroupe, updates, {}), IsOk());
  }
  static std::vector<uint64_t> HeldFor(const View& view, uint64_t project, uint64_t after = 0,
                                       size_t most = 10) {
    std::vector<uint64_t> ids;
    const auto held = view.Now()->HeldFor(ProjectId(project), ProfileId(after), most);
    for (ProfileId id : held.value()) {
      ids.push_back(id.value());
    }
    return ids;
  }
  static std::vector<uint64_t> AgendasIn(const View& view) {
    std::vector<uint64_t> ids;
    const auto agendas = view.EntitiesOf(EntityKind::kAgenda);
    for (const EntityKey& entity : agendas.value()) {
      ids.push_back(entity.id);
    }
    return ids;
  }

  TempDirectory directory_;
};

TEST_F(ViewAgendasTest, FindsTheProfilesWithHoldsForAProject) {
  const auto view = Open();
  Apply(*view, {AgendaOf(1, {5, 6}), AgendaOf(2, {6}), AgendaOf(3, {6, 6})});
  EXPECT_THAT(HeldFor(*view, 5), ElementsAre(1));
  EXPECT_THAT(HeldFor(*view, 6), ElementsAre(1, 2, 3));
  EXPECT_THAT(HeldFor(*view, 6, 1, 1), ElementsAre(2));
  EXPECT_THAT(HeldFor(*view, 7), IsEmpty());
}

TEST_F(ViewAgendasTest, ForgetsThoseOfADeletedAgenda) {
  const auto view = Open();
  Apply(*view, {AgendaOf(1, {5, 6}), AgendaOf(2, {6})});
  Apply(*view, {{{EntityKind::kAgenda, 1}, 8, std::nullopt}});
  EXPECT_THAT(HeldFor(*view, 5), IsEmpty());
  EXPECT_THAT(HeldFor(*view, 6), ElementsAre(2));
  EXPECT_THAT(AgendasIn(*view), ElementsAre(2));
}

TEST_F(ViewAgendasTest, FindsNobodyOfWhomOnlyOrphanedSeatsAreLeft) {
  const auto view = Open();
  Apply(*view, {AgendaOf(1, {5, 6}), AgendaOf(2, {6})});
  Agenda remains{.profile = ProfileId(1)};
  remains.orphaned_seats = {{.project = ProjectId(5), .hold = 1}};
  Apply(*view, {{{EntityKind::kAgenda, 1}, 8, SerializeAgenda(remains)}});
  EXPECT_THAT(HeldFor(*view, 5), IsEmpty());
  EXPECT_THAT(HeldFor(*view, 6), ElementsAre(2));
  EXPECT_THAT(AgendasIn(*view), ElementsAre(1, 2));
}

TEST_F(ViewAgendasTest, KeepsAgendasOverARestart) {
  Apply(*Open(), {AgendaOf(1, {5}), AgendaOf(2, {6})});
  const auto view = Open();
  std::vector<uint64_t> versions;
  ASSERT_THAT(view->Now()->ForEachRecord(EntityKind::kAgenda,
                                         [&](const StoredRecord& record) {
                                           versions.push_back(record.version);
                                           return absl::OkStatus();
                                         }),
              IsOk());
  EXPECT_THAT(versions, ElementsAre(7, 7));
  EXPECT_THAT(HeldFor(*view, 6), ElementsAre(2));
}

TEST_F(ViewAgendasTest, SkipsAgendasAndDecisionsThatAProcessDoesNotNeed) {
  const auto view = Open({.agendas = false, .decisions = false});
  Apply(*view, {AgendaOf(1, {5}), {{EntityKind::kDecisions, 5}, 3, "decisions"}});
  EXPECT_THAT(HeldFor(*view, 5), IsEmpty());
  EXPECT_THAT(AgendasIn(*view), IsEmpty());
  EXPECT_EQ(view->Now()->Get({EntityKind::kDecisions, 5}).value(), std::nullopt);
}

TEST_F(ViewAgendasTest, IsMadeAgainForAProcessThatNeedsMore) {
  { const auto view = Open({.agendas = false}); }
  EXPECT_FALSE(View::Open(directory_.Join("view"), {.agendas = true}).ok());
}

TEST_F(ViewAgendasTest, KeepsDecisionsByProject) {
  const auto view = Open();
  Apply(*view, {{{EntityKind::kDecisions, 5}, 3, "decisions"}});
  EXPECT_EQ(view->Now()->Get({EntityKind::kDecisions, 5}).value()->bytes, "decisions");
  Apply(*view, {{{EntityKind::kDecisions, 5}, 4, std::nullopt}});
  EXPECT_EQ(view->Now()->Get({EntityKind::kDecisions, 5}).value(), std::nullopt);
}

}  // namespace
}  // namespace troupe::testing
