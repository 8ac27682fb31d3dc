#ifndef TROUPE_MATCHER_BASE_HUGE_PAGES_H_
#define TROUPE_MATCHER_BASE_HUGE_PAGES_H_

#include <cstddef>
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
  std::span<std::byte> bytes_;
};

}  // namespace troupe

#endif  // TROUPE_MATCHER_BASE_HUGE_PAGES_H_
