#include "services/cli/drawing/bar_picture.h"

#include <algorithm>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"
#include "services/cli/display_width.h"
#include "services/cli/drawing/gnuplot_text.h"
#include "services/cli/number_text.h"

namespace troupe {
namespace {

constexpr int kWidth = 720;
constexpr int kTop = 46;      // Room for what stands above the highest bar.
constexpr int kHighest = 190;
constexpr int kBelow = 30;
constexpr double kWidestSlot = 110;

}  // namespace

std::string ScriptOf(const BarPicture& picture) {
  const int base = kTop + kHighest;
  std::string script = Canvas(kWidth, base + kBelow);
  int64_t most = 1;
  for (const BarPicture::Bar& bar : picture.bars) most = std::max(most, bar.number);
  const double slot =
      std::min(kWidestSlot, kWidth / std::max(1.0, static_cast<double>(picture.bars.size())));
  const double left = (kWidth - slot * static_cast<double>(picture.bars.size())) / 2;
  const int columns = static_cast<int>(slot / kColumnPixels);
  for (size_t i = 0; i < picture.bars.size(); ++i) {
    const BarPicture::Bar& bar = picture.bars[i];
    const double middle = left + slot * (static_cast<double>(i) + 0.5);
    const double half = slot * 0.36;
    const double height =
        kHighest * static_cast<double>(bar.number) / static_cast<double>(most);
    absl::StrAppendFormat(
        &script,
        "set object rectangle from %.1f,%.1f to %.1f,%d fc rgb '#%s' fs solid noborder\n",
        middle - half, base - height, middle + half, base,
        bar.set_off ? "9aa1ab" : ColourOf(0).c_str());
    absl::StrAppendFormat(&script, "set label %s at %.1f,%d center tc rgb '#222222'\n",
                          Quoted(CutToWidth(bar.label, columns)), middle, base + 16);
    const bool shares = picture.total > 0 && columns >= 6;
    absl::StrAppendFormat(&script, "set label %s at %.1f,%.1f center tc rgb '#222222'\n",
                          Quoted(WithCommas(bar.number)), middle,
                          base - height - (shares ? 25 : 10));
    if (!shares) continue;
    absl::StrAppendFormat(
        &script,
        "set label '%.1f %%' at %.1f,%.1f center font 'sans-serif,11' tc rgb '#666666'\n",
        100.0 * static_cast<double>(bar.number) / static_cast<double>(picture.total), middle,
        base - height - 9);
  }
  absl::StrAppendFormat(&script,
                        "set arrow from %.1f,%d to %.1f,%d nohead lc rgb '#8a94a6' lw 1\n", left,
                        base, kWidth - left, base);
  absl::StrAppend(&script, "plot NaN notitle\n");
  return script;
}

absl::StatusOr<std::string> Draw(const Gnuplot& gnuplot, const BarPicture& picture) {
  return Draw(gnuplot, ScriptOf(picture), picture.title);
}

}  // namespace troupe
