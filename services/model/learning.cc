#include "services/model/learning.h"

#include <algorithm>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "absl/strings/str_cat.h"
#include "matcher/base/status_macros.h"
#include "matcher/base/violation.h"
#include "matcher/domain/field.h"
#include "matcher/index/profile_row.h"
#include "matcher/rank/learn_model.h"
#include "services/convert/scoring_model_conversion.h"
#include "services/convert/types_conversion.h"
#include "services/log/day_ticker.h"
#include "services/model/model_writer.h"
#include "services/rpc/stored_outcomes.h"
#include "services/rpc/resource_errors.h"
#include "services/rpc/write_identity.h"

namespace troupe {
namespace {

// What is learned from. A third window and more candidates made weights learned from
// 80,000 careers better; a fourth window hardly did, and takes a third longer. Memory:
// some 400 MB for a role with as many questions as there may be.
constexpr int32_t kWindows = 3;
constexpr size_t kNegatives = 1'500;
constexpr size_t kMostQuestions = 1'000;

// One call. Outlives its stream.
class Run final : public StopToken, public std::enable_shared_from_this<Run> {
 public:
  Run(const ResourceTools& tools, std::shared_ptr<const Call> call,
      const v1::LearnScoringModelRequest& request, std::shared_ptr<Learning::Sink> sink)
      : tools_(tools), call_(std::move(call)), request_(request), sink_(std::move(sink)) {}

  bool StopRequested() const override { return stopped_ || call_->stop().StopRequested(); }

  // Has the learning stop once nobody waits for it.
  void WatchStream() {
    sink_->OnStop([run = weak_from_this()] {
      if (const auto self = run.lock(); self != nullptr) self->stopped_ = true;
    });
  }

  // What is wrong with the request, if anything.
  absl::Status Read() {
    TROUPE_ASSIGN_OR_RETURN(wanted_, ReadWanted(tools_.view->Now()->pool().today()));
    return absl::OkStatus();
  }

  // Learns, on a thread that may be kept, unless an earlier try did. Answers nothing.
  void Learn() { result_ = LearnOrFind(); }

  // Writes down and sends what was learned.
  void Answer() {
    if (!result_.ok()) return sink_->End(result_.status());
    if (result_->made.has_value()) return SendModel(*result_->made);
    AddVersion(tools_, call_->deadline(), std::move(result_->wanted),
               [run = shared_from_this()](absl::StatusOr<v1::ScoringModel> model) {
                 if (!model.ok()) return run->sink_->End(model.status());
                 run->SendModel(*model);
               });
  }

 private:
  // What is to be added to the model, or what an earlier try of the call added.
  struct Result {
    NewVersion wanted;
    std::optional<v1::ScoringModel> made;
  };

  absl::StatusOr<Result> LearnOrFind() {
    const std::shared_ptr<const ViewSnapshot> now = tools_.view->Now();
    Result result;
    result.wanted = wanted_;
    TROUPE_ASSIGN_OR_RETURN(result.made, MadeBefore(*now, result.wanted));
    if (result.made.has_value()) return result;
    TROUPE_ASSIGN_OR_RETURN(const std::vector<LearnedRole> learned, LearnFrom(*now));
    if (!HasWeights(learned)) return NothingToLearn();
    result.wanted.version = MakeModelVersion(learned);
    result.wanted.version.until = rules_.until;
    result.wanted.version.seed = request_.seed();
    result.wanted.version.from_outcomes = FromOutcomes();
    return result;
  }

  bool FromOutcomes() const { return request_.source() == v1::LEARNING_SOURCE_OUTCOMES; }

  absl::StatusOr<std::vector<LearnedRole>> LearnFrom(const ViewSnapshot& now) {
    const auto progress = [this](int64_t done, int64_t total) { SendProgress(done, total); };
    if (!FromOutcomes()) return LearnModel(now.pool(), rules_, *this, progress);
    TROUPE_ASSIGN_OR_RETURN(
        RecordedOpenings recorded,
        RecordedBy(
            now, call_->organization(),
            [this](const OutcomeHistory&, Day asked) { return asked < rules_.until; }, *this));
    for (RecordedQuestion& question : recorded.questions) {
      std::erase_if(question.history.outcomes, [this](const Outcome& outcome) {
        return ChinaDay(outcome.time) >= rules_.until;
      });
    }
    std::erase_if(recorded.questions,
                  [](const auto& question) { return question.history.outcomes.empty(); });
    return LearnModel(now.pool(), std::move(recorded.questions), *this, progress);
  }

