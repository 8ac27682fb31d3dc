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
constexpr size_t kAtOnce = 16;
static_assert(OfferBlock::kMostRows % kAtOnce == 0);

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
  sketch_test_.has_ = NeedsMet(view);
  CountBusyDays();
  if (include_attached) return;
  past_work.ForEachAttachment(view.scalars->id, [this](uint32_t people) {
    attached_.push_back(people);
    sketch_test_.attached_bits_ |= uint64_t{1} << (people % 64);
  });
  sketch_test_.attached_ = attached_;
}

bool OfferFilter::SketchTest::IsAttached(uint32_t people) const {
  return std::binary_search(attached_.begin(), attached_.end(), people);
}

void OfferFilter::CountBusyDays() {
  int16_t busy = 0;
  size_t day = 0;  // The counts before it are known.
  const auto day_of = [this](Day date) {
    return static_cast<size_t>(std::clamp(date - as_of_, 0, kCalendarHorizonDays));
  };
  for (const DaySpan& span : view_.busy.spans) {
    const size_t start = day_of(span.start);
    const size_t limit = day_of(span.limit);
    for (; day <= start; ++day) busy_before_[day] = busy;
    for (; day <= limit; ++day) busy_before_[day] = ++busy;
  }
  for (; day < busy_before_.size(); ++day) busy_before_[day] = busy;
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

// Calls `visit(first, limit)` for rows [first, limit), as many as follow each
// other, that are at places that the person comes to.
template <typename Visit>
void OfferFilter::ForEachStretch(const OfferBlock& block, Visit visit) {
  if (comes_anywhere_) return visit(0, static_cast<uint32_t>(block.rows().size()));
  uint32_t first = 0;
  uint32_t limit = 0;
  for (const OfferBlock::Run& run : block.runs()) {
    if (!ComesTo(run.place)) continue;
    if (run.first != limit) {
      if (first != limit) visit(first, limit);
      first = run.first;
    }
    limit = run.limit;
  }
  if (first != limit) visit(first, limit);
}

bool OfferFilter::Fetch(const OfferBlock& block) {
  bool any = false;
  ForEachStretch(block, [&](uint32_t first, uint32_t limit) {
    block.Fetch(first, limit);
    any = true;
  });
  return any;
}

absl::Span<const OfferBlock::RowNumber> OfferFilter::Passing(const OfferBlock& block) {
  count_ = 0;
  ForEachStretch(block, [&](uint32_t first, uint32_t limit) { TestRows(block, first, limit); });
  return absl::MakeConstSpan(passing_.data(), count_);
}

// Rows are tested kAtOnce at a time, also those around them: the rows asked for
// are seldom as many.
void OfferFilter::TestRows(const OfferBlock& block, uint32_t first, uint32_t limit) {
  const size_t begin = first / kAtOnce * kAtOnce;
  const size_t end = (limit + kAtOnce - 1) / kAtOnce * kAtOnce;
  TestColumns(block, begin, end);
  PlaceWindows(block.columns(), begin, end);
  std::fill(&passes_[begin], &passes_[first], uint8_t{0});
  std::fill(&passes_[limit], &passes_[end], uint8_t{0});
  AddFree(WriteSetPositions(passes_.data(), begin, end, &passing_[count_]));
}

// Without branches, so that it runs over many rows at a time.
void OfferFilter::TestColumns(const OfferBlock& block, size_t first, size_t limit) {
  const Side side = side_;
  const OfferBlock::Columns& columns = block.columns();
  for (size_t i = first; i < limit; ++i) {
    const int16_t accepts = columns.accepts[i];
    const auto currency = static_cast<int16_t>(accepts & side.compared);
    passes_[i] = static_cast<uint8_t>((columns.ceiling[i] >= side.units) &
                                      ((currency == 0) | (currency == side.currency)) &
                                      ((accepts & side.accepted) == side.accepted));
  }
  if (const OfferBlock::Casting* casting = block.casting()) {
    for (size_t i = first; i < limit; ++i) {
      passes_[i] &= static_cast<uint8_t>(
          (side.age_from <= casting->age_to[i]) & (side.age_to >= casting->age_from[i]) &
          (side.height >= casting->height_from[i]) & (side.height <= casting->height_to[i]));
    }
  }
  // Who is not findable is so for the owner alone.
  if (view_.scalars->findability != Findability::kFindable) {
    const int16_t owner = OfferBlock::OwnerMark(view_.scalars->owner);
    for (size_t i = first; i < limit; ++i) {
      passes_[i] &= static_cast<uint8_t>(columns.owner[i] == owner);
    }
  }
}

// Passed are those with a day to come that calendars reach to. In 16 bits, which
// differences of days wrap around in: those of a window that calendars reach do
// not, and no other one comes to lie there.
void OfferFilter::PlaceWindows(const OfferBlock::Columns& columns, size_t first, size_t limit) {
  const auto today = static_cast<uint16_t>(as_of_.since_epoch());
  for (size_t i = first; i < limit; ++i) {
    const auto ahead = static_cast<int16_t>(columns.window_limit[i] - today);
    const auto start = static_cast<int16_t>(columns.window_start[i] - today);
    const auto is_ahead =
        static_cast<int16_t>(-((ahead > 0) & (ahead <= kCalendarHorizonDays)));  // All bits.
    const auto has_none = static_cast<int16_t>(columns.window_limit[i] == OfferBlock::kNoWindow);
    const int16_t from = std::max(start, int16_t{0});
    const auto days = static_cast<int16_t>(ahead - from);
    const int16_t needed = std::min(columns.free_days[i], days);
    from_[i] = from & is_ahead;
    to_[i] = ahead & is_ahead;
    spare_[i] = static_cast<int16_t>(days - needed) & is_ahead;
    passes_[i] &= static_cast<uint8_t>((is_ahead | has_none) & 1);
  }
}

// Keeps of the passing rows behind those counted, up to `limit`, the ones whose
// days are free.
void OfferFilter::AddFree(const OfferBlock::RowNumber* limit) {
  // By themselves: for all that a compiler knows, what is written changes members.
  const int16_t* const busy_before = busy_before_.data();
  const int16_t* const from = from_.data();
  const int16_t* const to = to_.data();
  const int16_t* const spare = spare_.data();
  OfferBlock::RowNumber* kept = &passing_[count_];
  for (const OfferBlock::RowNumber* at = kept; at != limit; ++at) {
    const OfferBlock::RowNumber row = *at;
    *kept = row;
    kept += busy_before[to[row]] - busy_before[from[row]] <= spare[row] ? 1 : 0;
  }
  count_ = static_cast<size_t>(kept - passing_.data());
}

bool OfferFilter::IsFit(const OfferBlock& block, uint32_t row, const RoleRow& role) const {
  const OfferSketch& sketch = block.sketch(row);
  const OfferRecord& record = block.record(row);
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
  const OfferBlock::Columns& columns = block.columns();
  if (columns.window_limit[row] == OfferBlock::kNoWindow) return true;
  const OfferSketch& sketch = block.sketch(row);
  const bool is_remote = ShippedRoles().roles()[static_cast<size_t>(role.role)].remote_capable;
  const int32_t travel_days =
      is_remote ? 0 : TravelDays(view_.scalars->home, sketch.place);
  const bool is_a_run = (sketch.flags & OfferSketch::kContiguous) != 0;
  const bool has_begun = columns.window_start[row] < as_of_.since_epoch();
  if (travel_days == 0 && !is_a_run && !has_begun &&
      columns.free_days[row] != OfferBlock::kBlocks) {
    return true;
  }
  if (columns.free_days[row] == OfferBlock::kBlocks) {
    return WorkPlan(*block.rows()[row], as_of_).IsMetBy(view_.busy, travel_days);
  }
  const auto rule = columns.free_days[row] == OfferBlock::kAllDays ? Window::Rule::kAllDays
                    : is_a_run ? Window::Rule::kContiguousDays
                               : Window::Rule::kAnyDays;
  const DaySpan window{Day(columns.window_start[row]), Day(columns.window_limit[row])};
  return WorkPlan(window, rule, columns.free_days[row], as_of_)
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
