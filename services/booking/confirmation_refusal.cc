#include "services/booking/confirmation_refusal.h"

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "matcher/base/violation.h"
#include "matcher/hold/ladder.h"
#include "services/convert/resource_names.h"
#include "services/rpc/resource_errors.h"

namespace troupe {
namespace {

constexpr char kStale[] = "STALE_ETAG";
constexpr char kMixed[] = "CREW_NOT_CONFIRMED";

// What may be done about a hold that cannot be confirmed as it stands.
std::string OptionsOf(absl::string_view reason, const Agenda* agenda, HoldId id) {
  const Hold* const hold = agenda == nullptr ? nullptr : agenda->Find(id.number);
  if (reason == "NOT_ACCEPTED") return "wait for the person's side to accept it, or release it";
  if (reason == "COUNTER_OFFER_STANDING") return "answer the counter-offer first";
  if (reason == "CONFIRMATION_PENDING") return "retry once that is decided";
  if (reason == "HOLD_ENDED") {
    const bool is_booked = hold != nullptr && hold->IsBooked();
    return is_booked ? "there is nothing left to confirm" : "place another hold";
  }
  std::vector<std::string> options;
  if (reason == "NOT_FIRST") {
    const bool challenges = hold != nullptr && hold->challenge.has_value();
    options.push_back(challenges ? "wait for its challenge to be answered"
                                 : "challenge those above it, or wait");
  }
  const bool may_choose = hold != nullptr && hold->window.rule != Window::Rule::kAllDays;
  if (may_choose) options.push_back("confirm other days of its window");
  options.push_back("release it, and hold other days or another person");
  return absl::StrJoin(options, "; ");
}

bool IsAboutHold(const absl::Status& why) {
  return absl::IsFailedPrecondition(why) || absl::IsInvalidArgument(why);
}

// "NOT_FIRST: 2026-12-06 has 2 holds, ...": what is wrong, without what to do.
std::string ProblemOf(const absl::Status& why) {
  std::vector<std::string> problems;
  for (const FieldViolation& violation : ViolationsOf(why)) problems.push_back(violation.problem);
  if (problems.empty()) {
    problems.emplace_back(why.message().substr(0, why.message().find(": ")));
  }
  return absl::StrCat(ReasonOf(why), ": ", absl::StrJoin(problems, "; "));
}

absl::Status WithEntries(absl::StatusCode code, absl::string_view reason,
                         absl::string_view message, const Violations& entries) {
  absl::Status status = ErrorWithReason(code, reason, message);
  entries.ToStatus().ForEachPayload([&](absl::string_view url, const absl::Cord& payload) {
    if (!status.GetPayload(url).has_value()) status.SetPayload(url, payload);
  });
  return status;
}

std::string NamesOf(const std::vector<HoldId>& holds) {
  constexpr size_t kMost = 5;
  std::vector<std::string> names;
  for (const HoldId& hold : holds) {
    if (names.size() < kMost) names.push_back(FormatName(hold));
  }
  const std::string more =
      holds.size() > kMost ? absl::StrCat(" and ", holds.size() - kMost, " more") : "";
  return absl::StrCat(absl::StrJoin(names, ", "), more);
}

}  // namespace

void ConfirmationRefusal::Add(HoldId hold, const absl::Status& why, const Agenda* agenda) {
  entries_.push_back({hold, why, OptionsOf(ReasonOf(why), agenda, hold)});
}

void ConfirmationRefusal::AddStale(HoldId hold) {
  entries_.push_back({hold, StaleEtag("hold"), "read it again"});
}

absl::Status ConfirmationRefusal::ToStatus() const {
  std::vector<HoldId> stale;
  for (const Entry& entry : entries_) {
    const bool is_known = IsAboutHold(entry.why) || absl::IsNotFound(entry.why) ||
                          absl::IsPermissionDenied(entry.why) || absl::IsAborted(entry.why);
    if (!is_known) return entry.why;
    if (ReasonOf(entry.why) == kStale) stale.push_back(entry.hold);
  }
  if (!stale.empty()) {
    Violations entries;
    for (const HoldId& hold : stale) entries.Add(FormatName(hold), "was changed", "read it again");
    return WithEntries(absl::StatusCode::kAborted, kStale,
                       absl::StrCat("holds were changed by somebody else: read ", NamesOf(stale),
                                    " again and retry with a new request_id"),
                       entries);
  }
  std::string reason;
  Violations entries;
  std::vector<HoldId> refused;
  for (const Entry& entry : entries_) {
    if (!IsAboutHold(entry.why)) return entry.why;
    const std::string own = ReasonOf(entry.why);
    reason = reason.empty() || reason == own ? own : kMixed;
    entries.Add(FormatName(entry.hold), ProblemOf(entry.why), entry.options);
    refused.push_back(entry.hold);
  }
  if (refused.empty()) return absl::OkStatus();
  if (refused.size() == 1 && absl::IsInvalidArgument(entries_[0].why)) return entries_[0].why;
  return WithEntries(absl::StatusCode::kFailedPrecondition, reason,
                     absl::StrCat(NamesOf(refused), refused.size() == 1 ? " cannot" : " cannot all",
                                  " be confirmed, so nothing is booked: ",
                                  entries.found()[0].problem, "; ", entries.found()[0].fix),
                     entries);
}

absl::Status RefusalOf(const SeatDecision& decision, const std::vector<SeatWish>& wishes) {
  const std::string& reason = decision.reason;
  if (reason == "NOT_OWNER") return NotOwner("project");
  if (reason == "ABORTED" || reason == "DEADLINE_PASSED") {
    return ErrorWithReason(absl::StatusCode::kAborted, "CONFIRMATION_ABORTED",
                           "the confirmation was given up before it was decided, and nothing is "
                           "booked: read the holds again, and confirm them with a new request_id");
  }
  Violations entries;
  for (const SeatWish& wish : decision.seats.empty() ? wishes : decision.seats) {
    const std::string seat = wish.seat == 0 ? "its opening" : absl::StrCat("seat ", wish.seat);
    const bool is_taken = reason == "SEAT_TAKEN";
    entries.Add(FormatName(wish.hold),
                is_taken ? absl::StrCat(reason, ": ", seat, " is filled")
                         : absl::StrCat(reason, ": ", seat, " cannot be filled"),
                is_taken ? "name a seat that is empty, or add seats to the opening"
                         : "open the opening, or release the hold");
  }
  return WithEntries(absl::StatusCode::kFailedPrecondition, reason,
                     "seats cannot be filled, so nothing is booked: mend what the details list, "
                     "and confirm with a new request_id",
                     entries);
}

}  // namespace troupe
