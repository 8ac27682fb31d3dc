#include "services/rpc/message_codec.h"

#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "matcher/base/status_macros.h"
#include "matcher/base/violation.h"
#include "services/rpc/decoded_size.h"
#include "services/rpc/invalid_utf8.h"
#include "services/rpc/limits.h"

namespace troupe {
namespace {

std::string Flattened(const grpc::ByteBuffer& bytes) {
  std::string flat;
  std::vector<grpc::Slice> slices;
  if (!bytes.Dump(&slices).ok()) return flat;
  flat.reserve(bytes.Length());
  for (const grpc::Slice& slice : slices) {
    flat.append(reinterpret_cast<const char*>(slice.begin()), slice.size());
  }
  return flat;
}

// So many bytes at most are made of one: a field has two bytes at least, and no
// message type of ours takes more than 512.
constexpr size_t kMostGrowth = 256;
// As many calls as there may be, each with a request of so many bytes, cannot take
// more than the budget. They are not counted.
constexpr size_t kHarmlessBytes = kDecodedBytes / kMaxCalls / kMostGrowth;
static_assert(kHarmlessBytes * kMostGrowth < kMaxDecodedBytes);

// What a request that encodes to `flat` takes of the budget.
absl::StatusOr<DecodeBudget::Share> TakeFrom(DecodeBudget& budget, absl::string_view flat,
                                             const google::protobuf::Descriptor& type) {
  if (flat.size() <= kHarmlessBytes) return nullptr;
  const size_t size = DecodedSize(flat, type, kMaxDecodedBytes);
  if (size <= kMaxDecodedBytes) return budget.Take(size);
  return ErrorWithReason(absl::StatusCode::kResourceExhausted, "REQUEST_TOO_LARGE",
                         absl::StrCat("the request has so many parts that it would take more "
                                      "than ",
                                      kMaxDecodedBytes, " bytes of memory: send fewer at a "
                                      "time"));
}

}  // namespace

absl::StatusOr<DecodeBudget::Share> Decode(const grpc::ByteBuffer& bytes, DecodeBudget& budget,
                                           google::protobuf::Message& message) {
  const google::protobuf::Descriptor& type = *message.GetDescriptor();
  const std::string flat = Flattened(bytes);
  TROUPE_ASSIGN_OR_RETURN(DecodeBudget::Share share, TakeFrom(budget, flat, type));
  if (message.ParseFromString(flat)) return share;
  if (const auto path = PathOfInvalidUtf8(flat, type)) {
    return InvalidField(*path, "is not UTF-8", "encode text as UTF-8");
  }
  return ErrorWithReason(absl::StatusCode::kInvalidArgument, "UNDECODABLE_REQUEST",
                         absl::StrCat("the bytes are no ", type.full_name(),
                                      ": send what code generated from our protos encodes"));
}

google::protobuf::ArenaOptions RequestArenaOptions() {
  google::protobuf::ArenaOptions options;
  options.max_block_size = size_t{64} << 10;
  return options;
}

absl::StatusOr<grpc::ByteBuffer> Encode(const google::protobuf::Message& message) {
  const size_t size = message.ByteSizeLong();
  if (size > static_cast<size_t>(kMaxMessageBytes)) {
    return ErrorWithReason(absl::StatusCode::kResourceExhausted, "RESPONSE_TOO_LARGE",
                           absl::StrCat("the answer has ", size, " bytes, more than ",
                                        kMaxMessageBytes, ": ask for fewer records at a time"));
  }
  grpc::Slice slice(size);
  message.SerializeWithCachedSizesToArray(const_cast<uint8_t*>(slice.begin()));
  return grpc::ByteBuffer(&slice, 1);
}

}  // namespace troupe
