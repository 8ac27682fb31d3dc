#include "tests/storm/agenda_audit.h"

#include <algorithm>
#include <memory>
#include <set>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"
#include "matcher/base/status_macros.h"
#include "services/log/base_scan.h"
#include "services/log/rocks_log.h"
#include "services/records/agenda_record.h"
#include "services/records/decisions_record.h"
#include "services/records/profile_record.h"
#include "tests/testing/log_calls.h"

namespace troupe::testing {
namespace {

using Kind = HoldEvent::Kind;

// Where a state may go in one step, itself included. RELEASED goes back if the
// booking that did it is cancelled.
bool MayBecome(const Hold& before, const Hold& after, const Agenda& agenda) {
  if (before.state == after.state) return true;
  switch (before.state) {
    case HoldState::kOffered:
      return after.state != HoldState::kBooked && after.state != HoldState::kCancelled;
    case HoldState::kAccepted:
      return after.state != HoldState::kOffered && after.state != HoldState::kCancelled;
    case HoldState::kBooked:
      return after.state == HoldState::kCancelled;
    case HoldState::kReleased: {
      const Hold* const by = before.end.has_value() ? agenda.Find(before.end->booked_by) : nullptr;
      return by != nullptr && by->state == HoldState::kCancelled && after.IsActive() &&
             after.state == before.end->state_before;
    }
    default:
      return false;
  }
}

// The first option of every day.
std::map<Day, const Hold*> FirstsOf(const Agenda& agenda) {
  std::map<Day, const Hold*> firsts;
  for (const Hold& hold : agenda.holds) {
    if (!hold.IsActive()) continue;
    for (const Day day : hold.days) {
      const Hold*& first = firsts[day];
      if (first == nullptr || hold.position < first->position) first = &hold;
    }
  }
  return firsts;
}

// Whether a step told `hold` that it is first on `day`.
bool WasTold(const Hold& hold, uint32_t events_before, Day day) {
  const size_t news = std::min<size_t>(hold.events - events_before, hold.history.size());
  return std::any_of(hold.history.end() - static_cast<std::ptrdiff_t>(news), hold.history.end(),
                     [&](const HoldEvent& event) {
                       return event.kind == Kind::kPromoted && event.days.Contains(day);
                     });
}

class Step {
 public:
  Step(const Agenda& before, const Agenda& after, AgendaAuditCounts& counts)
      : before_(before), after_(after), counts_(counts) {}

  std::vector<std::pair<Wrong, std::string>> Wrongs() && {
    for (const Hold& old : before_.holds) {
      const Hold* const hold = after_.Find(old.number);
      if (hold == nullptr) {
        Add(Wrong::kLost, old, "is gone");
      } else {
        CheckStates(old, *hold);
      }
    }
    for (const Hold& hold : after_.holds) CheckBooking(hold);
    CheckPromotions();
    return std::move(wrongs_);
  }

 private:
  void Add(Wrong wrong, const Hold& hold, absl::string_view text) {
    wrongs_.emplace_back(wrong, absl::StrFormat("profiles/%016x/holds/%d %s",
                                                after_.profile.value(), hold.number, text));
  }

  void CheckStates(const Hold& old, const Hold& hold) {
    if (!MayBecome(old, hold, after_)) Add(Wrong::kHalfApplied, hold, "went where none may go");
    if (!old.end.has_value() && hold.end.has_value()) ++counts_.endings;
    if (hold.position < old.position) Add(Wrong::kSkippedQueue, hold, "moved up by itself");
    const bool booked = !old.IsBooked() && hold.IsBooked();
    if (booked && !old.IsUndecided()) Add(Wrong::kSkippedQueue, hold, "was booked at once");
  }

  // At the moment when it is begun, and as long as it stands, a confirmation has
  // nobody above it on its days, and a booking nobody on them at all.
  void CheckBooking(const Hold& hold) {
    const Hold* const old = before_.Find(hold.number);
    const bool begins = hold.IsUndecided() && (old == nullptr || !old->IsUndecided());
    if (begins) {
      ++counts_.bookings;
      if (hold.deadline <= hold.confirmation->begun) {
        Add(Wrong::kSkippedQueue, hold, "is confirmed after its deadline");
      }
      if (hold.state != HoldState::kAccepted) {
        Add(Wrong::kSkippedQueue, hold, "is confirmed and nobody accepted it");
      }
    }
    if (!hold.IsBooked() && !hold.IsUndecided()) return;
    const Days days = hold.IsBooked() ? hold.days : hold.confirmation->days.All();
    for (const Hold& other : after_.holds) {
      if (other.number == hold.number) continue;
      if (other.IsActive() && other.days.Meets(days) &&
          (hold.IsBooked() || other.position < hold.position)) {
        Add(Wrong::kSkippedQueue, hold, absl::StrCat("is booked past hold ", other.number));
      }
      if (other.IsBooked() && other.days.Meets(days)) {
        Add(Wrong::kDoubleBooked, hold, absl::StrCat("shares days with hold ", other.number));
      }
      if (hold.IsUndecided() && other.IsUndecided() &&
          other.confirmation->days.All().Meets(days)) {
        Add(Wrong::kDoubleBooked, hold, absl::StrCat("and hold ", other.number, " are pending"));
      }
    }
  }

