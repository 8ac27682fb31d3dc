#include "services/cli/project_card.h"

#include <algorithm>
#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "absl/strings/string_view.h"
#include "google/protobuf/repeated_ptr_field.h"
#include "services/cli/card_parts.h"
#include "services/cli/table.h"
#include "services/cli/wording.h"

namespace troupe {
namespace {

std::string Range(bool has, int32_t from, int32_t to, absl::string_view unit) {
  if (!has) return "";
  return to == 0 ? absl::StrCat("from ", from, unit) : absl::StrCat(from, " to ", to, unit);
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
                  DatesAskedFor(opening), Worded(opening.pay_ceiling()),
                  WantedSkills(opening)});
  }
  table.Print(streams, "  ");
}

}  // namespace

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
  facts.Add("when", DatesAskedFor(opening));
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
