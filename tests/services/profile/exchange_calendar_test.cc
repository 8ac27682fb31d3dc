#include <string>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_replace.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "matcher/base/violation.h"
#include "tests/services/profile/profile_world.h"
#include "tests/testing/status_matchers.h"

namespace troupe {
namespace {

using testing::Ada;
using testing::Ask;
using testing::FromText;
using testing::IsOk;
using testing::StatusIs;
using ::testing::_;
using ::testing::HasSubstr;
using ::testing::Not;

std::string Calendar(const std::string& events) {
  return absl::StrCat("BEGIN:VCALENDAR\r\n", absl::StrReplaceAll(events, {{"\n", "\r\n"}}),
                      "END:VCALENDAR\r\n");
}

std::string Event(const std::string& properties) {
  return absl::StrCat("BEGIN:VEVENT\n", properties, "END:VEVENT\n");
}

// What the tests import unless they say otherwise; far ahead of any clock.
const std::string kEvents =
    Event("DTSTART:20991201\nDTEND:20991203\nSUMMARY:A secret\n") +
    Event("DTSTART:20991205\nRRULE:FREQ=WEEKLY\n") +
    Event("DTSTART:20991224\nTRANSP:TRANSPARENT\n");

class ExchangeCalendarTest : public ::testing::Test {
 protected:
  absl::StatusOr<v1::ImportCalendarResponse> Import(const std::string& events,
                                                    const std::string& text = "",
                                                    const std::string& organization = "crew") {
    auto request = FromText<v1::ImportCalendarRequest>(absl::StrCat("source: 'google' ", text));
    if (request.name().empty()) request.set_name(ada_.name());
    request.set_calendar(Calendar(events));
    return Ask(world_.service(), &ProfileService::ImportCalendar, request, organization);
  }
  absl::StatusOr<v1::ExportCalendarResponse> Export(const std::string& text = "",
                                                    const std::string& organization = "crew") {
    auto request = FromText<v1::ExportCalendarRequest>(text);
    request.set_name(ada_.name());
    return Ask(world_.service(), &ProfileService::ExportCalendar, request, organization);
  }
  v1::Profile Now() { return *world_.Get(ada_.name()); }

