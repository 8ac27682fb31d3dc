#ifndef TROUPE_MATCHER_HOLD_DAYS_H_
#define TROUPE_MATCHER_HOLD_DAYS_H_

#include <cstddef>
#include <string>
#include <vector>

#include "absl/types/span.h"
#include "matcher/base/day.h"

namespace troupe {

// Some days, each once, in order. Holds have few, so they are listed one by
// one; spans are how they are stored and shown.
class Days {
 public:
  using value_type = Day;
  using const_iterator = std::vector<Day>::const_iterator;

  Days() = default;
  explicit Days(std::vector<Day> days);  // In any order, also repeated.
  static Days Of(DaySpan span);
  static Days Of(absl::Span<const DaySpan> spans);

  bool empty() const { return days_.empty(); }
  size_t size() const { return days_.size(); }
  Day first() const { return days_.front(); }  // There must be one.
  Day last() const { return days_.back(); }
  const_iterator begin() const { return days_.begin(); }
  const_iterator end() const { return days_.end(); }

  bool Contains(Day day) const;
  bool ContainsAll(const Days& other) const;
  bool Meets(const Days& other) const;  // They share a day.

  Days And(const Days& other) const;      // In both.
  Days Or(const Days& other) const;       // In either.
  Days Without(const Days& other) const;  // In this one only.

  std::vector<DaySpan> Spans() const;  // Sorted, disjoint, not touching.
  std::string ToString() const;        // "2026-12-01..2026-12-03, 2026-12-07"

  friend bool operator==(const Days&, const Days&) = default;

 private:
  std::vector<Day> days_;  // Sorted, distinct.
};

}  // namespace troupe

#endif  // TROUPE_MATCHER_HOLD_DAYS_H_
