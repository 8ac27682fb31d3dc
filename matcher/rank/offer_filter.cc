#include "matcher/rank/offer_filter.h"

#include <algorithm>
#include <limits>

#include "matcher/domain/calendar.h"
#include "matcher/domain/gazetteer.h"
#include "matcher/domain/role_taxonomy.h"
#include "matcher/domain/travel_rule.h"
#include "matcher/rank/eligibility.h"
#include "matcher/rank/set_positions.h"
#include "matcher/rank/work_plan.h"

namespace troupe {
namespace {

constexpr int16_t kLeast = std::numeric_limits<int16_t>::min();
constexpr size_t kStrip = OfferBlock::kStripRows;

uint32_t NeedsMet(const ProfileView& view) {
  uint32_t bits = 0;
  for (Term language : view.languages) bits |= OfferSketch::NeedBit(language);
  for (Term credential : view.credentials) bits |= OfferSketch::NeedBit(credential);
  for (const SkillRow& skill : view.skills) bits |= OfferSketch::NeedBit(skill.skill);
  return bits;
}

bool HasAll(absl::Span<const Term> has, absl::Span<const Term> needs) {
  return std::all_of(needs.begin(), needs.end(), [&](Term need) {
    return std::find(has.begin(), has.end(), need) != has.end();
  });
}

}  // namespace

OfferFilter::OfferFilter(const ProfileView& view, Day as_of, const PastWork& past_work,
                         bool include_attached)
    : view_(view), as_of_(as_of) {
  side_.has = OfferBlock::NeedsCode(NeedsMet(view));
  CountBusyDays();
  if (include_attached) return;
  past_work.ForEachAttachment(view.scalars->id,
                              [this](uint32_t people) { attached_.push_back(people); });
}

bool OfferFilter::IsAttached(uint32_t people) const {
  return std::binary_search(attached_.begin(), attached_.end(), people);
}

// Some days at a time, also beyond those that it is about, which are written again
// by what comes next.
void OfferFilter::CountBusyDays() {
  const auto day_of = [this](Day date) {
    return static_cast<size_t>(std::clamp(date - as_of_, 0, kCalendarHorizonDays));
  };
  // Days [day, limit), each `step` busy days more than the one before, from `busy` on.
  const auto write = [this](size_t day, size_t limit, int16_t busy, int16_t step) {
    for (; day < limit; day += kDaysAtOnce) {
      for (size_t i = 0; i < kDaysAtOnce; ++i) {
        busy_before_[day + i] = static_cast<int16_t>(busy + step * static_cast<int16_t>(i));
      }
      busy = static_cast<int16_t>(busy + step * static_cast<int16_t>(kDaysAtOnce));
    }
  };
  int16_t busy = 0;
  size_t day = 0;  // The counts before it are known.
  for (const DaySpan& span : view_.busy.spans) {
    const size_t start = day_of(span.start);
    const size_t limit = day_of(span.limit);
    write(day, start, busy, 0);
    write(start, limit, busy, 1);
    busy = static_cast<int16_t>(busy + static_cast<int16_t>(limit - start));
    day = limit;
  }
  write(day, kCalendarHorizonDays + 1, busy, 0);
}

void OfferFilter::StartRole(const RoleRow& role) {
  const ProfileScalars& scalars = *view_.scalars;
  comes_anywhere_ = scalars.travels_anywhere != 0 ||
                    ShippedRoles().roles()[static_cast<size_t>(role.role)].remote_capable;
  const bool has_rate = role.day_rate().IsStated();
  side_.units = has_rate ? OfferBlock::UnitsCode(role.day_rate().units) : kLeast;
  side_.currency = OfferBlock::CurrencyMark(role.day_rate().currency);
  side_.compared = has_rate ? OfferBlock::kCurrencyBits : int16_t{0};
  side_.accepted = static_cast<int16_t>(OfferBlock::AcceptBit(scalars.gender) |
                                        (role.grow_into ? OfferBlock::kTrainees : 0));
  const bool has_age = scalars.playing_age_from != kNone;
  side_.age_from = scalars.playing_age_from;
  side_.age_to = has_age ? scalars.playing_age_to : kLeast;
  side_.height = scalars.height_cm != kNone ? scalars.height_cm : kLeast;
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
  if (place == kNone) return true;
  Reach& reach = reach_[static_cast<size_t>(place)];
  if (reach == Reach::kNotAsked) reach = WorksAt(place) ? Reach::kYes : Reach::kNo;
  return reach == Reach::kYes;
}

void OfferFilter::AddStretches(const OfferBlock& block, Stretches& stretches) {
  Stretch stretch;
  const auto add = [&] {
    if (stretch.first == stretch.limit) return;
    block.Fetch(stretch.first, stretch.limit);
    stretches.push_back(stretch);
  };
  for (const OfferBlock::Run& run : block.runs()) {
    if (!comes_anywhere_ && !ComesTo(run.place)) continue;
    if (run.first != stretch.limit) {
      add();
      stretch.first = run.first;
    }
    stretch.limit = run.limit;
  }
  add();
}

absl::Span<const OfferBlock::RowNumber> OfferFilter::Passing(
    const OfferBlock& block, absl::Span<const Stretch> stretches) {
  count_ = 0;
  for (const Stretch& stretch : stretches) TestRows(block, stretch);
  KeepFree();
  return absl::MakeConstSpan(passing_.data(), count_);
}

// By strips, also the rows around them: the rows asked for are seldom as many.
void OfferFilter::TestRows(const OfferBlock& block, Stretch stretch) {
  const size_t begin = stretch.first / kStrip * kStrip;
  const size_t end = (stretch.limit + kStrip - 1) / kStrip * kStrip;
  TestStrips(block, begin, end);
  std::fill(&passes_[begin], &passes_[stretch.first], uint8_t{0});
  std::fill(&passes_[stretch.limit], &passes_[end], uint8_t{0});
  const OfferBlock::RowNumber* const limit =
      WriteSetPositions(passes_.data(), begin, end, &passing_[count_]);
  count_ = static_cast<size_t>(limit - passing_.data());
}

// Without branches on what is in a row, so that it is done for many at a time; with
// room of its own: for all that a compiler knows, what is written to members
// changes others.
void OfferFilter::TestStrips(const OfferBlock& block, size_t begin, size_t end) {
  const Side side = side_;
  const auto today = static_cast<uint16_t>(as_of_.since_epoch());
  // Who is not findable is so for the owner alone.
  const bool is_findable = view_.scalars->findability == Findability::kFindable;
  const int16_t owner = OfferBlock::OwnerMark(view_.scalars->owner);
  std::array<int16_t, kStrip> passes, starts, ends, spares;
  for (size_t row = begin; row < end; row += kStrip) {
    const OfferBlock::Strip& strip = block.StripOf(row);
    for (size_t i = 0; i < kStrip; ++i) {
      const int16_t accepts = strip.accepts[i];
      const auto currency = static_cast<int16_t>(accepts & side.compared);
      passes[i] = static_cast<int16_t>((strip.ceiling[i] >= side.units) &
                                       ((currency == 0) | (currency == side.currency)) &
                                       ((accepts & side.accepted) == side.accepted) &
                                       ((strip.needs[i] & ~side.has) == 0));
    }
    if (const OfferBlock::CastingStrip* casting = block.CastingOf(row)) {
      for (size_t i = 0; i < kStrip; ++i) {
        passes[i] &= static_cast<int16_t>(
            (side.age_from <= casting->age_to[i]) & (side.age_to >= casting->age_from[i]) &
            (side.height >= casting->height_from[i]) & (side.height <= casting->height_to[i]));
      }
    }
    if (!is_findable) {
      const OfferBlock::OwnerStrip& owners = block.OwnersOf(row);
      for (size_t i = 0; i < kStrip; ++i) {
        passes[i] &= static_cast<int16_t>(owners[i] == owner);
      }
    }
    // Passed are those with a day to come that calendars reach to. In 16 bits, which
    // differences of days wrap around in: those of a window that calendars reach do
    // not, and no other one comes to lie there.
    for (size_t i = 0; i < kStrip; ++i) {
      const auto ahead = static_cast<int16_t>(strip.window_limit[i] - today);
      const auto start = static_cast<int16_t>(strip.window_start[i] - today);
      const auto is_ahead =
          static_cast<int16_t>(-((ahead > 0) & (ahead <= kCalendarHorizonDays)));  // All bits.
      const auto has_none = static_cast<int16_t>(strip.window_limit[i] == OfferBlock::kNoWindow);
      const int16_t from = std::max(start, int16_t{0});
      const auto days = static_cast<int16_t>(ahead - from);
      const int16_t needed = std::min(strip.free_days[i], days);
      starts[i] = from & is_ahead;
      ends[i] = ahead & is_ahead;
      spares[i] = static_cast<int16_t>(days - needed) & is_ahead;
      passes[i] &= static_cast<int16_t>((is_ahead | has_none) & 1);
    }
    for (size_t i = 0; i < kStrip; ++i) passes_[row + i] = static_cast<uint8_t>(passes[i]);
    std::copy(starts.begin(), starts.end(), &from_[row]);
    std::copy(ends.begin(), ends.end(), &to_[row]);
    std::copy(spares.begin(), spares.end(), &spare_[row]);
  }
}

// Keeps of the passing rows those whose days are free.
void OfferFilter::KeepFree() {
  // By themselves: for all that a compiler knows, what is written changes members.
  const int16_t* const busy_before = busy_before_.data();
  const int16_t* const from = from_.data();
  const int16_t* const to = to_.data();
  const int16_t* const spare = spare_.data();
  OfferBlock::RowNumber* const rows = passing_.data();
  const size_t count = count_;
  size_t kept = 0;
  for (size_t at = 0; at < count; ++at) {
    const OfferBlock::RowNumber row = rows[at];
    rows[kept] = row;
    kept += busy_before[to[row]] - busy_before[from[row]] <= spare[row] ? 1 : 0;
  }
  count_ = kept;
}

bool OfferFilter::IsFit(const OfferBlock& block, uint32_t row, const RoleRow& role) const {
  const OfferSketch& sketch = block.sketch(row);
  const OfferRecord& record = block.record(row);
  if (IsAttached(sketch.people)) return false;
  const Amount ceiling = record.ceiling();
  if (ceiling.IsStated() && role.day_rate().IsStated()) {
    if (role.day_rate().currency != ceiling.currency) return false;
    if (role.day_rate().IsMoreThan(ceiling)) return false;
  }
  if (record.owner() != view_.scalars->owner) {
    if ((sketch.flags & OfferSketch::kHidden) != 0) return false;
    if (view_.scalars->findability != Findability::kFindable) return false;
    if (std::binary_search(view_.blocked_organizations.begin(),
                           view_.blocked_organizations.end(), record.owner())) {
      return false;
    }
  }
  if ((sketch.flags & OfferSketch::kBlocksSome) != 0 && IsBlocked(block, row)) return false;
  return (sketch.needs == 0 || IsMet(block, row)) && IsFree(block, row, role);
}

// The columns have counted the free days of one window; what they have not looked
// at are days of travel, which days they are, and whether as many are left of a
// window that has begun.
bool OfferFilter::IsFree(const OfferBlock& block, uint32_t row, const RoleRow& role) const {
  const OfferBlock::Strip& strip = block.StripOf(row);
  const size_t at = row % kStrip;
  if (strip.window_limit[at] == OfferBlock::kNoWindow) return true;
  const OfferSketch& sketch = block.sketch(row);
  const bool is_remote = ShippedRoles().roles()[static_cast<size_t>(role.role)].remote_capable;
  const int32_t travel_days =
      is_remote ? 0 : TravelDays(view_.scalars->home, sketch.place);
  const bool is_a_run = (sketch.flags & OfferSketch::kContiguous) != 0;
  const bool has_begun = strip.window_start[at] < as_of_.since_epoch();
  if (travel_days == 0 && !is_a_run && !has_begun &&
      strip.free_days[at] != OfferBlock::kBlocks) {
    return true;
  }
  if (strip.free_days[at] == OfferBlock::kBlocks) {
    return WorkPlan(*block.rows()[row], as_of_).IsMetBy(view_.busy, travel_days);
  }
  const auto rule = strip.free_days[at] == OfferBlock::kAllDays ? Window::Rule::kAllDays
                    : is_a_run ? Window::Rule::kContiguousDays
                               : Window::Rule::kAnyDays;
  const DaySpan window{Day(strip.window_start[at]), Day(strip.window_limit[at])};
  return WorkPlan(window, rule, strip.free_days[at], as_of_)
      .IsMetBy(view_.busy, travel_days);
}

bool OfferFilter::IsMet(const OfferBlock& block, uint32_t row) const {
  const OfferWords words = block.record(row).words();
  if (!HasAll(view_.languages, words.languages)) return false;
  if (!HasAll(view_.credentials, words.credentials)) return false;
  return std::all_of(words.skills.begin(), words.skills.end(), [&](const WantedSkillRow& want) {
    if (!want.required) return true;
    return std::any_of(view_.skills.begin(), view_.skills.end(), [&](const SkillRow& skill) {
      return skill.skill == want.skill && skill.level >= want.level;
    });
  });
}

bool OfferFilter::IsBlocked(const OfferBlock& block, uint32_t row) const {
  const Demand& demand = *block.rows()[row];
  if (std::binary_search(demand.blocked_profiles.begin(), demand.blocked_profiles.end(),
                         view_.scalars->id)) {
    return true;
  }
  return demand.scalars.owner != view_.scalars->owner &&
         std::binary_search(demand.blocked_organizations.begin(),
                            demand.blocked_organizations.end(), view_.scalars->owner);
}

}  // namespace troupe
