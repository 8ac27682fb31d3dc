#include "services/log/data_directory_report.h"

#include "absl/strings/str_format.h"
#include "services/log/log_verification.h"
#include "services/log/view_verification.h"

namespace troupe {
namespace {

bool ReportOnLog(const std::string& directory, std::ostream& out) {
  const absl::StatusOr<LogFindings> log = VerifyLog(directory);
  if (!log.ok()) {
    out << "log:  NOT WHOLE: " << log.status().message() << "\n";
    return false;
  }
  out << absl::StrFormat("log:  whole: %d records, %d entities, anchored at commit %d\n",
                         log->records, log->entities, log->pos.number);
  return true;
}

bool ReportOnView(const std::string& directory, LogName log, const std::string& log_directory,
                  std::ostream& out) {
  const absl::StatusOr<ViewFindings> view = VerifyView(directory, log, log_directory);
  if (!view.ok()) {
    out << "view: NOT WHOLE: " << view.status().message() << "\n";
    return false;
  }
  if (!view->exists) {
    out << "view: none; the next start makes it\n";
  } else if (view->is_behind) {
    out << "view: checksums right; behind the log, so the next start brings it up to date\n";
  } else {
    out << absl::StrFormat("view: whole: %d records, pool digest %016x, as the log says\n",
                           view->records, view->digest);
  }
  return true;
}

}  // namespace

bool ReportOnDataDirectory(const std::string& directory, LogName log, std::ostream& out) {
  const std::string log_directory = directory + "/log";
  if (!ReportOnLog(log_directory, out)) return false;
  return ReportOnView(directory + "/view", log, log_directory, out);
}

}  // namespace troupe
