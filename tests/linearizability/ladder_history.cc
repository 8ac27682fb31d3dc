#include "tests/linearizability/ladder_history.h"

#include <algorithm>
#include <cstddef>
#include <string>
#include <utility>

#include "absl/container/flat_hash_set.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/string_view.h"

namespace troupe::testing {
namespace {

using Verb = LadderCall::Verb;

// One moment of a call.
struct Moment {
  size_t operation = 0;
  enum class What { kWhole, kIntent, kDecision } what = What::kWhole;
};

// A confirmation whose answer takes the project's shard: it was booked, or it
// was not for want of a seat.
bool IsDecided(const LadderOperation& operation) {
  return operation.call.verb == Verb::kConfirm && (operation.answer.reason.empty() ||
                                                   operation.answer.reason == "SEAT_TAKEN");
}

class Search {
 public:
  explicit Search(const LadderHistory& history) : history_(history) {
    for (size_t i = 0; i < history.size(); ++i) {
      if (IsDecided(history[i])) {
        moments_.push_back({i, Moment::What::kIntent});
        moments_.push_back({i, Moment::What::kDecision});
      } else {
        moments_.push_back({i, Moment::What::kWhole});
      }
    }
    std::stable_sort(moments_.begin(), moments_.end(), [&](const Moment& a, const Moment& b) {
      return history_[a.operation].began < history_[b.operation].began;
    });
    done_.assign(moments_.size(), false);
  }

  Linearization Run() {
    result_.found = GoOn(LadderSpec(), 0);
    return result_;
  }

 private:
  // Whether the moments that are not done can follow `spec`.
  bool GoOn(const LadderSpec& spec, size_t count) {
    if (count == moments_.size()) return true;
    if (!dead_ends_.insert(absl::StrCat(Done(), "|", spec.Fingerprint())).second) return false;
    // Whoever begins after another has ended comes after it.
    int64_t first_end = INT64_MAX;
    for (size_t i = 0; i < moments_.size(); ++i) {
      if (!done_[i]) first_end = std::min(first_end, history_[moments_[i].operation].ended);
    }
    for (size_t i = 0; i < moments_.size(); ++i) {
      if (done_[i]) continue;
      if (history_[moments_[i].operation].began > first_end) break;  // Sorted by this.
      LadderSpec next = spec;
      ++result_.tried;
      if (!Take(moments_[i], next)) continue;
      done_[i] = true;
      if (GoOn(next, count + 1)) return true;
      done_[i] = false;
    }
    if (count >= deepest_) {
      deepest_ = count;
      result_.stuck = absl::StrCat(count, " of ", moments_.size(),
                                   " moments explained; holds ", spec.Fingerprint(),
                                   "; cannot follow:", Candidates(first_end));
    }
    return false;
  }

  // The moments that might come next, for people.
  std::string Candidates(int64_t first_end) const {
    std::string text;
    for (size_t i = 0; i < moments_.size(); ++i) {
      const LadderOperation& one = history_[moments_[i].operation];
      if (done_[i] || one.began > first_end) continue;
      absl::StrAppend(&text, " [", Describe(one), "]");
    }
    return text;
  }

  bool Take(const Moment& moment, LadderSpec& spec) const {
    const LadderOperation& operation = history_[moment.operation];
    if (moment.what == Moment::What::kWhole) return spec.Do(operation.call, operation.answer);
    const bool booked = operation.answer.reason.empty();
    // That the seat is taken may be found before there is an intent.
    if (moment.what == Moment::What::kIntent) return spec.Do(operation.call, {}) || !booked;
    return spec.Decide(operation.call.hold, booked) || !booked;
  }

  // All moments before the first that is not done are; so that one and those
  // after it say it all.
  std::string Done() const {
    const auto first = std::find(done_.begin(), done_.end(), false);
    std::string text = absl::StrCat(first - done_.begin(), ":");
    for (auto at = first; at != done_.end(); ++at) text.push_back(*at ? '1' : '0');
    while (!text.empty() && text.back() == '0') text.pop_back();
    return text;
  }

  const LadderHistory& history_;
  std::vector<Moment> moments_;
  std::vector<bool> done_;
  absl::flat_hash_set<std::string> dead_ends_;
  size_t deepest_ = 0;
  Linearization result_;
};

}  // namespace

std::string Describe(const LadderOperation& operation) {
  static constexpr absl::string_view kVerbs[] = {"place",     "accept",  "decline", "release",
                                                 "challenge", "confirm", "cancel",  "read"};
  const LadderCall& call = operation.call;
  std::string text = absl::StrCat(operation.began, "-", operation.ended, " client ",
                                  operation.client, ": ", kVerbs[static_cast<size_t>(call.verb)]);
  if (call.hold != 0) absl::StrAppend(&text, " ", call.hold);
  if (call.verb == Verb::kPlace) {
    absl::StrAppend(&text, " opening ", call.opening, " days ", call.days);
  }
  const LadderAnswer& answer = operation.answer;
  absl::StrAppend(&text, ": ", answer.reason.empty() ? "done" : answer.reason);
  if (answer.hold != 0) absl::StrAppend(&text, " ", answer.hold);
  for (const LadderEntry& entry : answer.holds) {
    absl::StrAppend(&text, " ", std::string(1, entry.state), entry.pending ? "!" : "");
    for (const int rank : entry.ranks) absl::StrAppend(&text, rank);
  }
  return text;
}

Linearization FindLinearization(const LadderHistory& history) { return Search(history).Run(); }

}  // namespace troupe::testing
