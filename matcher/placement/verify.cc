#include "matcher/placement/verify.h"

#include <algorithm>
#include <cstddef>
#include <span>
#include <tuple>
#include <utility>

#include "matcher/placement/linked_pairs.h"
#include "matcher/placement/regional_caps.h"
#include "matcher/placement/reserves.h"
#include "matcher/placement/wish_table.h"

namespace troupe {
namespace {

using Kind = Breach::Kind;

// Who sits at a program, with its place in the list of who ranks there.
struct Seated {
  uint32_t place;
  uint32_t graduate;

  friend bool operator<(const Seated& a, const Seated& b) {
    return std::tie(a.place, a.graduate) < std::tie(b.place, b.graduate);
  }
};

class PlacementCheck {
 public:
  PlacementCheck(const Instance& instance, Mechanism mechanism,
                 const std::vector<uint32_t>& program_of)
      : instance_(instance),
        mechanism_(mechanism),
        program_of_(program_of),
        table_(instance, PairedWishes(instance)),
        seated_(instance.programs.size()),
        worst_of_studio_(instance.studios.size(), 0),
        of_studio_(instance.studios.size(), 0),
        of_region_(instance.regions.size(), 0),
        is_paired_(instance.graduates.size(), false),
        kinds_(instance),
        targets_(TargetsOf(instance)) {
    for (const LinkedPair& pair : instance.pairs) {
      is_paired_[pair.first] = is_paired_[pair.second] = true;
    }
  }

  std::vector<Breach> Run() {
    if (program_of_.size() != table_.size()) return {{.kind = Kind::kUnknownProgram}};
    SeatEverybody();
    CheckPrograms();
    CheckStudios();
    CheckRegions();
    for (uint32_t graduate = 0; graduate < program_of_.size(); ++graduate) {
      if (!is_paired_[graduate]) CheckWishes(graduate);
    }
    for (uint32_t pair = 0; pair < instance_.pairs.size(); ++pair) CheckPair(pair);
    return std::move(found_);
  }

 private:
  uint32_t StudioOf(uint32_t program) const { return instance_.programs[program].studio; }
  uint32_t RegionOf(uint32_t program) const { return instance_.programs[program].region; }
  int64_t CountAt(uint32_t program) const { return static_cast<int64_t>(seated_[program].size()); }
  bool HasSeat(uint32_t program) const {
    return CountAt(program) < instance_.programs[program].capacity;
  }

  void SeatEverybody() {
    for (uint32_t graduate = 0; graduate < program_of_.size(); ++graduate) {
      const uint32_t program = program_of_[graduate];
      if (program == kNoRow) continue;
      if (program >= instance_.programs.size()) {
        found_.push_back({.kind = Kind::kUnknownProgram, .graduate = graduate});
        continue;
      }
      const uint32_t place = PlaceAt(table_, graduate, program);
      if (place == kNoRow) {
        found_.push_back({.kind = Kind::kUnacceptable, .graduate = graduate, .program = program});
        continue;
      }
      seated_[program].push_back({place, graduate});
      if (RegionOf(program) != kNoRow) ++of_region_[RegionOf(program)];
      if (const uint32_t studio = StudioOf(program); studio != kNoRow) {
        ++of_studio_[studio];
        worst_of_studio_[studio] = std::max(worst_of_studio_[studio], place);
      }
    }
    for (std::vector<Seated>& seated : seated_) std::sort(seated.begin(), seated.end());
  }

  void CheckPrograms() {
    for (uint32_t program = 0; program < seated_.size(); ++program) {
      if (CountAt(program) > instance_.programs[program].capacity) {
        found_.push_back({.kind = Kind::kProgramOverfull, .program = program});
      }
      if (!kinds_.HasReserves(program)) continue;
      const std::vector<uint32_t>& seats = kinds_.SeatEach(program, GraduatesAt(program));
      if (std::count(seats.begin(), seats.end(), kNoRow) == 0) continue;
      found_.push_back({.kind = Kind::kReserveMisfilled, .program = program});
    }
  }

  void CheckStudios() {
    for (uint32_t studio = 0; studio < of_studio_.size(); ++studio) {
      if (of_studio_[studio] <= instance_.studios[studio].capacity) continue;
      found_.push_back({.kind = Kind::kStudioOverfull, .row = studio});
    }
  }

