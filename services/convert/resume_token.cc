#include "services/convert/resume_token.h"

#include <google/protobuf/io/coded_stream.h>
#include <google/protobuf/io/zero_copy_stream_impl_lite.h>

#include <cstdint>
#include <optional>

#include "absl/strings/escaping.h"
#include "absl/strings/str_cat.h"
#include "matcher/base/stable_hash.h"
#include "matcher/base/violation.h"

namespace troupe {
namespace {

using google::protobuf::io::ArrayInputStream;
using google::protobuf::io::CodedInputStream;
using google::protobuf::io::CodedOutputStream;
using google::protobuf::io::StringOutputStream;

constexpr uint64_t kFormat = 1;

uint64_t CheckSum(absl::string_view kind, absl::string_view places) {
  return StableHash({"resume token", kind, places});
}

// Places at the beginning of a shard are left out: a small log's token is short.
std::string Places(absl::Span<const Cursor> cursors) {
  std::string places;
  StringOutputStream stream(&places);
  CodedOutputStream out(&stream);
  out.WriteVarint64(kFormat);
  for (const Cursor& cursor : cursors) {
    if (cursor.after.seq == 0) continue;
    out.WriteVarint32(cursor.shard.value);
    out.WriteVarint64(cursor.after.seq);
    out.WriteLittleEndian64(cursor.after.id.value());
  }
  out.Trim();
  return places;
}

// nullopt if `in` does not go on with the places that Places writes.
std::optional<std::vector<Cursor>> ReadPlaces(CodedInputStream& in) {
  std::vector<Cursor> cursors;
  for (uint16_t shard = 0; shard < kShardCount; ++shard) cursors.push_back({{shard}, {}});
  uint64_t format = 0;
  if (!in.ReadVarint64(&format) || format != kFormat) return std::nullopt;
  uint32_t shard = 0;
  while (in.ReadVarint32(&shard)) {
    uint64_t seq = 0;
    uint64_t id = 0;
    if (shard >= kShardCount || !in.ReadVarint64(&seq) || !in.ReadLittleEndian64(&id)) {
      return std::nullopt;
    }
    cursors[shard].after = {seq, RecordId(id)};
  }
  return cursors;
}

}  // namespace

// Under base64url: the checksum, 8 bytes, then the places.
std::string FormatResumeToken(absl::string_view kind, absl::Span<const Cursor> cursors) {
  const std::string places = Places(cursors);
  uint8_t check_sum[8];
  CodedOutputStream::WriteLittleEndian64ToArray(CheckSum(kind, places), check_sum);
  return absl::WebSafeBase64Escape(
      absl::StrCat(std::string(check_sum, check_sum + sizeof check_sum), places));
}

absl::StatusOr<std::vector<Cursor>> ParseResumeToken(absl::string_view kind,
                                                     absl::string_view token) {
  const auto refused = [&] {
    return InvalidField("resume_token", absl::StrCat("is not one of a watch of ", kind, "s"),
                        "give one that such a watch has sent, or none");
  };
  std::string bytes;
  if (token.size() > kMaxResumeTokenBytes || !absl::WebSafeBase64Unescape(token, &bytes)) {
    return refused();
  }
  ArrayInputStream stream(bytes.data(), static_cast<int>(bytes.size()));
  CodedInputStream in(&stream);
  uint64_t check_sum = 0;
  if (!in.ReadLittleEndian64(&check_sum) ||
      check_sum != CheckSum(kind, absl::string_view(bytes).substr(sizeof check_sum))) {
    return refused();
  }
  std::optional<std::vector<Cursor>> cursors = ReadPlaces(in);
  if (!cursors.has_value()) return refused();
  return *std::move(cursors);
}

}  // namespace troupe
