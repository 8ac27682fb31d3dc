#include "services/log/damage_log.h"

#include <cstdio>
#include <utility>

#include "absl/strings/match.h"
#include "absl/strings/string_view.h"
#include "absl/strings/strip.h"

namespace troupe {

DamageLog::DamageLog(std::shared_ptr<rocksdb::Logger> target)
    : rocksdb::Logger(rocksdb::InfoLogLevel::WARN_LEVEL), target_(std::move(target)) {}

void DamageLog::Logv(const char* format, va_list arguments) {
  char line[512];
  va_list copy;
  va_copy(copy, arguments);
  vsnprintf(line, sizeof(line), format, copy);
  va_end(copy);
  if (absl::StrContains(line, ": dropping ")) {
    absl::MutexLock lock(&mutex_);
    last_damage_ = std::string(absl::StripPrefix(line, "[WARN] "));
  }
  if (target_ != nullptr) target_->Logv(format, arguments);
}

std::string DamageLog::LastDamage() const {
  absl::MutexLock lock(&mutex_);
  return last_damage_;
}

}  // namespace troupe
