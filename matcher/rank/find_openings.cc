#include "matcher/rank/find_openings.h"

#include <algorithm>
#include <array>
#include <cstddef>
#include <deque>
#include <functional>
#include <iterator>
#include <memory_resource>
#include <utility>

#include "matcher/base/millionths.h"
#include "matcher/base/violation.h"
#include "matcher/rank/dated_demand.h"
#include "matcher/rank/eligibility.h"
#include "matcher/rank/offer_filter.h"
#include "matcher/rank/offer_scorer.h"
#include "matcher/rank/rarity.h"
#include "matcher/rank/shortfall.h"

namespace troupe {
namespace {

constexpr size_t kOffersBetweenStops = 256;
// Enough for most questions.
constexpr size_t kCandidates = 1'024;
constexpr size_t kMemory = size_t{256} << 10;

// An offer that passed the first tests.
struct Candidate {
  uint16_t role = 0;  // Which of the profile's.
  uint16_t row = 0;   // In `block`.
  const OfferBlock* block = nullptr;

  const OfferSketch& sketch() const { return block->sketch(row); }
  const OfferRecord& record() const { return block->records()[row]; }
};

template <typename Value>
void Fetch(absl::Span<const Value> values) {
  constexpr uintptr_t kCacheLine = 64;
  const auto first = reinterpret_cast<uintptr_t>(values.data()) & ~(kCacheLine - 1);
  const auto limit = reinterpret_cast<uintptr_t>(values.data() + values.size());
  for (uintptr_t line = first; line < limit; line += kCacheLine) {
    __builtin_prefetch(reinterpret_cast<const void*>(line));
  }
}

// One question on its way to the answer.
class Search {
 public:
  Search(const Pool& pool, const OpeningsQuestion& question, const ProfileView& view,
         const StopToken& stop)
      : pool_(pool),
        question_(question),
        view_(view),
        stop_(stop),
        rarities_(pool, question.as_of),
        best_(question.top_k) {}

  absl::StatusOr<OpeningsAnswer> Run() {
    candidates_.reserve(kCandidates);
    AddCandidates();
    Narrow();
    if (question_.want_total || question_.want_facets) CountFitting();
    ConsiderBestFirst();
    if (question_.want_diagnosis && question_.top_k > 0 && !any_fits_) Diagnose();
    if (is_stopped_) return absl::CancelledError("the question was withdrawn");
    answer_.best = std::move(best_).Take();
    return std::move(answer_);
  }

 private:
  bool IsStopped() {
    if (offers_++ % kOffersBetweenStops == 0 && stop_.StopRequested()) is_stopped_ = true;
    return is_stopped_;
  }

  void AddCandidates() {
    for (const RoleRow& role : view_.roles) {
      const auto& blocks = pool_.OffersIn(role.role);
      if (blocks.empty()) continue;
      if (!filter_.has_value()) {
        filter_.emplace(view_, question_.as_of, pool_.past_work(), question_.include_attached);
      }
      filter_->StartRole(role);
      const auto which = static_cast<uint16_t>(scorers_.size());
      const size_t before = candidates_.size();
      for (auto at = blocks.begin(); at != blocks.end(); ++at) {
        if (std::next(at) != blocks.end()) (*std::next(at))->Fetch();
        const auto& block = *at;
        for (uint16_t row : filter_->Passing(*block)) {
          __builtin_prefetch(&block->promise(row));
          __builtin_prefetch(&block->promise(row).traits);
          candidates_.push_back({.role = which, .row = row, .block = block.get()});
        }
      }
      if (candidates_.size() > before) AddScorer(role);
    }
  }

  void AddScorer(const RoleRow& role) {
    const Weights& weights =
        question_.weights.has_value() ? *question_.weights : ShippedWeights(role.role);
    scorers_.emplace_back(pool_, view_, role, weights, question_.as_of, rarities_, &memory_);
  }

  // Leaves those that may fit, with what they promise, if more are left than are
  // asked for: where all are kept, none needs a bound.
  void Narrow() {
    const bool needs_bounds = candidates_.size() > question_.top_k;
    promises_.reserve(candidates_.size());
    for (size_t i = 0; i < candidates_.size(); ++i) {
      const Candidate& candidate = candidates_[i];
      if (!filter_->MayFit(candidate.sketch())) continue;
      const int64_t bound =
          needs_bounds ? scorers_[candidate.role].Bound(*candidate.block, candidate.row)
                       : kMillionths;
      promises_.push_back(Promise(bound, i));
    }
  }

  // The most promising first, until no other can be among the best. They are
  // sorted some at a time, a few more than are asked for, since not all fit.
  void ConsiderBestFirst() {
    const auto batch = static_cast<std::ptrdiff_t>(question_.top_k + question_.top_k / 4 + 8);
    auto end = promises_.end();
    for (auto first = promises_.begin(); first != end;) {
      const auto limit = first + std::min(end - first, batch);
      if (limit != end) std::nth_element(first, limit, end, std::greater<>());
      std::sort(first, limit, std::greater<>());
      if (!ConsiderAll(first, limit)) return;
      first = limit;
      end = std::partition(first, end, [this](uint64_t promise) {
        return BoundOf(promise) >= best_.least_score();
      });
    }
  }

