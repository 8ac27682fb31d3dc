#include "tests/testing/profile_builder.h"

#include <utility>

#include "absl/strings/str_cat.h"
#include "tests/testing/values.h"

namespace troupe::testing {
namespace {

CalendarEntry Entry(CalendarEntry::Kind kind, absl::string_view start, int32_t days) {
  return {.kind = kind, .days = Span(start, days)};
}

}  // namespace

ProfileBuilder::ProfileBuilder() {
  profile_.ownership = FindableOf("crew");
  Id(1);
}

ProfileBuilder& ProfileBuilder::Id(uint64_t id) {
  profile_.id = ProfileId(id);
  return Named(absl::StrCat("Profile ", id));
}

ProfileBuilder& ProfileBuilder::Owner(absl::string_view organization) {
  profile_.ownership.owner.slug = std::string(organization);
  return *this;
}

ProfileBuilder& ProfileBuilder::Hidden() {
  profile_.ownership.findability = Findability::kHidden;
  return *this;
}

ProfileBuilder& ProfileBuilder::Blocks(absl::string_view organization) {
  Block(organization, &profile_.ownership);
  return *this;
}

ProfileBuilder& ProfileBuilder::Named(absl::string_view name) {
  profile_.display_name = std::string(name);
  return *this;
}

ProfileBuilder& ProfileBuilder::ExternalId(absl::string_view source, absl::string_view id) {
  profile_.external_id = {.source = std::string(source), .id = std::string(id)};
  return *this;
}

ProfileBuilder& ProfileBuilder::Home(absl::string_view place) {
  profile_.home_place = std::string(place);
  return *this;
}

ProfileBuilder& ProfileBuilder::TravelsTo(absl::string_view place) {
  profile_.travel.places.emplace_back(place);
  return *this;
}

ProfileBuilder& ProfileBuilder::TravelsAnywhere() {
  profile_.travel.anywhere = true;
  return *this;
}

ProfileBuilder& ProfileBuilder::Radius(int32_t km) {
  profile_.travel.radius_km = km;
  return *this;
}

ProfileBuilder& ProfileBuilder::Holds(absl::string_view role, int32_t level, int32_t years) {
  profile_.roles.push_back({.role = std::string(role), .level = level, .years = years});
  return *this;
}

ProfileBuilder& ProfileBuilder::GrowsInto(absl::string_view role) {
  profile_.roles.push_back({.role = std::string(role), .grow_into = true});
  return *this;
}

ProfileBuilder& ProfileBuilder::Rate(absl::string_view role, int64_t units,
                                     absl::string_view currency) {
  return Rate(role, {.currency = std::string(currency), .units = units});
}

ProfileBuilder& ProfileBuilder::Rate(absl::string_view role, const Money& rate) {
  for (ProfileRole& entry : profile_.roles) {
    if (entry.role == role) entry.day_rate = rate;
  }
  return *this;
}

ProfileBuilder& ProfileBuilder::Speaks(absl::string_view language) {
  profile_.languages.emplace_back(language);
  return *this;
}

ProfileBuilder& ProfileBuilder::Genre(absl::string_view id) {
  profile_.genres.emplace_back(id);
  return *this;
}

ProfileBuilder& ProfileBuilder::Style(absl::string_view id) {
  profile_.styles.emplace_back(id);
  return *this;
}

ProfileBuilder& ProfileBuilder::Knows(absl::string_view skill, int32_t level) {
  profile_.skills.push_back({.skill = std::string(skill), .level = level});
  return *this;
}

ProfileBuilder& ProfileBuilder::Credential(absl::string_view id) {
  profile_.credentials.emplace_back(id);
  return *this;
}

ProfileBuilder& ProfileBuilder::With(Credit credit) {
  profile_.credits.push_back(std::move(credit));
  return *this;
}

ProfileBuilder& ProfileBuilder::Rated(int32_t count, int32_t mean_thousandths) {
  profile_.rating = {.count = count, .mean_thousandths = mean_thousandths};
  return *this;
}

ProfileBuilder& ProfileBuilder::Busy(absl::string_view start, int32_t days) {
  return With(Entry(CalendarEntry::Kind::kBusy, start, days));
}

ProfileBuilder& ProfileBuilder::Held(absl::string_view start, int32_t days) {
  return With(Entry(CalendarEntry::Kind::kHeld, start, days));
}

ProfileBuilder& ProfileBuilder::Booked(absl::string_view start, int32_t days) {
  return With(Entry(CalendarEntry::Kind::kBooked, start, days));
}

ProfileBuilder& ProfileBuilder::With(CalendarEntry entry) {
  calendar_.push_back(std::move(entry));
  return *this;
}

ProfileBuilder& ProfileBuilder::Of(Gender gender) {
  profile_.casting.gender = gender;
  return *this;
}

ProfileBuilder& ProfileBuilder::Plays(int32_t from_age, int32_t to_age) {
  profile_.casting.playing_age = IntRange{.from = from_age, .to = to_age};
  return *this;
}

ProfileBuilder& ProfileBuilder::Height(int32_t cm) {
  profile_.casting.height_cm = cm;
  return *this;
}

ProfileBuilder& ProfileBuilder::WishesGenre(absl::string_view id) {
  profile_.wishes.genres.emplace_back(id);
  return *this;
}

ProfileBuilder& ProfileBuilder::WishesPlace(absl::string_view place) {
  profile_.wishes.places.emplace_back(place);
  return *this;
}

ProfileBuilder& ProfileBuilder::PayFloor(const Money& floor) {
  profile_.wishes.pay_floor = floor;
  return *this;
}

Profile ProfileBuilder::Build() const {
  Profile profile = profile_;
  profile.calendar = Calendar(calendar_);
  return profile;
}

}  // namespace troupe::testing