  void CheckRegions() {
    for (uint32_t region = 0; region < of_region_.size(); ++region) {
      if (of_region_[region] > instance_.regions[region].cap) {
        found_.push_back({.kind = Kind::kRegionAboveCap, .row = region});
      }
      if (of_region_[region] < instance_.regions[region].floor) {
        found_.push_back({.kind = Kind::kRegionBelowFloor, .row = region});
      }
    }
  }

  void CheckWishes(uint32_t graduate) {
    const Kind kind = mechanism_ == Mechanism::kFloors ? Kind::kEnvy : Kind::kBlocking;
    const uint32_t own = program_of_[graduate];
    const bool have_ties = instance_.wishes.HasTies();
    for (const Wish& wish : table_[graduate]) {
      if (wish.program == own) {
        if (!have_ties) return;
        continue;
      }
      if (have_ties && !(WishRank(graduate, wish.program) < WishRank(graduate, own))) continue;
      if (!WouldTake(graduate, wish)) continue;
      found_.push_back({.kind = kind, .graduate = graduate, .program = wish.program});
    }
  }

  uint32_t WishRank(uint32_t graduate, uint32_t program) const {
    const std::span<const uint32_t> list = instance_.wishes[graduate];
    for (size_t i = 0; i < list.size(); ++i) {
      if (list[i] == program) return instance_.wishes.RankAt(graduate, i);
    }
    return kNoRow;
  }

  // True if the program would rather have the graduate, in the mechanism's sense.
  bool WouldTake(uint32_t graduate, const Wish& wish) {
    switch (mechanism_) {
      case Mechanism::kStudentProject: return StudioWouldTake(graduate, wish);
      case Mechanism::kReserves: return SomeSeatIsFor(graduate, wish);
      case Mechanism::kRegionalCaps: return RegionWouldTake(graduate, wish);
      case Mechanism::kFloors: return IsAboveSomebody(wish);
      default: return HasSeat(wish.program) || IsAboveSomebody(wish);
    }
  }

  // By rank, for kLargestStable; elsewhere a rank is a place.
  bool IsAboveSomebody(const Wish& wish) const {
    if (seated_[wish.program].empty()) return false;
    const Ranker ranker = RankerOf(instance_, wish.program);
    return ranker.lists->RankAt(ranker.row, wish.place) <
           ranker.lists->RankAt(ranker.row, seated_[wish.program].back().place);
  }

  bool StudioWouldTake(uint32_t graduate, const Wish& wish) const {
    const uint32_t studio = StudioOf(wish.program);
    if (studio == kNoRow || !HasSeat(wish.program)) {
      return HasSeat(wish.program) || IsAboveSomebody(wish);
    }
    if (of_studio_[studio] < instance_.studios[studio].capacity) return true;
    const uint32_t own = program_of_[graduate];
    const bool is_own_studio = own < seated_.size() && StudioOf(own) == studio;
    return is_own_studio || wish.place < worst_of_studio_[studio];
  }

  bool SomeSeatIsFor(uint32_t graduate, const Wish& wish) {
    if (!kinds_.HasReserves(wish.program)) {
      return HasSeat(wish.program) || IsAboveSomebody(wish);
    }
    std::vector<Seated> with = seated_[wish.program];
    const Seated own = {wish.place, graduate};
    const auto at = with.insert(std::lower_bound(with.begin(), with.end(), own), own);
    const auto position = static_cast<size_t>(at - with.begin());
    std::vector<uint32_t> graduates;
    for (const Seated& seated : with) graduates.push_back(seated.graduate);
    return kinds_.SeatEach(wish.program, graduates)[position] != kNoRow;
  }

  bool RegionWouldTake(uint32_t graduate, const Wish& wish) const {
    if (IsAboveSomebody(wish)) return true;
    if (!HasSeat(wish.program)) return false;
    const uint32_t region = RegionOf(wish.program);
    if (region == kNoRow || of_region_[region] < instance_.regions[region].cap) return true;
    const uint32_t own = program_of_[graduate];
    if (own >= seated_.size() || RegionOf(own) != region) return false;
    return CountAt(wish.program) + 1 - targets_[wish.program] <= CountAt(own) - 1 - targets_[own];
  }

