#include "matcher/rank/find_openings.h"

#include <algorithm>
#include <array>
#include <cstddef>
#include <deque>
#include <functional>
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

// Offers of one block that passed the first tests.
struct Group {
  const OfferBlock* block = nullptr;
  size_t role = 0;  // Which of those with candidates.
  size_t first = 0, limit = 0;  // Of all rows that passed: where they are.
};

// Of one role, by regime; perhaps one for both.
struct RoleScorers {
  OfferScorer* cold = nullptr;
  OfferScorer* warm = nullptr;

  OfferScorer& Of(const OfferSketch& sketch) const { return sketch.people == 0 ? *cold : *warm; }
};

// An offer that may fit, with the most that it can score, as one number, which
// can be sorted fast: 32 bits for the bound, 24 for the group, 8 for the row.
class Promise {
 public:
  static_assert(OfferBlock::kMostRows <= 256);

  Promise() = default;
  Promise(int32_t bound, size_t group, OfferBlock::RowNumber row)
      : packed_(static_cast<uint64_t>(bound) << 32 | group << 8 | row) {}

  int32_t bound() const { return static_cast<int32_t>(packed_ >> 32); }
  size_t group() const { return static_cast<size_t>(packed_ & 0xffffffff) >> 8; }
  OfferBlock::RowNumber row() const { return static_cast<OfferBlock::RowNumber>(packed_ & 0xff); }
  friend auto operator<=>(const Promise&, const Promise&) = default;

 private:
  uint64_t packed_ = 0;
};

using Promises = std::pmr::vector<Promise>::iterator;

// Moves at least `count` of those that promise most before all others, or all if
// there are no more; returns where the others begin. Counts how many promise
// about how much, and so needs no comparison whose outcome cannot be foreseen.
Promises MoveMostPromisingFirst(Promises first, Promises limit, size_t count) {
  if (static_cast<size_t>(limit - first) <= count) return limit;
  constexpr int kStepBits = 12;
  std::array<uint32_t, (kMillionths >> kStepBits) + 2> counts{};
  const auto step_of = [&counts](Promise promise) {
    return std::min(static_cast<size_t>(promise.bound()) >> kStepBits, counts.size() - 1);
  };
  for (auto at = first; at != limit; ++at) ++counts[step_of(*at)];
  size_t least = counts.size();
  for (size_t found = 0; found < count;) found += counts[--least];
  for (auto at = first; at != limit; ++at) {
    const bool is_moved = step_of(*at) >= least;
    std::swap(*first, *at);
    first += is_moved ? 1 : 0;
  }
  return first;
}

template <typename Value>
void FetchFirst(absl::Span<const Value> values) {
  __builtin_prefetch(values.data());
}

// What the whole question reads of a profile lies in as many places.
void FetchFirst(const ProfileView& view) {
  FetchFirst(view.credits);
  FetchFirst(view.busy.spans);
  FetchFirst(view.skills);
  FetchFirst(view.languages);
  FetchFirst(view.credentials);
  FetchFirst(view.travel_places);
  FetchFirst(view.genres);
  FetchFirst(view.styles);
  FetchFirst(view.wished_genres);
  FetchFirst(view.wished_places);
}

// What the credits are about lies behind them in two steps, each of which is
// fetched while something else is done.
void FetchProductions(const ProfileView& view) {
  for (const CreditRow& credit : view.credits) __builtin_prefetch(&view.ProductionOf(credit));
}

