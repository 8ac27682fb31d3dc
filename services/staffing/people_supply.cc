#include "services/staffing/people_supply.h"

#include <algorithm>
#include <cstddef>
#include <iterator>
#include <memory>
#include <optional>
#include <span>
#include <tuple>
#include <utility>

#include "absl/container/btree_map.h"
#include "absl/container/flat_hash_map.h"
#include "absl/container/inlined_vector.h"
#include "matcher/base/status_macros.h"
#include "matcher/domain/gazetteer.h"
#include "matcher/rank/acceptance.h"
#include "matcher/rank/eligibility.h"
#include "matcher/staffing/census.h"

namespace troupe {
namespace {

using staffing::Area;
using staffing::Craft;
using staffing::Destination;
using staffing::Market;
using staffing::PeopleType;
using staffing::Reach;

// Profiles between two looks at whether anybody still waits.
constexpr uint32_t kProfilesPerLook = 4'096;
// What keeps people in their main role where nothing is lost by that.
constexpr int32_t kReluctance = 1;

// Reaches as they come, each once.
class Reaches {
 public:
  uint32_t NumberOf(Reach reach) {
    const auto [at, is_new] =
        numbers_.try_emplace(std::move(reach), static_cast<uint32_t>(numbers_.size()));
    return at->second;
  }
  std::vector<Reach> Take() {
    std::vector<Reach> reaches(numbers_.size());
    for (const auto& [reach, number] : numbers_) reaches[number] = reach;
    return reaches;
  }

 private:
  absl::btree_map<Reach, uint32_t> numbers_;
};

// How likely people are to accept, as Match.acceptance_millionths says.
class Acceptance {
 public:
  Acceptance(const Pool& pool, Term asker)
      : tallies_(pool.outcomes().Of(asker)),
        market_(AnswersOf(pool.CountHolds(),
                          tallies_ == nullptr ? OutcomeTally() : tallies_->total())) {}

  int64_t ChanceOf(const ProfileView& view) const {
    const OutcomeTally own =
        tallies_ == nullptr ? OutcomeTally() : tallies_->Of(view.scalars->id);
    return AcceptanceChance(AnswersOf(HoldsOf(view), own), market_);
  }

 private:
  const std::shared_ptr<const OrganizationTallies> tallies_;
  const Answers market_;
};

// Where people are willing to work. People with the same answer share it.
class Willingness {
 public:
  struct Numbers {
    uint32_t in_market;  // Of in_market().
    uint32_t in_rows;    // Of in_rows(), which no request changes.
  };

  Willingness(const WorkPlaces& places, const MarketShape& shape, const TravelRates& rates)
      : places_(places), shape_(shape), rates_(rates) {}

  Numbers Of(const ProfileView& view) {
    const ProfileScalars& person = *view.scalars;
    Key key = {person.home, person.radius_km, person.travels_anywhere};
    if (!person.travels_anywhere) {
      key.insert(key.end(), view.travel_places.begin(), view.travel_places.end());
    }
    const auto [at, is_new] = numbers_.try_emplace(std::move(key));
    if (is_new) at->second = Find(view);
    return at->second;
  }

  Reaches& in_market() { return in_market_; }
  Reaches& in_rows() { return in_rows_; }

 private:
  using Key = absl::InlinedVector<int32_t, 8>;

  bool GoesTo(const ProfileView& view, PlaceIndex place) const {
    const ProfileScalars& person = *view.scalars;
    if (person.travels_anywhere) return true;
    const int32_t distance = DistanceKm(person.home, place);
    if (distance >= 0 && distance <= person.radius_km) return true;
    const Gazetteer& all = ShippedPlaces();
    return std::any_of(view.travel_places.begin(), view.travel_places.end(), [&](PlaceIndex to) {
      return all.IsWithin(place, to) || all.IsWithin(to, place);
    });
  }

  Numbers Find(const ProfileView& view) {
    const uint32_t home = places_.RowOf(view.scalars->home);
    Reach rows = {.home = home};
    Reach market = {.home = shape_.HomeOf(home)};
    for (uint32_t row = 0; row < places_.named(); ++row) {
      if (row == home || !GoesTo(view, places_.PlaceAt(row))) continue;
      rows.away.push_back({.city = row});
      const uint32_t city = shape_.CityOf(row);
      if (city != MarketShape::kNotThere) market.away.push_back({city, CostTo(home, row)});
    }
    // Work from anywhere takes nobody from home.
    rows.away.push_back({.city = places_.anywhere()});
    market.away.push_back({.city = shape_.CityOf(places_.anywhere())});
    std::sort(market.away.begin(), market.away.end());
    return {in_market_.NumberOf(std::move(market)), in_rows_.NumberOf(std::move(rows))};
  }

  int32_t CostTo(uint32_t home, uint32_t row) const {
    if (home == places_.nowhere()) return rates_.CostOfDay(0);
    const int32_t km = DistanceKm(places_.PlaceAt(home), places_.PlaceAt(row));
    return km == 0 ? 0 : rates_.CostOfDay(km);
  }

  const WorkPlaces& places_;
  const MarketShape& shape_;
  const TravelRates rates_;
  absl::flat_hash_map<Key, Numbers> numbers_;
  Reaches in_market_, in_rows_;
};

// The days of the calendar on which nobody can be asked: past ones, and those that
// calendars do not reach.
class Calendars {
 public:
  Calendars(const WeekRange& weeks, Day today) : weeks_(weeks), today_(today) {}

