#ifndef TROUPE_SERVICES_LOG_DATA_DIRECTORY_REPORT_H_
#define TROUPE_SERVICES_LOG_DATA_DIRECTORY_REPORT_H_

#include <ostream>
#include <string>

#include "services/log/change_log.h"

namespace troupe {

// What a server's --verify does: verifies the log and the view in `directory`,
// which no server has open, without changing anything, and writes a line about
// each to `out`. True if both are whole.
bool ReportOnDataDirectory(const std::string& directory, LogName log, std::ostream& out);

}  // namespace troupe

#endif  // TROUPE_SERVICES_LOG_DATA_DIRECTORY_REPORT_H_
