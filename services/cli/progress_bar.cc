#include "services/cli/progress_bar.h"

#include <algorithm>
#include <utility>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"
#include "services/cli/number_text.h"

namespace troupe {
namespace {

constexpr absl::Duration kRedraw = absl::Milliseconds(100);
constexpr int64_t kCells = 24;

std::string AsTime(int64_t seconds) {
  return absl::StrFormat("%d:%02d", seconds / 60, seconds % 60);
}

}  // namespace

ProgressBar::ProgressBar(std::ostream& out, Style style, const Clock& clock, std::string label,
                         int64_t total)
    : out_(out),
      style_(style),
      clock_(clock),
      label_(std::move(label)),
      total_(std::max<int64_t>(total, 1)),
      started_(clock.Now()) {}

void ProgressBar::Reach(int64_t done) {
  done_ = std::min(done, total_);
  if (style_ == Style::kLines) PrintTenth();
  if (style_ != Style::kBar) return;
  const absl::Time now = clock_.Now();
  if (now - drawn_ >= kRedraw) Draw(now);
}

void ProgressBar::Finish() {
  if (style_ != Style::kBar) return;
  Draw(clock_.Now());
  out_ << "\n" << std::flush;
}

void ProgressBar::Draw(absl::Time now) {
  drawn_ = now;
  out_ << "\r" << Line(now) << "\033[K" << std::flush;
}

void ProgressBar::PrintTenth() {
  const int64_t tenths = done_ * 10 / total_;
  if (tenths == tenths_) return;
  tenths_ = tenths;
  out_ << Line(clock_.Now()) << "\n";
}

std::string ProgressBar::Line(absl::Time now) const {
  const int64_t millis = absl::ToInt64Milliseconds(now - started_);
  const int64_t per_second = millis > 0 ? done_ * 1000 / millis : 0;
  std::string line = absl::StrCat(label_, " ");
  if (style_ == Style::kBar) {
    const int64_t full = done_ * kCells / total_;
    for (int64_t i = 0; i < kCells; ++i) line += i < full ? "█" : "░";
  }
  absl::StrAppendFormat(&line, " %3d%%  %s of %s", done_ * 100 / total_, WithCommas(done_),
                        WithCommas(total_));
  if (per_second == 0) return line;
  absl::StrAppend(&line, "  ", WithCommas(per_second), "/s");
  if (done_ < total_) absl::StrAppend(&line, "  ", AsTime((total_ - done_) / per_second), " left");
  return line;
}

}  // namespace troupe
