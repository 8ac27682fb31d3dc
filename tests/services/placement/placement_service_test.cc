#include "services/placement/placement_service.h"

#include <fstream>
#include <string>
#include <vector>

#include "absl/strings/match.h"
#include "nlohmann/json.hpp"
#include "tests/services/placement/placement_world.h"

namespace troupe::testing {
namespace {

using absl::StatusCode;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Pair;
using ::testing::SizeIs;
using ::testing::UnorderedElementsAre;

class PlacementServiceTest : public PlacementWorld {
 protected:
  // Two programs with one seat each, and three graduates who all like X better; X likes
  // c, then a; Y likes a and b.
  void HaveRound(const std::string& rest = "") {
    x_ = Program("X", 1);
    y_ = Program("Y", 1);
    cohort_ = Cohort({{"a", {x_, y_}}, {"b", {x_, y_}}, {"c", {x_, y_}}});
    Prefer(x_, cohort_, {"c", "a"});
    Prefer(y_, cohort_, {"a", "b"});
    round_ = Round(cohort_, {x_, y_}, rest);
  }
  std::string Name(const std::string& graduate) const {
    return absl::StrCat(cohort_, "/graduates/", graduate);
  }

  std::string x_, y_, cohort_, round_;
};

TEST_F(PlacementServiceTest, Run_PlacesAsTheMechanismPromises) {
  HaveRound();
  const v1::Operation operation = Run(round_);
  EXPECT_EQ(operation.state(), v1::Operation::STATE_SUCCEEDED) << operation.DebugString();
  EXPECT_EQ(operation.name(), absl::StrCat(round_, "/operations/1"));
  EXPECT_THAT(Placements(round_), ElementsAre(Pair("a", y_), Pair("b", ""), Pair("c", x_)));
  const v1::Round round = GetRound(round_);
  EXPECT_EQ(round.state(), v1::ROUND_STATE_PLACED);
  EXPECT_EQ(round.result().placed(), 2);
  EXPECT_EQ(round.result().graduates(), 3);
  EXPECT_EQ(round.result().seats(), 2);
}

TEST_F(PlacementServiceTest, Explain_SaysWhyAndWhatWouldHelp) {
  const std::string z = Program("Z", 1);
  HaveRound();
  Prefer(z, cohort_, {"b"});
  round_ = Round(cohort_, {x_, y_, z});
  ASSERT_EQ(Run(round_).state(), v1::Operation::STATE_SUCCEEDED);
  const v1::ExplainPlacementResponse why = Explain(round_, Name("b"));
  ASSERT_EQ(why.out_of_reach_size(), 2);
  EXPECT_EQ(why.out_of_reach(0).reason(), v1::OutOfReach::REASON_NOT_RANKED);
  EXPECT_EQ(why.out_of_reach(1).reason(), v1::OutOfReach::REASON_PROGRAM_FULL);
  EXPECT_EQ(why.out_of_reach(1).rank(), 2);
  EXPECT_EQ(why.out_of_reach(1).cutoff(), 1);
  ASSERT_EQ(why.changes_size(), 1) << why.DebugString();
  EXPECT_EQ(why.changes(0).kind(), v1::PlacementChange::KIND_FURTHER_WISH);
  EXPECT_EQ(why.changes(0).program(), z);
}

TEST_F(PlacementServiceTest, Verify_HoldsTheRoundAgainstItsPromise) {
  HaveRound();
  ASSERT_EQ(Run(round_).state(), v1::Operation::STATE_SUCCEEDED);
  v1::VerifyRoundRequest request;
  request.set_name(round_);
  const auto verified = Ask(*service_, &PlacementService::VerifyRound, request, "school");
  EXPECT_TRUE(verified->verified());
  EXPECT_EQ(verified->certificate_sha256(), GetRound(round_).result().certificate_sha256());
}

TEST_F(PlacementServiceTest, Certificate_IsTheWholeRoundAsJson) {
  HaveRound("seed: 7");
  ASSERT_EQ(Run(round_).state(), v1::Operation::STATE_SUCCEEDED);
  v1::DownloadCertificateRequest request;
  request.set_name(round_);
  WatchedStream<v1::DownloadCertificateResponse> stream;
  service_->DownloadCertificate(CallBy("school"), request, stream.sink());
  std::string text;
  while (const auto piece = stream.Next()) text += piece->piece();
  const auto json = nlohmann::json::parse(text);
  EXPECT_EQ(json["seed"], "7");
  EXPECT_EQ(json["matching"]["c"], x_.substr(x_.find('/') + 1));
  EXPECT_TRUE(json["matching"]["b"].is_null());
}

TEST_F(PlacementServiceTest, Report_CountsWhoGotWhat) {
  HaveRound();
  ASSERT_EQ(Run(round_).state(), v1::Operation::STATE_SUCCEEDED);
  v1::ReportRoundRequest request;
  request.set_name(round_);
  request.set_compare_mechanisms(true);
  const auto report = Ask(*service_, &PlacementService::ReportRound, request, "school").value();
  EXPECT_THAT(report.placed_by_choice(), ElementsAre(1, 1));
  EXPECT_EQ(report.outcome().placed(), 2);
  EXPECT_EQ(report.outcome().mean_choice_millionths(), 1'500'000);
  EXPECT_EQ(report.unfilled_seats(), 0);
  ASSERT_EQ(report.unplaced_size(), 1);
  EXPECT_EQ(report.unplaced(0).reason(), "not ranked");
  EXPECT_THAT(report.comparison(), SizeIs(7));
}

TEST_F(PlacementServiceTest, Run_NamesWhatListsNameInVain) {
  HaveRound();
  const std::string gone = Program("gone", 1);
  v1::DeleteProgramRequest deletion;
  deletion.set_name(gone);
  cohort_ = Cohort({{"a", {x_}}, {"b", {y_, gone}}});
  ASSERT_THAT(Ask(*service_, &PlacementService::DeleteProgram, deletion, "school"), IsOk());
  round_ = Round(cohort_, {x_, y_});
  Prefer(x_, cohort_, {"a", "nobody"});
  const v1::Operation operation = Run(round_);
  EXPECT_EQ(operation.state(), v1::Operation::STATE_FAILED);
  EXPECT_EQ(operation.error().reason(), "INVALID_FIELD");
  ASSERT_EQ(operation.error().problems_size(), 2) << operation.DebugString();
  EXPECT_EQ(operation.error().problems(0).subject(), "cohorts[0].graduates[1].wishes[1]");
  EXPECT_EQ(operation.error().problems(1).subject(), "programs[0].priorities[1]");
  EXPECT_EQ(GetRound(round_).state(), v1::ROUND_STATE_DRAFT);
}

TEST_F(PlacementServiceTest, Run_RefusesFloorsThatConflict) {
  HaveRound();
  const std::string far = Program("far", 2, {}, "region: 'north'");
  Prefer(far, cohort_, {"a"});
  round_ = Round(cohort_, {x_, far},
                 "mechanism: MECHANISM_FLOORS regions { id: 'north' floor: 2 }");
  const v1::Operation operation = Run(round_);
  EXPECT_EQ(operation.state(), v1::Operation::STATE_FAILED);
  EXPECT_EQ(operation.error().reason(), "FLOORS_CONFLICT") << operation.DebugString();
}

TEST_F(PlacementServiceTest, CreateCohort_NamesEachDefect) {
  const std::string x = Program("X", 1);
  const auto created = TryCohort({{"a", {x, x}}, {"a", {"programs/7"}}, {"not an id", {}}});
  EXPECT_THAT(created, FailsWith(StatusCode::kInvalidArgument, "INVALID_FIELD"));
  EXPECT_THAT(BadFields(created), ElementsAre("cohort.graduates[1].wishes[0]"));
  EXPECT_THAT(BadFields(TryCohort({{"a", {x, x}}, {"a", {}}, {"not an id", {}, 9}})),
              ElementsAre("cohort.graduates[0].wishes[1]", "cohort.graduates[2].id",
                          "cohort.graduates[1].id"));
  EXPECT_THAT(BadFields(TryCohort({{"a", {}, 9}})), ElementsAre("cohort.graduates[0].profile"));
}

TEST_F(PlacementServiceTest, CreateRound_NamesEachDefect) {
  HaveRound();
  const auto created = TryRound(
      cohort_, {x_, x_},
      absl::StrCat("seed: -1 mechanism: MECHANISM_LINKED_PAIRS regions { id: 'n' floor: 2 cap: 1 } "
                   "pairs { first: '", Name("a"), "' second: '", Name("a"), "' } "));
  EXPECT_THAT(BadFields(created), ElementsAre("round.seed"));
  EXPECT_THAT(BadFields(TryRound(
                  cohort_, {x_, x_},
                  absl::StrCat("mechanism: MECHANISM_LINKED_PAIRS "
                               "regions { id: 'n' floor: 2 cap: 1 } pairs { first: '",
                               Name("a"), "' second: '", Name("a"), "' } "))),
              ElementsAre("round.programs[1]", "round.regions[0].cap", "round.pairs[0].second",
                          "round.pairs[0].wishes"));
}

TEST_F(PlacementServiceTest, Others_SeeNothing) {
  HaveRound();
  ASSERT_EQ(Run(round_).state(), v1::Operation::STATE_SUCCEEDED);
  v1::GetRoundRequest get;
  get.set_name(round_);
  EXPECT_THAT(Ask(*service_, &PlacementService::GetRound, get, "other"),
              FailsWith(StatusCode::kNotFound, "ROUND_NOT_FOUND"));
  v1::RunRoundRequest run;
  run.set_name(round_);
  EXPECT_THAT(Ask(*service_, &PlacementService::RunRound, run, "other"),
              FailsWith(StatusCode::kNotFound, "ROUND_NOT_FOUND"));
  v1::GetOperationRequest operation;
  operation.set_name(absl::StrCat(round_, "/operations/1"));
  EXPECT_THAT(Ask(*operations_, &OperationService::GetOperation, operation, "other"),
              FailsWith(StatusCode::kNotFound, "OPERATION_NOT_FOUND"));
  v1::ListRoundsRequest list;
  EXPECT_THAT(Ask(*service_, &PlacementService::ListRounds, list, "other")->rounds(), IsEmpty());
  EXPECT_THAT(Ask(*service_, &PlacementService::ListRounds, list, "school")->rounds(), SizeIs(1));
}

TEST_F(PlacementServiceTest, Update_MakesADraftAgain) {
  HaveRound();
  ASSERT_EQ(Run(round_).state(), v1::Operation::STATE_SUCCEEDED);
  v1::UpdateRoundRequest request;
  request.mutable_round()->set_name(round_);
  request.mutable_round()->set_seed(9);
  request.mutable_update_mask()->add_paths("seed");
  EXPECT_EQ(Ask(*service_, &PlacementService::UpdateRound, request, "school")->state(),
            v1::ROUND_STATE_DRAFT);
  v1::ListPlacementsRequest list;
  list.set_round(round_);
  EXPECT_THAT(Ask(*service_, &PlacementService::ListPlacements, list, "school"),
              FailsWith(StatusCode::kFailedPrecondition, "ROUND_NOT_RUN"));
  EXPECT_EQ(Run(round_).state(), v1::Operation::STATE_SUCCEEDED);
  EXPECT_THAT(Placements(round_), SizeIs(3));
}

TEST_F(PlacementServiceTest, RunAgain_WithTheSameRequestIdBeginsNothingNew) {
  HaveRound();
  const auto first = StartRun(round_, "once");
  Wait(first);
  EXPECT_EQ(StartRun(round_, "once")->name(), first->name());
  EXPECT_NE(StartRun(round_, "twice")->name(), first->name());
}

TEST_F(PlacementServiceTest, Delete_TakesAllThatIsKeptOfTheRound) {
  HaveRound();
  ASSERT_EQ(Run(round_).state(), v1::Operation::STATE_SUCCEEDED);
  v1::DeleteRoundRequest request;
  request.set_name(round_);
  ASSERT_THAT(Ask(*service_, &PlacementService::DeleteRound, request, "school"), IsOk());
  for (EntityKind kind : {EntityKind::kRound, EntityKind::kRoundPart, EntityKind::kOperation}) {
    EXPECT_THAT(*live_.view().EntitiesOf(kind), IsEmpty());
  }
}

TEST_F(PlacementServiceTest, ABrokenOffRun_FailsAndLeavesNothing) {
  HaveRound();
  live_operations_->Close();  // Runs are broken off from now on.
  const auto begun = StartRun(round_);
  Start();
  const v1::Operation operation = [&] {
    v1::GetOperationRequest request;
    request.set_name(begun->name());
    for (;;) {
      const auto now = Ask(*operations_, &OperationService::GetOperation, request, "school");
      if (now->state() != v1::Operation::STATE_RUNNING) return now.value();
    }
  }();
  EXPECT_EQ(operation.error().reason(), "RESTARTED") << operation.DebugString();
  EXPECT_THAT(*live_.view().EntitiesOf(EntityKind::kRoundPart), IsEmpty());
  EXPECT_EQ(Run(round_).state(), v1::Operation::STATE_SUCCEEDED);
}

// Graduates are directors 1 to 3; the school has two openings for them.
class PublishRoundTest : public PlacementWorld {
 protected:
  PublishRoundTest() {
    for (uint64_t id = 1; id <= 3; ++id) {
      Have(ProfileBuilder().Id(id).Owner("school").Holds("director").Build());
    }
    Have(ProjectBuilder().Id(1).Owner("school").With(OpeningBuilder()).Build());
    Have(ProjectBuilder().Id(2).Owner("school").With(OpeningBuilder()).Build());
    first_ = FormatName(OpeningId{ProjectId(1), 1});
    second_ = FormatName(OpeningId{ProjectId(2), 1});
    x_ = Program("X", 1, {}, absl::StrCat("openings: '", first_, "'"));
    y_ = Program("Y", 1, {}, absl::StrCat("openings: '", second_, "'"));
    cohort_ = Cohort({{"a", {}, 1}, {"b", {}, 2}, {"c", {}, 3}});
    round_ = Round(cohort_, {x_, y_}, "derive { wishes: true priorities: true }");
  }

