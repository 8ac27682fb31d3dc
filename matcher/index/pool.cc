#include "matcher/index/pool.h"

#include <algorithm>
#include <limits>
#include <utility>

#include "matcher/base/stable_hash.h"

namespace troupe {

LiveSegment::LiveSegment(std::shared_ptr<const ProfileSegment> segment)
    : segment_(std::move(segment)),
      live_rows_(segment_->size()),
      hold_totals_(segment_->hold_totals()) {}

std::optional<uint32_t> LiveSegment::Find(ProfileId id) const {
  const std::optional<uint32_t> row = segment_->Find(id);
  return row.has_value() && IsLive(*row) ? row : std::nullopt;
}

LiveSegment LiveSegment::Without(absl::Span<const uint32_t> rows) const {
  auto dead = dead_ == nullptr
                  ? std::make_shared<std::vector<uint64_t>>((segment_->size() + 63) / 64)
                  : std::make_shared<std::vector<uint64_t>>(*dead_);
  for (uint32_t row : rows) (*dead)[row / 64] |= uint64_t{1} << (row % 64);
  LiveSegment rest = *this;
  rest.dead_ = std::move(dead);
  rest.live_rows_ -= static_cast<uint32_t>(rows.size());
  for (uint32_t row : rows) {
    rest.hold_totals_ -= segment_->HoldsAt(row);
  }
  return rest;
}

std::optional<ProfileView> Pool::FindProfile(ProfileId id) const {
  for (auto segment = segments_.rbegin(); segment != segments_.rend(); ++segment) {
    if (const auto row = segment->Find(id)) return (*segment)->ViewAt(*row);
  }
  return std::nullopt;
}

void Pool::FetchProfile(ProfileId id) const {
  for (const LiveSegment& segment : segments_) segment->Fetch(id);
}

const Demand* Pool::FindOpening(OpeningId id) const {
  const auto* project = projects_.Find(id.project);
  if (project == nullptr) return nullptr;
  for (const Demand& demand : (*project)->openings) {
    if (demand.scalars.opening_number == id.number) return &demand;
  }
  return nullptr;
}

const BlockList<OfferBlock>::Blocks& Pool::OffersIn(RoleIndex role) const {
  static const auto& none = *new BlockList<OfferBlock>::Blocks();  // Constant data.
  if (role < 0 || static_cast<size_t>(role) >= offers_->size()) return none;
  return (*offers_)[static_cast<size_t>(role)].blocks();
}

int64_t Pool::CountProductions(Term item, Day as_of) const {
  std::vector<absl::Span<const ProductionFact>> sources;
  for (const LiveSegment& segment : segments_) sources.push_back(segment->facts());
  return troupe::CountProductions(sources, item, as_of);
}

HoldTotals Pool::CountHolds() const {
  HoldTotals counted;
  for (const LiveSegment& segment : segments_) counted += segment.hold_totals();
  return counted;
}

PoolStatistics Pool::Statistics() const {
  PoolStatistics counted;
  counted.segments = static_cast<int32_t>(segments_.size());
  counted.projects = static_cast<int64_t>(projects_.size());
  counted.productions = CountProductions(Term(), Day(std::numeric_limits<int32_t>::max()));
  for (const LiveSegment& segment : segments_) {
    counted.bytes += segment->bytes_in_memory();
    counted.profiles += segment.live_rows();
    for (uint32_t row = 0; row < segment->size(); ++row) {
      if (!segment.IsLive(row)) continue;
      const ProfileView view = segment->ViewAt(row);
      counted.credits += static_cast<int64_t>(view.credits.size());
      counted.digest += DigestOf(view);
      for (const RoleRow& role : view.roles) counted.holders[role.role] += !role.grow_into;
    }
  }
  for (const auto& block : projects_.blocks()) {
    for (const auto& project : block->rows()) {
      const std::string bytes = project->ToBytes();
      counted.bytes += bytes.size();
      counted.digest += StableHash(bytes);
    }
  }
  for (const auto& offers : *offers_) {
    counted.open_openings += static_cast<int64_t>(offers.size());
  }
  return counted;
}

}  // namespace troupe
