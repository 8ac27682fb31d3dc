#include "services/cli/drawing/flow_picture.h"

#include <algorithm>
#include <cmath>
#include <map>
#include <numbers>
#include <numeric>
#include <tuple>
#include <utility>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"
#include "absl/strings/str_join.h"
#include "services/cli/display_width.h"
#include "services/cli/drawing/gnuplot_text.h"
#include "services/cli/number_text.h"

namespace troupe {
namespace {

constexpr int kWidth = 720;
constexpr double kPixels = 320;   // That all which flows is high together.
constexpr double kLeast = 20;     // Of a block with its gap: a line of text.
constexpr double kGap = 9;
constexpr double kEdge = 12;      // Above and below.
constexpr double kBlock = 14;     // How wide a block is.
constexpr int kWidestText = 32;   // Columns.
constexpr double kTextGap = 6;    // Between a block and its text.
constexpr int kSteps = 24;        // Of a ribbon.
constexpr char kVeil[] = "66";    // How much shows through: ribbons cross.
constexpr char kSetOff[] = "9aa1ab";

// The blocks of one side, from top to bottom.
struct Side {
  std::vector<int64_t> numbers;
  std::vector<double> tops;
  double height = 0;  // Of all, with their gaps.
};

// What each of `count` blocks sends or gets.
std::vector<int64_t> Sums(const FlowPicture& picture, size_t count, size_t FlowPicture::Flow::*end) {
  std::vector<int64_t> sums(count, 0);
  for (const FlowPicture::Flow& flow : picture.flows) sums.at(flow.*end) += flow.number;
  return sums;
}

// Ribbons leave and arrive in the order of what is at their other end, so that they cross
// no more than they must.
std::vector<FlowPicture::Flow> InOrder(const FlowPicture& picture) {
  std::vector<FlowPicture::Flow> flows = picture.flows;
  std::sort(flows.begin(), flows.end(), [](const auto& a, const auto& b) {
    return std::tie(a.from, a.to) < std::tie(b.from, b.to);
  });
  return flows;
}

Side Stacked(std::vector<int64_t> numbers, double scale) {
  Side side;
  for (const int64_t number : numbers) {
    const double own = static_cast<double>(number) * scale;
    const double slot = std::max(own + kGap, kLeast);
    side.tops.push_back(side.height + (slot - own) / 2);
    side.height += slot;
  }
  side.numbers = std::move(numbers);
  return side;
}

void MoveDown(double by, Side& side) {
  for (double& top : side.tops) top += by;
}

// As wide as the widest text beside the blocks.
double TextPixels(const std::vector<std::string>& texts, const Side& side) {
  int most = 0;
  for (size_t i = 0; i < texts.size(); ++i) {
    const int text = std::min(DisplayWidth(texts[i]), kWidestText);
    most = std::max(most, text + 2 + DisplayWidth(WithCommas(side.numbers[i])));
  }
  return most * kColumnPixels + kTextGap;
}

void AddBlock(double x, double top, double height, const std::string& colour,
              std::string& script) {
  absl::StrAppendFormat(
      &script, "set object rectangle from %.1f,%.2f to %.1f,%.2f fc rgb '#%s' fs solid noborder\n",
      x, top, x + kBlock, top + height, colour);
}

void AddText(const std::string& text, int64_t number, bool at_left, double x, double middle,
             std::string& script) {
  const std::string name = CutToWidth(text, kWidestText);
  absl::StrAppendFormat(&script, "set label %s at %.1f,%.2f %s tc rgb '#222222'\n",
                        Quoted(at_left ? absl::StrCat(name, "  ", WithCommas(number))
                                       : absl::StrCat(WithCommas(number), "  ", name)),
                        x, middle, at_left ? "right" : "left");
}

// A ribbon's edges, from block to block.
void AddRibbon(size_t number, double from, double to, double height, double left, double right,
               std::string& script) {
  absl::StrAppend(&script, "$flow", number, " << EOD\n");
  for (int step = 0; step <= kSteps; ++step) {
    const double share = static_cast<double>(step) / kSteps;
    const double turn = (1 - std::cos(std::numbers::pi * share)) / 2;
    const double top = from + (to - from) * turn;
    absl::StrAppendFormat(&script, "%.2f %.2f %.2f\n", left + (right - left) * share, top,
                          top + height);
  }
  absl::StrAppend(&script, "EOD\n");
}

// The labels of one side once the smallest are taken together.
struct Gathered {
  std::vector<std::string> labels;
  std::vector<size_t> places;  // In `labels`, by the number of what was there before.
};

// What has the number `apart` is left out.
Gathered Gather(const std::vector<std::string>& labels, const std::vector<int64_t>& sums,
                size_t most, int apart, const std::string& others) {
  std::vector<size_t> order;
  for (size_t i = 0; i < labels.size(); ++i) {
    if (static_cast<int>(i) != apart) order.push_back(i);
  }
  std::stable_sort(order.begin(), order.end(),
                   [&](size_t a, size_t b) { return sums[a] > sums[b]; });
  Gathered gathered = {.labels = {}, .places = std::vector<size_t>(labels.size())};
  for (size_t i = 0; i < order.size(); ++i) {
    const bool is_last = i + 1 == most && order.size() > most;
    if (i < most) gathered.labels.push_back(is_last ? others : labels[order[i]]);
    gathered.places[order[i]] = std::min(i, most - 1);
  }
  return gathered;
}

}  // namespace

FlowPicture MostFirst(const FlowPicture& picture, size_t most_sources, size_t most_targets,
                      const std::string& others) {
  Gathered sources =
      Gather(picture.sources, Sums(picture, picture.sources.size(), &FlowPicture::Flow::from),
             most_sources, -1, others);
  Gathered targets =
      Gather(picture.targets, Sums(picture, picture.targets.size(), &FlowPicture::Flow::to),
             most_targets, picture.set_off_target, others);
  FlowPicture ordered = {.title = picture.title,
                         .sources = std::move(sources.labels),
                         .targets = std::move(targets.labels),
                         .flows = {}};
  if (picture.set_off_target >= 0) {
    const auto apart = static_cast<size_t>(picture.set_off_target);
    targets.places[apart] = ordered.targets.size();
    ordered.set_off_target = static_cast<int>(ordered.targets.size());
    ordered.targets.push_back(picture.targets[apart]);
  }
  std::map<std::pair<size_t, size_t>, int64_t> numbers;
  for (const FlowPicture::Flow& flow : picture.flows) {
    numbers[{sources.places[flow.from], targets.places[flow.to]}] += flow.number;
  }
  for (const auto& [ends, number] : numbers) {
    ordered.flows.push_back({.from = ends.first, .to = ends.second, .number = number});
  }
  return ordered;
}

std::string ScriptOf(const FlowPicture& picture) {
  std::vector<int64_t> sent = Sums(picture, picture.sources.size(), &FlowPicture::Flow::from);
  std::vector<int64_t> got = Sums(picture, picture.targets.size(), &FlowPicture::Flow::to);
  const int64_t all = std::accumulate(sent.begin(), sent.end(), int64_t{0});
  const double scale = kPixels / static_cast<double>(std::max<int64_t>(all, 1));
  Side sources = Stacked(std::move(sent), scale);
  Side targets = Stacked(std::move(got), scale);
  const double height = std::max(sources.height, targets.height) + 2 * kEdge;
  MoveDown((height - sources.height) / 2, sources);
  MoveDown((height - targets.height) / 2, targets);
  const double left = TextPixels(picture.sources, sources);
  const double right = kWidth - TextPixels(picture.targets, targets) - kBlock;

  std::string script = Canvas(kWidth, static_cast<int>(std::ceil(height)));
  const auto colour_of = [&](const FlowPicture::Flow& flow) {
    return static_cast<int>(flow.to) == picture.set_off_target ? kSetOff : ColourOf(flow.from);
  };
  for (size_t i = 0; i < picture.sources.size(); ++i) {
    const double own = static_cast<double>(sources.numbers[i]) * scale;
    AddBlock(left, sources.tops[i], own, ColourOf(i), script);
    AddText(picture.sources[i], sources.numbers[i], true, left - kTextGap,
            sources.tops[i] + own / 2, script);
  }
  for (size_t i = 0; i < picture.targets.size(); ++i) {
    const bool set_off = static_cast<int>(i) == picture.set_off_target;
    const double own = static_cast<double>(targets.numbers[i]) * scale;
    AddBlock(right, targets.tops[i], own, set_off ? kSetOff : "4b5563", script);
    AddText(picture.targets[i], targets.numbers[i], false, right + kBlock + kTextGap,
            targets.tops[i] + own / 2, script);
  }

  const std::vector<FlowPicture::Flow> flows = InOrder(picture);
  std::vector<std::string> plots;
  for (size_t i = 0; i < flows.size(); ++i) {
    const FlowPicture::Flow& flow = flows[i];
    const double own = static_cast<double>(flow.number) * scale;
    AddRibbon(i, sources.tops[flow.from], targets.tops[flow.to], own, left + kBlock, right, script);
    sources.tops[flow.from] += own;
    targets.tops[flow.to] += own;
    plots.push_back(
        absl::StrFormat("$flow%d using 1:2:3 with filledcurves fs noborder fc rgb '#%s%s' notitle", i,
                        kVeil, colour_of(flow)));
  }
  absl::StrAppend(&script, "plot ", plots.empty() ? "NaN notitle" : absl::StrJoin(plots, ", \\\n  "),
                  "\n");
  return script;
}

absl::StatusOr<std::string> Draw(const Gnuplot& gnuplot, const FlowPicture& picture) {
  std::vector<std::string> texts;
  for (const FlowPicture::Flow& flow : InOrder(picture)) {
    texts.push_back(absl::StrCat(picture.sources[flow.from], " → ", picture.targets[flow.to],
                                 ": ", WithCommas(flow.number)));
  }
  return Draw(gnuplot, ScriptOf(picture), picture.title, texts);
}

}  // namespace troupe
