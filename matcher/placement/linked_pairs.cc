#include "matcher/placement/linked_pairs.h"

#include <algorithm>
#include <cstddef>
#include <deque>
#include <limits>
#include <numeric>
#include <span>
#include <utility>

#include "absl/strings/str_cat.h"
#include "matcher/base/status_macros.h"
#include "matcher/placement/deferred_acceptance.h"
#include "matcher/placement/lottery.h"
#include "matcher/placement/wish_table.h"

namespace troupe {
namespace {

// Orders of pairs that are tried.
constexpr int kOrders = 24;
// Moves in all, by parties, and of one pair that comes in: after that many, it goes
// round in circles.
constexpr int64_t kMovesAParty = 3;
constexpr int64_t kFewestMoves = 100'000;
constexpr int64_t kMovesOfOne = 2'000;
// Placements looked at while it goes round: the fewer, the larger the round.
constexpr int64_t kMostLooks = 100;
constexpr int64_t kGraduatesLooked = 100'000;

// A wish of a pair, and where its members stand there.
struct PairWish {
  ProgramPair programs;
  uint32_t first_place;
  uint32_t second_place;
};

// A placement while singles and pairs still move. A *party* is a single, named by its
// graduate, or a pair, named after all graduates.
class Moves {
 public:
  Moves(const Instance& instance, const WishTable& table)
      : instance_(instance),
        table_(table),
        party_of_(table.size()),
        pair_wishes_(instance.pairs.size()),
        seated_(instance.programs.size()) {
    std::iota(party_of_.begin(), party_of_.end(), 0);
    for (uint32_t row = 0; row < instance.pairs.size(); ++row) {
      const LinkedPair& pair = instance.pairs[row];
      party_of_[pair.first] = party_of_[pair.second] = PartyOfPair(row);
      for (const ProgramPair& wish : pair.wishes) {
        pair_wishes_[row].push_back({wish, PlaceAt(table, pair.first, wish.first),
                                     PlaceAt(table, pair.second, wish.second)});
      }
    }
  }

  uint32_t PartyOfPair(uint32_t row) const { return static_cast<uint32_t>(table_.size()) + row; }
  const std::vector<uint32_t>& program_of() const { return program_of_; }

  // Begins anew where everybody sits as `program_of` says, no pair anywhere.
  void Reset(const std::vector<uint32_t>& program_of) {
    program_of_ = program_of;
    at_.assign(table_.size() + instance_.pairs.size(), kNoRow);
    is_waiting_.assign(at_.size(), false);
    waiting_.clear();
    is_offered_.assign(seated_.size(), false);
    offered_.clear();
    for (std::vector<Seated>& seated : seated_) seated.clear();
    for (uint32_t graduate = 0; graduate < table_.size(); ++graduate) {
      const std::span<const Wish> list = table_[graduate];
      for (uint32_t i = 0; i < list.size() && program_of[graduate] != kNoRow; ++i) {
        if (list[i].program != program_of[graduate]) continue;
        at_[graduate] = i;
        seated_[list[i].program].push_back({list[i].place, graduate});
      }
    }
    for (std::vector<Seated>& seated : seated_) std::sort(seated.begin(), seated.end());
  }

  void Wait(uint32_t party) {
    if (is_waiting_[party]) return;
    is_waiting_[party] = true;
    waiting_.push_back(party);
  }
  void WaitAll() {
    for (uint32_t party = 0; party < at_.size(); ++party) {
      const bool is_member = party < table_.size() && party_of_[party] != party;
      if (!is_member) Wait(party);
    }
  }

  // Lets those who wait move, and seats that were left be taken, until all are done;
  // at most `most` times. Returns how often.
  int64_t Run(int64_t most) {
    int64_t moves = 0;
    for (; moves < most && IsUnsettled(); ++moves) {
      if (waiting_.empty()) {
        FillNext();
      } else {
        MoveNext();
      }
    }
    return moves;
  }
  bool IsUnsettled() const { return !waiting_.empty() || !offered_.empty(); }
  void GiveUp() {
    for (uint32_t party : waiting_) is_waiting_[party] = false;
    for (uint32_t program : offered_) is_offered_[program] = false;
    waiting_.clear();
    offered_.clear();
  }

