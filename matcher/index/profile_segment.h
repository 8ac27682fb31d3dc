#ifndef TROUPE_MATCHER_INDEX_PROFILE_SEGMENT_H_
#define TROUPE_MATCHER_INDEX_PROFILE_SEGMENT_H_

#include <atomic>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "absl/types/span.h"
#include "matcher/index/column.h"
#include "matcher/index/column_list.h"
#include "matcher/index/production_facts.h"
#include "matcher/index/production_postings.h"
#include "matcher/index/profile_row.h"
#include "matcher/index/profile_view.h"
#include "matcher/index/range_ends.h"

namespace troupe {

// Where a role's holder lies in a segment: the row, and which of its roles.
struct RolePosting {
  static constexpr uint32_t kMostRow = (1u << 26) - 1;
  static constexpr uint32_t kMostEntry = (1u << 6) - 1;  // A profile has at most 40 roles.

  uint32_t row : 26 = 0;
  uint32_t entry : 6 = 0;
};

// Holds of one or several people.
struct HoldTotals {
  int64_t booked = 0;
  int64_t ended = 0;
  int64_t declined = 0;

  HoldTotals& operator+=(const HoldTotals& other);
  HoldTotals& operator-=(const HoldTotals& other);
  friend bool operator==(const HoldTotals&, const HoldTotals&) = default;
};

// Of the profile, whoever may find it.
HoldTotals HoldsOf(const ProfileView& view);

// Some profiles as columns, ordered by id, with a partition by role. A segment
// also says which profiles of older segments it removes. Immutable.
//
// As bytes: a format number, the columns in a fixed order (column_bytes.h), and
// a hash of all that. Positions of places and roles are those of the shipped
// gazetteer and taxonomy, so the bytes hold for one VocabularyFingerprint().
class ProfileSegment {
 public:
  // A row of a segment.
  struct Place {
    const ProfileSegment* segment = nullptr;
    uint32_t row = 0;
  };
  // What a segment is made of. `rows` are views of profiles, `places` where more
  // of them lie, all with distinct ids and valid during the call.
  struct Contents {
    std::vector<ProfileView> rows;
    std::vector<Place> places;
    std::vector<ProfileId> removed;
    std::vector<ProductionFact> facts;  // As SumFacts gives them.
  };
  static std::shared_ptr<const ProfileSegment> Build(Contents contents);
  ProfileSegment(const ProfileSegment&) = delete;
  ProfileSegment& operator=(const ProfileSegment&) = delete;
  ~ProfileSegment() { delete postings_.load(std::memory_order_relaxed); }

  // DATA_LOSS, reason POOL_UNREADABLE, for anything but ToBytes' result.
  static absl::StatusOr<std::shared_ptr<const ProfileSegment>> FromBytes(absl::string_view bytes);
  std::string ToBytes() const;

  uint32_t size() const { return static_cast<uint32_t>(columns_.scalars.size()); }
  ProfileId IdAt(uint32_t row) const { return columns_.scalars[row].id; }
  ProfileView ViewAt(uint32_t row) const;
  // Parts of ViewAt(row), without the others.
  DaySet BusyAt(uint32_t row) const { return {columns_.busy[row]}; }
  PlaceIndex HomeAt(uint32_t row) const { return columns_.scalars[row].home; }
  // O(1) for ids that are spread over 64 bits, as hashes are; O(log size) else.
  std::optional<uint32_t> Find(ProfileId id) const;
  // Fetches what Find(id) reads, and, as far as that can be told, ViewAt of the row.
  void Fetch(ProfileId id) const;

  // Rows with an entry for `role`, held or grown into, ordered by home place.
  absl::Span<const RolePosting> RowsOf(RoleIndex role) const;

  // What the hold tallies of findable profiles, or of those in a row, add up to.
  HoldTotals hold_totals() const { return hold_totals_; }
  HoldTotals HoldsAt(uint32_t row) const;

  // Who worked on what. Made when it is first asked for, and kept: only scoring
  // models that look at the graph of credits need it. Thread-safe.
  const ProductionPostings& postings() const;

  absl::Span<const ProfileId> removed() const { return columns_.removed; }
  absl::Span<const ProductionFact> facts() const { return columns_.facts; }
  uint64_t bytes_in_memory() const;
  uint64_t stored_bytes() const;  // The size of ToBytes().

 private:
  struct Columns {
    Column<ProfileScalars> scalars;
    ColumnList<Term> blocked_organizations;
    ColumnList<PlaceIndex> travel_places;
    ColumnList<RoleRow> roles;
    ColumnList<Term> languages;
    ColumnList<Term> genres;
    ColumnList<Term> styles;
    ColumnList<SkillRow> skills;
    ColumnList<Term> credentials;
    ColumnList<Term> wished_genres;
    ColumnList<PlaceIndex> wished_places;
    ColumnList<DaySpan> busy;
    ColumnList<DaySpan> holds;
    ColumnList<HoldTally> hold_tallies;
    ColumnList<CreditRow> credits;
    Column<ProductionRow> productions;
    Column<Term> production_terms;
    ColumnList<RolePosting> partitions;  // A cell a role.
    std::vector<ProfileId> removed;      // Sorted.
    std::vector<ProductionFact> facts;   // Sorted.

    template <typename Visit>
    void ForEachColumn(Visit& visit);
  };
  class Builder;

  ProfileSegment() = default;
  void FillBuckets();
  void CountHolds();
  size_t BucketOf(ProfileId id) const {
    return bucket_shift_ == 64 ? 0 : id.value() >> bucket_shift_;
  }

  Columns columns_;
  RangeEnds buckets_;  // The rows of each bucket of ids, by their leading bits.
  int bucket_shift_ = 64;
  HoldTotals hold_totals_;
  mutable std::atomic<const ProductionPostings*> postings_{nullptr};  // Owned.
};

}  // namespace troupe

#endif  // TROUPE_MATCHER_INDEX_PROFILE_SEGMENT_H_
