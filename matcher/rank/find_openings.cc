#include "matcher/rank/find_openings.h"

#include <algorithm>
#include <array>
#include <cstddef>
#include <deque>
#include <limits>
#include <memory_resource>
#include <utility>

#include "matcher/base/millionths.h"
#include "matcher/base/prefetch.h"
#include "matcher/base/violation.h"
#include "matcher/rank/dated_demand.h"
#include "matcher/rank/eligibility.h"
#include "matcher/rank/offer_filter.h"
#include "matcher/rank/offer_scorer.h"
#include "matcher/rank/offer_totals.h"
#include "matcher/rank/rarity.h"
#include "matcher/rank/set_positions.h"
#include "matcher/rank/shortfall.h"

namespace troupe {
namespace {

constexpr size_t kOffersBetweenStops = 256;
// Sketches that are fetched while as many are bounded.
constexpr size_t kSketchesAtOnce = 32;
// Enough for most questions.
constexpr size_t kCandidates = 1'024;
constexpr size_t kMemory = size_t{256} << 10;

// Offers of one block that passed the first tests.
struct Group {
  const OfferBlock* block = nullptr;
  size_t role = 0;  // Which of those with candidates.
};

// A block with rows at places that the person comes to: which of all stretches.
struct Reachable {
  const OfferBlock* block = nullptr;
  size_t first = 0, limit = 0;
};

// Of one role, by regime; perhaps one for both. And which of the offers are in it.
struct RoleScorers {
  OfferScorer* cold = nullptr;
  OfferScorer* warm = nullptr;
  size_t most_terms = 0;  // Of any of the sketches.
  size_t first = 0, limit = 0;

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
  // The least bound of a step, and beyond the last step what no bound comes to.
  static int32_t LeastOf(size_t step) {
    return step < kSteps ? static_cast<int32_t>(step << kBits) : kNoBound;
  }

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
  static constexpr int32_t kNoBound = std::numeric_limits<int32_t>::max();

