#ifndef TROUPE_MATCHER_INDEX_POOL_H_
#define TROUPE_MATCHER_INDEX_POOL_H_

#include <cstdint>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "absl/types/span.h"
#include "matcher/base/day.h"
#include "matcher/base/ids.h"
#include "matcher/index/block_list.h"
#include "matcher/index/demand.h"
#include "matcher/index/memo.h"
#include "matcher/index/offer_block.h"
#include "matcher/index/outcome_tallies.h"
#include "matcher/index/past_work.h"
#include "matcher/index/profile_segment.h"
#include "matcher/index/project_block.h"

namespace troupe {

// A segment of a pool, and which of its rows newer segments have replaced.
class LiveSegment {
 public:
  explicit LiveSegment(std::shared_ptr<const ProfileSegment> segment);

  const ProfileSegment& operator*() const { return *segment_; }
  const ProfileSegment* operator->() const { return segment_.get(); }
  bool IsLive(uint32_t row) const {
    return dead_ == nullptr || ((*dead_)[row / 64] >> (row % 64) & 1) == 0;
  }
  uint32_t live_rows() const { return live_rows_; }
  // Of the live rows that are findable.
  HoldTotals hold_totals() const { return hold_totals_; }

  // The row of `id`, if it is live.
  std::optional<uint32_t> Find(ProfileId id) const;

  // The same segment with `rows`, all live, dead. O(size / 64).
  LiveSegment Without(absl::Span<const uint32_t> rows) const;

 private:
  std::shared_ptr<const ProfileSegment> segment_;
  std::shared_ptr<const std::vector<uint64_t>> dead_;  // Null: none.
  uint32_t live_rows_ = 0;
  HoldTotals hold_totals_;
};

// Counts of what a pool holds.
struct PoolStatistics {
  int64_t profiles = 0;
  int64_t projects = 0;
  int64_t open_openings = 0;  // Open and not filled.
  int64_t credits = 0;
  int64_t productions = 0;  // Distinct, of findable profiles' credits.
  std::map<RoleIndex, int64_t> holders;  // People by role held.
  uint64_t bytes = 0;
  int32_t segments = 0;
  uint64_t digest = 0;  // Equal for equal contents, however they came about.
};

// Everybody who can be matched and everything that is open, as of one moment of
// the log. Immutable: a reader keeps its pool while newer ones are published.
class Pool {
 public:
  // The day that counts as today.
  Day today() const { return today_; }

  // Oldest first. Every profile is live in at most one of them.
  absl::Span<const LiveSegment> segments() const { return segments_; }

  // Calls `visit(ProfileView, const RoleRow&)` for every profile with an entry
  // for `role`, in no promised order. A visit that returns false ends it.
  template <typename Visit>
  void ForEachInRole(RoleIndex role, Visit visit) const;

  // Calls `visit(ProfileView)` for every findable profile that has a credit on
  // `production`, in no promised order.
  template <typename Visit>
  void ForEachOn(Term production, Visit visit) const;

  std::optional<ProfileView> FindProfile(ProfileId id) const;
  // Fetches what FindProfile(id) reads.
  void FetchProfile(ProfileId id) const;

  // The opening; null if there is none.
  const Demand* FindOpening(OpeningId id) const;
  // The openings in `role` that are open and not filled, by place, then id.
  const BlockList<OfferBlock>::Blocks& OffersIn(RoleIndex role) const;

  // Distinct productions dated before `as_of`, or undated, that have `item`
  // (all, for the empty term), by credits of findable profiles.
  int64_t CountProductions(Term item, Day as_of) const;

  // How holds of everybody's days came out: of findable profiles.
  HoldTotals CountHolds() const;

  // Of the people attached to these.
  const PastWork& past_work() const { return past_work_; }

  // What organizations recorded of people.
  const OutcomeTallies& outcomes() const { return outcomes_; }

  // How rare items are as of today, by Term: kept here from question to question
  // by those who work them out. Thread-safe.
  Memo& rarities() const { return *rarities_; }

  // Looks at everything: for operators.
  PoolStatistics Statistics() const;

 private:
  friend class PoolWriter;

  Day today_;
  std::vector<LiveSegment> segments_;
  BlockList<ProjectBlock> projects_;
  // By role. Into `projects_`.
  std::shared_ptr<const std::vector<BlockList<OfferBlock>>> offers_;
  PastWork past_work_;
  OutcomeTallies outcomes_;
  std::shared_ptr<Memo> rarities_;
};

template <typename Visit>
void Pool::ForEachInRole(RoleIndex role, Visit visit) const {
  for (const LiveSegment& segment : segments_) {
    for (const RolePosting& posting : segment->RowsOf(role)) {
      if (!segment.IsLive(posting.row)) continue;
      const ProfileView view = segment->ViewAt(posting.row);
      if (!visit(view, view.roles[posting.entry])) return;
    }
  }
}

template <typename Visit>
void Pool::ForEachOn(Term production, Visit visit) const {
  for (const LiveSegment& segment : segments_) {
    for (uint32_t row : segment->postings().RowsOn(production)) {
      if (segment.IsLive(row)) visit(segment->ViewAt(row));
    }
  }
}

}  // namespace troupe

#endif  // TROUPE_MATCHER_INDEX_POOL_H_
