#ifndef TROUPE_SERVICES_CLI_PLACEMENT_REPORT_TABLES_H_
#define TROUPE_SERVICES_CLI_PLACEMENT_REPORT_TABLES_H_

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "services/cli/drawing/bar_picture.h"
#include "services/cli/drawing/flow_picture.h"
#include "services/cli/placement/placement_words.h"
#include "services/cli/placement/round_names.h"
#include "troupe/v1/placement_report.pb.h"
#include "troupe/v1/round.pb.h"

namespace troupe {

// One value of a report's table: how people read it, and how programs do.
struct ReportCell {
  Phrase text;
  std::string raw;          // In a CSV file.
  bool is_number = false;   // Stands at the right edge.
  std::optional<double> bar;  // From 0 to 1: shown as a bar in a terminal.
};

// Figures of one kind, as a terminal, a page and a CSV file show them.
struct ReportTable {
  struct Column {
    Phrase title;
    std::string name;  // In a CSV file: "placed". Empty: not in it.
  };
  std::string id;  // "by_choice": the name of its CSV file.
  Phrase title;
  Phrase note;  // Below the title; may be empty.
  Phrase nothing;  // Why it has no rows, where that says something; else it is left out.
  std::vector<Column> columns;
  std::vector<std::vector<ReportCell>> rows;
};

// A round with all that is to be reported of it.
struct RoundFigures {
  v1::Round round;
  v1::RoundReport report;
  RoundNames names;
};

// The figures that stand above all tables.
struct ReportFact {
  Phrase name;
  Phrase value;
  Phrase note;  // Beside it; may be empty.
};
std::vector<ReportFact> FactsOf(const RoundFigures& figures);

// All tables of a report, in the order in which they are shown. Those without rows have
// something to say about it.
std::vector<ReportTable> TablesOf(const RoundFigures& figures);

// How many went to which choice, and to none.
BarPicture ChoicePicture(const RoundFigures& figures, Language language);

// From cohorts to cities; the smallest of many are taken together.
FlowPicture CityPicture(const RoundFigures& figures, Language language);

}  // namespace troupe

#endif  // TROUPE_SERVICES_CLI_PLACEMENT_REPORT_TABLES_H_
