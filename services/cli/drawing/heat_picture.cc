#include "services/cli/drawing/heat_picture.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstddef>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"
#include "services/cli/display_width.h"
#include "services/cli/drawing/gnuplot_text.h"
#include "services/cli/number_text.h"

namespace troupe {
namespace {

constexpr int kWidth = 860;
constexpr int kLabels = 226;   // Room for the labels of rows, on the left.
constexpr int kTop = 24;       // And of columns.
constexpr int kRow = 24;
constexpr int kBelow = 40;     // For the legend.
constexpr double kColumn = 56;    // Where there is room, or as wide as a label.
constexpr double kDigitPixels = 6.2;
constexpr double kLabelPixels = 6.6;  // Of a column of a row's label.
constexpr char kNone[] = "eef0f3";
constexpr char kZero[] = "d9ece3";

struct Colour {
  int red, green, blue;
};

// One hue that darkens evenly, so that it also orders numbers in grey print and for who
// confuses colours (C. Brewer's OrRd).
constexpr std::array<Colour, 5> kScale = {
    {{254, 232, 200}, {253, 187, 132}, {252, 141, 89}, {215, 48, 31}, {127, 0, 0}}};

// 0 to 1. Square roots, as a few large numbers would leave all others pale.
double HeatOf(int64_t number, int64_t most) {
  return std::sqrt(static_cast<double>(number) /
                   static_cast<double>(std::max<int64_t>({1, most, number})));
}

std::string ColourOfHeat(double heat) {
  const double at = heat * static_cast<double>(kScale.size() - 1);
  const auto low = std::min(static_cast<size_t>(at), kScale.size() - 2);
  const double part = at - static_cast<double>(low);
  const auto mix = [&](int from, int to) {
    return static_cast<int>(std::lround(from + (to - from) * part));
  };
  const Colour &a = kScale[low], &b = kScale[low + 1];
  return absl::StrFormat("%02x%02x%02x", mix(a.red, b.red), mix(a.green, b.green),
                         mix(a.blue, b.blue));
}

void AddBox(double left, double top, double width, double height, const std::string& colour,
            std::string& script) {
  absl::StrAppendFormat(&script,
                        "set object rectangle from %.1f,%.1f to %.1f,%.1f fc rgb '#%s' "
                        "fs solid noborder\n",
                        left, top, left + width, top + height, colour);
}

void AddText(const std::string& text, double x, double y, const char* align, int size,
             const char* colour, std::string& script) {
  absl::StrAppendFormat(&script,
                        "set label %s at %.1f,%.1f %s font 'sans-serif,%d' tc rgb '#%s'\n",
                        Quoted(text), x, y, align, size, colour);
}

// Of a column, with a gap.
double LabelPixels(const std::string& label) { return DisplayWidth(label) * kDigitPixels + 8; }

void AddLegend(const HeatPicture& picture, double top, std::string& script) {
  constexpr double kBox = 14;
  double left = kLabels;
  const auto entry = [&](const std::string& colour, const std::string& text) {
    if (text.empty()) return;
    AddBox(left, top, kBox, kBox, colour, script);
    AddText(text, left + kBox + 6, top + kBox / 2, "left", 11, "444444", script);
    left += kBox + 6 + DisplayWidth(text) * kDigitPixels + 18;
  };
  entry(kNone, picture.none_label);
  entry(kZero, picture.zero_label);
  constexpr int kSteps = 8;
  for (int i = 0; i < kSteps; ++i) {
    AddBox(left + i * kBox, top, kBox, kBox, ColourOfHeat((i + 0.5) / kSteps), script);
  }
  AddText(absl::StrCat(picture.number_label, " 1 – ", WithCommas(picture.most)),
          left + kSteps * kBox + 6, top + kBox / 2, "left", 11, "444444", script);
}

}  // namespace

std::string ScriptOf(const HeatPicture& picture) {
  const auto columns = static_cast<double>(std::max<size_t>(1, picture.columns.size()));
  double widest = kColumn;
  for (const std::string& label : picture.columns) widest = std::max(widest, LabelPixels(label));
  const double column = std::min(widest, (kWidth - kLabels) / columns);
  const int bottom = kTop + kRow * static_cast<int>(picture.rows.size());
  std::string script = Canvas(kWidth, bottom + kBelow);
  double labelled = 0;  // Where the last label of a column ends.
  for (size_t i = 0; i < picture.columns.size(); ++i) {
    const std::string& label = picture.columns[i];
    const double width = LabelPixels(label);
    const double middle = kLabels + column * (static_cast<double>(i) + 0.5);
    if (middle - width / 2 < labelled) continue;
    labelled = middle + width / 2;
    AddText(label, middle, kTop / 2.0, "center", 11, "5b6472", script);
  }
  for (size_t r = 0; r < picture.rows.size(); ++r) {
    const HeatPicture::Row& row = picture.rows[r];
    const double top = kTop + kRow * static_cast<double>(r);
    AddText(CutToWidth(row.label, static_cast<int>(kLabels / kLabelPixels) - 1), kLabels - 8,
            top + kRow / 2.0, "right", 12, "222222", script);
    for (size_t c = 0; c < row.numbers.size(); ++c) {
      const std::optional<int64_t>& number = row.numbers[c];
      const double left = kLabels + column * static_cast<double>(c);
      const double heat = number.value_or(0) > 0 ? HeatOf(*number, picture.most) : 0;
      const std::string colour = !number.has_value() ? kNone
                                 : *number <= 0      ? kZero
                                                     : ColourOfHeat(heat);
      AddBox(left, top, column - 1, kRow - 1, colour, script);
      if (number.value_or(0) <= 0) continue;
      const std::string text = WithCommas(*number);
      if (static_cast<double>(text.size()) * kDigitPixels > column - 2) continue;
      AddText(text, left + (column - 1) / 2, top + kRow / 2.0, "center", 10,
              heat > 0.62 ? "ffffff" : "222222", script);
    }
  }
  AddLegend(picture, bottom + 14, script);
  absl::StrAppend(&script, "plot NaN notitle\n");
  return script;
}

absl::StatusOr<std::string> Draw(const Gnuplot& gnuplot, const HeatPicture& picture) {
  return Draw(gnuplot, ScriptOf(picture), picture.title);
}

}  // namespace troupe
