#include "services/cli/record_card.h"

#include <algorithm>
#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "google/protobuf/repeated_ptr_field.h"
#include "services/cli/calendar_strip.h"
#include "services/cli/display_width.h"
#include "services/cli/number_text.h"
#include "services/cli/table.h"
#include "services/cli/wording.h"

namespace troupe {
namespace {

constexpr int kCalendarMonths = 4;
constexpr size_t kCredits = 12;  // Of a profile, the newest.

using Labels = google::protobuf::RepeatedPtrField<v1::Label>;
using Words = google::protobuf::RepeatedPtrField<std::string>;

std::string Joined(const Labels& labels) {
  return absl::StrJoin(labels, ", ", [](std::string* out, const v1::Label& label) {
    absl::StrAppend(out, label.name().empty() ? label.id() : label.name());
  });
}

std::string Joined(const Words& words) { return absl::StrJoin(words, ", "); }

std::string Places(const Words& places) {
  return absl::StrJoin(places, ", ", [](std::string* out, const std::string& place) {
    absl::StrAppend(out, PlaceName(place));
  });
}

std::string Range(bool has, int32_t from, int32_t to, absl::string_view unit) {
  if (!has) return "";
  return to == 0 ? absl::StrCat("from ", from, unit) : absl::StrCat(from, " to ", to, unit);
}

// Names and values, one a line; values that are not set are left out.
class Facts {
 public:
  explicit Facts(const Streams& streams)
      : streams_(streams), table_({{.title = ""}, {.title = "", .wraps = true}}) {}

  void Add(const char* name, const std::string& value) {
    if (!value.empty()) table_.AddRow({{name, Ink::kFaint}, value});
  }
  void Print() const { table_.Print(streams_, "  "); }

