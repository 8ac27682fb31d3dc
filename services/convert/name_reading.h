#ifndef TROUPE_SERVICES_CONVERT_NAME_READING_H_
#define TROUPE_SERVICES_CONVERT_NAME_READING_H_

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>

#include "absl/status/statusor.h"
#include "absl/strings/ascii.h"
#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/string_view.h"
#include "absl/strings/strip.h"
#include "matcher/base/violation.h"
#include "matcher/domain/field.h"

// What resource names are made of, for those who parse them.
namespace troupe {

inline constexpr size_t kHexDigits = 16;

inline std::string Hex(uint64_t value) { return absl::StrCat(absl::Hex(value, absl::kZeroPad16)); }

inline bool IsHexDigit(char c) {
  return absl::ascii_isdigit(static_cast<unsigned char>(c)) || ('a' <= c && c <= 'f');
}

// Of exactly 16 lower-case digits; not 0.
inline std::optional<uint64_t> HexValue(absl::string_view digits) {
  uint64_t value = 0;
  if (digits.size() != kHexDigits || !std::all_of(digits.begin(), digits.end(), IsHexDigit) ||
      !absl::SimpleHexAtoi(digits, &value) || value == 0) {
    return std::nullopt;
  }
  return value;
}

// The number of a part of a resource: from 1, without leading zeros.
inline std::optional<uint32_t> PartNumber(absl::string_view digits) {
  uint32_t number = 0;
  const auto is_digit = [](char c) { return absl::ascii_isdigit(static_cast<unsigned char>(c)); };
  if (digits.empty() || digits[0] == '0' || !std::all_of(digits.begin(), digits.end(), is_digit) ||
      !absl::SimpleAtoi(digits, &number)) {
    return std::nullopt;
  }
  return number;
}

// Takes the digits of an id off `text`; 0 if there are none.
inline uint64_t TakeId(absl::string_view& text) {
  const std::optional<uint64_t> id = HexValue(text.substr(0, kHexDigits));
  if (id.has_value()) text.remove_prefix(kHexDigits);
  return id.value_or(0);
}

// The id in `collection` and nothing behind it: "rounds/00000000000004d2".
template <typename Id>
std::optional<Id> IdIn(absl::string_view name, absl::string_view collection) {
  if (!absl::ConsumePrefix(&name, collection)) return std::nullopt;
  const uint64_t id = TakeId(name);
  return id != 0 && name.empty() ? std::optional(Id(id)) : std::nullopt;
}

inline absl::string_view ProblemWithName(absl::string_view name) {
  return name.empty() ? "is empty" : "is not a name of this kind";
}

// `value`, read from `text`; INVALID_ARGUMENT about `field` if there is none. `form` says
// what such a name looks like.
template <typename T>
absl::StatusOr<T> OrInvalid(const std::optional<T>& value, absl::string_view text,
                            absl::string_view field, absl::string_view form) {
  if (value.has_value()) return *value;
  return InvalidField(field, ProblemWithName(text), form);
}

// The same, reported to `field`; then a value that names nothing.
template <typename T>
T OrReport(const std::optional<T>& value, absl::string_view text, const Field& field,
           absl::string_view form) {
  if (!value.has_value()) field.Report(ProblemWithName(text), form);
  return value.value_or(T());
}

}  // namespace troupe

#endif  // TROUPE_SERVICES_CONVERT_NAME_READING_H_
