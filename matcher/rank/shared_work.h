#ifndef TROUPE_MATCHER_RANK_SHARED_WORK_H_
#define TROUPE_MATCHER_RANK_SHARED_WORK_H_

#include <bit>
#include <cstddef>
#include <cstdint>
#include <memory_resource>
#include <vector>

#include "matcher/base/vectors.h"

namespace troupe {

// A number for each group of people attached that has one, by Demand::people;
// all others have 0. For one question; thread-compatible.
class SharedWork {
 public:
  explicit SharedWork(std::pmr::memory_resource* memory)
      : entries_(kFewEntries, memory), taken_(memory), buckets_(1, memory) {}

  // Adds `value` to what `people`, not 0, have. Not to be called after Close. Best
  // called for the same people in a row.
  void Add(uint32_t people, int32_t value) {
    // Without a branch on whether they are the last ones', which is hard to foresee.
    const bool is_new = entries_[last_].people != people;
    last_ += is_new;
    if (last_ == entries_.size()) [[unlikely]] entries_.resize(2 * last_);
    Entry& entry = entries_[last_];
    entry = {people, (entry.value & -int32_t{!is_new}) + value};
  }

  // Makes what was added ready to be looked up: of each sum, `weigh(sum)`.
  template <typename Weigh>
  void Close(Weigh weigh);

 private:
  static constexpr size_t kInBucket = 4;
  using People = Vector<uint32_t, 4 * kInBucket>;
  using Numbers = Vector<int32_t, 4 * kInBucket>;
  // What people have whose numbers have the same last bits; no people are 0, who
  // have 0.
  struct Bucket {
    People people{};
    Numbers values{};
  };

 public:
  // What was added, to be looked up. Valid until the next Close; cheap to copy.
  class Values {
   public:
    // Without a branch for whether they have one, which would often be foreseen
    // wrongly.
    int32_t Of(uint32_t people) const {
      const Bucket& bucket = buckets_[people & mask_];
      const Numbers found =
          bucket.values & reinterpret_cast<Numbers>(bucket.people == People{} + people);
      using Halves = Vector<uint64_t, sizeof(Numbers)>;
      const auto halves = reinterpret_cast<Halves>(found);
      const uint64_t both = halves[0] | halves[1];  // At most one is not 0.
      return static_cast<int32_t>(both | both >> 32);
    }

   private:
    friend class SharedWork;

    Values(const Bucket* buckets, size_t mask) : buckets_(buckets), mask_(mask) {}

    const Bucket* buckets_;
    size_t mask_;
  };
  // True if nobody has any.
  bool IsEmpty() const { return taken_.empty(); }
  Values values() const { return {buckets_.data(), buckets_.size() - 1}; }

 private:
  struct Entry {
    uint32_t people = 0;
    int32_t value = 0;
  };

  // The place of `people` in its bucket, or a free one there; kInBucket if there is
  // none.
  static size_t PlaceIn(const Bucket& bucket, uint32_t people) {
    unsigned fits = 1u << kInBucket;
    for (size_t place = 0; place < kInBucket; ++place) {
      const bool is_fit = (bucket.people[place] == 0) | (bucket.people[place] == people);
      fits |= unsigned{is_fit} << place;
    }
    return static_cast<size_t>(std::countr_zero(fits));
  }
  // False if some bucket is too small.
  bool Fill();

  static constexpr size_t kFewEntries = 64;
  std::pmr::vector<Entry> entries_;  // The first is of nobody.
  size_t last_ = 0;
  std::pmr::vector<size_t> taken_;  // Which places: kInBucket for each bucket.
  // A power of two. Numbers of people are given one after the other, so they are
  // spread as they are.
  std::pmr::vector<Bucket> buckets_;
};

inline bool SharedWork::Fill() {
  taken_.resize(last_);
  size_t taken = 0;
  for (size_t i = 1; i <= last_; ++i) {
    const Entry& entry = entries_[i];
    const size_t at = entry.people & (buckets_.size() - 1);
    Bucket& bucket = buckets_[at];
    const size_t place = PlaceIn(bucket, entry.people);
    if (place == kInBucket) return false;
    taken_[taken] = at * kInBucket + place;
    taken += bucket.people[place] == 0;
    bucket.people[place] = entry.people;
    bucket.values[place] += entry.value;
  }
  taken_.resize(taken);
  return true;
}

template <typename Weigh>
void SharedWork::Close(Weigh weigh) {
  if (last_ == 0) return;
  size_t count = std::bit_ceil(last_);
  do {
    buckets_.assign(count, Bucket());
    count *= 2;
  } while (!Fill());
  for (size_t place : taken_) {
    Numbers& values = buckets_[place / kInBucket].values;
    values[place % kInBucket] = static_cast<int32_t>(weigh(values[place % kInBucket]));
  }
}

}  // namespace troupe

#endif  // TROUPE_MATCHER_RANK_SHARED_WORK_H_
