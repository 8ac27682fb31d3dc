#include "services/outcome/outcome_service.h"

#include <atomic>
#include <optional>
#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/synchronization/notification.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "matcher/index/profile_row.h"
#include "services/convert/resource_names.h"
#include "services/log/day_ticker.h"
#include "services/outcome/outcome_sweep.h"
#include "services/log/applier.h"
#include "services/records/profile_record.h"
#include "services/records/project_record.h"
#include "services/rpc/thread_pool.h"
#include "tests/services/convert/wire_samples.h"
#include "tests/testing/builders.h"
#include "tests/testing/live_view.h"
#include "tests/testing/log_calls.h"
#include "tests/testing/service_calls.h"
#include "tests/testing/temp_directory.h"

namespace troupe::testing {
namespace {

using absl::StatusCode;
using ::testing::ElementsAre;
using ::testing::IsEmpty;
using ::testing::SizeIs;

std::string ProfileName(uint64_t id) { return FormatName(ProfileId(id)); }

// An OutcomeService over a log in memory, on 2026-03-01. "crew" has project 1 with an
// opening for a director; 1 to 3 are directors.
class OutcomeServiceTest : public ::testing::Test {
 protected:
  OutcomeServiceTest() {
    Write(TodayRequest(D("2026-03-01")));
    for (uint64_t id = 1; id <= 3; ++id) {
      Have(ProfileBuilder().Id(id).Holds("director").Build());
    }
    Have(ProjectBuilder().Id(1).Owner("crew").With(OpeningBuilder()).Build());
  }

  void Write(const AppendRequest& request) {
    absl::Notification shown;
    const LogPos pos = AppendOne(live_.log(), request).value();
    live_.view().WhenApplied(LogName::kTroupe, request.shard, pos.seq,
                             [&](const absl::Status&) { shown.Notify(); });
    shown.WaitForNotification();
  }
  void Have(const Profile& profile) {
    Write(Request(absl::StrCat("profile ", ++writes_),
                  {{{EntityKind::kProfile, profile.id.value()}, kAnyVersion,
                    SerializeProfile(profile)}}));
  }
  void Have(const Project& project) {
    Write(Request(absl::StrCat("project ", ++writes_),
                  {{{EntityKind::kProject, project.id.value()}, kAnyVersion,
                    SerializeProject(project)}}));
  }
  void DeleteProfile(uint64_t id) {
    Write(Request(absl::StrCat("gone ", id),
                  {{{EntityKind::kProfile, id}, kAnyVersion, std::nullopt}}));
  }

  absl::StatusOr<v1::RecordOutcomeResponse> Record(const std::string& rest,
                                                   const std::vector<uint64_t>& profiles = {1},
                                                   const std::string& caller = "crew") {
    auto request = FromText<v1::RecordOutcomeRequest>(rest);
    if (request.opening().empty()) request.set_opening(opening_);
    for (uint64_t id : profiles) request.add_profiles(ProfileName(id));
    return Ask(service_, &OutcomeService::RecordOutcome, request, caller);
  }
  absl::StatusOr<v1::ListOutcomesResponse> List(const std::string& rest = "",
                                                const std::string& caller = "crew") {
    auto request = FromText<v1::ListOutcomesRequest>(rest);
    request.set_opening(opening_);
    return Ask(service_, &OutcomeService::ListOutcomes, request, caller);
  }
  std::vector<v1::OutcomeKind> Kinds() {
    std::vector<v1::OutcomeKind> kinds;
    const v1::ListOutcomesResponse response = List().value();
    for (const v1::Outcome& outcome : response.outcomes()) kinds.push_back(outcome.kind());
    return kinds;
  }
  absl::Status Delete(const std::string& profile = "", const std::string& caller = "crew") {
    v1::DeleteOutcomesRequest request;
    request.set_opening(opening_);
    request.set_profile(profile);
    return Ask(service_, &OutcomeService::DeleteOutcomes, request, caller).status();
  }
  OutcomeTally TallyOf(uint64_t profile, const std::string& organization = "crew") {
    const auto tallies =
        live_.view().Now()->pool().outcomes().Of(OrganizationTerm({organization}));
    return tallies == nullptr ? OutcomeTally() : tallies->Of(ProfileId(profile));
  }

