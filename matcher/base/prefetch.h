#ifndef TROUPE_MATCHER_BASE_PREFETCH_H_
#define TROUPE_MATCHER_BASE_PREFETCH_H_

namespace troupe {

// Has the cache line at `address`, which may be anything, on its way to where it is
// read some time later.
inline void Prefetch(const void* address) {
  __builtin_prefetch(address);
  // GCC takes a function that only prefetches for one without effects, and drops
  // calls of it.
  asm volatile("");
}

// The same for what is written some time later.
inline void PrefetchToWrite(const void* address) {
  __builtin_prefetch(address, 1);
  asm volatile("");
}

}  // namespace troupe

#endif  // TROUPE_MATCHER_BASE_PREFETCH_H_
