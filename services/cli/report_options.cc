#include "services/cli/report_options.h"

#include "matcher/base/status_macros.h"
#include "services/cli/option_values.h"
#include "services/cli/placement/report_text.h"

namespace troupe {
namespace {

Language LanguageOf(const std::string& word, Language unset) {
  if (word == "en") return Language::kEnglish;
  if (word == "zh") return Language::kChinese;
  return word == "both" ? Language::kBoth : unset;
}

}  // namespace

void ReportOptions::AddTo(CLI::App& command) {
  command.add_option("--csv", csv, "Write each table as a CSV file into this folder")
      ->type_name("FILE");
  command.add_option("--html", html, "Write it as one page with pictures there")
      ->type_name("FILE");
  RequireOneOf({"zh", "en", "both"},
               *command.add_option("--language", language,
                                   "Of headings (en; of the page both)"));
}

Language ReportOptions::OfTerminal() const { return LanguageOf(language, Language::kEnglish); }
Language ReportOptions::OfPage() const { return LanguageOf(language, Language::kBoth); }

absl::Status ReportOptions::Write(
    const std::function<absl::Status(const std::string& folder)>& write_csv,
    const std::function<absl::StatusOr<std::string>(Language)>& page_in,
    const Streams& streams) const {
  if (!csv.empty()) {
    TROUPE_RETURN_IF_ERROR(write_csv(csv));
    streams.err << "wrote CSV files to " << csv << "\n";
  }
  if (html.empty()) return absl::OkStatus();
  TROUPE_ASSIGN_OR_RETURN(const std::string page, page_in(OfPage()));
  TROUPE_RETURN_IF_ERROR(WriteWholeFile(html, page));
  streams.err << "wrote " << html << "\n";
  return absl::OkStatus();
}

}  // namespace troupe
