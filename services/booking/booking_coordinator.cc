#include "services/booking/booking_coordinator.h"

#include <algorithm>
#include <atomic>
#include <utility>

#include "absl/strings/str_cat.h"
#include "matcher/base/stable_hash.h"
#include "matcher/base/status_macros.h"
#include "matcher/base/violation.h"
#include "matcher/hold/hold_rules.h"
#include "services/booking/confirmation_refusal.h"
#include "services/convert/resource_names.h"
#include "services/rpc/resource_errors.h"
#include "spdlog/spdlog.h"

namespace troupe {
namespace {

// Who is asked in vain for so long stays so for a while: the operator hears of it.
constexpr int kFailuresToTell = 20;

absl::Status Stopping() {
  return ErrorWithReason(absl::StatusCode::kUnavailable, "SEATS_UNREACHABLE",
                         "the server stops before it is known what became of this: retry with "
                         "the same request_id");
}

// No organization's request id begins like this.
std::string LogRequestIdOf(absl::string_view method, DecisionId decision, HoldId hold) {
  return absl::StrCat("_booking/", method, "/", absl::Hex(decision.value()), "/",
                      absl::Hex(hold.profile.value()), "/", hold.number);
}

absl::Status NoHold(HoldId hold) { return RecordNotFound("hold", FormatName(hold)); }

bool IsTaken(const Hold& hold, DecisionId decision) {
  return hold.decision == decision ||
         (hold.confirmation.has_value() && hold.confirmation->decision == decision);
}

// Nothing is left to be done for a profile or hold that is gone.
bool IsOver(const absl::Status& status) { return status.ok() || absl::IsNotFound(status); }

}  // namespace

DecisionId DecisionIdOf(const OrganizationId& caller, absl::string_view request_id) {
  const uint64_t hash = StableHash({"confirmation", caller.slug, request_id});
  return DecisionId(hash == 0 ? 1 : hash);
}

std::optional<absl::Time> RecoveryDue(const Agenda& agenda) {
  std::optional<absl::Time> due;
  if (!agenda.orphaned_seats.empty()) return absl::InfinitePast();
  for (const Hold& hold : agenda.holds) {
    if (hold.seat_to_vacate) return absl::InfinitePast();
    if (!hold.confirmation.has_value()) continue;
    due = due.has_value() ? std::min(*due, hold.confirmation->deadline)
                          : hold.confirmation->deadline;
  }
  return due;
}

// What is under way: it lives until its last callback is gone.
class BookingCoordinator::Work {
 public:
  Work(BookingCoordinator* coordinator, std::vector<HoldId> holds)
      : coordinator_(coordinator), holds_(std::move(holds)) {}
  Work(const Work&) = delete;
  Work& operator=(const Work&) = delete;

 protected:
  // Last: nothing of the coordinator is used afterwards.
  ~Work() {
    LetGo();
    coordinator_->End();
  }

  // Nothing is left to do about the holds. Before anybody is told so: callbacks
  // may keep this for a while, and a recovery is not to pass over these holds.
  void LetGo() {
    if (!has_let_go_.exchange(true)) coordinator_->LetGo(holds_);
  }

  const Tools& tools() const { return coordinator_->tools_; }
  BookingCoordinator& coordinator() const { return *coordinator_; }
  void Reach(absl::string_view step) const { troupe::Reach(tools().steps, step); }

  // Tries `again` after a while, unless the process ends before.
  void Retry(absl::string_view what, std::atomic<int>& failures, const absl::Status& why,
             std::function<void()> again) const {
    const int so_far = ++failures;
    if (so_far % kFailuresToTell == 0) {
      spdlog::warn("{} has failed {} times, and is tried again: {}",
                   std::string(what), so_far, std::string(why.message()));
    }
    tools().timer->After(PauseAfter(so_far), std::move(again));
  }

