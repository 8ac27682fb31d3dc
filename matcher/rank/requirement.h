#ifndef TROUPE_MATCHER_RANK_REQUIREMENT_H_
#define TROUPE_MATCHER_RANK_REQUIREMENT_H_

#include <cstddef>
#include <cstdint>

namespace troupe {

// A hard requirement: a profile is eligible for an opening if none fails.
enum class Requirement : uint8_t {
  kRole,
  kCalendar,
  kDayRate,
  kCurrency,
  kLanguages,
  kSkills,
  kCredentials,
  kPlace,
  kCasting,
  kBlocked,
  kConsent,
};

inline constexpr size_t kRequirementCount = 11;

// Some of the requirements.
class RequirementSet {
 public:
  constexpr RequirementSet() = default;

  constexpr void Add(Requirement requirement) { bits_ |= Bit(requirement); }
  constexpr void AddIf(bool fails, Requirement requirement) {
    if (fails) Add(requirement);
  }
  constexpr bool Has(Requirement requirement) const { return (bits_ & Bit(requirement)) != 0; }
  constexpr bool empty() const { return bits_ == 0; }
  // True if `requirement` is the only one.
  constexpr bool IsOnly(Requirement requirement) const { return bits_ == Bit(requirement); }
  friend constexpr bool operator==(const RequirementSet&, const RequirementSet&) = default;

 private:
  static constexpr uint16_t Bit(Requirement requirement) {
    return static_cast<uint16_t>(1u << static_cast<unsigned>(requirement));
  }
  uint16_t bits_ = 0;
};

}  // namespace troupe

#endif  // TROUPE_MATCHER_RANK_REQUIREMENT_H_
