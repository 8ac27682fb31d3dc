#ifndef TROUPE_TESTS_TESTING_DICE_H_
#define TROUPE_TESTS_TESTING_DICE_H_

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <iterator>
#include <random>
#include <string>
#include <utility>
#include <vector>

namespace troupe::testing {

// Draws that are the same on every platform for the same seed, which those of
// the standard's distributions are not. Thread-compatible.
class Dice {
 public:
  explicit Dice(std::mt19937_64& rng) : rng_(rng) {}

  // 0 to `count` - 1. `count` > 0.
  size_t Below(size_t count) { return static_cast<size_t>(rng_() % count); }

  // `least` to `most`, both included.
  int32_t Between(int32_t least, int32_t most) {
    return least + static_cast<int32_t>(Below(static_cast<size_t>(most - least) + 1));
  }

  // True one time in `times`.
  bool OneIn(size_t times) { return Below(times) == 0; }

  template <typename List>
  auto Pick(const List& list) {
    return *(std::begin(list) + static_cast<std::ptrdiff_t>(Below(std::size(list))));
  }

  // Some of `list` in any order, at most `most`; none twice.
  template <typename List>
  std::vector<std::string> Some(const List& list, size_t most) {
    std::vector<std::string> rest(std::begin(list), std::end(list));
    for (size_t i = 0; i + 1 < rest.size(); ++i) {
      std::swap(rest[i], rest[i + Below(rest.size() - i)]);
    }
    rest.resize(std::min(rest.size(), Below(most + 1)));
    return rest;
  }

 private:
  std::mt19937_64& rng_;
};

}  // namespace troupe::testing

#endif  // TROUPE_TESTS_TESTING_DICE_H_
