#include "services/rpc/living_calls.h"

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "matcher/base/violation.h"

namespace troupe {
namespace {

// Only sockets of the network name the connection: others are all called alike.
bool NamesAConnection(absl::string_view peer) {
  return absl::StartsWith(peer, "ipv4:") || absl::StartsWith(peer, "ipv6:");
}

}  // namespace

absl::Status OverloadedError(absl::string_view problem) {
  return ErrorWithReason(absl::StatusCode::kResourceExhausted, "OVERLOADED",
                         absl::StrCat(problem, ": try again later, each time waiting longer"));
}

absl::Status LivingCalls::Begin(const std::string& peer, bool streams) {
  absl::MutexLock lock(&mutex_);
  if (calls_ >= limits_.calls) {
    return OverloadedError(absl::StrCat("the server works on ", calls_, " calls already"));
  }
  if (streams && streams_ >= limits_.streams) {
    return OverloadedError(absl::StrCat("the server has ", streams_, " open streams already"));
  }
  if (NamesAConnection(peer)) {
    int& mine = of_connection_[peer];
    if (mine >= limits_.per_connection) {
      return OverloadedError(absl::StrCat("the server works on ", mine,
                                     " calls of this connection already"));
    }
    ++mine;
  }
  ++calls_;
  if (streams) ++streams_;
  return absl::OkStatus();
}

void LivingCalls::End(const std::string& peer, bool streams) {
  absl::MutexLock lock(&mutex_);
  --calls_;
  if (streams) --streams_;
  const auto mine = of_connection_.find(peer);
  if (mine != of_connection_.end() && --mine->second == 0) of_connection_.erase(mine);
}

}  // namespace troupe
