#include <atomic>
#include <cstdint>
#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/synchronization/notification.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "services/staffing/staffing_service.h"
#include "tests/services/convert/wire_samples.h"
#include "tests/services/staffing/staffing_world.h"
#include "tests/testing/service_calls.h"

namespace troupe::testing {
namespace {

using absl::StatusCode;
using ::testing::AllOf;
using ::testing::ElementsAre;
using ::testing::Ge;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Le;
using ::testing::SizeIs;

// Three directors are needed in Xi'an for eight weeks, and nobody is one.
class TrainingPlanTest : public ::testing::Test, protected StaffingWorld {
 protected:
  TrainingPlanTest() { HaveOpening("xian", 3, "2026-03-02", 56); }

  // `count` gaffers, who nobody needs.
  void HaveGaffers(int count, const std::string& owner = "crew", const std::string& wish = "director",
                   const std::string& home = "xian") {
    for (int i = 0; i < count; ++i) {
      ProfileBuilder person = NextPerson().Owner(owner).Holds("gaffer").Home(home);
      if (!wish.empty()) person.GrowsInto(wish);
      Have(person.Build());
    }
  }

  static v1::TrainingPlan PlanFor(int64_t budget, const std::string& rest = "") {
    v1::TrainingPlan plan = FromText<v1::TrainingPlan>(rest);
    plan.set_title("Autumn");
    plan.set_budget_yuan(budget);
    if (plan.courses().empty()) {
      *plan.add_courses() = FromText<v1::Course>(
          "id: 'direct' role: 'director' place: 'xian' start { year: 2026 month: 3 day: 2 } "
          "weeks: 2 cost_yuan: 1000 seats: 8");
    }
    if (plan.comparison_draws() == 0) plan.set_comparison_draws(20);
    return plan;
  }
  absl::StatusOr<v1::TrainingPlan> TryCreate(const v1::TrainingPlan& plan) {
    v1::CreateTrainingPlanRequest request;
    *request.mutable_training_plan() = plan;
    return Ask(service(), &StaffingService::CreateTrainingPlan, request, "crew");
  }
  std::string Create(int64_t budget, const std::string& rest = "") {
    return TryCreate(PlanFor(budget, rest)).value().name();
  }
  v1::TrainingPlan Get(const std::string& name) {
    v1::GetTrainingPlanRequest request;
    request.set_name(name);
    return Ask(service(), &StaffingService::GetTrainingPlan, request, "crew").value();
  }
  absl::StatusOr<v1::TrainingPlan> Update(const v1::TrainingPlan& plan, const std::string& path) {
    v1::UpdateTrainingPlanRequest request;
    *request.mutable_training_plan() = plan;
    request.mutable_update_mask()->add_paths(path);
    return Ask(service(), &StaffingService::UpdateTrainingPlan, request, "crew");
  }
  absl::StatusOr<v1::Operation> Begin(const std::string& name, const std::string& request_id = "") {
    v1::PlanTrainingRequest request;
    request.set_name(name);
    request.set_request_id(request_id);
    return Ask(service(), &StaffingService::PlanTraining, request, "crew");
  }
  v1::Operation Wait(const absl::StatusOr<v1::Operation>& operation) {
    v1::WaitOperationRequest request;
    request.set_name(operation.value().name());
    return Ask(operations(), &OperationService::WaitOperation, request, "crew").value();
  }
  // What making the plan came to.
  v1::TrainingResult Make(const std::string& name) {
    const v1::Operation ended = Wait(Begin(name));
    EXPECT_EQ(ended.state(), v1::Operation::STATE_SUCCEEDED) << ended.DebugString();
    return Get(name).result();
  }
  absl::StatusOr<v1::Operation> BeginSimulation(const std::string& name,
                                                const std::string& rest = "") {
    auto request = FromText<v1::SimulateTrainingRequest>(rest);
    request.set_name(name);
    return Ask(service(), &StaffingService::SimulateTraining, request, "crew");
  }
  // "gaffer to director: 3"
  static std::vector<std::string> MovesOf(const v1::TrainingResult& result) {
    std::vector<std::string> moves;
    for (const v1::RoleMove& move : result.moves()) {
      moves.push_back(absl::StrCat(move.from_role(), " to ", move.to_role(), ": ", move.people()));
    }
    return moves;
  }
};

TEST_F(TrainingPlanTest, Plan_TrainsThoseWhomTheBudgetPaysFor) {
  HaveGaffers(6);
  const std::string name = Create(3'000, "further_yuan: 1000");
  EXPECT_EQ(Get(name).state(), v1::TRAINING_PLAN_STATE_DRAFT);
  const v1::TrainingResult result = Make(name);
  EXPECT_EQ(result.candidates(), 6);
  EXPECT_EQ(result.trainees(), 3);
  EXPECT_EQ(result.cost_yuan(), 3'000);
  // Three people, free seven days of whom 0.6 accept, in six weeks after the course.
  EXPECT_THAT(result.gained_millidays(), AllOf(Ge(70'000), Le(75'600)));
  EXPECT_EQ(result.gained_at_most_millidays(), result.gained_millidays());
  EXPECT_TRUE(result.proven());
  EXPECT_THAT(result.further_gained_millidays(), AllOf(Ge(15'000), Le(25'200)));
  ASSERT_THAT(result.courses(), SizeIs(1));
  const v1::CourseGroup& group = result.courses(0);
  EXPECT_THAT(group.profiles(), ElementsAre("profiles/0000000000000001",
                                            "profiles/0000000000000002",
                                            "profiles/0000000000000003"));
  EXPECT_EQ(group.others(), 0);
  ASSERT_THAT(group.fills(), SizeIs(1));
  EXPECT_EQ(group.fills(0).role(), "director");
  EXPECT_EQ(group.fills(0).city(), "xian");
  EXPECT_THAT(group.gained_millidays(), AllOf(Ge(70'000), Le(75'600)));
  EXPECT_THAT(MovesOf(result), ElementsAre("gaffer to director: 3"));
  EXPECT_EQ(Get(name).state(), v1::TRAINING_PLAN_STATE_PLANNED);
}

TEST_F(TrainingPlanTest, Plan_IsComparedWithEveryPolicyOnFreshDraws) {
  HaveGaffers(6);
  const v1::TrainingResult result = Make(Create(3'000, "regime: DEMAND_REGIME_BURSTY seed: 7"));
  const v1::PolicyComparison& comparison = result.comparison();
  EXPECT_EQ(comparison.regime(), v1::DEMAND_REGIME_BURSTY);
  EXPECT_EQ(comparison.seed(), 7);
  EXPECT_EQ(comparison.draws(), 20);
  ASSERT_THAT(comparison.policies(), SizeIs(5));
  const v1::PolicyResult& none = comparison.policies(0);
  EXPECT_EQ(none.policy(), v1::TRAINING_POLICY_NONE);
  EXPECT_EQ(none.cost_yuan(), 0);
  EXPECT_EQ(none.gained().mean(), 0);
  EXPECT_EQ(none.plan_ahead().mean(), comparison.plan_gained().mean());
  EXPECT_GT(comparison.plan_gained().low(), 0);
  EXPECT_LT(comparison.plan_gained().low(), comparison.plan_gained().high());
}

TEST_F(TrainingPlanTest, Others_AreCountedAndNeverNamed) {
  HaveGaffers(6, "agency");
  const v1::TrainingResult result = Make(Create(8'000));
  ASSERT_THAT(result.courses(), SizeIs(1));
  EXPECT_THAT(result.courses(0).profiles(), IsEmpty());
  EXPECT_EQ(result.courses(0).others(), result.trainees());
  EXPECT_THAT(result.trainees(), AllOf(Ge(5), Le(6)));
  EXPECT_EQ(result.courses(0).gained_millidays() % 5'000, 0);
  EXPECT_EQ(result.courses(0).fills(0).millidays() % 5'000, 0);
}

TEST_F(TrainingPlanTest, FewOthers_AreLeftOut) {
  HaveGaffers(4, "agency");
  const v1::TrainingResult result = Make(Create(8'000));
  EXPECT_EQ(result.candidates(), 0);
  EXPECT_EQ(result.empty_reason(), v1::TrainingResult::EMPTY_REASON_NO_CANDIDATES);
  EXPECT_FALSE(result.has_comparison());
}

TEST_F(TrainingPlanTest, FewTrainedOthers_AreNotCounted) {
  HaveGaffers(5, "agency");
  HaveGaffers(1);
  const v1::TrainingResult few = Make(Create(2'000));
  EXPECT_EQ(few.candidates(), 6);
  EXPECT_EQ(few.untold_courses(), 1);
  EXPECT_FALSE(few.courses(0).has_others());
  EXPECT_FALSE(few.courses(0).has_gained_millidays());
  EXPECT_EQ(few.cost_yuan(), 1'000 * few.trainees());
  EXPECT_THAT(few.trainees(), Le(1));
  const v1::TrainingResult one = Make(Create(1'000));
  if (one.trainees() == 0) {
    EXPECT_EQ(one.empty_reason(), v1::TrainingResult::EMPTY_REASON_UNTOLD);
    EXPECT_THAT(one.moves(), IsEmpty());
  }
}

TEST_F(TrainingPlanTest, Moves_OfFewOthersAreOnesOfNoRoleInParticular) {
  const auto have = [this](int count, const std::string& role) {
    for (int i = 0; i < count; ++i) {
      Have(NextPerson().Holds(role).GrowsInto("director").Home("xian").Build());
    }
  };
  have(6, "gaffer");
  have(5, "writer");
  have(3, "editor");
  HaveOpening("xian", 9, "2026-03-02", 56);
  const v1::TrainingResult result = Make(Create(
      14'000, "courses { id: 'direct' role: 'director' place: 'xian' weeks: 1 cost_yuan: 1000 "
              "seats: 14 start { year: 2026 month: 3 day: 2 } }"));
  ASSERT_EQ(result.trainees(), 14);
  // Three editors are what is missing of a sum, unless they are told of with the writers.
  EXPECT_THAT(MovesOf(result), ElementsAre(" to director: 8", "gaffer to director: 6"));
}

TEST_F(TrainingPlanTest, Learners_WishUnlessAnybodyWillDo) {
  HaveGaffers(3);
  HaveGaffers(3, "crew", "");
  EXPECT_EQ(Make(Create(9'000)).candidates(), 3);
  EXPECT_EQ(Make(Create(9'000, "learners: LEARNERS_ANYBODY")).candidates(), 6);
}

TEST_F(TrainingPlanTest, Homes_SayWhoIsTrained) {
  HaveGaffers(2, "crew", "director", "xian");
  HaveGaffers(3, "crew", "director", "beijing");
  // Who lives in Beijing does not get to Xi'an.
  EXPECT_EQ(Make(Create(9'000)).candidates(), 2);
  const std::string anywhere =
      "courses { id: 'online' role: 'director' start { year: 2026 month: 3 day: 2 } weeks: 1 "
      "cost_yuan: 10 seats: 9 }";
  EXPECT_EQ(Make(Create(9'000, anywhere)).candidates(), 5);
  EXPECT_EQ(Make(Create(9'000, anywhere + " homes: 'beijing'")).candidates(), 3);
}

TEST_F(TrainingPlanTest, WhoHoldsTheRole_LearnsNothing) {
  Have(NextPerson().Owner("crew").Holds("gaffer").Holds("director").Home("xian").Build());
  Have(NextPerson().Owner("crew").Holds("writer").GrowsInto("director").Home("xian").Build());
  const v1::TrainingResult result = Make(Create(9'000, "learners: LEARNERS_ANYBODY"));
  EXPECT_THAT(MovesOf(result), ElementsAre("writer to director: 1"));
}

TEST_F(TrainingPlanTest, WhatIfs_AreInTheMarketThatAPlanIsMadeFor) {
  HaveGaffers(2, "crew", "editor");
  const std::string course =
      "courses { id: 'cut' role: 'editor' start { year: 2026 month: 3 day: 2 } weeks: 1 "
      "cost_yuan: 100 seats: 9 } ";
  const v1::TrainingResult without = Make(Create(900, course));
  EXPECT_EQ(without.empty_reason(), v1::TrainingResult::EMPTY_REASON_NO_GAIN);
  const v1::TrainingResult with = Make(Create(
      900, course + "what_ifs { more_projects { place: 'xian' projects: 20 "
                    "needs { role: 'editor' people: 1 days: 5 } } }"));
  EXPECT_EQ(with.trainees(), 2);
}

TEST_F(TrainingPlanTest, NoDemand_SaysSo) {
  HaveGaffers(2);
  const v1::TrainingResult result =
      Make(Create(900, "from { year: 2026 month: 5 day: 4 } until { year: 2026 month: 6 day: 1 } "
                       "courses { id: 'c' role: 'director' start { year: 2026 month: 5 day: 4 } "
                       "weeks: 1 cost_yuan: 1 seats: 1 }"));
  EXPECT_EQ(result.empty_reason(), v1::TrainingResult::EMPTY_REASON_NO_DEMAND);
  EXPECT_THAT(result.empty_text(), HasSubstr("no open seat"));
}

TEST_F(TrainingPlanTest, SamePlan_GivesTheSameResult) {
  HaveGaffers(6);
  HaveGaffers(7, "agency");
  v1::TrainingResult first = Make(Create(4'000)), second = Make(Create(4'000));
  first.clear_plan_time();
  second.clear_plan_time();
  EXPECT_EQ(first.SerializeAsString(), second.SerializeAsString());
}

TEST_F(TrainingPlanTest, WrongFields_AreNamed) {
  EXPECT_THAT(BadFields(TryCreate(FromText<v1::TrainingPlan>("budget_yuan: -1"))),
              ElementsAre("training_plan.title", "training_plan.courses",
                          "training_plan.budget_yuan"));
  EXPECT_THAT(
      BadFields(TryCreate(PlanFor(
          1, "state: TRAINING_PLAN_STATE_PLANNED result {} seed: -1 regime: 9 learners: 9"))),
      ElementsAre("training_plan.state", "training_plan.result", "training_plan.learners",
                  "training_plan.regime", "training_plan.seed"));
  EXPECT_THAT(
      BadFields(TryCreate(PlanFor(
          1, "draws: 65 work_limit: 1 comparison_draws: 1 further_yuan: -1 homes: 'atlantis' "
             "courses { id: 'a b' role: 'king' place: 'x' start { year: 2026 month: 3 day: 2 } "
             "weeks: 53 success_millionths: -1 productivity_millionths: 0 "
             "absence_millionths: 1000001 }"))),
      ElementsAre("training_plan.courses[0].id", "training_plan.courses[0].role",
                  "training_plan.courses[0].place", "training_plan.courses[0].weeks",
                  "training_plan.courses[0].cost_yuan", "training_plan.courses[0].seats",
                  "training_plan.courses[0].success_millionths",
                  "training_plan.courses[0].productivity_millionths",
                  "training_plan.courses[0].absence_millionths", "training_plan.homes[0]",
                  "training_plan.draws", "training_plan.work_limit",
                  "training_plan.comparison_draws", "training_plan.further_yuan"));
}

TEST_F(TrainingPlanTest, WhatDoesNotFitToTheDay_IsNamed) {
  EXPECT_THAT(
      BadFields(TryCreate(PlanFor(
          1, "courses { id: 'c' role: 'director' start { year: 2027 month: 3 day: 2 } weeks: 1 "
             "cost_yuan: 1 seats: 1 }"))),
      ElementsAre("training_plan.courses[0].start"));
  EXPECT_THAT(BadFields(TryCreate(PlanFor(1, "from { year: 2026 month: 2 day: 2 }"))),
              ElementsAre("training_plan.from"));
  EXPECT_THAT(BadFields(TryCreate(PlanFor(
                  1, "what_ifs { more_people { place: 'xian' people: 0 roles: 'gaffer' } }"))),
              ElementsAre("training_plan.what_ifs[0].more_people.people"));
  EXPECT_THAT(BadFields(TryCreate(PlanFor(1, "courses { id: 'c' role: 'director' weeks: 1 "
                                             "cost_yuan: 1 seats: 1 }"))),
              ElementsAre("training_plan.courses[0].start"));
}

TEST_F(TrainingPlanTest, APlanOfTheYearBefore_FailsAsAnOperation) {
  const std::string name = Create(1'000);
  Write(TodayRequest(D("2026-12-01")));
  const v1::Operation ended = Wait(Begin(name));
  EXPECT_EQ(ended.state(), v1::Operation::STATE_FAILED);
  EXPECT_EQ(ended.error().problems(0).subject(), "courses[0].start");
  // Its title may be changed all the same.
  v1::TrainingPlan plan = Get(name);
  plan.set_title("Of last year");
  EXPECT_THAT(Update(plan, "title"), IsOk());
}

TEST_F(TrainingPlanTest, Update_DropsWhatItCameTo) {
  HaveGaffers(3);
  const std::string name = Create(3'000);
  Make(name);
  v1::TrainingPlan plan = Get(name);
  plan.set_title("Renamed");
  EXPECT_EQ(Update(plan, "title")->state(), v1::TRAINING_PLAN_STATE_PLANNED);
  plan = Get(name);
  plan.set_budget_yuan(2'000);
  const auto updated = Update(plan, "budget_yuan");
  EXPECT_EQ(updated->state(), v1::TRAINING_PLAN_STATE_DRAFT);
  EXPECT_FALSE(updated->has_result());
  EXPECT_EQ(Make(name).trainees(), 2);
}

TEST_F(TrainingPlanTest, List_IsTheOwnersAndWithoutResults) {
  HaveGaffers(3);
  Make(Create(3'000));
  const auto of = [&](const std::string& who) {
    return Ask(service(), &StaffingService::ListTrainingPlans, v1::ListTrainingPlansRequest(), who);
  };
  ASSERT_THAT(of("crew")->training_plans(), SizeIs(1));
  EXPECT_FALSE(of("crew")->training_plans(0).has_result());
  EXPECT_EQ(of("crew")->training_plans(0).state(), v1::TRAINING_PLAN_STATE_PLANNED);
  EXPECT_THAT(of("agency")->training_plans(), IsEmpty());
}

TEST_F(TrainingPlanTest, OthersPlans_DoNotExist) {
  const std::string name = Create(3'000);
  Wait(Begin(name));
  v1::GetTrainingPlanRequest get;
  get.set_name(name);
  EXPECT_THAT(Ask(service(), &StaffingService::GetTrainingPlan, get, "agency"),
              FailsWith(StatusCode::kNotFound, "TRAINING_PLAN_NOT_FOUND"));
  v1::GetOperationRequest operation;
  operation.set_name(absl::StrCat(name, "/operations/1"));
  EXPECT_THAT(Ask(operations(), &OperationService::GetOperation, operation, "crew"), IsOk());
  EXPECT_THAT(Ask(operations(), &OperationService::GetOperation, operation, "agency"),
              FailsWith(StatusCode::kNotFound, "OPERATION_NOT_FOUND"));
  // It is no round's.
  operation.set_name("rounds/" + name.substr(name.find('/') + 1) + "/operations/1");
  EXPECT_THAT(Ask(operations(), &OperationService::GetOperation, operation, "crew"),
              FailsWith(StatusCode::kNotFound, "OPERATION_NOT_FOUND"));
}

TEST_F(TrainingPlanTest, Delete_TakesItsOperations) {
  const std::string name = Create(3'000);
  Wait(Begin(name));
  v1::DeleteTrainingPlanRequest request;
  request.set_name(name);
  ASSERT_THAT(Ask(service(), &StaffingService::DeleteTrainingPlan, request, "crew"), IsOk());
  for (EntityKind kind : {EntityKind::kTrainingPlan, EntityKind::kOperation}) {
    EXPECT_THAT(*view().EntitiesOf(kind), IsEmpty());
  }
}

TEST_F(TrainingPlanTest, ARetry_IsAnsweredWithWhatItBegan) {
  HaveGaffers(3);
  const std::string name = Create(3'000);
  const auto first = Begin(name, "once");
  Wait(first);
  EXPECT_EQ(Begin(name, "once")->name(), first->name());
  const auto second = Begin(name, "twice");
  EXPECT_NE(second->name(), first->name());
  Wait(second);
}

TEST_F(TrainingPlanTest, WhileOneRuns_NothingElseBegins) {
  HaveGaffers(6);
  const std::string name = Create(3'000, "comparison_draws: 10000 draws: 64");
  const auto begun = Begin(name);
  EXPECT_THAT(Begin(name), FailsWith(StatusCode::kFailedPrecondition, "TRAINING_PLAN_BUSY"));
  EXPECT_THAT(Update(Get(name), "title"),
              FailsWith(StatusCode::kFailedPrecondition, "TRAINING_PLAN_BUSY"));
  v1::CancelOperationRequest cancel;
  cancel.set_name(begun->name());
  ASSERT_THAT(Ask(operations(), &OperationService::CancelOperation, cancel, "crew"), IsOk());
  EXPECT_EQ(Wait(begun).state(), v1::Operation::STATE_CANCELLED);
  EXPECT_FALSE(Get(name).has_result());
}

TEST_F(TrainingPlanTest, ACallThatWaitedInVain_IsLetGoOfWhileTheOperationRuns) {
  HaveGaffers(6);
  const auto begun = Begin(Create(3'000, "comparison_draws: 10000 draws: 64"));
  v1::WaitOperationRequest wait;
  wait.set_name(begun->name());
  wait.mutable_timeout()->set_nanos(1'000'000);
  absl::Notification let_go;
  const std::shared_ptr<Call> own = CallBy("crew");
  std::shared_ptr<Call> call(own.get(), [&let_go](Call*) { let_go.Notify(); });
  Answer<v1::Operation> answer;
  operations().WaitOperation(std::move(call), wait, answer.done());
  EXPECT_EQ(answer.Wait()->state(), v1::Operation::STATE_RUNNING);
  let_go.WaitForNotification();
  v1::CancelOperationRequest cancel;
  cancel.set_name(begun->name());
  const auto then = Ask(operations(), &OperationService::CancelOperation, cancel, "crew");
  EXPECT_EQ(then->state(), v1::Operation::STATE_RUNNING);
  Wait(begun);
}

TEST_F(TrainingPlanTest, WhatTheProcessBrokeOff_Failed) {
  const std::string name = Create(3'000);
  live_operations().Close();
  const auto begun = Begin(name);
  Start();
  v1::Operation ended = Wait(begun);
  while (ended.state() == v1::Operation::STATE_RUNNING) ended = Wait(begun);
  EXPECT_EQ(ended.error().reason(), "RESTARTED");
}

TEST_F(TrainingPlanTest, WhatBeginsAtOnce_IsNotTakenForBrokenOff) {
  v1::PlanTrainingRequest request;
  request.set_name(Create(3'000));
  std::atomic<bool> is_caught_up = false;
  Start([&] { return is_caught_up ? absl::OkStatus() : absl::UnavailableError("behind"); });
  Answer<v1::Operation> begun;
  service().PlanTraining(CallBy("crew"), request, begun.done());
  is_caught_up = true;
  EXPECT_EQ(Wait(begun.Wait()).state(), v1::Operation::STATE_SUCCEEDED);
}

TEST_F(TrainingPlanTest, Simulation_TriesThePlanOnOtherDemand) {
  HaveGaffers(6);
  const std::string name = Create(3'000);
  const v1::TrainingResult result = Make(name);
  Wait(BeginSimulation(name, "regime: DEMAND_REGIME_SEASONAL draws: 30 seed: 5"));
  const v1::TrainingSimulation simulation = Get(name).simulation();
  EXPECT_THAT(simulation.enrolments(), IsEmpty());
  EXPECT_EQ(simulation.unfilled_seats(), 0);
  EXPECT_EQ(simulation.comparison().regime(), v1::DEMAND_REGIME_SEASONAL);
  EXPECT_EQ(simulation.comparison().draws(), 30);
  EXPECT_EQ(simulation.comparison().seed(), 5);
  EXPECT_GT(simulation.comparison().plan_gained().mean(), 0);
  // The result stays, until the plan is made again.
  EXPECT_EQ(Get(name).result().SerializeAsString(), result.SerializeAsString());
  Make(name);
  EXPECT_FALSE(Get(name).has_simulation());
}

TEST_F(TrainingPlanTest, Simulation_OfOtherEnrolments) {
  HaveGaffers(3);
  const std::string name = Create(1'000);
  Wait(BeginSimulation(name, "enrolments { course: 'direct' people: 5 } draws: 10"));
  const v1::TrainingSimulation simulation = Get(name).simulation();
  ASSERT_THAT(simulation.enrolments(), SizeIs(1));
  EXPECT_EQ(simulation.enrolments(0).people(), 5);
  EXPECT_EQ(simulation.unfilled_seats(), 2);
  EXPECT_GT(simulation.comparison().plan_gained().mean(), 50'000);
}

TEST_F(TrainingPlanTest, WrongSimulations_AreRefused) {
  const std::string name = Create(1'000);
  EXPECT_THAT(BeginSimulation(name),
              FailsWith(StatusCode::kFailedPrecondition, "TRAINING_PLAN_NOT_MADE"));
  EXPECT_THAT(BadFields(BeginSimulation(
                  name, "enrolments { course: 'x' } enrolments { course: 'direct' people: 9 } "
                        "enrolments { course: 'direct' } draws: 1 seed: -1 regime: 7")),
              ElementsAre("enrolments[0].course", "enrolments[1].people", "enrolments[2].course",
                          "regime", "draws", "seed"));
}

}  // namespace
}  // namespace troupe::testing
