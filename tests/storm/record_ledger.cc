#include "tests/storm/record_ledger.h"

#include <algorithm>
#include <chrono>
#include <utility>

#include "absl/strings/str_cat.h"
#include "services/rpc/status_details.h"
#include "tests/services/convert/wire_samples.h"
#include "tests/storm/patience.h"
#include "troupe/v1/types.pb.h"

namespace troupe::testing {
namespace {

constexpr size_t kMostLive = 30;    // Past it more is deleted than created.
constexpr size_t kMostAnswered = 4;
constexpr size_t kAskedAbsent = 5;
constexpr int kBatches = 3;         // To an import.
constexpr int kBatchItems = 4;
constexpr std::chrono::seconds kDeadline(60);

}  // namespace

template <typename Kind>
RecordLedger<Kind>::RecordLedger(std::string client, uint64_t seed, Findings* findings)
    : client_(std::move(client)), findings_(findings), random_(seed) {}

template <typename Kind>
typename Kind::Wire RecordLedger<Kind>::Stated(const Record& record, int edition) const {
  return Kind::Stated(record.label, record.external_id, edition);
}

template <typename Kind>
typename RecordLedger<Kind>::Record& RecordLedger<Kind>::NewRecord() {
  Record& record = records_.emplace_back();
  record.label = absl::StrCat(client_, ", ", records_.size());
  return record;
}

// One without a doubt; nullptr if the dice find none.
template <typename Kind>
typename RecordLedger<Kind>::Record* RecordLedger<Kind>::Pick(bool exists) {
  for (int tries = 0; tries < 100 && !records_.empty(); ++tries) {
    Record& record = records_[dice_.Below(records_.size())];
    if (!record.doubt.has_value() && (record.edition != 0) == exists) return &record;
  }
  return nullptr;
}

template <typename Kind>
std::string RecordLedger<Kind>::NewRequestId() {
  return absl::StrCat(client_, "-", Kind::kNoun, "-", ++last_request_);
}

template <typename Kind>
absl::Status RecordLedger<Kind>::DoSomething(const Connection& by) {
  const auto live = std::count_if(records_.begin(), records_.end(),
                                  [](const Record& record) { return record.edition != 0; });
  if (Doubts() > 0 && dice_.OneIn(2)) return TryOneInDoubt(by);
  switch (dice_.Below(12)) {
    case 0:
    case 1:
      return Repeat(by);
    case 2:
      return RepeatImport(by);
    case 3:
      return Import(by);
    case 4:
      return Read(by);
    case 5:
    case 6:
      if (Record* const record = Pick(true); record != nullptr) {
        return Begin(by, *record, Verb::kDelete);
      }
      break;
    case 7:
    case 8:
    case 9:
      if (Record* const record = Pick(true); record != nullptr) {
        return Begin(by, *record, Verb::kUpdate);
      }
      break;
    default:
      break;
  }
  Record* const one = static_cast<size_t>(live) < kMostLive ? nullptr : Pick(true);
  return one != nullptr ? Begin(by, *one, Verb::kDelete) : Begin(by, NewRecord(), Verb::kCreate);
}

template <typename Kind>
absl::Status RecordLedger<Kind>::Begin(const Connection& by, Record& record, Verb verb) {
  record.doubt = Request{verb, NewRequestId(), verb == Verb::kDelete ? 0 : ++last_edition_};
  return Try(by, record);
}

template <typename Kind>
absl::Status RecordLedger<Kind>::Try(const Connection& by, Record& record) {
  const absl::StatusOr<Wire> answer = Send(by, record, *record.doubt);
  if (answer.ok()) {
    Acknowledge(record, *answer);
  } else if (IsTransportError(answer.status())) {
    return answer.status();
  } else {
    Tell(Wrong::kRefused, record, answer.status().ToString());
    record.doubt.reset();
  }
  return absl::OkStatus();
}

// What the server answers; of a deletion nothing.
template <typename Kind>
absl::StatusOr<typename Kind::Wire> RecordLedger<Kind>::Send(const Connection& by,
                                                             const Record& record,
                                                             const Request& request) {
  if (request.verb == Verb::kDelete) {
    const absl::Status deleted = Kind::Delete(by, record.name, request.id);
    if (!deleted.ok()) return deleted;
    return Wire();
  }
  Wire wire = Stated(record, request.edition);
  if (request.verb == Verb::kCreate) return Kind::Create(by, wire, request.id);
  wire.set_name(record.name);
  return Kind::Update(by, wire, request.id);
}

template <typename Kind>
void RecordLedger<Kind>::Acknowledge(Record& record, const Wire& answer) {
  const Request request = *record.doubt;
  record.doubt.reset();
  record.edition = request.edition;
  record.etag = answer.etag();
  ++acknowledged_;
  if (record.answered.size() == kMostAnswered) record.answered.erase(record.answered.begin());
  record.answered.push_back(request);
  if (request.edition == 0) return;
  if (record.name.empty()) record.name = answer.name();
  const std::string difference =
      Difference(Kind::Stateable(answer), Stated(record, request.edition));
  if (!difference.empty()) Tell(Wrong::kHalfApplied, record, difference);
  if (record.name != answer.name()) Tell(Wrong::kAppliedTwice, record, answer.name());
}

template <typename Kind>
absl::Status RecordLedger<Kind>::TryOneInDoubt(const Connection& by) {
  if (!unanswered_.empty() && dice_.OneIn(2)) return SendBatches(by, true);
  for (Record& record : records_) {
    if (record.doubt.has_value() && record.doubt->verb != Verb::kImport) return Try(by, record);
  }
  return SendBatches(by, true);
}

// What was answered before is answered again, and changes nothing, whatever
// became of the record in between: the next check would find it changed.
template <typename Kind>
absl::Status RecordLedger<Kind>::Repeat(const Connection& by) {
  Record* const record = Pick(!dice_.OneIn(3));
  if (record == nullptr || record->answered.empty()) return absl::OkStatus();
  const Request& request = record->answered[dice_.Below(record->answered.size())];
  const absl::StatusOr<Wire> answer = Send(by, *record, request);
  if (!answer.ok() && IsTransportError(answer.status())) return answer.status();
  const bool has_gone = record->edition == 0 && request.verb == Verb::kUpdate;
  if (answer.ok() ? request.verb != Verb::kDelete && answer->name() != record->name
                  : !has_gone || !absl::IsNotFound(answer.status())) {
    Tell(Wrong::kAppliedTwice, *record,
         absl::StrCat("a repeated request is answered ",
                      answer.ok() ? answer->name() : answer.status().ToString()));
  }
  return absl::OkStatus();
}

template <typename Kind>
absl::Status RecordLedger<Kind>::Read(const Connection& by) {
  Record* const record = Pick(true);
  if (record == nullptr || record->name.empty()) return absl::OkStatus();
  const absl::StatusOr<Wire> answer = Kind::Get(by, record->name);
  if (!answer.ok() && IsTransportError(answer.status())) return answer.status();
  if (!answer.ok()) {
    Tell(Wrong::kLost, *record, answer.status().ToString());
  } else if (Kind::EditionOf(*answer) != record->edition) {
    Tell(Wrong::kLost, *record, absl::StrCat("is read as ", Kind::EditionOf(*answer)));
  } else {
    CheckContent(*record, *answer);
  }
  return absl::OkStatus();
}

template <typename Kind>
absl::Status RecordLedger<Kind>::Import(const Connection& by) {
  if (!unanswered_.empty()) return SendBatches(by, true);
  const std::string request_id = NewRequestId();
  for (int64_t batch = 0; batch < kBatches; ++batch) {
    unanswered_.push_back(NewBatch(request_id, batch * kBatchItems));
  }
  return SendBatches(by, true);
}

// Some that were imported before, deleted since or not, and new ones.
template <typename Kind>
typename RecordLedger<Kind>::Batch RecordLedger<Kind>::NewBatch(const std::string& request_id,
                                                                int64_t first_item) {
  Batch batch;
  batch.request.set_request_id(request_id);
  batch.request.set_first_item(first_item);
  while (batch.records.size() < kBatchItems) {
    size_t index = dice_.Below(records_.size() + 1);
    if (index == records_.size() || records_[index].external_id.empty() ||
        records_[index].doubt.has_value()) {
      index = records_.size();
      NewRecord().external_id = absl::StrCat(client_, "-", index);
    }
    records_[index].doubt = Request{Verb::kImport, request_id, ++last_edition_};
    batch.records.push_back(index);
    *Kind::AddTo(batch.request) = Stated(records_[index], last_edition_);
  }
  return batch;
}

template <typename Kind>
absl::Status RecordLedger<Kind>::SendBatches(const Connection& by, bool may_break) {
  if (unanswered_.empty()) return absl::OkStatus();
  const auto context = by.NewContext();
  context->set_deadline(std::chrono::system_clock::now() + kDeadline);
  const auto stream = Kind::OpenImport(by, context.get());
  for (const Batch& batch : unanswered_) stream->Write(batch.request);
  bool is_broken = may_break && dice_.OneIn(4);
  if (is_broken) context->TryCancel();
  stream->WritesDone();
  typename Kind::ImportResponse response;
  while (!unanswered_.empty() && stream->Read(&response)) {
    TakeAnswer(response);
    if (may_break && !is_broken && dice_.OneIn(8)) {
      is_broken = true;
      context->TryCancel();
    }
  }
  const absl::Status end = FromGrpcStatus(stream->Finish());
  if (unanswered_.empty() || is_broken) return absl::OkStatus();
  if (IsTransportError(end)) return end;
  findings_->Add(Wrong::kRefused, absl::StrCat("an import by ", client_, " ended without an ",
                                               "answer to every message: ", end.ToString()));
  return absl::OkStatus();
}

// To the first message without one.
template <typename Kind>
void RecordLedger<Kind>::TakeAnswer(const typename Kind::ImportResponse& response) {
  last_answered_ = std::move(unanswered_.front());
  unanswered_.erase(unanswered_.begin());
  const std::vector<size_t>& batch = last_answered_->records;
  for (size_t i = 0; i < batch.size(); ++i) {
    Record& record = records_[batch[i]];
    const auto& result = response.results(static_cast<int>(i));
    if (result.outcome() == v1::IMPORT_OUTCOME_REJECTED) {
      Tell(Wrong::kRefused, record, result.ShortDebugString());
    } else {
      record.edition = record.doubt->edition;
      record.etag.clear();
      if (record.name.empty()) record.name = result.name();
      if (record.name != result.name()) Tell(Wrong::kAppliedTwice, record, result.name());
      ++acknowledged_;
    }
    record.doubt.reset();
  }
}

template <typename Kind>
absl::Status RecordLedger<Kind>::RepeatImport(const Connection& by) {
  if (!last_answered_.has_value()) return absl::OkStatus();
  const auto context = by.NewContext();
  context->set_deadline(std::chrono::system_clock::now() + kDeadline);
  const auto stream = Kind::OpenImport(by, context.get());
  stream->Write(last_answered_->request);
  stream->WritesDone();
  typename Kind::ImportResponse response;
  while (stream->Read(&response)) {
    for (const v1::ImportResult& result : response.results()) {
      if (result.outcome() == v1::IMPORT_OUTCOME_UNCHANGED) continue;
      findings_->Add(Wrong::kAppliedTwice, absl::StrCat("an import repeated by ", client_, ": ",
                                                        result.ShortDebugString()));
    }
  }
  const absl::Status end = FromGrpcStatus(stream->Finish());
  return IsTransportError(end) ? end : absl::OkStatus();
}

template <typename Kind>
void RecordLedger<Kind>::Check(const Connection& by, const Listing& listing, bool thorough) {
  for (Record& record : records_) CheckRecord(record, listing);
  if (thorough) {
    for (const Record& record : records_) CheckAbsence(by, record);
    return;
  }
  for (size_t i = 0; i < kAskedAbsent; ++i) {
    if (const Record* const record = Pick(false); record != nullptr) CheckAbsence(by, *record);
  }
}

template <typename Kind>
void RecordLedger<Kind>::CheckRecord(Record& record, const Listing& listing) {
  const auto [first, last] = listing.equal_range(record.label);
  if (std::distance(first, last) > 1) Tell(Wrong::kAppliedTwice, record, "is there twice");
  const int edition = first == last ? 0 : Kind::EditionOf(first->second);
  if (edition != record.edition && !(record.doubt && record.doubt->edition == edition)) {
    const bool was_deleted = record.edition == 0 && !record.answered.empty();
    Tell(was_deleted ? Wrong::kResurrected : Wrong::kLost, record,
         absl::StrCat("is now ", edition));
    record.edition = edition;  // Told once.
    record.etag.clear();
  }
  if (edition != 0) CheckContent(record, first->second);
}

template <typename Kind>
void RecordLedger<Kind>::CheckContent(Record& record, const Wire& wire) {
  const int edition = Kind::EditionOf(wire);
  const std::string difference = Difference(Kind::Stateable(wire), Stated(record, edition));
  if (!difference.empty()) Tell(Wrong::kHalfApplied, record, difference);
  if (record.name.empty()) record.name = wire.name();
  if (wire.name() != record.name) Tell(Wrong::kAppliedTwice, record, wire.name());
  if (edition != record.edition) return;
  if (record.etag.empty()) record.etag = wire.etag();
  if (wire.etag() == record.etag) return;
  Tell(Wrong::kAppliedTwice, record, absl::StrCat("has etag ", wire.etag(), ", had ", record.etag));
  record.etag = wire.etag();
}

template <typename Kind>
void RecordLedger<Kind>::CheckAbsence(const Connection& by, const Record& record) {
  if (record.edition != 0 || record.doubt.has_value() || record.name.empty()) return;
  const absl::Status got = Patiently([&] { return Kind::Get(by, record.name).status(); });
  if (absl::IsNotFound(got)) return;
  Tell(got.ok() ? Wrong::kResurrected : Wrong::kRefused, record, got.ToString());
}

template <typename Kind>
void RecordLedger<Kind>::Settle(const Connection& by) {
  absl::Status settled = Patiently([&] { return SendBatches(by, false); });
  for (Record& record : records_) {
    if (!settled.ok()) break;
    if (record.doubt.has_value()) settled = Patiently([&] { return Try(by, record); });
  }
  if (!settled.ok()) {
    findings_->Add(Wrong::kRefused, absl::StrCat(client_, " cannot settle: ", settled.ToString()));
  }
}

template <typename Kind>
void RecordLedger<Kind>::Tell(Wrong wrong, const Record& record, const std::string& text) {
  const std::string doubt =
      record.doubt.has_value() ? absl::StrCat(", in doubt ", record.doubt->edition) : "";
  findings_->Add(wrong, absl::StrCat(Kind::kNoun, " \"", record.label, "\" ", record.name,
                                     ", acknowledged ", record.edition, doubt, ": ", text));
}

template <typename Kind>
size_t RecordLedger<Kind>::Doubts() const {
  return static_cast<size_t>(
      std::count_if(records_.begin(), records_.end(),
                    [](const Record& record) { return record.doubt.has_value(); }));
}

template class RecordLedger<ProfileRecords>;
template class RecordLedger<ProjectRecords>;

}  // namespace troupe::testing
