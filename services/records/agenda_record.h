#ifndef TROUPE_SERVICES_RECORDS_AGENDA_RECORD_H_
#define TROUPE_SERVICES_RECORDS_AGENDA_RECORD_H_

#include <cstdint>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "matcher/base/ids.h"
#include "matcher/hold/agenda.h"

namespace troupe {

// The bytes that a profile's holds are stored as. Equal agendas give equal
// bytes. Times are kept to the microsecond; all else is kept exactly.
std::string SerializeAgenda(const Agenda& agenda);

// The agenda that `bytes` hold. Returns DATA_LOSS, reason RECORD_UNREADABLE, for
// anything that SerializeAgenda did not write.
absl::StatusOr<Agenda> ParseAgenda(absl::string_view bytes);

// Who was a side of one hold, beside the owner of the profile.
struct HoldAudience {
  uint32_t number = 0;
  OrganizationId holder;
  ProjectId project;
  uint64_t revision = 0;

  friend bool operator==(const HoldAudience&, const HoldAudience&) = default;
};

// Whose the holds of an agenda were, and in which revisions; see Mutation::audience_before.
struct AgendaAudience {
  OrganizationId owner;  // Of the profile.
  std::vector<HoldAudience> holds;

  friend bool operator==(const AgendaAudience&, const AgendaAudience&) = default;
};

AgendaAudience AudienceOf(const OrganizationId& owner, const Agenda& agenda);
std::string SerializeAudience(const AgendaAudience& audience);
// Returns DATA_LOSS, reason RECORD_UNREADABLE.
absl::StatusOr<AgendaAudience> ParseAgendaAudience(absl::string_view bytes);

}  // namespace troupe

#endif  // TROUPE_SERVICES_RECORDS_AGENDA_RECORD_H_
