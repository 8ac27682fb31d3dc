#ifndef TROUPE_SERVICES_RPC_CHANNEL_CREDENTIALS_H_
#define TROUPE_SERVICES_RPC_CHANNEL_CREDENTIALS_H_

#include <grpcpp/security/credentials.h>

#include <memory>

#include "absl/status/statusor.h"
#include "services/rpc/tls_files.h"

namespace troupe {

// How a client shows who it is, and knows that the server is the one it called:
// by its address's host among the names of the server's certificate. Without
// files: plain text, for servers on this machine. Errors as ReadTlsFiles's;
// also a certificate without an authority.
//
//   TROUPE_ASSIGN_OR_RETURN(auto credentials, ChannelCredentials(files));
//   auto channel = grpc::CreateChannel("projects.example.com:7102", credentials);
//
// The files are read once: for clients that end soon.
absl::StatusOr<std::shared_ptr<grpc::ChannelCredentials>> ChannelCredentials(
    const TlsFiles& files);

// The same for clients that stay: the files are looked at every 10 seconds, and
// new connections use what they hold then. While they hold what is unusable, no
// new connection succeeds; replace them whole, by renaming.
absl::StatusOr<std::shared_ptr<grpc::ChannelCredentials>> ReloadingChannelCredentials(
    const TlsFiles& files);

}  // namespace troupe

#endif  // TROUPE_SERVICES_RPC_CHANNEL_CREDENTIALS_H_
