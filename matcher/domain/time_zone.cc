#include "matcher/domain/time_zone.h"

#include <unicode/basictz.h>
#include <unicode/strenum.h>
#include <unicode/timezone.h>

#include <utility>

#include "absl/strings/match.h"
#include "absl/strings/string_view.h"

namespace troupe {
namespace {

constexpr int64_t kDaySeconds = 86'400;
constexpr double kMillisecond = 1'000;

icu::UnicodeString Unicode(absl::string_view text) {
  return icu::UnicodeString::fromUTF8(icu::StringPiece(text.data(), static_cast<int>(text.size())));
}

// ICU knows more than the database has: "GMT+8", "CTT", "SystemV/PST8".
bool IsWrittenAsTheDatabaseDoes(absl::string_view name) {
  if (name.size() > 60 || absl::StartsWith(name, "SystemV/")) return false;
  return name == "UTC" || name == "GMT" || absl::StrContains(name, "/");
}

}  // namespace

struct TimeZone::Rules {
  std::string canonical_name;
  std::unique_ptr<const icu::BasicTimeZone> zone;
};

TimeZone::TimeZone(std::string name, std::shared_ptr<const Rules> rules)
    : name_(std::move(name)), rules_(std::move(rules)) {}

TimeZone::~TimeZone() = default;

std::optional<TimeZone> TimeZone::Find(absl::string_view name) {
  if (!IsWrittenAsTheDatabaseDoes(name)) return std::nullopt;
  const icu::UnicodeString id = Unicode(name);
  icu::UnicodeString canonical;
  UBool is_known = false;
  UErrorCode error = U_ZERO_ERROR;
  icu::TimeZone::getCanonicalID(id, canonical, is_known, error);
  if (U_FAILURE(error) || !is_known) return std::nullopt;
  std::unique_ptr<icu::TimeZone> zone(icu::TimeZone::createTimeZone(id));
  const auto* basic = dynamic_cast<const icu::BasicTimeZone*>(zone.get());
  if (basic == nullptr) return std::nullopt;
  zone.release();
  auto rules = std::make_shared<Rules>();
  canonical.toUTF8String(rules->canonical_name);
  rules->zone.reset(basic);
  return TimeZone(std::string(name), std::move(rules));
}

std::vector<std::string> TimeZone::Names() {
  UErrorCode error = U_ZERO_ERROR;
  const std::unique_ptr<icu::StringEnumeration> ids(icu::TimeZone::createTimeZoneIDEnumeration(
      UCAL_ZONE_TYPE_CANONICAL, nullptr, nullptr, error));
  std::vector<std::string> names;
  while (ids != nullptr && U_SUCCESS(error)) {
    const char* id = ids->next(nullptr, error);
    if (id == nullptr) break;
    if (IsWrittenAsTheDatabaseDoes(id)) names.emplace_back(id);
  }
  return names;
}

bool TimeZone::IsSameAs(const TimeZone& other) const {
  return rules_->canonical_name == other.rules_->canonical_name;
}

TimeZone TimeZone::Of(absl::string_view name) {
  std::optional<TimeZone> zone = Find(name);
  return zone.has_value() ? *std::move(zone) : *Find(kDefaultTimeZone);
}

std::string TimeZone::NameOfWindowsZone(absl::string_view windows_name) {
  icu::UnicodeString id;
  UErrorCode error = U_ZERO_ERROR;
  icu::TimeZone::getIDForWindowsID(Unicode(windows_name), nullptr, id, error);
  std::string name;
  if (U_SUCCESS(error)) id.toUTF8String(name);
  return name;
}

int32_t TimeZone::OffsetAt(absl::Time time) const {
  int32_t raw = 0;
  int32_t saving = 0;
  UErrorCode error = U_ZERO_ERROR;
  rules_->zone->getOffset(static_cast<double>(absl::ToUnixSeconds(time)) * kMillisecond,
                          /*local=*/false, raw, saving, error);
  return (raw + saving) / 1'000;
}

Day TimeZone::DayAt(absl::Time time) const {
  const int64_t local = absl::ToUnixSeconds(time) + OffsetAt(time);
  const int64_t days = local / kDaySeconds - (local % kDaySeconds < 0 ? 1 : 0);
  return Day(static_cast<int32_t>(days));
}

absl::Time TimeZone::At(Day day, int32_t second) const {
  const int64_t local = day.since_epoch() * kDaySeconds + second;
  int32_t raw = 0;
  int32_t saving = 0;
  UErrorCode error = U_ZERO_ERROR;
  rules_->zone->getOffsetFromLocal(static_cast<double>(local) * kMillisecond, UCAL_TZ_LOCAL_FORMER,
                                   UCAL_TZ_LOCAL_FORMER, raw, saving, error);
  return absl::FromUnixSeconds(local - (raw + saving) / 1'000);
}

// Where the clocks skip midnight, what they showed before tells the instant at
// which they do: the day's first.
absl::Time TimeZone::StartOf(Day day) const { return At(day, 0); }

}  // namespace troupe
