#ifndef TROUPE_SERVICES_RPC_IMPORT_ITEMS_H_
#define TROUPE_SERVICES_RPC_IMPORT_ITEMS_H_

#include <cstdint>
#include <string>

#include "absl/status/status.h"
#include "absl/strings/string_view.h"
#include "troupe/v1/types.pb.h"

namespace troupe {

// The most records that one message of an import may have.
inline constexpr int kMostImportRecords = 1'000;

// The numbers of an import's items, as its messages count them.
// Thread-compatible.
class ImportItems {
 public:
  // Takes the next message, with `count` records in the field `list`. INVALID_ARGUMENT: it has no
  // request id, or another one than the message before; too many records; a
  // number below 0, or one that leaves a gap. To go back is fine: what was
  // stored is not stored again.
  absl::Status Take(absl::string_view request_id, int64_t first_item,
                    absl::string_view list, int count);

 private:
  std::string request_id_;  // Empty before the first message.
  int64_t next_ = 0;
};

// The answers to an item.
v1::ImportResult ImportedAs(v1::ImportOutcome outcome, int64_t item, std::string name);
v1::ImportResult Rejected(int64_t item, const absl::Status& why);

}  // namespace troupe

#endif  // TROUPE_SERVICES_RPC_IMPORT_ITEMS_H_
