#include "matcher/index/offer_sketch.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <vector>

#include "matcher/domain/opening.h"

namespace troupe {
namespace {

// Fills the places for marks of a sketch; says so when they run out.
class Marker {
 public:
  explicit Marker(OfferSketch& sketch) : sketch_(sketch) {}

  void Add(Term term) {
    if (count_ == OfferSketch::kTerms) {
      sketch_.flags |= OfferSketch::kCrowded;
    } else {
      sketch_.marks[count_++] = OfferSketch::MarkOf(term);
    }
  }
  void Add(const std::vector<Term>& terms) {
    for (Term term : terms) Add(term);
  }

 private:
  OfferSketch& sketch_;
  size_t count_ = 0;
};

uint32_t NeedsOf(const Demand& demand) {
  uint32_t bits = 0;
  for (Term language : demand.languages) bits |= OfferSketch::NeedBit(language);
  for (Term credential : demand.credentials) bits |= OfferSketch::NeedBit(credential);
  for (const WantedSkillRow& want : demand.skills) {
    if (want.required) bits |= OfferSketch::NeedBit(want.skill);
  }
  return bits;
}

void AddSkills(const Demand& demand, OfferSketch& sketch) {
  constexpr int32_t kMostLevel = 31;  // So that the sum below fits.
  if (demand.skills.size() > OfferSketch::kSkills) {
    sketch.flags |= OfferSketch::kCrowded;
    return;
  }
  for (size_t i = 0; i < demand.skills.size(); ++i) {
    const WantedSkillRow& want = demand.skills[i];
    if (want.level < 0 || want.level > kMostLevel) {
      sketch.flags |= OfferSketch::kCrowded;
      return;
    }
    sketch.skills[i] = OfferSketch::MarkOf(want.skill);
    sketch.levels[i] =
        static_cast<uint8_t>(want.level | (want.required ? OfferSketch::kRequired : 0));
    sketch.wanted = static_cast<uint8_t>(sketch.wanted + (want.required ? 2 : 1) * want.level);
  }
  if (sketch.wanted > 0) return;
  // Who wants nothing wants a little of no skill, which everybody has.
  sketch.skills = {};
  sketch.levels = {1};
  sketch.wanted = 1;
}

float FloatNoLess(double value) {
  const auto nearest = static_cast<float>(value);
  return static_cast<double>(nearest) >= value
             ? nearest
             : std::nextafter(nearest, std::numeric_limits<float>::infinity());
}

}  // namespace

OfferSketch::OfferSketch(const Demand& demand) : needs(NeedsOf(demand)), people(demand.people) {
  const DemandScalars& scalars = demand.scalars;
  Marker marker(*this);
  marker.Add(demand.genres);
  marker.Add(demand.styles);
  marker.Add(demand.tags);
  marker.Add(demand.companies);
  marker.Add(demand.countries);
  if (scalars.language) marker.Add(scalars.language);
  AddSkills(demand, *this);
  // If there are more than terms, the sketch is crowded.
  const auto count_of = [](size_t count) { return std::clamp<size_t>(count, 1, kTerms); };
  kinds = count_of(demand.genres.size() + demand.styles.size()) & 0xf;
  countries = count_of(demand.countries.size()) & 0xf;
  place = scalars.place;
  budget_octave = static_cast<int8_t>(std::clamp(scalars.budget_octave, -1, 127));
  if (demand.genres.empty()) flags |= kNoGenres;
  if (scalars.findability != Findability::kFindable) flags |= kHidden;
  if (!demand.blocked_organizations.empty() || !demand.blocked_profiles.empty()) {
    flags |= kBlocksSome;
  }
  if (scalars.window_rule == static_cast<uint8_t>(Window::Rule::kContiguousDays)) {
    flags |= kContiguous;
  }
  if (!scalars.ceiling.IsStated()) return;
  flags |= kHasCeiling;
  ceiling = HalfCode(scalars.ceiling.units);
  currency = CurrencyBits(scalars.ceiling.currency);
}

uint16_t OfferSketch::HalfCode(int64_t units) {
  if (units <= 0) return 0;
  return HalfCode(FloatNoLess(static_cast<double>(units)));
}

uint16_t OfferSketch::HalfCode(float value) {
  return static_cast<uint16_t>((std::bit_cast<uint32_t>(value) + 0xffff) >> 16);
}

uint32_t OfferSketch::InverseTotals(int64_t traits, int64_t tags) {
  const auto code_of = [](int64_t total) -> uint32_t {
    return total <= 0 ? 0 : HalfCode(FloatNoLess(1.0 / static_cast<double>(total)));
  };
  return code_of(tags) << 16 | code_of(traits);
}

}  // namespace troupe
