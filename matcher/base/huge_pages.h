#ifndef TROUPE_MATCHER_BASE_HUGE_PAGES_H_
#define TROUPE_MATCHER_BASE_HUGE_PAGES_H_

#include <cstddef>
#include <cstdint>
#include <memory>
#include <span>

namespace troupe {

// Memory that is read at random by every question: it lies in pages of 2 MiB
// where the system has them, so that a read does not first wait for where its
// page is. Given out in multiples of 4 KiB, out of chunks of 2 MiB that many
// pieces share; a chunk without pieces goes back to the system, but for one.
// Owns one piece. Thread-compatible; pieces may be made and ended on any thread.
class HugePages {
 public:
  // Holds nothing.
  HugePages() = default;
  // Holds at least so many bytes, zero, aligned to 4 KiB. As with `new`,
  // throws std::bad_alloc if there is no memory left. O(chunks) at worst.
  explicit HugePages(size_t bytes);
  HugePages(const HugePages&) = delete;
  HugePages& operator=(const HugePages&) = delete;
  ~HugePages();

  std::span<std::byte> bytes() const { return bytes_; }

  // Bytes that all pieces of the process take from the system.
  static size_t reserved();

 private:
  template <typename T>
  friend class HugePageAllocator;

  // At least so many bytes, more than none, that hold anything; and back again.
  static std::byte* Take(size_t bytes);
  static void GiveBack(std::byte* piece, size_t bytes);

  std::span<std::byte> bytes_;
};

// Puts what a container holds into huge pages once it is large. Stateless.
template <typename T>
class HugePageAllocator {
 public:
  using value_type = T;

  HugePageAllocator() = default;
  template <typename Other>
  HugePageAllocator(const HugePageAllocator<Other>&) {}  // NOLINT: as allocators convert.

  T* allocate(size_t count) {
    if (IsSmall(count)) return std::allocator<T>().allocate(count);
    return reinterpret_cast<T*>(HugePages::Take(count * sizeof(T)));
  }
  void deallocate(T* values, size_t count) {
    if (IsSmall(count)) return std::allocator<T>().deallocate(values, count);
    HugePages::GiveBack(reinterpret_cast<std::byte*>(values), count * sizeof(T));
  }

  friend bool operator==(const HugePageAllocator&, const HugePageAllocator&) { return true; }

 private:
  // Pieces are whole pages: of less, too much would go to waste. And what could
  // not be counted in bytes is for std::allocator to refuse.
  static bool IsSmall(size_t count) {
    constexpr size_t kLeast = size_t{16} << 10;
    return count < kLeast / sizeof(T) || count > PTRDIFF_MAX / sizeof(T);
  }
};

}  // namespace troupe

#endif  // TROUPE_MATCHER_BASE_HUGE_PAGES_H_
