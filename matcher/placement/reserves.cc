#include "matcher/placement/reserves.h"

#include <algorithm>
#include <cstddef>
#include <numeric>

#include "matcher/placement/host_rounds.h"
#include "matcher/placement/wish_table.h"

namespace troupe {

SeatKinds::SeatKinds(const Instance& instance)
    : instance_(instance),
      kinds_(instance.programs.size()),
      groups_of_(instance.graduates.size()) {
  const auto add = [&](bool before_open) {
    for (uint32_t row = 0; row < instance.reserves.size(); ++row) {
      const Reserve& reserve = instance.reserves[row];
      if (reserve.before_open == before_open) kinds_[reserve.program].push_back(row);
    }
  };
  add(true);
  std::vector<bool> has_reserve(kinds_.size(), false);
  for (const Reserve& reserve : instance.reserves) has_reserve[reserve.program] = true;
  for (size_t program = 0; program < kinds_.size(); ++program) {
    if (has_reserve[program]) kinds_[program].push_back(kOpen);
  }
  add(false);
  for (uint32_t group = 0; group < instance.groups.size(); ++group) {
    for (uint32_t member : instance.groups[group].members) groups_of_[member].push_back(group);
  }
}

bool SeatKinds::IsMember(uint32_t graduate, uint32_t group) const {
  const std::vector<uint32_t>& groups = groups_of_[graduate];
  return std::find(groups.begin(), groups.end(), group) != groups.end();
}

int32_t SeatKinds::SeatsOfKind(uint32_t program, uint32_t kind) const {
  if (kind != kOpen) return instance_.reserves[kind].seats;
  int32_t open = instance_.programs[program].capacity;
  for (uint32_t row : kinds_[program]) {
    if (row != kOpen) open -= instance_.reserves[row].seats;
  }
  return open;
}

void SeatKinds::Fill(uint32_t kind, int32_t seats, std::span<const uint32_t> graduates) {
  const auto take = [&](bool members_only) {
    for (size_t i = 0; i < graduates.size() && seats > 0; ++i) {
      if (seat_of_[i] != kNoRow) continue;
      if (members_only && !IsMember(graduates[i], instance_.reserves[kind].group)) continue;
      seat_of_[i] = kind;
      --seats;
    }
  };
  if (kind != kOpen) take(/*members_only=*/true);
  if (kind == kOpen || instance_.reserves[kind].reverts) take(/*members_only=*/false);
}

const std::vector<uint32_t>& SeatKinds::SeatEach(uint32_t program,
                                                 std::span<const uint32_t> graduates) {
  seat_of_.assign(graduates.size(), kNoRow);
  if (!HasReserves(program)) Fill(kOpen, instance_.programs[program].capacity, graduates);
  for (uint32_t kind : kinds_[program]) Fill(kind, SeatsOfKind(program, kind), graduates);
  return seat_of_;
}

absl::StatusOr<std::vector<uint32_t>> PlaceWithReserves(const Instance& instance,
                                                        const StopToken& stop) {
  std::vector<uint32_t> hosts(instance.programs.size());
  std::iota(hosts.begin(), hosts.end(), 0);
  SeatKinds kinds(instance);
  std::vector<uint32_t> graduates;
  const auto choose = [&](uint32_t program, Applications& pool, Applications& out) {
    std::sort(pool.begin(), pool.end(), IsRankedAbove);
    graduates.clear();
    for (const Application& application : pool) graduates.push_back(application.graduate);
    const std::vector<uint32_t>& seats = kinds.SeatEach(program, graduates);
    size_t kept = 0;
    for (size_t i = 0; i < pool.size(); ++i) {
      if (seats[i] == kNoRow) {
        out.push_back(pool[i]);
      } else {
        pool[kept++] = pool[i];
      }
    }
    pool.resize(kept);
  };
  return AskHosts(WishTable(instance), hosts, choose, stop);
}

}  // namespace troupe
