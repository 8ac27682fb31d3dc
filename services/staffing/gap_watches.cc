#include "services/staffing/gap_watches.h"

#include <deque>
#include <optional>
#include <utility>

#include "absl/strings/str_cat.h"
#include "absl/time/time.h"
#include "matcher/base/status_macros.h"
#include "matcher/base/violation.h"
#include "services/rpc/resource_errors.h"
#include "services/staffing/analyze_gaps.h"
#include "services/staffing/told_gaps.h"

namespace troupe {
namespace {

constexpr absl::Duration kBetweenLooks = absl::Seconds(1);
constexpr absl::Duration kLeastInterval = absl::Seconds(1);
constexpr absl::Duration kMostInterval = absl::Hours(1);
constexpr absl::Duration kUsualInterval = absl::Seconds(10);
// Answers that a client has not taken, the one on its way included.
constexpr size_t kMostWaiting = 2;

absl::StatusOr<absl::Duration> ReadInterval(const v1::WatchGapsRequest& request) {
  if (!request.has_min_interval()) return kUsualInterval;
  constexpr int32_t kMostNanos = 999'999'999;
  if (request.min_interval().nanos() < 0 || request.min_interval().nanos() > kMostNanos) {
    return InvalidField("min_interval.nanos",
                        absl::StrCat("is ", request.min_interval().nanos()),
                        absl::StrCat("give 0 to ", kMostNanos));
  }
  const absl::Duration interval = absl::Seconds(request.min_interval().seconds()) +
                                  absl::Nanoseconds(request.min_interval().nanos());
  if (interval < kLeastInterval || kMostInterval < interval) {
    return InvalidField("min_interval", absl::StrCat("is ", absl::FormatDuration(interval)),
                        "give 1s to 1h");
  }
  return interval;
}

// An error about the question as one about the request that holds it.
absl::Status AboutQuestion(const absl::Status& error) {
  Violations found;
  for (const FieldViolation& violation : ViolationsOf(error)) {
    found.Add(absl::StrCat("question.", violation.field), violation.problem, violation.fix);
  }
  return found.empty() ? error : found.ToStatus();
}

absl::Status TooManyWatches() {
  return ErrorWithReason(absl::StatusCode::kResourceExhausted, "TOO_MANY_WATCHES",
                         absl::StrCat("this server watches gaps for ", GapWatches::kMost,
                                      " clients already: try again when one of them has ended"));
}

absl::Status WatchOvertaken() {
  return ErrorWithReason(absl::StatusCode::kAborted, "WATCH_OVERTAKEN",
                         "gaps change faster than the client reads: begin again, and ask for a "
                         "longer min_interval");
}

}  // namespace

struct GapWatches::Watch {
  const std::shared_ptr<const Call> call;
  const v1::WatchGapsRequest request;
  const absl::Duration interval;
  ToldGaps told;  // Of the analysis under way.

