#include "matcher/rank/find_openings.h"

#include <algorithm>
#include <array>
#include <cstddef>
#include <deque>
#include <memory_resource>
#include <utility>

#include "matcher/base/millionths.h"
#include "matcher/base/violation.h"
#include "matcher/rank/dated_demand.h"
#include "matcher/rank/eligibility.h"
#include "matcher/rank/offer_filter.h"
#include "matcher/rank/offer_scorer.h"
#include "matcher/rank/offer_totals.h"
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

// One offer: 24 bits for the group, 8 for the row.
class Offer {
 public:
  static_assert(OfferBlock::kMostRows <= 256);

  Offer() = default;
  Offer(size_t group, OfferBlock::RowNumber row)
      : packed_(static_cast<uint32_t>(group << 8) | row) {}

  size_t group() const { return packed_ >> 8; }
  OfferBlock::RowNumber row() const { return static_cast<OfferBlock::RowNumber>(packed_ & 0xff); }

 private:
  uint32_t packed_ = 0;
};

// An offer with the most that it can score.
struct Promise {
  int32_t bound = 0;
  Offer offer;
};

// Bounds by steps, so that the most promising offers are found and put into order
// by counting how many promise about how much, without comparisons whose outcomes
// cannot be foreseen.
class BoundSteps {
 public:
  explicit BoundSteps(absl::Span<const int32_t> bounds) {
    for (int32_t bound : bounds) ++counts_[Of(bound)];
  }

  static constexpr size_t kSteps = (kMillionths >> 12) + 2;
  static size_t Of(int32_t bound) {
    return std::min(static_cast<size_t>(bound) >> kBits, kSteps - 1);
  }
  // What no bound below step `limit` comes to.
  static int64_t LimitOf(size_t limit) { return static_cast<int64_t>(limit) << kBits; }

  // Turns to at least `count` bounds that are in steps below `limit`, or to all of
  // these: returns the step from which on they are.
  size_t TurnTo(size_t count, size_t limit) {
    for (turned_to_ = 0; limit > 0 && turned_to_ < count;) {
      places_[--limit] = turned_to_;
      turned_to_ += counts_[limit];
    }
    return limit;
  }
  // How many that are.
  size_t turned_to() const { return turned_to_; }
  // A place for one more of them: their places are by step, the highest first.
  size_t PlaceOf(int32_t bound) { return places_[Of(bound)]++; }

 private:
  static constexpr int kBits = 12;

