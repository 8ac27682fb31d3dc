#ifndef TROUPE_TESTS_TESTING_PROFILE_BUILDER_H_
#define TROUPE_TESTS_TESTING_PROFILE_BUILDER_H_

#include <cstdint>
#include <vector>

#include "absl/strings/string_view.h"
#include "matcher/domain/profile.h"

namespace troupe::testing {

// A findable person named "Profile 1", id 1, owned by "crew", without a role.
//
//   const Profile ada = ProfileBuilder().Id(7).Holds("director", 3).Rate("director", 900)
//                           .Speaks("zh").Home("xian").Busy("2026-12-01", 5).Build();
class ProfileBuilder {
 public:
  ProfileBuilder();

  ProfileBuilder& Id(uint64_t id);  // Also names the person after it.
  ProfileBuilder& Owner(absl::string_view organization);
  ProfileBuilder& Hidden();
  ProfileBuilder& Blocks(absl::string_view organization);
  ProfileBuilder& Named(absl::string_view name);
  ProfileBuilder& ExternalId(absl::string_view source, absl::string_view id);

  ProfileBuilder& Home(absl::string_view place);
  ProfileBuilder& TravelsTo(absl::string_view place);
  ProfileBuilder& TravelsAnywhere();
  ProfileBuilder& Radius(int32_t km);

  ProfileBuilder& Holds(absl::string_view role, int32_t level = 3, int32_t years = 0);
  ProfileBuilder& GrowsInto(absl::string_view role);
  // What a day costs in a role that is held or grown into already.
  ProfileBuilder& Rate(absl::string_view role, int64_t units, absl::string_view currency = "CNY");
  ProfileBuilder& Rate(absl::string_view role, const Money& rate);

  ProfileBuilder& Speaks(absl::string_view language);
  ProfileBuilder& Genre(absl::string_view id);
  ProfileBuilder& Style(absl::string_view id);
  ProfileBuilder& Knows(absl::string_view skill, int32_t level = 3);
  ProfileBuilder& Credential(absl::string_view id);
  ProfileBuilder& With(Credit credit);
  ProfileBuilder& Rated(int32_t count, int32_t mean_thousandths);

  ProfileBuilder& Busy(absl::string_view start, int32_t days);
  ProfileBuilder& Held(absl::string_view start, int32_t days);
  ProfileBuilder& Booked(absl::string_view start, int32_t days);
  ProfileBuilder& With(CalendarEntry entry);

  ProfileBuilder& Of(Gender gender);
  ProfileBuilder& Plays(int32_t from_age, int32_t to_age);
  ProfileBuilder& Height(int32_t cm);

  ProfileBuilder& WishesGenre(absl::string_view id);
  ProfileBuilder& WishesPlace(absl::string_view place);
  ProfileBuilder& PayFloor(const Money& floor);

  Profile Build() const;

 private:
  Profile profile_;
  std::vector<CalendarEntry> calendar_;
};

}  // namespace troupe::testing

#endif  // TROUPE_TESTS_TESTING_PROFILE_BUILDER_H_
