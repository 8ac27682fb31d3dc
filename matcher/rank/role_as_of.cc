#include "matcher/rank/role_as_of.h"

#include <algorithm>
#include <cstdint>

namespace troupe {

std::optional<RoleRow> RoleAsOf(const ProfileView& view, RoleRow role, Day as_of) {
  bool has_credit = false;
  int32_t first = as_of.since_epoch(), last = kUndated;
  for (const CreditRow& credit : view.credits) {
    const int32_t date = view.ProductionOf(credit).date;
    if (credit.role != role.role || date >= as_of.since_epoch()) continue;
    has_credit = true;
    if (date == kUndated) continue;
    first = std::min(first, date);
    last = std::max(last, date);
  }
  if (!has_credit) return std::nullopt;
  const int64_t years =
      last == kUndated ? 0 : Day(last).civil().year() - Day(first).civil().year();
  role.years = static_cast<uint8_t>(std::min<int64_t>(role.years, years));
  return role;
}

}  // namespace troupe
