#include "matcher/domain/money.h"

#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"

namespace troupe {

std::string ToString(const Money& money) {
  std::string digits = absl::StrCat(money.units);
  for (size_t at = digits.size(); at > 3; at -= 3) digits.insert(at - 3, 1, ',');
  if (money.nanos != 0) {
    std::string fraction = absl::StrFormat(".%09d", money.nanos);
    fraction.erase(fraction.find_last_not_of('0') + 1);
    digits += fraction;
  }
  return absl::StrCat(digits, " ", money.currency);
}

}  // namespace troupe
