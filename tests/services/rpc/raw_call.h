#ifndef TROUPE_TESTS_SERVICES_RPC_RAW_CALL_H_
#define TROUPE_TESTS_SERVICES_RPC_RAW_CALL_H_

#include <grpcpp/channel.h>
#include <grpcpp/client_context.h>
#include <grpcpp/impl/client_unary_call.h>
#include <grpcpp/impl/rpc_method.h>
#include <grpcpp/support/byte_buffer.h>
#include <grpcpp/support/sync_stream.h>

#include <memory>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "services/rpc/caller.h"
#include "services/rpc/status_details.h"

namespace troupe::testing {

inline grpc::ByteBuffer BytesOf(absl::string_view text) {
  grpc::Slice slice(text.data(), text.size());
  return grpc::ByteBuffer(&slice, 1);
}

inline std::string TextOf(const grpc::ByteBuffer& bytes) {
  std::vector<grpc::Slice> slices;
  std::string text;
  if (!bytes.Dump(&slices).ok()) return text;
  for (const grpc::Slice& slice : slices) {
    text.append(reinterpret_cast<const char*>(slice.begin()), slice.size());
  }
  return text;
}

// What a client with bytes of its own making gets from `path`, a unary RPC.
inline absl::StatusOr<std::string> RawCall(grpc::Channel& channel, const char* path,
                                           absl::string_view bytes) {
  grpc::ClientContext context;
  context.AddMetadata(kOrganizationMetadata, "alpha");
  const grpc::internal::RpcMethod method(path, grpc::internal::RpcMethod::NORMAL_RPC);
  grpc::ByteBuffer response;
  const absl::Status status = FromGrpcStatus(
      grpc::internal::BlockingUnaryCall(&channel, method, &context, BytesOf(bytes), &response));
  if (!status.ok()) return status;
  return TextOf(response);
}

// A stream of bytes to and from `path`, a bidirectional RPC.
inline std::unique_ptr<grpc::ClientReaderWriter<grpc::ByteBuffer, grpc::ByteBuffer>> RawStream(
    grpc::Channel& channel, const char* path, grpc::ClientContext& context) {
  context.AddMetadata(kOrganizationMetadata, "alpha");
  const grpc::internal::RpcMethod method(path, grpc::internal::RpcMethod::BIDI_STREAMING);
  return std::unique_ptr<grpc::ClientReaderWriter<grpc::ByteBuffer, grpc::ByteBuffer>>(
      grpc::internal::ClientReaderWriterFactory<grpc::ByteBuffer, grpc::ByteBuffer>::Create(
          &channel, method, &context));
}

}  // namespace troupe::testing

#endif  // TROUPE_TESTS_SERVICES_RPC_RAW_CALL_H_
