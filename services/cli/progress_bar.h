#ifndef TROUPE_SERVICES_CLI_PROGRESS_BAR_H_
#define TROUPE_SERVICES_CLI_PROGRESS_BAR_H_

#include <cstdint>
#include <ostream>
#include <string>

#include "absl/time/time.h"
#include "matcher/base/clock.h"

namespace troupe {

// How far a long piece of work has come, on a stream of its own: a bar that
// redraws itself, or a line each tenth of the way, or nothing. Thread-
// compatible; `out` and `clock` outlive it.
//
//   ProgressBar bar(err, ProgressBar::Style::kBar, clock, "profiles", 90'977);
//   for (...) bar.Reach(++done);
//   bar.Finish();
class ProgressBar {
 public:
  enum class Style { kSilent, kLines, kBar };

  ProgressBar(std::ostream& out, Style style, const Clock& clock, std::string label,
              int64_t total);

  // `done` of the total are done. Cheap: draws at most ten times a second.
  void Reach(int64_t done);

  // The work is over, whether all of it was done or not.
  void Finish();

 private:
  void Draw(absl::Time now);
  void PrintTenth();
  std::string Line(absl::Time now) const;

  std::ostream& out_;
  Style style_;
  const Clock& clock_;
  std::string label_;
  int64_t total_;
  int64_t done_ = 0;
  int64_t tenths_ = 0;
  absl::Time started_;
  absl::Time drawn_ = absl::InfinitePast();
};

}  // namespace troupe

#endif  // TROUPE_SERVICES_CLI_PROGRESS_BAR_H_
