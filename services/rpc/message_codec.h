#ifndef TROUPE_SERVICES_RPC_MESSAGE_CODEC_H_
#define TROUPE_SERVICES_RPC_MESSAGE_CODEC_H_

#include <google/protobuf/message.h>
#include <grpcpp/support/byte_buffer.h>

#include "absl/status/status.h"
#include "absl/status/statusor.h"

namespace troupe {

// Reads `bytes` into `message`. INVALID_ARGUMENT: a string that is not UTF-8
// (reason INVALID_FIELD, with its path), or bytes that are no such message
// (reason UNDECODABLE_REQUEST). RESOURCE_EXHAUSTED, reason REQUEST_TOO_LARGE: it
// would take more than kMaxDecodedBytes of memory; found before any is taken.
absl::Status Decode(const grpc::ByteBuffer& bytes, google::protobuf::Message& message);

// RESOURCE_EXHAUSTED, reason RESPONSE_TOO_LARGE: more than kMaxMessageBytes.
absl::StatusOr<grpc::ByteBuffer> Encode(const google::protobuf::Message& message);

}  // namespace troupe

#endif  // TROUPE_SERVICES_RPC_MESSAGE_CODEC_H_
