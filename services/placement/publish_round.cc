#include "services/placement/publish_round.h"

#include <algorithm>
#include <map>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "absl/base/thread_annotations.h"
#include "absl/strings/str_cat.h"
#include "absl/synchronization/mutex.h"
#include "matcher/base/status_macros.h"
#include "matcher/base/violation.h"
#include "matcher/index/profile_row.h"
#include "matcher/placement/program_judge.h"
#include "matcher/placement/validate_instance.h"
#include "services/convert/placement_names.h"
#include "services/convert/resource_names.h"
#include "services/convert/types_conversion.h"
#include "services/placement/round_parts.h"
#include "services/placement/run_round.h"
#include "services/rpc/retry_timer.h"

namespace troupe {
namespace {

constexpr size_t kAtOnce = 32;

// True if asking again may be answered otherwise.
bool MayPass(const absl::Status& status) {
  return absl::IsUnavailable(status) || absl::IsDeadlineExceeded(status) ||
         absl::IsAborted(status) || absl::IsCancelled(status) ||
         (absl::IsResourceExhausted(status) && ReasonOf(status) != "TOO_MANY_HOLDS");
}

// A hold that is to be placed.
struct Wanted {
  uint32_t graduate = kNoRow;
  v1::PlaceHoldRequest request;
  std::optional<std::string> name;  // Once it is placed.
  bool may_be_placed = false;       // It was asked for.
};

// For which openings of their programs the graduates are held: where each scores most, of
// those with seats left; the first one for who is not eligible for any by now.
class Openings {
 public:
  Openings(const ViewSnapshot& now, const ScoringModel& model, const PlacedRound& placed,
           const OrganizationId& owner)
      : placed_(placed),
        rules_{.pool = &now.pool(),
               .model = &model,
               .asker = OrganizationTerm(owner),
               .as_of = now.pool().today()},
        rarities_(now.pool(), now.pool().today()) {}

  OpeningId For(uint32_t graduate) {
    const uint32_t program = placed_.placement().program_of[graduate];
    const std::vector<OpeningId>& all = placed_.programs[program].openings;
    if (all.size() == 1) return all.front();
    std::vector<OpeningId> left;
    std::copy_if(all.begin(), all.end(), std::back_inserter(left), [&](OpeningId opening) {
      const Demand* demand = rules_.pool->FindOpening(opening);
      return demand != nullptr && demand->scalars.open_seats > taken_[opening];
    });
    const std::vector<OpeningId>& choice = left.empty() ? all : left;
    const std::optional<ProfileView> view = rules_.pool->FindProfile(placed_.profiles[graduate]);
    OpeningId chosen = choice.front();
    if (view.has_value()) {
      chosen = ProgramJudge(rules_, choice, rarities_).BestOpening(*view).value_or(chosen);
    }
    ++taken_[chosen];
    return chosen;
  }

 private:
  const PlacedRound& placed_;
  const DerivationRules rules_;
  Rarities rarities_;
  std::map<OpeningId, int32_t> taken_;
};

// One publication.
class Publication {
 public:
  Publication(RoundOperations& operations, const BegunRound& begun, HoldDirectory& holds)
      : operations_(operations), begun_(begun), holds_(holds) {}

  void Run() {
    absl::Status outcome = Prepare();
    if (outcome.ok() && !begun_.record.publication->withdraws) outcome = PlaceAll();
    if (begun_.live->is_closing()) return;  // The next start goes on.
    if (outcome.ok() && begun_.record.publication->withdraws) {
      outcome = absl::CancelledError("the publication was taken back");
      for (Wanted& wanted : wanted_) wanted.may_be_placed = true;  // Not known any more.
    }
    if (!outcome.ok() && !wanted_.empty() && !Withdraw()) return;
    operations_.End(begun_, outcome,
                    [&](const ViewSnapshot&, uint64_t, Round& round, std::vector<Mutation>&) {
                      Conclude(outcome, round);
                      return absl::OkStatus();
                    });
  }

