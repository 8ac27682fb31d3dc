#ifndef TROUPE_SERVICES_RPC_RESOURCE_READER_H_
#define TROUPE_SERVICES_RPC_RESOURCE_READER_H_

#include <functional>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "absl/status/status.h"
#include "absl/strings/str_cat.h"
#include "google/protobuf/repeated_field.h"
#include "matcher/base/executor.h"
#include "matcher/base/status_macros.h"
#include "matcher/base/violation.h"
#include "services/convert/list_request.h"
#include "services/convert/page_token.h"
#include "services/rpc/call.h"
#include "services/rpc/done.h"
#include "services/rpc/stored_resource.h"

namespace troupe {

// A page of a listing as it goes over the wire.
template <typename Wire>
struct ResourcePage {
  std::vector<Wire> resources;
  std::string next_page_token;  // Empty: this was the last page.
};

// The standard methods that read one kind of resource (see stored_resource.h).
// Each answers from one snapshot, on the executor's threads. Thread-safe.
template <typename Kind>
class ResourceReader {
 public:
  using Wire = typename Kind::Wire;

  // Both outlive the calls.
  ResourceReader(const View* view, Executor* executor) : view_(view), executor_(executor) {}

  // What the methods are given by reference lives until `done` is called.
  void Get(std::shared_ptr<const Call> call, const std::string& name, Done<Wire> done) const;
  void BatchGet(std::shared_ptr<const Call> call,
                const google::protobuf::RepeatedPtrField<std::string>& names,
                Done<std::vector<Wire>> done) const;
  template <typename Request>
  void List(std::shared_ptr<const Call> call, const Request& request,
            Done<ResourcePage<Wire>> done) const;

 private:
  static constexpr int kMostNames = 1'000;
  // A page ends here even if it is not full, well within the largest message.
  static constexpr size_t kPageBytes = 4u << 20;

  template <typename Response>
  void Answer(std::shared_ptr<const Call> call, Done<Response> done,
              std::function<absl::StatusOr<Response>(const ViewSnapshot&, const Reader&)> answer)
      const;
  static absl::StatusOr<std::vector<EntityKey>> ParseNames(
      const google::protobuf::RepeatedPtrField<std::string>& names);
  static absl::StatusOr<ResourcePage<Wire>> Show(const ListPage& page, const ListRequest& list,
                                                 const Reader& reader);

  const View* const view_;
  Executor* const executor_;
};

template <typename Kind>
template <typename Response>
void ResourceReader<Kind>::Answer(
    std::shared_ptr<const Call> call, Done<Response> done,
    std::function<absl::StatusOr<Response>(const ViewSnapshot&, const Reader&)> answer) const {
  executor_->Run([this, call = std::move(call), done = std::move(done),
                  answer = std::move(answer)] {
    if (absl::Status wanted = CheckWanted(*call); !wanted.ok()) return done(std::move(wanted));
    if (absl::Status failure = view_->failure(); !failure.ok()) return done(std::move(failure));
    done(answer(*view_->Now(), {call->organization()}));
  });
}

template <typename Kind>
void ResourceReader<Kind>::Get(std::shared_ptr<const Call> call, const std::string& name,
                               Done<Wire> done) const {
  Answer<Wire>(std::move(call), std::move(done),
               [&name](const ViewSnapshot& now, const Reader& reader) -> absl::StatusOr<Wire> {
                 TROUPE_ASSIGN_OR_RETURN(const auto id, Kind::ParseName(name, "name"));
                 TROUPE_ASSIGN_OR_RETURN(const auto stored, now.Get(EntityOf<Kind>(id)));
                 return ShowStored<Kind>(stored, reader, name);
               });
}

template <typename Kind>
void ResourceReader<Kind>::BatchGet(
    std::shared_ptr<const Call> call,
    const google::protobuf::RepeatedPtrField<std::string>& names,
    Done<std::vector<Wire>> done) const {
  Answer<std::vector<Wire>>(
      std::move(call), std::move(done),
      [&names](const ViewSnapshot& now,
               const Reader& reader) -> absl::StatusOr<std::vector<Wire>> {
        TROUPE_ASSIGN_OR_RETURN(const std::vector<EntityKey> entities, ParseNames(names));
        TROUPE_ASSIGN_OR_RETURN(const auto stored, now.MultiGet(entities));
        std::vector<Wire> resources;
        resources.reserve(stored.size());
        for (size_t i = 0; i < stored.size(); ++i) {
          TROUPE_ASSIGN_OR_RETURN(
              Wire resource, ShowStored<Kind>(stored[i], reader, names[static_cast<int>(i)]));
          resources.push_back(std::move(resource));
        }
        return resources;
      });
}

template <typename Kind>
absl::StatusOr<std::vector<EntityKey>> ResourceReader<Kind>::ParseNames(
    const google::protobuf::RepeatedPtrField<std::string>& names) {
  if (names.empty()) return InvalidField("names", "is empty", "give at least one name");
  if (names.size() > kMostNames) {
    return InvalidField("names", absl::StrCat("has ", names.size(), " entries"),
                        absl::StrCat("give at most ", kMostNames));
  }
  std::vector<EntityKey> entities;
  entities.reserve(static_cast<size_t>(names.size()));
  for (const std::string& name : names) {
    TROUPE_ASSIGN_OR_RETURN(
        const auto id, Kind::ParseName(name, absl::StrCat("names[", entities.size(), "]")));
    entities.push_back(EntityOf<Kind>(id));
  }
  return entities;
}

template <typename Kind>
template <typename Request>
void ResourceReader<Kind>::List(std::shared_ptr<const Call> call, const Request& request,
                                Done<ResourcePage<Wire>> done) const {
  Answer<ResourcePage<Wire>>(
      std::move(call), std::move(done),
      [&request](const ViewSnapshot& now,
                 const Reader& reader) -> absl::StatusOr<ResourcePage<Wire>> {
        TROUPE_ASSIGN_OR_RETURN(const ListRequest list, FromWire(request, reader.organization));
        TROUPE_ASSIGN_OR_RETURN(const ListPage page, now.List(list.query));
        return Show(page, list, reader);
      });
}

template <typename Kind>
absl::StatusOr<ResourcePage<typename Kind::Wire>> ResourceReader<Kind>::Show(
    const ListPage& page, const ListRequest& list, const Reader& reader) {
  ResourcePage<Wire> shown;
  std::string next_key = page.next_key;
  size_t bytes = 0;
  for (const StoredRecord& stored : page.records) {
    TROUPE_ASSIGN_OR_RETURN(const auto found, ParseStored<Kind>(stored));
    shown.resources.push_back(ToWire(found.record, found.version, reader));
    bytes += shown.resources.back().ByteSizeLong();
    if (bytes >= kPageBytes && shown.resources.size() < page.records.size()) {
      next_key = ListKey(stored.entity, list.query.order,
                         absl::ToUnixMicros(found.record.update_time));
      break;
    }
  }
  if (!next_key.empty()) shown.next_page_token = FormatPageToken(list.question, next_key);
  return shown;
}

}  // namespace troupe

#endif  // TROUPE_SERVICES_RPC_RESOURCE_READER_H_
