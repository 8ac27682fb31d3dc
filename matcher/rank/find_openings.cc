#include "matcher/rank/find_openings.h"

#include <algorithm>

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
// Looked at together, so that their memory is fetched at once, not one by one.
constexpr size_t kTogether = 8;

// An offer that passed the first tests.
struct Candidate {
  int64_t bound = kMillionths;  // No less than its score.
  uint32_t role = 0;            // Which of the profile's.
  uint32_t row = 0;             // In `block`.
  const OfferBlock* block = nullptr;

  const Demand& demand() const { return *block->rows()[row]; }

  friend bool operator<(const Candidate& a, const Candidate& b) { return a.bound < b.bound; }
};

constexpr uintptr_t kCacheLine = 64;

void Fetch(const void* first, size_t bytes) {
  const auto from = reinterpret_cast<uintptr_t>(first) & ~(kCacheLine - 1);
  const auto limit = reinterpret_cast<uintptr_t>(first) + bytes;
  for (uintptr_t line = from; line < limit; line += kCacheLine) {
    __builtin_prefetch(reinterpret_cast<const void*>(line));
  }
}

// What the tests and the score read of an offer lies in many places of memory,
// none of them near those of the offer looked at before.
void FetchLists(const Demand& demand) {
  const auto fetch = [](const auto& list) { Fetch(list.data(), list.size() * sizeof(list[0])); };
  fetch(demand.skills);
  fetch(demand.languages);
  fetch(demand.genres);
  fetch(demand.styles);
  fetch(demand.tags);
  fetch(demand.companies);
  fetch(demand.countries);
  fetch(demand.attached);
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
    for (const RoleRow& role : view_.roles) {
      if (role.role != kNone) AddCandidates(role);
    }
    if (question_.want_total || question_.want_facets) CountFitting();
    // Where all are kept, none needs a bound.
    if (candidates_.size() > question_.top_k) AddBounds();
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

  void AddCandidates(const RoleRow& role) {
    OfferFilter filter(view_, role, question_.as_of);
    const auto which = static_cast<uint32_t>(roles_.size());
    const size_t before = candidates_.size();
    for (const auto& block : pool_.OffersIn(role.role)) {
      rows_.clear();
      filter.AddPassing(*block, rows_);
      for (uint32_t row : rows_) {
        candidates_.push_back({.role = which, .row = row, .block = block.get()});
      }
    }
    if (candidates_.size() == before) return;  // A scorer takes time to make.
    const Weights& weights =
        question_.weights.has_value() ? *question_.weights : ShippedWeights(role.role);
    scorers_.emplace_back(pool_, view_, role, weights, question_.as_of, rarities_);
    roles_.push_back(&role);
  }

  void AddBounds() {
    for (size_t i = 0; i < candidates_.size(); ++i) {
      if (i + kTogether < candidates_.size()) {
        const Candidate& later = candidates_[i + kTogether];
        Fetch(&later.block->sketches()[later.row], sizeof(OfferSketch));
      }
      Candidate& candidate = candidates_[i];
      candidate.bound = scorers_[candidate.role].Bound(*candidate.block, candidate.row);
    }
  }

  // The most promising first, until no other can be among the best.
  void ConsiderBestFirst() {
    std::make_heap(candidates_.begin(), candidates_.end());
    std::array<Candidate, kTogether> next;
    while (!candidates_.empty()) {
      size_t count = 0;
      for (; count < kTogether && !candidates_.empty(); ++count) {
        std::pop_heap(candidates_.begin(), candidates_.end());
        next[count] = candidates_.back();
        candidates_.pop_back();
        if (next[count].bound < best_.least_score()) break;
        Fetch(&next[count].demand(), sizeof(Demand));
      }
      for (size_t i = 0; i < count; ++i) FetchLists(next[i].demand());
      for (size_t i = 0; i < count; ++i) {
        if (next[i].bound < best_.least_score() || IsStopped()) return;
        Consider(next[i]);
      }
      if (count < kTogether) return;  // Those left promise less still.
    }
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
    return MayBeConsidered(candidate.demand()) &&
           IsEligible(DatedDemand(candidate.demand(), question_.as_of), view_,
                      roles_[candidate.role]);
  }

  void Consider(const Candidate& candidate) {
    if (!Fits(candidate)) return;
    any_fits_ = true;
    const std::optional<int64_t> score =
        scorers_[candidate.role].ScoreOf(candidate.demand(), best_.least_score());
    if (score.has_value()) best_.Offer({candidate.demand().id(), *score});
  }

  void CountFitting() {
    std::erase_if(candidates_, [this](const Candidate& candidate) {
      return IsStopped() || !Fits(candidate);
    });
    if (question_.want_total) answer_.total = static_cast<int64_t>(candidates_.size());
    if (!question_.want_facets) return;
    answer_.facets.emplace();
    for (const Candidate& candidate : candidates_) {
      ++answer_.facets->roles[candidate.demand().scalars.role];
      ++answer_.facets->places[candidate.demand().scalars.place];
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
  std::vector<OfferScorer> scorers_;   // By role with candidates.
  std::vector<const RoleRow*> roles_;  // Likewise.
  std::vector<Candidate> candidates_;
  std::vector<uint32_t> rows_;           // Scratch.
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
