#include "services/staffing/staffing_service.h"

#include <cstdint>
#include <string>
#include <vector>

#include "absl/strings/str_join.h"
#include "absl/strings/str_format.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "matcher/domain/gazetteer.h"
#include "matcher/domain/role_taxonomy.h"
#include "tests/services/convert/wire_samples.h"
#include "tests/services/staffing/staffing_world.h"
#include "tests/testing/service_calls.h"

namespace troupe::testing {
namespace {

using absl::StatusCode;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::SizeIs;

// On Monday 2026-03-02. Nobody ever answered an offer, so everybody accepts by 0.6: five free
// days are three role-days.
class StaffingServiceTest : public ::testing::Test, protected StaffingWorld {
 protected:
  // `count` directors of an agency who live in `home`.
  void HaveDirectors(int count, const std::string& home) {
    for (int i = 0; i < count; ++i) Have(NextPerson().Holds("director").Home(home).Build());
  }

  absl::StatusOr<v1::AnalyzeGapsResponse> Analyze(const std::string& rest = "",
                                                  const std::string& caller = "crew") {
    return Ask(service(), &StaffingService::AnalyzeGaps, FromText<v1::AnalyzeGapsRequest>(rest),
               caller);
  }
  // "director xian 2026-03-02: 7000, 3000 filled", ...
  std::vector<std::string> Cells(const std::string& rest = "",
                                 const std::string& caller = "crew") {
    std::vector<std::string> cells;
    const auto response = Analyze(rest, caller);
    EXPECT_THAT(response, IsOk());
    for (const v1::GapCell& cell : response->cells()) {
      cells.push_back(absl::StrFormat(
          "%s %s%s %04d-%02d-%02d: %d, %d filled", cell.role(), absl::StrJoin(cell.cities(), "+"),
          cell.anywhere() ? "anywhere" : "", cell.week().year(), cell.week().month(),
          cell.week().day(), cell.demand_millidays(), cell.filled_millidays()));
    }
    return cells;
  }
};

TEST_F(StaffingServiceTest, Gap_IsWhatNobodyFills) {
  HaveOpening("xian", 2);
  HaveDirectors(5, "xian");
  HaveOpening("beijing", 1);
  EXPECT_THAT(Cells(), ElementsAre("director beijing 2026-03-02: 7000, 0 filled",
                                   "director xian 2026-03-02: 14000, 14000 filled"));
}

TEST_F(StaffingServiceTest, Demand_IsInTheCityOfItsDistrictAndSpreadOverWeeks) {
  HaveOpening("hengdian", 1, "2026-03-05", 7);
  Have(NextProject(OpeningBuilder().AnyDays(7, "2026-03-02", 14).Place("xian")));
  EXPECT_THAT(Cells(), ElementsAre("director jinhua 2026-03-02: 4000, 0 filled",
                                   "director xian 2026-03-02: 3500, 0 filled",
                                   "director xian 2026-03-09: 3500, 0 filled",
                                   "director jinhua 2026-03-09: 3000, 0 filled"));
}

TEST_F(StaffingServiceTest, Demand_OfBlocksIsSpreadOverThoseThatAreNeeded) {
  Have(NextProject(OpeningBuilder()
                       .Block("2026-03-02", 4)
                       .Block("2026-03-09", 4)
                       .BlocksNeeded(1)
                       .Place("xian")));
  EXPECT_THAT(Cells(), ElementsAre("director xian 2026-03-02: 2000, 0 filled",
                                   "director xian 2026-03-09: 2000, 0 filled"));
}

TEST_F(StaffingServiceTest, Demand_CountsOpeningsWithoutDatesApart) {
  Have(NextProject(OpeningBuilder().Place("xian")));
  const auto response = Analyze();
  EXPECT_EQ(response->undated_openings(), 1);
  EXPECT_EQ(response->empty_reason(), v1::AnalyzeGapsResponse::EMPTY_REASON_NO_DEMAND);
  EXPECT_THAT(response->empty_text(), HasSubstr("no open seat"));
}

TEST_F(StaffingServiceTest, Demand_OfRemoteRolesIsFilledFromAnywhere) {
  Have(NextProject(OpeningBuilder().Role("writer").AllDays("2026-03-02", 3).Place("xian")));
  Have(NextPerson().Owner("crew").Holds("writer").Home("beijing").Build());
  EXPECT_THAT(Cells(), ElementsAre("writer anywhere 2026-03-02: 3000, 3000 filled"));
  EXPECT_EQ(Analyze()->totals().travelling_millidays(), 0);
}

TEST_F(StaffingServiceTest, Supply_IsFreeDaysTimesAcceptance) {
  HaveOpening("xian", 1);
  Have(NextPerson().Owner("crew").Holds("director").Home("xian").Busy("2026-03-02", 4).Build());
  EXPECT_THAT(Cells(), ElementsAre("director xian 2026-03-02: 7000, 1800 filled"));
}

TEST_F(StaffingServiceTest, Supply_IsOfRolesThatAreHeldOnly) {
  HaveOpening("xian", 1);
  Have(NextPerson().Owner("crew").Holds("gaffer").GrowsInto("director").Home("xian").Build());
  EXPECT_THAT(Cells(), ElementsAre("director xian 2026-03-02: 7000, 0 filled"));
}

TEST_F(StaffingServiceTest, Supply_TravelsWhereItIsWillingTo) {
  HaveOpening("xian", 1);
  Have(NextPerson().Owner("crew").Holds("director").Home("beijing").TravelsTo("xian").Build());
  Have(NextPerson().Owner("crew").Holds("director").Home("beijing").Build());
  const auto response = Analyze();
  EXPECT_EQ(response->cells(0).filled_millidays(), 4200);
  EXPECT_EQ(response->cells(0).travelling_millidays(), 4200);
  EXPECT_EQ(response->totals().travelling_millidays(), 4200);
}

TEST_F(StaffingServiceTest, Supply_OfOnePersonFillsOneSeatAtATime) {
  Have(NextProject(OpeningBuilder().AllDays("2026-03-02", 7).Place("xian")));
  Have(NextProject(OpeningBuilder().Role("gaffer").AllDays("2026-03-02", 7).Place("xian")));
  Have(NextPerson().Owner("crew").Holds("director").Holds("gaffer").Home("xian").Build());
  EXPECT_EQ(Analyze()->totals().filled_millidays(), 4200);
}

TEST_F(StaffingServiceTest, Price_IsWhatOneMorePersonWouldFill) {
  HaveOpening("xian", 1);
  EXPECT_EQ(Analyze()->cells(0).shadow_millionths(), 5'000'000);
}

TEST_F(StaffingServiceTest, Others_HiddenOnesDoNotCount) {
  HaveOpening("xian", 1);
  for (int i = 0; i < 6; ++i) {
    Have(NextPerson().Holds("director").Home("xian").Hidden().Build());
    Have(NextPerson().Holds("director").Home("xian").Blocks("crew").Build());
  }
  EXPECT_THAT(Cells(), ElementsAre("director xian 2026-03-02: 7000, 0 filled"));
  EXPECT_EQ(Analyze()->cells(0).disclosure(), v1::GAP_DISCLOSURE_EXACT);
}

TEST_F(StaffingServiceTest, Others_ProjectsThatAreHiddenDoNotCount) {
  Project hidden = NextProject(OpeningBuilder().AllDays("2026-03-02", 7).Place("xian"), "studio");
  hidden.ownership.findability = Findability::kHidden;
  Have(hidden);
  EXPECT_THAT(Cells(), IsEmpty());
  EXPECT_THAT(Cells("", "studio"), SizeIs(1));
}

TEST_F(StaffingServiceTest, Others_FewerThanFiveAreNotCounted) {
  HaveOpening("xian", 2);
  HaveDirectors(4, "xian");
  Have(NextPerson().Owner("crew").Holds("director").Home("xian").Build());
  EXPECT_THAT(Cells(), ElementsAre("director xian 2026-03-02: 14000, 4200 filled"));
  const auto response = Analyze();
  EXPECT_EQ(response->cells(0).disclosure(), v1::GAP_DISCLOSURE_OWN_ONLY);
  EXPECT_EQ(response->totals().own_only_cells(), 1);
  EXPECT_THAT(Cells("", "agency"), ElementsAre("director xian 2026-03-02: 14000, 14000 filled"));
}

TEST_F(StaffingServiceTest, Others_CitiesWithFewerThanFiveAreToldAsOne) {
  HaveOpening("xian", 1);
  HaveOpening("beijing", 1);
  HaveDirectors(4, "xian");
  HaveDirectors(6, "beijing");
  EXPECT_THAT(Cells(), ElementsAre("director beijing+xian 2026-03-02: 14000, 14000 filled"));
  EXPECT_THAT(Cells("cities: 'xian'"),
              ElementsAre("director beijing+xian 2026-03-02: 14000, 14000 filled"));
  EXPECT_EQ(Analyze()->totals().merged_cells(), 1);
}

TEST_F(StaffingServiceTest, Others_AreRoundedToFiveRoleDays) {
  HaveOpening("xian", 4);
  HaveDirectors(5, "xian");
  const auto response = Analyze();
  EXPECT_EQ(response->cells(0).disclosure(), v1::GAP_DISCLOSURE_ROUNDED);
  EXPECT_EQ(response->cells(0).unmet_millidays(), 5'000);  // Of 7,000.
  EXPECT_EQ(response->cells(0).filled_millidays(), 23'000);
}

TEST_F(StaffingServiceTest, Filters_ChooseCellsButNotWhoCompetes) {
  HaveOpening("xian", 1);
  Have(NextProject(OpeningBuilder().Role("gaffer").AllDays("2026-03-02", 7).Place("xian")));
  EXPECT_THAT(Cells("roles: 'gaffer'"), ElementsAre("gaffer xian 2026-03-02: 7000, 0 filled"));
  EXPECT_THAT(Cells("cities: 'beijing'"), IsEmpty());
  EXPECT_EQ(Analyze("cities: 'beijing'")->empty_reason(),
            v1::AnalyzeGapsResponse::EMPTY_REASON_FILTERED);
}

TEST_F(StaffingServiceTest, WhatIf_MorePeopleFillMore) {
  HaveOpening("xian", 1);
  const auto response = Analyze(
      "what_ifs { more_people { place: 'xian' roles: 'director' people: 1 days_per_week: 5 } }");
  EXPECT_EQ(response->totals().filled_millidays(), 5000);
  EXPECT_EQ(response->totals_without().filled_millidays(), 0);
}

TEST_F(StaffingServiceTest, WhatIf_MoreProjectsNeedWhatAnAverageOneDoes) {
  HaveOpening("xian", 1);
  EXPECT_THAT(Cells("what_ifs { more_projects { place: 'beijing' projects: 2 "
                    "from { year: 2026 month: 3 day: 10 } until { year: 2026 month: 3 day: 16 } } }"),
              ElementsAre("director beijing 2026-03-09: 14000, 0 filled",
                          "director xian 2026-03-02: 7000, 0 filled"));
}

TEST_F(StaffingServiceTest, WhatIf_MoreProjectsNeedWhatIsSaid) {
  EXPECT_THAT(Cells("what_ifs { more_projects { place: 'xian' projects: 1 "
                    "until { year: 2026 month: 3 day: 9 } "
                    "needs { role: 'gaffer' people: 2 days: 3 } "
                    "needs { role: 'writer' people: 1 days: 2 week: 1 } } }"),
              ElementsAre("gaffer xian 2026-03-02: 6000, 0 filled",
                          "writer anywhere 2026-03-09: 2000, 0 filled"));
}

TEST_F(StaffingServiceTest, WhatIf_FestivalTakesPeopleAway) {
  HaveOpening("xian", 1);
  Have(NextPerson().Owner("crew").Holds("director").Home("xian").Build());
  EXPECT_EQ(Analyze("what_ifs { festival_week { week { year: 2026 month: 3 day: 4 } "
                    "supply_millionths: 0 } }")
                ->totals()
                .filled_millidays(),
            0);
}

TEST_F(StaffingServiceTest, Forecast_AddsWhatPastWeeksMakeLikely) {
  for (int week = 1; week <= 20; ++week) {
    HaveOpening("xian", 1, (D("2026-03-02") - 7 * week).ToString(), 7);
  }
  EXPECT_THAT(Cells(), IsEmpty());
  const auto response = Analyze("include_forecast: true until { year: 2026 month: 3 day: 16 }");
  EXPECT_EQ(response->forecast_history_weeks(), 20);
  EXPECT_EQ(response->forecast_millidays(), 14'000);
  EXPECT_THAT(response->cells(), SizeIs(2));
}

TEST_F(StaffingServiceTest, Weeks_AreWhatIsAskedFor) {
  HaveOpening("xian", 1, "2026-03-02", 21);
  EXPECT_THAT(Cells("from { year: 2026 month: 3 day: 11 } until { year: 2026 month: 3 day: 12 }"),
              ElementsAre("director xian 2026-03-09: 7000, 0 filled"));
  EXPECT_EQ(Analyze()->until().month(), 8);
}

TEST_F(StaffingServiceTest, Weeks_PastTheLastSearchableDayAreRefused) {
  const auto response = Analyze("until { year: 2028 month: 1 day: 1 }");
  EXPECT_THAT(BadFields(response), ElementsAre("until"));
  EXPECT_THAT(StatusOf(response).message(), HasSubstr("2027-04-05"));
  EXPECT_THAT(BadFields(Analyze("from { year: 2026 month: 3 day: 1 }")), ElementsAre("from"));
}

TEST_F(StaffingServiceTest, Request_NamesAllThatIsWrong) {
  EXPECT_THAT(
      BadFields(Analyze("roles: 'king' cities: 'atlantis' max_cells: -1 "
                        "travel_cost { days_of_stay: 0 } what_ifs { } "
                        "what_ifs { more_people { place: 'xian' roles: 'gaffer' roles: 'gaffer' } }"
                        "what_ifs { more_projects { projects: 1 } }"
                        "what_ifs { festival_week { } }")),
      ElementsAre("roles[0]", "cities[0]", "travel_cost.days_of_stay", "what_ifs[0]",
                  "what_ifs[1].more_people.roles[1]", "what_ifs[1].more_people.people",
                  "what_ifs[2].more_projects.place", "what_ifs[3].festival_week.week",
                  "max_cells"));
}

TEST_F(StaffingServiceTest, Cells_BeyondTheMostAreCountedOnly) {
  HaveOpening("xian", 1, "2026-03-02", 14);
  const auto response = Analyze("max_cells: 1");
  EXPECT_THAT(response->cells(), SizeIs(1));
  EXPECT_EQ(response->cells_left_out(), 1);
  EXPECT_EQ(response->totals().demand_millidays(), 14'000);
}

TEST_F(StaffingServiceTest, Cells_ThatDoNotFitAreSaidSo) {
  std::vector<std::string> cities;
  for (const Place& place : ShippedPlaces().places()) {
    if (place.kind == PlaceKind::kCity) cities.push_back(place.id);
  }
  ProjectBuilder project = ProjectBuilder().Id(1).Owner("crew");
  uint32_t number = 0;
  for (const Role& role : ShippedRoles().roles()) {
    if (number == cities.size()) break;
    project.With(OpeningBuilder().Number(number + 1).Role(role.id).AllDays("2026-03-02", 1).Place(
        cities[number]));
    ++number;
  }
  Have(project.Build());
  const auto response = Analyze();
  EXPECT_GT(response->left_out_millidays(), 0);
  EXPECT_EQ(response->left_out_millidays() + response->totals().demand_millidays(),
            int64_t{number} * 1000);
}

}  // namespace
}  // namespace troupe::testing