  // A bound of a score and the position of a candidate as one number, which can
  // be sorted fast.
  static uint64_t Promise(int64_t bound, size_t candidate) {
    return static_cast<uint64_t>(bound) << 32 | candidate;
  }
  static int64_t BoundOf(uint64_t promise) { return static_cast<int64_t>(promise >> 32); }
  const Candidate& CandidateOf(uint64_t promise) const {
    return candidates_[static_cast<uint32_t>(promise)];
  }
  using Promises = std::pmr::vector<uint64_t>::const_iterator;

  // From the most promising on; false if the others need not be looked at.
  bool ConsiderAll(Promises first, Promises limit) {
    for (auto at = first; at != limit; ++at) {
      __builtin_prefetch(&CandidateOf(*at).record());
    }
    for (auto at = first; at != limit; ++at) {
      const Candidate& candidate = CandidateOf(*at);
      Fetch(candidate.block->records().TermsOf(candidate.row));
      Fetch(candidate.block->records().SkillsOf(candidate.row));
    }
    for (auto at = first; at != limit; ++at) {
      if (IsStopped() || BoundOf(*at) < best_.least_score()) return false;
      Consider(CandidateOf(*at));
    }
    return true;
  }

  // True if the profile's owner may learn of the opening as one for this person:
  // a project that excludes the person keeps that to itself.
  bool MayBeConsidered(const Demand& demand) const {
    if (!IsOffered(demand, question_.as_of)) return false;
    if (!IsVisibleTo(demand, view_.scalars->owner)) return false;
    if (demand.scalars.owner != view_.scalars->owner &&
        std::binary_search(demand.blocked_profiles.begin(), demand.blocked_profiles.end(),
                           view_.scalars->id)) {
      return false;
    }
    return question_.include_attached || !demand.IsAttached(view_.scalars->id);
  }

  bool Fits(const Candidate& candidate) const {
    return filter_->IsFit(*candidate.block, candidate.row, scorers_[candidate.role].role());
  }

  void Consider(const Candidate& candidate) {
    if (!Fits(candidate)) return;
    any_fits_ = true;
    const std::optional<int64_t> score = scorers_[candidate.role].ScoreOf(
        *candidate.block, candidate.row, best_.least_score());
    if (score.has_value()) best_.Offer({candidate.record().id(), *score});
  }

  void CountFitting() {
    std::erase_if(promises_, [this](uint64_t promise) {
      return IsStopped() || !Fits(CandidateOf(promise));
    });
    if (question_.want_total) answer_.total = static_cast<int64_t>(promises_.size());
    if (!question_.want_facets) return;
    answer_.facets.emplace();
    for (uint64_t promise : promises_) {
      const Candidate& candidate = CandidateOf(promise);
      ++answer_.facets->roles[scorers_[candidate.role].role().role];
      ++answer_.facets->places[candidate.sketch().place];
    }
  }

  void Diagnose() {
    answer_.diagnosis.emplace();
    for (const RoleRow& role : view_.roles) {
      for (const auto& block : pool_.OffersIn(role.role)) {
        for (const Demand* demand : block->rows()) {
          if (IsStopped()) return;
          if (MayBeConsidered(*demand)) AddFailures(*demand, role);
        }
      }
    }
  }

  void AddFailures(const Demand& demand, const RoleRow& role) {
    OpeningsDiagnosis& diagnosis = *answer_.diagnosis;
    ++diagnosis.considered;
    const DatedDemand dated(demand, question_.as_of);
    const RequirementSet failures = FailuresOf(dated, view_, &role);
    for (size_t i = 0; i < kRequirementCount; ++i) {
      const Requirement requirement = static_cast<Requirement>(i);
      if (!failures.Has(requirement)) continue;
      ++diagnosis.failures[i];
      if (!failures.IsOnly(requirement)) continue;
      const MissedOpening miss{demand.id(), ShortfallOf(requirement, dated, view_, &role)};
      std::optional<MissedOpening>& nearest = diagnosis.nearest[i];
      if (!nearest.has_value() || miss.shortfall < nearest->shortfall ||
          (miss.shortfall == nearest->shortfall && miss.opening < nearest->opening)) {
        nearest = miss;
      }
    }
  }

  const Pool& pool_;
  const OpeningsQuestion& question_;
  const ProfileView& view_;
  const StopToken& stop_;
  Rarities rarities_;
  TopK<OpeningId> best_;
  OpeningsAnswer answer_;
  // Of what follows; beyond it, from the heap.
  std::array<std::byte, kMemory> buffer_;
  std::pmr::monotonic_buffer_resource memory_{buffer_.data(), buffer_.size()};
  std::optional<OfferFilter> filter_;         // Once there are offers.
  std::pmr::deque<OfferScorer> scorers_{&memory_};  // By role with candidates.
  std::pmr::vector<Candidate> candidates_{&memory_};
  std::pmr::vector<uint64_t> promises_{&memory_};  // Of those that may fit.
  size_t offers_ = 0;
  bool any_fits_ = false;
  bool is_stopped_ = false;
};

}  // namespace

absl::StatusOr<OpeningsAnswer> FindOpenings(const Pool& pool, const OpeningsQuestion& question,
                                            const StopToken& stop) {
  const std::optional<ProfileView> view = pool.FindProfile(question.profile);
  if (!view.has_value()) {
    return ErrorWithReason(absl::StatusCode::kNotFound, "PROFILE_NOT_FOUND",
                           "there is no such profile");
  }
  return Search(pool, question, *view, stop).Run();
}

}  // namespace troupe
