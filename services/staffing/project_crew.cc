#include "services/staffing/project_crew.h"

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <map>
#include <optional>
#include <set>
#include <utility>

#include "absl/strings/str_cat.h"
#include "absl/strings/string_view.h"
#include "matcher/base/status_macros.h"
#include "matcher/base/violation.h"
#include "matcher/index/demand.h"
#include "matcher/index/profile_row.h"
#include "matcher/index/terms.h"
#include "matcher/rank/work_plan.h"
#include "services/records/profile_record.h"

namespace troupe {
namespace {

using staffing::CrewPerson;
using staffing::CrewSeat;
using staffing::Prospect;

constexpr size_t kMostPeople = 500;
// How likely a step between roles of one department is as shipped.
constexpr int64_t kNearMillionths = 20'000;

bool Contains(const std::vector<std::string>& roles, absl::string_view role) {
  return std::find(roles.begin(), roles.end(), role) != roles.end();
}

// A seat that somebody learns in, beside people who are attached to it in its role.
bool IsTraineeSeat(const Opening& opening, Day today) {
  const std::optional<DaySpan> dates = opening.Dates();
  const bool is_past = dates.has_value() && dates->limit <= today;
  const bool is_given_up = opening.state == Opening::State::kClosed && !opening.IsFilled();
  return opening.trainees_allowed && !is_past && !is_given_up &&
         std::any_of(opening.attached.begin(), opening.attached.end(),
                     [&](const Attached& person) { return Contains(person.roles, opening.role); });
}

// One of the project's people, as the project has it.
struct Member {
  struct InSeat {
    const Opening* opening;
    const Seat* seat;
  };
  std::vector<InSeat> seats;  // In the order of the openings.
  std::vector<std::string> attached_as;
  int32_t learners = 0;
  bool is_learning = false;
};

std::map<ProfileId, Member> MembersOf(const Project& project, Day today) {
  std::map<ProfileId, Member> members;
  const auto attach = [&](const Attached& person) -> Member& {
    Member& member = members[person.profile];
    member.attached_as.insert(member.attached_as.end(), person.roles.begin(),
                              person.roles.end());
    return member;
  };
  for (const Attached& person : project.attached) attach(person);
  for (const Opening& opening : project.openings) {
    const bool is_for_trainees = IsTraineeSeat(opening, today);
    for (const Attached& person : opening.attached) {
      Member& member = attach(person);
      if (!is_for_trainees) continue;
      if (Contains(person.roles, opening.role)) {
        member.learners += static_cast<int32_t>(opening.seats.size());
      } else {
        member.is_learning = true;
      }
    }
    for (const Seat& seat : opening.seats) {
      if (!seat.profile) continue;
      Member& member = members[seat.profile];
      member.seats.push_back({&opening, &seat});
      member.is_learning |= is_for_trainees;
    }
  }
  return members;
}

// The profiles of `members` that exist for `owner`, in their order.
absl::StatusOr<std::vector<std::optional<Profile>>> ProfilesOf(
    const std::map<ProfileId, Member>& members, const OrganizationId& owner,
    const ViewSnapshot& now) {
  std::vector<EntityKey> keys;
  for (const auto& [id, member] : members) keys.push_back({EntityKind::kProfile, id.value()});
  TROUPE_ASSIGN_OR_RETURN(const auto records, now.MultiGet(keys));
  std::vector<std::optional<Profile>> profiles(records.size());
  for (size_t i = 0; i < records.size(); ++i) {
    if (!records[i].has_value()) continue;
    TROUPE_ASSIGN_OR_RETURN(Profile profile, ParseProfile(records[i]->bytes));
    if (profile.ownership.IsVisibleTo(owner)) profiles[i] = std::move(profile);
  }
  return profiles;
}

// When people work and what else takes them up.
class Days {
 public:
  Days(const Project& project, Day today)
      : project_(project), ahead_{today, today + kCalendarHorizonDays} {}

  // What takes the person up beside the seats. What the person's side wrote for the very
  // project does not: only seats say on which days somebody is needed in it.
  std::vector<DaySpan> BusyOf(const Profile& profile) const {
    std::vector<CalendarEntry> entries = profile.TakenUp();
    std::erase_if(entries, [this](const CalendarEntry& entry) {
      return entry.project == project_.id && entry.hold == 0;
    });
    return Calendar(std::move(entries)).BusySpans();
  }

  // On which days who sits there works: as booked; else the earliest that the opening allows
  // and the calendar leaves; where the calendar leaves none, the earliest all the same, as
  // the owner has put the person there.
  std::vector<DaySpan> WorkIn(const Opening& opening, const Seat& seat,
                              const std::optional<Profile>& profile,
                              const std::vector<DaySpan>& busy) const {
    if (seat.hold != 0 && profile.has_value()) return BookedDays(*profile, seat.hold);
    const WorkPlan plan(MakeDemand(project_, opening), ahead_.start);
    std::optional<WorkDays> days = plan.EarliestWork({busy}, /*travel_days=*/0);
    if (!days.has_value()) days = plan.EarliestWork({}, /*travel_days=*/0);
    return days.has_value() ? Ahead(std::move(days->work)) : std::vector<DaySpan>();
  }

