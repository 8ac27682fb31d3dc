#include "matcher/index/production_postings.h"

#include <algorithm>
#include <utility>

#include "matcher/index/profile_segment.h"

namespace troupe {

ProductionPostings::ProductionPostings(const ProfileSegment& segment) {
  std::vector<std::pair<Term, uint32_t>> credits;
  for (uint32_t row = 0; row < segment.size(); ++row) {
    const ProfileView view = segment.ViewAt(row);
    if (view.scalars->findability != Findability::kFindable) continue;
    for (const CreditRow& credit : view.credits) {
      credits.emplace_back(view.ProductionOf(credit).production, row);
    }
  }
  std::sort(credits.begin(), credits.end());
  credits.erase(std::unique(credits.begin(), credits.end()), credits.end());
  rows_.reserve(credits.size());
  for (const auto& [production, row] : credits) {
    if (productions_.empty() || productions_.back() != production) {
      productions_.push_back(production);
      first_.push_back(static_cast<uint32_t>(rows_.size()));
    }
    rows_.push_back(row);
  }
  first_.push_back(static_cast<uint32_t>(rows_.size()));
}

absl::Span<const uint32_t> ProductionPostings::RowsOn(Term production) const {
  const auto found = std::lower_bound(productions_.begin(), productions_.end(), production);
  if (found == productions_.end() || *found != production) return {};
  const size_t at = static_cast<size_t>(found - productions_.begin());
  return absl::MakeConstSpan(rows_).subspan(first_[at], first_[at + 1] - first_[at]);
}

uint64_t ProductionPostings::bytes() const {
  return productions_.size() * sizeof(Term) + (first_.size() + rows_.size()) * sizeof(uint32_t);
}

}  // namespace troupe
