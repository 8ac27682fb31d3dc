#include "matcher/placement/validate_instance.h"

#include <algorithm>
#include <cstdint>
#include <span>
#include <string>
#include <utility>
#include <vector>

#include "absl/container/flat_hash_map.h"
#include "absl/container/flat_hash_set.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/string_view.h"
#include "matcher/base/status_macros.h"
#include "matcher/base/violation.h"

namespace troupe {
namespace {

std::string RowText(absl::string_view table, size_t row) {
  return absl::StrCat(table, "[", row, "]");
}
std::string EntryText(absl::string_view table, size_t row, absl::string_view list, size_t entry) {
  return absl::StrCat(table, "[", row, "].", list, "[", entry, "]");
}

// Which pairs of a graduate and a program (or studio) have an entry on one side.
using Pairs = absl::flat_hash_set<uint64_t>;
uint64_t PairOf(uint64_t graduate, uint64_t ranker) { return graduate << 32 | ranker; }

uint32_t RankerNumber(const Instance& instance, uint32_t program) {
  const uint32_t studio = instance.programs[program].studio;
  return studio == kNoRow ? program
                         : static_cast<uint32_t>(instance.programs.size()) + studio;
}

Pairs WishedPairs(const Instance& instance) {
  Pairs pairs;
  for (uint32_t graduate = 0; graduate < instance.wishes.size(); ++graduate) {
    for (uint32_t program : instance.wishes[graduate]) {
      pairs.insert(PairOf(graduate, RankerNumber(instance, program)));
    }
  }
  for (const LinkedPair& pair : instance.pairs) {
    for (const ProgramPair& wish : pair.wishes) {
      pairs.insert(PairOf(pair.first, RankerNumber(instance, wish.first)));
      pairs.insert(PairOf(pair.second, RankerNumber(instance, wish.second)));
    }
  }
  return pairs;
}

Pairs RankedPairs(const Instance& instance) {
  Pairs pairs;
  const auto add = [&](const RankedLists& lists, uint64_t offset) {
    for (size_t row = 0; row < lists.size(); ++row) {
      for (uint32_t graduate : lists[row]) pairs.insert(PairOf(graduate, offset + row));
    }
  };
  add(instance.priorities, 0);
  add(instance.studio_priorities, instance.programs.size());
  return pairs;
}

class InstanceCheck {
 public:
  explicit InstanceCheck(const Instance& instance) : instance_(instance) {}

  absl::Status Run(OneSided one_sided) {
    CheckSizes();
    TROUPE_RETURN_IF_ERROR(found_.ToStatus());  // Rows are out of reach then.
    CheckIds();
    CheckPrograms();
    CheckLists("graduates", "wishes", instance_.wishes, instance_.programs.size(), "program");
    CheckLists("programs", "priorities", instance_.priorities, instance_.graduates.size(),
               "graduate");
    CheckLists("studios", "priorities", instance_.studio_priorities, instance_.graduates.size(),
               "graduate");
    CheckGroups();
    CheckReserves();
    CheckPairs();
    TROUPE_RETURN_IF_ERROR(found_.ToStatus());  // What follows looks rows up.
    CheckRegions();
    CheckPairWishes();
    if (one_sided == OneSided::kDefect) CheckBothSides();
    return found_.ToStatus();
  }

 private:
  void Add(absl::string_view field, absl::string_view problem, absl::string_view fix) {
    if (found_.found().size() < kMostDefects) found_.Add(field, problem, fix);
  }

  void CheckSizes() {
    const auto check = [&](absl::string_view name, const RankedLists& lists, size_t rows) {
      if (lists.size() == rows) return;
      Add(name, absl::StrCat("has ", lists.size(), " lists for ", rows, " rows"),
          "give each row one list, which may be empty");
    };
    check("graduates.wishes", instance_.wishes, instance_.graduates.size());
    check("programs.priorities", instance_.priorities, instance_.programs.size());
    check("studios.priorities", instance_.studio_priorities, instance_.studios.size());
  }