  absl::StatusOr<NewVersion> ReadWanted(Day today) {
    Violations found;
    const Field message(&found);
    CheckModelId(request_.model_id(), "model_id", found);
    CheckRequestId(request_.request_id(), found);
    rules_.until = today;
    if (request_.has_until()) {
      const Field field = message["until"];
      rules_.until = FromWire(request_.until(), field);
      if (rules_.until > today) {
        field.Report(absl::StrCat("is after today, which is ", today.ToString()),
                     "give today or an earlier day");
      }
    }
    if (!v1::LearningSource_IsValid(request_.source())) {
      found.Add("source", "is not one that there is", "give one of LearningSource");
    }
    if (request_.seed() < 0) {
      found.Add("seed", absl::StrCat("is ", request_.seed()), "give 0 or more");
    }
    TROUPE_RETURN_IF_ERROR(found.ToStatus());
    const OrganizationId& caller = call_->organization();
    rules_.asker = OrganizationTerm(caller);
    rules_.seed = static_cast<uint64_t>(request_.seed());
    rules_.windows = kWindows;
    rules_.negatives = kNegatives;
    rules_.most_questions = kMostQuestions;
    return NewVersion{.owner = caller,
                      .model_id = request_.model_id(),
                      .log_request_id =
                          request_.request_id().empty()
                              ? LogRequestId(caller, "model", "learn-once", tools_.ids->Next())
                              : LogRequestId(caller, "model", "learn", request_.request_id()),
                      .body_hash = BodyHashOf(request_)};
  }

  static bool HasWeights(const std::vector<LearnedRole>& learned) {
    return std::any_of(learned.begin(), learned.end(), [](const LearnedRole& role) {
      return std::any_of(role.by_regime.begin(), role.by_regime.end(),
                         [](const LearnedWeights& found) { return found.weights.has_value(); });
    });
  }

  absl::Status NothingToLearn() const {
    if (FromOutcomes()) {
      return ErrorWithReason(
          absl::StatusCode::kFailedPrecondition, "NOTHING_TO_LEARN",
          absl::StrCat("no role has ", kFewestQuestions, " openings of yours, in the store still, "
                       "for which one of several people was booked before that day: record more "
                       "outcomes, or learn from careers"));
    }
    return ErrorWithReason(
        absl::StatusCode::kFailedPrecondition, "NOTHING_TO_LEARN",
        absl::StrCat("no role has ", kFewestQuestions, " productions in the six years before "
                     "that day on which somebody with an earlier credit worked: import more "
                     "careers, or name another day"));
  }

  // Leaves out what the client is not ready to take.
  void SendProgress(int64_t done, int64_t total) {
    if (is_writing_.exchange(true)) return;
    v1::LearnScoringModelResponse response;
    response.mutable_progress()->set_roles_done(done);
    response.mutable_progress()->set_roles_total(total);
    sink_->Write(std::move(response), [run = shared_from_this()](const absl::Status& written) {
      if (!written.ok()) run->stopped_ = true;
      run->OnWritten();
    });
  }

  // Once the progress before is taken.
  void SendModel(v1::ScoringModel model) {
    v1::LearnScoringModelResponse response;
    *response.mutable_model() = std::move(model);
    last_ = std::move(response);
    has_last_ = true;
    if (!is_writing_.exchange(true)) SendLast();
  }

  void OnWritten() {
    is_writing_ = false;
    if (has_last_ && !is_writing_.exchange(true)) SendLast();
  }

  void SendLast() {
    has_last_ = false;
    sink_->Write(std::move(last_), [run = shared_from_this()](const absl::Status& written) {
      run->sink_->End(written);
    });
  }

  const ResourceTools tools_;
  const std::shared_ptr<const Call> call_;
  const v1::LearnScoringModelRequest& request_;  // As long as the sink is held.
  const std::shared_ptr<Learning::Sink> sink_;
  TrainingRules rules_;
  NewVersion wanted_;
  absl::StatusOr<Result> result_ = absl::UnknownError("");
  std::atomic<bool> stopped_ = false;
  std::atomic<bool> is_writing_ = false;
  std::atomic<bool> has_last_ = false;
  v1::LearnScoringModelResponse last_;  // Set before has_last_ is.
};

}  // namespace

void Learning::Start(std::shared_ptr<const Call> call, const v1::LearnScoringModelRequest& request,
                     std::shared_ptr<Sink> sink) {
  auto run = std::make_shared<Run>(tools_, std::move(call), request, sink);
  if (absl::Status read = run->Read(); !read.ok()) return sink->End(std::move(read));
  if (is_under_way_.exchange(true)) {
    return sink->End(ErrorWithReason(
        absl::StatusCode::kResourceExhausted, "LEARNING_UNDER_WAY",
        "this server is learning another model: try again when that is done"));
  }
  run->WatchStream();
  thread_.Run([this, run = std::move(run)] {
    run->Learn();
    is_under_way_ = false;  // Before the client can ask again.
    run->Answer();
  });
}

}  // namespace troupe
