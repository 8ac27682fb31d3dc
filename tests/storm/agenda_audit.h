#ifndef TROUPE_TESTS_STORM_AGENDA_AUDIT_H_
#define TROUPE_TESTS_STORM_AGENDA_AUDIT_H_

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "absl/status/status.h"
#include "matcher/base/clock.h"
#include "matcher/hold/agenda.h"
#include "services/log/change_log.h"
#include "tests/storm/findings.h"

namespace troupe::testing {

// What a log tells of holds.
struct AgendaAuditCounts {
  int64_t records = 0;    // Read one after the other.
  int64_t agendas = 0;    // Of them: that wrote an agenda.
  int64_t bookings = 0;   // Begun, and found to be first.
  int64_t endings = 0;    // Holds that ended, of any kind.
  int64_t promotions = 0; // Days on which somebody moved up to first.
  int64_t orphans = 0;    // Bookings that went with their person, whose seats are to be told.
  int64_t bases = 0;      // Whole bases that equal the base before and the log after it.
};

// Reads a log from where it stopped last, record by record, and checks that no
// record books past a hold that stands above, or takes somebody's turn away;
// and that the base of every shard is what the base before and the records
// since come to. It knows the rules by itself, not by matcher/hold, of whose
// values it makes use. Thread-compatible.
class AgendaAudit {
 public:
  // Nobody has the log in `directory` open while Follow runs. `clock` and
  // `findings` outlive it.
  AgendaAudit(LogName name, std::string directory, const Clock* clock, Findings* findings)
      : name_(name), directory_(std::move(directory)), clock_(clock), findings_(findings) {}

  // The first time it only takes the base.
  absl::Status Follow();

  const AgendaAuditCounts& counts() const { return counts_; }

 private:
  struct Known {
    uint64_t version = kNoVersion;
    std::string value;
  };
  using Entities = std::map<EntityKey, Known>;

  static absl::Status TakeBase(LogReader& log, Entities& entities, std::vector<Cursor>& cursors);
  absl::Status ReadOn(ChangeLog& log);
  absl::Status Apply(const ReadRecord& record);
  absl::Status CheckChange(const EntityChange& change, const std::string& before);
  absl::Status CheckAgenda(const std::string& before, const std::string& after);
  absl::Status CheckRemains(const EntityChange& change, const std::string& before);
  absl::Status CheckDecisions(const std::string& before, const std::string& after);
  void CompareBase(const Entities& base);
  absl::Status CheckCalendars();

  const LogName name_;
  const std::string directory_;
  const Clock* const clock_;
  Findings* const findings_;
  std::optional<Entities> entities_;  // As of `cursors_`.
  std::vector<Cursor> cursors_;
  AgendaAuditCounts counts_;
};

// What is wrong with one step of an agenda, each as the Wrong and a text; empty
// if nothing is. Adds to `counts`.
std::vector<std::pair<Wrong, std::string>> WrongsOfStep(const Agenda& before, const Agenda& after,
                                                        AgendaAuditCounts& counts);

}  // namespace troupe::testing

#endif  // TROUPE_TESTS_STORM_AGENDA_AUDIT_H_