  template <typename Rows, typename IdOf>
  void CheckIdsOf(absl::string_view table, const Rows& rows, IdOf id_of) {
    absl::flat_hash_map<absl::string_view, size_t> first;
    first.reserve(rows.size());
    for (size_t row = 0; row < rows.size(); ++row) {
      const absl::string_view id = id_of(rows[row]);
      if (id.empty()) Add(RowText(table, row), "has no id", "give it one");
      const auto [known, is_new] = first.try_emplace(id, row);
      if (is_new || id.empty()) continue;
      Add(RowText(table, row), absl::StrCat("has the id of row ", known->second),
          "remove one of the two, or give it an id of its own");
    }
  }

  void CheckIds() {
    const auto id_of = [](const auto& row) { return absl::string_view(row.id); };
    CheckIdsOf("graduates", instance_.graduates,
               [](const std::string& id) { return absl::string_view(id); });
    CheckIdsOf("programs", instance_.programs, id_of);
    CheckIdsOf("studios", instance_.studios, id_of);
    CheckIdsOf("regions", instance_.regions, id_of);
    CheckIdsOf("groups", instance_.groups, id_of);
  }

  void CheckCapacity(absl::string_view table, size_t row, int32_t capacity) {
    if (capacity >= 1) return;
    Add(RowText(table, row) + ".capacity", absl::StrCat("is ", capacity),
        absl::StrCat("give at least 1, or leave the ", table.substr(0, table.size() - 1), " out"));
  }

  void CheckPrograms() {
    for (size_t row = 0; row < instance_.programs.size(); ++row) {
      const ProgramRow& program = instance_.programs[row];
      CheckCapacity("programs", row, program.capacity);
      if (program.studio != kNoRow && program.studio >= instance_.studios.size()) {
        Add(RowText("programs", row) + ".studio", "names a studio that is not there",
            "add the studio, or name another");
      } else if (program.studio != kNoRow && !instance_.priorities[row].empty()) {
        Add(RowText("programs", row) + ".priorities", "is given beside those of the studio",
            "leave it empty: the studio ranks for its programs");
      }
      if (program.region != kNoRow && program.region >= instance_.regions.size()) {
        Add(RowText("programs", row) + ".region", "names a region that is not there",
            "add the region, or name another");
      }
    }
    for (size_t row = 0; row < instance_.studios.size(); ++row) {
      CheckCapacity("studios", row, instance_.studios[row].capacity);
    }
  }

  void CheckLists(absl::string_view table, absl::string_view list, const RankedLists& lists,
                  size_t count, absl::string_view kind) {
    std::vector<uint32_t> listed_by(count, kNoRow);
    for (uint32_t row = 0; row < lists.size(); ++row) {
      const std::span<const uint32_t> entries = lists[row];
      for (size_t i = 0; i < entries.size(); ++i) {
        if (entries[i] >= count) {
          Add(EntryText(table, row, list, i), absl::StrCat("names a ", kind, " that is not there"),
              absl::StrCat("add the ", kind, ", or remove the entry"));
        } else if (std::exchange(listed_by[entries[i]], row) == row) {
          Add(EntryText(table, row, list, i),
              absl::StrCat("names a ", kind, " that the list names before"),
              "remove one of the two");
        }
      }
    }
  }

  void CheckGroups() {
    for (size_t row = 0; row < instance_.groups.size(); ++row) {
      const std::vector<uint32_t>& members = instance_.groups[row].members;
      absl::flat_hash_set<uint32_t> seen;
      for (size_t i = 0; i < members.size(); ++i) {
        if (members[i] >= instance_.graduates.size()) {
          Add(EntryText("groups", row, "members", i), "names a graduate that is not there",
              "add the graduate, or remove the entry");
        } else if (!seen.insert(members[i]).second) {
          Add(EntryText("groups", row, "members", i),
              "names a graduate that the group names before", "remove one of the two");
        }
      }
    }
  }

