#include "services/cli/table.h"

#include <algorithm>
#include <numeric>

#include "services/cli/display_width.h"

namespace troupe {
namespace {

constexpr int kGap = 2;          // Blanks between columns.
constexpr int kLeastWidth = 8;   // A column that shrinks keeps this much,
constexpr int kLeastWrap = 24;   // and one that wraps this.
constexpr char kNoteIndent[] = "    ";

int LeastWidth(const Table::Column& column) { return column.wraps ? kLeastWrap : kLeastWidth; }

// Takes `excess` columns away from the columns that give way, the widest first.
void Shrink(const std::vector<Table::Column>& columns, std::vector<int>& widths, int excess) {
  for (; excess > 0; --excess) {
    int* widest = nullptr;
    for (size_t i = 0; i < columns.size(); ++i) {
      const bool gives = columns[i].shrinks || columns[i].wraps;
      if (!gives || widths[i] <= LeastWidth(columns[i])) continue;
      if (widest == nullptr || widths[i] > *widest) widest = &widths[i];
    }
    if (widest == nullptr) return;
    --*widest;
  }
}

}  // namespace

void Table::AddRow(std::vector<Cell> row, std::vector<std::string> notes) {
  row.resize(columns_.size(), Cell(std::string()));
  for (Cell& cell : row) cell.text = Printable(cell.text);
  for (std::string& note : notes) note = Printable(note);
  rows_.push_back({.cells = std::move(row), .notes = std::move(notes)});
}

std::vector<int> Table::Widths(int room) const {
  std::vector<int> widths;
  for (size_t i = 0; i < columns_.size(); ++i) {
    int width = DisplayWidth(columns_[i].title);
    for (const Row& row : rows_) width = std::max(width, DisplayWidth(row.cells[i].text));
    widths.push_back(width);
  }
  const int gaps = kGap * (static_cast<int>(columns_.size()) - 1);
  const int total = std::accumulate(widths.begin(), widths.end(), gaps);
  if (total > room) Shrink(columns_, widths, total - room);
  return widths;
}

void Table::PrintRow(const std::vector<Cell>& cells, const std::vector<int>& widths,
                     const Streams& streams, absl::string_view indent) const {
  std::vector<std::vector<std::string>> wrapped(cells.size());
  size_t lines = 1;
  for (size_t i = 0; i < cells.size(); ++i) {
    wrapped[i] = columns_[i].wraps ? WrapToWidth(cells[i].text, widths[i])
                                   : std::vector<std::string>{cells[i].text};
    lines = std::max(lines, wrapped[i].size());
  }
  for (size_t line = 0; line < lines; ++line) {
    std::vector<Cell> parts = cells;
    for (size_t i = 0; i < cells.size(); ++i) {
      parts[i].text = line < wrapped[i].size() ? wrapped[i][line] : std::string();
    }
    streams.out << indent;
    PrintLine(parts, widths, streams);
  }
}

void Table::PrintLine(const std::vector<Cell>& cells, const std::vector<int>& widths,
                      const Streams& streams) const {
  int column = 0;
  int owed = 0;  // Blanks not written yet, so that no line ends in blanks.
  for (size_t i = 0; i < cells.size(); ++i) {
    const std::string text = CutToWidth(cells[i].text, widths[i]);
    const int slack = widths[i] - DisplayWidth(text);
    if (columns_[i].right) owed += slack;
    if (!text.empty()) {
      const int room = streams.width - column - owed;
      if (room <= 0) break;
      const std::string shown = CutToWidth(text, room);
      streams.out << std::string(static_cast<size_t>(owed), ' ')
                  << Inked(cells[i].ink, shown, streams.colour);
      column += owed + DisplayWidth(shown);
      owed = 0;
    }
    owed += kGap + (columns_[i].right ? 0 : slack);
  }
  streams.out << "\n";
}

void Table::Print(const Streams& streams, absl::string_view indent) const {
  Streams inner = streams;
  if (inner.width != Streams::kNoWidth) inner.width -= DisplayWidth(indent);
  const std::vector<int> widths = Widths(inner.width);
  const bool titled = std::any_of(columns_.begin(), columns_.end(),
                                  [](const Column& c) { return !c.title.empty(); });
  if (titled) {
    std::vector<Cell> heading;
    for (const Column& column : columns_) heading.emplace_back(column.title, Ink::kHeading);
    PrintRow(heading, widths, inner, indent);
  }
  for (const Row& row : rows_) {
    PrintRow(row.cells, widths, inner, indent);
    for (const std::string& note : row.notes) {
      const int room = inner.width - DisplayWidth(kNoteIndent);
      streams.out << indent << kNoteIndent
                  << Inked(Ink::kFaint, CutToWidth(note, room), streams.colour) << "\n";
    }
  }
}

}  // namespace troupe