  // Graduates with programs, and pairs with wishes, that would rather.
  int64_t CountBlocking() const {
    int64_t count = 0;
    for (uint32_t graduate = 0; graduate < table_.size(); ++graduate) {
      if (party_of_[graduate] != graduate) continue;
      const std::span<const Wish> list = table_[graduate];
      for (uint32_t i = 0; i < std::min<size_t>(at_[graduate], list.size()); ++i) {
        count += WouldTake(list[i]);
      }
    }
    for (uint32_t row = 0; row < pair_wishes_.size(); ++row) {
      const std::vector<PairWish>& list = pair_wishes_[row];
      for (uint32_t i = 0; i < std::min<size_t>(at_[PartyOfPair(row)], list.size()); ++i) {
        count += WouldTake(instance_.pairs[row], list[i]);
      }
    }
    return count;
  }

 private:
  using Seated = std::pair<uint32_t, uint32_t>;  // Place and graduate, best first.

  // Whoever has waited longest goes to the best it can have.
  void MoveNext() {
    const uint32_t party = waiting_.front();
    waiting_.pop_front();
    is_waiting_[party] = false;
    if (party < table_.size()) {
      MoveSingle(party);
    } else {
      MovePair(party - static_cast<uint32_t>(table_.size()));
    }
  }

  // Offers the seat that was left first to all who would rather have it than what they
  // have, the best first. Each goes there or to something better.
  void FillNext() {
    const uint32_t program = offered_.front();
    offered_.pop_front();
    is_offered_[program] = false;
    const Ranker ranker = RankerOf(instance_, program);
    for (uint32_t graduate : (*ranker.lists)[ranker.row]) {
      if (!HasSeat(program)) return;
      const uint32_t party = party_of_[graduate];
      if (!WouldRather(party, graduate, program)) continue;
      if (party < table_.size()) {
        MoveSingle(party);
      } else {
        MovePair(party - static_cast<uint32_t>(table_.size()));
      }
    }
  }

  void MoveSingle(uint32_t graduate) {
    const std::span<const Wish> list = table_[graduate];
    for (uint32_t i = 0; i < std::min<size_t>(at_[graduate], list.size()); ++i) {
      if (!WouldTake(list[i])) continue;
      const auto [program, place] = list[i];
      const uint32_t left = program_of_[graduate];
      if (left != kNoRow) Unseat(graduate);
      Seat(graduate, program, place);
      at_[graduate] = i;
      LetGoFrom(program);
      if (left != kNoRow) OfferSeat(left);
      return;
    }
  }

  void MovePair(uint32_t row) {
    const LinkedPair& pair = instance_.pairs[row];
    const uint32_t party = PartyOfPair(row);
    const std::vector<PairWish>& list = pair_wishes_[row];
    for (uint32_t i = 0; i < std::min<size_t>(at_[party], list.size()); ++i) {
      if (!WouldTake(pair, list[i])) continue;
      const ProgramPair left = Leave(pair);
      const ProgramPair& to = list[i].programs;
      Seat(pair.first, to.first, list[i].first_place);
      Seat(pair.second, to.second, list[i].second_place);
      at_[party] = i;
      LetGoFrom(to.first);
      LetGoFrom(to.second);
      Offer(left);
      return;
    }
  }

  bool WouldTake(const Wish& wish) const {
    return HasSeat(wish.program) || wish.place < seated_[wish.program].back().first;
  }
  bool WouldTake(const LinkedPair& pair, const PairWish& wish) const {
    const auto [first, second] = wish.programs;
    if (first == second) {
      return HasRoom(pair, first, std::max(wish.first_place, wish.second_place), 2);
    }
    return HasRoom(pair, first, wish.first_place, 1) && HasRoom(pair, second, wish.second_place, 1);
  }