  void CheckReserves() {
    std::vector<int64_t> reserved(instance_.programs.size(), 0);
    for (size_t row = 0; row < instance_.reserves.size(); ++row) {
      const Reserve& reserve = instance_.reserves[row];
      if (reserve.group >= instance_.groups.size()) {
        Add(RowText("reserves", row) + ".group", "names a group that is not there",
            "add the group, or name another");
      }
      if (reserve.seats < 1) {
        Add(RowText("reserves", row) + ".seats", absl::StrCat("is ", reserve.seats),
            "give at least 1, or leave the reserve out");
      }
      if (reserve.program >= instance_.programs.size()) {
        Add(RowText("reserves", row) + ".program", "names a program that is not there",
            "add the program, or name another");
        continue;
      }
      const int32_t capacity = instance_.programs[reserve.program].capacity;
      reserved[reserve.program] += std::max(reserve.seats, 0);
      if (reserved[reserve.program] <= capacity || capacity < 1) continue;
      Add(RowText("reserves", row) + ".seats",
          absl::StrCat("makes ", reserved[reserve.program], " reserved seats at a program of ",
                       capacity),
          "reserve no more than the capacity");
    }
  }

  void CheckPairs() {
    std::vector<uint32_t> pair_of(instance_.graduates.size(), kNoRow);
    for (uint32_t row = 0; row < instance_.pairs.size(); ++row) {
      const LinkedPair& pair = instance_.pairs[row];
      if (pair.first == pair.second) {
        Add(RowText("pairs", row), "links a graduate with itself", "name two graduates");
      }
      for (uint32_t member : {pair.first, pair.second}) {
        if (member >= instance_.graduates.size()) {
          Add(RowText("pairs", row), "names a graduate that is not there",
              "add the graduate, or remove the pair");
        } else if (const uint32_t other = std::exchange(pair_of[member], row);
                   other != kNoRow && other != row) {
          Add(RowText("pairs", row), absl::StrCat("has a member of pair ", other),
              "leave each graduate in one pair at most");
        }
      }
      CheckPairPrograms(row);
    }
  }

  void CheckPairPrograms(uint32_t row) {
    const std::vector<ProgramPair>& wishes = instance_.pairs[row].wishes;
    absl::flat_hash_set<uint64_t> seen;
    for (size_t i = 0; i < wishes.size(); ++i) {
      if (std::max(wishes[i].first, wishes[i].second) >= instance_.programs.size()) {
        Add(EntryText("pairs", row, "wishes", i), "names a program that is not there",
            "add the program, or remove the entry");
      } else if (!seen.insert(PairOf(wishes[i].first, wishes[i].second)).second) {
        Add(EntryText("pairs", row, "wishes", i), "names two programs that the list names before",
            "remove one of the two");
      }
    }
  }

  void CheckRegions() {
    std::vector<int64_t> capacity(instance_.regions.size(), 0);
    for (const ProgramRow& program : instance_.programs) {
      if (program.region != kNoRow) capacity[program.region] += program.capacity;
    }
    int64_t floors = 0;
    for (size_t row = 0; row < instance_.regions.size(); ++row) {
      const Region& region = instance_.regions[row];
      const std::string field = RowText("regions", row);
      floors += region.floor;
      if (region.cap < 0) Add(field + ".cap", absl::StrCat("is ", region.cap), "give at least 0");
      if (region.floor < 0) {
        Add(field + ".floor", absl::StrCat("is ", region.floor), "give at least 0");
      } else if (region.floor > region.cap) {
        Add(field + ".floor", absl::StrCat("is ", region.floor, ", above the cap of ", region.cap),
            "lower the floor or raise the cap");
      } else if (region.floor > capacity[row]) {
        Add(field + ".floor",
            absl::StrCat("is ", region.floor, ", above the ", capacity[row],
                         " seats of its programs"),
            "lower the floor, or add seats");
      }
    }
    const auto graduates = static_cast<int64_t>(instance_.graduates.size());
    if (floors <= graduates) return;
    Add("regions", absl::StrCat("ask for ", floors, " graduates in all, and there are ", graduates),
        "lower floors");
  }

  // Where a member of a pair cannot go, the pair cannot.
  void CheckPairWishes() {
    if (instance_.pairs.empty()) return;
    const Pairs ranked = RankedPairs(instance_);
    for (uint32_t row = 0; row < instance_.pairs.size(); ++row) {
      const LinkedPair& pair = instance_.pairs[row];
      for (size_t i = 0; i < pair.wishes.size(); ++i) {
        const ProgramPair& wish = pair.wishes[i];
        CheckCanGo(ranked, EntryText("pairs", row, "wishes", i), pair.first, wish.first);
        CheckCanGo(ranked, EntryText("pairs", row, "wishes", i), pair.second, wish.second);
      }
    }
  }

