#ifndef TROUPE_MATCHER_RANK_SHARED_WORK_H_
#define TROUPE_MATCHER_RANK_SHARED_WORK_H_

#include <cstddef>
#include <cstdint>
#include <memory_resource>
#include <utility>
#include <vector>

namespace troupe {

// A number for each group of people attached that has one, by Demand::people;
// all others have 0. For one question; thread-compatible.
class SharedWork {
 public:
  struct Entry {
    uint32_t people = 0;  // 0: no entry.
    int32_t value = 0;
  };

  explicit SharedWork(std::pmr::memory_resource* memory) : entries_(memory), slots_(1, memory) {}

  // Adds `value` to what `people`, not 0, have. Not to be called after Close.
  void Add(uint32_t people, int32_t value) { entries_.push_back({people, value}); }

  // Makes what was added ready to be looked up: of each sum, `weigh(sum)`.
  template <typename Weigh>
  void Close(Weigh weigh);

  // What was added, to be looked up. Valid until the next Close; cheap to copy.
  class Values {
   public:
    int32_t Of(uint32_t people) const {
      // Without a branch for whether they have one, which would often be foreseen
      // wrongly; others seldom stand here, since most slots are free.
      const Entry& first = slots_[people & mask_];
      if (first.people != 0 && first.people != people) [[unlikely]] return OfLater(people);
      return first.value & -static_cast<int32_t>(first.people == people);
    }

   private:
    friend class SharedWork;

    Values(const Entry* slots, size_t mask) : slots_(slots), mask_(mask) {}

    // Of people who do not have the slot that is their own.
    int32_t OfLater(uint32_t people) const {
      for (size_t at = people & mask_;; at = (at + 1) & mask_) {
        if (slots_[at].people == people) return slots_[at].value;
        if (slots_[at].people == 0) return 0;
      }
    }

    const Entry* slots_;
    size_t mask_;
  };
  Values values() const { return {slots_.data(), slots_.size() - 1}; }

 private:
  static constexpr size_t kSlotsToEntry = 8;

  std::pmr::vector<Entry> entries_;
  // A power of two, of which most are free. Numbers of people are given one after
  // the other, so they are spread as they are.
  std::pmr::vector<Entry> slots_;
};

template <typename Weigh>
void SharedWork::Close(Weigh weigh) {
  if (entries_.empty()) return;
  size_t size = 8;
  while (size < kSlotsToEntry * entries_.size()) size *= 2;
  slots_.resize(size);
  const size_t mask = size - 1;
  auto limit = entries_.begin();  // Of one entry for each of the people, so far.
  for (const Entry& entry : entries_) {
    size_t at = entry.people & mask;
    while (slots_[at].people != 0 && slots_[at].people != entry.people) at = (at + 1) & mask;
    slots_[at].value += entry.value;
    if (slots_[at].people != 0) continue;
    slots_[at].people = entry.people;
    *limit++ = {entry.people, static_cast<int32_t>(at)};
  }
  // Few of the slots are taken.
  for (auto entry = entries_.begin(); entry != limit; ++entry) {
    int32_t& value = slots_[static_cast<size_t>(entry->value)].value;
    value = static_cast<int32_t>(weigh(value));
  }
  entries_.clear();
}

}  // namespace troupe

#endif  // TROUPE_MATCHER_RANK_SHARED_WORK_H_
