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
    if (is_new) reaches_.push_back(at->first);
    return at->second;
  }
  const Reach& At(uint32_t number) const { return reaches_[number]; }
  std::vector<Reach> Take() { return std::move(reaches_); }

 private:
  absl::btree_map<Reach, uint32_t> numbers_;
  std::vector<Reach> reaches_;  // By number.
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

// That of the highest level, of such the longest held. Null: none is held.
const RoleRow* MainRoleOf(const ProfileView& view) {
  const RoleRow* main = nullptr;
  for (const RoleRow& row : view.roles) {
    if (row.grow_into || row.role < 0) continue;
    const bool is_more = main == nullptr || std::tuple(row.level + 0, row.years) >
                                                std::tuple(main->level + 0, main->years);
    if (is_more) main = &row;
  }
  return main;
}

// The roles of the market that a person holds.
std::vector<Craft> CraftsOf(const ProfileView& view, const MarketShape& shape) {
  const RoleRow* main = MainRoleOf(view);
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

// Numbers people by whether they are the asker's and which courses they may take; 0: none.
class Entrants {
 public:
  Entrants(const CourseEntry& entry, const MarketShape& shape) : entry_(entry), shape_(shape) {
    groups_.emplace_back();
    others_.resize(entry.courses.size());
  }

  uint32_t GroupOf(const ProfileView& view, bool is_own, uint32_t home, const Reach& reach) {
    if (!entry_.homes.empty() && !entry_.homes[home]) return 0;
    std::vector<uint32_t> open;
    for (uint32_t i = 0; i < entry_.courses.size(); ++i) {
      if (MayTake(view, reach, entry_.courses[i])) open.push_back(i);
    }
    if (open.empty()) return 0;
    if (!is_own) {
      for (const uint32_t course : open) ++others_[course];
    }
    const auto [at, is_new] =
        numbers_.try_emplace({is_own, open}, static_cast<uint32_t>(groups_.size()));
    if (is_new) groups_.push_back(std::move(open));
    return at->second;
  }

  // Courses by group.
  std::vector<std::vector<uint32_t>> Take() {
    for (const auto& [key, group] : numbers_) {
      if (key.first) continue;
      std::erase_if(groups_[group], [&](uint32_t course) {
        return others_[course] < staffing::kFewestPeople;
      });
    }
    return std::move(groups_);
  }

 private:
  bool MayTake(const ProfileView& view, const Reach& reach,
               const CourseEntry::Course& course) const {
    if (shape_.RoleOf(course.role) == MarketShape::kNotThere) return false;
    bool wishes = !entry_.wishing_only;
    for (const RoleRow& row : view.roles) {
      if (row.role != static_cast<RoleIndex>(course.role)) continue;
      if (!row.grow_into) return false;
      wishes = true;
    }
    const uint32_t city = shape_.CityOf(course.row);
    return wishes && (reach.home == city ||
                      std::any_of(reach.away.begin(), reach.away.end(),
                                  [&](const Destination& to) { return to.city == city; }));
  }

  const CourseEntry& entry_;
  const MarketShape& shape_;
  absl::btree_map<std::pair<bool, std::vector<uint32_t>>, uint32_t> numbers_;
  std::vector<std::vector<uint32_t>> groups_;  // Courses.
  std::vector<int64_t> others_;                // Who may take it, by course.
};

// Gathers everybody: the asker's own people, and others twice: as what they can do, and
// as whom areas are made of.
class Gathering {
 public:
  Gathering(const Pool& pool, Term asker, const WorkPlaces& places, const MarketShape& shape,
            const WeekRange& weeks, const TravelRates& rates, const CourseEntry* entry)
      : asker_(asker),
        places_(places),
        shape_(shape),
        acceptance_(pool, asker),
        calendars_(weeks, pool.today()),
        willingness_(places, shape, rates),
        own_(weeks.weeks),
        others_(weeks.weeks),
        others_in_rows_(1) {
    if (entry != nullptr) entrants_.emplace(*entry, shape);
  }

  void Add(const ProfileView& view) {
    const std::vector<Craft> crafts = CraftsOf(view, shape_);
    if (crafts.empty() && !entrants_.has_value()) return;
    const Willingness::Numbers reach = willingness_.Of(view);
    const bool is_own = view.scalars->owner == asker_;
    const uint32_t group = GroupOf(view, is_own, reach.in_market);
    if (crafts.empty() && group == 0) return;
    const std::vector<uint8_t> free = calendars_.FreeDaysOf(view);
    staffing::Person person = {.reach = reach.in_market,
                               .crafts = crafts,
                               .acceptance_millionths = acceptance_.ChanceOf(view),
                               .free_days = free,
                               .group = group};
    (is_own ? own_ : others_).Add(person);
    if (group != 0) NoteCandidate(view, is_own);
    (is_own ? own_people_ : other_people_) += 1;
    if (is_own || crafts.empty()) return;
    person.reach = reach.in_rows;
    person.group = 0;
    others_in_rows_.Add(person);
  }

  PeopleSupply Finish() {
    PeopleSupply supply = {.reaches = willingness_.in_market().Take(),
                           .own_only = std::vector<bool>(shape_.roles().size())};
    AddAreas(supply);
    std::vector<uint32_t> type_of_own, type_of_other;
    supply.people = own_.Types(&type_of_own);
    std::vector<PeopleType> others = others_.Types(&type_of_other);
    std::vector<uint32_t> kept_as(others.size());
    for (size_t i = 0; i < others.size(); ++i) {
      PeopleType& type = others[i];
      std::erase_if(type.crafts, [&](const Craft& craft) { return supply.own_only[craft.role]; });
      kept_as[i] = static_cast<uint32_t>(supply.people.size());
      if (!type.crafts.empty() || type.group != 0) supply.people.push_back(std::move(type));
    }
    for (Candidate& candidate : candidates_) {  // Whose type is a person's number so far.
      candidate.type = candidate.is_own ? type_of_own[candidate.type]
                                        : kept_as[type_of_other[candidate.type]];
    }
    if (!entrants_.has_value()) return supply;
    supply.courses_of_group = entrants_->Take();
    std::erase_if(candidates_, [&](const Candidate& candidate) {
      return supply.courses_of_group[supply.people[candidate.type].group].empty();
    });
    supply.candidates = std::move(candidates_);
    return supply;
  }

 private:
  uint32_t GroupOf(const ProfileView& view, bool is_own, uint32_t reach) {
    if (!entrants_.has_value()) return 0;
    return entrants_->GroupOf(view, is_own, places_.RowOf(view.scalars->home),
                              willingness_.in_market().At(reach));
  }

  void NoteCandidate(const ProfileView& view, bool is_own) {
    const RoleRow* main = MainRoleOf(view);
    candidates_.push_back(
        {.profile = view.scalars->id,
         .type = is_own ? own_people_ : other_people_,
         .main_role = main == nullptr ? PeopleSupply::kNoRole : static_cast<uint32_t>(main->role),
         .is_own = is_own});
  }

  void AddAreas(PeopleSupply& supply) {
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
  std::optional<Entrants> entrants_;  // None: nobody learns anything.
  std::vector<Candidate> candidates_;
  uint32_t own_people_ = 0, other_people_ = 0;  // Added so far.
};

}  // namespace

int32_t TravelRates::CostOfDay(int32_t km) const {
  const int64_t fare = int64_t{2} * yuan_per_1000_km * km / 1'000;
  return yuan_per_day + static_cast<int32_t>(fare / days_of_stay);
}

absl::StatusOr<PeopleSupply> PeopleFor(const Pool& pool, Term asker, const WorkPlaces& places,
                                       const MarketShape& shape, const WeekRange& weeks,
                                       const TravelRates& rates, const CourseEntry* entry,
                                       const StopToken& stop) {
  Gathering gathering(pool, asker, places, shape, weeks, rates, entry);
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
