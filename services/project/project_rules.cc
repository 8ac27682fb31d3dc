#include "services/project/project_rules.h"

#include <algorithm>
#include <string>
#include <vector>

#include "absl/container/flat_hash_map.h"
#include "absl/container/flat_hash_set.h"
#include "absl/status/statusor.h"
#include "absl/strings/str_cat.h"
#include "matcher/base/status_macros.h"
#include "matcher/domain/field.h"
#include "services/convert/resource_names.h"
#include "services/rpc/resource_errors.h"

namespace troupe {
namespace {

constexpr absl::string_view kFix = "name a profile that you can see";

// Visits everybody who is attached to `project` or on one of its seats.
template <typename Visit>
void ForEachPerson(const Project& project, Visit visit) {
  for (const Attached& person : project.attached) visit(person.profile);
  for (const Opening& opening : project.openings) {
    for (const Attached& person : opening.attached) visit(person.profile);
    for (const Seat& seat : opening.seats) {
      if (seat.profile) visit(seat.profile);
    }
  }
}

using People = absl::flat_hash_set<ProfileId>;

// Who may be on `next`: those on `stored`, and those who exist for its owner.
absl::StatusOr<People> WhoMayBeOn(const Project& stored, const Project& next,
                                  const ViewSnapshot& now) {
  People people;
  ForEachPerson(stored, [&](ProfileId profile) { people.insert(profile); });
  std::vector<EntityKey> others;
  ForEachPerson(next, [&](ProfileId profile) {
    if (!people.contains(profile)) others.push_back({EntityKind::kProfile, profile.value()});
  });
  TROUPE_ASSIGN_OR_RETURN(const std::vector<bool> visible,
                          now.AreVisibleTo(next.ownership.owner, others));
  for (size_t i = 0; i < others.size(); ++i) {
    if (visible[i]) people.insert(ProfileId(others[i].id));
  }
  return people;
}

void CheckAttached(const Field& list, const std::vector<Attached>& attached, const People& people) {
  for (size_t i = 0; i < attached.size(); ++i) {
    const Field entry = list[i];
    if (!people.contains(attached[i].profile)) {
      entry["profile"].Report("is not a profile that you can see", kFix);
    }
  }
}

void CheckSeats(const Field& list, const std::vector<Seat>& seats, const People& people) {
  for (const Seat& seat : seats) {
    if (!seat.profile || people.contains(seat.profile)) continue;
    list.Report(absl::StrCat("hold a profile on seat ", seat.number, " that you cannot see"), kFix);
  }
}

bool HasSeat(const Opening& opening, const Seat& seat) {
  return std::find(opening.seats.begin(), opening.seats.end(), seat) != opening.seats.end();
}

}  // namespace

void CheckOpeningsOnce(const Project& next, Violations& found) {
  absl::flat_hash_map<uint32_t, size_t> first;
  const Field project(&found);
  const Field openings = project["openings"];
  for (size_t i = 0; i < next.openings.size(); ++i) {
    const uint32_t number = next.openings[i].number;
    if (number == 0) continue;  // New.
    const auto [seen, is_new] = first.emplace(number, i);
    const Field opening = openings[i];
    if (!is_new) {
      opening["name"].Report(absl::StrCat("is that of entry ", seen->second, " too"),
                             "name each opening once, and a new one not at all");
    }
  }
}

absl::Status CheckNewPeople(const Project& stored, const Project& next, const ViewSnapshot& now,
                            Violations& found) {
  TROUPE_ASSIGN_OR_RETURN(const People people, WhoMayBeOn(stored, next, now));
  const Field project(&found);
  CheckAttached(project["attached"], next.attached, people);
  const Field openings = project["openings"];
  for (size_t i = 0; i < next.openings.size(); ++i) {
    const Field opening = openings[i];
    CheckAttached(opening["attached"], next.openings[i].attached, people);
    CheckSeats(opening["seats"], next.openings[i].seats, people);
  }
  return absl::OkStatus();
}

absl::Status CheckBookedSeats(const Project& stored, const Project& next) {
  Violations booked;
  const Field root(&booked);
  const Field openings = root["openings"];
  for (size_t i = 0; i < stored.openings.size(); ++i) {
    const Opening* const kept = next.FindOpening(stored.openings[i].number);
    const Field opening = openings[i];
    const Field seats = opening["seats"];
    for (const Seat& seat : stored.openings[i].seats) {
      if (seat.hold == 0 || (kept != nullptr && HasSeat(*kept, seat))) continue;
      const std::string hold = FormatName(HoldId{.profile = seat.profile, .number = seat.hold});
      seats.Report(absl::StrCat("seat ", seat.number, " is booked by ", hold),
                   "cancel that booking first");
    }
  }
  return StillInUse("SEAT_BOOKED",
                    "the change would take booked seats away: cancel their bookings first", booked);
}

absl::Status CheckNothingHeld(const Project& project, const ViewSnapshot& now) {
  Violations uses;
  const Field root(&uses);
  const Field openings = root["openings"];
  for (size_t i = 0; i < project.openings.size(); ++i) {
    const Field opening = openings[i];
    const Field seats = opening["seats"];
    for (const Seat& seat : project.openings[i].seats) {
      if (!seat.profile) continue;
      seats.Report(absl::StrCat("seat ", seat.number, " is filled by ", FormatName(seat.profile)),
                   "empty the seat first");
    }
  }
  TROUPE_ASSIGN_OR_RETURN(
      const std::vector<ProfileId> engaged,
      now.EngagedBy(project.id, now.pool().today(), project.ownership.owner, Field::kMostViolations));
  for (const ProfileId profile : engaged) {
    uses.Add(FormatName(profile), "has days held or booked for it", "release or cancel them first");
  }
  return StillInUse("PROJECT_HAS_HOLDS",
                    "people are on the project, or hold days for it: release them first", uses);
}

}  // namespace troupe
