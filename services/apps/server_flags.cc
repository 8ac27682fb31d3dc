#include "services/apps/server_flags.h"

#include "absl/flags/flag.h"
#include "services/rpc/limits.h"

ABSL_FLAG(std::string, listen, "127.0.0.1:7100",
          "HOST:PORT, port 0 for any that is free, or unix:PATH; other hosts than the loopback "
          "need TLS");
ABSL_FLAG(std::string, port_file, "", "a file that holds the port while the server is ready");
ABSL_FLAG(std::string, tls_cert, "", "PEM file: the server's certificate; read again on change");
ABSL_FLAG(std::string, tls_key, "", "PEM file: the key of --tls_cert");
ABSL_FLAG(std::string, tls_client_ca, "", "PEM file: who signed the callers' certificates");
ABSL_FLAG(std::string, operator_organization, "operator",
          "who may ask for statistics, and make and list backups");
ABSL_FLAG(absl::Duration, stream_patience, troupe::kStreamPatience,
          "how long a client may leave a response of a stream unread");
ABSL_FLAG(std::string, log_level, "info", "debug, info, warning or error");

namespace troupe {

RpcServer::Options RpcOptionsFromFlags() {
  return {.listen = absl::GetFlag(FLAGS_listen),
          .tls = ClientTlsFromFlags(),
          .port_file = absl::GetFlag(FLAGS_port_file)};
}

TlsFiles ClientTlsFromFlags() {
  return {.certificate = absl::GetFlag(FLAGS_tls_cert),
          .key = absl::GetFlag(FLAGS_tls_key),
          .authority = absl::GetFlag(FLAGS_tls_client_ca)};
}

std::string OperatorOrganizationFromFlags() { return absl::GetFlag(FLAGS_operator_organization); }

absl::Duration StreamPatienceFromFlags() { return absl::GetFlag(FLAGS_stream_patience); }

std::string LogLevelFromFlags() { return absl::GetFlag(FLAGS_log_level); }

}  // namespace troupe