  testing::ProfileWorld world_;
  // With an entry of a booking and one of another import.
  const v1::Profile ada_ = *world_.Create(Ada(R"pb(
    calendar { kind: KIND_BOOKED project: "projects/0000000000000009"
               dates { start { year: 2099 month: 12 day: 1 } limit { year: 2099 month: 12 day: 2 } } }
    calendar { kind: KIND_BUSY source: "outlook"
               dates { start { year: 2099 month: 12 day: 9 } limit { year: 2099 month: 12 day: 10 } } }
  )pb"));
};

TEST_F(ExchangeCalendarTest, ImportsWhatTakesUpDaysAndSaysWhatDoesNot) {
  const auto imported = Import(kEvents);
  ASSERT_THAT(imported, IsOk());
  EXPECT_EQ(imported->events(), 3);
  EXPECT_EQ(imported->entries(), 1);
  EXPECT_EQ(imported->rules(), 1);
  ASSERT_EQ(imported->skipped_size(), 1);
  EXPECT_EQ(imported->skipped(0).reason(), v1::SkippedComponents::REASON_TRANSPARENT);
  EXPECT_EQ(imported->skipped(0).lines(0), 11);
  EXPECT_EQ(imported->etag(), Now().etag());
  EXPECT_EQ(Now().calendar_size(), 3);
  EXPECT_EQ(Now().calendar(2).source(), "google");
  EXPECT_EQ(Now().calendar_rules(0).recurrence(), "FREQ=WEEKLY");
}

TEST_F(ExchangeCalendarTest, ReplacesWhatTheSourceSaidBeforeAndNothingElse) {
  ASSERT_THAT(Import(kEvents), IsOk());
  ASSERT_THAT(Import(Event("DTSTART:20991230\n")), IsOk());
  const v1::Profile now = Now();
  ASSERT_EQ(now.calendar_size(), 3);
  EXPECT_EQ(now.calendar(0).kind(), v1::CalendarEntry::KIND_BOOKED);
  EXPECT_EQ(now.calendar(1).source(), "outlook");
  EXPECT_EQ(now.calendar(2).dates().start().day(), 30);
  EXPECT_EQ(now.calendar_rules_size(), 0);
  ASSERT_THAT(Import(""), IsOk());
  EXPECT_EQ(Now().calendar_size(), 2);
}

TEST_F(ExchangeCalendarTest, WritesNothingTheSecondTime) {
  ASSERT_THAT(Import(kEvents), IsOk());
  const std::string etag = Now().etag();
  const auto again = Import(kEvents);
  ASSERT_THAT(again, IsOk());
  EXPECT_EQ(again->etag(), etag);
  EXPECT_EQ(again->entries(), 1);
  EXPECT_EQ(Now().etag(), etag);
}

TEST_F(ExchangeCalendarTest, ChangesNothingIfAnythingIsMalformed) {
  const auto imported = Import(kEvents + Event("DTSTART:20991301\n"));
  EXPECT_THAT(imported, StatusIs(absl::StatusCode::kInvalidArgument,
                                 HasSubstr("calendar line 16: DTSTART \"20991301\" is no date")));
  EXPECT_EQ(Now().etag(), ada_.etag());
}

TEST_F(ExchangeCalendarTest, KeepsNotesOnlyIfAsked) {
  ASSERT_THAT(Import(kEvents), IsOk());
  EXPECT_THAT(Now().DebugString(), Not(HasSubstr("secret")));
  ASSERT_THAT(Import(kEvents, "include_notes: true"), IsOk());
  EXPECT_THAT(Now().DebugString(), HasSubstr("secret"));
  EXPECT_THAT(world_.Get(ada_.name(), "stranger")->DebugString(), Not(HasSubstr("secret")));
}

TEST_F(ExchangeCalendarTest, RefusesAStaleEtag) {
  ASSERT_THAT(Import(kEvents), IsOk());
  EXPECT_THAT(Import("", absl::StrCat("etag: '", ada_.etag(), "'")),
              StatusIs(absl::StatusCode::kAborted, _));
  EXPECT_EQ(Now().calendar_size(), 3);
}

TEST_F(ExchangeCalendarTest, AnswersARetryAsTheFirstTry) {
  const std::string text = absl::StrCat("request_id: 'once' etag: '", ada_.etag(), "'");
  const auto first = Import(kEvents, text);
  const auto second = Import(kEvents, text);
  ASSERT_THAT(second, IsOk());
  EXPECT_EQ(second->etag(), first->etag());
  EXPECT_EQ(second->entries(), 1);
}

TEST_F(ExchangeCalendarTest, IsForTheOwnerOnly) {
  EXPECT_THAT(Import(kEvents, "", "stranger"), StatusIs(absl::StatusCode::kPermissionDenied, _));
  EXPECT_THAT(Export("", "stranger"), StatusIs(absl::StatusCode::kPermissionDenied, _));
  EXPECT_THAT(Import(kEvents, "name: 'profiles/00000000000000ff'"),
              StatusIs(absl::StatusCode::kNotFound, _));
}

TEST_F(ExchangeCalendarTest, RefusesARequestThatSaysTooLittle) {
  v1::ImportCalendarRequest request;
  request.set_name(ada_.name());
  EXPECT_THAT(Ask(world_.service(), &ProfileService::ImportCalendar, request, "crew"),
              StatusIs(absl::StatusCode::kInvalidArgument, HasSubstr("source is empty")));
  EXPECT_THAT(Export("without_source: 'No id'"),
              StatusIs(absl::StatusCode::kInvalidArgument, HasSubstr("without_source")));
}

TEST_F(ExchangeCalendarTest, RefusesMoreThanAProfileMayHave) {
  std::string events;
  for (int month = 1; month <= 12; ++month) {
    for (int day = 1; day <= 28; ++day) {
      for (int year = 2090; year < 2093; ++year) {  // Apart, so that they are not joined.
        events += Event(absl::StrCat("DTSTART:", year, absl::Dec(month, absl::kZeroPad2),
                                     absl::Dec(day, absl::kZeroPad2), "\nSUMMARY:", day, "\n"));
      }
    }
  }
  EXPECT_THAT(Import(events, "include_notes: true"),
              StatusIs(absl::StatusCode::kInvalidArgument, HasSubstr("calendar brings 1008 entries")));
  EXPECT_THAT(Import(events), IsOk());
}

TEST_F(ExchangeCalendarTest, ExportsWhatItImportedAndWhatElseThereIs) {
  ASSERT_THAT(Import(kEvents), IsOk());
  const auto exported = Export();
  ASSERT_THAT(exported, IsOk());
  EXPECT_THAT(exported->calendar(), HasSubstr("SUMMARY:Booked"));
  EXPECT_THAT(exported->calendar(), HasSubstr("RRULE:FREQ=WEEKLY"));
  EXPECT_THAT(Export("without_source: 'google'")->calendar(), Not(HasSubstr("RRULE")));
}

}  // namespace
}  // namespace troupe
