#ifndef TROUPE_SERVICES_LOG_LOG_LAYOUT_H_
#define TROUPE_SERVICES_LOG_LOG_LAYOUT_H_

#include <cstddef>

#include "services/log/rocks_store.h"
#include "services/log/stored_format.h"

namespace troupe {

// The column families of a log's directory; stored_format.h says what is in
// each.
enum class LogFamily : size_t { kLog, kEntity, kRequest, kMeta };

inline constexpr const char* kLogFamilies[] = {"log", "entity", "request", "meta"};
inline constexpr RocksLayout kLogLayout = {
    .noun = "log",
    .mend = "restore it from a backup",
    .migrate = "start the release before this one on it, which migrates it, then this one",
    .corrupt_reason = "LOG_CORRUPT",
    .format = stored::kFormatVersion,
    .oldest_format = stored::kOldestFormat,
    .families = kLogFamilies,
    .meta_family = static_cast<size_t>(LogFamily::kMeta),
    .main_family = static_cast<size_t>(LogFamily::kLog),
};

}  // namespace troupe

#endif  // TROUPE_SERVICES_LOG_LOG_LAYOUT_H_
