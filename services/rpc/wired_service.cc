#include "services/rpc/wired_service.h"

#include <grpcpp/impl/codegen/server_callback_handlers.h>
#include <grpcpp/impl/rpc_service_method.h>

#include <algorithm>
#include <cstdlib>
#include <iostream>

#include "absl/strings/str_cat.h"
#include "matcher/base/violation.h"
#include "services/rpc/bidi_stream.h"
#include "services/rpc/server_stream.h"

namespace troupe {
namespace {

using grpc::internal::RpcMethod;
using grpc::internal::RpcServiceMethod;

[[noreturn]] void Die(absl::string_view message) {
  std::cerr << message << std::endl;
  std::abort();
}

const google::protobuf::ServiceDescriptor* FindService(absl::string_view full_name) {
  const auto* found = google::protobuf::DescriptorPool::generated_pool()->FindServiceByName(
      std::string(full_name));
  if (found == nullptr) Die(absl::StrCat("no service ", full_name, " is linked in"));
  return found;
}

// One unary call. gRPC owns it until OnDone.
class UnaryReactor final : public grpc::ServerUnaryReactor {
 public:
  explicit UnaryReactor(std::shared_ptr<Call> call) : call_(std::move(call)) {}
  void OnCancel() override { call_->Cancel(); }
  void OnDone() override { delete this; }