 private:
  const Streams& streams_;
  Table table_;
};

void PrintTitle(const std::string& title, const std::string& name, const Streams& streams) {
  streams.out << Inked(Ink::kHeading, Printable(title), streams.colour) << "  "
              << Inked(Ink::kFaint, name, streams.colour) << "\n";
}

void PrintSection(const char* title, const Streams& streams) {
  streams.out << Inked(Ink::kHeading, title, streams.colour) << "\n";
}

std::string TravelOf(const v1::Travel& travel) {
  if (travel.anywhere()) return "anywhere";
  std::vector<std::string> parts;
  if (travel.radius_km() > 0) parts.push_back(absl::StrCat(travel.radius_km(), " km around home"));
  if (travel.places_size() > 0) parts.push_back(Places(travel.places()));
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

std::string RatingOf(const v1::Rating& rating) {
  if (rating.count() == 0) return "";
  return absl::StrCat(AsShare(rating.mean_thousandths() * int64_t{1000}), " of 5 from ",
                      Counted(rating.count(), "rating"));
}

std::string WishesOf(const v1::Wishes& wishes) {
  std::vector<std::string> parts;
  if (wishes.genres_size() > 0) parts.push_back(Joined(wishes.genres()));
  if (wishes.places_size() > 0) parts.push_back(absl::StrCat("in ", Places(wishes.places())));
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

std::string AttachedOf(const google::protobuf::RepeatedPtrField<v1::Attached>& attached) {
  return absl::StrJoin(attached, "; ", [](std::string* out, const v1::Attached& person) {
    absl::StrAppend(out, person.profile(), " (", absl::StrJoin(person.roles(), ", "), ")");
  });
}

std::string WantedSkills(const v1::Opening& opening) {
  return absl::StrJoin(opening.skills(), ", ", [](std::string* out, const v1::WantedSkill& skill) {
    absl::StrAppend(out, skill.skill(), " ", skill.level(), skill.required() ? " (required)" : "");
  });
}

std::string AskedCasting(const v1::CastingRequirement& casting) {
  std::vector<std::string> parts;
  for (const int gender : casting.genders()) {
    parts.push_back(Worded(static_cast<v1::Gender>(gender)));
  }
  parts.push_back(Range(casting.has_playing_age_from(), casting.playing_age_from(),
                        casting.playing_age_to(), " years"));
  parts.push_back(Range(casting.has_height_cm_from(), casting.height_cm_from(),
                        casting.height_cm_to(), " cm"));
  parts.erase(std::remove(parts.begin(), parts.end(), ""), parts.end());
  return absl::StrJoin(parts, ", ");
}

int64_t OpenSeats(const v1::Opening& opening) {
  return opening.headcount() -
         std::count_if(opening.seats().begin(), opening.seats().end(),
                       [](const v1::Seat& seat) { return !seat.profile().empty(); });
}

void PrintOpenings(const v1::Project& project, const Streams& streams) {
  if (project.openings().empty()) return;
  PrintSection("Openings", streams);
  Table table({{.title = "#", .right = true},
               {.title = "role"},
               {.title = "open", .right = true},
               {.title = "seats", .right = true},
               {.title = "state"},
               {.title = "when"},
               {.title = "pays to", .right = true},
               {.title = "skills", .shrinks = true}});
  for (const v1::Opening& opening : project.openings()) {
    const std::string number = opening.name().substr(opening.name().rfind('/') + 1);
    table.AddRow({number, RoleName(opening.role()), absl::StrCat(OpenSeats(opening)),
                  absl::StrCat(opening.headcount()), Worded(opening.state()),
                  Worded(opening.window()), Worded(opening.pay_ceiling()),
                  WantedSkills(opening)});
  }
  table.Print(streams, "  ");
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
  facts.Add("wishes", WishesOf(profile.wishes()));
  facts.Add("agency", profile.agency());
  facts.Add("owner", profile.organization());
  facts.Add("findability", Worded(profile.findability()));
  facts.Print();
  PrintRoles(profile, streams);
  PrintCredits(profile, streams);
  if (profile.calendar().empty()) return;
  PrintSection("Calendar", streams);
  PrintCalendar(profile, today, kCalendarMonths, streams);
}

void PrintCard(const v1::Project& project, const Streams& streams) {
  PrintTitle(project.title(), project.name(), streams);
  Facts facts(streams);
  facts.Add("place", PlaceName(project.place()));
  facts.Add("shoots", Worded(project.dates()));
  facts.Add("released", Worded(project.release_date()));
  facts.Add("budget", Worded(project.budget()));
  facts.Add("genres", Joined(project.genres()));
  facts.Add("tags", Joined(project.tags()));
  facts.Add("styles", Joined(project.styles()));
  facts.Add("companies", Joined(project.companies()));
  facts.Add("countries", Joined(project.countries()));
  facts.Add("language", project.original_language());
  facts.Add("attached", AttachedOf(project.attached()));
  facts.Add("owner", project.organization());
  facts.Add("findability", Worded(project.findability()));
  facts.Print();
  PrintOpenings(project, streams);
}

void PrintCard(const v1::Project& project, const v1::Opening& opening, const Streams& streams) {
  PrintTitle(absl::StrCat(RoleName(opening.role()), " for ", project.title()), opening.name(),
             streams);
  Facts facts(streams);
  facts.Add("seats", absl::StrCat(OpenSeats(opening), " open of ", opening.headcount()));
  facts.Add("state", Worded(opening.state()));
  facts.Add("place", PlaceName(opening.place().empty() ? project.place() : opening.place()));
  facts.Add("when", Worded(opening.window()));
  facts.Add("pays to", Worded(opening.pay_ceiling()));
  facts.Add("skills", WantedSkills(opening));
  facts.Add("languages", Joined(opening.languages()));
  facts.Add("credentials", Joined(opening.credentials()));
  facts.Add("genres", Joined(opening.genres().empty() ? project.genres() : opening.genres()));
  facts.Add("casting", AskedCasting(opening.casting()));
  facts.Add("trainees", opening.trainees_allowed() ? "also" : "");
  facts.Add("attached", AttachedOf(opening.attached()));
  facts.Print();
}

}  // namespace troupe