  // Who stood on a day and is first there now, and was not, has been told.
  void CheckPromotions() {
    const std::map<Day, const Hold*> firsts = FirstsOf(before_);
    for (const auto& [day, first] : FirstsOf(after_)) {
      const Hold* const old = before_.Find(first->number);
      if (old == nullptr || !old->IsActive() || !old->days.Contains(day)) continue;
      if (const auto was = firsts.find(day); was->second->number == first->number) continue;
      ++counts_.promotions;
      if (WasTold(*first, old->events, day)) continue;
      Add(Wrong::kLostPromotion, *first, absl::StrCat("is first on ", day.ToString(),
                                                      " and was not told"));
    }
  }

  const Agenda& before_;
  const Agenda& after_;
  AgendaAuditCounts& counts_;
  std::vector<std::pair<Wrong, std::string>> wrongs_;
};

}  // namespace

static bool DeletesProfile(const ReadRecord& record, const EntityKey& agenda) {
  return agenda.kind == EntityKind::kAgenda &&
         std::any_of(record.changes.begin(), record.changes.end(), [&](const auto& change) {
           return change.entity == EntityKey{EntityKind::kProfile, agenda.id} &&
                  !change.value.has_value();
         });
}

std::vector<std::pair<Wrong, std::string>> WrongsOfStep(const Agenda& before, const Agenda& after,
                                                        AgendaAuditCounts& counts) {
  return Step(before, after, counts).Wrongs();
}

absl::Status AgendaAudit::TakeBase(LogReader& log, Entities& entities,
                                   std::vector<Cursor>& cursors) {
  const auto take = [&](BaseEntity entity) {
    entities[entity.entity] = {.version = entity.version, .value = std::move(entity.value)};
    return absl::OkStatus();
  };
  TROUPE_ASSIGN_OR_RETURN(cursors, ScanBase(log, take));
  return absl::OkStatus();
}

absl::Status AgendaAudit::Follow() {
  TROUPE_ASSIGN_OR_RETURN(const std::unique_ptr<StoredLog> log,
                          OpenRocksLog(*clock_, {.directory = directory_, .name = name_}));
  if (!entities_.has_value()) {
    entities_.emplace();
    return TakeBase(*log, *entities_, cursors_);
  }
  TROUPE_RETURN_IF_ERROR(ReadOn(*log));
  Entities base;
  std::vector<Cursor> cursors;
  TROUPE_RETURN_IF_ERROR(TakeBase(*log, base, cursors));
  if (cursors != cursors_) {
    findings_->Add(Wrong::kDisagreed, "the base of the log stands elsewhere than its end");
  }
  CompareBase(base);
  return CheckCalendars();
}

absl::Status AgendaAudit::ReadOn(ChangeLog& log) {
  while (true) {
    TROUPE_ASSIGN_OR_RETURN(const std::vector<ReadRecord> records, ReadNow(log, cursors_));
    if (records.empty()) return absl::OkStatus();
    for (const ReadRecord& record : records) {
      TROUPE_RETURN_IF_ERROR(Apply(record));
      const auto cursor = std::find_if(cursors_.begin(), cursors_.end(), [&](const Cursor& one) {
        return one.shard == record.shard;
      });
      cursor->after = record.pos;
    }
  }
}

absl::Status AgendaAudit::Apply(const ReadRecord& record) {
  ++counts_.records;
  for (const EntityChange& change : record.changes) {
    const auto known = entities_->find(change.entity);
    const std::string before = known == entities_->end() ? "" : known->second.value;
    TROUPE_RETURN_IF_ERROR(DeletesProfile(record, change.entity)
                               ? CheckRemains(change, before)
                               : CheckChange(change, before));
    if (change.value.has_value()) {
      (*entities_)[change.entity] = {.version = record.pos.seq, .value = *change.value};
    } else if (known != entities_->end()) {
      entities_->erase(known);
    }
  }
  return absl::OkStatus();
}

// Of an agenda whose profile is deleted, exactly the seats of its bookings stay.
absl::Status AgendaAudit::CheckRemains(const EntityChange& change, const std::string& before) {
  Agenda was, is;
  if (!before.empty()) {
    TROUPE_ASSIGN_OR_RETURN(was, ParseAgenda(before));
  }
  if (change.value.has_value()) {
    TROUPE_ASSIGN_OR_RETURN(is, ParseAgenda(*change.value));
  }
  std::vector<OrphanedSeat> left = was.orphaned_seats;
  for (const Hold& hold : was.holds) {
    if (hold.IsUndecided() || hold.seat_to_vacate) {
      findings_->Add(Wrong::kHalfApplied, "a profile was deleted with something undecided");
    }
    if (hold.IsBooked()) left.push_back({hold.opening.project, hold.number});
  }
  counts_.orphans += static_cast<int64_t>(left.size());
  if (is.holds.empty() && is.orphaned_seats == left) return absl::OkStatus();
  findings_->Add(Wrong::kHalfApplied, "a profile was deleted and not its holds, or their seats "
                                      "are forgotten");
  return absl::OkStatus();
}

absl::Status AgendaAudit::CheckChange(const EntityChange& change, const std::string& before) {
  if (!change.value.has_value()) return absl::OkStatus();
  if (change.entity.kind == EntityKind::kAgenda) return CheckAgenda(before, *change.value);
  if (change.entity.kind == EntityKind::kDecisions) return CheckDecisions(before, *change.value);
  return absl::OkStatus();
}

absl::Status AgendaAudit::CheckAgenda(const std::string& before, const std::string& after) {
  ++counts_.agendas;
  TROUPE_ASSIGN_OR_RETURN(const Agenda is, ParseAgenda(after));
  Agenda was;
  was.profile = is.profile;
  if (!before.empty()) {
    TROUPE_ASSIGN_OR_RETURN(was, ParseAgenda(before));
  }
  for (const auto& [wrong, text] : WrongsOfStep(was, is, counts_)) findings_->Add(wrong, text);
  return absl::OkStatus();
}

// What is decided stays decided, as long as it is remembered.
absl::Status AgendaAudit::CheckDecisions(const std::string& before, const std::string& after) {
  if (before.empty()) return absl::OkStatus();
  TROUPE_ASSIGN_OR_RETURN(const ProjectDecisions was, ParseDecisions(before));
  TROUPE_ASSIGN_OR_RETURN(const ProjectDecisions is, ParseDecisions(after));
  for (const SeatDecision& decision : was.decisions) {
    const SeatDecision* const now = is.Find(decision.id);
    if (now == nullptr || *now == decision) continue;
    findings_->Add(Wrong::kHalfApplied, "a decision about seats was changed");
  }
  return absl::OkStatus();
}

void AgendaAudit::CompareBase(const Entities& base) {
  const auto same = [](const auto& a, const auto& b) {
    return a.first == b.first && a.second.version == b.second.version &&
           a.second.value == b.second.value;
  };
  if (base.size() == entities_->size() &&
      std::equal(base.begin(), base.end(), entities_->begin(), same)) {
    ++counts_.bases;
    return;
  }
  findings_->Add(Wrong::kDisagreed, absl::StrCat("the base before and the log after it give ",
                                                 entities_->size(), " entities, the base has ",
                                                 base.size(), ", or they differ"));
}

// Profiles show in their calendars what their agendas say.
absl::Status AgendaAudit::CheckCalendars() {
  for (const auto& [key, known] : *entities_) {
    if (key.kind != EntityKind::kAgenda) continue;
    TROUPE_ASSIGN_OR_RETURN(const Agenda agenda, ParseAgenda(known.value));
    const auto profile = entities_->find({EntityKind::kProfile, key.id});
    if (profile == entities_->end()) {
      if (agenda.holds.empty() && !agenda.orphaned_seats.empty()) continue;
      findings_->Add(Wrong::kResurrected, "there are holds of a profile that is gone");
      continue;
    }
    TROUPE_ASSIGN_OR_RETURN(const Profile person, ParseProfile(profile->second.value));
    if (person.calendar == WithHolds(person.calendar, agenda)) continue;
    findings_->Add(Wrong::kDisagreed, absl::StrFormat("the calendar of profiles/%016x is not that "
                                                      "of its holds", key.id));
  }
  return absl::OkStatus();
}

}  // namespace troupe::testing
