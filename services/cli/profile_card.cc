#include "services/cli/profile_card.h"

#include <algorithm>
#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "services/cli/calendar_strip.h"
#include "services/cli/calendar_words.h"
#include "services/cli/card_parts.h"
#include "services/cli/number_text.h"
#include "services/cli/table.h"
#include "services/cli/wording.h"

namespace troupe {
namespace {

constexpr int kCalendarMonths = 4;
constexpr size_t kCredits = 12;  // The newest.

std::string TravelOf(const v1::Travel& travel) {
  if (travel.anywhere()) return "anywhere";
  std::vector<std::string> parts;
  if (travel.radius_km() > 0) parts.push_back(absl::StrCat(travel.radius_km(), " km around home"));
  if (travel.places_size() > 0) parts.push_back(JoinedPlaces(travel.places()));
  return absl::StrJoin(parts, "; ");
}

std::string SkillsOf(const v1::Profile& profile) {
  return absl::StrJoin(profile.skills(), ", ", [](std::string* out, const v1::Skill& skill) {
    absl::StrAppend(out, skill.skill(), " ", skill.level());
  });
}

std::string CastingOf(const v1::Casting& casting) {
  std::vector<std::string> parts;
  if (casting.gender() != v1::GENDER_UNSPECIFIED) parts.push_back(Worded(casting.gender()));
  if (casting.has_playing_age_from()) {
    parts.push_back(absl::StrCat("plays ", casting.playing_age_from(), " to ",
                                 casting.playing_age_to()));
  }
  if (casting.has_height_cm()) parts.push_back(absl::StrCat(casting.height_cm(), " cm"));
  return absl::StrJoin(parts, ", ");
}

// "15 placed: 5 booked, 4 declined, 3 released, 2 expired".
std::string HoldsOf(const v1::HoldCounts& counts) {
  if (counts.placed() == 0) return "";
  return absl::StrCat(counts.placed(), " placed: ", counts.booked(), " booked, ",
                      counts.declined(), " declined, ", counts.released(), " released, ",
                      counts.expired(), " expired");
}

std::string RatingOf(const v1::Rating& rating) {
  if (rating.count() == 0) return "";
  return absl::StrCat(AsShare(rating.mean_thousandths() * int64_t{1000}), " of 5 from ",
                      Counted(rating.count(), "rating"));
}

std::string WishesOf(const v1::Wishes& wishes) {
  std::vector<std::string> parts;
  if (wishes.genres_size() > 0) parts.push_back(Joined(wishes.genres()));
  if (wishes.places_size() > 0) parts.push_back(absl::StrCat("in ", JoinedPlaces(wishes.places())));
  const std::string floor = Worded(wishes.pay_floor());
  if (!floor.empty()) parts.push_back(absl::StrCat("from ", floor, " a day"));
  return absl::StrJoin(parts, "; ");
}

void PrintRoles(const v1::Profile& profile, const Streams& streams) {
  if (profile.roles().empty()) return;
  PrintSection("Roles", streams);
  Table table({{.title = "role"},
               {.title = "level", .right = true},
               {.title = "years", .right = true},
               {.title = "a day", .right = true}});
  for (const v1::ProfileRole& role : profile.roles()) {
    if (role.grow_into()) {
      table.AddRow({RoleName(role.role()), "wants to learn it"});
    } else {
      table.AddRow({RoleName(role.role()), absl::StrCat(role.level()), absl::StrCat(role.years()),
                    Worded(role.day_rate())});
    }
  }
  table.Print(streams, "  ");
}

std::string CreditRole(const v1::Credit& credit) {
  std::string role = credit.role() == "other" ? credit.job() : RoleName(credit.role());
  if (credit.has_cast_order()) absl::StrAppend(&role, " (", credit.cast_order() + 1, ")");
  return role;
}

void PrintCredits(const v1::Profile& profile, const Streams& streams) {
  if (profile.credits().empty()) return;
  std::vector<const v1::Credit*> credits;
  for (const v1::Credit& credit : profile.credits()) credits.push_back(&credit);
  std::stable_sort(credits.begin(), credits.end(), [](const auto* a, const auto* b) {
    return Worded(a->date()) > Worded(b->date());
  });
  PrintSection("Credits", streams);
  Table table({{.title = "date"},
               {.title = "title", .shrinks = true},
               {.title = "role", .shrinks = true},
               {.title = "genres", .shrinks = true},
               {.title = "production"}});
  for (size_t i = 0; i < std::min(credits.size(), kCredits); ++i) {
    const v1::Credit& credit = *credits[i];
    table.AddRow({Worded(credit.date()), credit.title(), CreditRole(credit),
                  Joined(credit.genres()), {credit.production(), Ink::kFaint}});
  }
  table.Print(streams, "  ");
  if (credits.size() > kCredits) {
    streams.out << "  ... and " << WithCommas(static_cast<int64_t>(credits.size() - kCredits))
                << " more\n";
  }
}

}  // namespace

void PrintCard(const v1::Profile& profile, Day today, const Streams& streams) {
  PrintTitle(profile.display_name(), profile.name(), streams);
  Facts facts(streams);
  facts.Add("home", PlaceName(profile.home_place()));
  facts.Add("travels", TravelOf(profile.travel()));
  facts.Add("speaks", Joined(profile.languages()));
  facts.Add("skills", SkillsOf(profile));
  facts.Add("genres", Joined(profile.genres()));
  facts.Add("styles", Joined(profile.styles()));
  facts.Add("credentials", Joined(profile.credentials()));
  facts.Add("casting", CastingOf(profile.casting()));
  facts.Add("rating", RatingOf(profile.rating()));
  facts.Add("holds", HoldsOf(profile.hold_counts()));
  facts.Add("wishes", WishesOf(profile.wishes()));
  facts.Add("time zone", profile.time_zone());
  facts.Add("agency", profile.agency());
  facts.Add("owner", profile.organization());
  facts.Add("findability", Worded(profile.findability()));
  facts.Print();
  PrintRoles(profile, streams);
  PrintCredits(profile, streams);
  if (profile.calendar().empty() && profile.calendar_rules().empty()) return;
  PrintSection("Calendar", streams);
  PrintCalendar(CalendarFrom(profile, today), today, kCalendarMonths, streams);
}

}  // namespace troupe
