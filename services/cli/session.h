#ifndef TROUPE_SERVICES_CLI_SESSION_H_
#define TROUPE_SERVICES_CLI_SESSION_H_

#include <memory>
#include <optional>
#include <string>
#include <utility>

#include "google/protobuf/message.h"
#include "matcher/base/day.h"
#include "services/cli/connection.h"
#include "services/cli/host.h"
#include "services/rpc/tls_files.h"

namespace troupe {

// What every command can be told.
struct CommonOptions {
  std::string server = "127.0.0.1:7100";
  // In a deployment of several processes; empty: `server`.
  std::string profiles_server;
  std::string projects_server;
  std::string matching_server;
  std::optional<std::string> organization;  // Unset: the command's own default.
  TlsFiles tls;                             // Empty: a server on this machine, in plain text.
  bool fresh = false;  // Answers show all that was acknowledged before.
  bool json = false;
  bool verbose = false;
};

// One run of one command: its options, its streams, and the server, which is
// not looked for before it is needed. Thread-compatible.
class Session {
 public:
  // `host` and `options` outlive it.
  Session(const Host& host, const CommonOptions& options,
          std::shared_ptr<grpc::ChannelCredentials> credentials)
      : host_(host), options_(options), credentials_(std::move(credentials)) {}

  // The server, asked by the organization of the options, or that of the
  // certificate, or `default_organization`.
  const Connection& connection(const std::string& default_organization = "demo");

  // The process at --server, whatever other servers are named: for what each
  // process does for itself.
  Connection ConnectionToServer(const std::string& default_organization) const;

  const Host& host() const { return host_; }
  const Streams& streams() const { return host_.streams; }
  std::ostream& out() const { return host_.streams.out; }
  bool json() const { return options_.json; }
  bool verbose() const { return options_.verbose; }

  // The day it is where the machine stands.
  Day Today() const;

  // Writes one line of JSON.
  void PrintJson(const google::protobuf::Message& message) const;

 private:
  Connection Connect(const std::string& organization) const;
  // Whom to ask for.
  std::string OrganizationOr(const std::string& default_organization) const;

  const Host& host_;
  const CommonOptions& options_;
  const std::shared_ptr<grpc::ChannelCredentials> credentials_;
  std::optional<Connection> connection_;
};

}  // namespace troupe

#endif  // TROUPE_SERVICES_CLI_SESSION_H_