  std::vector<uint8_t> FreeDaysOf(const ProfileView& view) const {
    const Day end = today_ + kCalendarHorizonDays;
    absl::InlinedVector<DaySpan, 16> busy;
    if (weeks_.first < today_) busy.push_back({weeks_.first, today_});
    for (const DaySpan& span : view.busy.spans) {
      const DaySpan held = {std::max(span.start, today_), std::min(span.limit, end)};
      if (!held.IsEmpty()) busy.push_back(held);
    }
    if (end < weeks_.limit()) busy.push_back({end, weeks_.limit()});
    return staffing::FreeDaysByWeek(std::span<const DaySpan>(busy.data(), busy.size()),
                                    weeks_.first, weeks_.weeks);
  }

 private:
  const WeekRange weeks_;
  const Day today_;
};

// The roles of the market that a person holds. The main one is that of the highest level,
// of such the longest held.
std::vector<Craft> CraftsOf(const ProfileView& view, const MarketShape& shape) {
  const RoleRow* main = nullptr;
  for (const RoleRow& row : view.roles) {
    if (row.grow_into || row.role < 0) continue;
    const bool is_more = main == nullptr || std::tuple(row.level + 0, row.years) >
                                                std::tuple(main->level + 0, main->years);
    if (is_more) main = &row;
  }
  std::vector<Craft> crafts;
  for (const RoleRow& row : view.roles) {
    if (row.grow_into || row.role < 0) continue;
    const uint32_t role = shape.RoleOf(static_cast<uint32_t>(row.role));
    if (role == MarketShape::kNotThere) continue;
    crafts.push_back({.role = role, .reluctance = &row == main ? 0 : kReluctance});
  }
  std::sort(crafts.begin(), crafts.end());
  return crafts;
}

// Gathers everybody: the asker's own people, and others twice: as what they can do, and
// as whom areas are made of.
class Gathering {
 public:
  Gathering(const Pool& pool, Term asker, const WorkPlaces& places, const MarketShape& shape,
            const WeekRange& weeks, const TravelRates& rates)
      : asker_(asker),
        places_(places),
        shape_(shape),
        acceptance_(pool, asker),
        calendars_(weeks, pool.today()),
        willingness_(places, shape, rates),
        own_(weeks.weeks),
        others_(weeks.weeks),
        others_in_rows_(1) {}

  void Add(const ProfileView& view) {
    const std::vector<Craft> crafts = CraftsOf(view, shape_);
    if (crafts.empty()) return;
    const Willingness::Numbers reach = willingness_.Of(view);
    const std::vector<uint8_t> free = calendars_.FreeDaysOf(view);
    staffing::Person person = {.reach = reach.in_market,
                               .crafts = crafts,
                               .acceptance_millionths = acceptance_.ChanceOf(view),
                               .free_days = free};
    const bool is_own = view.scalars->owner == asker_;
    (is_own ? own_ : others_).Add(person);
    if (is_own) return;
    person.reach = reach.in_rows;
    others_in_rows_.Add(person);
  }

  PeopleSupply Finish() {
    PeopleSupply supply = {.reaches = willingness_.in_market().Take(),
                           .own_only = std::vector<bool>(shape_.roles().size())};
    AddBlocks(supply);
    supply.people = own_.Types(nullptr);
    for (PeopleType& type : others_.Types(nullptr)) {
      std::erase_if(type.crafts, [&](const Craft& craft) { return supply.own_only[craft.role]; });
      if (!type.crafts.empty()) supply.people.push_back(std::move(type));
    }
    return supply;
  }

 private:
  void AddBlocks(PeopleSupply& supply) {
    Market rows = {.roles = std::vector<std::string>(shape_.roles().size()),
                   .reaches = willingness_.in_rows().Take(),
                   .people = others_in_rows_.Types(nullptr)};
    for (uint32_t row = 0; row < places_.rows(); ++row) {
      rows.cities.push_back({.region = places_.RegionOf(row)});
    }
    for (Area& area : staffing::AreasOf(rows)) {
      if (!area.is_hidden) {
        supply.areas.push_back(std::move(area));
        continue;
      }
      supply.own_only[area.role] = true;
      for (const uint32_t row : area.cities) {
        supply.areas.push_back({.role = area.role, .cities = {row}});
      }
    }
  }

  const Term asker_;
  const WorkPlaces& places_;
  const MarketShape& shape_;
  const Acceptance acceptance_;
  const Calendars calendars_;
  Willingness willingness_;
  staffing::Census own_, others_, others_in_rows_;
};

}  // namespace

int32_t TravelRates::CostOfDay(int32_t km) const {
  const int64_t fare = int64_t{2} * yuan_per_1000_km * km / 1'000;
  return yuan_per_day + static_cast<int32_t>(fare / days_of_stay);
}

absl::StatusOr<PeopleSupply> PeopleFor(const Pool& pool, Term asker, const WorkPlaces& places,
                                       const MarketShape& shape, const WeekRange& weeks,
                                       const TravelRates& rates, const StopToken& stop) {
  Gathering gathering(pool, asker, places, shape, weeks, rates);
  for (const LiveSegment& segment : pool.segments()) {
    for (uint32_t row = 0; row < segment->size(); ++row) {
      if (row % kProfilesPerLook == 0 && stop.StopRequested()) {
        return absl::CancelledError("the question was withdrawn");
      }
      if (!segment.IsLive(row)) continue;
      const ProfileView view = segment->ViewAt(row);
      if (IsVisibleTo(view, asker)) gathering.Add(view);
    }
  }
  return gathering.Finish();
}

}  // namespace troupe
