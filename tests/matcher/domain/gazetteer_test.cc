#include "matcher/domain/gazetteer.h"

#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "tests/testing/status_matchers.h"

namespace troupe {
namespace {

using ::testing::AllOf;
using ::testing::Field;
using ::testing::Ge;
using ::testing::HasSubstr;
using ::testing::IsNull;
using ::testing::Le;
using ::testing::NotNull;
using ::testing::Pointee;
using testing::StatusIs;

constexpr auto kInvalid = absl::StatusCode::kInvalidArgument;

auto HasId(absl::string_view id) { return Pointee(Field(&Place::id, std::string(id))); }

absl::StatusOr<Gazetteer> Places(absl::string_view lines) {
  return Gazetteer::Parse(
      absl::StrCat("id,kind,parent,name_zh,name_en,latitude,longitude\n", lines));
}

int Index(absl::string_view id) { return ShippedPlaces().IndexOf(id); }

int32_t Km(absl::string_view from, absl::string_view to) {
  return ShippedPlaces().DistanceKm(Index(from), Index(to));
}

bool Within(absl::string_view place, absl::string_view ancestor) {
  return ShippedPlaces().IsWithin(Index(place), Index(ancestor));
}

TEST(GazetteerTest, ReadsEveryColumn) {
  const auto gazetteer = Places("hunan,province,,湖南,Hunan,28.2,112.9\n"
                                "yueyang,city,hunan,岳阳,Yueyang,29.37,113.13\n");
  ASSERT_THAT(gazetteer, testing::IsOk());
  const Place& place = gazetteer->places()[1];
  EXPECT_EQ(place.id, "yueyang");
  EXPECT_EQ(place.kind, PlaceKind::kCity);
  EXPECT_EQ(place.parent, 0);
  EXPECT_EQ(place.name_zh, "岳阳");
  EXPECT_EQ(place.name_en, "Yueyang");
  EXPECT_EQ(place.latitude, 29.37);
  EXPECT_EQ(place.longitude, 113.13);
}

TEST(GazetteerTest, FindsAPlaceByIdOnlyWhenExact) {
  EXPECT_THAT(ShippedPlaces().Find("hangzhou-linping"), HasId("hangzhou-linping"));
  EXPECT_THAT(ShippedPlaces().Find("Hangzhou"), IsNull());
  EXPECT_THAT(ShippedPlaces().Find(""), IsNull());
}

TEST(GazetteerTest, FindsAPlaceByAnyOfItsNames) {
  for (absl::string_view name : {"xian", "西安", "Xi'an", " XI'AN ", "西安市"}) {
    EXPECT_THAT(ShippedPlaces().FindByName(name), HasId("xian")) << name;
  }
}

TEST(GazetteerTest, FindsAPlaceByItsNameWithItsKind) {
  EXPECT_THAT(ShippedPlaces().FindByName("浙江省"), HasId("zhejiang"));
  EXPECT_THAT(ShippedPlaces().FindByName("临平区"), HasId("hangzhou-linping"));
  EXPECT_THAT(ShippedPlaces().FindByName("象山县"), HasId("xiangshan"));
  EXPECT_THAT(ShippedPlaces().FindByName("东阳市"), HasId("dongyang"));
}

TEST(GazetteerTest, FindsNoPlaceWhoseKindTheNameContradicts) {
  EXPECT_THAT(ShippedPlaces().FindByName("吉林市"), IsNull());
  EXPECT_THAT(ShippedPlaces().FindByName("西安省"), IsNull());
}

TEST(GazetteerTest, FindsNoPlaceByAnUnknownName) {
  EXPECT_THAT(ShippedPlaces().FindByName("Atlantis"), IsNull());
  EXPECT_THAT(ShippedPlaces().FindByName("市"), IsNull());
  EXPECT_THAT(ShippedPlaces().FindByName(""), IsNull());
}

TEST(GazetteerTest, APlaceIsWithinItselfAndAllThatHoldsIt) {
  for (absl::string_view ancestor : {"hengdian", "dongyang", "jinhua", "zhejiang"}) {
    EXPECT_TRUE(Within("hengdian", ancestor)) << ancestor;
  }
}

TEST(GazetteerTest, APlaceIsNotWithinWhatItHoldsNorWithinOthers) {
  EXPECT_FALSE(Within("jinhua", "hengdian"));
  EXPECT_FALSE(Within("hengdian", "hangzhou"));
}

TEST(GazetteerTest, IsWithinWhatItsParentsSay) {
  const auto places = ShippedPlaces().places();
  const auto count = static_cast<int>(places.size());
  for (int place = 0; place < count; ++place) {
    std::vector<bool> expected(places.size());
    for (int at = place; at != Place::kNoParent; at = places[static_cast<size_t>(at)].parent) {
      expected[static_cast<size_t>(at)] = true;
    }
    for (int ancestor = 0; ancestor < count; ++ancestor) {
      ASSERT_EQ(ShippedPlaces().IsWithin(place, ancestor), expected[static_cast<size_t>(ancestor)])
          << places[static_cast<size_t>(place)].id << " in "
          << places[static_cast<size_t>(ancestor)].id;
    }
  }
}

TEST(GazetteerTest, AnUnknownPlaceHoldsNothing) {
  EXPECT_FALSE(Within("xian", "atlantis"));
  EXPECT_FALSE(Within("atlantis", "atlantis"));
}

TEST(GazetteerTest, DistancesAreThoseOfTheMap) {
  EXPECT_THAT(Km("xian", "zhengzhou"), AllOf(Ge(425), Le(440)));
  EXPECT_THAT(Km("beijing", "shanghai"), AllOf(Ge(1060), Le(1075)));
  EXPECT_THAT(Km("harbin", "sanya"), AllOf(Ge(3350), Le(3450)));
  EXPECT_THAT(Km("hangzhou", "hangzhou-linping"), AllOf(Ge(15), Le(30)));
}

TEST(GazetteerTest, TheWayIsTheDistanceButNoneToWhatHoldsOrIsHeld) {
  const Gazetteer& gazetteer = ShippedPlaces();
  const int n = static_cast<int>(gazetteer.places().size());
  for (int from = 0; from < n; ++from) {
    ASSERT_EQ(gazetteer.WaysKm(from).size(), gazetteer.places().size());
    for (int to = 0; to < n; ++to) {
      const bool stays = gazetteer.IsWithin(from, to) || gazetteer.IsWithin(to, from);
      EXPECT_EQ(gazetteer.WayKm(from, to), stays ? 0 : gazetteer.DistanceKm(from, to));
    }
  }
  EXPECT_EQ(gazetteer.WayKm(Index("hangzhou"), Index("hangzhou-linping")), 0);
}

TEST(GazetteerTest, DistancesAreSymmetricAndZeroToItself) {
  const Gazetteer& gazetteer = ShippedPlaces();
  const int n = static_cast<int>(gazetteer.places().size());
  for (int i = 0; i < n; ++i) {
    EXPECT_EQ(gazetteer.DistanceKm(i, i), 0);
    for (int j = 0; j < i; ++j) {
      EXPECT_EQ(gazetteer.DistanceKm(i, j), gazetteer.DistanceKm(j, i));
    }
  }
}

TEST(GazetteerTest, RejectsARepeatedPlace) {
  EXPECT_THAT(Places("a,city,,甲,A,1,1\na,city,,乙,B,1,1\n"),
              StatusIs(kInvalid, HasSubstr("places line 3: id \"a\" is repeated")));
}

TEST(GazetteerTest, RejectsANameOfAnotherPlace) {
  EXPECT_THAT(Places("a,city,,甲,A,1,1\nb,city,,甲,B,1,1\n"),
              StatusIs(kInvalid, HasSubstr("places line 3: name \"甲\"")));
}

TEST(GazetteerTest, RejectsAParentOnNoEarlierLine) {
  EXPECT_THAT(Places("a,city,b,甲,A,1,1\nb,province,,乙,B,1,1\n"),
              StatusIs(kInvalid, HasSubstr("places line 2: parent \"b\"")));
}

TEST(GazetteerTest, RejectsAParentThatIsNoWider) {
  EXPECT_THAT(Places("a,city,,甲,A,1,1\nb,city,a,乙,B,1,1\n"),
              StatusIs(kInvalid, HasSubstr("no wider kind")));
}

TEST(GazetteerTest, RejectsADistrictWithoutAParent) {
  EXPECT_THAT(Places("a,district,,甲,A,1,1\n"), StatusIs(kInvalid, HasSubstr("needs a parent")));
}

TEST(GazetteerTest, RejectsAnUnknownKind) {
  EXPECT_THAT(Places("a,village,,甲,A,1,1\n"), StatusIs(kInvalid, HasSubstr("kind must be")));
}

TEST(GazetteerTest, RejectsCoordinatesOffTheGlobe) {
  for (absl::string_view line : {"a,city,,甲,A,91,1\n", "a,city,,甲,A,1,181\n",
                                 "a,city,,甲,A,nan,1\n", "a,city,,甲,A,,1\n"}) {
    EXPECT_THAT(Places(line), StatusIs(kInvalid, HasSubstr("must be degrees"))) << line;
  }
}

TEST(GazetteerTest, RejectsAMissingColumn) {
  EXPECT_THAT(Places("a,city,甲,A,1,1\n"),
              StatusIs(kInvalid, HasSubstr("places line 2: has 6 cells")));
}

TEST(ShippedPlacesTest, HasTheProductionBases) {
  for (absl::string_view id :
       {"xian", "zhengzhou", "hangzhou-linping", "hengdian", "jingzhou", "shanghai", "shenzhen",
        "fujian", "guangxi", "changzhou", "beijing-tongzhou", "qingdao", "wuxi", "xiangshan"}) {
    EXPECT_THAT(ShippedPlaces().Find(id), NotNull()) << id;
  }
}

TEST(ShippedPlacesTest, EveryDistrictAndSiteLiesInACityNearIt) {
  const Gazetteer& gazetteer = ShippedPlaces();
  for (const Place& place : gazetteer.places()) {
    if (place.kind <= PlaceKind::kCity) continue;
    ASSERT_NE(place.parent, Place::kNoParent) << place.id;
    // Dunhuang is 330 km from the seat of its prefecture; no other is as far.
    EXPECT_LT(gazetteer.DistanceKm(gazetteer.IndexOf(place.id), place.parent), 400) << place.id;
  }
}

TEST(ShippedPlacesTest, EveryPlaceLiesInChina) {
  for (const Place& place : ShippedPlaces().places()) {
    EXPECT_THAT(place.latitude, AllOf(Ge(18), Le(54))) << place.id;
    EXPECT_THAT(place.longitude, AllOf(Ge(73), Le(135))) << place.id;
  }
}

}  // namespace
}  // namespace troupe