  std::array<uint32_t, kSteps> counts_{};
  std::array<uint32_t, kSteps> places_;  // Of the steps turned to.
  uint32_t turned_to_ = 0;
};

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
        totals_(pool, question.as_of, rarities_),
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
    if (considered_++ % kOffersBetweenStops == 0 && stop_.StopRequested()) is_stopped_ = true;
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
    sketches_.resize(rows_.size());
    offers_.resize(rows_.size());
    bounds_.resize(rows_.size(), static_cast<int32_t>(kMillionths));
    size_t first = 0;
    for (size_t i = 0; i < groups_.size();) {
      const size_t role = groups_[i].role;
      size_t limit = first;
      size_t most_terms = 0;
      for (; i < groups_.size() && groups_[i].role == role; ++i) {
        limit = AddThatMayFit(i, limit);
        most_terms = std::max(most_terms, groups_[i].block->most_terms());
      }
      if (needs_bounds) Bound(role_scorers_[role], first, limit, most_terms);
      first = limit;
    }
    offers_.resize(first);
    bounds_.resize(first);
  }

  // Puts those of the group behind `count` others, and returns how many there are
  // then.
  size_t AddThatMayFit(size_t group_number, size_t count) {
    const Group& group = groups_[group_number];
    const OfferSketch** const sketches = sketches_.data();
    Offer* const offers = offers_.data();
    for (size_t at = group.first; at < group.limit; ++at) {
      const OfferBlock::RowNumber row = rows_[at];
      const OfferSketch& sketch = group.block->sketch(row);
      totals_.TellSketch(*group.block, row);
      sketches[count] = &sketch;
      offers[count] = Offer(group_number, row);
      count += filter_->MayFit(sketch) ? 1 : 0;
    }
    return count;
  }

  void Bound(const RoleScorers& scorers, size_t first, size_t limit, size_t most_terms) {
    const auto sketches = absl::MakeConstSpan(sketches_).subspan(first, limit - first);
    int32_t* const bounds = bounds_.data() + first;
    if (scorers.cold == scorers.warm) return scorers.warm->Bound(sketches, most_terms, bounds);
    // Each regime in one go, and back into their places.
    for (OfferScorer* scorer : {scorers.cold, scorers.warm}) {
      std::pmr::vector<const OfferSketch*> own(&memory_);
      std::pmr::vector<size_t> places(&memory_);
      for (size_t at = 0; at < sketches.size(); ++at) {
        if (&scorers.Of(*sketches[at]) != scorer) continue;
        own.push_back(sketches[at]);
        places.push_back(at);
      }
      std::pmr::vector<int32_t> found(own.size(), &memory_);
      scorer->Bound(own, most_terms, found.data());
      for (size_t at = 0; at < own.size(); ++at) bounds[places[at]] = found[at];
    }
  }

  void FetchSketches(const Group& group) const {
    for (size_t at = group.first; at < group.limit; ++at) group.block->FetchSketch(rows_[at]);
  }

  // The most promising first, some at a time, until no other can be among the best:
  // a few more than are asked for, since not all fit.
  void ConsiderBestFirst() {
    if (offers_.empty()) return;
    const size_t batch = question_.top_k + question_.top_k / 4 + 8;
    BoundSteps steps(bounds_);
    size_t limit = BoundSteps::kSteps;
    while (limit > 0 && BoundSteps::LimitOf(limit) > best_.least_score() && !is_stopped_) {
      const size_t first = steps.TurnTo(batch, limit);
      CollectPromises(steps, first, limit);
      ConsiderAll();
      limit = first;
    }
  }

  // Those with bounds from step `first` on, up to `limit`, not included.
  void CollectPromises(BoundSteps& steps, size_t first, size_t limit) {
    chosen_.resize(bounds_.size());
    uint32_t* to = chosen_.data();
    const int32_t* const bounds = bounds_.data();
    for (size_t at = 0; at < bounds_.size(); ++at) {
      *to = static_cast<uint32_t>(at);
      to += BoundSteps::Of(bounds[at]) - first < limit - first ? 1 : 0;
    }
    promises_.resize(steps.turned_to());
    for (const uint32_t* chosen = chosen_.data(); chosen != to; ++chosen) {
      const size_t at = *chosen;
      promises_[steps.PlaceOf(bounds_[at])] = {bounds_[at], offers_[at]};
    }
  }

  void ConsiderAll() {
    // Some ahead, but not all: often not all are looked at, and each takes as long
    // to read as some lines do.
    constexpr std::ptrdiff_t kAhead = 8;
    auto fetched = promises_.begin();
    for (auto at = promises_.begin(); at != promises_.end() && !IsStopped(); ++at) {
      for (; fetched != promises_.end() && fetched - at < kAhead; ++fetched) {
        BlockOf(fetched->offer).FetchRecord(fetched->offer.row());
      }
      if (at->bound >= best_.least_score()) Consider(at->offer);
    }
  }

  const OfferBlock& BlockOf(Offer offer) const { return *groups_[offer.group()].block; }
  OfferScorer& ScorerOf(Offer offer) {
    return role_scorers_[groups_[offer.group()].role].Of(BlockOf(offer).sketch(offer.row()));
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

  bool Fits(Offer offer) {
    return filter_->IsFit(BlockOf(offer), offer.row(), ScorerOf(offer).role());
  }

  void Consider(Offer offer) {
    if (!Fits(offer)) return;
    any_fits_ = true;
    const OfferBlock& block = BlockOf(offer);
    const std::optional<int64_t> score =
        ScorerOf(offer).ScoreOf(block, offer.row(), best_.least_score());
    if (score.has_value()) best_.Offer({block.record(offer.row()).id(), *score});
  }

  // Leaves only those that fit.
  void CountFitting() {
    size_t count = 0;
    for (size_t at = 0; at < offers_.size() && !IsStopped(); ++at) {
      if (!Fits(offers_[at])) continue;
      bounds_[count] = bounds_[at];
      offers_[count++] = offers_[at];
    }
    bounds_.resize(count);
    offers_.resize(count);
    if (question_.want_total) answer_.total = static_cast<int64_t>(count);
    if (!question_.want_facets) return;
    answer_.facets.emplace();
    for (Offer offer : offers_) {
      ++answer_.facets->roles[ScorerOf(offer).role().role];
      ++answer_.facets->places[BlockOf(offer).sketch(offer.row()).place];
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
  OfferTotals totals_;
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
  // Of those that may fit: a sketch, where it is from, and the most that it scores.
  std::pmr::vector<const OfferSketch*> sketches_{&memory_};
  std::pmr::vector<Offer> offers_{&memory_};
  std::pmr::vector<int32_t> bounds_{&memory_};
  // Scratch: which of them are next, and these in order.
  std::pmr::vector<uint32_t> chosen_{&memory_};
  std::pmr::vector<Promise> promises_{&memory_};
  size_t considered_ = 0;
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
