#include "matcher/index/past_work.h"

#include <algorithm>

namespace troupe {
namespace {

std::vector<PastWorkRow::Key> KeysOf(const std::vector<PastWorkRow>& rows) {
  std::vector<PastWorkRow::Key> keys;
  keys.reserve(rows.size());
  for (const PastWorkRow& row : rows) keys.push_back(row.key);
  return keys;
}

}  // namespace

void PastWork::Replace(Change change) {
  attachments_.Replace(std::move(change.attachments_gone), std::move(change.attachments));
  work_.Replace(KeysOf(change.work_gone), std::move(change.work));
}

void AddPastWork(const Demand& demand, const ProfileView& view, std::vector<PastWorkRow>& rows) {
  if (!IsVisibleTo(view, demand.scalars.owner)) return;
  const auto is_now = [&](RoleIndex role) {
    return std::binary_search(demand.attached.begin(), demand.attached.end(),
                              AttachedRow{.profile = view.scalars->id, .role = role});
  };
  const auto first = static_cast<std::ptrdiff_t>(rows.size());
  for (const CreditRow& credit : view.credits) {
    const ProductionRow& production = view.ProductionOf(credit);
    rows.push_back({.key = {.production = production.production,
                            .people = demand.people,
                            .date = production.date,
                            .profile = view.scalars->id},
                    .in_role = is_now(credit.role)});
  }
  // One row a production, in role if any credit is.
  std::sort(rows.begin() + first, rows.end(), [](const PastWorkRow& a, const PastWorkRow& b) {
    return a.key != b.key ? a.key < b.key : a.in_role > b.in_role;
  });
  rows.erase(std::unique(rows.begin() + first, rows.end(),
                         [](const PastWorkRow& a, const PastWorkRow& b) { return a.key == b.key; }),
             rows.end());
}

}  // namespace troupe
