#ifndef TROUPE_MATCHER_INDEX_COLUMN_BYTES_H_
#define TROUPE_MATCHER_INDEX_COLUMN_BYTES_H_

#include <cstdint>
#include <cstring>
#include <optional>
#include <string>
#include <type_traits>
#include <utility>
#include <vector>

#include "absl/strings/string_view.h"
#include "matcher/base/stable_hash.h"

namespace troupe {

// Writes flat columns one after another: a 64-bit count of bytes, then the
// values as they lie in memory (little-endian machines only). A single value is
// a column of one.
class ColumnWriter {
 public:
  template <typename T>
  void operator()(const T& value) {
    (*this)(std::vector<T>{value});
  }
  template <typename T, typename Allocator>
  void operator()(const std::vector<T, Allocator>& column) {
    static_assert(std::is_trivially_copyable_v<T>);
    const uint64_t size = column.size() * sizeof(T);
    bytes_.append(reinterpret_cast<const char*>(&size), sizeof(size));
    bytes_.append(reinterpret_cast<const char*>(column.data()), size);
  }
  // So that the bytes need not move as they grow.
  void Reserve(uint64_t bytes) { bytes_.reserve(bytes); }
  std::string Take() && { return std::move(bytes_); }

 private:
  std::string bytes_;
};

// Reads what ColumnWriter wrote, in the same order. After a short or uneven
// input `ok()` is false and the columns are unspecified.
class ColumnReader {
 public:
  explicit ColumnReader(absl::string_view bytes) : rest_(bytes) {}

  template <typename T>
  void operator()(T& value) {
    std::vector<T> one;
    (*this)(one);
    if (one.size() != 1) return Fail();
    value = one.front();
  }

  template <typename T, typename Allocator>
  void operator()(std::vector<T, Allocator>& column) {
    static_assert(std::is_trivially_copyable_v<T>);
    uint64_t size = 0;
    if (rest_.size() < sizeof(size)) return Fail();
    std::memcpy(&size, rest_.data(), sizeof(size));
    rest_.remove_prefix(sizeof(size));
    if (rest_.size() < size || size % sizeof(T) != 0) return Fail();
    column.resize(size / sizeof(T));
    if (size > 0) std::memcpy(static_cast<void*>(column.data()), rest_.data(), size);
    rest_.remove_prefix(size);
  }

  bool has_more() const { return !rest_.empty(); }

  // True if everything was read, and nothing is left over.
  bool ok() const { return ok_ && rest_.empty(); }

 private:
  void Fail() {
    ok_ = false;
    rest_ = {};
  }

  absl::string_view rest_;
  bool ok_ = true;
};

// `body` and its hash after it, so that what is read is what was written.
inline std::string WithHash(std::string body) {
  const uint64_t hash = StableHash(body);
  return body.append(reinterpret_cast<const char*>(&hash), sizeof(hash));
}

// The body of what WithHash wrote; nullopt for anything else.
inline std::optional<absl::string_view> BodyOf(absl::string_view bytes) {
  uint64_t hash = 0;
  if (bytes.size() < sizeof(hash)) return std::nullopt;
  const absl::string_view body = bytes.substr(0, bytes.size() - sizeof(hash));
  std::memcpy(&hash, bytes.data() + body.size(), sizeof(hash));
  if (hash != StableHash(body)) return std::nullopt;
  return body;
}

// Counts the bytes that flat columns take.
class ColumnMeter {
 public:
  template <typename T>
  void operator()(const T& value) {
    bytes_ += sizeof(value);
    ++columns_;
  }
  template <typename T, typename Allocator>
  void operator()(const std::vector<T, Allocator>& column) {
    bytes_ += column.size() * sizeof(T);
    ++columns_;
  }
  uint64_t bytes() const { return bytes_; }
  uint64_t columns() const { return columns_; }

 private:
  uint64_t bytes_ = 0;
  uint64_t columns_ = 0;
};

}  // namespace troupe

#endif  // TROUPE_MATCHER_INDEX_COLUMN_BYTES_H_
