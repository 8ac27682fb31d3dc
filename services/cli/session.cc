#include "services/cli/session.h"

#include "absl/time/civil_time.h"
#include "absl/time/time.h"
#include "services/cli/json_text.h"

namespace troupe {

const Connection& Session::connection(const std::string& default_organization) {
  if (!connection_.has_value()) {
    const bool certified = !options_.tls.certificate.empty();
    connection_.emplace(host_.open_channel(options_.server, credentials_), options_.server,
                        options_.organization.value_or(certified ? "" : default_organization));
  }
  return *connection_;
}

Day Session::Today() const {
  return Day(absl::ToCivilDay(host_.clock.Now(), absl::LocalTimeZone()));
}

void Session::PrintJson(const google::protobuf::Message& message) const {
  host_.streams.out << ToJson(message) << "\n";
}

}  // namespace troupe
