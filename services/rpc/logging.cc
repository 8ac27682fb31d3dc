#include "services/rpc/logging.h"

#include <google/protobuf/stubs/logging.h>
#include <grpc/support/log.h>
#include <spdlog/sinks/stdout_sinks.h>
#include <spdlog/spdlog.h>

#include <memory>
#include <string>
#include <utility>

#include "absl/strings/str_cat.h"
#include "matcher/base/violation.h"

namespace troupe {
namespace {

// Protobuf tells of every string of a client that is not UTF-8; the client
// hears of it, so the log need not.
void LogProtobuf(google::protobuf::LogLevel level, const char*, int, const std::string& message) {
  const bool fatal = level == google::protobuf::LOGLEVEL_FATAL;
  spdlog::log(fatal ? spdlog::level::critical : spdlog::level::debug, "protobuf: {}", message);
}

void LogGrpc(gpr_log_func_args* args) {
  const bool error = args->severity == GPR_LOG_SEVERITY_ERROR;
  spdlog::log(error ? spdlog::level::warn : spdlog::level::debug, "grpc: {}", args->message);
}

}  // namespace

absl::Status LogToStderr(absl::string_view level) {
  const auto parsed = spdlog::level::from_str(std::string(level));
  if (parsed < spdlog::level::debug || parsed > spdlog::level::err) {
    return ErrorWithReason(absl::StatusCode::kInvalidArgument, "INVALID_FIELD",
                           absl::StrCat("no log level \"", level,
                                        "\": give debug, info, warning or error"));
  }
  auto to_stderr = std::make_shared<spdlog::sinks::stderr_sink_mt>();
  spdlog::set_default_logger(std::make_shared<spdlog::logger>("troupe", std::move(to_stderr)));
  spdlog::set_level(parsed);
  spdlog::set_pattern("%Y-%m-%dT%H:%M:%S.%e%z %l %v");
  google::protobuf::SetLogHandler(&LogProtobuf);
  gpr_set_log_function(&LogGrpc);
  return absl::OkStatus();
}

}  // namespace troupe
