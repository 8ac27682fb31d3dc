#ifndef TROUPE_MATCHER_DOMAIN_CASTING_H_
#define TROUPE_MATCHER_DOMAIN_CASTING_H_

#include <cstdint>
#include <optional>
#include <vector>

namespace troupe {

enum class Gender : uint8_t {  // Stored: never renumber.
  kUnspecified = 0,
  kFemale = 1,
  kMale = 2,
  kNonBinary = 3,
};

// Whole numbers from `from` to `to`, both included.
struct IntRange {
  int32_t from = 0;
  int32_t to = 0;

  constexpr bool Contains(int32_t value) const { return from <= value && value <= to; }
  constexpr bool Overlaps(const IntRange& other) const {
    return from <= other.to && other.from <= to;
  }
  friend bool operator==(const IntRange&, const IntRange&) = default;
};

// What a casting decision may ask of a person. What is not stated meets no
// requirement about it.
struct Casting {
  Gender gender = Gender::kUnspecified;
  std::optional<IntRange> playing_age;
  std::optional<int32_t> height_cm;

  friend bool operator==(const Casting&, const Casting&) = default;
};

// What a part asks of who plays it; empty parts ask nothing.
struct CastingRequirement {
  std::vector<Gender> genders;  // Any of them. Sorted, distinct.
  std::optional<IntRange> playing_age;  // The person can play one of these ages.
  std::optional<IntRange> height_cm;

  bool AsksNothing() const {
    return genders.empty() && !playing_age.has_value() && !height_cm.has_value();
  }
  friend bool operator==(const CastingRequirement&, const CastingRequirement&) = default;
};

}  // namespace troupe

#endif  // TROUPE_MATCHER_DOMAIN_CASTING_H_
