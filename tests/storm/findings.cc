#include "tests/storm/findings.h"

#include <algorithm>

#include "absl/strings/str_cat.h"

namespace troupe::testing {
namespace {

constexpr size_t kMostTexts = 20;

}  // namespace

absl::string_view NameOf(Wrong wrong) {
  switch (wrong) {
    case Wrong::kLost:
      return "lost";
    case Wrong::kHalfApplied:
      return "half_applied";
    case Wrong::kResurrected:
      return "resurrected";
    case Wrong::kAppliedTwice:
      return "applied_twice";
    case Wrong::kDisagreed:
      return "disagreed";
    case Wrong::kStale:
      return "stale";
    case Wrong::kRefused:
      return "refused";
    case Wrong::kDoubleBooked:
      return "double_booked";
    case Wrong::kSeatTwice:
      return "seat_twice";
    case Wrong::kLostPromotion:
      return "lost_promotion";
    case Wrong::kSkippedQueue:
      return "skipped_queue";
  }
  return "";
}

void Findings::Add(Wrong wrong, absl::string_view text) {
  absl::MutexLock lock(&mutex_);
  ++counts_[static_cast<size_t>(wrong)];
  if (texts_.size() < kMostTexts) texts_.push_back(absl::StrCat(NameOf(wrong), ": ", text));
}

int64_t Findings::Count(Wrong wrong) const {
  absl::MutexLock lock(&mutex_);
  return counts_[static_cast<size_t>(wrong)];
}

bool Findings::IsEmpty() const {
  absl::MutexLock lock(&mutex_);
  return std::all_of(counts_.begin(), counts_.end(), [](int64_t count) { return count == 0; });
}

std::vector<std::string> Findings::Texts() const {
  absl::MutexLock lock(&mutex_);
  return texts_;
}

}  // namespace troupe::testing
