#include "services/cli/drawing/interval_picture.h"

#include <algorithm>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"
#include "services/cli/display_width.h"
#include "services/cli/drawing/gnuplot_text.h"

namespace troupe {
namespace {

constexpr int kWidth = 720;
constexpr int kEdge = 6;  // Above the first bar and below the last.
constexpr int kRow = 30;
constexpr double kThick = 16;
constexpr double kCap = 5;        // Half of what stands across an interval's end.
constexpr int kWidestLabel = 32;  // Columns.
constexpr double kGap = 10;
constexpr double kLeastScale = 120;

// As wide as the widest of the texts, in columns of a terminal.
int Columns(const std::vector<IntervalPicture::Bar>& bars,
            std::string IntervalPicture::Bar::*text) {
  int most = 0;
  for (const IntervalPicture::Bar& bar : bars) most = std::max(most, DisplayWidth(bar.*text));
  return most;
}

void AddLine(double x1, double y1, double x2, double y2, const char* colour, double width,
             std::string& script) {
  absl::StrAppendFormat(&script,
                        "set arrow from %.1f,%.1f to %.1f,%.1f nohead front lc rgb '#%s' lw %.1f\n",
                        x1, y1, x2, y2, colour, width);
}

void AddText(const std::string& text, double x, double y, const char* align, std::string& script) {
  absl::StrAppendFormat(&script, "set label %s at %.1f,%.1f %s tc rgb '#222222'\n", Quoted(text), x,
                        y, align);
}

}  // namespace

std::string ScriptOf(const IntervalPicture& picture) {
  const int height = 2 * kEdge + kRow * static_cast<int>(picture.bars.size());
  std::string script = Canvas(kWidth, height);
  int64_t least = 0, most = 1;
  for (const IntervalPicture::Bar& bar : picture.bars) {
    least = std::min({least, bar.number, bar.low});
    most = std::max({most, bar.number, bar.high});
  }
  const int label_columns =
      std::min(kWidestLabel, Columns(picture.bars, &IntervalPicture::Bar::label));
  const double left = label_columns * kColumnPixels + kGap;
  const double right = std::max(
      left + kLeastScale,
      kWidth - Columns(picture.bars, &IntervalPicture::Bar::text) * kColumnPixels - 2 * kGap);
  const auto at = [&](int64_t number) {
    return left + (right - left) * static_cast<double>(number - least) /
                      static_cast<double>(most - least);
  };
  for (size_t i = 0; i < picture.bars.size(); ++i) {
    const IntervalPicture::Bar& bar = picture.bars[i];
    const double middle = kEdge + kRow * (static_cast<double>(i) + 0.5);
    AddText(CutToWidth(bar.label, kWidestLabel), left - kGap, middle, "right", script);
    AddText(bar.text, kWidth, middle, "right", script);
    absl::StrAppendFormat(
        &script,
        "set object rectangle from %.1f,%.1f to %.1f,%.1f fc rgb '#%s' fs solid noborder\n",
        at(std::min<int64_t>(0, bar.number)), middle - kThick / 2,
        at(std::max<int64_t>(0, bar.number)), middle + kThick / 2,
        bar.set_off ? ColourOf(0) : "9aa1ab");
    AddLine(at(bar.low), middle, at(bar.high), middle, "222222", 1.5, script);
    for (const int64_t end : {bar.low, bar.high}) {
      AddLine(at(end), middle - kCap, at(end), middle + kCap, "222222", 1.5, script);
    }
  }
  AddLine(at(0), 0, at(0), height, "8a94a6", 1, script);
  absl::StrAppend(&script, "plot NaN notitle\n");
  return script;
}

absl::StatusOr<std::string> Draw(const Gnuplot& gnuplot, const IntervalPicture& picture) {
  return Draw(gnuplot, ScriptOf(picture), picture.title);
}

}  // namespace troupe
