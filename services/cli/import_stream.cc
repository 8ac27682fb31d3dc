#include "services/cli/import_stream.h"

#include <grpcpp/support/sync_stream.h>

#include <algorithm>
#include <thread>
#include <utility>
#include <vector>

#include "absl/base/thread_annotations.h"
#include "absl/synchronization/mutex.h"
#include "matcher/base/status_macros.h"
#include "matcher/base/violation.h"
#include "troupe/v1/placement_service.grpc.pb.h"
#include "troupe/v1/profile_service.grpc.pb.h"
#include "troupe/v1/project_service.grpc.pb.h"

namespace troupe {
namespace {

// What differs between the kinds of records.
template <typename Record>
struct Wire;

template <>
struct Wire<v1::Profile> {
  using Request = v1::ImportProfilesRequest;
  using Response = v1::ImportProfilesResponse;
  static auto Open(const Connection& connection, grpc::ClientContext* context) {
    return connection.stub<v1::ProfileService::Stub>().ImportProfiles(context);
  }
  static v1::Profile& NewRecord(Request& request) { return *request.add_profiles(); }
};

template <>
struct Wire<v1::Project> {
  using Request = v1::ImportProjectsRequest;
  using Response = v1::ImportProjectsResponse;
  static auto Open(const Connection& connection, grpc::ClientContext* context) {
    return connection.stub<v1::ProjectService::Stub>().ImportProjects(context);
  }
  static v1::Project& NewRecord(Request& request) { return *request.add_projects(); }
};

template <>
struct Wire<v1::Program> {
  using Request = v1::ImportProgramsRequest;
  using Response = v1::ImportProgramsResponse;
  static auto Open(const Connection& connection, grpc::ClientContext* context) {
    return connection.stub<v1::PlacementService::Stub>().ImportPrograms(context);
  }
  static v1::Program& NewRecord(Request& request) { return *request.add_programs(); }
};

}  // namespace

// A thread of its own reads, so that the server can always get rid of its
// answers and neither side waits for the other.
template <typename Record>
class ImportStream<Record>::Link {
 public:
  using Request = typename Wire<Record>::Request;
  using Response = typename Wire<Record>::Response;

  explicit Link(const Connection& connection)
      : context_(connection.NewContext()),
        stream_(Wire<Record>::Open(connection, context_.get())),
        reader_([this] { ReadAll(); }) {}

  ~Link() {
    if (!reader_.joinable()) return;
    context_->TryCancel();
    grpc::Status dropped = Close();  // Nobody waits for its outcome any more.
  }

  // False if the stream is broken.
  bool Write(const Request& request) { return stream_->Write(request); }
  void WritesDone() { stream_->WritesDone(); }

  // The answers since the last call. With `wait`, empty only if there will be no
  // more.
  std::vector<v1::ImportResult> Take(bool wait) {
    absl::MutexLock lock(&mutex_);
    if (wait) mutex_.Await(absl::Condition(this, &Link::HasNews));
    return std::exchange(answers_, {});
  }

  grpc::Status Close() {
    reader_.join();
    return stream_->Finish();
  }

 private:
  bool HasNews() const ABSL_EXCLUSIVE_LOCKS_REQUIRED(mutex_) {
    return ended_ || !answers_.empty();
  }

  void ReadAll() {
    Response response;
    while (stream_->Read(&response)) {
      absl::MutexLock lock(&mutex_);
      for (v1::ImportResult& result : *response.mutable_results()) {
        answers_.push_back(std::move(result));
      }
    }
    absl::MutexLock lock(&mutex_);
    ended_ = true;
  }

