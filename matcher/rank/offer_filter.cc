#include "matcher/rank/offer_filter.h"

#include <algorithm>
#include <cstring>
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

// Of a column, what is tested at once: all bits set where something holds, none where
// it does not. The same as days, which wrap around; and a byte each.
constexpr size_t kRowsAtOnce = 8;
using Rows = int16_t __attribute__((vector_size(2 * kRowsAtOnce)));
using Days = uint16_t __attribute__((vector_size(2 * kRowsAtOnce)));
using StripBytes = uint8_t __attribute__((vector_size(kStrip)));
static_assert(kStrip == 2 * kRowsAtOnce);

template <typename Column>
Rows Load(const Column& column, size_t at) {
  Rows rows;
  std::memcpy(&rows, &column[at], sizeof(rows));
  return rows;
}

// A byte for each of both, 1 where something holds.
StripBytes OnesOf(Rows first, Rows second) {
  return __builtin_shufflevector(reinterpret_cast<StripBytes>(first),
                                 reinterpret_cast<StripBytes>(second), 0, 2, 4, 6, 8, 10, 12, 14,
                                 16, 18, 20, 22, 24, 26, 28, 30) &
         uint8_t{1};
}

template <typename Values, typename Value>
void Store(const Values& values, Value* to) {
  std::memcpy(to, &values, sizeof(values));
}

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

// Without branches on what is in a row, and in as few instructions as there are: GCC
// makes twice as many of the same loop without vectors.
void OfferFilter::TestStrips(const OfferBlock& block, size_t begin, size_t end) {
  const Rows none{};
  const Rows units = none + side_.units;
  const Rows currency = none + side_.currency;
  const Rows compared = none + side_.compared;
  const Rows accepted = none + side_.accepted;
  const Rows missing = none + static_cast<int16_t>(~side_.has);
  const Rows age_from = none + side_.age_from;
  const Rows age_to = none + side_.age_to;
  const Rows height = none + side_.height;
  const Days today = Days{} + static_cast<uint16_t>(as_of_.since_epoch());
  const Rows beyond = none + int16_t{kCalendarHorizonDays + 1};
  const Rows no_window = none + static_cast<int16_t>(OfferBlock::kNoWindow);
  // Who is not findable is so for the owner alone.
  const bool is_findable = view_.scalars->findability == Findability::kFindable;
  const Rows owner = none + OfferBlock::OwnerMark(view_.scalars->owner);
  for (size_t row = begin; row < end; row += kStrip) {
    const OfferBlock::Strip& strip = block.StripOf(row);
    const OfferBlock::CastingStrip* const casting = block.CastingOf(row);
    const OfferBlock::OwnerStrip& owners = block.OwnersOf(row);
    // From `at` on in the strip; in `to` which of them pass.
    const auto test = [&](size_t at, Rows& to) {
      const Rows accepts = Load(strip.accepts, at);
      const Rows of_currency = accepts & compared;
      Rows fails = units > Load(strip.ceiling, at);
      Rows passes = ((of_currency == none) | (of_currency == currency)) &
                    ((accepts & accepted) == accepted) &
                    ((Load(strip.needs, at) & missing) == none);
      if (casting != nullptr) {
        fails |= (age_from > Load(casting->age_to, at)) | (Load(casting->age_from, at) > age_to) |
                 (Load(casting->height_from, at) > height) |
                 (height > Load(casting->height_to, at));
      }
      if (!is_findable) passes &= Load(owners, at) == owner;
      // Passed are those with a day to come that calendars reach to. In 16 bits, which
      // differences of days wrap around in: those of a window that calendars reach do
      // not, and no other one comes to lie there.
      const Rows limit = Load(strip.window_limit, at);
      const auto ahead = reinterpret_cast<Rows>(reinterpret_cast<Days>(limit) - today);
      const auto start = reinterpret_cast<Rows>(
          reinterpret_cast<Days>(Load(strip.window_start, at)) - today);
      const Rows is_ahead = (ahead > none) & (beyond > ahead);
      const Rows from = start & (start > none);
      // How many more days of the window than are needed.
      const auto more = reinterpret_cast<Rows>(
          reinterpret_cast<Days>(ahead - from) -
          reinterpret_cast<Days>(Load(strip.free_days, at)));
      Store(from & is_ahead, &from_[row + at]);
      Store(ahead & is_ahead, &to_[row + at]);
      Store(more & (more > none) & is_ahead, &spare_[row + at]);
      to = passes & ~fails & (is_ahead | (limit == no_window));
    };
    Rows first, second;
    test(0, first);
    test(kRowsAtOnce, second);
    Store(OnesOf(first, second), &passes_[row]);
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