void FetchTerms(const ProfileView& view) {
  constexpr size_t kTermsInLine = 8;
  for (const CreditRow& credit : view.credits) {
    const Term* const terms = view.TermsOf(view.ProductionOf(credit)).data();
    __builtin_prefetch(terms);
    __builtin_prefetch(terms + kTermsInLine);
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
    rows_.reserve(kCandidates);
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
        FetchProductions(view_);
        filter_.emplace(view_, question_.as_of, pool_.past_work(), question_.include_attached);
        FetchTerms(view_);
      }
      filter_->StartRole(role);
      reachable_.clear();
      for (const auto& block : blocks) {
        if (filter_->Fetch(*block)) reachable_.push_back(block.get());
      }
      if (reachable_.empty()) continue;
      const size_t before = rows_.size();
      const RoleScorers scorers = MakeScorers(role);
      for (const OfferBlock* block : reachable_) {
        const absl::Span<const OfferBlock::RowNumber> passing = filter_->Passing(*block);
        if (passing.empty()) continue;
        rows_.insert(rows_.end(), passing.begin(), passing.end());
        groups_.push_back({.block = block,
                           .role = role_scorers_.size(),
                           .first = rows_.size() - passing.size(),
                           .limit = rows_.size()});
        FetchSketches(groups_.back());  // For Narrow.
      }
      if (rows_.size() == before) continue;
      scorers.warm->Complete();
      if (scorers.cold != scorers.warm) scorers.cold->Complete();
      role_scorers_.push_back(scorers);
    }
  }

  RoleScorers MakeScorers(const RoleRow& role) {
    const Weights& cold = question_.model.Of(role.role, Regime::kCold);
    const Weights& warm = question_.model.Of(role.role, Regime::kWarm);
    RoleScorers made;
    made.warm = &scorers_.emplace_back(pool_, view_, role, warm, question_.as_of, rarities_,
                                        &memory_);
    made.cold = cold == warm ? made.warm
                             : &scorers_.emplace_back(pool_, view_, role, cold, question_.as_of,
                                                      rarities_, &memory_);
    return made;
  }

  // Leaves those that may fit, with what they promise, if more are left than are
  // asked for: where all are kept, none needs a bound.
  void Narrow() {
    const bool needs_bounds = rows_.size() > question_.top_k;
    Bounds bounds;
    bounds.fill(static_cast<int32_t>(kMillionths));
    promises_.resize(rows_.size());
    size_t promises = 0;
    for (size_t i = 0; i < groups_.size(); ++i) {
      const absl::Span<const OfferBlock::RowNumber> rows = RowsThatMayFit(groups_[i]);
      if (needs_bounds) {
        Bound(role_scorers_[groups_[i].role], *groups_[i].block, rows, bounds);
      }
      for (size_t at = 0; at < rows.size(); ++at) {
        promises_[promises++] = Promise(bounds[at], i, rows[at]);
      }
    }
    promises_.resize(promises);
  }

  using Bounds = std::array<int32_t, OfferBlock::kMostRows>;

  static void Bound(const RoleScorers& scorers, const OfferBlock& block,
                    absl::Span<const OfferBlock::RowNumber> rows, Bounds& bounds) {
    if (scorers.cold == scorers.warm) return scorers.warm->Bound(block, rows, bounds.data());
    // Each regime in one go, and back into their places.
    for (OfferScorer* scorer : {scorers.cold, scorers.warm}) {
      std::array<OfferBlock::RowNumber, OfferBlock::kMostRows> own;
      std::array<size_t, OfferBlock::kMostRows> places;
      size_t count = 0;
      for (size_t at = 0; at < rows.size(); ++at) {
        if (&scorers.Of(block.sketch(rows[at])) != scorer) continue;
        own[count] = rows[at];
        places[count++] = at;
      }
      Bounds found;
      scorer->Bound(block, absl::MakeConstSpan(own.data(), count), found.data());
      for (size_t at = 0; at < count; ++at) bounds[places[at]] = found[at];
    }
  }

  // Moves them to the front of the group.
  absl::Span<const OfferBlock::RowNumber> RowsThatMayFit(const Group& group) {
    OfferBlock::RowNumber* const rows = rows_.data() + group.first;
    size_t kept = 0;
    for (size_t at = 0; at < group.limit - group.first; ++at) {
      const OfferBlock::RowNumber row = rows[at];
      rows[kept] = row;
      kept += filter_->MayFit(group.block->sketch(row)) ? 1 : 0;
    }
    return absl::MakeConstSpan(rows, kept);
  }

  void FetchSketches(const Group& group) const {
    for (size_t at = group.first; at < group.limit; ++at) group.block->FetchSketch(rows_[at]);
  }

  // The most promising first, until no other can be among the best. They are
  // sorted some at a time, a few more than are asked for, since not all fit.
  void ConsiderBestFirst() {
    const size_t batch = question_.top_k + question_.top_k / 4 + 8;
    auto end = promises_.end();
    for (auto first = promises_.begin(); first != end;) {
      const auto limit = MoveMostPromisingFirst(first, end, batch);
      std::sort(first, limit, std::greater<>());
      if (!ConsiderAll(first, limit)) return;
      first = limit;
      end = std::partition(first, end, [this](Promise promise) {
        return promise.bound() >= best_.least_score();
      });
    }
  }

  // From the most promising on; false if the others need not be looked at.
  bool ConsiderAll(Promises first, Promises limit) {
    // Some ahead, but not all: often not all are looked at, and each takes as long
    // to read as some lines do.
    constexpr std::ptrdiff_t kAhead = 8;
    auto fetched = first;
    for (auto at = first; at != limit; ++at) {
      for (; fetched != limit && fetched - at < kAhead; ++fetched) {
        BlockOf(*fetched).FetchRecord(fetched->row());
      }
      if (IsStopped() || at->bound() < best_.least_score()) return false;
      Consider(*at);
    }
    return true;
  }

  const OfferBlock& BlockOf(Promise promise) const { return *groups_[promise.group()].block; }
  OfferScorer& ScorerOf(Promise promise) {
    return role_scorers_[groups_[promise.group()].role].Of(BlockOf(promise).sketch(promise.row()));
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

  bool Fits(Promise promise) {
    return filter_->IsFit(BlockOf(promise), promise.row(), ScorerOf(promise).role());
  }

  void Consider(Promise promise) {
    if (!Fits(promise)) return;
    any_fits_ = true;
    const OfferBlock& block = BlockOf(promise);
    const std::optional<int64_t> score =
        ScorerOf(promise).ScoreOf(block, promise.row(), best_.least_score());
    if (score.has_value()) best_.Offer({block.record(promise.row()).id(), *score});
  }

  void CountFitting() {
    std::erase_if(promises_, [this](Promise promise) { return IsStopped() || !Fits(promise); });
    if (question_.want_total) answer_.total = static_cast<int64_t>(promises_.size());
    if (!question_.want_facets) return;
    answer_.facets.emplace();
    for (Promise promise : promises_) {
      ++answer_.facets->roles[ScorerOf(promise).role().role];
      ++answer_.facets->places[BlockOf(promise).sketch(promise.row()).place];
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
  std::pmr::deque<OfferScorer> scorers_{&memory_};
  std::pmr::vector<RoleScorers> role_scorers_{&memory_};  // By role with candidates.
  std::pmr::vector<const OfferBlock*> reachable_{&memory_};  // Scratch of one role.
  std::pmr::vector<Group> groups_{&memory_};
  std::pmr::vector<OfferBlock::RowNumber> rows_{&memory_};      // That passed the first tests.
  std::pmr::vector<Promise> promises_{&memory_};  // Of those that may fit.
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
  FetchFirst(*view);
  return Search(pool, question, *view, stop).Run();
}

}  // namespace troupe
