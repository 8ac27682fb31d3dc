#include "services/log/list_filter.h"

#include <functional>

#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "tests/testing/builders.h"

namespace troupe::testing {
namespace {

// What `reader` lists of a record, further filtered as `narrow` says.
template <typename Record>
bool Lists(const std::string& reader, const Record& record,
           const std::function<void(ListFilter&)>& narrow = [](ListFilter&) {}) {
  ListFilter filter{.reader = {reader}};
  narrow(filter);
  return Passes(filter, MakeListEntry(record));
}

TEST(ListFilterTest, PassesWhatExistsForTheReader) {
  EXPECT_TRUE(Lists("studio", ProfileBuilder().Build()));
  EXPECT_FALSE(Lists("studio", ProfileBuilder().Hidden().Build()));
  EXPECT_FALSE(Lists("studio", ProfileBuilder().Blocks("studio").Build()));
  EXPECT_TRUE(Lists("visitor", ProfileBuilder().Blocks("studio").Build()));
  EXPECT_TRUE(Lists("crew", ProfileBuilder().Hidden().Blocks("crew").Build()));
}

TEST(ListFilterTest, PassesWhatTheOwnerOwns) {
  const auto by = [](const char* owner) {
    return [owner](ListFilter& filter) { filter.owner = {owner}; };
  };
  EXPECT_TRUE(Lists("studio", ProfileBuilder().Build(), by("crew")));
  EXPECT_FALSE(Lists("studio", ProfileBuilder().Build(), by("studio")));
}

TEST(ListFilterTest, PassesRolesHeldAndGrownInto) {
  const auto directors = [](ListFilter& filter) { filter.role = "director"; };
  EXPECT_TRUE(Lists("studio", ProfileBuilder().Holds("director").Build(), directors));
  EXPECT_TRUE(Lists("studio", ProfileBuilder().GrowsInto("director").Build(), directors));
  EXPECT_FALSE(Lists("studio", ProfileBuilder().Holds("writer").Build(), directors));
}

TEST(ListFilterTest, PassesPlacesWithinThePlace) {
  const auto in = [](const char* place) {
    return [place](ListFilter& filter) { filter.place = place; };
  };
  EXPECT_TRUE(Lists("studio", ProfileBuilder().Home("xian").Build(), in("xian")));
  EXPECT_TRUE(Lists("studio", ProfileBuilder().Home("xian").Build(), in("shaanxi")));
  EXPECT_FALSE(Lists("studio", ProfileBuilder().Home("shaanxi").Build(), in("xian")));
  EXPECT_FALSE(Lists("studio", ProfileBuilder().Build(), in("xian")));
}

TEST(ListFilterTest, PassesWhatWasWrittenSince) {
  Profile profile = ProfileBuilder().Build();
  profile.update_time = absl::FromUnixSeconds(100);
  const auto since = [](int64_t seconds) {
    return [seconds](ListFilter& f) { f.updated_since = absl::FromUnixSeconds(seconds); };
  };
  EXPECT_TRUE(Lists("studio", profile, since(100)));
  EXPECT_FALSE(Lists("studio", profile, since(101)));
}

TEST(ListFilterTest, AsksRoleAndStateOfTheSameOpening) {
  const Project project = ProjectBuilder()
                              .With(OpeningBuilder().Role("director").Closed())
                              .With(OpeningBuilder().Role("writer"))
                              .Build();
  const auto asks = [](const char* role, Opening::State state) {
    return [=](ListFilter& filter) {
      filter.role = role;
      filter.state = state;
    };
  };
  EXPECT_TRUE(Lists("studio", project, asks("director", Opening::State::kClosed)));
  EXPECT_FALSE(Lists("studio", project, asks("director", Opening::State::kOpen)));
}

TEST(ListFilterTest, CountsDraftsForTheirOwnerOnly) {
  const Project project = ProjectBuilder().With(OpeningBuilder().Role("writer").Draft()).Build();
  const auto writers = [](ListFilter& filter) { filter.role = "writer"; };
  const auto drafts = [](ListFilter& filter) { filter.state = Opening::State::kDraft; };
  EXPECT_TRUE(Lists("crew", project, writers));
  EXPECT_TRUE(Lists("crew", project, drafts));
  EXPECT_FALSE(Lists("studio", project, writers));
  EXPECT_FALSE(Lists("studio", project, drafts));
}

}  // namespace
}  // namespace troupe::testing