  void CheckCanGo(const Pairs& ranked, absl::string_view field, uint32_t member,
                  uint32_t program) {
    const std::span<const uint32_t> own = instance_.wishes[member];
    if (!own.empty() && std::find(own.begin(), own.end(), program) == own.end()) {
      Add(field, absl::StrCat("names program ", program, ", which graduate ", member,
                              " does not list itself"),
          "remove the entry, or list the program there too");
    }
    if (ranked.contains(PairOf(member, RankerNumber(instance_, program)))) return;
    Add(field,
        absl::StrCat("names program ", program, ", where graduate ", member, " is not ranked"),
        "remove the entry, or rank the graduate there");
  }

  void CheckBothSides() {
    const Pairs ranked = RankedPairs(instance_);
    const Pairs wished = WishedPairs(instance_);
    for (uint32_t row = 0; row < instance_.wishes.size(); ++row) {
      const std::span<const uint32_t> wishes = instance_.wishes[row];
      if (wishes.empty()) AddEmpty(RowText("graduates", row) + ".wishes");
      for (size_t i = 0; i < wishes.size(); ++i) {
        if (ranked.contains(PairOf(row, RankerNumber(instance_, wishes[i])))) continue;
        Add(EntryText("graduates", row, "wishes", i),
            absl::StrCat("names program ", wishes[i], ", which does not rank the graduate"),
            "remove the entry, or rank the graduate there");
      }
    }
    CheckAnswered(wished, "programs", instance_.priorities, 0);
    CheckAnswered(wished, "studios", instance_.studio_priorities, instance_.programs.size());
  }

  void CheckAnswered(const Pairs& wished, absl::string_view table, const RankedLists& lists,
                     size_t offset) {
    for (size_t row = 0; row < lists.size(); ++row) {
      const bool ranks = offset > 0 || instance_.programs[row].studio == kNoRow;
      if (lists[row].empty() && ranks) AddEmpty(RowText(table, row) + ".priorities");
      for (size_t i = 0; i < lists[row].size(); ++i) {
        if (wished.contains(PairOf(lists[row][i], offset + row))) continue;
        Add(EntryText(table, row, "priorities", i),
            absl::StrCat("names graduate ", lists[row][i], ", who does not wish to go there"),
            "remove the entry, or list it with the graduate");
      }
    }
  }

  void AddEmpty(absl::string_view field) {
    Add(field, "is empty", "list somebody, or leave the row out");
  }

  const Instance& instance_;
  Violations found_;
};

template <typename Keeps>
RankedLists Filtered(const RankedLists& lists, Keeps keeps) {
  RankedLists filtered;
  for (size_t row = 0; row < lists.size(); ++row) {
    std::vector<RankedLists::Tied> best_first;
    uint32_t last_rank = kNoRow;
    for (size_t i = 0; i < lists[row].size(); ++i) {
      if (!keeps(row, lists[row][i])) continue;
      const uint32_t rank = lists.RankAt(row, i);
      if (std::exchange(last_rank, rank) != rank) best_first.emplace_back();
      best_first.back().push_back(lists[row][i]);
    }
    filtered.Add(best_first);
  }
  return filtered;
}

}  // namespace

absl::Status ValidateInstance(const Instance& instance, OneSided one_sided) {
  return InstanceCheck(instance).Run(one_sided);
}

Instance WithoutOneSided(const Instance& instance) {
  const Pairs ranked = RankedPairs(instance);
  const Pairs wished = WishedPairs(instance);
  const size_t offset = instance.programs.size();
  Instance cleaned = instance;
  cleaned.wishes = Filtered(instance.wishes, [&](size_t row, uint32_t program) {
    return ranked.contains(PairOf(row, RankerNumber(instance, program)));
  });
  cleaned.priorities = Filtered(instance.priorities, [&](size_t row, uint32_t graduate) {
    return wished.contains(PairOf(graduate, row));
  });
  cleaned.studio_priorities = Filtered(
      instance.studio_priorities, [&](size_t row, uint32_t graduate) {
        return wished.contains(PairOf(graduate, offset + row));
      });
  return cleaned;
}

}  // namespace troupe
