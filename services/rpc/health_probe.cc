#include "services/rpc/health_probe.h"

#include <map>
#include <utility>

namespace troupe {

HealthProbe::HealthProbe(RpcServer* server, std::vector<Check> checks, absl::Duration interval)
    : server_(server), checks_(std::move(checks)), interval_(interval) {
  CheckAll();
  thread_ = std::thread([this] { Run(); });
}

HealthProbe::~HealthProbe() {
  {
    absl::MutexLock lock(&mutex_);
    ended_ = true;
  }
  thread_.join();
}

void HealthProbe::Run() {
  absl::MutexLock lock(&mutex_);
  while (!mutex_.AwaitWithTimeout(absl::Condition(&ended_), interval_)) CheckAll();
}

void HealthProbe::CheckAll() {
  std::map<std::string, bool> serving;
  for (const Check& check : checks_) {
    bool& all = serving.try_emplace(check.service, true).first->second;
    all = check.status().ok() && all;
  }
  for (const auto& [service, all] : serving) server_->SetServing(service, all);
}

}  // namespace troupe