 private:
  std::vector<DaySpan> BookedDays(const Profile& profile, uint32_t hold) const {
    std::vector<DaySpan> days;
    for (const CalendarEntry& entry : profile.calendar.entries()) {
      if (entry.hold == hold && entry.kind == CalendarEntry::Kind::kBooked) {
        days.push_back(entry.days);
      }
    }
    return Ahead(std::move(days));
  }

  std::vector<DaySpan> Ahead(std::vector<DaySpan> days) const {
    for (DaySpan& span : days) {
      span = {std::max(span.start, ahead_.start), std::min(span.limit, ahead_.limit)};
    }
    std::erase_if(days, [](const DaySpan& span) { return span.IsEmpty(); });
    return Union(std::move(days));
  }

  const Project& project_;
  const DaySpan ahead_;
};

CrewPerson PersonOf(ProfileId id, const Member& member, const std::optional<Profile>& profile,
                    const Days& days) {
  CrewPerson person = {
      .id = id, .learners = member.learners, .is_learning = member.is_learning};
  if (profile.has_value()) person.busy = days.BusyOf(*profile);
  for (const Member::InSeat& in : member.seats) {
    const ProfileRole* held =
        profile.has_value() ? profile->FindRole(in.opening->role) : nullptr;
    person.seats.push_back({.role = static_cast<uint32_t>(RoleIndexOf(in.opening->role)),
                            .level = held == nullptr ? 0 : held->level,
                            .days = days.WorkIn(*in.opening, *in.seat, profile, person.busy)});
  }
  return person;
}

// Of the roles that others work in, by number.
std::vector<Prospect> ProspectsOf(const Profile& profile, const Member& member,
                                  const std::set<RoleIndex>& roles, const ProspectRules& rules) {
  const ProfileRow row = MakeProfileRow(profile);
  const ProfileView view = row.View();
  std::set<RoleIndex> own;
  for (const Member::InSeat& in : member.seats) own.insert(RoleIndexOf(in.opening->role));
  for (const std::string& role : member.attached_as) own.insert(RoleIndexOf(role));
  std::vector<Prospect> prospects;
  for (const RoleIndex role : roles) {
    const RoleRow* entry = view.FindRole(role);
    const bool is_wished = entry != nullptr && entry->grow_into != 0;
    if (own.contains(role) || (entry != nullptr && !is_wished)) continue;
    const int64_t chance = rules.adjacency.LikeliestInto(role, view.roles).chance;
    if (!is_wished && (rules.wishing_only || chance < kNearMillionths)) continue;
    prospects.push_back({.role = static_cast<uint32_t>(role),
                         .is_wished = is_wished,
                         .adjacency_millionths = chance});
  }
  return prospects;
}

std::string RoleOf(const Member& member) {
  if (!member.seats.empty()) return member.seats.front().opening->role;
  return member.attached_as.empty() ? "" : member.attached_as.front();
}

}  // namespace

absl::StatusOr<ProjectCrew> CrewOf(const Project& project, const ViewSnapshot& now,
                                   const ProspectRules& rules) {
  const Day today = now.pool().today();
  const std::map<ProfileId, Member> members = MembersOf(project, today);
  if (members.size() > kMostPeople) {
    return ErrorWithReason(absl::StatusCode::kFailedPrecondition, "CREW_TOO_LARGE",
                           absl::StrCat("the project has ", members.size(),
                                        " people: split it, 500 are the most"));
  }
  TROUPE_ASSIGN_OR_RETURN(const std::vector<std::optional<Profile>> profiles,
                          ProfilesOf(members, project.ownership.owner, now));
  const Days days(project, today);
  ProjectCrew crew;
  std::set<RoleIndex> roles;
  size_t number = 0;
  for (const auto& [id, member] : members) {
    crew.people.push_back(PersonOf(id, member, profiles[number++], days));
    crew.roles.push_back(RoleOf(member));
    std::vector<const Opening*>& openings = crew.openings.emplace_back();
    for (const Member::InSeat& in : member.seats) {
      openings.push_back(in.opening);
      const RoleIndex role = RoleIndexOf(in.opening->role);
      if (role != kNone) roles.insert(role);
    }
  }
  number = 0;
  for (const auto& [id, member] : members) {
    const std::optional<Profile>& profile = profiles[number];
    if (profile.has_value()) {
      crew.people[number].prospects = ProspectsOf(*profile, member, roles, rules);
    }
    ++number;
  }
  return crew;
}

}  // namespace troupe
