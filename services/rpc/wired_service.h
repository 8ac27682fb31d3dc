#ifndef TROUPE_SERVICES_RPC_WIRED_SERVICE_H_
#define TROUPE_SERVICES_RPC_WIRED_SERVICE_H_

#include <google/protobuf/arena.h>
#include <google/protobuf/descriptor.h>
#include <grpcpp/impl/service_type.h>
#include <grpcpp/support/byte_buffer.h>

#include <deque>
#include <functional>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "absl/strings/string_view.h"
#include "services/rpc/admission.h"
#include "services/rpc/call.h"
#include "services/rpc/done.h"
#include "services/rpc/freshness_gate.h"
#include "services/rpc/message_codec.h"
#include "services/rpc/open_streams.h"
#include "services/rpc/response_sink.h"
#include "services/rpc/stream_handler.h"

namespace troupe {

// A gRPC service whose methods are plain C++: it admits each call, decodes the
// request, and turns what the method answers into an encoded response or a
// gRPC status with details. Methods are called on gRPC's threads and must not
// block there.
//
// The request lives until `done` is called, or as long as the sink is held; the
// Call as long as it is held.
//
//   class ProfileService {
//    public:
//     void GetProfile(std::shared_ptr<const Call> call,
//                     const v1::GetProfileRequest& request, Done<v1::Profile> done);
//     std::unique_ptr<StreamHandler<v1::ImportProfilesRequest, v1::ImportProfilesResponse>>
//     ImportProfiles(std::shared_ptr<const Call> call);
//     void WatchProfiles(std::shared_ptr<const Call> call,
//                        const v1::WatchProfilesRequest& request,
//                        std::shared_ptr<ResponseSink<v1::WatchProfilesResponse>> sink);
//   };
//
//   // services/profile/profile_wiring.cc
//   std::unique_ptr<WiredService> WireProfileService(ProfileService* profiles,
//                                                    Admission* admission) {
//     auto wired = std::make_unique<WiredService>("troupe.v1.ProfileService", admission);
//     wired->Unary("GetProfile", profiles, &ProfileService::GetProfile);
//     wired->Stream("ImportProfiles", profiles, &ProfileService::ImportProfiles);
//     wired->ServerStream("WatchProfiles", profiles, &ProfileService::WatchProfiles);
//     return wired;
//   }
//
// A method that the service lacks, or that has other types there, is a mistake
// in the program: it ends at start, and so does a service that is not linked
// in (name its generated class once, as v1::ProfileService::service_full_name()).
class WiredService final : public grpc::Service {
 public:
  struct UnaryOptions {
    // Whatever the caller wants, the answer knows all that was acknowledged before,
    // by every process whose log this one follows.
    bool fully_consistent = false;
  };

  // `full_name` is the service's in the protos. `admission` outlives this.
  WiredService(absl::string_view full_name, Admission* admission);

  // Lets `handler` of `service` answer `method`.
  template <typename Service, typename Request, typename Response>
  void Unary(absl::string_view method, Service* service,
             void (Service::*handler)(std::shared_ptr<const Call>, const Request&,
                                      Done<Response>),
             UnaryOptions options = {}) {
    AddUnary(
        {method, Request::descriptor(), Response::descriptor()}, options,
        [service, handler, budget = &admission_->decode_budget()](
            std::shared_ptr<const Call> call, const grpc::ByteBuffer& bytes,
            Done<grpc::ByteBuffer> done) {
          auto request = std::make_shared<Decoded<Request>>();
          if (absl::Status decoded = request->From(bytes, *budget); !decoded.ok()) {
            return done(std::move(decoded));
          }
          const Request& message = request->message();
          (service->*handler)(std::move(call), message,
                              [request = std::move(request),
                               done = std::move(done)](absl::StatusOr<Response> response) {
                                done(EncodeIfOk(response));
                              });
        });
  }

  // Lets the handlers that `factory` of `service` makes, one a stream, answer
  // `method`, whose requests and responses both are streams.
  template <typename Service, typename Request, typename Response>
  void Stream(absl::string_view method, Service* service,
              std::unique_ptr<StreamHandler<Request, Response>> (Service::*factory)(
                  std::shared_ptr<const Call>),
              StreamOptions options = {}) {
    AddStream({method, Request::descriptor(), Response::descriptor(), /*client_streams=*/true,
               /*server_streams=*/true},
              options,
              [service, factory, budget = &admission_->decode_budget()](
                  std::shared_ptr<const Call> call) {
                return std::make_unique<DecodingHandler<Request, Response>>(
                    (service->*factory)(std::move(call)), budget);
              });
  }

  // Lets `handler` of `service` answer `method`, whose responses are a stream.
  template <typename Service, typename Request, typename Response>
  void ServerStream(absl::string_view method, Service* service,
                    void (Service::*handler)(std::shared_ptr<const Call>, const Request&,
                                             std::shared_ptr<ResponseSink<Response>>)) {
    AddServerStream(
        {method, Request::descriptor(), Response::descriptor(), /*client_streams=*/false,
         /*server_streams=*/true},
        [service, handler, budget = &admission_->decode_budget()](
            std::shared_ptr<const Call> call, const grpc::ByteBuffer& bytes,
            std::shared_ptr<ResponseSink<grpc::ByteBuffer>> inner) {
          auto sink = std::make_shared<EncodingSink<Request, Response>>(std::move(inner));
          if (absl::Status decoded = sink->request.From(bytes, *budget); !decoded.ok()) {
            return sink->End(std::move(decoded));
          }
          (service->*handler)(std::move(call), sink->request.message(), sink);
        });
  }