  std::array<uint32_t, kSteps> counts_{};
  std::array<uint32_t, kSteps> places_;  // Of the steps turned to.
  uint32_t turned_to_ = 0;
};

template <typename Value>
void FetchFirst(absl::Span<const Value> values) {
  Prefetch(values.data());
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
  for (const CreditRow& credit : view.credits) Prefetch(&view.ProductionOf(credit));
}

void FetchTerms(const ProfileView& view) {
  constexpr size_t kTermsInLine = 8;
  for (const CreditRow& credit : view.credits) {
    const Term* const terms = view.TermsOf(view.ProductionOf(credit)).data();
    Prefetch(terms);
    Prefetch(terms + kTermsInLine);
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
    offers_.reserve(kCandidates);
    sketches_.reserve(kCandidates);
    AddCandidates();
    BoundAll();
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

  using Blocks = BlockList<OfferBlock>::Blocks;
  // Blocks are fetched in three steps, each of which reads what the one before fetched,
  // this many of them after the other.
  static constexpr std::ptrdiff_t kBlocksAhead = 4;

  void AddCandidates() {
    bool any_offers = false;
    for (const RoleRow& role : view_.roles) {
      const Blocks& blocks = pool_.OffersIn(role.role);
      any_offers |= !blocks.empty();
      FetchBlocks(blocks, 0, 2 * kBlocksAhead, &OfferBlock::FetchHead);
    }
    if (!any_offers) return;
    FetchProductions(view_);
    filter_.emplace(view_, question_.as_of, pool_.past_work(), question_.include_attached);
    FetchTerms(view_);
    for (const RoleRow& role : view_.roles) {
      const Blocks& blocks = pool_.OffersIn(role.role);
      if (blocks.empty()) continue;
      filter_->StartRole(role);
      AddCandidates(role, blocks);
    }
  }

  // Blocks [first, limit), of which there need not be so many.
  static void FetchBlocks(const Blocks& blocks, std::ptrdiff_t first, std::ptrdiff_t limit,
                          void (OfferBlock::*part)() const) {
    limit = std::min(limit, std::ssize(blocks));
    for (std::ptrdiff_t at = first; at < limit; ++at) (*blocks[static_cast<size_t>(at)].*part)();
  }

  // The heads of the first blocks are fetched.
  void AddCandidates(const RoleRow& role, const Blocks& blocks) {
    constexpr std::ptrdiff_t kAhead = kBlocksAhead;
    FetchBlocks(blocks, 0, kAhead, &OfferBlock::FetchRuns);
    std::ptrdiff_t fetched = 0;
    reachable_.clear();
    stretches_.clear();
    RoleScorers scorers;
    scorers.first = offers_.size();
    for (size_t at = 0;; ++at) {
      for (; fetched < std::ssize(blocks) && reachable_.size() <= at + kAhead; ++fetched) {
        const std::ptrdiff_t head = fetched + 2 * kAhead, runs = fetched + kAhead;
        FetchBlocks(blocks, head, head + 1, &OfferBlock::FetchHead);
        FetchBlocks(blocks, runs, runs + 1, &OfferBlock::FetchRuns);
        AddReachable(*blocks[static_cast<size_t>(fetched)]);
      }
      if (at == reachable_.size()) break;
      if (at == 0) MakeScorers(role, scorers);
      AddGroup(reachable_[at], scorers);
    }
    scorers.limit = offers_.size();
    if (scorers.first == scorers.limit) return;
    if (scorers.first == 0) FetchSketches(0, 2 * kSketchesAtOnce);  // What is read first.
    scorers.warm->Complete();
    if (scorers.cold != scorers.warm) scorers.cold->Complete();
    role_scorers_.push_back(scorers);
  }

  void AddReachable(const OfferBlock& block) {
    const size_t first = stretches_.size();
    filter_->AddStretches(block, stretches_);
    if (first == stretches_.size()) return;
    reachable_.push_back({.block = &block, .first = first, .limit = stretches_.size()});
  }

  void AddGroup(const Reachable& reachable, RoleScorers& scorers) {
    const OfferBlock& block = *reachable.block;
    const absl::Span<const OfferBlock::RowNumber> passing = filter_->Passing(
        block, absl::MakeConstSpan(stretches_).subspan(reachable.first,
                                                       reachable.limit - reachable.first));
    if (passing.empty()) return;
    size_t at = offers_.size();
    offers_.resize(at + passing.size());
    sketches_.resize(at + passing.size());
    Offer* const offers = offers_.data();
    const OfferSketch** const sketches = sketches_.data();
    const OfferSketch* const all = block.sketches();
    const size_t group = groups_.size();
    for (OfferBlock::RowNumber row : passing) {
      offers[at] = Offer(group, row);
      sketches[at++] = &all[row];
    }
    groups_.push_back({.block = &block, .role = role_scorers_.size()});
    scorers.most_terms = std::max(scorers.most_terms, block.most_terms());
  }

  // Those of offers [first, limit), of which there need not be so many.
  void FetchSketches(size_t first, size_t limit) const {
    limit = std::min(limit, sketches_.size());
    for (size_t at = first; at < limit; ++at) Prefetch(sketches_[at]);
  }

  void MakeScorers(const RoleRow& role, RoleScorers& made) {
    const Weights& cold = question_.model.Of(role.role, Regime::kCold);
    const Weights& warm = question_.model.Of(role.role, Regime::kWarm);
    made.warm = &scorers_.emplace_back(pool_, view_, role, warm, question_.as_of, rarities_,
                                        &memory_);
    made.cold = cold == warm ? made.warm
                             : &scorers_.emplace_back(pool_, view_, role, cold, question_.as_of,
                                                      rarities_, &memory_);
  }

  // Where all are kept, none needs a bound.
  void BoundAll() {
    bounds_.resize(offers_.size(), static_cast<int32_t>(kMillionths));
    if (offers_.size() <= question_.top_k) return;
    // Some at a time, so that what is fetched meanwhile is not driven out of the
    // cache before it is read.
    for (const RoleScorers& scorers : role_scorers_) {
      for (size_t first = scorers.first; first < scorers.limit; first += kSketchesAtOnce) {
        const size_t limit = std::min(first + kSketchesAtOnce, scorers.limit);
        FetchSketches(first + kSketchesAtOnce, first + 2 * kSketchesAtOnce);
        if (Bound(scorers, first, limit) || !totals_.AreKept()) continue;
        TellSketches(first, limit);
        Bound(scorers, first, limit);
      }
    }
  }

  // The totals of the offers [first, limit).
  void TellSketches(size_t first, size_t limit) const {
    for (size_t at = first; at < limit; ++at) {
      totals_.TellSketch(BlockOf(offers_[at]), offers_[at].row());
    }
  }

  // Offers [first, limit), at most kSketchesAtOnce. False if some sketch does not
  // know its totals.
  bool Bound(const RoleScorers& scorers, size_t first, size_t limit) {
    const auto sketches = absl::MakeConstSpan(sketches_.data() + first, limit - first);
    int32_t* const bounds = bounds_.data() + first;
    if (scorers.cold == scorers.warm) {
      return scorers.warm->Bound(sketches, scorers.most_terms, bounds);
    }
    // Each regime by itself, and back into their places.
    bool know_totals = true;
    for (OfferScorer* scorer : {scorers.cold, scorers.warm}) {
      std::array<const OfferSketch*, kSketchesAtOnce> own;
      std::array<size_t, kSketchesAtOnce> places;
      size_t count = 0;
      for (size_t at = 0; at < sketches.size(); ++at) {
        if (&scorers.Of(*sketches[at]) != scorer) continue;
        own[count] = sketches[at];
        places[count++] = at;
      }
      if (count == 0) continue;
      std::array<int32_t, kSketchesAtOnce> found;
      know_totals &= scorer->Bound(absl::MakeConstSpan(own).first(count), scorers.most_terms,
                                   found.data());
      for (size_t at = 0; at < count; ++at) bounds[places[at]] = found[at];
    }
    return know_totals;
  }

  // The most promising first, some at a time, until no other can be among the best:
  // a few more than are asked for, since not all fit.
  void ConsiderBestFirst() {
    if (offers_.empty()) return;
    const size_t batch = question_.top_k + question_.top_k / 4 + 8;
    BoundSteps steps(bounds_);
    size_t limit = BoundSteps::kSteps;
    while (limit > 0 && BoundSteps::LeastOf(limit) > best_.least_score() && !is_stopped_) {
      const size_t first = steps.TurnTo(batch, limit);
      CollectPromises(steps, first, limit);
      ConsiderAll();
      limit = first;
    }
  }

  // Those with bounds from step `first` on, up to `limit`, not included.
  void CollectPromises(BoundSteps& steps, size_t first, size_t limit) {
    constexpr size_t kAtOnce = 256;
    const int32_t least = BoundSteps::LeastOf(first);
    const int32_t most = BoundSteps::LeastOf(limit) - 1;
    promises_.resize(steps.turned_to());
    std::array<uint8_t, kAtOnce> chosen;
    std::array<uint8_t, kAtOnce + kPositionsAtOnce> positions;
    for (size_t from = 0; from < bounds_.size(); from += kAtOnce) {
      const int32_t* const bounds = &bounds_[from];
      const size_t count = std::min(bounds_.size() - from, kAtOnce);
      for (size_t at = 0; at < count; ++at) {
        chosen[at] = static_cast<uint8_t>((bounds[at] >= least) & (bounds[at] <= most));
      }
      size_t end = count;
      while (end % kPositionsAtOnce != 0) chosen[end++] = 0;
      const uint8_t* const last = WriteSetPositions(chosen.data(), 0, end, positions.data());
      for (const uint8_t* at = positions.data(); at != last; ++at) {
        promises_[steps.PlaceOf(bounds[*at])] = {bounds[*at], offers_[from + *at]};
      }
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
  // Scratch of one role.
  std::pmr::vector<Reachable> reachable_{&memory_};
  OfferFilter::Stretches stretches_{&memory_};
  std::pmr::vector<Group> groups_{&memory_};
  // The offers that passed the first tests: where they are from, their sketches, and
  // the most that they score.
  std::pmr::vector<Offer> offers_{&memory_};
  std::pmr::vector<const OfferSketch*> sketches_{&memory_};
  std::pmr::vector<int32_t> bounds_{&memory_};
  std::pmr::vector<Promise> promises_{&memory_};  // Scratch: those that are next, in order.
  size_t considered_ = 0;
  bool any_fits_ = false;
  bool is_stopped_ = false;
};

}  // namespace

absl::StatusOr<OpeningsAnswer> FindOpenings(const Pool& pool, const OpeningsQuestion& question,
                                            const StopToken& stop) {
  pool.FetchProfile(question.profile);
  pool.past_work().FetchAttachments(question.profile);
  const std::optional<ProfileView> view = pool.FindProfile(question.profile);
  if (!view.has_value()) {
    return ErrorWithReason(absl::StatusCode::kNotFound, "PROFILE_NOT_FOUND",
                           "there is no such profile");
  }
  FetchFirst(*view);
  return Search(pool, question, *view, stop).Run();
}

}  // namespace troupe
