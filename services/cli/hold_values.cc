#include "services/cli/hold_values.h"

#include <cstdint>
#include <string>
#include <utility>

#include "absl/strings/ascii.h"
#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_replace.h"
#include "absl/strings/str_split.h"
#include "absl/strings/strip.h"

namespace troupe {
namespace {

constexpr size_t kCurrencyLetters = 3;
constexpr size_t kNanoDigits = 9;
constexpr int32_t kMostDays = 400;

bool IsDigits(absl::string_view text) {
  return !text.empty() && text.find_first_not_of("0123456789") == absl::string_view::npos;
}

}  // namespace

std::optional<v1::Money> ParseMoney(absl::string_view text) {
  text = absl::StripAsciiWhitespace(text);
  if (text.size() <= kCurrencyLetters) return std::nullopt;
  const absl::string_view currency = text.substr(text.size() - kCurrencyLetters);
  for (const char letter : currency) {
    if (!absl::ascii_isupper(static_cast<unsigned char>(letter))) return std::nullopt;
  }
  text.remove_suffix(kCurrencyLetters);
  const std::string amount =
      absl::StrReplaceAll(absl::StripTrailingAsciiWhitespace(text), {{",", ""}});
  const std::pair<std::string, std::string> parts =
      absl::StrSplit(amount, absl::MaxSplits('.', 1));
  v1::Money money;
  money.set_currency_code(std::string(currency));
  int64_t units = 0;
  if (!IsDigits(parts.first) || !absl::SimpleAtoi(parts.first, &units)) return std::nullopt;
  money.set_units(units);
  if (amount.find('.') == std::string::npos) return money;
  if (!IsDigits(parts.second) || parts.second.size() > kNanoDigits) return std::nullopt;
  int32_t nanos = 0;
  const std::string padded =
      absl::StrCat(parts.second, std::string(kNanoDigits - parts.second.size(), '0'));
  if (!absl::SimpleAtoi(padded, &nanos)) return std::nullopt;
  money.set_nanos(nanos);
  return money;
}

std::optional<DaySpan> ParseDays(absl::string_view text) {
  const std::vector<absl::string_view> ends = absl::StrSplit(text, "..");
  if (ends.size() > 2) return std::nullopt;
  const std::optional<Day> first = Day::Parse(ends.front());
  const std::optional<Day> last = Day::Parse(ends.back());
  if (!first.has_value() || !last.has_value() || *last < *first) return std::nullopt;
  return DaySpan{*first, *last + 1};
}

std::optional<std::vector<Day>> ParseDayList(absl::string_view text) {
  std::vector<Day> days;
  for (absl::string_view part : absl::StrSplit(text, ',')) {
    const std::optional<DaySpan> span = ParseDays(absl::StripAsciiWhitespace(part));
    if (!span.has_value() || span->length() > kMostDays) return std::nullopt;
    for (Day day = span->start; day < span->limit; day = day + 1) days.push_back(day);
  }
  return days;
}

std::optional<WindowRule> ParseWindowRule(absl::string_view text) {
  if (text == "all") return WindowRule();
  WindowRule rule;
  if (absl::ConsumePrefix(&text, "any:")) {
    rule.rule = v1::Window::RULE_ANY_DAYS;
  } else if (absl::ConsumePrefix(&text, "running:")) {
    rule.rule = v1::Window::RULE_CONTIGUOUS_DAYS;
  } else {
    return std::nullopt;
  }
  if (!IsDigits(text) || !absl::SimpleAtoi(text, &rule.days) || rule.days < 1) {
    return std::nullopt;
  }
  return rule;
}

std::optional<absl::Time> ParseDeadline(absl::string_view text, absl::Time now,
                                        absl::TimeZone zone) {
  if (const std::optional<Day> day = Day::Parse(text); day.has_value()) {
    return absl::FromCivil(day->civil(), zone);
  }
  absl::Time time;
  std::string error;
  if (absl::ParseTime("%Y-%m-%dT%H:%M", text, zone, &time, &error)) return time;
  absl::string_view number = text;
  int64_t amount = 0;
  const bool is_days = absl::ConsumeSuffix(&number, "d");
  if (!is_days && !absl::ConsumeSuffix(&number, "h")) return std::nullopt;
  if (!IsDigits(number) || !absl::SimpleAtoi(number, &amount) || amount < 1 ||
      amount > 100'000) {
    return std::nullopt;
  }
  return now + absl::Hours(is_days ? 24 * amount : amount);
}

}  // namespace troupe
