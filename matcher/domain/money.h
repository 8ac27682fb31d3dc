#ifndef TROUPE_MATCHER_DOMAIN_MONEY_H_
#define TROUPE_MATCHER_DOMAIN_MONEY_H_

#include <compare>
#include <cstdint>
#include <string>

namespace troupe {

// An amount of one currency: units + nanos / 1e9. Amounts of different
// currencies are never compared: look at `currency` first.
struct Money {
  std::string currency;  // ISO 4217: "CNY".
  int64_t units = 0;     // 0 to kMaxUnits.
  int32_t nanos = 0;     // 0 to 999,999,999.

  static constexpr int64_t kMaxUnits = 1'000'000'000'000;

  friend bool operator==(const Money&, const Money&) = default;
};

// Orders two amounts of the same currency.
constexpr std::strong_ordering CompareAmounts(const Money& a, const Money& b) {
  if (const auto units = a.units <=> b.units; units != 0) return units;
  return a.nanos <=> b.nanos;
}

// "1,200 CNY", with the nanos as a fraction where there are any.
std::string ToString(const Money& money);

}  // namespace troupe

#endif  // TROUPE_MATCHER_DOMAIN_MONEY_H_