  const std::string opening_ = FormatName(OpeningId{ProjectId(1), 1});
  int writes_ = 0;
  LiveView live_;
  ThreadPool threads_{4};
  RandomIds ids_{1};
  OutcomeService service_{&live_.log(), &live_.view(), &threads_, &live_.clock(), &ids_};
};

TEST_F(OutcomeServiceTest, Record_IsListedAndCounted) {
  EXPECT_EQ(Record("kind: OUTCOME_KIND_SHOWN", {1, 2, 3})->outcomes(), 3);
  EXPECT_EQ(Record("kind: OUTCOME_KIND_DECLINED reason: DECLINE_REASON_RATE", {2})->outcomes(), 4);
  ASSERT_THAT(Record("kind: OUTCOME_KIND_RATED rating_hundredths: 450", {3}), IsOk());
  EXPECT_THAT(Kinds(), ElementsAre(v1::OUTCOME_KIND_SHOWN, v1::OUTCOME_KIND_SHOWN,
                                   v1::OUTCOME_KIND_DECLINED, v1::OUTCOME_KIND_SHOWN,
                                   v1::OUTCOME_KIND_RATED));
  EXPECT_EQ(List()->outcomes(2).reason(), v1::DECLINE_REASON_RATE);
  EXPECT_EQ(List()->outcomes(2).time().seconds(), absl::ToUnixSeconds(live_.clock().Now()));
  EXPECT_EQ(TallyOf(2).declined, 1);
  EXPECT_EQ(TallyOf(3).rating_hundredths, 450);
}

TEST_F(OutcomeServiceTest, Record_CorrectsWhatIsOfTheSameTime) {
  const std::string then = " time { seconds: 1000 }";
  ASSERT_THAT(Record("kind: OUTCOME_KIND_RATED rating_hundredths: 300" + then), IsOk());
  ASSERT_THAT(Record("kind: OUTCOME_KIND_RATED rating_hundredths: 400" + then), IsOk());
  EXPECT_EQ(List()->outcomes(0).rating_hundredths(), 400);
}

TEST_F(OutcomeServiceTest, Record_TakesTheLatestOfAKind) {
  ASSERT_THAT(Record("kind: OUTCOME_KIND_RATED rating_hundredths: 500"), IsOk());
  ASSERT_THAT(Record("kind: OUTCOME_KIND_RATED rating_hundredths: 200 time { seconds: 1000 }"),
              IsOk());
  EXPECT_EQ(List()->outcomes(0).rating_hundredths(), 500);
  live_.clock().Advance(absl::Hours(1));
  ASSERT_THAT(Record("kind: OUTCOME_KIND_RATED rating_hundredths: 300"), IsOk());
  EXPECT_EQ(List()->outcomes(0).rating_hundredths(), 300);
  EXPECT_EQ(TallyOf(1), (OutcomeTally{.ratings = 1, .rating_hundredths = 300}));
}

TEST_F(OutcomeServiceTest, Record_NamesWhatIsWrong) {
  EXPECT_THAT(BadFields(Record("")), ElementsAre("kind"));
  EXPECT_THAT(BadFields(Record("kind: OUTCOME_KIND_BOOKED reason: DECLINE_REASON_RATE")),
              ElementsAre("reason"));
  EXPECT_THAT(BadFields(Record("kind: OUTCOME_KIND_RATED")), ElementsAre("rating_hundredths"));
  EXPECT_THAT(BadFields(Record("kind: OUTCOME_KIND_SHOWN rating_hundredths: 100")),
              ElementsAre("rating_hundredths"));
  EXPECT_THAT(BadFields(Record("kind: OUTCOME_KIND_SHOWN", {})), ElementsAre("profiles"));
  EXPECT_THAT(BadFields(Record("kind: OUTCOME_KIND_SHOWN", {1, 1})), ElementsAre("profiles[1]"));
  EXPECT_THAT(BadFields(Record("kind: OUTCOME_KIND_SHOWN time { seconds: 9999999999 }")),
              ElementsAre("time"));
  EXPECT_THAT(BadFields(Record("opening: 'x' kind: OUTCOME_KIND_SHOWN")), ElementsAre("opening"));
  EXPECT_THAT(Kinds(), IsEmpty());
}

TEST_F(OutcomeServiceTest, Record_AllOrNone) {
  EXPECT_THAT(Record("kind: OUTCOME_KIND_SHOWN", {1, 9}),
              FailsWith(StatusCode::kNotFound, "PROFILE_NOT_FOUND"));
  EXPECT_THAT(Kinds(), IsEmpty());
}

TEST_F(OutcomeServiceTest, Record_IsForTheProjectsOwner) {
  EXPECT_THAT(Record("kind: OUTCOME_KIND_SHOWN", {1}, "studio"),
              FailsWith(StatusCode::kPermissionDenied, "NOT_OWNER"));
  EXPECT_THAT(Record("opening: 'projects/0000000000000009/openings/1' kind: OUTCOME_KIND_SHOWN"),
              FailsWith(StatusCode::kNotFound, "OPENING_NOT_FOUND"));
  Have(ProjectBuilder().Id(1).Owner("crew").Hidden().With(OpeningBuilder()).Build());
  EXPECT_THAT(Record("kind: OUTCOME_KIND_SHOWN", {1}, "studio"),
              FailsWith(StatusCode::kNotFound, "OPENING_NOT_FOUND"));
}

TEST_F(OutcomeServiceTest, Record_TellsNobodyElse) {
  ASSERT_THAT(Record("kind: OUTCOME_KIND_DECLINED"), IsOk());
  EXPECT_THAT(List("", "studio")->outcomes(), IsEmpty());
  EXPECT_TRUE(TallyOf(1, "studio").IsZero());
}

TEST_F(OutcomeServiceTest, Record_AnswersARetry) {
  const std::string once = "kind: OUTCOME_KIND_BOOKED request_id: 'a'";
  ASSERT_THAT(Record(once), IsOk());
  EXPECT_EQ(Record(once)->outcomes(), 1);
  EXPECT_THAT(Record("kind: OUTCOME_KIND_SHOWN request_id: 'a'"),
              FailsWith(StatusCode::kAlreadyExists, "REQUEST_ID_REUSED"));
  EXPECT_EQ(TallyOf(1).accepted, 1);
}

TEST_F(OutcomeServiceTest, List_GoesByPages) {
  ASSERT_THAT(Record("kind: OUTCOME_KIND_SHOWN", {1, 2, 3}), IsOk());
  const auto first = List("page_size: 2");
  ASSERT_THAT(first->outcomes(), SizeIs(2));
  const auto second =
      List(absl::StrCat("page_size: 2 page_token: '", first->next_page_token(), "'"));
  ASSERT_THAT(second->outcomes(), SizeIs(1));
  EXPECT_EQ(second->outcomes(0).profile(), ProfileName(3));
  EXPECT_EQ(second->next_page_token(), "");
  EXPECT_THAT(BadFields(List("page_size: 1001")), ElementsAre("page_size"));
  EXPECT_THAT(BadFields(List("page_token: 'x'")), ElementsAre("page_token"));
}

TEST_F(OutcomeServiceTest, Delete_ForgetsOneOrAll) {
  ASSERT_THAT(Record("kind: OUTCOME_KIND_BOOKED", {1, 2}), IsOk());
  ASSERT_THAT(Delete(ProfileName(1)), IsOk());
  EXPECT_TRUE(TallyOf(1).IsZero());
  EXPECT_THAT(List()->outcomes(), SizeIs(1));
  ASSERT_THAT(Delete(), IsOk());
  EXPECT_THAT(List()->outcomes(), IsEmpty());
  EXPECT_THAT(Delete(), FailsWith(StatusCode::kNotFound, "OUTCOME_NOT_FOUND"));
  EXPECT_TRUE(TallyOf(2).IsZero());
}

TEST_F(OutcomeServiceTest, DeletedPeople_AreNotListedAndSweptAway) {
  ASSERT_THAT(Record("kind: OUTCOME_KIND_BOOKED", {1, 2}), IsOk());
  DeleteProfile(1);
  EXPECT_THAT(List()->outcomes(), SizeIs(1));
  EXPECT_EQ(TallyOf(1).accepted, 1);
  const auto sweeps = SweepsOf(*live_.view().Now(), live_.clock().Now());
  ASSERT_THAT(*sweeps, SizeIs(1));
  Write(sweeps->front());
  EXPECT_TRUE(TallyOf(1).IsZero());
  EXPECT_EQ(TallyOf(2).accepted, 1);
  EXPECT_THAT(*SweepsOf(*live_.view().Now(), live_.clock().Now()), IsEmpty());
}

TEST_F(OutcomeServiceTest, Sweep_LeavesNoRecordOfNobody) {
  ASSERT_THAT(Record("kind: OUTCOME_KIND_BOOKED"), IsOk());
  DeleteProfile(1);
  Write(SweepsOf(*live_.view().Now(), live_.clock().Now())->front());
  EXPECT_THAT(Delete(), FailsWith(StatusCode::kNotFound, "OUTCOME_NOT_FOUND"));
}

TEST_F(OutcomeServiceTest, Sweep_RunsByItselfOnceTheViewIsUpToDate) {
  ASSERT_THAT(Record("kind: OUTCOME_KIND_BOOKED"), IsOk());
  DeleteProfile(1);
  absl::Notification asked;
  std::atomic<bool> is_behind = true;
  const OutcomeSweep sweep(&live_.log(), &live_.view(), &live_.clock(), [&] {
    if (!asked.HasBeenNotified()) asked.Notify();
    return is_behind ? absl::UnavailableError("") : absl::OkStatus();
  });
  asked.WaitForNotification();
  EXPECT_EQ(TallyOf(1).accepted, 1);
  is_behind = false;
  for (int i = 0; i < 1'000 && !TallyOf(1).IsZero(); ++i) absl::SleepFor(absl::Milliseconds(20));
  EXPECT_TRUE(TallyOf(1).IsZero());
}

TEST_F(OutcomeServiceTest, Sweep_KeepsWhatIsRecordedIfMostPeopleAreGone) {
  std::vector<uint64_t> people;
  for (uint64_t id = 10; id < 1'010; ++id) people.push_back(id);
  for (uint64_t id : people) Have(ProfileBuilder().Id(id).Holds("director").Build());
  ASSERT_THAT(Record("kind: OUTCOME_KIND_SHOWN", people), IsOk());
  ASSERT_THAT(Record("kind: OUTCOME_KIND_SHOWN", {1}), IsOk());
  for (uint64_t id : people) DeleteProfile(id);
  EXPECT_THAT(SweepsOf(*live_.view().Now(), live_.clock().Now()),
              FailsWith(StatusCode::kFailedPrecondition, "TOO_MANY_GONE"));
}

TEST_F(OutcomeServiceTest, Record_AnswersARetryThoughThePersonIsGone) {
  const std::string once = "kind: OUTCOME_KIND_BOOKED request_id: 'a'";
  ASSERT_THAT(Record(once, {1, 2}), IsOk());
  DeleteProfile(1);
  EXPECT_EQ(Record(once, {1, 2})->outcomes(), 1);
  EXPECT_THAT(Record("kind: OUTCOME_KIND_BOOKED request_id: 'b'", {1, 2}),
              FailsWith(StatusCode::kNotFound, "PROFILE_NOT_FOUND"));
}

TEST_F(OutcomeServiceTest, Hidden_PeopleAreNeitherListedNorCounted) {
  ASSERT_THAT(Record("kind: OUTCOME_KIND_SHOWN", {1, 2}), IsOk());
  Have(ProfileBuilder().Id(1).Owner("agency").Hidden().Holds("director").Build());
  EXPECT_THAT(List()->outcomes(), SizeIs(1));
  EXPECT_EQ(Record("kind: OUTCOME_KIND_OPENED", {2})->outcomes(), 2);
  EXPECT_THAT(Delete(ProfileName(1)), FailsWith(StatusCode::kNotFound, "OUTCOME_NOT_FOUND"));
}

TEST_F(OutcomeServiceTest, View_CountsTheSameWhenItIsOpenedAgain) {
  ASSERT_THAT(Record("kind: OUTCOME_KIND_RATED rating_hundredths: 450", {1, 2}), IsOk());
  ASSERT_THAT(Record("kind: OUTCOME_KIND_BOOKED", {2}), IsOk());
  ASSERT_THAT(Delete(ProfileName(1)), IsOk());
  const TempDirectory directory;  // Made from nothing, then opened again.
  for (int round = 0; round < 2; ++round) {
    const auto view = OpenViewOf(live_.log(), directory.Join("view"));
    ASSERT_THAT(view, IsOk());
    ASSERT_THAT(CatchUp(live_.log(), **view, live_.clock()), IsOk());
    const auto tallies = (*view)->Now()->pool().outcomes().Of(OrganizationTerm({"crew"}));
    ASSERT_NE(tallies, nullptr);
    EXPECT_TRUE(tallies->Of(ProfileId(1)).IsZero());
    EXPECT_EQ(tallies->Of(ProfileId(2)), TallyOf(2));
    EXPECT_EQ(tallies->total(), (OutcomeTally{.accepted = 1}));
  }
}

TEST_F(OutcomeServiceTest, Fairness_ReportsByGroup) {
  Have(ProfileBuilder().Id(2).Holds("director").Of(Gender::kFemale).Build());
  ASSERT_THAT(Record("kind: OUTCOME_KIND_SHOWN", {2}), IsOk());
  const auto report = Ask(service_, &OutcomeService::ReportFairness,
                          FromText<v1::ReportFairnessRequest>("group_by: GROUP_ATTRIBUTE_GENDER"),
                          "crew");
  ASSERT_THAT(report, IsOk());
  EXPECT_EQ(report->openings(), 1);
  ASSERT_THAT(report->groups(), SizeIs(2));
  EXPECT_EQ(report->groups(0).group(), "not stated");
  EXPECT_EQ(report->groups(0).eligible(), 2);
  EXPECT_EQ(report->groups(0).rates(0).people(), 0);
  EXPECT_EQ(report->groups(1).rates(0).share_millionths(), 1'000'000);
}

TEST_F(OutcomeServiceTest, Fairness_LooksAtWhatIsAskedFor) {
  ASSERT_THAT(Record("kind: OUTCOME_KIND_SHOWN"), IsOk());
  const auto openings = [&](const std::string& rest) {
    return Ask(service_, &OutcomeService::ReportFairness,
               FromText<v1::ReportFairnessRequest>(
                   absl::StrCat("group_by: GROUP_ATTRIBUTE_HOME ", rest)),
               "crew")
        ->openings();
  };
  EXPECT_EQ(openings("role: 'director'"), 1);
  EXPECT_EQ(openings("role: 'writer'"), 0);
  EXPECT_EQ(openings("since { year: 2026 month: 3 day: 1 }"), 1);
  EXPECT_EQ(openings("since { year: 2026 month: 3 day: 2 }"), 0);
  EXPECT_EQ(openings("until { year: 2026 month: 3 day: 1 }"), 0);
  Have(ProjectBuilder().Id(1).Owner("crew").Build());
  const auto report = Ask(service_, &OutcomeService::ReportFairness,
                          FromText<v1::ReportFairnessRequest>("group_by: GROUP_ATTRIBUTE_HOME"),
                          "crew");
  EXPECT_EQ(report->openings(), 0);
  EXPECT_EQ(report->openings_gone(), 1);
}

TEST_F(OutcomeServiceTest, Fairness_NamesWhatIsWrong) {
  const auto bad = [&](const std::string& text) {
    return BadFields(Ask(service_, &OutcomeService::ReportFairness,
                         FromText<v1::ReportFairnessRequest>(text), "crew"));
  };
  EXPECT_THAT(bad(""), ElementsAre("group_by"));
  EXPECT_THAT(bad("group_by: GROUP_ATTRIBUTE_HOME role: 'clown'"), ElementsAre("role"));
  EXPECT_THAT(bad("group_by: GROUP_ATTRIBUTE_HOME since { year: 2026 }"),
              ::testing::Not(IsEmpty()));
}

}  // namespace
}  // namespace troupe::testing
