#include <algorithm>
#include <optional>
#include <string>
#include <vector>

#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "matcher/base/violation.h"
#include "services/cli/hold_values.h"
#include "services/cli/hold_wording.h"
#include "services/convert/types_conversion.h"
#include "tests/services/cli/cli_run.h"

namespace troupe {
namespace {

using ::testing::AllOf;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Not;
using testing::CliResult;
using testing::FakeTroupe;
using testing::RunCli;

constexpr char kPerson[] = "profiles/0000000000000001";
constexpr char kHold[] = "profiles/0000000000000001/holds/3";
constexpr char kOpening[] = "projects/0000000000000002/openings/1";

const Reading kReading = {.now = absl::FromCivil(absl::CivilHour(2026, 3, 1, 12),
                                                 absl::UTCTimeZone()),
                          .zone = absl::UTCTimeZone()};

Day DayOf(const char* text) { return *Day::Parse(text); }

v1::DateRange Range(const char* first, const char* last) {
  return ToWire(DaySpan{DayOf(first), DayOf(last) + 1});
}

DateRanges Ranges(std::vector<v1::DateRange> ranges) {
  return {ranges.begin(), ranges.end()};
}

void AddRank(const char* first, const char* last, int32_t rank, int32_t holds, v1::Hold& hold) {
  v1::HoldRank& added = *hold.add_ranks();
  *added.mutable_dates() = Range(first, last);
  added.set_rank(rank);
  added.set_holds(holds);
}

// First of two on 1-3 December, second on the 4th.
v1::Hold Held() {
  v1::Hold hold;
  hold.set_name(kHold);
  hold.set_etag("e");
  hold.set_opening(kOpening);
  hold.set_organization("organizations/crew");
  hold.set_role("director");
  hold.set_state(v1::Hold::STATE_ACCEPTED);
  *hold.add_dates() = Range("2026-12-01", "2026-12-04");
  AddRank("2026-12-01", "2026-12-03", 1, 2, hold);
  AddRank("2026-12-04", "2026-12-04", 2, 2, hold);
  hold.mutable_terms()->mutable_day_rate()->set_currency_code("CNY");
  hold.mutable_terms()->mutable_day_rate()->set_units(1200);
  hold.mutable_terms()->set_conditions("a room");
  *hold.mutable_expire_time() = ToWire(kReading.now + absl::Hours(6 * 24 + 5));
  v1::HoldEvent& placed = *hold.add_events();
  placed.set_kind(v1::HoldEvent::KIND_PLACED);
  placed.set_side(v1::HOLD_SIDE_HOLDER);
  v1::HoldEvent& challenged = *hold.add_events();
  challenged.set_kind(v1::HoldEvent::KIND_CHALLENGED);
  *challenged.add_dates() = Range("2026-12-04", "2026-12-04");
  hold.set_event_count(2);
  return hold;
}

TEST(HoldWordingTest, DaysSayOnlyWhatDiffers) {
  const auto text = [](const char* first, const char* last) {
    return DaysText(Ranges({Range(first, last)}), kReading);
  };
  EXPECT_EQ(text("2026-12-01", "2026-12-01"), "1 Dec");
  EXPECT_EQ(text("2026-12-01", "2026-12-03"), "1-3 Dec");
  EXPECT_EQ(text("2026-11-30", "2026-12-02"), "30 Nov-2 Dec");
  EXPECT_EQ(text("2026-12-31", "2027-01-02"), "31 Dec 2026-2 Jan 2027");
  EXPECT_EQ(text("2027-01-02", "2027-01-05"), "2-5 Jan 2027");
}

TEST(HoldWordingTest, RanksReadAsOptions) {
  EXPECT_EQ(RanksText(Held(), kReading), "first option on 1-3 Dec, second on 4 Dec");
  EXPECT_EQ(BehindText(Held(), kReading), "1 on 1-3 Dec");
}

TEST(HoldWordingTest, RunsOfTheSameRankAreOne) {
  v1::Hold hold;
  AddRank("2026-12-01", "2026-12-01", 1, 1, hold);
  AddRank("2026-12-03", "2026-12-03", 1, 4, hold);
  EXPECT_EQ(RanksText(hold, kReading), "first option on 1 Dec, 3 Dec");
}

TEST(HoldWordingTest, DaysThatFollowOnEachOtherAreOneRun) {
  v1::Hold hold;
  AddRank("2026-12-30", "2026-12-31", 1, 1, hold);
  AddRank("2027-01-01", "2027-01-01", 1, 2, hold);
  EXPECT_EQ(RanksText(hold, kReading), "first option on 30 Dec 2026-1 Jan 2027");
}

TEST(HoldWordingTest, OrdinalsGoOnInDigits) {
  EXPECT_EQ(Ordinal(3), "third");
  EXPECT_EQ(Ordinal(11), "11th");
  EXPECT_EQ(Ordinal(22), "22nd");
  EXPECT_EQ(Ordinal(113), "113th");
}

TEST(HoldWordingTest, DistancesAreRoundedDown) {
  const auto text = [](absl::Duration away) {
    return DistanceText(ToWire(kReading.now + away), kReading);
  };
  EXPECT_EQ(text(absl::Hours(71)), "in 2 days");
  EXPECT_EQ(text(absl::Hours(24)), "in 24 hours");
  EXPECT_EQ(text(absl::Minutes(20)), "in 20 minutes");
  EXPECT_EQ(text(absl::Minutes(-61)), "61 minutes ago");
  EXPECT_EQ(text(absl::Seconds(3)), "now");
}

TEST(HoldValuesTest, MoneyIsAnAmountAndACurrency) {
  EXPECT_EQ(ParseMoney("1200CNY")->units(), 1200);
  EXPECT_EQ(ParseMoney("1,200 CNY")->units(), 1200);
  EXPECT_EQ(ParseMoney("950.50EUR")->nanos(), 500'000'000);
  for (const char* text : {"1200", "CNY", "1200cny", "-5CNY", "1.2.3CNY", "1.CNY", "x1CNY", ""}) {
    EXPECT_EQ(ParseMoney(text), std::nullopt) << text;
  }
}

TEST(HoldValuesTest, DaysHaveBothEndsIncluded) {
  EXPECT_EQ(ParseDays("2026-12-01..2026-12-03"),
            (DaySpan{DayOf("2026-12-01"), DayOf("2026-12-04")}));
  EXPECT_EQ(ParseDays("2026-12-01")->length(), 1);
  EXPECT_EQ(ParseDays("2026-12-03..2026-12-01"), std::nullopt);
  EXPECT_THAT(*ParseDayList("2026-12-01,2026-12-03..2026-12-04"),
              ElementsAre(DayOf("2026-12-01"), DayOf("2026-12-03"), DayOf("2026-12-04")));
  EXPECT_EQ(ParseDayList("2026-12-01,"), std::nullopt);
}

TEST(HoldValuesTest, RulesCountDays) {
  EXPECT_EQ(ParseWindowRule("any:3")->days, 3);
  EXPECT_EQ(ParseWindowRule("running:2")->rule, v1::Window::RULE_CONTIGUOUS_DAYS);
  EXPECT_EQ(ParseWindowRule("all")->rule, v1::Window::RULE_ALL_DAYS);
  for (const char* text : {"any", "any:0", "any:x", "running:", "3"}) {
    EXPECT_FALSE(ParseWindowRule(text).has_value()) << text;
  }
}

TEST(HoldValuesTest, DeadlinesAreTimesOrFromNow) {
  const auto parse = [](const char* text) {
    return ParseDeadline(text, kReading.now, absl::UTCTimeZone());
  };
  EXPECT_EQ(parse("36h"), kReading.now + absl::Hours(36));
  EXPECT_EQ(parse("3d"), kReading.now + absl::Hours(72));
  EXPECT_EQ(parse("2026-03-02"), kReading.now + absl::Hours(12));
  EXPECT_EQ(parse("2026-03-01T18:00"), kReading.now + absl::Hours(6));
  EXPECT_EQ(parse("soon"), std::nullopt);
  EXPECT_EQ(parse("0h"), std::nullopt);
}

class HoldTest : public ::testing::Test {
 protected:
  HoldTest() { server_.holds[kHold] = Held(); }

