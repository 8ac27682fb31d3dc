#ifndef TROUPE_SERVICES_CLI_PLACEMENT_REPORT_TEXT_H_
#define TROUPE_SERVICES_CLI_PLACEMENT_REPORT_TEXT_H_

#include <string>
#include <vector>

#include "absl/status/status.h"
#include "services/cli/drawing/gnuplot.h"
#include "services/cli/placement/report_tables.h"
#include "services/cli/streams.h"

namespace troupe {

// Prints the report to a terminal.
void PrintRoundReport(const RoundFigures& figures, Language language, const Streams& streams);

// Prints one table of a report.
void PrintReportTable(const ReportTable& report, Language language, const Streams& streams);

// Prints a note below a table, in as many lines as it takes.
void PrintRemark(const std::string& text, const Streams& streams);

// The report as one page of HTML that needs nothing else, with two pictures, to be read
// on a screen or printed on A4. Every text of a record is escaped. Errors as Draw.
absl::StatusOr<std::string> ReportPage(const RoundFigures& figures, Language language,
                                       const Gnuplot& gnuplot);

// Writes one CSV file a table into `folder`, which is made if it is not there: UTF-8 with
// a byte order mark, by which spreadsheets know it. FAILED_PRECONDITION, reason
// FILE_NOT_WRITTEN.
absl::Status WriteReportCsv(const RoundFigures& figures, const std::string& folder);

// The same of any tables.
absl::Status WriteTablesCsv(const std::vector<ReportTable>& tables, const std::string& folder);

// One line of a CSV file (RFC 4180).
std::string CsvLine(const std::vector<std::string>& cells);

// FAILED_PRECONDITION, reason FILE_NOT_WRITTEN: there is no writing to `path`.
absl::Status FileNotWritten(const std::string& path);

// Writes the whole of a file. FAILED_PRECONDITION, reason FILE_NOT_WRITTEN.
absl::Status WriteWholeFile(const std::string& path, const std::string& text);

// The byte order mark that stands before CSV files.
inline constexpr char kByteOrderMark[] = "\xEF\xBB\xBF";

}  // namespace troupe

#endif  // TROUPE_SERVICES_CLI_PLACEMENT_REPORT_TEXT_H_
