#ifndef TROUPE_SERVICES_CLI_HOLD_WORDING_H_
#define TROUPE_SERVICES_CLI_HOLD_WORDING_H_

#include <string>

#include "absl/strings/string_view.h"
#include "absl/time/time.h"
#include "google/protobuf/repeated_ptr_field.h"
#include "google/protobuf/timestamp.pb.h"
#include "matcher/base/day.h"
#include "troupe/v1/hold.pb.h"
#include "troupe/v1/types.pb.h"

namespace troupe {

// How holds read in a terminal. An unset value is "".

// When and where a text is read: days of this year are shown without it, times
// in the reader's zone.
struct Reading {
  absl::Time now;
  absl::TimeZone zone;

  Day Today() const { return Day(absl::ToCivilDay(now, zone)); }
};

using DateRanges = google::protobuf::RepeatedPtrField<v1::DateRange>;

std::string Worded(v1::Hold::State state);  // "offered"
std::string Worded(v1::HoldReason reason);  // "days booked"

// "first", "second", ..., "13th".
std::string Ordinal(int32_t rank);

// "1-3 Dec, 7 Dec", "30 Nov-2 Dec", "31 Dec 2026-2 Jan 2027".
std::string DaysText(const DateRanges& dates, const Reading& reading);

// "Tue 8 Dec 18:00".
std::string TimeText(const google::protobuf::Timestamp& time, const Reading& reading);

// "in 6 days", "in 3 hours", "20 minutes ago", "now".
std::string DistanceText(const google::protobuf::Timestamp& time, const Reading& reading);

// "first option on 1-3 Dec, second on 4 Dec".
std::string RanksText(const v1::Hold& hold, const Reading& reading);

// Who waits behind it: "2 on 1-3 Dec, 1 on 4 Dec".
std::string BehindText(const v1::Hold& hold, const Reading& reading);

// "1,200 CNY a day; meals and a room"; "to be agreed" if nothing is said.
std::string TermsText(const v1::HoldTerms& terms);

// What happened, without when: "challenged by a hold below", "booked 1-3 Dec".
std::string EventText(const v1::HoldEvent& event, const Reading& reading);

// Where the hold is, in a few words: "first option on 1-3 Dec", "booked, seat 2",
// "released: days booked".
std::string StandingText(const v1::Hold& hold, const Reading& reading);

}  // namespace troupe

#endif  // TROUPE_SERVICES_CLI_HOLD_WORDING_H_
