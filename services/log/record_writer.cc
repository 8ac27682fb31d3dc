#include "services/log/record_writer.h"

#include <utility>

#include "matcher/base/status_macros.h"
#include "services/log/arrivals.h"
#include "services/log/log_errors.h"

namespace troupe {
namespace {

// Somebody who loses that often writes against a flood; the client may decide.
constexpr int kAttempts = 8;

}  // namespace

struct RecordWriter::ChangeUnderWay {
  Plan plan;
  absl::Time deadline;
  std::function<void(absl::StatusOr<std::optional<Written>>)> done;
  int attempts_left = kAttempts;
};

void RecordWriter::Change(Plan plan, absl::Time deadline,
                          std::function<void(absl::StatusOr<std::optional<Written>>)> done) {
  auto change = std::make_shared<ChangeUnderWay>(
      ChangeUnderWay{std::move(plan), deadline, std::move(done)});
  executor_->Run([this, change = std::move(change)] { Attempt(change); });
}

void RecordWriter::Attempt(std::shared_ptr<ChangeUnderWay> change) {
  if (absl::Status failure = view_->failure(); !failure.ok()) return change->done(failure);
  absl::StatusOr<Planned> planned = change->plan(*view_->Now());
  if (!planned.ok()) return change->done(planned.status());
  if (!planned->append.has_value()) return change->done(std::optional<Written>());
  const ShardId shard = planned->append->shard;
  const bool replan = planned->replan && --change->attempts_left > 0;
  std::vector<AppendRequest> requests;
  requests.push_back(*std::move(planned->append));
  Append(std::move(requests), change->deadline,
         [this, change, shard, replan](std::vector<absl::StatusOr<Written>> answers) {
           const absl::StatusOr<Written>& written = answers[0];
           if (written.ok()) return change->done(std::optional<Written>(*written));
           if (!replan || !StaleVersionOf(written.status()).has_value()) {
             return change->done(written.status());
           }
           WhenCurrent({shard}, [this, change](absl::Status current) {
             current.ok() ? Attempt(change) : change->done(current);
           });
         });
}

void RecordWriter::Append(std::vector<AppendRequest> requests, absl::Time deadline,
                          std::function<void(std::vector<absl::StatusOr<Written>>)> done) {
  std::vector<ShardId> shards;
  for (const AppendRequest& request : requests) shards.push_back(request.shard);
  absl::StatusOr<std::vector<Place>> heads = Heads(shards);
  if (!heads.ok()) {
    std::vector<absl::StatusOr<Written>> answers(requests.size(), heads.status());
    return executor_->Run([done = std::move(done), answers = std::move(answers)] { done(answers); });
  }
  log_->Append(std::move(requests), deadline,
               [this, heads = *std::move(heads), done = std::move(done)](
                   std::vector<absl::StatusOr<LogPos>> results) {
                 auto answers = std::make_shared<std::vector<absl::StatusOr<Written>>>();
                 std::vector<Place> places;
                 for (size_t i = 0; i < results.size(); ++i) {
                   if (!results[i].ok()) {
                     answers->push_back(results[i].status());
                     continue;
                   }
                   places.push_back({heads[i].shard, results[i]->seq});
                   answers->push_back(Written{*results[i], results[i]->seq <= heads[i].seq});
                 }
                 WhenApplied(places, [answers, done](absl::Status applied) {
                   for (absl::StatusOr<Written>& answer : *answers) {
                     if (answer.ok() && !applied.ok()) answer = applied;
                   }
                   done(std::move(*answers));
                 });
               });
}

void RecordWriter::WhenCurrent(const std::vector<ShardId>& shards,
                               std::function<void(absl::Status)> current) {
  const absl::StatusOr<std::vector<Place>> heads = Heads(shards);
  if (heads.ok()) return WhenApplied(*heads, std::move(current));
  executor_->Run([current = std::move(current), status = heads.status()] { current(status); });
}

absl::StatusOr<std::vector<RecordWriter::Place>> RecordWriter::Heads(
    const std::vector<ShardId>& shards) {
  std::vector<Place> heads;
  for (ShardId shard : shards) {
    TROUPE_ASSIGN_OR_RETURN(const LogPos head, log_->Head(shard));
    heads.push_back({shard, head.seq});
  }
  return heads;
}

void RecordWriter::WhenApplied(const std::vector<Place>& places,
                               std::function<void(absl::Status)> applied) {
  // One arrival more, so that the callback is called if there is no place, too.
  const auto arrivals = std::make_shared<Arrivals>(
      places.size() + 1, [this, applied = std::move(applied)](absl::Status status) {
        executor_->Run([applied, status = std::move(status)] { applied(status); });
      });
  for (const Place& place : places) {
    view_->WhenApplied(log_->name(), place.shard, place.seq,
                       [arrivals](absl::Status status) { arrivals->Arrive(status); });
  }
  arrivals->Arrive(absl::OkStatus());
}

}  // namespace troupe
