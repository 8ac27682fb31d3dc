#include "services/cli/table.h"

#include <algorithm>
#include <numeric>

#include "services/cli/display_width.h"

namespace troupe {
namespace {

constexpr int kGap = 2;        // Blanks between columns.
constexpr int kLeastWidth = 8;  // A column that shrinks keeps this much.

// Takes `excess` columns away from the columns that shrink, the widest first.
void Shrink(const std::vector<Table::Column>& columns, std::vector<int>& widths, int excess) {
  for (; excess > 0; --excess) {
    int* widest = nullptr;
    for (size_t i = 0; i < columns.size(); ++i) {
      if (!columns[i].shrinks || widths[i] <= kLeastWidth) continue;
      if (widest == nullptr || widths[i] > *widest) widest = &widths[i];
    }
    if (widest == nullptr) return;
    --*widest;
  }
}

}  // namespace

void Table::AddRow(std::vector<Cell> row) {
  row.resize(columns_.size(), Cell(std::string()));
  for (Cell& cell : row) cell.text = Printable(cell.text);
  rows_.push_back(std::move(row));
}

std::vector<int> Table::Widths(int room) const {
  std::vector<int> widths;
  for (size_t i = 0; i < columns_.size(); ++i) {
    int width = DisplayWidth(columns_[i].title);
    for (const auto& row : rows_) width = std::max(width, DisplayWidth(row[i].text));
    widths.push_back(width);
  }
  const int gaps = kGap * (static_cast<int>(columns_.size()) - 1);
  const int total = std::accumulate(widths.begin(), widths.end(), gaps);
  if (total > room) Shrink(columns_, widths, total - room);
  return widths;
}

void Table::PrintRow(const std::vector<Cell>& row, const std::vector<int>& widths,
                     const Streams& streams) const {
  int column = 0;
  int owed = 0;  // Blanks not written yet, so that no line ends in blanks.
  for (size_t i = 0; i < row.size(); ++i) {
    const std::string text = CutToWidth(row[i].text, widths[i]);
    const int slack = widths[i] - DisplayWidth(text);
    if (columns_[i].right) owed += slack;
    if (!text.empty()) {
      const int room = streams.width - column - owed;
      if (room <= 0) break;
      const std::string shown = CutToWidth(text, room);
      streams.out << std::string(static_cast<size_t>(owed), ' ')
                  << Inked(row[i].ink, shown, streams.colour);
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
    streams.out << indent;
    PrintRow(heading, widths, inner);
  }
  for (const auto& row : rows_) {
    streams.out << indent;
    PrintRow(row, widths, inner);
  }
}

}  // namespace troupe
