#ifndef TROUPE_SERVICES_RPC_STORED_RESOURCE_H_
#define TROUPE_SERVICES_RPC_STORED_RESOURCE_H_

#include <cstdint>
#include <optional>
#include <utility>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "matcher/base/ids.h"
#include "matcher/base/status_macros.h"
#include "services/convert/reader.h"
#include "services/convert/resource_names.h"
#include "services/log/view.h"
#include "services/rpc/resource_errors.h"

// Resources as the view holds them. The standard methods are written once, for
// any `Kind` of resource, which is a type like this:
//
//   struct ProfileKind {
//     using Record = Profile;    // With id, ownership, external_id and times.
//     using Wire = v1::Profile;  // FromWire, ToWire and ApplyMask go between.
//     using Id = ProfileId;
//     using ImportRequest = v1::ImportProfilesRequest;
//     using ImportResponse = v1::ImportProfilesResponse;
//     using WatchRequest = v1::WatchProfilesRequest;
//     using WatchResponse = v1::WatchProfilesResponse;
//     using Change = v1::ProfileChange;
//     static constexpr EntityKind kEntity = EntityKind::kProfile;
//     static constexpr char kNoun[] = "profile";
//     static constexpr char kPlural[] = "profiles";
//     static absl::StatusOr<Id> ParseName(absl::string_view name, absl::string_view field);
//     static std::string Serialize(const Record& record);
//     static absl::StatusOr<Record> Parse(absl::string_view bytes);
//     static const RepeatedPtrField<Wire>& RecordsOf(const ImportRequest& request);
//     static Wire* ChangedIn(Change& change);  // Where a change has the resource.
//     // Every rule of the domain that `record` breaks by itself.
//     static Violations Validate(const Record& record);
//     // Those that it breaks as the successor of `stored`, which is empty for
//     // a new one, and beside what `now` holds. Blocks on disk, whose error it
//     // returns.
//     static absl::Status CheckChange(const Record& stored, const Record& next,
//                                     const ViewSnapshot& now, Violations& found);
//     // FAILED_PRECONDITION if `next` lacks what only another service may take
//     // away from `stored`.
//     static absl::Status CheckKept(const Record& stored, const Record& next);
//     // OK if `stored` may be deleted beside what `now` holds; else
//     // FAILED_PRECONDITION with all that needs it. Blocks on disk.
//     static absl::Status CheckDelete(const Record& stored, const ViewSnapshot& now);
//     // Adds what goes with `stored` in the same record. Blocks on disk.
//     static absl::Status AddToDelete(const Record& stored, const ViewSnapshot& now,
//                                     std::vector<Mutation>& mutations);
//     // Gives what is new in `record` the numbers that the server gives.
//     static void Number(Record& record);
//     // Lets `import` have the numbers that `stored` has for the same things.
//     static void KeepNumbers(const Record& stored, Record& import);
//   };
namespace troupe {

// A resource, and the version that its etag stands for.
template <typename Record>
struct Versioned {
  Record record;
  uint64_t version = kNoVersion;
};

template <typename Kind>
EntityKey EntityOf(const typename Kind::Id& id) {
  return {Kind::kEntity, id.value()};
}

template <typename Kind>
absl::StatusOr<Versioned<typename Kind::Record>> ParseStored(const StoredRecord& stored) {
  TROUPE_ASSIGN_OR_RETURN(typename Kind::Record record, Kind::Parse(stored.bytes));
  return Versioned<typename Kind::Record>{std::move(record), stored.version};
}

// The resource, whoever may see it; nullopt if there is none.
template <typename Kind>
absl::StatusOr<std::optional<Versioned<typename Kind::Record>>> FindStored(
    const ViewSnapshot& now, const typename Kind::Id& id) {
  TROUPE_ASSIGN_OR_RETURN(const std::optional<StoredRecord> stored, now.Get(EntityOf<Kind>(id)));
  if (!stored.has_value()) return std::nullopt;
  TROUPE_ASSIGN_OR_RETURN(auto record, ParseStored<Kind>(*stored));
  return record;
}

// The resource as `reader` may see it. NOT_FOUND if it does not exist for it.
template <typename Kind>
absl::StatusOr<typename Kind::Wire> ShowStored(const std::optional<StoredRecord>& stored,
                                               const Reader& reader, absl::string_view name) {
  if (!stored.has_value()) return RecordNotFound(Kind::kNoun, name);
  TROUPE_ASSIGN_OR_RETURN(const auto found, ParseStored<Kind>(*stored));
  if (!found.record.ownership.IsVisibleTo(reader.organization)) {
    return RecordNotFound(Kind::kNoun, name);
  }
  return ToWire(found.record, found.version, reader);
}

}  // namespace troupe

#endif  // TROUPE_SERVICES_RPC_STORED_RESOURCE_H_
