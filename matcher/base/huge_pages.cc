#include "matcher/base/huge_pages.h"

#include <sys/mman.h>

#include <bitset>
#include <cstdint>
#include <cstring>
#include <iterator>
#include <map>
#include <new>

#include "absl/base/thread_annotations.h"
#include "absl/synchronization/mutex.h"

namespace troupe {
namespace {

constexpr size_t kPage = size_t{4} << 10;
constexpr size_t kChunk = size_t{2} << 20;
constexpr size_t kPagesInChunk = kChunk / kPage;

size_t RoundedUp(size_t bytes, size_t unit) { return (bytes + unit - 1) / unit * unit; }

// `bytes`, a multiple of kPage, aligned to kChunk: what is left of the last chunk
// lies in small pages.
std::byte* Map(size_t bytes) {
  const size_t room = bytes + kChunk;
  void* const mapped =
      mmap(nullptr, room, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
  if (mapped == MAP_FAILED) throw std::bad_alloc();
  auto* const begin = static_cast<std::byte*>(mapped);
  const size_t before = RoundedUp(reinterpret_cast<uintptr_t>(begin), kChunk) -
                        reinterpret_cast<uintptr_t>(begin);
  if (before > 0) munmap(begin, before);
  if (before < kChunk) munmap(begin + before + bytes, kChunk - before);
  madvise(begin + before, bytes, MADV_HUGEPAGE);  // Refused: small pages do, too.
  return begin + before;
}

// Which pages of a chunk are taken.
class Chunk {
 public:
  // The first page of the first run of `count` that is free; kPagesInChunk if
  // there is none.
  size_t FindRun(size_t count) const {
    size_t run = 0;
    for (size_t page = 0; page < kPagesInChunk; ++page) {
      run = taken_[page] ? 0 : run + 1;
      if (run == count) return page + 1 - count;
    }
    return kPagesInChunk;
  }

  void Set(size_t first, size_t count, bool taken) {
    for (size_t page = first; page < first + count; ++page) taken_[page] = taken;
  }

  bool IsEmpty() const { return taken_.none(); }

 private:
  std::bitset<kPagesInChunk> taken_;
};

class Chunks {
 public:
  std::byte* Take(size_t bytes) {
    const size_t pages = bytes / kPage;
    absl::MutexLock lock(&mutex_);
    for (auto& [begin, chunk] : chunks_) {
      const size_t first = chunk.FindRun(pages);
      if (first == kPagesInChunk) continue;
      chunk.Set(first, pages, true);
      return begin + first * kPage;
    }
    std::byte* const begin = Map(kChunk);
    reserved_ += kChunk;
    chunks_[begin].Set(0, pages, true);
    return begin;
  }

  void GiveBack(std::byte* piece, size_t bytes) {
    absl::MutexLock lock(&mutex_);
    const auto at = std::prev(chunks_.upper_bound(piece));
    at->second.Set(static_cast<size_t>(piece - at->first) / kPage, bytes / kPage, false);
    if (!at->second.IsEmpty() || chunks_.size() == 1) return;
    munmap(at->first, kChunk);
    reserved_ -= kChunk;
    chunks_.erase(at);
  }

  // A piece that is larger than a chunk is mapped on its own.
  std::byte* TakeLarge(size_t bytes) {
    std::byte* const piece = Map(bytes);
    absl::MutexLock lock(&mutex_);
    reserved_ += bytes;
    return piece;
  }
  void GiveBackLarge(std::byte* piece, size_t bytes) {
    munmap(piece, bytes);
    absl::MutexLock lock(&mutex_);
    reserved_ -= bytes;
  }

  size_t reserved() {
    absl::MutexLock lock(&mutex_);
    return reserved_;
  }

 private:
  absl::Mutex mutex_;
  std::map<std::byte*, Chunk> chunks_ ABSL_GUARDED_BY(mutex_);
  size_t reserved_ ABSL_GUARDED_BY(mutex_) = 0;
};

Chunks& AllChunks() {
  static Chunks& chunks = *new Chunks();  // Never destroyed: pieces may outlive main.
  return chunks;
}

}  // namespace

std::byte* HugePages::Take(size_t bytes) {
  bytes = RoundedUp(bytes, kPage);
  return bytes > kChunk ? AllChunks().TakeLarge(bytes) : AllChunks().Take(bytes);
}

void HugePages::GiveBack(std::byte* piece, size_t bytes) {
  bytes = RoundedUp(bytes, kPage);
  if (bytes > kChunk) {
    AllChunks().GiveBackLarge(piece, bytes);
  } else {
    AllChunks().GiveBack(piece, bytes);
  }
}

HugePages::HugePages(size_t bytes) {
  if (bytes == 0) return;
  bytes = RoundedUp(bytes, kPage);
  bytes_ = {Take(bytes), bytes};
  if (bytes <= kChunk) std::memset(bytes_.data(), 0, bytes);  // Others are new, and so zero.
}

HugePages::~HugePages() {
  if (!bytes_.empty()) GiveBack(bytes_.data(), bytes_.size());
}

size_t HugePages::reserved() { return AllChunks().reserved(); }

}  // namespace troupe
