#ifndef TROUPE_SERVICES_CLI_TABLE_H_
#define TROUPE_SERVICES_CLI_TABLE_H_

#include <string>
#include <utility>
#include <vector>

#include "absl/strings/string_view.h"
#include "services/cli/ink.h"
#include "services/cli/streams.h"

namespace troupe {

// Rows under headings, aligned in a terminal that shows Han characters two
// columns wide. Thread-compatible.
//
//   Table table({{.title = "role"}, {.title = "people", .right = true}});
//   table.AddRow({"writer", "4,320"});
//   table.Print(streams);
class Table {
 public:
  // A heading and how what stands below it is laid out.
  struct Column {
    std::string title;
    bool right = false;    // Numbers stand at the right edge.
    bool shrinks = false;  // Gives way when a line is too long: its texts are cut.
    bool wraps = false;    // Gives way likewise: its texts take several lines.
  };
  // A text in a column.
  struct Cell {
    Cell(std::string content, Ink colour = Ink::kPlain)  // NOLINT: cells read as texts
        : text(std::move(content)), ink(colour) {}
    Cell(const char* content) : text(content) {}  // NOLINT: likewise
    std::string text;
    Ink ink = Ink::kPlain;
  };

  explicit Table(std::vector<Column> columns) : columns_(std::move(columns)) {}

  // Adds a row; missing cells at its end are empty. Control characters are
  // shown as blanks. Each of `notes` stands on a line of its own below the row.
  void AddRow(std::vector<Cell> row, std::vector<std::string> notes = {});

  bool empty() const { return rows_.empty(); }

  // Writes headings (unless all titles are empty) and rows, each line after
  // `indent` and cut to the width of `streams`.
  void Print(const Streams& streams, absl::string_view indent = "") const;

 private:
  // Cells, and the lines below them.
  struct Row {
    std::vector<Cell> cells;
    std::vector<std::string> notes;
  };

  std::vector<int> Widths(int room) const;
  void PrintRow(const std::vector<Cell>& cells, const std::vector<int>& widths,
                const Streams& streams, absl::string_view indent) const;
  void PrintLine(const std::vector<Cell>& cells, const std::vector<int>& widths,
                 const Streams& streams) const;

  std::vector<Column> columns_;
  std::vector<Row> rows_;
};

}  // namespace troupe

#endif  // TROUPE_SERVICES_CLI_TABLE_H_
