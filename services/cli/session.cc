#include "services/cli/session.h"

#include <map>

#include "absl/strings/str_join.h"
#include "absl/time/civil_time.h"
#include "absl/time/time.h"
#include "services/cli/json_text.h"

namespace troupe {

const Connection& Session::connection(const std::string& default_organization) {
  if (!connection_.has_value()) {
    connection_.emplace(Connect(OrganizationOr(default_organization)));
    if (options_.fresh) connection_->AskForFresh();
  }
  return *connection_;
}

Connection Session::ConnectionToServer(const std::string& default_organization) const {
  return Connection(host_.open_channel(options_.server, credentials_), options_.server,
                    OrganizationOr(default_organization));
}

std::string Session::OrganizationOr(const std::string& default_organization) const {
  const bool certified = !options_.tls.certificate.empty();
  return options_.organization.value_or(certified ? "" : default_organization);
}

Connection Session::Connect(const std::string& organization) const {
  std::map<std::string, std::shared_ptr<grpc::Channel>> channels;
  const auto channel = [&](const std::string& own_address) {
    const std::string& address = own_address.empty() ? options_.server : own_address;
    auto& open = channels[address];
    if (open == nullptr) open = host_.open_channel(address, credentials_);
    return open;
  };
  const Connection::Channels to = {channel(options_.profiles_server),
                                   channel(options_.projects_server),
                                   channel(options_.matching_server)};
  const std::string addresses = absl::StrJoin(
      channels, " or ", [](std::string* out, const auto& entry) { *out += entry.first; });
  return Connection(to, addresses, organization);
}

Day Session::Today() const {
  return Day(absl::ToCivilDay(host_.clock.Now(), absl::LocalTimeZone()));
}

void Session::PrintJson(const google::protobuf::Message& message) const {
  host_.streams.out << ToJson(message) << "\n";
}

}  // namespace troupe
