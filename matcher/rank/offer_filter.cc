#include "matcher/rank/offer_filter.h"

#include <algorithm>
#include <cstring>
#include <limits>

#include "matcher/base/vectors.h"
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

template <typename Rows, typename Column>
[[gnu::always_inline]] inline Rows Load(const Column& column, size_t at) {
  Rows rows;
  std::memcpy(&rows, &column[at], sizeof(rows));
  return rows;
}

// A byte for each, 1 where something holds.
template <size_t kBytes>
[[gnu::always_inline]] inline void StoreOnes(Vector<int16_t, kBytes> rows, uint8_t* to) {
  using Bytes = Vector<uint8_t, kBytes / 2>;
  const Bytes ones = __builtin_convertvector(rows, Bytes) & uint8_t{1};
  std::memcpy(to, &ones, sizeof(ones));
}

template <typename Values, typename Value>
[[gnu::always_inline]] inline void Store(const Values& values, Value* to) {
  std::memcpy(to, &values, sizeof(values));
}

// Bytes in a row that choose some of a strip's: of the first half none, then all.
constexpr auto kChosen = [] {
  std::array<uint8_t, 2 * kStrip> chosen{};
  for (size_t at = kStrip; at < chosen.size(); ++at) chosen[at] = 0xff;
  return chosen;
}();

// Of the bytes of one strip, leaves those from `first` on, others 0; and those below
// `limit`. Without a branch on how many these are.
void KeepFrom(uint8_t* bytes, size_t first) {
  for (size_t at = 0; at < kStrip; ++at) bytes[at] &= kChosen[kStrip + at - first];
}
void KeepBelow(uint8_t* bytes, size_t limit) {
  for (size_t at = 0; at < kStrip; ++at) {
    bytes[at] &= static_cast<uint8_t>(~kChosen[kStrip + at - limit]);
  }
}

uint32_t NeedsMet(const ProfileView& view) {
  uint32_t bits = 0;
  for (Term language : view.languages) bits |= OfferSketch::NeedBit(language);
  for (Term credential : view.credentials) bits |= OfferSketch::NeedBit(credential);
  for (const SkillRow& skill : view.skills) bits |= OfferSketch::NeedBit(skill.skill);
  return bits;
}

// Of few and few: all are looked at, since where one ends is hard to foresee.
bool HasAll(absl::Span<const Term> has, absl::Span<const Term> needs) {
  bool has_all = true;
  for (Term need : needs) {
    bool has_one = false;
    for (Term one : has) has_one |= one == need;
    has_all &= has_one;
  }
  return has_all;
}

}  // namespace

OfferFilter::OfferFilter(const ProfileView& view, Day as_of, const PastWork& past_work,
                         bool include_attached)
    : view_(view), as_of_(as_of) {
  side_.has = OfferBlock::NeedsCode(NeedsMet(view));
  FindReachable();
  FindBusySpans();
  if (include_attached) return;
  past_work.ForEachAttachment(view.scalars->id,
                              [this](uint32_t people) { attached_.push_back(people); });
}

bool OfferFilter::IsAttached(uint32_t people) const {
  return std::binary_search(attached_.begin(), attached_.end(), people);
}

// All places at once, without a branch for each.
void OfferFilter::FindReachable() {
  const Gazetteer& places = ShippedPlaces();
  const size_t count = places.places().size();
  const ProfileScalars& scalars = *view_.scalars;
  reachable_[0] = 1;
  uint8_t* const reachable = &reachable_[1];
  if (scalars.home == kNone) {
    std::fill_n(reachable, count, uint8_t{0});
  } else {
    constexpr int32_t kMostKm = std::numeric_limits<int16_t>::max();
    const auto radius = static_cast<int16_t>(std::min(scalars.radius_km, kMostKm));
    const int16_t* const ways = places.WaysKm(scalars.home).data();
    for (size_t place = 0; place < count; ++place) reachable[place] = ways[place] <= radius;
  }
  for (PlaceIndex named : view_.travel_places) {
    for (size_t place = 0; place < count; ++place) {
      const bool is_within = places.IsWithin(static_cast<int>(place), named);
      reachable[place] = static_cast<uint8_t>(reachable[place] | is_within);
    }
  }
}

