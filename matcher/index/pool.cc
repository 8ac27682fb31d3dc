#include "matcher/index/pool.h"

#include <algorithm>
#include <limits>
#include <utility>

#include "matcher/base/stable_hash.h"

namespace troupe {

LiveSegment::LiveSegment(std::shared_ptr<const ProfileSegment> segment)
    : segment_(std::move(segment)), live_rows_(segment_->size()) {}

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
  return rest;
}

std::optional<ProfileView> Pool::FindProfile(ProfileId id) const {
  for (auto segment = segments_.rbegin(); segment != segments_.rend(); ++segment) {
    if (const auto row = segment->Find(id)) return (*segment)->ViewAt(*row);
  }
  return std::nullopt;
}

const Demand* Pool::FindOpening(OpeningId id) const {
  const auto project = std::partition_point(
      projects_.begin(), projects_.end(), [&](const auto& p) { return p->id < id.project; });
  if (project == projects_.end() || (*project)->id != id.project) return nullptr;
  for (const Demand& demand : (*project)->openings) {
    if (demand.scalars.opening_number == id.number) return &demand;
  }
  return nullptr;
}

absl::Span<const Demand* const> Pool::OpeningsIn(RoleIndex role) const {
  if (openings_ == nullptr || role < 0 || static_cast<size_t>(role) >= openings_->size()) {
    return {};
  }
  return (*openings_)[static_cast<size_t>(role)];
}

int64_t Pool::CountProductions(Term item, Day as_of) const {
  std::vector<absl::Span<const ProductionFact>> sources;
  for (const LiveSegment& segment : segments_) sources.push_back(segment->facts());
  return troupe::CountProductions(sources, item, as_of);
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
  for (const auto& project : projects_) {
    const std::string bytes = project->ToBytes();
    counted.bytes += bytes.size();
    counted.digest += StableHash(bytes);
    for (const Demand& demand : project->openings) {
      counted.open_openings +=
          demand.scalars.state == static_cast<uint8_t>(Opening::State::kOpen) &&
          demand.scalars.open_seats > 0;
    }
  }
  return counted;
}

}  // namespace troupe