  void CheckPair(uint32_t row) {
    const LinkedPair& pair = instance_.pairs[row];
    const ProgramPair own = {program_of_[pair.first], program_of_[pair.second]};
    const auto at = std::find(pair.wishes.begin(), pair.wishes.end(), own);
    const bool is_unplaced = own == ProgramPair{};
    if (at == pair.wishes.end() && !is_unplaced) {
      found_.push_back({.kind = Kind::kSplitPair, .row = row});
    }
    for (uint32_t wish = 0; wish < static_cast<size_t>(at - pair.wishes.begin()); ++wish) {
      if (!WouldTakeBoth(pair, pair.wishes[wish])) continue;
      found_.push_back({.kind = Kind::kBlockingPair, .graduate = wish, .row = row});
    }
  }

  bool WouldTakeBoth(const LinkedPair& pair, const ProgramPair& wish) const {
    const uint32_t first = PlaceAt(table_, pair.first, wish.first);
    const uint32_t second = PlaceAt(table_, pair.second, wish.second);
    if (wish.first == wish.second) {
      return HasRoom(pair, wish.first, std::max(first, second), 2);
    }
    return HasRoom(pair, wish.first, first, 1) && HasRoom(pair, wish.second, second, 1);
  }

  // For so many members, the worse of whom has that place, beside those ranked above.
  bool HasRoom(const LinkedPair& pair, uint32_t program, uint32_t place, int64_t members) const {
    int64_t above = 0;
    for (const Seated& seated : seated_[program]) {
      const bool is_member = seated.graduate == pair.first || seated.graduate == pair.second;
      above += !is_member && seated.place < place;
    }
    return above + members <= instance_.programs[program].capacity;
  }

  std::vector<uint32_t> GraduatesAt(uint32_t program) const {
    std::vector<uint32_t> graduates;
    for (const Seated& seated : seated_[program]) graduates.push_back(seated.graduate);
    return graduates;
  }

  const Instance& instance_;
  const Mechanism mechanism_;
  const std::vector<uint32_t>& program_of_;
  const WishTable table_;
  std::vector<std::vector<Seated>> seated_;  // By program, best first.
  std::vector<uint32_t> worst_of_studio_;    // Places.
  std::vector<int64_t> of_studio_;           // Counts.
  std::vector<int64_t> of_region_;
  std::vector<bool> is_paired_;  // By graduate.
  SeatKinds kinds_;
  const std::vector<int64_t> targets_;
  std::vector<Breach> found_;
};

}  // namespace

absl::string_view BreachWord(Breach::Kind kind) {
  switch (kind) {
    case Kind::kUnknownProgram: return "unknown_program";
    case Kind::kUnacceptable: return "unacceptable";
    case Kind::kProgramOverfull: return "program_overfull";
    case Kind::kStudioOverfull: return "studio_overfull";
    case Kind::kRegionAboveCap: return "region_above_cap";
    case Kind::kRegionBelowFloor: return "region_below_floor";
    case Kind::kReserveMisfilled: return "reserve_misfilled";
    case Kind::kSplitPair: return "split_pair";
    case Kind::kBlocking: return "blocking";
    case Kind::kBlockingPair: return "blocking_pair";
    case Kind::kEnvy: return "envy";
    case Kind::kNotBest: return "not_best";
    case Kind::kWrongCutoff: return "wrong_cutoff";
  }
  return "";
}

std::vector<Breach> BreachesOf(const Instance& instance, Mechanism mechanism,
                               const std::vector<uint32_t>& program_of) {
  return PlacementCheck(instance, mechanism, program_of).Run();
}

std::vector<Breach> BreachesOf(const Instance& instance, Mechanism mechanism,
                               const Placement& placement) {
  std::vector<Breach> found = BreachesOf(instance, mechanism, placement.program_of);
  const auto is_unknown = [](const Breach& breach) { return breach.kind == Kind::kUnknownProgram; };
  if (std::any_of(found.begin(), found.end(), is_unknown)) return found;
  if (WithCutoffs(instance, placement.program_of) != placement) {
    found.push_back({.kind = Kind::kWrongCutoff});
  }
  return found;
}

}  // namespace troupe
