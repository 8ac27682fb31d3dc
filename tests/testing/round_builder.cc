#include "tests/testing/round_builder.h"

#include <algorithm>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_split.h"

namespace troupe::testing {
namespace {

template <typename Rows>
uint32_t RowOf(const Rows& rows, const std::string& id) {
  const auto at =
      std::find_if(rows.begin(), rows.end(), [&](const auto& row) { return row.id == id; });
  return at == rows.end() ? kNoRow : static_cast<uint32_t>(at - rows.begin());
}

// The lists of `rows`, whose entries name `others`.
template <typename Rows, typename Others>
RankedLists ListsOf(const Rows& rows, const Others& others) {
  RankedLists lists;
  for (const auto& row : rows) {
    std::vector<RankedLists::Tied> best_first;
    for (const std::string& tied : row.list) {
      best_first.emplace_back();
      for (const std::string& id : std::vector<std::string>(absl::StrSplit(tied, '='))) {
        best_first.back().push_back(RowOf(others, id));
      }
    }
    lists.Add(best_first);
  }
  return lists;
}

}  // namespace

RoundBuilder& RoundBuilder::Graduate(const std::string& id, Names wishes) {
  graduates_.push_back({.id = id, .list = std::move(wishes)});
  return *this;
}

RoundBuilder& RoundBuilder::Program(const std::string& id, int32_t capacity, Names priorities) {
  programs_.push_back({.id = id, .capacity = capacity, .list = std::move(priorities)});
  return *this;
}

RoundBuilder& RoundBuilder::Studio(const std::string& id, int32_t capacity, Names priorities,
                                   const Names& programs) {
  studios_.push_back({.id = id, .capacity = capacity, .list = std::move(priorities)});
  for (const std::string& program : programs) programs_[RowOf(programs_, program)].studio = id;
  return *this;
}

RoundBuilder& RoundBuilder::Region(const std::string& id, int32_t floor, int32_t cap,
                                   const Names& programs) {
  regions_.push_back({.id = id, .cap = cap, .floor = floor});
  for (const std::string& program : programs) programs_[RowOf(programs_, program)].region = id;
  return *this;
}

RoundBuilder& RoundBuilder::Reserve(const std::string& program, int32_t seats, const Names& members,
                                    bool before_open, bool reverts) {
  reserves_.push_back(
      {program, {.seats = seats, .before_open = before_open, .reverts = reverts}, members});
  return *this;
}

RoundBuilder& RoundBuilder::Pair(const std::string& first, const std::string& second,
                                 const std::vector<std::pair<std::string, std::string>>& wishes) {
  pairs_.push_back({first, second, wishes});
  return *this;
}

Instance RoundBuilder::Build() const {
  Instance instance;
  for (const Row& row : graduates_) instance.graduates.push_back(row.id);
  for (const Row& row : programs_) {
    instance.programs.push_back({.id = row.id,
                                 .capacity = row.capacity,
                                 .studio = RowOf(studios_, row.studio),
                                 .region = RowOf(regions_, row.region)});
  }
  for (const Row& row : studios_) instance.studios.push_back({row.id, row.capacity});
  instance.regions = regions_;
  instance.wishes = ListsOf(graduates_, programs_);
  instance.priorities = ListsOf(programs_, graduates_);
  instance.studio_priorities = ListsOf(studios_, graduates_);
  for (const ReserveRow& row : reserves_) {
    Group group = {.id = absl::StrCat("group ", instance.groups.size())};
    for (const std::string& id : row.members) group.members.push_back(RowOf(graduates_, id));
    troupe::Reserve reserve = row.reserve;
    reserve.program = RowOf(programs_, row.program);
    reserve.group = static_cast<uint32_t>(instance.groups.size());
    instance.groups.push_back(group);
    instance.reserves.push_back(reserve);
  }
  for (const PairRow& row : pairs_) {
    LinkedPair pair = {.first = RowOf(graduates_, row.first),
                       .second = RowOf(graduates_, row.second)};
    for (const auto& [first, second] : row.wishes) {
      pair.wishes.push_back({RowOf(programs_, first), RowOf(programs_, second)});
    }
    instance.pairs.push_back(pair);
  }
  return instance;
}

std::map<std::string, std::string> NamesOf(const Instance& instance,
                                           const std::vector<uint32_t>& program_of) {
  std::map<std::string, std::string> names;
  for (size_t graduate = 0; graduate < program_of.size(); ++graduate) {
    const uint32_t program = program_of[graduate];
    names[instance.graduates[graduate]] = program == kNoRow ? "" : instance.programs[program].id;
  }
  return names;
}

}  // namespace troupe::testing