  std::string first_, second_, x_, y_, cohort_, round_;
};

TEST_F(PublishRoundTest, Run_DerivesListsThatNobodyStates) {
  ASSERT_EQ(Run(round_).state(), v1::Operation::STATE_SUCCEEDED);
  const v1::RoundResult result = GetRound(round_).result();
  EXPECT_EQ(result.derived_wishes(), 3);
  EXPECT_EQ(result.derived_priorities(), 2);
  EXPECT_EQ(result.placed(), 2);
}

TEST_F(PublishRoundTest, Publish_PlacesAHoldForEachPlacement) {
  ASSERT_EQ(Run(round_).state(), v1::Operation::STATE_SUCCEEDED);
  const v1::Operation operation = Publish(round_);
  EXPECT_EQ(operation.state(), v1::Operation::STATE_SUCCEEDED) << operation.DebugString();
  EXPECT_THAT(holds_.standing(), SizeIs(2));
  EXPECT_EQ(GetRound(round_).state(), v1::ROUND_STATE_PUBLISHED);
  EXPECT_EQ(GetRound(round_).publication().holds(), 2);
  EXPECT_THAT(StartRun(round_), FailsWith(StatusCode::kFailedPrecondition, "ROUND_PUBLISHED"));
}

TEST_F(PublishRoundTest, ARefusedHold_TakesTheOthersBack) {
  ASSERT_EQ(Run(round_).state(), v1::Operation::STATE_SUCCEEDED);
  const auto placements = Placements(round_);
  // The last who is placed is refused.
  holds_.Refuse(FormatName(ProfileId(placements.at("c").empty() ? 2 : 3)));
  const v1::Operation operation = Publish(round_);
  EXPECT_EQ(operation.state(), v1::Operation::STATE_FAILED);
  EXPECT_EQ(operation.error().reason(), "HOLDS_REFUSED");
  ASSERT_EQ(operation.error().problems_size(), 1);
  EXPECT_THAT(operation.error().problems(0).description(), HasSubstr("DAYS_NOT_FREE"));
  EXPECT_THAT(holds_.standing(), IsEmpty());
  EXPECT_EQ(GetRound(round_).state(), v1::ROUND_STATE_PLACED);
  EXPECT_FALSE(GetRound(round_).has_publication());
}

TEST_F(PublishRoundTest, AHoldThatIsNotAnswered_IsAskedForAgain) {
  ASSERT_EQ(Run(round_).state(), v1::Operation::STATE_SUCCEEDED);
  holds_.BeUnreachableAt(1);
  EXPECT_EQ(Publish(round_).state(), v1::Operation::STATE_SUCCEEDED);
  EXPECT_THAT(holds_.standing(), SizeIs(2));
}

TEST_F(PublishRoundTest, Cancelling_TakesAllBack) {
  ASSERT_EQ(Run(round_).state(), v1::Operation::STATE_SUCCEEDED);
  const std::string name = absl::StrCat(round_, "/operations/2");
  holds_.BeUnreachableAt(2);  // So that it is not done when it is cancelled.
  holds_.PauseAt(2, [this, name] {
    v1::CancelOperationRequest request;
    request.set_name(name);
    EXPECT_THAT(Ask(*operations_, &OperationService::CancelOperation, request, "school"), IsOk());
  });
  EXPECT_EQ(Publish(round_).state(), v1::Operation::STATE_CANCELLED);
  EXPECT_THAT(holds_.standing(), IsEmpty());
  EXPECT_EQ(GetRound(round_).state(), v1::ROUND_STATE_PLACED);
}

TEST_F(PublishRoundTest, AfterARestart_ItGoesOn) {
  ASSERT_EQ(Run(round_).state(), v1::Operation::STATE_SUCCEEDED);
  holds_.BeUnreachableAt(2);
  absl::Notification stopped;
  holds_.PauseAt(2, [&] {
    live_operations_->Close();
    stopped.Notify();
  });
  const auto begun = StartPublishing(round_);
  stopped.WaitForNotification();
  Start();
  while (GetRound(round_).state() != v1::ROUND_STATE_PUBLISHED) {
    absl::SleepFor(absl::Milliseconds(5));
  }
  EXPECT_THAT(holds_.standing(), SizeIs(2));
  v1::GetOperationRequest request;
  request.set_name(begun->name());
  EXPECT_EQ(Ask(*operations_, &OperationService::GetOperation, request, "school")->state(),
            v1::Operation::STATE_SUCCEEDED);
}

TEST_F(PublishRoundTest, WithoutOpeningsOrProfiles_IsNotPublishable) {
  const std::string z = Program("Z", 1);
  const std::string cohort = Cohort({{"d", {z}}});
  Prefer(z, cohort, {"d"});
  const std::string round = Round(cohort, {z});
  ASSERT_EQ(Run(round).state(), v1::Operation::STATE_SUCCEEDED);
  const auto refused = StartPublishing(round);
  EXPECT_THAT(refused, FailsWith(StatusCode::kFailedPrecondition, "NOT_PUBLISHABLE"));
  EXPECT_THAT(BadFields(refused), ElementsAre(absl::StrCat(cohort, "/graduates/d"), z));
}

// The school's gaffers would be grips as well as need be.
TEST_F(PublishRoundTest, Explain_FindsAFurtherRoleThatPlaces) {
  Have(ProjectBuilder().Id(3).Owner("school").With(OpeningBuilder().Role("writer")).Build());
  const std::string z = Program(
      "Z", 1, {}, absl::StrCat("openings: '", FormatName(OpeningId{ProjectId(3), 1}), "'"));
  round_ = Round(cohort_, {x_, y_, z}, "derive { wishes: true priorities: true }");
  ASSERT_EQ(Run(round_).state(), v1::Operation::STATE_SUCCEEDED);
  std::string unplaced;
  for (const auto& [graduate, program] : Placements(round_)) {
    if (program.empty()) unplaced = graduate;
  }
  const v1::ExplainPlacementResponse why =
      Explain(round_, absl::StrCat(cohort_, "/graduates/", unplaced));
  ASSERT_EQ(why.changes_size(), 1) << why.DebugString();
  EXPECT_EQ(why.changes(0).kind(), v1::PlacementChange::KIND_FURTHER_ROLE);
  EXPECT_EQ(why.changes(0).role(), "writer");
  EXPECT_EQ(why.changes(0).program(), z);
}

}  // namespace
}  // namespace troupe::testing