 private:
  absl::Status Prepare() {
    const std::shared_ptr<const ViewSnapshot> now = operations_.tools().view->Now();
    Round placed_round = begun_.record;
    placed_round.state = Round::State::kPlaced;  // It says PUBLISHING by now.
    TROUPE_ASSIGN_OR_RETURN(const PlacedRound placed, ReadPlacedRound(*now, placed_round));
    TROUPE_ASSIGN_OR_RETURN(const ScoringModel model,
                            ModelOf(*now, begun_.record.ownership.owner, begun_.record.model));
    Openings openings(*now, model, placed, begun_.record.ownership.owner);
    for (uint32_t graduate = 0; graduate < placed.profiles.size(); ++graduate) {
      if (placed.placement().program_of[graduate] == kNoRow) continue;
      Wanted wanted{.graduate = graduate};
      wanted.request.set_parent(FormatName(placed.profiles[graduate]));
      wanted.request.set_opening(FormatName(openings.For(graduate)));
      if (begun_.record.publication->expire_time.has_value()) {
        *wanted.request.mutable_expire_time() = ToWire(*begun_.record.publication->expire_time);
      }
      wanted.request.set_request_id(RequestId("place", graduate));
      wanted_.push_back(std::move(wanted));
      names_.push_back(FormatName(placed.NameOf(graduate)));
    }
    return absl::OkStatus();
  }

  std::string RequestId(absl::string_view step, uint32_t graduate) const {
    return absl::StrCat(step, "-", InstanceId(ProgramId(begun_.record.id.value())), "-",
                        begun_.number, "-", graduate);
  }

  // Asks `ask(index, done)` for all of `indices`, kAtOnce at a time, until `stop`.
  template <typename Ask, typename Stop>
  void ForEach(const std::vector<size_t>& indices, Ask ask, Stop stop) {
    for (const size_t index : indices) {
      mutex_.LockWhen(absl::Condition(
          +[](size_t* under_way) { return *under_way < kAtOnce; }, &under_way_));
      const bool stops = stop();
      if (!stops) ++under_way_;
      mutex_.Unlock();
      if (stops) break;
      ask(index);
    }
    mutex_.LockWhen(
        absl::Condition(+[](size_t* under_way) { return *under_way == 0; }, &under_way_));
    mutex_.Unlock();
  }

  absl::Status PlaceAll() {
    std::vector<size_t> left(wanted_.size());
    for (size_t i = 0; i < left.size(); ++i) left[i] = i;
    for (int failures = 1; !left.empty(); ++failures) {
      again_.clear();
      ForEach(
          left,
          [&](size_t index) {
            begun_.live->Report("placing holds", static_cast<int64_t>(index),
                                static_cast<int64_t>(wanted_.size()));
            Place(index);
          },
          [&] { return !refused_.empty() || begun_.live->StopRequested(); });
      if (!refused_.empty()) return Refusal();
      if (begun_.live->StopRequested()) return absl::CancelledError("publishing was cancelled");
      left = again_;
      if (!left.empty()) absl::SleepFor(PauseAfter(failures));
    }
    return absl::OkStatus();
  }

  void Place(size_t index) {
    Wanted& wanted = wanted_[index];
    wanted.may_be_placed = true;
    holds_.PlaceHold(begun_.record.ownership.owner, wanted.request,
                     [this, index](const absl::StatusOr<v1::Hold>& hold) {
                       absl::MutexLock lock(&mutex_);
                       if (hold.ok()) {
                         wanted_[index].name = hold->name();
                         ++placed_;
                       } else if (MayPass(hold.status())) {
                         again_.push_back(index);
                       } else {
                         wanted_[index].may_be_placed = false;
                         refused_.emplace(index, hold.status());
                       }
                       --under_way_;
                     });
  }

  absl::Status Refusal() const {
    Violations refusals;
    for (const auto& [index, status] : refused_) {
      if (refusals.found().size() == kMostDefects) break;
      refusals.Add(names_[index],
                   absl::StrCat("cannot be held (", ReasonOf(status), ": ", status.message(), ")"),
                   "mend that, or change the round and run it again");
    }
    absl::Status status = ErrorWithReason(
        absl::StatusCode::kFailedPrecondition, "HOLDS_REFUSED",
        absl::StrCat("nothing was published: a hold was refused, and ", placed_,
                     " that had been placed were released"));
    refusals.ToStatus().ForEachPayload([&](absl::string_view url, const absl::Cord& payload) {
      if (!status.GetPayload(url).has_value()) status.SetPayload(url, payload);
    });
    return status;
  }

