#ifndef TROUPE_TESTS_SERVICES_BOOKING_FAKE_SEATS_H_
#define TROUPE_TESTS_SERVICES_BOOKING_FAKE_SEATS_H_

#include <functional>
#include <map>
#include <optional>
#include <utility>
#include <variant>

#include "absl/base/thread_annotations.h"
#include "absl/synchronization/mutex.h"
#include "matcher/base/clock.h"
#include "matcher/base/violation.h"
#include "matcher/hold/seat_decision.h"
#include "services/booking/seat_directory.h"

namespace troupe::testing {

// The seats of projects that a test has, decided upon as SeatService does, in
// memory. Thread-safe.
class FakeSeats final : public SeatDirectory {
 public:
  explicit FakeSeats(const Clock* clock) : clock_(clock) {}

  void Have(Project project) {
    absl::MutexLock lock(&mutex_);
    const ProjectId id = project.id;
    projects_[id] = std::move(project);
  }
  void Lose(ProjectId project) {
    absl::MutexLock lock(&mutex_);
    projects_.erase(project);
  }
  // While it is true, nothing can be reached.
  void BeAway(bool away) {
    absl::MutexLock lock(&mutex_);
    away_ = away;
  }

  // The next decision is made, and its answer lost; then `act` is called.
  void LoseNextAnswer(std::function<void()> act) {
    absl::MutexLock lock(&mutex_);
    lose_ = std::move(act);
  }
  // Who asks for the next decision is kept after it is answered, as a channel that
  // is slow to let go of its calls does; until LetGo.
  void KeepNextAsker() {
    absl::MutexLock lock(&mutex_);
    keeps_ = true;
  }
  void LetGo() {
    Done<SeatDecision> kept;
    absl::MutexLock lock(&mutex_);
    std::swap(kept, kept_);
  }
  std::optional<Project> At(ProjectId project) {
    absl::MutexLock lock(&mutex_);
    const auto at = projects_.find(project);
    return at == projects_.end() ? std::nullopt : std::optional(at->second);
  }

  void Describe(ProjectId project, DecisionId decision, absl::Time,
                Done<DescribedProject> done) override {
    absl::StatusOr<DescribedProject> found = DescribedProject();
    {
      absl::MutexLock lock(&mutex_);
      const auto at = projects_.find(project);
      if (away_) {
        found = Unreachable();
      } else {
        if (at != projects_.end()) found->project = at->second;
        const SeatDecision* const stands = decisions_[project].Find(decision);
        if (stands != nullptr) found->decision = *stands;
      }
    }
    done(std::move(found));
  }

  void Decide(ProjectId project, const DecisionRequest& request, absl::Time,
              Done<SeatDecision> done) override {
    absl::StatusOr<SeatDecision> decision = Unreachable();
    std::function<void()> lose;
    {
      absl::MutexLock lock(&mutex_);
      if (!away_) {
        const auto at = projects_.find(project);
        ProjectDecisions& decisions = decisions_[project];
        decisions.project = project;
        decision = troupe::Decide(request, clock_->Now(),
                                  at == projects_.end() ? nullptr : &at->second, decisions)
                       .decision;
        lose = std::exchange(lose_, nullptr);
        if (std::exchange(keeps_, false)) kept_ = done;
      }
    }
    if (lose != nullptr) {
      lose();
      decision = Unreachable();
    }
    done(std::move(decision));
  }

  void Vacate(ProjectId project, HoldId hold, absl::Time, Done<std::monostate> done) override {
    Change(project, hold, &VacateSeats, std::move(done));
  }

  void Orphan(ProjectId project, HoldId hold, absl::Time, Done<std::monostate> done) override {
    Change(project, hold, &OrphanSeats, std::move(done));
  }

  void Close() override {}

 private:
  void Change(ProjectId project, HoldId hold, bool (*change)(HoldId, Project&),
              Done<std::monostate> done) {
    absl::StatusOr<std::monostate> vacated = Unreachable();
    {
      absl::MutexLock lock(&mutex_);
      const auto at = projects_.find(project);
      if (!away_ && at != projects_.end()) change(hold, at->second);
      if (!away_) vacated = std::monostate();
    }
    done(std::move(vacated));
  }

  static absl::Status Unreachable() {
    return ErrorWithReason(absl::StatusCode::kUnavailable, "SEATS_UNREACHABLE",
                           "the seats cannot be reached: retry");
  }

  const Clock* const clock_;
  absl::Mutex mutex_;
  std::map<ProjectId, Project> projects_ ABSL_GUARDED_BY(mutex_);
  std::map<ProjectId, ProjectDecisions> decisions_ ABSL_GUARDED_BY(mutex_);
  bool away_ ABSL_GUARDED_BY(mutex_) = false;
  std::function<void()> lose_ ABSL_GUARDED_BY(mutex_);
  bool keeps_ ABSL_GUARDED_BY(mutex_) = false;
  Done<SeatDecision> kept_ ABSL_GUARDED_BY(mutex_);
};

}  // namespace troupe::testing

#endif  // TROUPE_TESTS_SERVICES_BOOKING_FAKE_SEATS_H_
