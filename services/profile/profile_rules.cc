#include "services/profile/profile_rules.h"

#include <optional>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/strings/str_cat.h"
#include "matcher/base/status_macros.h"
#include "matcher/base/violation.h"
#include "matcher/domain/field.h"
#include "matcher/hold/agenda.h"
#include "services/convert/resource_names.h"
#include "services/records/agenda_record.h"
#include "services/rpc/resource_errors.h"

namespace troupe {

absl::Status CheckNotBooked(const Profile& profile, Day today) {
  Violations bookings;
  const Field root(&bookings);
  const Field calendar = root["calendar"];
  const std::vector<CalendarEntry>& entries = profile.calendar.entries();
  for (size_t i = 0; i < entries.size(); ++i) {
    const CalendarEntry& entry = entries[i];
    const bool is_travel = entry.kind == CalendarEntry::Kind::kTravel && entry.hold != 0;
    const bool is_booked = entry.kind == CalendarEntry::Kind::kBooked || is_travel;
    if (!is_booked || entry.days.limit <= today) continue;
    const std::string project =
        entry.project ? absl::StrCat(" for ", FormatName(entry.project)) : "";
    const HoldId hold{.profile = profile.id, .number = entry.hold};
    const Field booking = calendar[i];
    booking.Report(absl::StrCat("books ", entry.days.ToString(), project),
                   entry.hold != 0 ? absl::StrCat("cancel ", FormatName(hold), " first")
                                   : "take it off the calendar first");
  }
  return StillInUse("PROFILE_BOOKED", "the profile is booked: cancel its bookings first", bookings);
}

static absl::StatusOr<std::optional<StoredRecord>> FindStoredAgenda(const Profile& profile,
                                                                    const ViewSnapshot& now) {
  return now.Get({EntityKind::kAgenda, profile.id.value()});
}

absl::Status CheckNothingUndecided(const Profile& profile, const ViewSnapshot& now) {
  TROUPE_ASSIGN_OR_RETURN(const auto stored, FindStoredAgenda(profile, now));
  if (!stored.has_value()) return absl::OkStatus();
  TROUPE_ASSIGN_OR_RETURN(const Agenda agenda, ParseAgenda(stored->bytes));
  Violations undecided;
  for (const Hold& hold : agenda.holds) {
    if (!hold.IsUndecided() && !hold.seat_to_vacate) continue;
    undecided.Add(FormatName(HoldId{.profile = profile.id, .number = hold.number}),
                  hold.IsUndecided() ? "is being confirmed" : "was cancelled just now",
                  "try again in a minute");
  }
  return StillInUse("CONFIRMATION_PENDING",
                    "days of the profile are being booked: try again in a minute", undecided);
}

absl::Status AddAgendaTo(const Profile& profile, const ViewSnapshot& now,
                         std::vector<Mutation>& mutations) {
  TROUPE_ASSIGN_OR_RETURN(const auto stored, FindStoredAgenda(profile, now));
  if (!stored.has_value()) return absl::OkStatus();
  TROUPE_ASSIGN_OR_RETURN(const Agenda agenda, ParseAgenda(stored->bytes));
  const std::optional<Agenda> remains = RemainsOf(agenda);
  mutations.push_back(
      {.entity = stored->entity,
       .expected_version = stored->version,
       .value = remains.has_value() ? std::optional(SerializeAgenda(*remains)) : std::nullopt,
       .audience_before = SerializeAudience(AudienceOf(profile.ownership.owner, agenda))});
  return absl::OkStatus();
}

}  // namespace troupe
