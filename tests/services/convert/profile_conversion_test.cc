#include "services/convert/profile_conversion.h"
#include "services/convert/types_conversion.h"

#include <algorithm>
#include <map>
#include <random>
#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "tests/services/convert/wire_samples.h"
#include "tests/testing/builders.h"
#include "tests/testing/random_market.h"

namespace troupe {
namespace {

using testing::Difference;
using testing::EveryFieldOfProfile;
using testing::FieldsOf;
using testing::FromText;
using testing::kSampleVersion;
using testing::ProfileBuilder;
using testing::SetFields;
using testing::StoredProfile;
using testing::UnsetFields;
using ::testing::ElementsAre;
using ::testing::IsEmpty;

const Reader kOwner{.organization = {.slug = "crew"}};
const Reader kConsented{.organization = {.slug = "studio"}};
const Reader kStranger{.organization = {.slug = "stranger"}};

const std::string kDates =
    "dates { start { year: 2026 month: 1 day: 1 } limit { year: 2026 month: 1 day: 2 } }";

std::vector<std::string> Found(const std::string& text) {
  Violations found;
  FromWire(FromText<v1::Profile>(text), found);
  return FieldsOf(found);
}

TEST(ProfileConversionTest, HasASampleOfEveryField) {
  EXPECT_THAT(UnsetFields(EveryFieldOfProfile()), IsEmpty());
}

TEST(ProfileConversionTest, GivesTheOwnerEveryFieldBack) {
  EXPECT_EQ(Difference(EveryFieldOfProfile(), ToWire(StoredProfile(), kSampleVersion, kOwner)),
            "");
}

TEST(ProfileConversionTest, KeepsRandomProfiles) {
  std::mt19937_64 rng(1);
  for (size_t i = 0; i < 300; ++i) {
    const Profile profile = testing::RandomProfile(rng, testing::MarketProfileId(i), {});
    Violations found;
    const v1::Profile wire = ToWire(profile, 1, {.organization = profile.ownership.owner});
    Profile read = FromWire(wire, found);
    read.id = profile.id;
    read.ownership.owner = profile.ownership.owner;
    read.create_time = profile.create_time;
    read.update_time = profile.update_time;
    read.hold_counts = profile.hold_counts;
    ASSERT_EQ(read, profile) << wire.DebugString();
    ASSERT_THAT(FieldsOf(found), IsEmpty());
  }
}

TEST(ProfileConversionTest, LeavesAnEmptyProfileUnset) {
  EXPECT_THAT(SetFields(ToWire(ProfileBuilder().Build(), 1, kOwner)),
              ElementsAre("name", "etag", "organization", "create_time", "update_time",
                          "display_name", "findability"));
}

TEST(ProfileConversionTest, DoesNotReadWhatTheServerGives) {
  Violations found;
  const Profile profile = FromWire(EveryFieldOfProfile(), found);
  EXPECT_FALSE(profile.id);
  EXPECT_FALSE(profile.ownership.owner);
  EXPECT_EQ(profile.create_time, absl::Time());
}

TEST(ProfileConversionTest, SortsSetsOfOrganizations) {
  Violations found;
  const Profile profile = FromWire(FromText<v1::Profile>(R"pb(
    blocked_organizations: [ "organizations/b", "organizations/a", "organizations/b" ]
  )pb"), found);
  EXPECT_THAT(profile.ownership.blocked_organizations,
              ElementsAre(OrganizationId{.slug = "a"}, OrganizationId{.slug = "b"}));
}

struct BadField {
  std::string text;
  std::string field;
};

TEST(ProfileConversionTest, NamesEachFieldThatCannotBeRead) {
  const std::vector<BadField> cases = {
      {"findability: 3", "findability"},
      {"contact_consents: 'crew'", "contact_consents[0]"},
      {"blocked_organizations: ['organizations/a', '']", "blocked_organizations[1]"},
      {"credits {} credits { date { year: 2026 month: 2 day: 30 } }", "credits[1].date.day"},
      {absl::StrCat("calendar { kind: 6 ", kDates, " }"), "calendar[0].kind"},
      {"calendar { kind: 1 }", "calendar[0].dates"},
      {"calendar { kind: 1 dates { start { year: 2026 month: 1 day: 1 } } }",
       "calendar[0].dates.limit"},
      {absl::StrCat("calendar { kind: 1 project: 'x' ", kDates, " }"), "calendar[0].project"},
      {"casting { gender: 9 }", "casting.gender"},
      {"casting { playing_age_from: 20 }", "casting.playing_age_to"},
      {"casting { playing_age_to: 20 }", "casting.playing_age_from"},
  };
  for (const BadField& bad : cases) {
    EXPECT_THAT(Found(bad.text), ElementsAre(bad.field)) << bad.text;
  }
}

TEST(ProfileConversionTest, DoesNotReadListsThatAreTooLong) {
  v1::Profile wire;
  for (int i = 0; i < 2'001; ++i) wire.add_credits();
  for (int i = 0; i < 1'001; ++i) wire.add_calendar();
  Violations found;
  EXPECT_THAT(FromWire(wire, found).credits, IsEmpty());
  EXPECT_THAT(FieldsOf(found), ElementsAre("credits", "calendar"));
}

// Who sees a field of a profile that exists for them.
enum class Seen { kByAll, kByOwner, kByConsent, kLessByOthers };

// A new field of the message belongs in this table before anything else.
const std::map<std::string, Seen>& WhoSees() {
  static const auto& table = *new std::map<std::string, Seen>{
      {"name", Seen::kByAll},
      {"etag", Seen::kByAll},
      {"organization", Seen::kByAll},
      {"external_id", Seen::kByOwner},
      {"create_time", Seen::kByAll},
      {"update_time", Seen::kByAll},
      {"display_name", Seen::kByAll},
      {"contact", Seen::kByConsent},
      {"contact_consents", Seen::kByOwner},
      {"findability", Seen::kByAll},
      {"blocked_organizations", Seen::kByOwner},
      {"agency", Seen::kByAll},
      {"home_place", Seen::kByAll},
      {"travel", Seen::kByAll},
      {"roles", Seen::kByAll},
      {"languages", Seen::kByAll},
      {"genres", Seen::kByAll},
      {"styles", Seen::kByAll},
      {"skills", Seen::kByAll},
      {"credentials", Seen::kByAll},
      {"credits", Seen::kByAll},
      {"calendar", Seen::kLessByOthers},
      {"casting", Seen::kByAll},
      {"wishes", Seen::kByAll},
      {"rating", Seen::kByAll},
      {"time_zone", Seen::kByAll},
      {"hold_counts", Seen::kByOwner},
      {"pre_acceptances", Seen::kByOwner},
      {"calendar_rules", Seen::kByOwner},
  };
  return table;
}

// The sample without the fields that `hidden` names, and with the calendar that
// others see.
v1::Profile Redacted(const std::vector<Seen>& hidden) {
  v1::Profile wire = EveryFieldOfProfile();
  const google::protobuf::Descriptor& type = *wire.GetDescriptor();
  for (int i = 0; i < type.field_count(); ++i) {
    const Seen seen = WhoSees().at(type.field(i)->name());
    if (std::find(hidden.begin(), hidden.end(), seen) != hidden.end()) {
      wire.GetReflection()->ClearField(&wire, type.field(i));
    }
  }
  wire.clear_calendar();
  const auto add = [&](v1::CalendarEntry::Kind kind, const std::vector<DaySpan>& runs) {
    for (const DaySpan& run : runs) {
      v1::CalendarEntry& entry = *wire.add_calendar();
      entry.set_kind(kind);
      *entry.mutable_dates() = ToWire(run);
    }
  };
  add(v1::CalendarEntry::KIND_BUSY, StoredProfile().BusySpans());
  add(v1::CalendarEntry::KIND_HELD, StoredProfile().HeldSpans());
  return wire;
}

TEST(ProfileVisibilityTest, DecidesWhoSeesEveryField) {
  const google::protobuf::Descriptor& type = *v1::Profile::descriptor();
  for (int i = 0; i < type.field_count(); ++i) {
    EXPECT_TRUE(WhoSees().contains(type.field(i)->name())) << type.field(i)->name();
  }
}

TEST(ProfileVisibilityTest, ShowsAStrangerNothingPrivate) {
  EXPECT_EQ(Difference(Redacted({Seen::kByOwner, Seen::kByConsent}),
                       ToWire(StoredProfile(), kSampleVersion, kStranger)),
            "");
}

TEST(ProfileVisibilityTest, ShowsContactByConsentAndNothingElse) {
  EXPECT_EQ(Difference(Redacted({Seen::kByOwner}),
                       ToWire(StoredProfile(), kSampleVersion, kConsented)),
            "");
}

v1::Profile OnlyCalendar(const v1::Profile& wire) {
  v1::Profile calendar;
  *calendar.mutable_calendar() = wire.calendar();
  return calendar;
}

TEST(ProfileVisibilityTest, ShowsOthersRunsOfDaysThatTellNoEngagements) {
  const Profile profile = ProfileBuilder()
                              .Booked("2026-12-01", 2)
                              .Busy("2026-12-03", 2)
                              .Held("2026-12-04", 2)
                              .Held("2026-12-06", 1)
                              .Build();
  EXPECT_EQ(Difference(FromText<v1::Profile>(R"pb(
    calendar { kind: KIND_BUSY dates { start { year: 2026 month: 12 day: 1 }
                                       limit { year: 2026 month: 12 day: 5 } } }
    calendar { kind: KIND_HELD dates { start { year: 2026 month: 12 day: 4 }
                                       limit { year: 2026 month: 12 day: 7 } } }
  )pb"), OnlyCalendar(ToWire(profile, 1, kStranger))), "");
}

}  // namespace
}  // namespace troupe
