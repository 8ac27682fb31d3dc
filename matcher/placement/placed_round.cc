#include "matcher/placement/placed_round.h"

#include <algorithm>
#include <cstddef>

#include "absl/strings/str_cat.h"

namespace troupe {

namespace {
constexpr size_t kPrefix = 17;  // 16 digits and "/".
}

std::string InstanceId(ProgramId program) {
  return absl::StrCat(absl::Hex(program.value(), absl::kZeroPad16));
}

std::string InstanceId(CohortId cohort, absl::string_view graduate, bool one_cohort) {
  if (one_cohort) return std::string(graduate);
  return absl::StrCat(absl::Hex(cohort.value(), absl::kZeroPad16), "/", graduate);
}

const CohortFacts& PlacedRound::CohortOf(uint32_t graduate) const {
  const auto next = std::upper_bound(
      cohorts.begin(), cohorts.end(), graduate,
      [](uint32_t row, const CohortFacts& cohort) { return row < cohort.first_row; });
  return *std::prev(next);
}

GraduateName PlacedRound::NameOf(uint32_t graduate) const {
  const std::string& id = instance().graduates[graduate];
  return {.cohort = CohortOf(graduate).id, .id = cohorts.size() == 1 ? id : id.substr(kPrefix)};
}

std::optional<uint32_t> PlacedRound::Find(CohortId cohort, absl::string_view id) const {
  const auto found = std::find_if(cohorts.begin(), cohorts.end(),
                                  [&](const CohortFacts& facts) { return facts.id == cohort; });
  if (found == cohorts.end()) return std::nullopt;
  const uint32_t limit = std::next(found) == cohorts.end()
                             ? static_cast<uint32_t>(instance().graduates.size())
                             : std::next(found)->first_row;
  const std::string wanted = InstanceId(cohort, id, cohorts.size() == 1);
  for (uint32_t row = found->first_row; row < limit; ++row) {
    if (instance().graduates[row] == wanted) return row;
  }
  return std::nullopt;
}

}  // namespace troupe
