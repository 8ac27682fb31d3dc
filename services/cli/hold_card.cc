#include "services/cli/hold_card.h"

#include <string>

#include "absl/strings/ascii.h"
#include "absl/strings/str_cat.h"
#include "services/cli/card_parts.h"
#include "services/cli/display_width.h"
#include "services/cli/number_text.h"
#include "services/cli/table.h"
#include "services/cli/wording.h"

namespace troupe {
namespace {

bool IsActive(const v1::Hold& hold) {
  return hold.state() == v1::Hold::STATE_OFFERED || hold.state() == v1::Hold::STATE_ACCEPTED;
}

std::string Capitalised(const v1::Hold& hold) {
  return hold.pending() ? "BEING CONFIRMED" : absl::AsciiStrToUpper(Worded(hold.state()));
}

std::string AtAndAway(const google::protobuf::Timestamp& time, const Reading& reading) {
  return absl::StrCat(DistanceText(time, reading), ", ", TimeText(time, reading));
}

std::string DaysOf(const v1::Hold& hold, const Reading& reading) {
  std::string days = DaysText(hold.dates(), reading);
  if (hold.travel_days() > 0) {
    absl::StrAppend(&days, ", ", Counted(hold.travel_days(), "day"),
                    " of travel before and after included");
  }
  return days;
}

// What was asked for, where that is not simply all of its days.
std::string AskedOf(const v1::Hold& hold) {
  if (hold.window().rule() != v1::Window::RULE_ANY_DAYS &&
      hold.window().rule() != v1::Window::RULE_CONTIGUOUS_DAYS) {
    return "";
  }
  return Worded(hold.window());
}

std::string ChallengeOf(const v1::Hold& hold, const Reading& reading) {
  if (!hold.has_challenge()) return "";
  const std::string until = absl::StrCat(TimeText(hold.challenge().due_time(), reading), " (",
                                         DistanceText(hold.challenge().due_time(), reading), ")");
  return hold.challenge().phase() == v1::HoldChallenge::PHASE_CONFIRM
             ? absl::StrCat("answered: confirm until ", until, ", or it falls to last")
             : absl::StrCat("those above must confirm or release until ", until);
}

std::string CounterOf(const v1::Hold& hold) {
  if (!hold.has_counter_offer()) return "";
  const bool person = hold.counter_offer().side() == v1::HOLD_SIDE_PERSON;
  return absl::StrCat(TermsText(hold.counter_offer().terms()), ", by ",
                      person ? "the person's side; the holder" : "the holder; the person's side",
                      " accepts or declines");
}

std::string EndOf(const v1::Hold& hold, const Reading& reading) {
  if (!hold.has_end()) return "";
  std::string end = AtAndAway(hold.end().end_time(), reading);
  const std::string reason = StandingText(hold, reading);
  if (!reason.empty()) absl::StrAppend(&end, ": ", reason);
  if (!hold.end().text().empty()) absl::StrAppend(&end, " (\"", hold.end().text(), "\")");
  return end;
}

void PrintHistory(const v1::Hold& hold, const Reading& reading, const Streams& streams) {
  PrintSection("History", streams);
  Table table({{.title = ""}, {.title = "", .wraps = true}});
  for (const v1::HoldEvent& event : hold.events()) {
    table.AddRow({{TimeText(event.event_time(), reading), Ink::kFaint},
                  EventText(event, reading)});
  }
  table.Print(streams, "  ");
  if (hold.event_count() > hold.events_size()) {
    streams.out << "  (" << WithCommas(hold.event_count() - hold.events_size())
                << " earlier are no longer kept)\n";
  }
}

}  // namespace

Ink InkOf(const v1::Hold& hold) {
  switch (hold.state()) {
    case v1::Hold::STATE_BOOKED:
    case v1::Hold::STATE_ACCEPTED:
      return Ink::kGood;
    case v1::Hold::STATE_OFFERED:
      return Ink::kScore;
    default:
      return Ink::kBad;
  }
}

void PrintCard(const v1::Hold& hold, bool history, const Reading& reading,
               const Streams& streams) {
  streams.out << Inked(InkOf(hold), Capitalised(hold), streams.colour) << "  "
              << Inked(Ink::kHeading, DaysText(hold.dates(), reading), streams.colour) << "  "
              << Inked(Ink::kFaint, Printable(hold.name()), streams.colour) << "\n";
  Facts facts(streams);
  if (IsActive(hold)) {
    facts.Add("stands", RanksText(hold, reading));
    facts.Add("behind it", BehindText(hold, reading));
    facts.Add("expires", AtAndAway(hold.expire_time(), reading));
  }
  facts.Add("challenge", ChallengeOf(hold, reading));
  facts.Add("counter-offer", CounterOf(hold));
  if (hold.state() == v1::Hold::STATE_BOOKED) {
    facts.Add("fills", absl::StrCat("seat ", hold.seat()));
    facts.Add("works", DaysText(hold.work_dates(), reading));
  }
  facts.Add("ended", EndOf(hold, reading));
  facts.Add("days", DaysOf(hold, reading));
  facts.Add("asked for", AskedOf(hold));
  facts.Add("terms", TermsText(hold.terms()));
  facts.Add("as", RoleName(hold.role()));
  facts.Add("in", hold.place().empty() ? "" : PlaceName(hold.place()));
  facts.Add("opening", hold.opening());
  facts.Add("holder", hold.organization());
  facts.Add("etag", hold.etag());
  facts.Print();
  if (history && !hold.events().empty()) PrintHistory(hold, reading, streams);
}

void PrintHolds(const std::vector<v1::Hold>& holds, const Reading& reading,
                const Streams& streams) {
  Table table({{.title = "hold"},
               {.title = "state"},
               {.title = "days", .wraps = true},
               {.title = "stands", .wraps = true},
               {.title = "a day", .right = true},
               {.title = "expires"}});
  for (const v1::Hold& hold : holds) {
    const std::string rate = Worded(hold.terms().day_rate());
    std::vector<std::string> notes = {
        absl::StrCat(RoleName(hold.role()), " for ", hold.opening())};
    const std::string challenge = ChallengeOf(hold, reading);
    if (!challenge.empty()) notes.push_back(absl::StrCat("challenge: ", challenge));
    const std::string counter = CounterOf(hold);
    if (!counter.empty()) notes.push_back(absl::StrCat("counter-offer: ", counter));
    const bool is_booked = hold.state() == v1::Hold::STATE_BOOKED;
    table.AddRow({hold.name(),
                  {hold.pending() ? "pending" : Worded(hold.state()), InkOf(hold)},
                  DaysText(hold.dates(), reading),
                  is_booked ? absl::StrCat("fills seat ", hold.seat())
                            : StandingText(hold, reading),
                  rate.empty() ? "open" : rate,
                  IsActive(hold) ? DistanceText(hold.expire_time(), reading) : ""},
                 notes);
  }
  table.Print(streams);
}

}  // namespace troupe