  // For so many members, the worse of whom has that place, beside those ranked above.
  bool HasRoom(const LinkedPair& pair, uint32_t program, uint32_t place, size_t members) const {
    const std::vector<Seated>& seated = seated_[program];
    size_t above = 0;
    for (size_t i = 0; i < seated.size() && seated[i].first < place; ++i) {
      above += seated[i].second != pair.first && seated[i].second != pair.second;
    }
    return above + members <= static_cast<size_t>(instance_.programs[program].capacity);
  }

  bool HasSeat(uint32_t program) const {
    return seated_[program].size() < static_cast<size_t>(instance_.programs[program].capacity);
  }

  void Seat(uint32_t graduate, uint32_t program, uint32_t place) {
    std::vector<Seated>& seated = seated_[program];
    const Seated own = {place, graduate};
    seated.insert(std::lower_bound(seated.begin(), seated.end(), own), own);
    program_of_[graduate] = program;
  }

  void Unseat(uint32_t graduate) {
    std::erase_if(seated_[program_of_[graduate]],
                  [graduate](const Seated& seated) { return seated.second == graduate; });
    program_of_[graduate] = kNoRow;
  }

  // Returns what the pair has left.
  ProgramPair Leave(const LinkedPair& pair) {
    const ProgramPair left = {program_of_[pair.first], program_of_[pair.second]};
    if (left.first == kNoRow) return left;
    Unseat(pair.first);
    Unseat(pair.second);
    return left;
  }

  // Those above the program's capacity go, the worst first; partners go with them.
  void LetGoFrom(uint32_t program) {
    while (seated_[program].size() > static_cast<size_t>(instance_.programs[program].capacity)) {
      const uint32_t graduate = seated_[program].back().second;
      const uint32_t party = party_of_[graduate];
      at_[party] = kNoRow;
      Wait(party);
      if (party < table_.size()) {
        Unseat(graduate);
        continue;
      }
      Offer(Leave(instance_.pairs[party - table_.size()]));
    }
  }

  void Offer(const ProgramPair& left) {
    if (left.first == kNoRow) return;
    OfferSeat(left.first);
    if (left.second != left.first) OfferSeat(left.second);
  }

  void OfferSeat(uint32_t program) {
    if (!HasSeat(program) || is_offered_[program]) return;
    is_offered_[program] = true;
    offered_.push_back(program);
  }

  bool WouldRather(uint32_t party, uint32_t graduate, uint32_t program) const {
    if (party >= table_.size()) return at_[party] != 0;
    const std::span<const Wish> list = table_[graduate];
    for (uint32_t i = 0; i < std::min<size_t>(at_[party], list.size()); ++i) {
      if (list[i].program == program) return true;
    }
    return false;
  }

  const Instance& instance_;
  const WishTable& table_;
  std::vector<uint32_t> party_of_;  // By graduate.
  std::vector<std::vector<PairWish>> pair_wishes_;
  std::vector<std::vector<Seated>> seated_;
  std::vector<uint32_t> program_of_;
  std::vector<uint32_t> at_;  // By party: which of its wishes it has; kNoRow: none.
  std::vector<bool> is_waiting_;
  std::deque<uint32_t> waiting_;
  std::vector<bool> is_offered_;  // By program: a seat was left.
  std::deque<uint32_t> offered_;
};

// The placement with the fewest that block of those looked at.
struct Best {
  std::vector<uint32_t> program_of;
  int64_t blocking = std::numeric_limits<int64_t>::max();

