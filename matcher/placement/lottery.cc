#include "matcher/placement/lottery.h"

#include <algorithm>
#include <cstddef>
#include <string>
#include <vector>

namespace troupe {
namespace {

// The finalizer of SplitMix64 (Steele, Lea, Flood 2014): every bit of `value`
// reaches every bit of the result.
uint64_t Mixed(uint64_t value) {
  value += 0x9e3779b97f4a7c15u;
  value = (value ^ value >> 30) * 0xbf58476d1ce4e5b9u;
  value = (value ^ value >> 27) * 0x94d049bb133111ebu;
  return value ^ value >> 31;
}

// FNV-1a, for it is ten lines in any language.
uint64_t HashOf(absl::string_view bytes) {
  uint64_t hash = 0xcbf29ce484222325u;
  for (char byte : bytes) hash = (hash ^ static_cast<uint8_t>(byte)) * 0x100000001b3u;
  return hash;
}

// The place of each row among all, in the order of their draws.
template <typename Rows, typename IdOf>
std::vector<uint32_t> DrawnOrder(uint64_t seed, const Rows& rows, IdOf id_of) {
  struct Ticket {
    uint64_t draw;
    uint32_t row;
  };
  std::vector<Ticket> tickets;
  tickets.reserve(rows.size());
  for (uint32_t row = 0; row < rows.size(); ++row) {
    tickets.push_back({DrawOf(seed, id_of(rows[row])), row});
  }
  std::sort(tickets.begin(), tickets.end(), [&](const Ticket& a, const Ticket& b) {
    return a.draw != b.draw ? a.draw < b.draw : id_of(rows[a.row]) < id_of(rows[b.row]);
  });
  std::vector<uint32_t> order(rows.size());
  for (uint32_t place = 0; place < tickets.size(); ++place) order[tickets[place].row] = place;
  return order;
}

RankedLists Broken(const RankedLists& lists, const std::vector<uint32_t>& order) {
  if (!lists.HasTies()) return lists;
  RankedLists broken;
  broken.Reserve(lists.size(), lists.entry_count());
  std::vector<uint32_t> list;
  for (size_t row = 0; row < lists.size(); ++row) {
    list.assign(lists[row].begin(), lists[row].end());
    for (size_t begin = 0, end = 0; begin < list.size(); begin = end) {
      while (end < list.size() && lists.RankAt(row, end) == lists.RankAt(row, begin)) ++end;
      std::sort(list.begin() + static_cast<std::ptrdiff_t>(begin),
                list.begin() + static_cast<std::ptrdiff_t>(end),
                [&](uint32_t a, uint32_t b) { return order[a] < order[b]; });
    }
    broken.Add(list);
  }
  return broken;
}

}  // namespace

uint64_t DrawOf(uint64_t seed, absl::string_view id) { return Mixed(Mixed(seed) ^ HashOf(id)); }

Instance BreakTies(const Instance& instance, uint64_t seed) {
  Instance strict = instance;
  if (!HasTies(instance)) return strict;
  const std::vector<uint32_t> graduates =
      DrawnOrder(seed, instance.graduates, [](absl::string_view id) { return id; });
  const std::vector<uint32_t> programs =
      DrawnOrder(seed, instance.programs,
                 [](const ProgramRow& row) { return absl::string_view(row.id); });
  strict.wishes = Broken(instance.wishes, programs);
  strict.priorities = Broken(instance.priorities, graduates);
  strict.studio_priorities = Broken(instance.studio_priorities, graduates);
  return strict;
}

}  // namespace troupe
