#include "matcher/domain/nearest_word.h"

#include <algorithm>
#include <cstddef>
#include <numeric>
#include <string>
#include <utility>

#include "absl/strings/ascii.h"

namespace troupe {
namespace {

constexpr size_t kLongestTyped = 60;  // Keeps the cost of nonsense small.

size_t EditDistance(absl::string_view a, absl::string_view b) {
  std::vector<size_t> row(b.size() + 1);  // From the part of `a` seen so far.
  std::iota(row.begin(), row.end(), size_t{0});
  for (size_t i = 0; i < a.size(); ++i) {
    size_t diagonal = std::exchange(row[0], i + 1);
    for (size_t j = 0; j < b.size(); ++j) {
      const size_t replaced = diagonal + (a[i] == b[j] ? 0 : 1);
      diagonal = std::exchange(row[j + 1], std::min({replaced, row[j] + 1, row[j + 1] + 1}));
    }
  }
  return row[b.size()];
}

}  // namespace

absl::string_view NearestWord(absl::string_view typed,
                              const std::vector<absl::string_view>& words) {
  if (typed.size() > kLongestTyped) return {};
  const std::string lower = absl::AsciiStrToLower(typed);
  absl::string_view nearest;
  size_t least = typed.size() / 3 + 1;
  for (absl::string_view word : words) {
    if (const size_t distance = EditDistance(lower, word); distance < least) {
      least = distance;
      nearest = word;
    }
  }
  return nearest;
}

}  // namespace troupe
