#include "matcher/rank/offer_filter.h"

#include <algorithm>
#include <bit>
#include <cstring>
#include <limits>

#include "matcher/domain/calendar.h"
#include "matcher/domain/gazetteer.h"
#include "matcher/domain/role_taxonomy.h"
#include "matcher/rank/eligibility.h"

namespace troupe {
namespace {

uint64_t NeedsMet(const ProfileView& view) {
  uint64_t bits = 0;
  for (Term language : view.languages) bits |= OfferBlock::NeedBit(language);
  for (Term credential : view.credentials) bits |= OfferBlock::NeedBit(credential);
  for (const SkillRow& skill : view.skills) bits |= OfferBlock::NeedBit(skill.skill);
  return bits;
}

}  // namespace

OfferFilter::OfferFilter(const ProfileView& view, const RoleRow& role, Day as_of)
    : view_(view), as_of_(as_of), reach_(ShippedPlaces().places().size()) {
  const ProfileScalars& scalars = *view.scalars;
  comes_anywhere_ = scalars.travels_anywhere != 0 ||
                    ShippedRoles().roles()[static_cast<size_t>(role.role)].remote_capable;
  side_.units = role.day_rate.IsStated() ? OfferBlock::Units(role.day_rate.units) : 0;
  side_.currency = OfferBlock::CurrencyMark(role.day_rate.currency);
  side_.has = NeedsMet(view);
  side_.accepted = OfferBlock::AcceptBit(scalars.gender);
  side_.accepted_too = role.grow_into ? OfferBlock::kTrainees : side_.accepted;
  side_.age_from = scalars.playing_age_from;
  side_.age_to = scalars.playing_age_to;
  side_.height = scalars.height_cm;
  busy_ = BitsOf(view.busy.spans, as_of);
  for (size_t word = 0; word < busy_.size(); ++word) {
    busy_before_[word + 1] =
        static_cast<int16_t>(busy_before_[word] + std::popcount(busy_[word]));
  }
}

bool OfferFilter::WorksAt(PlaceIndex place) const {
  if (place == kNone) return true;
  const int32_t distance = DistanceKm(view_.scalars->home, place);
  if (distance >= 0 && distance <= view_.scalars->radius_km) return true;
  return std::any_of(view_.travel_places.begin(), view_.travel_places.end(),
                     [&](PlaceIndex named) {
                       return named != kNone && ShippedPlaces().IsWithin(place, named);
                     });
}

bool OfferFilter::ComesTo(PlaceIndex place) {
  if (comes_anywhere_ || place == kNone) return true;
  Reach& reach = reach_[static_cast<size_t>(place)];
  if (reach == Reach::kNotAsked) reach = WorksAt(place) ? Reach::kYes : Reach::kNo;
  return reach == Reach::kYes;
}

// False if the person comes to none of the places.
bool OfferFilter::TestPlaces(const OfferBlock& block) {
  bool any = false;
  for (const OfferBlock::Run& run : block.runs()) {
    const bool comes = ComesTo(run.place);
    any |= comes;
    std::fill(passes_.begin() + run.first, passes_.begin() + run.limit, comes ? 1 : 0);
  }
  return any;
}

// Without branches, so that it runs over many rows at a time; over whole blocks,
// since the rows at one place are few.
void OfferFilter::TestColumns(const OfferBlock::Columns& columns) {
  const Side side = side_;
  const size_t count = columns.ceiling.size();
  uint8_t* const passes = passes_.data();
  const int32_t* const ceiling = columns.ceiling.data();
  const uint32_t* const currency = columns.currency.data();
  const uint32_t any_currency = side.currency == 0 ? 1u : 0u;
  for (size_t i = 0; i < count; ++i) {
    passes[i] &= static_cast<uint8_t>(
        (ceiling[i] >= side.units) &
        ((currency[i] == 0) | (currency[i] == side.currency) | (any_currency != 0)));
  }
  const uint8_t* const accepts = columns.accepts.data();
  for (size_t i = 0; i < count; ++i) {
    passes[i] &= static_cast<uint8_t>(((accepts[i] & side.accepted) != 0) &
                                      ((accepts[i] & side.accepted_too) != 0));
  }
  const int16_t* const age_from = columns.age_from.data();
  const int16_t* const age_to = columns.age_to.data();
  const int16_t* const height_from = columns.height_from.data();
  const int16_t* const height_to = columns.height_to.data();
  for (size_t i = 0; i < count; ++i) {
    passes[i] &= static_cast<uint8_t>(
        (side.age_from <= age_to[i]) & (side.age_to >= age_from[i]) &
        (side.height >= height_from[i]) & (side.height <= height_to[i]));
  }
}

int32_t OfferFilter::BusyBefore(int32_t day) const {
  const auto at = static_cast<uint32_t>(std::clamp(day, 0, kDayBits));
  const uint32_t word = at / 64;
  if (at % 64 == 0) return busy_before_[word];
  const uint64_t below = busy_[word] & ((uint64_t{1} << (at % 64)) - 1);
  return busy_before_[word] + std::popcount(below);
}

bool OfferFilter::PassesCalendar(const OfferBlock::Columns& columns, uint32_t row) const {
  const int32_t limit = columns.window_limit[row];
  if (limit == std::numeric_limits<int32_t>::max()) return true;  // No window.
  const int32_t from = std::max(columns.window_start[row] - as_of_.since_epoch(), 0);
  const int32_t to = limit - as_of_.since_epoch();
  if (to <= 0 || to > kCalendarHorizonDays) return false;
  const int32_t busy = BusyBefore(to) - BusyBefore(from);
  const int32_t free_days = columns.free_days[row];
  return free_days < 0 ? busy == 0 : to - from - busy >= free_days;
}

void OfferFilter::AddPassing(const OfferBlock& block, std::vector<uint32_t>& rows) {
  if (!TestPlaces(block)) return;
  const OfferBlock::Columns& columns = block.columns();
  TestColumns(columns);
  const auto count = static_cast<uint32_t>(block.rows().size());
  std::fill(passes_.begin() + count, passes_.end(), uint8_t{0});
  for (uint32_t first = 0; first < count; first += sizeof(uint64_t)) {
    uint64_t eight = 0;
    std::memcpy(&eight, passes_.data() + first, sizeof(eight));
    if (eight == 0) continue;
    for (uint32_t row = first; row < first + sizeof(eight); ++row) {
      if (passes_[row] == 0 || (columns.needs[row] & ~side_.has) != 0) continue;
      if (PassesCalendar(columns, row)) rows.push_back(row);
    }
  }
}

}  // namespace troupe