 private:
  BookingCoordinator* const coordinator_;
  const std::vector<HoldId> holds_;
  std::atomic<bool> has_let_go_ = false;
};

// One confirmation on its way through the steps. Each step is entered when the
// one before is done for all holds.
class BookingCoordinator::Confirmation final
    : public Work,
      public std::enable_shared_from_this<BookingCoordinator::Confirmation> {
 public:
  Confirmation(BookingCoordinator* coordinator, std::vector<HoldId> holds,
               ConfirmationRequest request, absl::Time deadline,
               Done<std::vector<StoredAgenda>> done)
      : Work(coordinator, std::move(holds)),
        request_(std::move(request)),
        deadline_(deadline),
        done_(std::move(done)),
        booked_(request_.holds.size()),
        failures_(request_.holds.size()) {}
  ~Confirmation() { Answer(Stopping()); }

  // From the beginning.
  void Start() {
    coordinator().AwaitTurn(request_.decision, [self = shared_from_this()] {
      self->has_turn_ = true;
      self->tools().executor->Run([self] { self->Check(); });
    });
  }

  // What is left of one whose process died: `wishes` are all that is known.
  void Abort(ProjectId project, std::vector<SeatWish> wishes) {
    project_ = project;
    wishes_ = std::move(wishes);
    Decide(Decision::kAbort);
  }

 private:
  // The intent on one hold, on `agenda`. Changes nothing if there is nothing to
  // do any more.
  absl::StatusOr<Notices> Intend(const HoldToBook& wish, const StoredAgenda& stored,
                                 Agenda& agenda, const Moment& moment) const {
    const Hold* const hold = agenda.Find(wish.id.number);
    const bool is_holder = hold != nullptr && hold->holder == request_.caller;
    const bool is_person = stored.profile.ownership.owner == request_.caller;
    if (hold == nullptr || (!is_holder && !is_person)) return NoHold(wish.id);
    if (!is_holder) {
      return ErrorWithReason(absl::StatusCode::kPermissionDenied, "WRONG_SIDE",
                             "only the holder confirms a hold: accept or decline it instead");
    }
    if (project_ && hold->opening.project != *project_) {
      return InvalidField(FormatName(wish.id), "is for another project",
                          "confirm the holds of one project at a time");
    }
    if (hold->decision == request_.decision) return Notices();
    const bool is_stale = wish.revision.has_value() && *wish.revision != hold->revision;
    if (is_stale && !IsTaken(*hold, request_.decision)) return StaleEtag("hold");
    absl::StatusOr<Notices> begun =
        BeginConfirmation(agenda,
                          {.hold = wish.id.number,
                           .decision = request_.decision,
                           .work = wish.work,
                           .seat = wish.seat},
                          OwnBusyDays(stored.profile, moment.today), moment);
    if (!absl::IsInvalidArgument(begun.status())) return begun;
    // As the client calls them.
    const std::vector<FieldViolation> found = ViolationsOf(begun.status());
    return found.empty() ? begun.status()
                         : InvalidField("work_dates", found[0].problem, found[0].fix);
  }

  // Whether all could be intended, without writing anything.
  void Check() {
    const std::shared_ptr<const ViewSnapshot> now = tools().view->Now();
    const absl::Time time = tools().agendas->Now();
    seats_deadline_ = time + kConfirmationPeriod;
    project_ = request_.project;
    ConfirmationRefusal refusal;
    bool are_all_taken = true;
    for (const HoldToBook& wish : request_.holds) {
      const auto stored = FindAgenda(*now, wish.id.profile);
      if (!stored.ok()) return Finish(stored.status());
      if (!stored->has_value()) {
        refusal.Add(wish.id, NoHold(wish.id), nullptr);
        continue;
      }
      Agenda agenda = (*stored)->agenda;
      const Hold* const before = agenda.Find(wish.id.number);
      const bool is_taken = before != nullptr && IsTaken(*before, request_.decision);
      are_all_taken = are_all_taken && is_taken;
      is_begun_ = is_begun_ || is_taken;
      if (before != nullptr) {
        if (!project_) project_ = before->opening.project;
        wishes_.push_back({before->opening.number, wish.seat, wish.id});
      }
      const Moment moment = MomentOf((*stored)->profile, time, now->pool().today());
      const absl::StatusOr<Notices> intended = Intend(wish, **stored, agenda, moment);
      if (!intended.ok()) refusal.Add(wish.id, intended.status(), &(*stored)->agenda);
    }
    refused_ = refusal.ToStatus();
    if (!refused_.ok()) {
      // What an earlier try has begun is to be over before anybody is answered.
      if (is_begun_) return Decide(Decision::kAbort);
      if (!request_.may_be_retry || !project_) return Finish(refused_);
    } else {
      Reach("confirmation checked");
      // All has been intended, perhaps decided: the seats may be others' since.
      if (are_all_taken) return IntendAll();
    }
    tools().seats->Describe(
        *project_, request_.decision, deadline_,
        [self = shared_from_this()](absl::StatusOr<DescribedProject> described) {
          self->tools().executor->Run(
              [self, described = std::move(described)] { self->CheckSeats(described); });
        });
  }

  DecisionRequest Request(Decision wanted) const {
    return {.id = request_.decision,
            .wanted = wanted,
            .caller = request_.caller,
            .deadline = seats_deadline_,
            .body_hash = request_.body_hash,
            .seats = wishes_};
  }

  // Whether it would be committed, as of now; unless it is decided already.
  void CheckSeats(const absl::StatusOr<DescribedProject>& described) {
    if (!described.ok()) return Finish(described.status());
    if (described->decision.has_value()) return Decide(Decision::kAbort);
    if (!refused_.ok()) return Finish(refused_);
    std::optional<Project> project = described->project;
    ProjectDecisions none;
    const Decided decided =
        troupe::Decide(Request(Decision::kCommit), tools().agendas->Now(),
                       project.has_value() ? &*project : nullptr, none);
    if (decided.decision.outcome == Decision::kAbort) {
      if (is_begun_) return Decide(Decision::kAbort);
      return Finish(RefusalOf(decided.decision, wishes_));
    }
    Reach("seats described");
    IntendAll();
  }

  void IntendAll() {
    Await(request_.holds.size());
    for (size_t i = 0; i < request_.holds.size(); ++i) {
      const HoldToBook& wish = request_.holds[i];
      Reach("intent to be written");
      tools().agendas->Apply(
          {.profile = wish.id.profile,
           .log_request_id = LogRequestIdOf("intend", request_.decision, wish.id),
           .body_hash = request_.decision.value(),
           .command =
               [self = shared_from_this(), &wish](const StoredAgenda& stored, Agenda& agenda,
                                                  const Moment& moment) {
                 return self->Intend(wish, stored, agenda, moment);
               }},
          deadline_, [self = shared_from_this(), &wish](const auto& changed) {
            self->Intended(wish, changed.status());
          });
    }
  }

  // The next step is for so many holds.
  void Await(size_t holds) {
    absl::MutexLock lock(&mutex_);
    left_ = holds;
  }

  void Intended(const HoldToBook& wish, const absl::Status& status) {
    if (status.ok()) Reach("intent written");
    bool all_intended = false;
    {
      absl::MutexLock lock(&mutex_);
      if (!status.ok()) refusal_.Add(wish.id, status, nullptr);
      if (--left_ != 0) return;
      all_intended = refusal_.empty();
    }
    Reach("intents written");
    Decide(all_intended ? Decision::kCommit : Decision::kAbort);
  }

  void Decide(Decision wanted) {
    EndTurn();
    Reach("decision to be asked for");
    tools().seats->Decide(
        *project_, Request(wanted), absl::InfiniteFuture(),
        [self = shared_from_this(), wanted](const absl::StatusOr<SeatDecision>& decided) {
          self->tools().executor->Run([self, wanted, decided] { self->OnDecision(wanted, decided); });
        });
  }

  void OnDecision(Decision wanted, const absl::StatusOr<SeatDecision>& decided) {
    if (decided.ok()) {
      decision_ = *decided;
      Reach("decision known");
      return ResolveAll();
    }
    // The caller may ask again; the days stay pending meanwhile.
    Answer(decided.status());
    const Decision next = absl::IsInvalidArgument(decided.status()) ? Decision::kAbort : wanted;
    Retry("a decision about seats", decision_failures_, decided.status(),
          [self = shared_from_this(), next] { self->Decide(next); });
  }

  void ResolveAll() {
    Await(request_.holds.size());
    for (size_t i = 0; i < request_.holds.size(); ++i) Resolve(i);
  }

  void Resolve(size_t i) {
    const HoldId hold = request_.holds[i].id;
    const auto seat =
        std::find_if(decision_.seats.begin(), decision_.seats.end(),
                     [&](const SeatWish& each) { return each.hold == hold; });
    const bool commits =
        decision_.outcome == Decision::kCommit && seat != decision_.seats.end();
    Reach("resolution to be written");
    tools().agendas->Apply(
        {.profile = hold.profile,
         .log_request_id = LogRequestIdOf("resolve", request_.decision, hold),
         .body_hash = request_.decision.value(),
         .command =
             [id = request_.decision, hold, commits, number = commits ? seat->seat : 0](
                 const StoredAgenda&, Agenda& agenda, const Moment& moment) {
               return ResolveConfirmation(agenda, hold.number, id,
                                          commits ? Decision::kCommit : Decision::kAbort, number,
                                          moment);
             }},
        absl::InfiniteFuture(), [self = shared_from_this(), i](auto changed) {
          self->Resolved(i, std::move(changed));
        });
  }

  void Resolved(size_t i, absl::StatusOr<AgendaWriter::Changed> changed) {
    if (!IsOver(changed.status())) {
      // Whoever loses against other writers is not refused: it is decided already.
      if (!absl::IsAborted(changed.status())) Answer(changed.status());
      return Retry("the resolution of a confirmation", failures_[i], changed.status(),
                   [self = shared_from_this(), i] { self->Resolve(i); });
    }
    Reach("resolution written");
    if (changed.ok()) booked_[i] = std::move(changed->now);
    {
      absl::MutexLock lock(&mutex_);
      if (--left_ != 0) return;
    }
    Reach("confirmation resolved");
    Finish(Outcome());
  }

  absl::StatusOr<std::vector<StoredAgenda>> Outcome() {
    if (decision_.body_hash != 0 && request_.body_hash != decision_.body_hash) {
      return RequestIdReused();
    }
    if (decision_.outcome == Decision::kCommit && IsOurs()) return std::move(booked_);
    absl::MutexLock lock(&mutex_);
    // What an earlier try had begun may have been taken back while this one went on:
    // the holds are others then, and the decision is why.
    if (!refusal_.empty() && !is_begun_) return refusal_.ToStatus();
    // Committed, but for another confirmation of the holds.
    if (decision_.outcome == Decision::kCommit && !refused_.ok()) return refused_;
    return RefusalOf(decision_, wishes_);
  }

  // Whether this confirmation booked the holds. Another of the same holds may have
  // come before it: their seats are filled, too, but not by this one.
  bool IsOurs() const {
    for (size_t i = 0; i < booked_.size(); ++i) {
      const Hold* const hold = booked_[i].agenda.Find(request_.holds[i].id.number);
      if (hold != nullptr && hold->decision != request_.decision) return false;
    }
    return true;
  }

  void Finish(absl::StatusOr<std::vector<StoredAgenda>> answer) {
    LetGo();
    Answer(std::move(answer));
  }

  void Answer(absl::StatusOr<std::vector<StoredAgenda>> answer) {
    EndTurn();
    if (!is_answered_.exchange(true) && done_ != nullptr) done_(std::move(answer));
  }

  // Writes no intent any more.
  void EndTurn() {
    if (has_turn_.exchange(false)) coordinator().EndTurn(request_.decision);
  }

  const ConfirmationRequest request_;
  const absl::Time deadline_;
  const Done<std::vector<StoredAgenda>> done_;  // Null: nobody waits.
  std::atomic<bool> is_answered_ = false;
  std::atomic<bool> has_turn_ = false;

  // Each written by one step, and read by those after it.
  std::optional<ProjectId> project_;
  std::vector<SeatWish> wishes_;
  absl::Status refused_;   // What stands in the way, by what is known here.
  bool is_begun_ = false;  // An earlier try has left something.
  absl::Time seats_deadline_ = absl::UnixEpoch();  // Long past.
  SeatDecision decision_;
  std::vector<StoredAgenda> booked_;  // Those of one hold by its callbacks only.

  std::atomic<int> decision_failures_ = 0;
  std::vector<std::atomic<int>> failures_;  // Of resolutions, by hold.
  absl::Mutex mutex_;
  size_t left_ ABSL_GUARDED_BY(mutex_) = 0;  // Holds for which the step is not done.
  ConfirmationRefusal refusal_ ABSL_GUARDED_BY(mutex_);  // Of intents.
};

// A seat that is to be emptied, or whose person was deleted.
class BookingCoordinator::Vacating final
    : public Work,
      public std::enable_shared_from_this<BookingCoordinator::Vacating> {
 public:
  Vacating(BookingCoordinator* coordinator, HoldId hold, Done<std::monostate> done)
      : Work(coordinator, {hold}), hold_(hold), done_(std::move(done)) {}
  ~Vacating() {
    LetGo();
    Answer();
  }

  void Start() {
    tools().executor->Run([self = shared_from_this()] { self->Find(); });
  }

 private:
  void Find() {
    const std::shared_ptr<const ViewSnapshot> now = tools().view->Now();
    const auto orphans = FindOrphans(*now, hold_.profile);
    if (!orphans.ok()) return;
    for (const OrphanedSeat& seat : *orphans) {
      if (seat.hold != hold_.number) continue;
      project_ = seat.project;
      is_orphan_ = true;
      return Vacate();
    }
    const auto stored = FindAgenda(*now, hold_.profile);
    if (!stored.ok() || !stored->has_value()) return;
    const Hold* const hold = (*stored)->agenda.Find(hold_.number);
    if (hold == nullptr || !hold->seat_to_vacate) return;
    project_ = hold->opening.project;
    decision_ = hold->decision;
    Vacate();
  }

  void Vacate() {
    Reach("seat to be vacated");
    auto vacated = [self = shared_from_this()](const auto& answer) {
      self->tools().executor->Run([self, status = answer.status()] { self->Vacated(status); });
    };
    if (is_orphan_) {
      return tools().seats->Orphan(project_, hold_, absl::InfiniteFuture(), std::move(vacated));
    }
    tools().seats->Vacate(project_, hold_, absl::InfiniteFuture(), std::move(vacated));
  }

  void Vacated(const absl::Status& status) {
    if (!status.ok()) {
      Answer();
      return Retry("the vacating of a seat", failures_, status,
                   [self = shared_from_this()] { self->Vacate(); });
    }
    Reach("seat known to be vacated");
    Note();
  }

  void Note() {
    auto noted = [self = shared_from_this()](const auto& changed) {
      if (!IsOver(changed.status())) {
        return self->Retry("noting a vacated seat", self->failures_, changed.status(),
                           [self] { self->Note(); });
      }
      self->Reach("vacated seat noted");
    };
    if (is_orphan_) {
      return tools().agendas->ForgetOrphan(hold_, absl::InfiniteFuture(), std::move(noted));
    }
    tools().agendas->Apply(
        {.profile = hold_.profile,
         .log_request_id = LogRequestIdOf("vacated", decision_, hold_),
         .body_hash = 1,
         .command = [hold = hold_](const StoredAgenda&, Agenda& agenda,
                                   const Moment&) -> absl::StatusOr<Notices> {
           if (Hold* const found = agenda.Find(hold.number)) found->seat_to_vacate = false;
           return Notices();
         }},
        absl::InfiniteFuture(), std::move(noted));
  }

  void Answer() {
    if (!is_answered_.exchange(true) && done_ != nullptr) done_(std::monostate());
  }

  const HoldId hold_;
  const Done<std::monostate> done_;  // Null: nobody waits.
  std::atomic<bool> is_answered_ = false;
  // Known once it is found.
  ProjectId project_;
  DecisionId decision_;     // That had booked the hold.
  bool is_orphan_ = false;  // The hold is gone: its past booking is not undone.
  std::atomic<int> failures_ = 0;
};

BookingCoordinator::~BookingCoordinator() { Close(); }

void BookingCoordinator::Close() {
  {
    absl::MutexLock lock(&mutex_);
    closing_ = true;
  }
  tools_.seats->Close();
  tools_.timer->Close();
  absl::MutexLock lock(&mutex_);
  const auto is_idle = [this]() ABSL_SHARED_LOCKS_REQUIRED(mutex_) { return under_way_ == 0; };
  mutex_.Await(absl::Condition(&is_idle));
}

bool BookingCoordinator::Take(const std::vector<HoldId>& holds, bool alone) {
  absl::MutexLock lock(&mutex_);
  if (closing_) return false;
  const bool is_free = std::none_of(holds.begin(), holds.end(),
                                    [this](const HoldId& hold) ABSL_SHARED_LOCKS_REQUIRED(mutex_) {
                                      return in_hand_.contains(hold);
                                    });
  if (alone && !is_free) return false;
  for (const HoldId& hold : holds) ++in_hand_[hold];
  ++under_way_;
  return true;
}

void BookingCoordinator::LetGo(const std::vector<HoldId>& holds) {
  absl::MutexLock lock(&mutex_);
  for (const HoldId& hold : holds) {
    const auto entry = in_hand_.find(hold);
    if (--entry->second == 0) in_hand_.erase(entry);
  }
}

void BookingCoordinator::End() {
  absl::MutexLock lock(&mutex_);
  --under_way_;
}

void BookingCoordinator::AwaitTurn(DecisionId decision, std::function<void()> start) {
  {
    absl::MutexLock lock(&mutex_);
    const auto [turn, is_free] = turns_.try_emplace(decision);
    if (!is_free) return turn->second.push_back(std::move(start));
  }
  start();
}

void BookingCoordinator::EndTurn(DecisionId decision) {
  std::function<void()> next;
  {
    absl::MutexLock lock(&mutex_);
    const auto turn = turns_.find(decision);
    if (turn->second.empty()) {
      turns_.erase(turn);
      return;
    }
    next = std::move(turn->second.front());
    turn->second.pop_front();
  }
  next();
}

void BookingCoordinator::Confirm(ConfirmationRequest request, absl::Time deadline,
                                 Done<std::vector<StoredAgenda>> done) {
  std::vector<HoldId> holds;
  for (const HoldToBook& hold : request.holds) holds.push_back(hold.id);
  if (!Take(holds, /*alone=*/false)) return done(Stopping());
  std::make_shared<Confirmation>(this, std::move(holds), std::move(request), deadline,
                                 std::move(done))
      ->Start();
}

void BookingCoordinator::Vacate(HoldId hold, Done<std::monostate> done) {
  if (!Take({hold}, /*alone=*/false)) return done(std::monostate());
  std::make_shared<Vacating>(this, hold, std::move(done))->Start();
}

void BookingCoordinator::Recover(ProfileId profile) {
  // Counted, so that Close waits for it.
  if (!Take({}, /*alone=*/false)) return;
  tools_.executor->Run([this, profile] {
    RecoverNow(profile);
    End();
  });
}

void BookingCoordinator::RecoverNow(ProfileId profile) {
  const std::shared_ptr<const ViewSnapshot> now = tools_.view->Now();
  const auto orphans = FindOrphans(*now, profile);
  if (!orphans.ok()) return;
  for (const OrphanedSeat& seat : *orphans) {
    const HoldId id{.profile = profile, .number = seat.hold};
    if (Take({id}, /*alone=*/true)) std::make_shared<Vacating>(this, id, nullptr)->Start();
  }
  const auto stored = FindAgenda(*now, profile);
  if (!stored.ok() || !stored->has_value()) return;
  for (const Hold& hold : (*stored)->agenda.holds) {
    const HoldId id{.profile = profile, .number = hold.number};
    if (hold.seat_to_vacate && Take({id}, /*alone=*/true)) {
      std::make_shared<Vacating>(this, id, nullptr)->Start();
    }
    if (!hold.confirmation.has_value() || !Take({id}, /*alone=*/true)) continue;
    ConfirmationRequest request{.caller = hold.holder,
                                .project = hold.opening.project,
                                .holds = {{.id = id}},
                                .decision = hold.confirmation->decision};
    std::make_shared<Confirmation>(this, std::vector<HoldId>{id}, std::move(request),
                                   absl::InfiniteFuture(), nullptr)
        ->Abort(hold.opening.project,
                {{hold.opening.number, hold.confirmation->seat, id}});
  }
}

}  // namespace troupe