  // Guarded by the mutex of all.
  std::shared_ptr<Sink> sink;  // Null once it has ended.
  absl::Time due;
  std::optional<LogPositionsOf> seen;  // What the last analysis was of.
  bool is_writing = false;
  std::deque<v1::WatchGapsResponse> waiting;
};

void GapWatches::Open(std::shared_ptr<const Call> call, const v1::WatchGapsRequest& request,
                      std::shared_ptr<Sink> sink) {
  const absl::StatusOr<absl::Duration> interval = ReadInterval(request);
  if (!interval.ok()) return sink->End(interval.status());
  const std::shared_ptr<Watch> watch(new Watch{.call = std::move(call),
                                               .request = request,
                                               .interval = *interval,
                                               .told = {},
                                               .sink = sink,
                                               .due = clock_->Now(),
                                               .seen = std::nullopt,
                                               .waiting = {}});
  bool is_full = false;
  {
    absl::MutexLock lock(&mutex_);
    is_full = open_.size() == kMost;
    if (!is_full) open_.push_back(watch);
  }
  if (is_full) return sink->End(TooManyWatches());
  sink->OnStop([self = shared_from_this(), watch] { self->End(watch, absl::OkStatus()); });
  Proceed();
}

void GapWatches::Proceed() {
  std::shared_ptr<Watch> next;
  bool looks = false;
  {
    absl::MutexLock lock(&mutex_);
    looks = !will_look_ && !open_.empty();
    will_look_ |= looks;
    if (!is_analysing_) next = NextDue();
    is_analysing_ |= next != nullptr;
  }
  if (looks) LookLater();
  if (next == nullptr) return;
  executor_->Run([self = shared_from_this(), next] { self->Analyze(next); });
}

std::shared_ptr<GapWatches::Watch> GapWatches::NextDue() const {
  if (open_.empty()) return nullptr;
  const absl::Time time = clock_->Now();
  const std::shared_ptr<const ViewSnapshot> now = view_->Now();
  const bool has_failed = !view_->failure().ok();
  std::shared_ptr<Watch> next;
  for (const std::shared_ptr<Watch>& watch : open_) {
    if (watch->due > time || (next != nullptr && next->due <= watch->due)) continue;
    if (has_failed || watch->seen != now->positions()) next = watch;
  }
  return next;
}

void GapWatches::LookLater() {
  timer_->After(kBetweenLooks, [weak = weak_from_this()] {
    const std::shared_ptr<GapWatches> self = weak.lock();
    if (self == nullptr) return;
    {
      absl::MutexLock lock(&self->mutex_);
      self->will_look_ = false;
    }
    self->Proceed();
  });
}

void GapWatches::Analyze(const std::shared_ptr<Watch>& watch) {
  const std::shared_ptr<const ViewSnapshot> now = view_->Now();
  absl::StatusOr<v1::AnalyzeGapsResponse> answer = Answer(*watch, *now);
  {
    absl::MutexLock lock(&mutex_);
    watch->seen = now->positions();
    watch->due = clock_->Now() + watch->interval;
  }
  if (answer.ok()) {
    Tell(watch, *std::move(answer));
  } else {
    End(watch, AboutQuestion(answer.status()));
  }
  {
    absl::MutexLock lock(&mutex_);
    is_analysing_ = false;
  }
  Proceed();
}

absl::StatusOr<v1::AnalyzeGapsResponse> GapWatches::Answer(const Watch& watch,
                                                           const ViewSnapshot& now) const {
  TROUPE_RETURN_IF_ERROR(CheckWanted(*watch.call));
  TROUPE_RETURN_IF_ERROR(view_->failure());
  return GapsFor(now, watch.call->organization(), watch.request.question(), watch.call->stop());
}

void GapWatches::Tell(const std::shared_ptr<Watch>& watch, v1::AnalyzeGapsResponse answer) {
  std::optional<v1::WatchGapsResponse> news = watch->told.Tell(std::move(answer));
  if (!news.has_value()) return;
  {
    absl::MutexLock lock(&mutex_);
    if (watch->is_writing) {
      if (watch->waiting.size() + 1 < kMostWaiting) {
        watch->waiting.push_back(*std::move(news));
        return;
      }
      news.reset();
    }
    watch->is_writing = true;
  }
  news.has_value() ? Write(watch, *std::move(news)) : End(watch, WatchOvertaken());
}

void GapWatches::Write(const std::shared_ptr<Watch>& watch, v1::WatchGapsResponse response) {
  std::shared_ptr<Sink> sink;
  {
    absl::MutexLock lock(&mutex_);
    sink = watch->sink;
  }
  if (sink == nullptr) return;
  sink->Write(std::move(response),
              [self = shared_from_this(), watch](const absl::Status& written) {
                self->OnWritten(watch, written);
              });
}

void GapWatches::OnWritten(const std::shared_ptr<Watch>& watch, const absl::Status& written) {
  if (!written.ok()) return End(watch, written);
  v1::WatchGapsResponse next;
  {
    absl::MutexLock lock(&mutex_);
    watch->is_writing = !watch->waiting.empty();
    if (!watch->is_writing) return;
    next = std::move(watch->waiting.front());
    watch->waiting.pop_front();
  }
  Write(watch, std::move(next));
}

void GapWatches::End(const std::shared_ptr<Watch>& watch, absl::Status status) {
  std::shared_ptr<Sink> sink;
  {
    absl::MutexLock lock(&mutex_);
    sink = std::exchange(watch->sink, nullptr);
    std::erase(open_, watch);
    watch->waiting.clear();
  }
  if (sink != nullptr) sink->End(std::move(status));
}

}  // namespace troupe
