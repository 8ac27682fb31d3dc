#include "services/cli/placement/report_text.h"

#include <algorithm>
#include <cmath>
#include <filesystem>
#include <fstream>
#include <system_error>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "absl/strings/str_replace.h"
#include "absl/time/time.h"
#include "matcher/base/status_macros.h"
#include "matcher/base/violation.h"
#include "services/cli/card_parts.h"
#include "services/cli/display_width.h"
#include "services/cli/number_text.h"
#include "services/cli/table.h"

namespace troupe {
namespace {

constexpr size_t kMostRows = 30;
constexpr double kBarCells = 24;

std::string BarText(double share) {
  const int cells = static_cast<int>(std::lround(share * kBarCells));
  if (cells == 0) return share > 0 ? "▏" : "";
  std::string bar;
  for (int i = 0; i < cells; ++i) bar += "█";
  return bar;
}

}  // namespace

void PrintReportTable(const ReportTable& report, Language language, const Streams& streams) {
  streams.out << "\n";
  PrintSection(In(language, report.title).c_str(), streams);
  if (report.rows.empty()) {
    streams.out << "  " << In(language, report.nothing) << "\n";
    return;
  }
  std::vector<Table::Column> columns;
  for (size_t i = 0; i < report.columns.size(); ++i) {
    const bool right = report.rows.front()[i].is_number;
    columns.push_back({.title = In(language, report.columns[i].title),
                       .right = right,
                       .shrinks = !right && i == 0,
                       .wraps = !right && i > 0});
  }
  Table table(std::move(columns));
  for (size_t i = 0; i < std::min(report.rows.size(), kMostRows); ++i) {
    std::vector<Table::Cell> row;
    for (const ReportCell& cell : report.rows[i]) {
      if (cell.bar.has_value()) {
        row.emplace_back(BarText(*cell.bar), Ink::kScore);
      } else {
        row.emplace_back(In(language, cell.text));
      }
    }
    table.AddRow(std::move(row));
  }
  table.Print(streams, "  ");
  if (report.rows.size() > kMostRows) {
    streams.out << "  ... and " << WithCommas(static_cast<int64_t>(report.rows.size() - kMostRows))
                << " more: --csv DIR writes all\n";
  }
  if (!report.note.en.empty()) PrintRemark(In(language, report.note), streams);
}

void PrintRemark(const std::string& text, const Streams& streams) {
  for (const std::string& line : WrapToWidth(text, streams.width - 2)) {
    streams.out << "  " << Inked(Ink::kFaint, line, streams.colour) << "\n";
  }
}

void PrintRoundReport(const RoundFigures& figures, Language language, const Streams& streams) {
  PrintTitle(figures.report.title(), figures.report.round(), streams);
  Facts facts(streams);
  const std::string mechanism = In(language, {"mechanism", "机制"});
  facts.Add(mechanism.c_str(),
            absl::StrCat(In(language, NameOf(figures.report.outcome().mechanism())), ", ",
                         In(language, {"seed", "种子"}), " ", figures.round.seed()));
  if (figures.report.has_run_time()) {
    const std::string run = In(language, {"run", "运行于"});
    facts.Add(run.c_str(), absl::FormatTime("%Y-%m-%d %H:%M", absl::FromUnixSeconds(figures.report.run_time().seconds()),
                                            absl::LocalTimeZone()));
  }
  for (const ReportFact& fact : FactsOf(figures)) {
    const std::string note = In(language, fact.note);
    const std::string name = In(language, fact.name);
    facts.Add(name.c_str(), note.empty() ? In(language, fact.value)
                                         : absl::StrCat(In(language, fact.value), "  (", note, ")"));
  }
  facts.Print();
  for (const ReportTable& table : TablesOf(figures)) PrintReportTable(table, language, streams);
}

std::string CsvLine(const std::vector<std::string>& cells) {
  const auto quote = [](std::string* out, const std::string& cell) {
    if (cell.find_first_of(",\"\r\n") == std::string::npos) {
      out->append(cell);
    } else {
      absl::StrAppend(out, "\"", absl::StrReplaceAll(cell, {{"\"", "\"\""}}), "\"");
    }
  };
  return absl::StrCat(absl::StrJoin(cells, ",", quote), "\r\n");
}

absl::Status WriteWholeFile(const std::string& path, const std::string& text) {
  std::ofstream file(path, std::ios::binary | std::ios::trunc);
  file << text;
  file.close();
  return file.fail() ? FileNotWritten(path) : absl::OkStatus();
}

absl::Status FileNotWritten(const std::string& path) {
  return ErrorWithReason(absl::StatusCode::kFailedPrecondition, "FILE_NOT_WRITTEN",
                         absl::StrCat("cannot write ", path,
                                      ": name a file in a folder where you may write"));
}

absl::Status WriteReportCsv(const RoundFigures& figures, const std::string& folder) {
  return WriteTablesCsv(TablesOf(figures), folder);
}

absl::Status WriteTablesCsv(const std::vector<ReportTable>& tables, const std::string& folder) {
  std::error_code error;
  std::filesystem::create_directories(folder, error);
  if (error) return FileNotWritten(folder);
  for (const ReportTable& table : tables) {
    std::vector<std::string> heading;
    for (const ReportTable::Column& column : table.columns) {
      if (!column.name.empty()) heading.push_back(column.name);
    }
    std::string text = absl::StrCat(kByteOrderMark, CsvLine(heading));
    for (const std::vector<ReportCell>& row : table.rows) {
      std::vector<std::string> cells;
      for (size_t i = 0; i < row.size(); ++i) {
        if (!table.columns[i].name.empty()) cells.push_back(row[i].raw);
      }
      text += CsvLine(cells);
    }
    TROUPE_RETURN_IF_ERROR(WriteWholeFile(absl::StrCat(folder, "/", table.id, ".csv"), text));
  }
  return absl::OkStatus();
}

}  // namespace troupe
