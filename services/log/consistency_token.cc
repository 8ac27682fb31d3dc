#include "services/log/consistency_token.h"

#include "absl/strings/escaping.h"
#include "matcher/base/stable_hash.h"
#include "troupe/storage/v1/freshness.pb.h"

namespace troupe {
namespace {

// Cuts and slips of the hand are told from tokens; forgery gains nothing.
constexpr size_t kCheckBytes = 4;

std::string CheckOf(absl::string_view bytes) {
  const uint64_t hash = StableHash(bytes);
  std::string check;
  for (size_t i = 0; i < kCheckBytes; ++i) check.push_back(static_cast<char>(hash >> (8 * i)));
  return check;
}

}  // namespace

std::string ConsistencyTokenOf(const LogPositionsOf& positions) {
  storage::v1::ConsistencyToken token;
  for (size_t log = 0; log < kLogNames; ++log) {
    storage::v1::LogProgress* progress = nullptr;
    for (uint16_t shard = 0; shard < kShardCount; ++shard) {
      const uint64_t seq = positions[log][shard].seq;
      if (seq == 0) continue;
      if (progress == nullptr) progress = token.add_logs();
      progress->set_log(static_cast<uint32_t>(log));
      progress->add_shards(shard);
      progress->add_seqs(seq);
    }
  }
  std::string bytes = token.SerializeAsString();
  bytes += CheckOf(bytes);
  return absl::WebSafeBase64Escape(bytes);
}

std::optional<std::vector<SeenRecord>> ParseConsistencyToken(absl::string_view text) {
  std::string bytes;
  if (!absl::WebSafeBase64Unescape(text, &bytes) || bytes.size() < kCheckBytes) {
    return std::nullopt;
  }
  const std::string check = bytes.substr(bytes.size() - kCheckBytes);
  bytes.resize(bytes.size() - kCheckBytes);
  storage::v1::ConsistencyToken token;
  if (CheckOf(bytes) != check || !token.ParseFromString(bytes)) return std::nullopt;
  std::vector<SeenRecord> seen;
  for (const storage::v1::LogProgress& progress : token.logs()) {
    if (progress.log() >= kLogNames || progress.shards_size() != progress.seqs_size()) {
      return std::nullopt;
    }
    for (int i = 0; i < progress.shards_size(); ++i) {
      if (progress.shards(i) >= kShardCount) return std::nullopt;
      seen.push_back({static_cast<LogName>(progress.log()),
                      {static_cast<uint16_t>(progress.shards(i))},
                      progress.seqs(i)});
    }
  }
  return seen;
}

}  // namespace troupe
