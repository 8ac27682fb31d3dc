#ifndef TROUPE_SERVICES_RPC_RESOURCE_IMPORT_H_
#define TROUPE_SERVICES_RPC_RESOURCE_IMPORT_H_

#include <deque>
#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "absl/base/thread_annotations.h"
#include "absl/container/flat_hash_set.h"
#include "absl/synchronization/mutex.h"
#include "services/convert/update_mask.h"
#include "services/rpc/done.h"
#include "services/rpc/import_items.h"
#include "services/rpc/stream_handler.h"
#include "services/rpc/write_resource.h"

namespace troupe {

// One stream of an import of one kind of resource (see stored_resource.h).
//
// Messages are read and validated as they come and stored in their order, all
// records of a message in one commit; of several records of the same resource
// the later sees what the earlier wrote, so they take a commit each. What an
// item states already holds, or was stored by the same item before: UNCHANGED,
// and nothing is written. A resource without an external id is known by the
// import's id and the item's number.
template <typename Kind>
class ResourceImport final
    : public StreamHandler<typename Kind::ImportRequest, typename Kind::ImportResponse> {
 public:
  using Request = typename Kind::ImportRequest;
  using Response = typename Kind::ImportResponse;

  ResourceImport(const ResourceTools& tools, std::shared_ptr<const Call> call)
      : tools_(tools), call_(std::move(call)) {}

  void OnMessage(std::shared_ptr<const Request> request, Done<Response> next) override;

 private:
  using Record = typename Kind::Record;
  using Written = RecordWriter::Written;

  struct Item {
    typename Kind::Id id;
    std::optional<Record> record;  // As stated; until it is planned.
    std::string log_request_id;
    uint64_t body_hash = 0;
    int attempts = 0;
    v1::ImportOutcome outcome{};             // Once the log takes what is planned.
    std::optional<v1::ImportResult> result;  // Once it is answered.
  };
  struct Message {
    std::shared_ptr<const Request> request;
    Done<Response> next;
    absl::Status status;
    bool is_read = false;  // Its turn may come.
    std::vector<Item> items;
  };
  using MessagePtr = std::shared_ptr<Message>;
  using Round = std::vector<size_t>;  // Indices of the items that are planned.

  static constexpr int kAttempts = 8;

  void Read(Message& message) const;
  Item ReadItem(const typename Kind::Wire& wire, const std::string& import_id,
                int64_t number) const;
  // The record of an item that was read before.
  Record ReadAgain(const Message& message, size_t index) const;

  // The front message, if its turn has come now: it is then under way.
  MessagePtr TakeTurn() ABSL_EXCLUSIVE_LOCKS_REQUIRED(mutex_);
  void Finish(const MessagePtr& message);

  // Plans and appends the items of `message` that are not answered, as far as
  // they do not build on each other; again, until all are answered.
  void Store(const MessagePtr& message);
  Round NextRound(const Message& message) const;
  absl::StatusOr<std::vector<AppendRequest>> Plan(Message& message, Round& round) const;
  std::optional<AppendRequest> PlanItem(
      Message& message, size_t index,
      const std::optional<Versioned<Record>>& stored, const ViewSnapshot& now) const;
  void Settle(const MessagePtr& message, const Round& round,
              const std::vector<absl::StatusOr<Written>>& answers);
  void SettleItem(Message& message, size_t index, const absl::StatusOr<Written>& answer,
                  std::vector<ShardId>& contended) const;

  static int64_t NumberOf(const Message& message, size_t index) {
    return message.request->first_item() + static_cast<int64_t>(index);
  }

  const ResourceTools tools_;
  const std::shared_ptr<const Call> call_;
  ImportItems items_;  // Messages come one at a time.

  absl::Mutex mutex_;
  std::deque<MessagePtr> messages_ ABSL_GUARDED_BY(mutex_);  // Unanswered, in order.
  bool is_storing_ ABSL_GUARDED_BY(mutex_) = false;          // The front one.
  absl::Status failure_ ABSL_GUARDED_BY(mutex_);             // Of a message before.
};

template <typename Kind>
void ResourceImport<Kind>::OnMessage(std::shared_ptr<const Request> request,
                                     Done<Response> next) {
  const auto message = std::make_shared<Message>();
  message->status = items_.Take(request->request_id(), request->first_item(), Kind::kPlural,
                                Kind::RecordsOf(*request).size());
  message->request = std::move(request);
  message->next = std::move(next);
  {
    absl::MutexLock lock(&mutex_);
    messages_.push_back(message);
  }
  tools_.executor->Run([this, message] {
    Read(*message);
    MessagePtr due;
    {
      absl::MutexLock lock(&mutex_);
      message->is_read = true;
      due = TakeTurn();
    }
    if (due != nullptr) Store(due);
  });
}

template <typename Kind>
void ResourceImport<Kind>::Read(Message& message) const {
  const auto& records = Kind::RecordsOf(*message.request);
  if (!message.status.ok()) return;
  message.items.reserve(static_cast<size_t>(records.size()));
  for (const auto& wire : records) {
    message.items.push_back(
        ReadItem(wire, message.request->request_id(), NumberOf(message, message.items.size())));
  }
}

template <typename Kind>
typename ResourceImport<Kind>::Item ResourceImport<Kind>::ReadItem(
    const typename Kind::Wire& wire, const std::string& import_id, int64_t number) const {
  Violations found;
  Item item;
  item.record = ReadStated<Kind>(wire, call_->organization(), found);
  const ExternalId& external_id = item.record->external_id;
  if (!found.empty()) {
    item.result = Rejected(number, found.ToStatus());
    return item;
  }
  item.log_request_id = LogRequestId(call_->organization(), Kind::kNoun, import_id, number);
  item.body_hash = BodyHashOf(wire);
  item.id = typename Kind::Id(
      external_id ? RecordIdOf(call_->organization(), Kind::kNoun, external_id)
                  : RecordIdOf(item.log_request_id));
  item.record->id = item.id;
  return item;
}

template <typename Kind>
typename Kind::Record ResourceImport<Kind>::ReadAgain(const Message& message,
                                                      size_t index) const {
  const auto& wire = Kind::RecordsOf(*message.request)[static_cast<int>(index)];
  return *ReadItem(wire, message.request->request_id(), NumberOf(message, index)).record;
}

template <typename Kind>
typename ResourceImport<Kind>::MessagePtr ResourceImport<Kind>::TakeTurn() {
  if (is_storing_ || messages_.empty() || !messages_.front()->is_read) return nullptr;
  is_storing_ = true;
  if (!failure_.ok()) messages_.front()->status = failure_;
  return messages_.front();
}

template <typename Kind>
void ResourceImport<Kind>::Finish(const MessagePtr& message) {
  MessagePtr due;
  {
    absl::MutexLock lock(&mutex_);
    if (!message->status.ok()) failure_ = message->status;
    messages_.pop_front();
    is_storing_ = false;
    due = TakeTurn();
  }
  // After its last answer the stream may be gone, and this with it. A message
  // that is due is one without an answer.
  if (!message->status.ok()) {
    message->next(message->status);
  } else {
    Response response;
    for (Item& item : message->items) *response.add_results() = *std::move(item.result);
    message->next(std::move(response));
  }
  if (due != nullptr) Store(due);
}

template <typename Kind>
typename ResourceImport<Kind>::Round ResourceImport<Kind>::NextRound(
    const Message& message) const {
  Round round;
  absl::flat_hash_set<uint64_t> seen;
  for (size_t i = 0; i < message.items.size(); ++i) {
    const Item& item = message.items[i];
    if (!item.result.has_value() && seen.insert(item.id.value()).second) round.push_back(i);
  }
  return round;
}

template <typename Kind>
void ResourceImport<Kind>::Store(const MessagePtr& message) {
  std::vector<AppendRequest> appends;
  Round round;
  while (message->status.ok() && appends.empty()) {
    round = NextRound(*message);
    if (round.empty()) return Finish(message);
    if (message->status = CheckWanted(*call_); !message->status.ok()) break;
    if (message->status = tools_.view->failure(); !message->status.ok()) break;
    absl::StatusOr<std::vector<AppendRequest>> planned = Plan(*message, round);
    message->status = planned.status();
    if (planned.ok()) appends = *std::move(planned);
  }
  if (!message->status.ok()) return Finish(message);
  tools_.writer->Append(std::move(appends), call_->deadline(),
                        [this, message, round](const auto& answers) {
                          Settle(message, round, answers);
                        });
}

// Leaves those items in `round` that have a request.
template <typename Kind>
absl::StatusOr<std::vector<AppendRequest>> ResourceImport<Kind>::Plan(Message& message,
                                                                      Round& round) const {
  const std::shared_ptr<const ViewSnapshot> now = tools_.view->Now();
  std::vector<EntityKey> entities;
  for (size_t index : round) entities.push_back(EntityOf<Kind>(message.items[index].id));
  TROUPE_ASSIGN_OR_RETURN(const auto stored, now->MultiGet(entities));
  std::vector<AppendRequest> requests;
  Round planned;
  for (size_t i = 0; i < round.size(); ++i) {
    std::optional<Versioned<Record>> before;
    if (stored[i].has_value()) {
      TROUPE_ASSIGN_OR_RETURN(before, ParseStored<Kind>(*stored[i]));
    }
    std::optional<AppendRequest> request = PlanItem(message, round[i], before, *now);
    if (!request.has_value()) continue;
    requests.push_back(*std::move(request));
    planned.push_back(round[i]);
  }
  round = std::move(planned);
  return requests;
}

// The request that stores an item; nullopt if it is answered without.
template <typename Kind>
std::optional<AppendRequest> ResourceImport<Kind>::PlanItem(
    Message& message, size_t index, const std::optional<Versioned<Record>>& stored,
    const ViewSnapshot& now) const {
  Item& item = message.items[index];
  const int64_t number = NumberOf(message, index);
  // Large, so it is not copied for a next attempt, which few need.
  if (!item.record.has_value()) item.record = ReadAgain(message, index);
  Record next = *std::exchange(item.record, std::nullopt);
  if (stored.has_value()) {
    // Ids are hashes: two external ids may meet, if only by intent.
    if (stored->record.ownership.owner != next.ownership.owner ||
        stored->record.external_id != next.external_id) {
      item.result = Rejected(number, ExternalIdTaken(""));
      return std::nullopt;
    }
    Kind::KeepNumbers(stored->record, next);
    next = ApplyImport(stored->record, next);
    if (const absl::Status kept = Kind::CheckKept(stored->record, next); !kept.ok()) {
      item.result = Rejected(number, kept);
      return std::nullopt;
    }
  }
  Violations found;
  const absl::Status checked =
      Kind::CheckChange(stored.has_value() ? stored->record : Record(), next, now, found);
  if (!checked.ok()) {
    message.status = checked;
    return std::nullopt;
  }
  if (!found.empty()) {
    item.result = Rejected(number, found.ToStatus());
    return std::nullopt;
  }
  Kind::Number(next);
  if (stored.has_value() && next == stored->record) {
    item.result = ImportedAs(v1::IMPORT_OUTCOME_UNCHANGED, number, FormatName(next.id));
    return std::nullopt;
  }
  next.update_time = tools_.Now();
  if (!stored.has_value()) next.create_time = next.update_time;
  item.outcome =
      stored.has_value() ? v1::IMPORT_OUTCOME_UPDATED : v1::IMPORT_OUTCOME_CREATED;
  absl::StatusOr<AppendRequest> append = OneMutation<Kind>(
      next.id, item.log_request_id, item.body_hash,
      stored.has_value() ? Replacing(*stored) : Replaced{}, Kind::Serialize(next));
  if (append.ok()) return *std::move(append);
  item.result = Rejected(number, append.status());
  return std::nullopt;
}

template <typename Kind>
void ResourceImport<Kind>::Settle(const MessagePtr& message, const Round& round,
                                  const std::vector<absl::StatusOr<Written>>& answers) {
  std::vector<ShardId> contended;
  for (size_t i = 0; i < round.size(); ++i) {
    SettleItem(*message, round[i], answers[i], contended);
  }
  if (contended.empty()) return Store(message);
  tools_.writer->WhenCurrent(contended, [this, message](absl::Status current) {
    if (message->status.ok()) message->status = std::move(current);
    Store(message);
  });
}

// An error that is not about the item alone becomes that of the message: its
// outcome may be unknown, and the client resumes.
template <typename Kind>
void ResourceImport<Kind>::SettleItem(Message& message, size_t index,
                                      const absl::StatusOr<Written>& answer,
                                      std::vector<ShardId>& contended) const {
  Item& item = message.items[index];
  const int64_t number = NumberOf(message, index);
  if (answer.ok()) {
    item.result = ImportedAs(
        answer->is_repeat ? v1::IMPORT_OUTCOME_UNCHANGED : item.outcome, number,
        FormatName(item.id));
  } else if (StaleVersionOf(answer.status()).has_value() && ++item.attempts < kAttempts) {
    contended.push_back(ShardOf(item.id.value()));
  } else if (absl::IsAborted(answer.status())) {
    item.result = Rejected(number, StaleEtag(Kind::kNoun));
  } else if (absl::IsAlreadyExists(answer.status())) {
    item.result = Rejected(number, answer.status());
  } else if (message.status.ok()) {
    message.status = answer.status();
  }
}

}  // namespace troupe

#endif  // TROUPE_SERVICES_RPC_RESOURCE_IMPORT_H_
