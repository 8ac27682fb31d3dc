#include "services/convert/update_mask.h"

#include <algorithm>
#include <string>
#include <vector>

#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "services/convert/profile_conversion.h"
#include "services/convert/project_conversion.h"
#include "tests/services/convert/wire_samples.h"
#include "tests/testing/builders.h"

namespace troupe {
namespace {

using google::protobuf::FieldMask;
using testing::FieldsOf;
using testing::OpeningBuilder;
using testing::ProfileBuilder;
using testing::ProjectBuilder;
using testing::StoredProfile;
using testing::StoredProject;
using ::testing::ElementsAre;
using ::testing::IsEmpty;

FieldMask Mask(const std::vector<std::string>& paths) {
  FieldMask mask;
  for (const std::string& path : paths) mask.add_paths(path);
  return mask;
}

template <typename Resource>
Resource Applied(const Resource& stored, const Resource& update,
                 const std::vector<std::string>& paths) {
  Violations found;
  const Resource result = ApplyMask(stored, update, Mask(paths), found);
  EXPECT_THAT(FieldsOf(found), IsEmpty());
  return result;
}

std::vector<std::string> Found(const std::vector<std::string>& paths) {
  Violations found;
  ApplyMask(Profile(), Profile(), Mask(paths), found);
  return FieldsOf(found);
}

// Applies, field by field, an update that sets all to a resource that has
// none: the mask carries exactly the field that it names, or refuses it.
template <typename Wire, typename Resource>
void ExpectEachFieldAlone(const Resource& empty, const Resource& full,
                          std::vector<std::string>& refused) {
  const Reader owner{.organization = full.ownership.owner};
  const auto before = testing::SetFields(ToWire(empty, 1, owner));
  for (int i = 0; i < Wire::descriptor()->field_count(); ++i) {
    const std::string name = Wire::descriptor()->field(i)->name();
    Violations found;
    const Resource result = ApplyMask(empty, full, Mask({name}), found);
    if (!found.empty()) {
      EXPECT_NE(found.found()[0].problem, "is not a field") << name;
      refused.push_back(name);
      continue;
    }
    auto after = testing::SetFields(ToWire(result, 1, owner));
    std::erase_if(after, [&](const auto& field) {
      return std::find(before.begin(), before.end(), field) != before.end() ||
             (field == "currency_code" && name != field);  // Follows from amounts.
    });
    EXPECT_THAT(after, ElementsAre(name));
  }
}

Profile EmptyProfile() {
  Profile profile;
  profile.ownership.owner = StoredProfile().ownership.owner;
  return profile;
}

Project EmptyProject() {
  Project project;
  project.ownership.owner = StoredProject().ownership.owner;
  return project;
}

constexpr auto kNotWritten = {"name",        "etag",        "organization",
                              "external_id", "create_time", "update_time"};

TEST(UpdateMaskTest, CarriesEachFieldOfAProfileAlone) {
  std::vector<std::string> refused;
  ExpectEachFieldAlone<v1::Profile>(EmptyProfile(), StoredProfile(), refused);
  std::vector<std::string> expected(kNotWritten.begin(), kNotWritten.end());
  expected.push_back("hold_counts");
  EXPECT_THAT(refused, ::testing::ElementsAreArray(expected));
}

TEST(UpdateMaskTest, KeepsWhatHoldsTakeUp) {
  const Profile result = Applied(StoredProfile(), Profile(), {"calendar"});
  ASSERT_EQ(result.calendar.entries().size(), 1u);
  EXPECT_EQ(result.calendar.entries()[0].hold, 3u);
}

TEST(UpdateMaskTest, CarriesEachFieldOfAProjectAlone) {
  std::vector<std::string> refused;
  ExpectEachFieldAlone<v1::Project>(EmptyProject(), StoredProject(), refused);
  EXPECT_THAT(refused, ::testing::ElementsAreArray(kNotWritten));
}

TEST(UpdateMaskTest, EmptiesAFieldThatTheUpdateDoesNotSet) {
  const Profile stored = ProfileBuilder().Speaks("zh").Home("xian").Build();
  const Profile result = Applied(stored, Profile(), {"languages"});
  EXPECT_THAT(result.languages, IsEmpty());
  EXPECT_EQ(result.home_place, "xian");
}

TEST(UpdateMaskTest, KeepsIdentityUnderAStar) {
  const Profile stored = StoredProfile();
  const Profile result = Applied(stored, Profile(), {"*"});
  Profile expected;
  expected.id = stored.id;
  expected.ownership.owner = stored.ownership.owner;
  expected.external_id = stored.external_id;
  expected.create_time = stored.create_time;
  expected.update_time = stored.update_time;
  expected.calendar = Calendar().WithHoldsOf(stored.calendar);
  expected.hold_counts = stored.hold_counts;
  EXPECT_EQ(result, expected);
}

TEST(UpdateMaskTest, KeepsTheLastOpeningNumber) {
  EXPECT_EQ(Applied(StoredProject(), Project(), {"*"}).last_opening_number, 2u);
}

TEST(UpdateMaskTest, TakesTheCurrencyOfANewAmount) {
  const Project stored = ProjectBuilder().Build();
  const Project update = ProjectBuilder().With(OpeningBuilder().Ceiling(9, "EUR")).Build();
  EXPECT_EQ(Applied(stored, update, {"openings"}).currency, "EUR");
}

TEST(UpdateMaskTest, NamesThePathsThatAreWrong) {
  EXPECT_THAT(Found({"roles", "nothing"}), ElementsAre("update_mask.paths[1]"));
  EXPECT_THAT(Found({"etag"}), ElementsAre("update_mask.paths[0]"));
  EXPECT_THAT(Found({"external_id"}), ElementsAre("update_mask.paths[0]"));
  EXPECT_THAT(Found({"travel.places"}), ElementsAre("update_mask.paths[0]"));
  EXPECT_THAT(Found({""}), ElementsAre("update_mask.paths[0]"));
  EXPECT_THAT(Found({"*", "no"}), ElementsAre("update_mask.paths[1]"));
}

TEST(UpdateMaskTest, RefusesAMaskWithoutPaths) {
  EXPECT_THAT(Found({}), ElementsAre("update_mask"));
}

TEST(UpdateMaskTest, RefusesAMaskOfMoreThanAHundredPaths) {
  EXPECT_THAT(Found(std::vector<std::string>(101, "x")), ElementsAre("update_mask.paths"));
}

TEST(ApplyImportTest, TakesAllButIdentity) {
  EXPECT_EQ(ApplyImport(StoredProfile(), Profile()), Applied(StoredProfile(), Profile(), {"*"}));
  EXPECT_EQ(ApplyImport(StoredProject(), Project()), Applied(StoredProject(), Project(), {"*"}));
}

}  // namespace
}  // namespace troupe