 private:
  const std::shared_ptr<Call> call_;
};

// A stream that ends before it begins.
template <typename Reactor>
class Refused final : public Reactor {
 public:
  explicit Refused(grpc::Status status) { this->Finish(std::move(status)); }
  void OnDone() override { delete this; }
};

absl::StatusOr<Freshness> FreshnessOf(const grpc::CallbackServerContext& context) {
  Freshness wanted;
  const auto& metadata = context.client_metadata();
  const auto [first, last] = metadata.equal_range(kAtLeastAsFreshMetadata);
  for (auto it = first; it != last; ++it) {
    wanted.tokens.emplace_back(it->second.data(), it->second.size());
  }
  const auto consistency = metadata.find(kConsistencyMetadata);
  if (consistency == metadata.end() || consistency->second == kMinimizeLatency) return wanted;
  if (consistency->second != kFullyConsistent) {
    return InvalidField(kConsistencyMetadata, "is no consistency",
                        absl::StrCat("send ", kMinimizeLatency, " or ", kFullyConsistent));
  }
  wanted.fully_consistent = true;
  return wanted;
}

RpcMethod::RpcType KindOf(bool client_streams, bool server_streams) {
  if (client_streams) return RpcMethod::BIDI_STREAMING;
  return server_streams ? RpcMethod::SERVER_STREAMING : RpcMethod::NORMAL_RPC;
}

}  // namespace

WiredService::WiredService(absl::string_view full_name, Admission* admission)
    : admission_(admission), descriptor_(FindService(full_name)) {}

std::vector<std::string> WiredService::UnwiredMethods() const {
  std::vector<std::string> unwired;
  for (int i = 0; i < descriptor_->method_count(); ++i) {
    const std::string name = absl::StrCat(full_name(), "/", descriptor_->method(i)->name());
    const bool wired = std::any_of(methods_.begin(), methods_.end(),
                                   [&](const Admission::Method& m) { return m.name == name; });
    if (!wired) unwired.push_back(name);
  }
  return unwired;
}

const Admission::Method& WiredService::Declare(const Signature& signature) {
  const std::string name = absl::StrCat(full_name(), "/", signature.method);
  const auto* method = descriptor_->FindMethodByName(std::string(signature.method));
  if (method == nullptr || method->input_type() != signature.request ||
      method->output_type() != signature.response ||
      method->client_streaming() != signature.client_streams ||
      method->server_streaming() != signature.server_streams) {
    Die(absl::StrCat("the handler of ", name, " does not fit the protos"));
  }
  paths_.push_back(absl::StrCat("/", name));
  methods_.push_back(
      {name, FindAccess(admission_->options().rules, name), signature.server_streams});
  AddMethod(new RpcServiceMethod(paths_.back().c_str(),
                                 KindOf(signature.client_streams, signature.server_streams),
                                 nullptr));
  return methods_.back();
}

void WiredService::AddToken(grpc::CallbackServerContext& context,
                            const absl::Status& status) const {
  if (gate_ != nullptr && status.ok()) {
    context.AddTrailingMetadata(kTokenMetadata, gate_->Token());
  }
}

// What the code that gRPC generates for a raw callback method does, too.
void WiredService::AddUnary(const Signature& signature, UnaryOptions options,
                            BytesHandler handler) {
  const Admission::Method& method = Declare(signature);
  auto answer = [this, admission = admission_, &method, options, handler = std::move(handler)](
                    grpc::CallbackServerContext* context, const grpc::ByteBuffer* request,
                    grpc::ByteBuffer* response) -> grpc::ServerUnaryReactor* {
    absl::StatusOr<std::shared_ptr<Call>> call = admission->Admit(method, *context);
    if (!call.ok()) {
      grpc::ServerUnaryReactor* refused = context->DefaultReactor();
      refused->Finish(admission->Refuse(method, call.status()));
      return refused;
    }
    auto* reactor = new UnaryReactor(*call);
    const auto done = ExactlyOnce<grpc::ByteBuffer>(
        [this, context, call = *call, reactor, response](absl::StatusOr<grpc::ByteBuffer> bytes) {
          if (bytes.ok()) response->Swap(&*bytes);
          AddToken(*context, bytes.status());
          reactor->Finish(admission_->Conclude(*call, bytes.status()));
        });
    if (gate_ == nullptr) {
      handler(*call, *request, done);
      return reactor;
    }
    absl::StatusOr<Freshness> wanted = FreshnessOf(*context);
    if (!wanted.ok()) {
      done(wanted.status());
      return reactor;
    }
    wanted->fully_consistent |= options.fully_consistent;
    gate_->When(*wanted, (*call)->deadline(),
                [&handler, call = *call, request, done](absl::Status open) {
                  open.ok() ? handler(call, *request, done) : done(std::move(open));
                });
    return reactor;
  };
  MarkMethodRawCallback(
      static_cast<int>(methods_.size()) - 1,
      new grpc::internal::CallbackUnaryHandler<grpc::ByteBuffer, grpc::ByteBuffer>(answer));
}

void WiredService::AddStream(const Signature& signature, StreamOptions options,
                             BytesStreamFactory factory) {
  const Admission::Method& method = Declare(signature);
  auto open = [this, admission = admission_, &method, options, factory = std::move(factory)](
                  grpc::CallbackServerContext* context)
      -> grpc::ServerBidiReactor<grpc::ByteBuffer, grpc::ByteBuffer>* {
    absl::StatusOr<std::shared_ptr<Call>> call = admission->Admit(method, *context);
    if (!call.ok()) {
      using Reactor = grpc::ServerBidiReactor<grpc::ByteBuffer, grpc::ByteBuffer>;
      return new Refused<Reactor>(admission->Refuse(method, call.status()));
    }
    if (absl::Status gate = CheckGate(); !gate.ok()) {
      using Reactor = grpc::ServerBidiReactor<grpc::ByteBuffer, grpc::ByteBuffer>;
      return new Refused<Reactor>(admission->Conclude(**call, gate));
    }
    return BidiStream::Start(*call, factory(*call), options,
                             [this, context, call = *call](const absl::Status& status) {
                               AddToken(*context, status);
                               return admission_->Conclude(*call, status);
                             });
  };
  MarkMethodRawCallback(
      static_cast<int>(methods_.size()) - 1,
      new grpc::internal::CallbackBidiHandler<grpc::ByteBuffer, grpc::ByteBuffer>(open));
}

void WiredService::AddServerStream(const Signature& signature, BytesStreamHandler handler) {
  const Admission::Method& method = Declare(signature);
  auto open = [this, &method, handler = std::move(handler)](
                  grpc::CallbackServerContext* context, const grpc::ByteBuffer* request)
      -> grpc::ServerWriteReactor<grpc::ByteBuffer>* {
    absl::StatusOr<std::shared_ptr<Call>> call = admission_->Admit(method, *context);
    if (!call.ok()) {
      using Reactor = grpc::ServerWriteReactor<grpc::ByteBuffer>;
      return new Refused<Reactor>(admission_->Refuse(method, call.status()));
    }
    if (absl::Status gate = CheckGate(); !gate.ok()) {
      using Reactor = grpc::ServerWriteReactor<grpc::ByteBuffer>;
      return new Refused<Reactor>(admission_->Conclude(**call, gate));
    }
    auto* stream = troupe::ServerStream::Start(
        *call, admission_->options().stream_patience,
        [admission = admission_, call = *call](const absl::Status& status) {
          return admission->Conclude(*call, status);
        },
        context, &open_streams_);
    handler(*call, *request, stream->sink());
    return stream;
  };
  MarkMethodRawCallback(
      static_cast<int>(methods_.size()) - 1,
      new grpc::internal::CallbackServerStreamingHandler<grpc::ByteBuffer, grpc::ByteBuffer>(
          open));
}

}  // namespace troupe
