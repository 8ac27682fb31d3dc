#ifndef TROUPE_SERVICES_RPC_READ_RESOURCES_H_
#define TROUPE_SERVICES_RPC_READ_RESOURCES_H_

#include <functional>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "absl/status/status.h"
#include "absl/strings/str_cat.h"
#include "absl/time/time.h"
#include "google/protobuf/repeated_field.h"
#include "matcher/base/status_macros.h"
#include "matcher/base/violation.h"
#include "services/convert/list_request.h"
#include "services/convert/page_token.h"
#include "services/rpc/call.h"
#include "services/rpc/done.h"
#include "services/rpc/resource_tools.h"
#include "services/rpc/stored_resource.h"

// The standard methods that read one kind of resource (see stored_resource.h).
// Each answers from one snapshot, on the executor's threads. Requests live until
// `done` is called.
namespace troupe {
namespace read_resources_internal {

inline constexpr int kMostNames = 1'000;
// A page ends here even if it is not full, well within the largest message.
inline constexpr size_t kPageBytes = 4u << 20;

template <typename Response>
void AnswerOn(const ResourceTools& tools, std::shared_ptr<const Call> call, Done<Response> done,
              std::function<absl::StatusOr<Response>(const ViewSnapshot&, const Reader&)> answer) {
  tools.executor->Run([tools, call = std::move(call), done = std::move(done),
                       answer = std::move(answer)] {
    if (absl::Status wanted = CheckWanted(*call); !wanted.ok()) return done(std::move(wanted));
    if (absl::Status failure = tools.view->failure(); !failure.ok()) {
      return done(std::move(failure));
    }
    done(answer(*tools.view->Now(), {call->organization()}));
  });
}

template <typename Kind>
absl::StatusOr<std::vector<EntityKey>> ParseNames(
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

// As many of `records` as make a page; `next_key` is where the next one begins.
template <typename Kind>
absl::StatusOr<google::protobuf::RepeatedPtrField<typename Kind::Wire>> ShowPage(
    const std::vector<StoredRecord>& records, const ListQuery& query, std::string& next_key) {
  google::protobuf::RepeatedPtrField<typename Kind::Wire> shown;
  size_t bytes = 0;
  for (const StoredRecord& stored : records) {
    TROUPE_ASSIGN_OR_RETURN(const auto found, ParseStored<Kind>(stored));
    *shown.Add() = ToWire(found.record, found.version, {query.filter.reader});
    bytes += shown.rbegin()->ByteSizeLong();
    if (bytes >= kPageBytes && &stored != &records.back()) {
      next_key = ListKey(stored.entity, query.order,
                         absl::ToUnixMicros(found.record.update_time));
      break;
    }
  }
  return shown;
}

}  // namespace read_resources_internal

// The resource `name`, a field of the request.
template <typename Kind>
void GetResource(const ResourceTools& tools, std::shared_ptr<const Call> call,
                 const std::string& name, Done<typename Kind::Wire> done) {
  using Wire = typename Kind::Wire;
  read_resources_internal::AnswerOn<Wire>(
      tools, std::move(call), std::move(done),
      [&name](const ViewSnapshot& now, const Reader& reader) -> absl::StatusOr<Wire> {
        TROUPE_ASSIGN_OR_RETURN(const auto id, Kind::ParseName(name, "name"));
        TROUPE_ASSIGN_OR_RETURN(const auto stored, now.Get(EntityOf<Kind>(id)));
        return ShowStored<Kind>(stored, reader, name);
      });
}

// The resources `names`, into the field of the response that `field` gives.
template <typename Kind, typename Response>
void BatchGetResources(
    const ResourceTools& tools, std::shared_ptr<const Call> call,
    const google::protobuf::RepeatedPtrField<std::string>& names,
    google::protobuf::RepeatedPtrField<typename Kind::Wire>* (Response::*field)(),
    Done<Response> done) {
  read_resources_internal::AnswerOn<Response>(
      tools, std::move(call), std::move(done),
      [&names, field](const ViewSnapshot& now, const Reader& reader) -> absl::StatusOr<Response> {
        TROUPE_ASSIGN_OR_RETURN(const std::vector<EntityKey> entities,
                                read_resources_internal::ParseNames<Kind>(names));
        TROUPE_ASSIGN_OR_RETURN(const auto stored, now.MultiGet(entities));
        Response response;
        for (size_t i = 0; i < stored.size(); ++i) {
          TROUPE_ASSIGN_OR_RETURN(
              auto resource, ShowStored<Kind>(stored[i], reader, names[static_cast<int>(i)]));
          *(response.*field)()->Add() = std::move(resource);
        }
        return response;
      });
}

// The page that `request` asks for, into the field that `field` gives.
template <typename Kind, typename Request, typename Response>
void ListResources(
    const ResourceTools& tools, std::shared_ptr<const Call> call, const Request& request,
    google::protobuf::RepeatedPtrField<typename Kind::Wire>* (Response::*field)(),
    Done<Response> done) {
  read_resources_internal::AnswerOn<Response>(
      tools, std::move(call), std::move(done),
      [&request, field](const ViewSnapshot& now,
                        const Reader& reader) -> absl::StatusOr<Response> {
        TROUPE_ASSIGN_OR_RETURN(const ListRequest list, FromWire(request, reader.organization));
        TROUPE_ASSIGN_OR_RETURN(ListPage page, now.List(list.query));
        Response response;
        TROUPE_ASSIGN_OR_RETURN(*(response.*field)(), read_resources_internal::ShowPage<Kind>(
                                                          page.records, list.query, page.next_key));
        if (!page.next_key.empty()) {
          response.set_next_page_token(FormatPageToken(list.question, page.next_key));
        }
        return response;
      });
}

}  // namespace troupe

#endif  // TROUPE_SERVICES_RPC_READ_RESOURCES_H_
