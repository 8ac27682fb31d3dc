#include <algorithm>

#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "tests/services/profile/profile_world.h"

namespace troupe::testing {
namespace {

using ::testing::ElementsAre;
using ::testing::ElementsAreArray;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::UnorderedElementsAre;

constexpr char kNobody[] = "profiles/00000000000000ff";

// All names that pages of `size` give, asked for by `text` until the last.
std::vector<std::string> ListAll(ProfileWorld& world, int size, const std::string& text = "",
                                 const std::string& organization = "crew") {
  std::vector<std::string> names;
  std::string token;
  do {
    const auto page = world.List(
        absl::StrCat(text, " page_size: ", size, " page_token: '", token, "'"), organization);
    for (const std::string& name : NamesOf(page)) names.push_back(name);
    token = page->next_page_token();
  } while (!token.empty());
  return names;
}

TEST(GetProfileTest, RefusesANameThatIsNone) {
  ProfileWorld world;
  EXPECT_THAT(BadFields(world.Get("")), ElementsAre("name"));
  EXPECT_THAT(BadFields(world.Get("projects/0000000000000001")), ElementsAre("name"));
}

TEST(BatchGetProfilesTest, AnswersInTheOrderAskedTwiceIfAskedTwice) {
  ProfileWorld world;
  const std::string a = world.Create(Ada())->name();
  const std::string b = world.Create(Ada())->name();
  const v1::BatchGetProfilesResponse answer = world.BatchGet({b, a, b}).value();
  std::vector<std::string> names;
  for (const auto& profile : answer.profiles()) names.push_back(profile.name());
  EXPECT_THAT(names, ElementsAre(b, a, b));
}

TEST(BatchGetProfilesTest, NamesTheFirstThatIsMissing) {
  ProfileWorld world;
  const auto answer = world.BatchGet({world.Create(Ada())->name(), kNobody});
  EXPECT_THAT(answer, FailsWith(absl::StatusCode::kNotFound, "PROFILE_NOT_FOUND"));
  EXPECT_THAT(answer, StatusIs(absl::StatusCode::kNotFound, HasSubstr(kNobody)));
}

TEST(BatchGetProfilesTest, TakesOneTo1000Names) {
  ProfileWorld world;
  const std::string name = world.Create(Ada())->name();
  EXPECT_EQ(world.BatchGet(std::vector<std::string>(1000, name))->profiles_size(), 1000);
  EXPECT_THAT(BadFields(world.BatchGet(std::vector<std::string>(1001, name))),
              ElementsAre("names"));
  EXPECT_THAT(BadFields(world.BatchGet({})), ElementsAre("names"));
  EXPECT_THAT(BadFields(world.BatchGet({name, "x"})), ElementsAre("names[1]"));
}

TEST(ListProfilesTest, OrdersByNameUnlessAskedOtherwise) {
  ProfileWorld world;
  std::vector<std::string> names;
  for (int i = 0; i < 5; ++i) names.push_back(world.Create(Ada())->name());
  std::sort(names.begin(), names.end());
  EXPECT_THAT(NamesOf(world.List()), ElementsAreArray(names));
  EXPECT_THAT(NamesOf(world.List("order_by: 'name'")), ElementsAreArray(names));
  std::reverse(names.begin(), names.end());
  EXPECT_THAT(NamesOf(world.List("order_by: 'name desc'")), ElementsAreArray(names));
}

TEST(ListProfilesTest, OrdersByUpdateTime) {
  ProfileWorld world;
  std::vector<std::string> names;
  for (int i = 0; i < 5; ++i) {
    names.push_back(world.Create(Ada())->name());
    world.live().clock().Advance(absl::Seconds(1));
  }
  EXPECT_THAT(NamesOf(world.List("order_by: 'update_time'")), ElementsAreArray(names));
  std::reverse(names.begin(), names.end());
  EXPECT_THAT(NamesOf(world.List("order_by: 'update_time desc'")), ElementsAreArray(names));
}

TEST(ListProfilesTest, GivesEveryProfileOnceOverItsPages) {
  ProfileWorld world;
  for (int i = 0; i < 7; ++i) ASSERT_THAT(world.Create(Ada()), IsOk());
  for (const char* order : {"name", "name desc", "update_time", "update_time desc"}) {
    const std::string asked = absl::StrCat("order_by: '", order, "'");
    const std::vector<std::string> whole = NamesOf(world.List(asked));
    EXPECT_THAT(ListAll(world, 1, asked), ElementsAreArray(whole));
    EXPECT_THAT(ListAll(world, 3, asked), ElementsAreArray(whole));
    EXPECT_THAT(ListAll(world, 7, asked), ElementsAreArray(whole));
  }
}

TEST(ListProfilesTest, GivesWhatIsUnchangedOnceWhileTheRestChanges) {
  ProfileWorld world;
  std::vector<std::string> kept, changing;
  for (int i = 0; i < 20; ++i) {
    (i % 2 ? kept : changing).push_back(world.Create(Ada())->name());
  }
  std::vector<std::string> listed;
  std::string token;
  for (const std::string& name : changing) {
    const auto page = world.List(absl::StrCat("page_size: 2 page_token: '", token, "'"));
    for (const std::string& got : NamesOf(page)) listed.push_back(got);
    token = page->next_page_token();
    if (token.empty()) break;
    ASSERT_THAT(world.Delete(name), IsOk());
    ASSERT_THAT(world.Create(Ada()), IsOk());
  }
  for (const std::string& name : kept) EXPECT_EQ(std::count(listed.begin(), listed.end(), name), 1);
}

TEST(ListProfilesTest, FiltersByOwnerRolePlaceAndFindability) {
  ProfileWorld world;
  const std::string mine = world.Create(Ada("roles { role: 'director' level: 3 }"))->name();
  const std::string grows = world.Create(Ada("roles { role: 'director' grow_into: true }"))->name();
  const std::string hidden = world.Create(Hidden())->name();
  const std::string theirs = world.Create(Ada("home_place: 'xian'"), "studio")->name();
  EXPECT_THAT(NamesOf(world.List("organization: 'organizations/studio'")), ElementsAre(theirs));
  EXPECT_THAT(NamesOf(world.List("role: 'director'")), UnorderedElementsAre(mine, grows));
  EXPECT_THAT(NamesOf(world.List("place: 'shaanxi'")), ElementsAre(theirs));
  EXPECT_THAT(NamesOf(world.List("findability: FINDABILITY_HIDDEN")), ElementsAre(hidden));
}

TEST(ListProfilesTest, FiltersByUpdateTimeTheBoundIncluded) {
  ProfileWorld world;
  ASSERT_THAT(world.Create(Ada()), IsOk());
  world.live().clock().Advance(absl::Seconds(10));
  const v1::Profile later = world.Create(Ada()).value();
  const int64_t since = later.update_time().seconds();
  EXPECT_THAT(NamesOf(world.List(absl::StrCat("updated_since { seconds: ", since, " }"))),
              ElementsAre(later.name()));
  EXPECT_THAT(NamesOf(world.List(absl::StrCat("updated_since { seconds: ", since + 1, " }"))),
              IsEmpty());
}

TEST(ListProfilesTest, NamesEveryFieldThatDoesNotFit) {
  ProfileWorld world;
  EXPECT_THAT(BadFields(world.List("page_size: 1001 organization: 'crew' role: 'directr' "
                                   "place: 'nowhere' findability: 7 order_by: 'age'")),
              ElementsAre("findability", "organization", "role", "place", "page_size",
                          "order_by"));
  EXPECT_THAT(BadFields(world.List("page_size: -1")), ElementsAre("page_size"));
}

TEST(ListProfilesTest, SuggestsTheRoleThatWasMeant) {
  ProfileWorld world;
  EXPECT_THAT(world.List("role: 'directr'"),
              StatusIs(absl::StatusCode::kInvalidArgument, HasSubstr("\"director\"")));
}

TEST(ListProfilesTest, TakesATokenForTheSameQuestionOnly) {
  ProfileWorld world;
  for (int i = 0; i < 3; ++i) ASSERT_THAT(world.Create(Ada()), IsOk());
  const std::string token = world.List("page_size: 1")->next_page_token();
  const auto with = [&](const std::string& text) {
    return absl::StrCat("page_token: '", token, "' ", text);
  };
  EXPECT_THAT(world.List(with("page_size: 2")), IsOk());
  EXPECT_THAT(BadFields(world.List(with("role: 'director'"))), ElementsAre("page_token"));
  EXPECT_THAT(BadFields(world.List(with("order_by: 'name desc'"))), ElementsAre("page_token"));
  EXPECT_THAT(BadFields(world.List(with(""), "studio")), ElementsAre("page_token"));
}

TEST(ListProfilesTest, EndsAPageBeforeItIsTooLargeToSend) {
  ProfileWorld world;
  v1::Profile large = Ada();
  for (int i = 0; i < 2000; ++i) {
    v1::Credit& credit = *large.add_credits();
    credit.set_production(absl::StrCat("p", i));
    credit.set_role("director");
    for (int g = 0; g < 8; ++g) credit.add_genres()->set_id(std::string(90, static_cast<char>('a' + g)));
  }
  for (int i = 0; i < 5; ++i) ASSERT_THAT(world.Create(large), IsOk());
  EXPECT_LT(world.List()->profiles_size(), 5);
  EXPECT_THAT(ListAll(world, 100), ::testing::SizeIs(5));
}

// What "crew" keeps: for all, for all but "studio", and for itself.
struct Kept {
  explicit Kept(ProfileWorld& world)
      : open(*world.Create(Ada())),
        blocking(*world.Create(Ada("blocked_organizations: 'organizations/studio'"))),
        hidden(*world.Create(Hidden())) {}
  const v1::Profile open, blocking, hidden;
};

TEST(ProfileVisibilityTest, ShowsItsOwnerEverything) {
  ProfileWorld world;
  const Kept kept(world);
  EXPECT_THAT(world.BatchGet({kept.open.name(), kept.blocking.name(), kept.hidden.name()}),
              IsOk());
  EXPECT_EQ(world.List()->profiles_size(), 3);
}

TEST(ProfileVisibilityTest, ListsForEachWhatExistsForIt) {
  ProfileWorld world;
  const Kept kept(world);
  EXPECT_THAT(NamesOf(world.List("", "studio")), ElementsAre(kept.open.name()));
  EXPECT_THAT(NamesOf(world.List("", "visitor")),
              UnorderedElementsAre(kept.open.name(), kept.blocking.name()));
}

TEST(ProfileVisibilityTest, GivesNoPageTokenForWhatDoesNotExist) {
  ProfileWorld world;
  const Kept kept(world);
  EXPECT_EQ(world.List("page_size: 1", "studio")->next_page_token(), "");
  EXPECT_THAT(ListAll(world, 1, "", "studio"), ElementsAre(kept.open.name()));
}

TEST(ProfileVisibilityTest, SaysOfTheHiddenWhatItSaysOfNobody) {
  ProfileWorld world;
  const Kept kept(world);
  for (const v1::Profile* profile : {&kept.hidden, &kept.blocking}) {
    const std::string& name = profile->name();
    const auto as_of_nobody = [&](const absl::Status& status, const absl::Status& nobody) {
      std::string text(nobody.message());
      const size_t at = text.find(kNobody);
      text.replace(at, name.size(), name);
      return status.code() == nobody.code() && status.message() == text &&
             ReasonOf(status) == ReasonOf(nobody);
    };
    v1::Profile nobody, somebody;
    nobody.set_name(kNobody);
    somebody.set_name(name);
    EXPECT_TRUE(as_of_nobody(world.Get(name, "studio").status(),
                             world.Get(kNobody, "studio").status()));
    EXPECT_TRUE(as_of_nobody(world.BatchGet({kept.open.name(), name}, "studio").status(),
                             world.BatchGet({kNobody}, "studio").status()));
    EXPECT_TRUE(as_of_nobody(world.Update(somebody, {"*"}, "studio").status(),
                             world.Update(nobody, {"*"}, "studio").status()));
    EXPECT_TRUE(as_of_nobody(world.Delete(name, "", "studio"), world.Delete(kNobody, "", "studio")));
    EXPECT_TRUE(as_of_nobody(world.Delete(name, "", "studio", "id"),
                             world.Delete(kNobody, "", "studio", "id")));
    EXPECT_TRUE(as_of_nobody(world.Delete(name, profile->etag(), "studio", "id2"),
                             world.Delete(kNobody, profile->etag(), "studio", "id2")));
  }
}

TEST(ProfileVisibilityTest, LetsOnlyTheOwnerWriteWhatOthersSee) {
  ProfileWorld world;
  const Kept kept(world);
  EXPECT_THAT(world.Update(kept.open, {"agency"}, "studio"),
              FailsWith(absl::StatusCode::kPermissionDenied, "NOT_OWNER"));
  EXPECT_THAT(world.Delete(kept.open.name(), "", "studio"),
              FailsWith(absl::StatusCode::kPermissionDenied, "NOT_OWNER"));
  EXPECT_THAT(world.Get(kept.open.name()), IsOk());
}

TEST(ProfileVisibilityTest, KeepsToTheOwnerWhatIsTheOwners) {
  ProfileWorld world;
  const std::string name =
      world.Create(Ada("external_id { source: 's' id: '1' } contact { email: 'a@b' } "
                       "contact_consents: 'organizations/friend'"))->name();
  EXPECT_EQ(world.Get(name, "studio")->contact().email(), "");
  EXPECT_EQ(world.Get(name, "friend")->contact().email(), "a@b");
  EXPECT_FALSE(world.List("", "studio")->profiles(0).has_external_id());
  EXPECT_FALSE(world.BatchGet({name}, "friend")->profiles(0).has_external_id());
}

TEST(ProfileVisibilityTest, TakesNoPlaceOfAnotherOwnersImport) {
  ProfileWorld world;
  const Kept kept(world);
  ASSERT_THAT(world.Import({Hidden("external_id { source: 's' id: '1' }")}), IsOk());
  const auto theirs = world.Import({Ada("external_id { source: 's' id: '1' }")}, "import", "studio");
  EXPECT_EQ(theirs->results(0).outcome(), v1::IMPORT_OUTCOME_CREATED);
}

}  // namespace
}  // namespace troupe::testing