  void Look(const Moves& moves) {
    const int64_t count = moves.CountBlocking();
    if (count >= blocking) return;
    blocking = count;
    program_of = moves.program_of();
  }
};

std::vector<uint32_t> OrderOfPairs(const Instance& instance, uint64_t seed, int attempt) {
  std::vector<uint32_t> order(instance.pairs.size());
  std::iota(order.begin(), order.end(), 0);
  if (attempt == 0) return order;
  const auto draw = [&](uint32_t row) { return DrawOf(seed, absl::StrCat(attempt, " ", row)); };
  std::sort(order.begin(), order.end(),
            [&](uint32_t a, uint32_t b) { return std::pair(draw(a), a) < std::pair(draw(b), b); });
  return order;
}

RankedLists SinglesWishes(const Instance& instance) {
  std::vector<bool> is_paired(instance.graduates.size(), false);
  for (const LinkedPair& pair : instance.pairs) {
    is_paired[pair.first] = is_paired[pair.second] = true;
  }
  RankedLists wishes;
  wishes.Reserve(is_paired.size(), instance.wishes.entry_count());
  for (size_t graduate = 0; graduate < is_paired.size(); ++graduate) {
    wishes.Add(is_paired[graduate] ? std::span<const uint32_t>() : instance.wishes[graduate]);
  }
  return wishes;
}

// Brings in the pairs in that order. Returns the moves it took.
int64_t BringIn(const std::vector<uint32_t>& order, Moves& moves, Best& best) {
  int64_t taken = 0;
  bool is_settled = true;
  for (uint32_t row : order) {
    moves.Wait(moves.PartyOfPair(row));
    taken += moves.Run(kMovesOfOne);
    is_settled = is_settled && !moves.IsUnsettled();
    moves.GiveUp();
  }
  best.Look(moves);
  if (is_settled) return taken;
  const auto graduates = static_cast<int64_t>(moves.program_of().size());
  const int64_t looks = std::clamp<int64_t>(kGraduatesLooked / graduates, 1, kMostLooks);
  moves.WaitAll();
  for (int64_t look = 0; look < looks && moves.IsUnsettled() && best.blocking > 0; ++look) {
    taken += moves.Run(1 + graduates / 64);  // One by one, where there are few.
    best.Look(moves);
  }
  return taken;
}

}  // namespace

RankedLists PairedWishes(const Instance& instance) {
  if (instance.pairs.empty()) return instance.wishes;
  std::vector<std::vector<uint32_t>> own(instance.graduates.size());
  std::vector<bool> is_paired(instance.graduates.size(), false);
  const auto add = [&](uint32_t graduate, uint32_t program) {
    std::vector<uint32_t>& list = own[graduate];
    if (std::find(list.begin(), list.end(), program) == list.end()) list.push_back(program);
  };
  for (const LinkedPair& pair : instance.pairs) {
    is_paired[pair.first] = is_paired[pair.second] = true;
    for (const ProgramPair& wish : pair.wishes) {
      add(pair.first, wish.first);
      add(pair.second, wish.second);
    }
  }
  RankedLists wishes;
  wishes.Reserve(own.size(), instance.wishes.entry_count());
  for (size_t graduate = 0; graduate < own.size(); ++graduate) {
    wishes.Add(is_paired[graduate] ? std::span<const uint32_t>(own[graduate])
                                   : instance.wishes[graduate]);
  }
  return wishes;
}

absl::StatusOr<std::vector<uint32_t>> PlaceWithPairs(const Instance& instance, uint64_t seed,
                                                     const StopToken& stop) {
  TROUPE_ASSIGN_OR_RETURN(
      std::vector<uint32_t> singles,
      GraduatesPropose(WishTable(instance, SinglesWishes(instance)), SeatsOf(instance), stop));
  if (instance.pairs.empty()) return singles;
  const WishTable table(instance, PairedWishes(instance));
  Moves moves(instance, table);
  Best best;
  const auto parties = static_cast<int64_t>(table.size() + instance.pairs.size());
  int64_t left = kFewestMoves + kMovesAParty * parties;
  for (int attempt = 0; attempt < kOrders && left > 0 && best.blocking > 0; ++attempt) {
    if (stop.StopRequested()) return absl::CancelledError("stopped while pairs come in");
    moves.Reset(singles);
    left -= BringIn(OrderOfPairs(instance, seed, attempt), moves, best);
  }
  return best.program_of;
}

}  // namespace troupe
