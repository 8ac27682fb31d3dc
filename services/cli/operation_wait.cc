#include "services/cli/operation_wait.h"

#include <algorithm>
#include <atomic>
#include <memory>
#include <string>

#include "absl/strings/str_cat.h"
#include "absl/time/time.h"
#include "matcher/base/status_macros.h"
#include "matcher/base/violation.h"
#include "services/cli/number_text.h"
#include "services/cli/defects.h"
#include "services/cli/progress_bar.h"
#include "troupe/v1/operation_service.grpc.pb.h"

namespace troupe {
namespace {

using Operations = v1::OperationService::Stub;

constexpr int32_t kAskAgainMillis = 500;  // So long a cancellation may take to be sent.
constexpr int kMostFailures = 20;         // Of the way to the server, in a row.
constexpr absl::Duration kPause = absl::Seconds(1);

// A bar for each step, one after the other.
class StepBars {
 public:
  explicit StepBars(const Session& session) : session_(session) {}
  ~StepBars() { Finish(); }

  void Show(const v1::OperationProgress& progress) {
    if (progress.total() <= 0) return;
    if (bar_ == nullptr || step_ != progress.step()) {
      Finish();
      step_ = progress.step();
      bar_ = std::make_unique<ProgressBar>(session_.streams().err, Style(),
                                           session_.host().clock, step_, progress.total());
    }
    bar_->Reach(progress.done());
  }

 private:
  ProgressBar::Style Style() const {
    if (session_.streams().err_is_terminal) return ProgressBar::Style::kBar;
    return session_.verbose() ? ProgressBar::Style::kLines : ProgressBar::Style::kSilent;
  }

  void Finish() {
    if (bar_ != nullptr) bar_->Finish();
    bar_.reset();
  }

  const Session& session_;
  std::string step_;
  std::unique_ptr<ProgressBar> bar_;
};

// Tells whether the user wants the program to end, as long as it lives.
class InterruptWatch {
 public:
  explicit InterruptWatch(const Host& host)
      : host_(host), wanted_(std::make_shared<std::atomic<bool>>(false)) {
    if (!host_.on_interrupt([wanted = wanted_] { wanted->store(true); })) wanted_->store(true);
  }
  ~InterruptWatch() { host_.on_interrupt(nullptr); }

  bool wanted() const { return wanted_->load(); }

 private:
  const Host& host_;
  const std::shared_ptr<std::atomic<bool>> wanted_;
};

absl::Status Cancel(const std::string& name, Session& session) {
  v1::CancelOperationRequest request;
  request.set_name(name);
  const Connection& connection = session.connection();
  TROUPE_ASSIGN_OR_RETURN(
      const v1::Operation ignored,
      connection.Ask(&Operations::CancelOperation, request));
  session.streams().err << "cancelling " << ignored.name() << " ...\n";
  return absl::OkStatus();
}

absl::StatusOr<v1::Operation> Await(const v1::Operation& begun, Session& session) {
  const Connection& connection = session.connection();
  const InterruptWatch interrupt(session.host());
  StepBars bars(session);
  v1::Operation operation = begun;
  v1::WaitOperationRequest request;
  request.set_name(begun.name());
  request.mutable_timeout()->set_nanos(kAskAgainMillis * 1'000'000);
  bool cancelled = false;
  int failures = 0;
  while (operation.state() == v1::Operation::STATE_RUNNING) {
    bars.Show(operation.progress());
    if (interrupt.wanted() && !cancelled) {
      TROUPE_RETURN_IF_ERROR(Cancel(begun.name(), session));
      cancelled = true;
    }
    absl::StatusOr<v1::Operation> now =
        connection.Ask(&Operations::WaitOperation, request);
    if (now.ok()) {
      operation = *std::move(now);
      failures = 0;
    } else if (!absl::IsUnavailable(now.status()) || ++failures > kMostFailures ||
               interrupt.wanted()) {
      return now.status();
    } else {
      session.host().pause(kPause);
    }
  }
  return operation;
}

}  // namespace

absl::Status ErrorOf(const v1::Operation& operation) {
  if (operation.state() == v1::Operation::STATE_CANCELLED) {
    return ErrorWithReason(absl::StatusCode::kCancelled, "OPERATION_CANCELLED",
                           absl::StrCat(operation.name(), " was cancelled: nothing of it stays"));
  }
  if (operation.state() != v1::Operation::STATE_FAILED) return absl::OkStatus();
  const v1::OperationError& error = operation.error();
  const auto code = error.code() == 0 ? absl::StatusCode::kUnknown
                                      : static_cast<absl::StatusCode>(error.code());
  Violations problems;
  for (const v1::OperationProblem& problem : error.problems()) {
    problems.Add(problem.subject(), problem.description(), "");
  }
  const int32_t untold = error.problem_count() - error.problems_size();
  if (untold > 0) problems.Add("...", absl::StrCat("and ", WithCommas(untold), " more"), "");
  return WithViolations(ErrorWithReason(code, error.reason(), error.message()), problems);
}

absl::Status AwaitOperation(const v1::Operation& begun, Session& session) {
  TROUPE_ASSIGN_OR_RETURN(const v1::Operation ended, Await(begun, session));
  return ErrorOf(ended);
}

}  // namespace troupe
