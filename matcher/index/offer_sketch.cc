#include "matcher/index/offer_sketch.h"

#include <algorithm>

namespace troupe {

OfferSketch::OfferSketch(const Demand& demand)
    : genres(demand.genres),
      styles(demand.styles),
      tags(demand.tags),
      companies(demand.companies),
      countries(demand.countries),
      skills({}) {
  for (const WantedSkillRow& want : demand.skills) {
    const size_t at = skills.count;
    skills.Add(want.skill);
    if (!skills.IsKnown()) break;
    if (want.level < 0 || want.level > 0xff) {
      skills.count = kTooMany;
      break;
    }
    levels[at] = static_cast<uint8_t>(want.level);
    weights[at] = want.required ? 2 : 1;
  }
  language = MarkOf(demand.scalars.language);
  has_language = demand.scalars.language ? 1 : 0;
  budget_octave = static_cast<int8_t>(std::clamp(demand.scalars.budget_octave, -1, 127));
  has_people = demand.attached.empty() ? 0 : 1;
}

}  // namespace troupe
