#include "services/cli/hold_wording.h"

#include <array>
#include <cstdint>
#include <utility>
#include <vector>

#include "absl/strings/ascii.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "absl/strings/str_replace.h"
#include "absl/strings/strip.h"
#include "absl/time/civil_time.h"
#include "services/cli/number_text.h"
#include "services/cli/wording.h"
#include "services/convert/types_conversion.h"

namespace troupe {
namespace {

constexpr std::array<const char*, 12> kShortMonths = {"Jan", "Feb", "Mar", "Apr", "May", "Jun",
                                                      "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};

std::string Words(absl::string_view name, absl::string_view prefix) {
  absl::ConsumePrefix(&name, prefix);
  if (name == "UNSPECIFIED") return "";
  return absl::StrReplaceAll(absl::AsciiStrToLower(name), {{"_", " "}});
}

absl::CivilDay CivilOf(const v1::Date& date) {
  return absl::CivilDay(date.year(), date.month(), date.day());
}

absl::Time TimeOf(const google::protobuf::Timestamp& time) {
  return absl::FromUnixSeconds(time.seconds()) + absl::Nanoseconds(time.nanos());
}

std::string MonthOf(absl::CivilDay day) {
  return kShortMonths[static_cast<size_t>(day.month() - 1)];
}

std::string YearOf(absl::CivilDay day, absl::CivilDay today) {
  return day.year() == today.year() ? "" : absl::StrCat(" ", day.year());
}

// "1-3 Dec"; only what differs is said twice.
std::string RangeText(const v1::DateRange& range, absl::CivilDay today) {
  const absl::CivilDay first = CivilOf(range.start());
  const absl::CivilDay last = CivilOf(range.limit()) - 1;
  const std::string end =
      absl::StrCat(last.day(), " ", MonthOf(last), YearOf(last, today));
  if (last <= first) return end;
  if (first.year() != last.year()) {
    return absl::StrCat(first.day(), " ", MonthOf(first), " ", first.year(), "-", last.day(), " ",
                        MonthOf(last), " ", last.year());
  }
  if (first.month() != last.month()) {
    return absl::StrCat(first.day(), " ", MonthOf(first), "-", end);
  }
  return absl::StrCat(first.day(), "-", end);
}

bool IsSameDay(const v1::Date& a, const v1::Date& b) {
  return a.year() == b.year() && a.month() == b.month() && a.day() == b.day();
}

// Joins them if one goes on where the other ends.
void AddDates(const v1::DateRange& added, DateRanges& dates) {
  if (!dates.empty() && IsSameDay(dates.rbegin()->limit(), added.start())) {
    *dates.rbegin()->mutable_limit() = added.limit();
  } else {
    *dates.Add() = added;
  }
}

// Runs of ranks that `key` maps to the same number, in order, each worded by
// `word`; runs of 0 are left out.
template <typename Key, typename Word>
std::string Grouped(const v1::Hold& hold, const Key& key, const Word& word) {
  std::vector<std::pair<int32_t, DateRanges>> groups;
  for (const v1::HoldRank& rank : hold.ranks()) {
    const int32_t number = key(rank);
    if (groups.empty() || groups.back().first != number) groups.push_back({number, {}});
    AddDates(rank.dates(), groups.back().second);
  }
  std::vector<std::string> parts;
  for (const auto& [number, dates] : groups) {
    if (number > 0) parts.push_back(word(number, dates, parts.empty()));
  }
  return absl::StrJoin(parts, ", ");
}

std::string SideText(v1::HoldSide side) {
  switch (side) {
    case v1::HOLD_SIDE_PERSON: return " by the person's side";
    case v1::HOLD_SIDE_HOLDER: return " by the holder";
    default: return "";
  }
}

std::string HappenedText(const v1::HoldEvent& event) {
  switch (event.kind()) {
    case v1::HoldEvent::KIND_PLACED: return "placed";
    case v1::HoldEvent::KIND_CONFIRMING: return "being confirmed";
    case v1::HoldEvent::KIND_NOT_CONFIRMED: return "not confirmed; as before";
    case v1::HoldEvent::KIND_CANCELLED: return "booking cancelled";
    case v1::HoldEvent::KIND_REOPENED: return "back where it stood";
    case v1::HoldEvent::KIND_DAYS_LOST: return "lost days to a booking";
    case v1::HoldEvent::KIND_CHALLENGED: return "challenged by a hold below: confirm or release";
    case v1::HoldEvent::KIND_CHALLENGING: return "challenges those above";
    case v1::HoldEvent::KIND_MAY_CONFIRM: return "its challenge is answered: it may confirm";
    case v1::HoldEvent::KIND_CHALLENGE_OVER: return "its challenge is over: others came back above";
    case v1::HoldEvent::KIND_FELL_TO_LAST: return "fell to last: it did not confirm in time";
    case v1::HoldEvent::KIND_COUNTER_OFFERED: return "counter-offer made";
    case v1::HoldEvent::KIND_COUNTER_ACCEPTED: return "counter-offer accepted";
    case v1::HoldEvent::KIND_COUNTER_DECLINED: return "counter-offer declined";
    case v1::HoldEvent::KIND_COUNTER_WITHDRAWN: return "counter-offer withdrawn";
    case v1::HoldEvent::KIND_PROMOTED: return "moved up to first option on";
    case v1::HoldEvent::KIND_OVERTAKEN: return "no longer first option on";
    default: return Words(v1::HoldEvent::Kind_Name(event.kind()), "KIND_");
  }
}

// The reasons that the kind of event does not say already.
std::string ReasonText(v1::HoldReason reason) {
  switch (reason) {
    case v1::HOLD_REASON_PRE_ACCEPTED: return "by a rule of the profile";
    case v1::HOLD_REASON_DAYS_BOOKED: return "its days were booked";
    case v1::HOLD_REASON_CHALLENGED: return "it did not answer a challenge in time";
    case v1::HOLD_REASON_CHALLENGE_NOT_USED: return "it did not use its challenge";
    case v1::HOLD_REASON_DEADLINE_PASSED: return "its deadline passed";
    case v1::HOLD_REASON_BOOKING_CANCELLED: return "the booking was cancelled";
    default: return "";
  }
}

}  // namespace

std::string Worded(v1::Hold::State state) {
  return Words(v1::Hold::State_Name(state), "STATE_");
}

std::string Worded(v1::HoldReason reason) {
  return Words(v1::HoldReason_Name(reason), "HOLD_REASON_");
}

std::string Ordinal(int32_t rank) {
  static constexpr std::array<const char*, 11> kWords = {
      "", "first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth",
      "tenth"};
  if (rank >= 1 && rank < static_cast<int32_t>(kWords.size())) {
    return kWords[static_cast<size_t>(rank)];
  }
  const int32_t tens = rank % 100;
  const char* ending = "th";
  if (tens < 11 || tens > 13) {
    if (rank % 10 == 1) ending = "st";
    if (rank % 10 == 2) ending = "nd";
    if (rank % 10 == 3) ending = "rd";
  }
  return absl::StrCat(rank, ending);
}

std::string DaysText(const DateRanges& dates, const Reading& reading) {
  const absl::CivilDay today = reading.Today().civil();
  return absl::StrJoin(dates, ", ", [&](std::string* out, const v1::DateRange& range) {
    absl::StrAppend(out, RangeText(range, today));
  });
}

std::string TimeText(const google::protobuf::Timestamp& time, const Reading& reading) {
  const absl::Time at = TimeOf(time);
  const absl::CivilDay day = absl::ToCivilDay(at, reading.zone);
  const bool this_year = day.year() == reading.Today().civil().year();
  return absl::FormatTime(this_year ? "%a %e %b %H:%M" : "%a %e %b %Y %H:%M", at, reading.zone);
}

std::string DistanceText(const google::protobuf::Timestamp& time, const Reading& reading) {
  const absl::Duration away = TimeOf(time) - reading.now;
  // So that what was given 24 hours a second ago is not said to have 23.
  const absl::Duration distance = absl::AbsDuration(away) + absl::Seconds(30);
  std::string amount;
  if (distance >= absl::Hours(48)) {
    amount = Counted(distance / absl::Hours(24), "day");
  } else if (distance >= absl::Hours(2)) {
    amount = Counted(distance / absl::Hours(1), "hour");
  } else if (distance >= absl::Minutes(1)) {
    amount = Counted(distance / absl::Minutes(1), "minute");
  } else {
    return "now";
  }
  return away > absl::ZeroDuration() ? absl::StrCat("in ", amount) : absl::StrCat(amount, " ago");
}

std::string RanksText(const v1::Hold& hold, const Reading& reading) {
  return Grouped(
      hold, [](const v1::HoldRank& rank) { return rank.rank(); },
      [&](int32_t rank, const DateRanges& dates, bool is_first) {
        return absl::StrCat(Ordinal(rank), is_first ? " option on " : " on ",
                            DaysText(dates, reading));
      });
}

std::string BehindText(const v1::Hold& hold, const Reading& reading) {
  return Grouped(
      hold, [](const v1::HoldRank& rank) { return rank.holds() - rank.rank(); },
      [&](int32_t behind, const DateRanges& dates, bool) {
        return absl::StrCat(behind, " on ", DaysText(dates, reading));
      });
}

std::string TermsText(const v1::HoldTerms& terms) {
  const std::string rate = Worded(terms.day_rate());
  std::vector<std::string> parts;
  if (!rate.empty()) parts.push_back(absl::StrCat(rate, " a day"));
  if (!terms.conditions().empty()) parts.push_back(terms.conditions());
  return parts.empty() ? "to be agreed" : absl::StrJoin(parts, "; ");
}

std::string EventText(const v1::HoldEvent& event, const Reading& reading) {
  std::string text = HappenedText(event);
  if (!event.dates().empty()) absl::StrAppend(&text, " ", DaysText(event.dates(), reading));
  absl::StrAppend(&text, SideText(event.side()));
  const std::string reason = ReasonText(event.reason());
  if (!reason.empty()) absl::StrAppend(&text, ", ", reason);
  if (event.has_terms()) absl::StrAppend(&text, ": ", TermsText(event.terms()));
  if (!event.text().empty()) absl::StrAppend(&text, " (\"", event.text(), "\")");
  return text;
}

std::string StandingText(const v1::Hold& hold, const Reading& reading) {
  if (hold.pending()) return "being confirmed";
  switch (hold.state()) {
    case v1::Hold::STATE_OFFERED:
    case v1::Hold::STATE_ACCEPTED:
      return RanksText(hold, reading);
    case v1::Hold::STATE_BOOKED:
      return absl::StrCat("seat ", hold.seat(), " of ", hold.opening());
    default:
      return ReasonText(hold.end().reason());
  }
}

}  // namespace troupe
