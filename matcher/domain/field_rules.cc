#include "matcher/domain/field_rules.h"

#include <unicode/utf8.h>

#include "absl/strings/ascii.h"
#include "absl/strings/str_format.h"

namespace troupe {
namespace {

constexpr int64_t kFirstYear = 1870;  // The oldest credits of film are of then.
constexpr int64_t kLastYear = 2200;
constexpr size_t kWordBytes = 100;
constexpr size_t kPartIdBytes = 63;
// RFC 5646, 4.4.1: no tag of meaning is longer.
constexpr size_t kLanguageBytes = 35;

enum class Encoding { kClean, kControl, kInvalid };

Encoding EncodingOf(absl::string_view text) {
  Encoding worst = Encoding::kClean;
  const auto* bytes = reinterpret_cast<const uint8_t*>(text.data());
  for (size_t at = 0; at < text.size();) {
    UChar32 point = 0;
    U8_NEXT(bytes, at, text.size(), point);
    if (point < 0) return Encoding::kInvalid;
    if (point < 0x20 || (0x7f <= point && point < 0xa0)) worst = Encoding::kControl;
  }
  return worst;
}

void CheckEncoding(const Field& field, absl::string_view text) {
  switch (EncodingOf(text)) {
    case Encoding::kClean:
      return;
    case Encoding::kControl:
      return field.Report("holds a control character", "leave out line breaks, tabs and the like");
    case Encoding::kInvalid:
      return field.Report("is not UTF-8", "encode it as UTF-8");
  }
}

bool IsSlugByte(char c) { return absl::ascii_islower(c) || absl::ascii_isdigit(c) || c == '-'; }

bool IsCapitals(absl::string_view code, size_t length) {
  return code.size() == length && std::all_of(code.begin(), code.end(), absl::ascii_isupper);
}

// ^[a-z]{2,3}(-[A-Za-z0-9]{2,8})*$
bool IsLanguageTag(absl::string_view tag) {
  if (tag.size() > kLanguageBytes) return false;
  for (bool is_first = true;; is_first = false) {
    const absl::string_view part = tag.substr(0, tag.find('-'));
    const bool fits =
        is_first ? 2 <= part.size() && part.size() <= 3 &&
                       std::all_of(part.begin(), part.end(), absl::ascii_islower)
                 : 2 <= part.size() && part.size() <= 8 &&
                       std::all_of(part.begin(), part.end(), absl::ascii_isalnum);
    if (!fits || part.size() == tag.size()) return fits;
    tag.remove_prefix(part.size() + 1);
  }
}

bool IsInYears(Day day) {
  static const Day first(absl::CivilDay(kFirstYear, 1, 1));
  static const Day limit(absl::CivilDay(kLastYear + 1, 1, 1));
  return first <= day && day < limit;
}

}  // namespace

void CheckText(const Field& field, absl::string_view text, size_t most_bytes) {
  if (text.size() > most_bytes) {
    return field.Report(absl::StrCat("is ", text.size(), " bytes long"),
                        absl::StrCat("give at most ", most_bytes, " bytes"));
  }
  CheckEncoding(field, text);
}

void RequireText(const Field& field, absl::string_view text, size_t most_bytes) {
  if (text.empty()) {
    return field.Report("is empty", absl::StrCat("give 1 to ", most_bytes, " bytes"));
  }
  CheckText(field, text, most_bytes);
}

void CheckNumber(const Field& field, int64_t value, int64_t least, int64_t most) {
  if (least <= value && value <= most) return;
  field.Report(absl::StrCat("is ", value), absl::StrCat("give ", least, " to ", most));
}

void CheckNumbers(const Field& field, absl::string_view name, const IntRange& range,
                  int32_t least, int32_t most) {
  const std::string from = absl::StrCat(name, "_from");
  const std::string to = absl::StrCat(name, "_to");
  CheckNumber(field[from], range.from, least, most);
  CheckNumber(field[to], range.to, least, most);
  const IntRange bounds = {.from = least, .to = most};
  if (bounds.Contains(range.from) && bounds.Contains(range.to) && range.to < range.from) {
    field[to].Report(absl::StrCat("is ", range.to, ", below ", from),
                     absl::StrCat("give at least ", range.from));
  }
}

bool IsPartId(absl::string_view id) {
  return !id.empty() && id.size() <= kPartIdBytes &&
         std::all_of(id.begin(), id.end(), [](char c) {
           return absl::ascii_isalnum(static_cast<unsigned char>(c)) || c == '-' || c == '_' ||
                  c == '.';
         });
}

void CheckPartId(const Field& field, absl::string_view id) {
  if (IsPartId(id)) return;
  field.Report(id.empty() ? "is empty" : "is no id",
               "give 1 to 63 of letters, digits, \"-\", \"_\" and \".\"");
}

void CheckSlug(const Field& field, absl::string_view slug) {
  if (!slug.empty() && slug.size() <= kWordBytes && slug[0] != '-' &&
      std::all_of(slug.begin(), slug.end(), IsSlugByte)) {
    return;
  }
  field.Report(slug.empty() ? "is empty" : "is not a lower-case id",
               "give 1 to 100 of a-z, 0-9 and \"-\", as \"horse-riding\"");
}

void CheckWord(const Field& field, absl::string_view word) {
  RequireText(field, word, kWordBytes);
}

void CheckLabel(const Field& field, const Label& label) {
  CheckWord(field["id"], label.id);
  CheckText(field["name"], label.name, 200);
}

void CheckLanguage(const Field& field, absl::string_view tag) {
  if (IsLanguageTag(tag)) return;
  field.Report("is not a language tag", "give BCP 47, as \"zh\", \"yue\" or \"en-GB\"");
}

void CheckCountry(const Field& field, absl::string_view code) {
  if (IsCapitals(code, 2)) return;
  field.Report("is not a country code", "give ISO 3166-1 alpha-2, as \"CN\"");
}

bool IsCurrencyCode(absl::string_view code) { return IsCapitals(code, 3); }

void CheckCurrency(const Field& field, absl::string_view code) {
  if (IsCurrencyCode(code)) return;
  field.Report("is not a currency code", "give ISO 4217, as \"CNY\"");
}

void CheckMoney(const Field& field, const std::optional<Money>& money) {
  if (!money.has_value()) return;
  CheckCurrency(field["currency_code"], money->currency);
  CheckNumber(field["units"], money->units, 0, Money::kMaxUnits);
  CheckNumber(field["nanos"], money->nanos, 0, 999'999'999);
}

void CheckDay(const Field& field, const std::optional<Day>& day) {
  if (!day.has_value() || IsInYears(*day)) return;
  field.Report(absl::StrCat("is in the year ", day->civil().year()),
               absl::StrCat("give a year from ", kFirstYear, " to ", kLastYear));
}

bool CheckDays(const Field& field, const DaySpan& days) {
  CheckDay(field["start"], days.start);
  CheckDay(field["limit"], days.limit);
  if (!IsInYears(days.start) || !IsInYears(days.limit)) return false;
  if (days.IsEmpty()) {
    field["limit"].Report("is not later than the start", "give the day after the last one");
  }
  return !days.IsEmpty();
}

void CheckFindability(const Field& field, const Ownership& ownership) {
  if (ownership.findability == Findability::kFindable ||
      ownership.findability == Findability::kHidden) {
    return;
  }
  field.Report("is not stated", "state FINDABILITY_FINDABLE or FINDABILITY_HIDDEN");
}

void CheckBlockedOrganizations(const Field& field, const Ownership& ownership) {
  CheckCount(field, ownership.blocked_organizations.size(), 1'000);
}

void CheckExternalId(const Field& field, const ExternalId& id) {
  if (id.source.empty() && id.id.empty()) return;
  if (id.source.empty() || id.source.size() > 40 ||
      !std::all_of(id.source.begin(), id.source.end(), IsSlugByte)) {
    field["source"].Report(id.source.empty() ? "is empty" : "is not the name of a source",
                           "give 1 to 40 of a-z, 0-9 and \"-\", as \"tmdb\"");
  }
  RequireText(field["id"], id.id, 200);
}

void CheckCount(const Field& list, size_t count, size_t most) {
  if (count <= most) return;
  list.Report(absl::StrCat("has ", count, " entries"), absl::StrCat("give at most ", most));
}

}  // namespace troupe