void OfferFilter::FindBusySpans() {
  const auto day_of = [this](Day date) {
    return static_cast<int16_t>(std::clamp(date - as_of_, 0, kCalendarHorizonDays));
  };
  for (const DaySpan& span : view_.busy.spans) {
    const int16_t start = day_of(span.start), limit = day_of(span.limit);
    if (start == limit) continue;
    if (busy_span_count_ == kFewSpans) {
      has_few_spans_ = false;
      return CountBusyDays();
    }
    BusySpan& busy = busy_spans_[busy_span_count_++];
    busy.start.fill(start);
    busy.limit.fill(limit);
  }
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

void OfferFilter::AddStretches(const OfferBlock& block, Stretches& stretches) {
  Stretch stretch;
  const auto add = [&] {
    if (stretch.first == stretch.limit) return;
    block.Fetch(stretch.first, stretch.limit);
    stretches.push_back(stretch);
  };
  for (const OfferBlock::Run& run : block.runs()) {
    if (!comes_anywhere_ && reachable_[static_cast<size_t>(run.place + 1)] == 0) continue;
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
  if (!has_few_spans_) KeepFree();
  return absl::MakeConstSpan(passing_.data(), count_);
}

// By strips, also the rows around them: the rows asked for are seldom as many.
void OfferFilter::TestRows(const OfferBlock& block, Stretch stretch) {
  const size_t begin = stretch.first / kStrip * kStrip;
  const size_t end = (stretch.limit + kStrip - 1) / kStrip * kStrip;
  TestStrips(block, begin, end);
  KeepFrom(&passes_[begin], stretch.first - begin);
  KeepBelow(&passes_[end - kStrip], stretch.limit - (end - kStrip));
  const OfferBlock::RowNumber* const limit =
      WriteSetPositions(passes_.data(), begin, end, &passing_[count_]);
  count_ = static_cast<size_t>(limit - passing_.data());
}

// Without branches on what is in a row, and in as few instructions as there are: GCC
// makes twice as many of the same loop without vectors.
template <size_t kBytes>
[[gnu::always_inline]] inline void OfferFilter::TestStripsBy(const OfferBlock& block,
                                                             size_t begin, size_t end) {
  // Of a column, what is tested at once: all bits set where something holds, none
  // where it does not. The same as days, which wrap around.
  using Rows = Vector<int16_t, kBytes>;
  using Days = Vector<uint16_t, kBytes>;
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
    // From `at` on in the strip.
    const auto test = [&](size_t at) __attribute__((always_inline)) {
      const Rows accepts = Load<Rows>(strip.accepts, at);
      const Rows of_currency = accepts & compared;
      Rows fails = units > Load<Rows>(strip.ceiling, at);
      Rows passes = ((of_currency == none) | (of_currency == currency)) &
                    ((accepts & accepted) == accepted) &
                    ((Load<Rows>(strip.needs, at) & missing) == none);
      if (casting != nullptr) {
        fails |= (age_from > Load<Rows>(casting->age_to, at)) |
                 (Load<Rows>(casting->age_from, at) > age_to) |
                 (Load<Rows>(casting->height_from, at) > height) |
                 (height > Load<Rows>(casting->height_to, at));
      }
      if (!is_findable) passes &= Load<Rows>(owners, at) == owner;
      // Passed are those with a day to come that calendars reach to. In 16 bits, which
      // differences of days wrap around in: those of a window that calendars reach do
      // not, and no other one comes to lie there.
      const Rows limit = Load<Rows>(strip.window_limit, at);
      const auto ahead = reinterpret_cast<Rows>(reinterpret_cast<Days>(limit) - today);
      const auto start = reinterpret_cast<Rows>(
          reinterpret_cast<Days>(Load<Rows>(strip.window_start, at)) - today);
      const Rows is_ahead = (ahead > none) & (beyond > ahead);
      const Rows from = start & (start > none);
      // How many more days of the window than are needed.
      const auto more = reinterpret_cast<Rows>(
          reinterpret_cast<Days>(ahead - from) -
          reinterpret_cast<Days>(Load<Rows>(strip.free_days, at)));
      const Rows from_day = from & is_ahead, to_day = ahead & is_ahead;
      const Rows spare = more & (more > none) & is_ahead;
      if (has_few_spans_) {
        Rows busy = none;
        for (size_t i = 0; i < busy_span_count_; ++i) {
          const Rows first = Load<Rows>(busy_spans_[i].start, at);
          const Rows stop = Load<Rows>(busy_spans_[i].limit, at);
          const Rows days =
              (to_day < stop ? to_day : stop) - (from_day > first ? from_day : first);
          busy += days > none ? days : none;
        }
        fails |= busy > spare;
      } else {
        Store(from_day, &from_[row + at]);
        Store(to_day, &to_[row + at]);
        Store(spare, &spare_[row + at]);
      }
      const Rows met = passes & ~fails & (is_ahead | (limit == no_window));
      StoreOnes<kBytes>(met, &passes_[row + at]);
    };
    for (size_t at = 0; at < kStrip; at += kBytes / sizeof(int16_t)) test(at);
  }
}

TROUPE_WITH_WIDE_VECTORS void OfferFilter::TestStripsWide(const OfferBlock& block, size_t begin,
                                                          size_t end) {
  TestStripsBy<kWideBytes>(block, begin, end);
}

void OfferFilter::TestStrips(const OfferBlock& block, size_t begin, size_t end) {
  HasWideVectors() ? TestStripsWide(block, begin, end)
                   : TestStripsBy<kNarrowBytes>(block, begin, end);
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
  bool has_all = HasAll(view_.languages, words.languages) &
                 HasAll(view_.credentials, words.credentials);
  for (const WantedSkillRow& want : words.skills) {
    bool has_one = !want.required;
    for (const SkillRow& skill : view_.skills) {
      has_one |= (skill.skill == want.skill) & (skill.level >= want.level);
    }
    has_all &= has_one;
  }
  return has_all;
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
