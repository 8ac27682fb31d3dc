#include "matcher/index/offer_block.h"

#include <limits>
#include <utility>

#include "matcher/domain/opening.h"

namespace troupe {
namespace {

constexpr int16_t kLeast = std::numeric_limits<int16_t>::min();
constexpr int16_t kMost = std::numeric_limits<int16_t>::max();

uint64_t BitsOf(const std::vector<Term>& terms) {
  uint64_t bits = 0;
  for (Term term : terms) bits |= OfferBlock::NeedBit(term);
  return bits;
}

uint64_t NeedsOf(const Demand& demand) {
  uint64_t bits = BitsOf(demand.languages) | BitsOf(demand.credentials);
  for (const WantedSkillRow& want : demand.skills) {
    if (want.required) bits |= OfferBlock::NeedBit(want.skill);
  }
  return bits;
}

}  // namespace

bool IsOpenOffer(const Demand& demand) {
  return demand.scalars.state == static_cast<uint8_t>(Opening::State::kOpen) &&
         demand.scalars.open_seats > 0 && demand.scalars.role != kNone;
}

OfferBlock::OfferBlock(std::vector<Row> rows)
    : rows_(std::move(rows)), trait_totals_(rows_.size()), tag_totals_(rows_.size()) {
  sketches_.reserve(rows_.size());
  for (uint32_t row = 0; row < rows_.size(); ++row) {
    const PlaceIndex place = rows_[row]->scalars.place;
    if (runs_.empty() || runs_.back().place != place) runs_.push_back({place, row, row});
    runs_.back().limit = row + 1;
    AddRow(*rows_[row]);
  }
}

void OfferBlock::AddRow(const Demand& demand) {
  const DemandScalars& scalars = demand.scalars;
  columns_.place.push_back(scalars.place);
  const bool has_ceiling = scalars.ceiling.IsStated();
  columns_.ceiling.push_back(has_ceiling ? Units(scalars.ceiling.units) : kMostUnits);
  columns_.currency.push_back(has_ceiling ? CurrencyMark(scalars.ceiling.currency) : 0);
  columns_.needs.push_back(NeedsOf(demand));
  const bool has_window = demand.HasWindow();
  constexpr int32_t kFar = std::numeric_limits<int32_t>::max();
  columns_.window_start.push_back(has_window ? scalars.window_start : kFar);
  columns_.window_limit.push_back(has_window ? scalars.window_limit : kFar);
  const bool all_days =
      scalars.window_rule == static_cast<uint8_t>(Window::Rule::kAllDays);
  columns_.free_days.push_back(all_days ? -1 : scalars.window_days);
  const uint8_t genders = scalars.genders == 0 ? uint8_t{0x0f} : scalars.genders;
  columns_.accepts.push_back(
      static_cast<uint8_t>(genders | (scalars.trainees_allowed ? kTrainees : 0)));
  const bool asks_age = scalars.playing_age_from != kNone;
  columns_.age_from.push_back(asks_age ? scalars.playing_age_from : kLeast);
  columns_.age_to.push_back(asks_age ? scalars.playing_age_to : kMost);
  const bool asks_height = scalars.height_from != kNone;
  columns_.height_from.push_back(asks_height ? scalars.height_from : kLeast);
  columns_.height_to.push_back(asks_height ? scalars.height_to : kMost);
  sketches_.emplace_back(demand);
}

}  // namespace troupe
