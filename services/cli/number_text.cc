#include "services/cli/number_text.h"

#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"

namespace troupe {

std::string WithCommas(int64_t number) {
  const std::string digits = absl::StrCat(number);
  std::string text;
  for (size_t i = 0; i < digits.size(); ++i) {
    const bool between_digits = i > 0 && digits[i - 1] != '-';
    if (between_digits && (digits.size() - i) % 3 == 0) text += ',';
    text += digits[i];
  }
  return text;
}

std::string AsShare(int64_t millionths) {
  const int64_t thousandths = (millionths + 500) / 1000;
  return absl::StrFormat("%d.%03d", thousandths / 1000, thousandths % 1000);
}

std::string Counted(int64_t number, const std::string& noun) {
  return absl::StrCat(WithCommas(number), " ", noun, number == 1 ? "" : "s");
}

}  // namespace troupe
