#include "matcher/rank/weights.h"

#include <algorithm>
#include <vector>

#include "absl/strings/ascii.h"
#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_split.h"
#include "matcher/base/millionths.h"
#include "matcher/base/violation.h"
#include "matcher/domain/role_taxonomy.h"
#include "matcher/index/terms.h"
#include "matcher/rank/rank_data.h"

namespace troupe {
namespace {

// Rows of "role,feature,weight"; the role "*" is for roles without own rows.
std::vector<Weights> ReadShipped() {
  std::map<std::string, Weights> by_role;
  std::vector<absl::string_view> lines =
      absl::StrSplit(data::kDefaultWeights, '\n', absl::SkipEmpty());
  lines.erase(lines.begin());
  for (absl::string_view line : lines) {
    const std::vector<std::string> cells = absl::StrSplit(line, ',');
    const std::optional<Feature> feature = FindFeature(cells[1]);
    int64_t weight = 0;
    if (!feature.has_value() || !absl::SimpleAtoi(cells[2], &weight)) continue;
    by_role[cells[0]][static_cast<size_t>(*feature)] = weight;
  }
  std::vector<Weights> shipped;
  for (const Role& role : ShippedRoles().roles()) {
    const auto own = by_role.find(role.id);
    shipped.push_back(own != by_role.end() ? own->second : by_role["*"]);
  }
  return shipped;
}

// A key of the caller's, for an error: what looks like a feature's name, and is
// not too long, can hold nothing personal that it would be wrong to repeat.
std::string Quotable(const std::string& name) {
  constexpr size_t kMostBytes = 40;
  const bool plain = std::all_of(name.begin(), name.end(), [](char c) {
    return absl::ascii_islower(static_cast<unsigned char>(c)) || c == '_' || c == '-';
  });
  return plain && name.size() <= kMostBytes ? name : "?";
}

}  // namespace

const Weights& ShippedWeights(RoleIndex role) {
  static const auto& shipped = *new std::vector<Weights>(ReadShipped());  // Constant data.
  return shipped[static_cast<size_t>(role)];
}

absl::StatusOr<Weights> MakeWeights(const std::map<std::string, int64_t>& by_name) {
  Weights weights{};
  int64_t sum = 0;
  Violations found;
  for (const auto& [name, weight] : by_name) {
    const std::optional<Feature> feature = FindFeature(name);
    const std::string field = absl::StrCat("weights[", Quotable(name), "]");
    if (!feature.has_value()) {
      found.Add(field, "names no feature", "use skills, genres, ... as in the scoring document");
    } else if (weight < 0 || weight > kMillionths) {
      found.Add(field, "is out of range", "give 0 to 1,000,000 millionths");
    } else {
      weights[static_cast<size_t>(*feature)] = weight;
      sum += weight;
    }
  }
  if (found.empty() && sum != kMillionths) {
    found.Add("weights", absl::StrCat("sum to ", sum), "make the sum 1,000,000");
  }
  if (!found.empty()) return found.ToStatus();
  return weights;
}

int64_t Score(const Weights& weights, const PerFeature& values) {
  int64_t score = 0;
  for (size_t i = 0; i < kFeatureCount; ++i) score += Contribution(weights[i], values[i]);
  return score;
}

}  // namespace troupe
