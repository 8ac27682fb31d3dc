#ifndef TROUPE_SERVICES_LOG_DAMAGE_LOG_H_
#define TROUPE_SERVICES_LOG_DAMAGE_LOG_H_

#include <cstdarg>
#include <memory>
#include <string>

#include "absl/base/thread_annotations.h"
#include "absl/synchronization/mutex.h"
#include "rocksdb/env.h"

namespace troupe {

// RocksDB's own log of warnings, which remembers the last damage reported to
// it: when a write-ahead log is damaged, only this log says which file it is.
// Thread-safe.
class DamageLog final : public rocksdb::Logger {
 public:
  // Writes what it is told to `target`; null: nowhere.
  explicit DamageLog(std::shared_ptr<rocksdb::Logger> target);

  using rocksdb::Logger::Logv;
  void Logv(const char* format, va_list arguments) override;

  // "/data/log/000012.log: dropping 410 bytes; Corruption: ..."; empty if
  // nothing is damaged.
  std::string LastDamage() const;

 private:
  const std::shared_ptr<rocksdb::Logger> target_;
  mutable absl::Mutex mutex_;
  std::string last_damage_ ABSL_GUARDED_BY(mutex_);
};

}  // namespace troupe

#endif  // TROUPE_SERVICES_LOG_DAMAGE_LOG_H_
