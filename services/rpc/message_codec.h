#ifndef TROUPE_SERVICES_RPC_MESSAGE_CODEC_H_
#define TROUPE_SERVICES_RPC_MESSAGE_CODEC_H_

#include <google/protobuf/arena.h>
#include <google/protobuf/message.h>
#include <grpcpp/support/byte_buffer.h>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "services/rpc/decode_budget.h"

namespace troupe {

// Reads `bytes` into `message`, and returns what it takes of `budget`, to be kept
// as long as the message. INVALID_ARGUMENT: a string that is not UTF-8 (reason
// INVALID_FIELD, with its path), or bytes that are no such message (reason
// UNDECODABLE_REQUEST). RESOURCE_EXHAUSTED, found before any memory is taken: it
// would take more than kMaxDecodedBytes (reason REQUEST_TOO_LARGE), or more than the
// budget has left (OVERLOADED).
absl::StatusOr<DecodeBudget::Share> Decode(const grpc::ByteBuffer& bytes, DecodeBudget& budget,
                                           google::protobuf::Message& message);

// For the arena of a request: large ones take few blocks.
google::protobuf::ArenaOptions RequestArenaOptions();

// RESOURCE_EXHAUSTED, reason RESPONSE_TOO_LARGE: more than kMaxMessageBytes.
absl::StatusOr<grpc::ByteBuffer> Encode(const google::protobuf::Message& message);

}  // namespace troupe

#endif  // TROUPE_SERVICES_RPC_MESSAGE_CODEC_H_