  FakeTroupe server_;
};

TEST_F(HoldTest, PlacePassesEverythingOn) {
  const CliResult run =
      RunCli(server_, {"hold", "place", kPerson, kOpening, "--dates", "2026-12-01..2026-12-05",
                       "--rule", "any:3", "--rate", "1200CNY", "--conditions", "a room",
                       "--expires", "48h", "--request-id", "r"});
  EXPECT_EQ(run.exit_code, 0) << run.err;
  const v1::PlaceHoldRequest& request = server_.place_requests.at(0);
  EXPECT_EQ(request.parent(), kPerson);
  EXPECT_EQ(request.opening(), kOpening);
  EXPECT_EQ(request.window().days(), 3);
  EXPECT_EQ(request.window().dates().limit().day(), 6);
  EXPECT_EQ(request.terms().day_rate().units(), 1200);
  EXPECT_EQ(request.terms().conditions(), "a room");
  EXPECT_EQ(request.request_id(), "r");
  EXPECT_TRUE(request.has_expire_time());
  EXPECT_THAT(run.out, HasSubstr("placed profiles/0000000000000001/holds/1\nOFFERED"));
}

TEST_F(HoldTest, PlaceOfTheOpeningsDaysNamesNone) {
  RunCli(server_, {"hold", "place", kPerson, kOpening});
  EXPECT_FALSE(server_.place_requests.at(0).has_window());
  EXPECT_THAT(server_.place_requests.at(0).request_id(), Not(IsEmpty()));
}

TEST_F(HoldTest, AnUnknownOutcomeIsAskedForAgainUnderItsRequestId) {
  server_.hold_error =
      ErrorWithReason(absl::StatusCode::kUnavailable, "SEATS_UNREACHABLE", "try again");
  const CliResult run = RunCli(server_, {"hold", "confirm", kHold});
  EXPECT_EQ(run.exit_code, 1);
  EXPECT_THAT(run.err,
              AllOf(HasSubstr("--request-id " + server_.confirm_requests.at(0).request_id()),
                    HasSubstr("reason: SEATS_UNREACHABLE")));
}

TEST_F(HoldTest, ARefusalNamesTheDaysAndWhatToDo) {
  Violations found;
  found.Add("days", "2026-12-04 has 2 holds, and this is option 2", "challenge, or release it");
  server_.hold_error = absl::FailedPreconditionError("nothing is booked: see what is in the way");
  const absl::Status carrier = found.ToStatus();
  carrier.ForEachPayload([&](absl::string_view url, const absl::Cord& payload) {
    server_.hold_error.SetPayload(url, payload);
  });
  const CliResult run = RunCli(server_, {"hold", "confirm", kHold});
  EXPECT_EQ(run.exit_code, 1);
  EXPECT_THAT(run.err, HasSubstr("error: nothing is booked\n"
                                 "  days 2026-12-04 has 2 holds, and this is option 2: challenge"));
  EXPECT_THAT(run.out, IsEmpty());
}

TEST_F(HoldTest, BothSidesAnswer) {
  EXPECT_THAT(RunCli(server_, {"hold", "accept", kHold, "--organization", "agency"}).out,
              HasSubstr("accepted " + std::string(kHold)));
  EXPECT_EQ(server_.organization, "agency");
  EXPECT_THAT(RunCli(server_, {"hold", "challenge", kHold}).out, HasSubstr("challenged"));
  EXPECT_THAT(RunCli(server_, {"hold", "decline", kHold, "--reason", "ill"}).out,
              AllOf(HasSubstr("DECLINED"), HasSubstr("(\"ill\")")));
  EXPECT_THAT(RunCli(server_, {"hold", "release", kHold}).out, HasSubstr("RELEASED"));
  EXPECT_THAT(RunCli(server_, {"hold", "cancel", kHold, "--reason", "rain"}).out,
              HasSubstr("CANCELLED"));
}

TEST_F(HoldTest, AStaleEtagIsRefused) {
  const CliResult run = RunCli(server_, {"hold", "accept", kHold, "--etag", "old"});
  EXPECT_EQ(run.exit_code, 1);
  EXPECT_THAT(run.err, HasSubstr("reason: STALE_ETAG"));
}

TEST_F(HoldTest, ACounterOfferKeepsWhatIsNotSaid) {
  RunCli(server_, {"hold", "counter", kHold, "--rate", "1500CNY"});
  const v1::CounterOfferRequest& request = server_.counter_requests.at(0);
  EXPECT_EQ(request.terms().day_rate().units(), 1500);
  EXPECT_EQ(request.terms().conditions(), "a room");
  EXPECT_EQ(request.etag(), "e");
}

TEST_F(HoldTest, ConfirmChoosesSeatAndDays) {
  RunCli(server_, {"hold", "confirm", kHold, "--seat", "2", "--days", "2026-12-01,2026-12-03"});
  const v1::ConfirmHoldRequest& request = server_.confirm_requests.at(0);
  EXPECT_EQ(request.seat(), 2);
  ASSERT_EQ(request.work_dates_size(), 2);
  EXPECT_EQ(request.work_dates(1).day(), 3);
}

TEST_F(HoldTest, ACrewIsConfirmedWithTheEtagsItIsReadWith) {
  const std::string other = "profiles/0000000000000009/holds/1";
  server_.holds[other] = Held();
  server_.holds[other].set_name(other);
  server_.holds[other].set_etag("f");
  const CliResult run =
      RunCli(server_, {"hold", "crew", "projects/0000000000000002", kHold, other});
  EXPECT_EQ(run.exit_code, 0) << run.err;
  const v1::ConfirmCrewRequest& request = server_.crew_requests.at(0);
  EXPECT_EQ(request.holds(0).etag(), "e");
  EXPECT_EQ(request.holds(1).etag(), "f");
  EXPECT_THAT(run.out, AllOf(HasSubstr("confirmed a crew of 2"), HasSubstr(other)));
}

TEST_F(HoldTest, ReplaceListsWhoCouldCome) {
  v1::Match& match = *server_.replacements.mutable_replacements()->add_matches();
  match.set_rank(1);
  match.mutable_profile_summary()->set_display_name("沈亦舟");
  const CliResult run = RunCli(server_, {"hold", "replace", kHold, "--reason", "ill"});
  EXPECT_EQ(run.exit_code, 0) << run.err;
  EXPECT_THAT(run.out, AllOf(HasSubstr("CANCELLED"), HasSubstr("沈亦舟")));
}

TEST_F(HoldTest, ReplaceSaysThatTheCancellationStandsIfNobodyCanBeSearchedFor) {
  server_.replacements.set_search_error("matching is away");
  const CliResult run = RunCli(server_, {"hold", "replace", kHold});
  EXPECT_EQ(run.exit_code, 0);
  EXPECT_THAT(run.err, AllOf(HasSubstr("matching is away"), HasSubstr("cancellation stands")));
}

TEST_F(HoldTest, ShowTellsWhereItStandsAndWhatBecameOfIt) {
  const CliResult run = RunCli(server_, {"hold", "show", kHold});
  EXPECT_THAT(run.out, AllOf(HasSubstr("ACCEPTED  1-4 Dec"),
                             HasSubstr("first option on 1-3 Dec, second on 4 Dec"),
                             HasSubstr("1,200 CNY a day; a room"), HasSubstr("in 6 days"),
                             HasSubstr("placed by the holder"),
                             HasSubstr("challenged by a hold below: confirm or release 4 Dec")));
}

TEST_F(HoldTest, ListShowsAHoldALine) {
  const CliResult run = RunCli(server_, {"hold", "list", kPerson, "--state", "accepted,offered"});
  EXPECT_THAT(server_.list_holds_requests.at(0).states(),
              ElementsAre(v1::Hold::STATE_ACCEPTED, v1::Hold::STATE_OFFERED));
  EXPECT_THAT(run.out, AllOf(HasSubstr("hold"), HasSubstr(kHold), HasSubstr("1-4 Dec"),
                             HasSubstr("1,200 CNY"), HasSubstr("in 6 days"),
                             HasSubstr(kOpening)));
}

TEST_F(HoldTest, ListAsksPageAfterPageUpToItsLimit) {
  for (int i = 4; i <= 6; ++i) {
    const std::string name = std::string(kPerson) + "/holds/" + std::to_string(i);
    server_.holds[name] = Held();
    server_.holds[name].set_name(name);
  }
  const CliResult all = RunCli(server_, {"hold", "list", kPerson, "--json"});
  EXPECT_EQ(std::count(all.out.begin(), all.out.end(), '\n'), 4);
  EXPECT_THAT(RunCli(server_, {"hold", "list", kPerson, "--limit", "3"}).out,
              HasSubstr("... and more: raise --limit\n"));
}

TEST_F(HoldTest, ListSaysThatThereAreNone) {
  server_.holds.clear();
  EXPECT_EQ(RunCli(server_, {"hold", "list", kPerson}).out, "no holds\n");
}

TEST_F(HoldTest, WatchTellsEachEventOnce) {
  v1::WatchHoldsResponse first;
  *first.add_changes()->mutable_hold() = Held();
  first.set_resume_token("a");
  v1::WatchHoldsResponse second = first;
  v1::Hold& later = *second.mutable_changes(0)->mutable_hold();
  for (const auto kind : {v1::HoldEvent::KIND_PROMOTED, v1::HoldEvent::KIND_BOOKED}) {
    later.add_events()->set_kind(kind);
  }
  later.set_event_count(4);
  second.set_resume_token("b");
  server_.hold_news = {first, second};
  const CliResult run = RunCli(server_, {"hold", "watch", kPerson});
  EXPECT_EQ(server_.watch_holds_requests.at(0).parent(), kPerson);
  EXPECT_THAT(run.out, AllOf(HasSubstr("challenged by a hold below"), Not(HasSubstr("placed")),
                             HasSubstr("moved up to first option"), HasSubstr("booked")));
  EXPECT_EQ(std::count(run.out.begin(), run.out.end(), '\n'), 3);
  EXPECT_THAT(run.err, HasSubstr("--from b\n"));
}

TEST_F(HoldTest, AWatchThatIsRefusedSaysNothingOfGoingOn) {
  server_.hold_error = absl::InvalidArgumentError("no such token");
  const CliResult run = RunCli(server_, {"hold", "watch", "--from", "x"});
  EXPECT_EQ(run.exit_code, 1);
  EXPECT_THAT(run.err, Not(HasSubstr("--from")));
}

TEST_F(HoldTest, ACounterOfferSaysWhatIsToChange) {
  const CliResult run = RunCli(server_, {"hold", "counter", kHold});
  EXPECT_EQ(run.exit_code, 1);
  EXPECT_THAT(run.err, HasSubstr("--rate"));
}

TEST_F(HoldTest, BadUsageNamesTheCommandToAskForHelp) {
  const CliResult run = RunCli(server_, {"hold", "confirm", kHold, "--seat", "0"});
  EXPECT_EQ(run.exit_code, 2);
  EXPECT_EQ(run.err,
            "error: --seat: 0 is no number from 1 to 2,147,483,647\n"
            "See \"troupe hold confirm --help\".\n");
  EXPECT_EQ(RunCli(server_, {"hold", "plac", kPerson}).err,
            "error: there is no command \"plac\"\nSee \"troupe hold --help\".\n");
}

TEST_F(HoldTest, JsonIsTheHold) {
  EXPECT_THAT(RunCli(server_, {"--json", "hold", "accept", kHold}).out,
              HasSubstr("\"state\":\"STATE_ACCEPTED\""));
}

TEST_F(HoldTest, BadUsageIsExitCodeTwo) {
  const std::vector<std::vector<std::string>> lines = {
      {"hold"},
      {"hold", "place", kPerson},
      {"hold", "place", kPerson, kOpening, "--rate", "much"},
      {"hold", "place", kPerson, kOpening, "--dates", "2026-12-03..2026-12-01"},
      {"hold", "place", kPerson, kOpening, "--rule", "any:3"},
      {"hold", "place", kPerson, kOpening, "--expires", "soon"},
      {"hold", "list", kPerson, "--state", "maybe"},
      {"hold", "crew", "projects/0000000000000002"},
  };
  for (const std::vector<std::string>& line : lines) {
    const CliResult run = RunCli(server_, line);
    EXPECT_EQ(run.exit_code, 2) << ::testing::PrintToString(line);
    EXPECT_THAT(run.out, IsEmpty());
  }
}

}  // namespace
}  // namespace troupe
