#ifndef TROUPE_MATCHER_DOMAIN_FIELD_RULES_H_
#define TROUPE_MATCHER_DOMAIN_FIELD_RULES_H_

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "absl/container/flat_hash_map.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/string_view.h"
#include "matcher/base/day.h"
#include "matcher/domain/casting.h"
#include "matcher/domain/field.h"
#include "matcher/domain/label.h"
#include "matcher/domain/money.h"
#include "matcher/domain/ownership.h"

// The rules that fields of several messages share. Each reports to `field` what
// is wrong with a value, and never the value itself where it may be personal.

namespace troupe {

// UTF-8 without control characters, at most so many bytes.
void CheckText(const Field& field, absl::string_view text, size_t most_bytes);
// The same, and not empty.
void RequireText(const Field& field, absl::string_view text, size_t most_bytes);

// From `least` to `most`, both included.
void CheckNumber(const Field& field, int64_t value, int64_t least, int64_t most);

// `name`_from and `name`_to of `field`: each from `least` to `most`, in order.
void CheckNumbers(const Field& field, absl::string_view name, const IntRange& range,
                  int32_t least, int32_t most);

// What its owner calls a part of a resource: 1 to 63 of letters, digits, "-", "_" and ".".
bool IsPartId(absl::string_view id);
void CheckPartId(const Field& field, absl::string_view id);

// 1 to 100 bytes of a-z, 0-9 and "-", not "-" first.
void CheckSlug(const Field& field, absl::string_view slug);
// A word of an open vocabulary: 1 to 100 bytes.
void CheckWord(const Field& field, absl::string_view word);
void CheckLabel(const Field& field, const Label& label);
void CheckLanguage(const Field& field, absl::string_view tag);
void CheckCountry(const Field& field, absl::string_view code);

bool IsCurrencyCode(absl::string_view code);
void CheckCurrency(const Field& field, absl::string_view code);
void CheckMoney(const Field& field, const std::optional<Money>& money);

// A year from 1870 to 2200.
void CheckDay(const Field& field, const std::optional<Day>& day);
// Both days in those years, and the limit later than the start. True if so.
bool CheckDays(const Field& field, const DaySpan& days);

void CheckFindability(const Field& field, const Ownership& ownership);
void CheckBlockedOrganizations(const Field& field, const Ownership& ownership);
void CheckExternalId(const Field& field, const ExternalId& id);

// At most `most` entries.
void CheckCount(const Field& list, size_t count, size_t most);

// The same, and each of the first `most` entries keeps `rule(field, entry)`.
template <typename T, typename Rule>
void CheckEach(const Field& list, const std::vector<T>& entries, size_t most, Rule rule) {
  CheckCount(list, entries.size(), most);
  for (size_t i = 0; i < std::min(entries.size(), most); ++i) rule(list[i], entries[i]);
}

// No two of the first `most` entries have the same `key`, their field `name`.
template <typename T>
void CheckDistinct(const Field& list, const std::vector<T>& entries, size_t most,
                   absl::string_view name, std::string T::*key) {
  absl::flat_hash_map<absl::string_view, size_t> first;
  for (size_t i = 0; i < std::min(entries.size(), most); ++i) {
    const auto [seen, is_new] = first.emplace(entries[i].*key, i);
    if (is_new) continue;
    const Field entry = list[i];
    entry[name].Report(absl::StrCat("is that of entry ", seen->second, " too"),
                       absl::StrCat("name each ", name, " once"));
  }
}

}  // namespace troupe

#endif  // TROUPE_MATCHER_DOMAIN_FIELD_RULES_H_
