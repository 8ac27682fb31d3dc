#ifndef TROUPE_TESTS_SERVICES_RPC_ECHO_SERVER_H_
#define TROUPE_TESTS_SERVICES_RPC_ECHO_SERVER_H_

#include <functional>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "absl/status/status.h"
#include "echo.grpc.pb.h"
#include "services/rpc/admission.h"
#include "services/rpc/caller.h"
#include "services/rpc/real_clock.h"
#include "services/rpc/rpc_server.h"
#include "services/rpc/status_details.h"
#include "services/rpc/wired_service.h"

namespace troupe::testing {

using test::EchoRequest;
using test::EchoResponse;

inline EchoResponse Reply(std::string text) {
  EchoResponse response;
  response.set_text(std::move(text));
  return response;
}

inline EchoRequest Saying(std::string text) {
  EchoRequest request;
  request.set_text(std::move(text));
  return request;
}

// A service whose methods do what the test sets; by default they echo.
class EchoService {
 public:
  using Handler = std::function<void(std::shared_ptr<const Call>, const EchoRequest&,
                                     Done<EchoResponse>)>;
  using ReciteHandler = std::function<void(std::shared_ptr<const Call>, const EchoRequest&,
                                           std::shared_ptr<ResponseSink<EchoResponse>>)>;
  using MessageHandler = std::function<void(EchoRequest, Done<EchoResponse>)>;

  void Answer(std::shared_ptr<const Call> call, const EchoRequest& request,
              Done<EchoResponse> done) {
    on_call(std::move(call), request, std::move(done));
  }
  void Recite(std::shared_ptr<const Call> call, const EchoRequest& request,
              std::shared_ptr<ResponseSink<EchoResponse>> sink) {
    on_recite(std::move(call), request, std::move(sink));
  }
  std::unique_ptr<StreamHandler<EchoRequest, EchoResponse>> Open(
      std::shared_ptr<const Call> call) {
    if (on_open) on_open(std::move(call));
    return std::make_unique<Stream>(this);
  }

  Handler on_call = [](std::shared_ptr<const Call>, const EchoRequest& request,
                       Done<EchoResponse> done) { done(Reply(request.text())); };
  ReciteHandler on_recite = [](std::shared_ptr<const Call>, const EchoRequest& request,
                               std::shared_ptr<ResponseSink<EchoResponse>> sink) {
    sink->Write(Reply(request.text()), [sink](const absl::Status& written) { sink->End(written); });
  };
  std::function<void(std::shared_ptr<const Call>)> on_open;
  MessageHandler on_message = [](EchoRequest request, Done<EchoResponse> next) {
    next(Reply(request.text()));
  };
  std::function<void()> on_stream_end = [] {};

 private:
  class Stream final : public StreamHandler<EchoRequest, EchoResponse> {
   public:
    explicit Stream(EchoService* service) : service_(service) {}
    ~Stream() override { service_->on_stream_end(); }
    void OnMessage(std::shared_ptr<const EchoRequest> request, Done<EchoResponse> next) override {
      service_->on_message(*request, std::move(next));
    }

   private:
    EchoService* const service_;
  };
};

inline constexpr AccessRule kEchoRules[] = {
    {"troupe.test.EchoService/Echo", Access::kOrganization},
    {"troupe.test.EchoService/Operate", Access::kOperator},
    {"troupe.test.EchoService/Greet", Access::kAnyone},
    {"troupe.test.EchoService/Relay", Access::kService},
    {"troupe.test.EchoService/EchoAll", Access::kOrganization},
    {"troupe.test.EchoService/Recite", Access::kOrganization},
};

inline std::unique_ptr<WiredService> WireEchoService(EchoService* echo, Admission* admission,
                                                     StreamOptions streams = {}) {
  auto wired = std::make_unique<WiredService>("troupe.test.EchoService", admission);
  for (const char* method : {"Echo", "Operate", "Greet", "Relay", "Forgotten"}) {
    wired->Unary(method, echo, &EchoService::Answer);
  }
  wired->Stream("EchoAll", echo, &EchoService::Open, streams);
  wired->ServerStream("Recite", echo, &EchoService::Recite);
  return wired;
}

// An EchoService behind a server, and a client in the same process.
class EchoServer {
 public:
  explicit EchoServer(Admission::Options options = {}, StreamOptions streams = {},
                      RpcServer::Options listening = {}, const Clock* clock = nullptr)
      : admission_(WithEchoRules(std::move(options)), clock != nullptr ? clock : &clock_) {
    std::vector<std::unique_ptr<WiredService>> services;
    services.push_back(WireEchoService(&echo_, &admission_, streams));
    server_ = *RpcServer::Start(std::move(listening), std::move(services));
    channel_ = server_->InProcessChannel();
    stub_ = test::EchoService::NewStub(channel_);
  }

  EchoService& echo() { return echo_; }
  RpcServer& server() { return *server_; }
  test::EchoService::Stub& stub() { return *stub_; }
  const std::shared_ptr<grpc::Channel>& channel() { return channel_; }

  // The status and text of a call of Echo by `organization`.
  absl::StatusOr<std::string> Echo(std::string text, const std::string& organization = "alpha") {
    grpc::ClientContext context;
    context.AddMetadata(kOrganizationMetadata, organization);
    EchoResponse response;
    const absl::Status status =
        FromGrpcStatus(stub_->Echo(&context, Saying(std::move(text)), &response));
    if (!status.ok()) return status;
    return response.text();
  }

 private:
  static Admission::Options WithEchoRules(Admission::Options options) {
    options.rules = kEchoRules;
    return options;
  }

  const RealClock clock_;
  Admission admission_;
  EchoService echo_;
  std::unique_ptr<RpcServer> server_;
  std::shared_ptr<grpc::Channel> channel_;
  std::unique_ptr<test::EchoService::Stub> stub_;
};

}  // namespace troupe::testing

#endif  // TROUPE_TESTS_SERVICES_RPC_ECHO_SERVER_H_
