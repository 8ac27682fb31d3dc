#ifndef TROUPE_SERVICES_APPS_SERVER_FLAGS_H_
#define TROUPE_SERVICES_APPS_SERVER_FLAGS_H_

#include <string>

#include "absl/time/time.h"
#include "services/rpc/rpc_server.h"
#include "services/rpc/tls_files.h"

namespace troupe {

// The flags that every server process has: --listen, --port_file, --tls_cert,
// --tls_key, --tls_client_ca, --operator_organization, --stream_patience,
// --log_level. Parse the command line before.

// Where the process listens.
RpcServer::Options RpcOptionsFromFlags();

// What the process shows and trusts when it calls the others; empty without TLS.
// The same files as when they call it: one authority signs all certificates.
TlsFiles ClientTlsFromFlags();

std::string OperatorOrganizationFromFlags();
absl::Duration StreamPatienceFromFlags();
std::string LogLevelFromFlags();

}  // namespace troupe

#endif  // TROUPE_SERVICES_APPS_SERVER_FLAGS_H_
