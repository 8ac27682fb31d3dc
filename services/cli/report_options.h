#ifndef TROUPE_SERVICES_CLI_REPORT_OPTIONS_H_
#define TROUPE_SERVICES_CLI_REPORT_OPTIONS_H_

#include <CLI/App.hpp>
#include <functional>
#include <string>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "services/cli/placement/placement_words.h"
#include "services/cli/streams.h"

namespace troupe {

// Where a report is written beside the terminal, and in what language.
struct ReportOptions {
  std::string csv;       // A folder; empty: nowhere.
  std::string html;      // Likewise a file.
  std::string language;  // "zh", "en" or "both"; empty: each has its own.

  void AddTo(CLI::App& command);

  bool WritesFiles() const { return !csv.empty() || !html.empty(); }
  Language OfTerminal() const;
  Language OfPage() const;

  // Writes what was asked for, and tells where. Errors of `write_csv`, which gets the
  // folder, and of `page_in`; FAILED_PRECONDITION, reason FILE_NOT_WRITTEN.
  absl::Status Write(const std::function<absl::Status(const std::string& folder)>& write_csv,
                     const std::function<absl::StatusOr<std::string>(Language)>& page_in,
                     const Streams& streams) const;
};

}  // namespace troupe

#endif  // TROUPE_SERVICES_CLI_REPORT_OPTIONS_H_
