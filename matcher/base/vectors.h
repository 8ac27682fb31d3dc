#ifndef TROUPE_MATCHER_BASE_VECTORS_H_
#define TROUPE_MATCHER_BASE_VECTORS_H_

#include <atomic>
#include <cstddef>

namespace troupe {

// As many numbers as take so many bytes, worked on at once.
template <typename Number, size_t kBytes>
struct VectorType {
  using Type [[gnu::vector_size(kBytes)]] = Number;
};
template <typename Number, size_t kBytes>
using Vector = typename VectorType<Number, kBytes>::Type;

// What every processor works on at once, and what those do that HasWideVectors() says.
inline constexpr size_t kNarrowBytes = 16;
inline constexpr size_t kWideBytes = 32;

// Before a function that runs only where HasWideVectors(), and is compiled for that.
// What it calls becomes part of it, and so is compiled for that too, if it is always
// inlined and defined before it.
#ifdef __x86_64__
#define TROUPE_WITH_WIDE_VECTORS [[gnu::target("avx2")]]
#else
#define TROUPE_WITH_WIDE_VECTORS
#endif

// While there is one, HasWideVectors() says no: for tests of what is done without.
class NoWideVectors {
 public:
  NoWideVectors() { ++count_; }
  ~NoWideVectors() { --count_; }
  NoWideVectors(const NoWideVectors&) = delete;
  NoWideVectors& operator=(const NoWideVectors&) = delete;

  static bool AnyIs() { return count_.load(std::memory_order_relaxed) > 0; }

 private:
  static inline std::atomic<int> count_{0};
};

// True if the processor works on 32 bytes at once.
inline bool HasWideVectors() {
#ifdef __x86_64__
  static const bool has = __builtin_cpu_supports("avx2");
  return has && !NoWideVectors::AnyIs();
#else
  return false;
#endif
}

}  // namespace troupe

#endif  // TROUPE_MATCHER_BASE_VECTORS_H_