  std::unique_ptr<grpc::ClientContext> context_;
  std::unique_ptr<grpc::ClientReaderWriter<Request, Response>> stream_;
  absl::Mutex mutex_;
  std::vector<v1::ImportResult> answers_ ABSL_GUARDED_BY(mutex_);
  bool ended_ ABSL_GUARDED_BY(mutex_) = false;
  std::thread reader_;
};

template <typename Record>
ImportStream<Record>::ImportStream(const Connection& connection, std::string request_id,
                                   const ImportPace& pace, Pause pause, OnAnswer on_answer)
    : connection_(connection),
      request_id_(std::move(request_id)),
      pace_(pace),
      pause_(std::move(pause)),
      on_answer_(std::move(on_answer)) {}

template <typename Record>
ImportStream<Record>::~ImportStream() = default;

template <typename Record>
bool ImportStream<Record>::HoldsFullMessage() const {
  return unanswered_.size() - sent_ >= pace_.records || unsent_bytes_ >= pace_.bytes;
}

template <typename Record>
absl::Status ImportStream<Record>::Add(Record record) {
  unsent_bytes_ += record.ByteSizeLong();
  unanswered_.push_back(std::move(record));
  if (!HoldsFullMessage()) return absl::OkStatus();
  return Flush(pace_.records * (pace_.unanswered_messages - 1));
}

template <typename Record>
absl::Status ImportStream<Record>::Finish() {
  TROUPE_RETURN_IF_ERROR(Flush(0));
  if (link_ == nullptr) return absl::OkStatus();
  link_->WritesDone();
  // Every record is answered, so how the stream ends changes nothing.
  grpc::Status ignored = link_->Close();
  return absl::OkStatus();
}

// Sends all there is, and waits until at most so many records are unanswered.
template <typename Record>
absl::Status ImportStream<Record>::Flush(size_t most_unanswered) {
  while (sent_ < unanswered_.size() || unanswered_.size() > most_unanswered) {
    if (link_ == nullptr) link_ = std::make_unique<Link>(connection_);
    if (sent_ < unanswered_.size()) TROUPE_RETURN_IF_ERROR(Send());
    if (link_ == nullptr) continue;
    TROUPE_RETURN_IF_ERROR(TakeAnswers(/*wait=*/unanswered_.size() > most_unanswered));
  }
  return absl::OkStatus();
}

// Sends one message, or reopens the stream.
template <typename Record>
absl::Status ImportStream<Record>::Send() {
  typename Link::Request request;
  request.set_request_id(request_id_);
  request.set_first_item(first_unanswered_ + static_cast<int64_t>(sent_));
  size_t bytes = 0;
  size_t count = 0;
  while (sent_ + count < unanswered_.size() && count < pace_.records && bytes < pace_.bytes) {
    const Record& record = unanswered_[sent_ + count];
    bytes += record.ByteSizeLong();
    Wire<Record>::NewRecord(request) = record;
    ++count;
  }
  if (!link_->Write(request)) return Reopen();
  sent_ += count;
  unsent_bytes_ -= std::min(unsent_bytes_, bytes);
  return absl::OkStatus();
}

template <typename Record>
absl::Status ImportStream<Record>::TakeAnswers(bool wait) {
  const std::vector<v1::ImportResult> answers = link_->Take(wait);
  if (answers.empty()) return wait ? Reopen() : absl::OkStatus();
  for (const v1::ImportResult& answer : answers) {
    if (sent_ == 0 || answer.item() != first_unanswered_) {
      return ErrorWithReason(absl::StatusCode::kInternal, "ANSWERS_OUT_OF_ORDER",
                             "the server answered records out of order");
    }
    on_answer_(first_unanswered_, unanswered_.front(), answer);
    unanswered_.pop_front();
    ++first_unanswered_;
    --sent_;
  }
  was_answered_ = true;
  failures_ = 0;
  return absl::OkStatus();
}

// What was sent may have been stored; the request id keeps it from being stored
// twice.
template <typename Record>
absl::Status ImportStream<Record>::Reopen() {
  const absl::Status error = connection_.Error(link_->Close());
  TROUPE_RETURN_IF_ERROR(TakeAnswers(/*wait=*/false));
  link_ = nullptr;
  sent_ = 0;
  if (error.ok()) {
    return ErrorWithReason(absl::StatusCode::kInternal, "STREAM_ENDED",
                           "the server ended the import early");
  }
  if (!was_answered_ || !IsTransportError(error) || ++failures_ > pace_.attempts) return error;
  const int doublings = std::min(failures_ - 1, 20);
  pause_(std::min(pace_.longest_pause, pace_.first_pause * (1 << doublings)));
  return absl::OkStatus();
}

template class ImportStream<v1::Profile>;
template class ImportStream<v1::Project>;
template class ImportStream<v1::Program>;

}  // namespace troupe