  // Releases what was placed. False: the process stops; the next start goes on.
  bool Withdraw() {
    const absl::Status noted = operations_.Change(begun_, [](Round& round) {
      if (round.publication.has_value()) round.publication->withdraws = true;
    });
    if (!noted.ok()) return false;
    std::vector<size_t> left;
    for (size_t i = 0; i < wanted_.size(); ++i) {
      if (wanted_[i].may_be_placed) left.push_back(i);
    }
    for (int failures = 1; !left.empty(); ++failures) {
      again_.clear();
      ForEach(
          left,
          [&](size_t index) {
            begun_.live->Report("releasing holds", static_cast<int64_t>(index),
                                static_cast<int64_t>(wanted_.size()));
            TakeBack(index);
          },
          [&] { return begun_.live->is_closing(); });
      if (begun_.live->is_closing()) return false;
      left = again_;
      if (!left.empty()) absl::SleepFor(PauseAfter(failures));
    }
    return true;
  }

  // One whose name is not known is asked for again first: that says which it is.
  void TakeBack(size_t index) {
    const Wanted& wanted = wanted_[index];
    if (wanted.name.has_value()) return Release(index, *wanted.name);
    holds_.PlaceHold(begun_.record.ownership.owner, wanted.request,
                     [this, index](const absl::StatusOr<v1::Hold>& hold) {
                       if (hold.ok()) return Release(index, hold->name());
                       absl::MutexLock lock(&mutex_);
                       if (MayPass(hold.status())) again_.push_back(index);
                       --under_way_;
                     });
  }

  void Release(size_t index, const std::string& name) {
    v1::ReleaseHoldRequest request;
    request.set_name(name);
    request.set_text("the placement round was not published");
    request.set_request_id(RequestId("release", wanted_[index].graduate));
    holds_.ReleaseHold(begun_.record.ownership.owner, std::move(request),
                       [this, index](const absl::StatusOr<v1::Hold>& hold) {
                         absl::MutexLock lock(&mutex_);
                         // Otherwise it is released, or has ended by itself.
                         if (!hold.ok() && MayPass(hold.status())) again_.push_back(index);
                         --under_way_;
                       });
  }

  void Conclude(const absl::Status& outcome, Round& round) const {
    if (outcome.ok()) {
      round.state = Round::State::kPublished;
      round.publication->publish_time = operations_.tools().Now();
      round.publication->holds = static_cast<int32_t>(placed_);
    } else {
      round.state = Round::State::kPlaced;
      round.publication.reset();
    }
  }

  RoundOperations& operations_;
  const BegunRound& begun_;
  HoldDirectory& holds_;
  std::vector<Wanted> wanted_;
  std::vector<std::string> names_;  // Of the graduates, likewise.

  absl::Mutex mutex_;  // Of what callbacks change; between rounds of calls nobody does.
  size_t under_way_ = 0;
  size_t placed_ = 0;
  std::vector<size_t> again_;
  std::map<size_t, absl::Status> refused_;
};

}  // namespace

absl::Status CheckPublishable(const PlacedRound& placed) {
  Violations found;
  std::vector<bool> has_graduates(placed.programs.size());
  for (uint32_t graduate = 0; graduate < placed.profiles.size(); ++graduate) {
    const uint32_t program = placed.placement().program_of[graduate];
    if (program == kNoRow) continue;
    has_graduates[program] = true;
    if (placed.profiles[graduate] || found.found().size() == kMostDefects) continue;
    found.Add(FormatName(placed.NameOf(graduate)), "has no profile",
              "add its profile to the cohort and run the round again");
  }
  for (size_t program = 0; program < placed.programs.size(); ++program) {
    if (!has_graduates[program] || !placed.programs[program].openings.empty() ||
        found.found().size() == kMostDefects) {
      continue;
    }
    found.Add(FormatName(placed.programs[program].id), "has no opening",
              "add an opening to the program and run the round again");
  }
  if (found.empty()) return absl::OkStatus();
  absl::Status status = ErrorWithReason(
      absl::StatusCode::kFailedPrecondition, "NOT_PUBLISHABLE",
      absl::StrCat("holds need profiles and openings: ", found.found().front().field, " ",
                   found.found().front().problem));
  found.ToStatus().ForEachPayload([&](absl::string_view url, const absl::Cord& payload) {
    if (!status.GetPayload(url).has_value()) status.SetPayload(url, payload);
  });
  return status;
}

void PublishRoundToEnd(RoundOperations& operations, const BegunRound& begun,
                       HoldDirectory& holds) {
  Publication(operations, begun, holds).Run();
}

}  // namespace troupe