  // Lets calls wait at `gate` for the state that they want, and tells with each
  // answer which state it shows. Streams want what there is. Before the server
  // starts; the gate outlives this. Without one, calls are answered at once.
  void WaitAt(FreshnessGate* gate) { gate_ = gate; }

  // Ends the streams of responses, also those to come, with `why`.
  void StopStreams(const absl::Status& why) { open_streams_.StopAll(why); }

  // "troupe.v1.ProfileService"
  const std::string& full_name() const { return descriptor_->full_name(); }

  // The methods of the service that nothing answers; gRPC says UNIMPLEMENTED.
  std::vector<std::string> UnwiredMethods() const;

 private:
  using BytesHandler = std::function<void(std::shared_ptr<const Call>, const grpc::ByteBuffer&,
                                          Done<grpc::ByteBuffer>)>;
  using BytesStreamHandler = std::function<void(std::shared_ptr<const Call>,
                                                const grpc::ByteBuffer&,
                                                std::shared_ptr<ResponseSink<grpc::ByteBuffer>>)>;
  using BytesStreamFactory = StreamHandlerFactory<grpc::ByteBuffer, grpc::ByteBuffer>;

  // A method as the program has it, to be compared with the protos.
  struct Signature {
    absl::string_view method;
    const google::protobuf::Descriptor* request;
    const google::protobuf::Descriptor* response;
    bool client_streams = false;
    bool server_streams = false;
  };

  template <typename Response>
  static absl::StatusOr<grpc::ByteBuffer> EncodeIfOk(const absl::StatusOr<Response>& response) {
    return response.ok() ? Encode(*response) : response.status();
  }

  // A request with what it takes of the budget.
  template <typename Request>
  class Decoded {
   public:
    absl::Status From(const grpc::ByteBuffer& bytes, DecodeBudget& budget) {
      absl::StatusOr<DecodeBudget::Share> taken = Decode(bytes, budget, *message_);
      if (taken.ok()) share_ = *std::move(taken);
      return taken.status();
    }

    const Request& message() const { return *message_; }

   private:
    DecodeBudget::Share share_;  // Before what it is for, so that it goes after it.
    google::protobuf::Arena arena_{RequestArenaOptions()};
    Request* const message_ = google::protobuf::Arena::CreateMessage<Request>(&arena_);
  };

  // Gives a handler messages where gRPC has bytes.
  template <typename Request, typename Response>
  class DecodingHandler final : public StreamHandler<grpc::ByteBuffer, grpc::ByteBuffer> {
   public:
    DecodingHandler(std::unique_ptr<StreamHandler<Request, Response>> inner, DecodeBudget* budget)
        : inner_(std::move(inner)), budget_(budget) {}

    void OnMessage(std::shared_ptr<const grpc::ByteBuffer> bytes,
                   Done<grpc::ByteBuffer> next) override {
      const auto request = std::make_shared<Decoded<Request>>();
      if (absl::Status decoded = request->From(*bytes, *budget_); !decoded.ok()) {
        return next(std::move(decoded));
      }
      bytes = nullptr;
      inner_->OnMessage(std::shared_ptr<const Request>(request, &request->message()),
                        [next = std::move(next)](absl::StatusOr<Response> response) {
                          next(EncodeIfOk(response));
                        });
    }

   private:
    const std::unique_ptr<StreamHandler<Request, Response>> inner_;
    DecodeBudget* const budget_;
  };

  // Takes messages where gRPC takes bytes, and keeps the request meanwhile.
  template <typename Request, typename Response>
  class EncodingSink final : public ResponseSink<Response> {
   public:
    explicit EncodingSink(std::shared_ptr<ResponseSink<grpc::ByteBuffer>> inner)
        : inner_(std::move(inner)) {}
    void Write(Response response, typename ResponseSink<Response>::Written written) override {
      absl::StatusOr<grpc::ByteBuffer> bytes = Encode(response);
      if (!bytes.ok()) return written(bytes.status());
      inner_->Write(*std::move(bytes), std::move(written));
    }
    void End(absl::Status status) override { inner_->End(std::move(status)); }
    void OnStop(std::function<void()> stopped) override { inner_->OnStop(std::move(stopped)); }

    Decoded<Request> request;

   private:
    const std::shared_ptr<ResponseSink<grpc::ByteBuffer>> inner_;
  };

  void AddUnary(const Signature& signature, UnaryOptions options, BytesHandler handler);
  void AddStream(const Signature& signature, StreamOptions options, BytesStreamFactory factory);
  void AddServerStream(const Signature& signature, BytesStreamHandler handler);
  const Admission::Method& Declare(const Signature& signature);

  // OK if a stream may open.
  absl::Status CheckGate() const { return gate_ == nullptr ? absl::OkStatus() : gate_->Check(); }
  void AddToken(grpc::CallbackServerContext& context, const absl::Status& status) const;

  Admission* const admission_;
  FreshnessGate* gate_ = nullptr;
  const google::protobuf::ServiceDescriptor* const descriptor_;
  OpenStreams open_streams_;
  std::deque<Admission::Method> methods_;  // Never move: gRPC and the handlers point at them.
  std::deque<std::string> paths_;          // "/troupe.v1.ProfileService/GetProfile"
};

}  // namespace troupe

#endif  // TROUPE_SERVICES_RPC_WIRED_SERVICE_H_
