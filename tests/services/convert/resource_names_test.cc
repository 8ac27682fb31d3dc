#include "services/convert/resource_names.h"

#include <string>

#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "matcher/base/violation.h"
#include "tests/testing/status_matchers.h"

namespace troupe {
namespace {

using testing::IsOkAndHolds;
using ::testing::ElementsAre;
using ::testing::Field;
using ::testing::HasSubstr;
using ::testing::Not;

// The field, if `name` was refused for it alone.
template <typename Parsed>
std::string FieldOf(const Parsed& parsed) {
  const auto found = ViolationsOf(parsed.status());
  return found.size() == 1 ? found[0].field : "";
}

TEST(ResourceNamesTest, WritesIdsAsSixteenHexadecimalDigits) {
  EXPECT_EQ(FormatName(ProfileId(0x4d2)), "profiles/00000000000004d2");
  EXPECT_EQ(FormatName(ProjectId(UINT64_MAX)), "projects/ffffffffffffffff");
  EXPECT_EQ(FormatName(OpeningId{ProjectId(1), 30}), "projects/0000000000000001/openings/30");
  EXPECT_EQ(FormatName(OrganizationId{.slug = "blue-2"}), "organizations/blue-2");
}

TEST(ResourceNamesTest, ReadsTheNamesThatItWrites) {
  const OpeningId opening{ProjectId(UINT64_MAX), UINT32_MAX};
  EXPECT_THAT(ParseProfileName(FormatName(ProfileId(7)), "f"), IsOkAndHolds(ProfileId(7)));
  EXPECT_THAT(ParseProjectName(FormatName(ProjectId(7)), "f"), IsOkAndHolds(ProjectId(7)));
  EXPECT_THAT(ParseOpeningName(FormatName(opening), "f"), IsOkAndHolds(opening));
  EXPECT_THAT(ParseOrganizationName("organizations/a", "f"),
              IsOkAndHolds(OrganizationId{.slug = "a"}));
}

TEST(ResourceNamesTest, RefusesEveryOtherFormOfAProfileName) {
  for (const char* name : {"", "profiles/", "00000000000004d2", "profiles/4d2",
                           "profiles/00000000000004D2", "profiles/00000000000004d2 ",
                           "profiles/0x000000000004d2", "profiles/-0000000000004d2",
                           "profiles/0000000000000000", "projects/00000000000004d2",
                           "profiles/00000000000004d20", "Profiles/00000000000004d2"}) {
    EXPECT_EQ(FieldOf(ParseProfileName(name, "names[1]")), "names[1]") << name;
  }
}

TEST(ResourceNamesTest, RefusesEveryOtherFormOfAnOpeningName) {
  for (const char* name :
       {"", "projects/0000000000000001", "projects/0000000000000001/openings/",
        "projects/0000000000000001/openings/0", "projects/0000000000000001/openings/01",
        "projects/0000000000000001/openings/+1", "projects/0000000000000001/openings/ 1",
        "projects/0000000000000001/openings/4294967296", "projects/1/openings/1",
        "projects/0000000000000001/openings/1/seats/1", "projects/"}) {
    EXPECT_EQ(FieldOf(ParseOpeningName(name, "name")), "name") << name;
  }
}

TEST(ResourceNamesTest, RefusesOrganizationsThatAreNoSlugs) {
  for (const std::string& slug : {std::string(), std::string("Crew"), std::string("1crew"),
                                  std::string("-crew"), std::string("a b"), std::string("a/b"),
                                  std::string(64, 'a'), std::string("a\0", 2)}) {
    EXPECT_FALSE(IsOrganizationSlug(slug)) << slug;
    EXPECT_EQ(FieldOf(ParseOrganizationName("organizations/" + slug, "agency")), "agency");
  }
  EXPECT_TRUE(IsOrganizationSlug(std::string(63, 'a')));
}

TEST(ResourceNamesTest, DoesNotEchoTheName) {
  EXPECT_THAT(std::string(ParseProfileName("profiles/ada-lovelace", "name").status().message()),
              Not(HasSubstr("ada")));
}

TEST(ResourceNamesTest, ReportsABadNameToItsField) {
  Violations found;
  const troupe::Field message(&found);
  const troupe::Field list = message["blocked_profiles"];
  EXPECT_FALSE(ReadProfileName(list[3], "Ada"));
  EXPECT_THAT(found.found(),
              ElementsAre(Field(&FieldViolation::field, "blocked_profiles[3]")));
}

TEST(ResourceNamesTest, WritesVersionsAsEtags) {
  EXPECT_EQ(FormatEtag(42), "000000000000002a");
  EXPECT_THAT(ParseEtag("000000000000002a", "etag"), IsOkAndHolds(42u));
}

TEST(ResourceNamesTest, RefusesWhatIsNoEtag) {
  for (const char* etag : {"", "2a", "\"000000000000002a\"", "000000000000002A",
                           "0000000000000000", "W/0000000000002a"}) {
    EXPECT_EQ(FieldOf(ParseEtag(etag, "profile.etag")), "profile.etag") << etag;
  }
}

}  // namespace
}  // namespace troupe
