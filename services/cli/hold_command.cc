#include <algorithm>
#include <cstdint>
#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "absl/strings/ascii.h"
#include "absl/strings/str_cat.h"
#include "absl/time/time.h"
#include "matcher/base/status_macros.h"
#include "matcher/base/violation.h"
#include "services/cli/change_watch.h"
#include "services/cli/command.h"
#include "services/cli/hold_card.h"
#include "services/cli/hold_values.h"
#include "services/cli/hold_wording.h"
#include "services/cli/match_view.h"
#include "services/cli/option_values.h"
#include "services/cli/record_sender.h"
#include "services/convert/types_conversion.h"
#include "troupe/v1/booking_service.grpc.pb.h"

namespace troupe {
namespace {

using Bookings = v1::BookingService::Stub;

constexpr int32_t kPage = 500;

// What any of the commands may be told.
struct HoldOptions {
  std::string name;  // Of a hold; of `list`, `watch` and `crew` the parent.
  std::string opening;
  std::vector<std::string> names;  // Of a crew.
  std::string etag;
  std::string request_id;
  std::string reason;
  std::optional<DaySpan> dates;
  WindowRule rule;
  std::optional<v1::Money> rate;
  std::optional<std::string> conditions;
  std::string expires;
  int32_t seat = 0;
  std::vector<Day> days;
  std::vector<std::string> states;
  int32_t limit = 100;
  int32_t top = 20;
  std::string from;
};

using Verb = absl::Status (*)(const HoldOptions&, Session&);

Reading ReadingOf(const Session& session) {
  return {.now = session.host().clock.Now(), .zone = absl::LocalTimeZone()};
}

absl::StatusOr<v1::Hold> GetHold(const std::string& name, const Connection& connection) {
  v1::GetHoldRequest request;
  request.set_name(name);
  return connection.Ask(&Bookings::GetHold, request);
}

// `done`, in the past tense, and where the hold is now.
void PrintDone(const char* done, const v1::Hold& hold, Session& session) {
  if (session.json()) return session.PrintJson(hold);
  session.out() << done << " " << hold.name() << "\n";
  PrintCard(hold, false, ReadingOf(session), session.streams());
}

// Sends a request about one hold, which is `done` then.
template <typename Request>
absl::Status Act(grpc::Status (Bookings::*method)(grpc::ClientContext*, const Request&, v1::Hold*),
                 Request request, const HoldOptions& options, const char* done,
                 Session& session) {
  request.set_name(options.name);
  request.set_etag(options.etag);
  request.set_request_id(options.request_id);
  const Connection& connection = session.connection();
  TROUPE_ASSIGN_OR_RETURN(const v1::Hold hold,
                          connection.Ask(method, request));
  PrintDone(done, hold, session);
  return absl::OkStatus();
}

// How an outcome that is not known is asked for again.
void TellRetry(const absl::Status& status, const std::string& request_id, Session& session) {
  const bool unknown = absl::IsUnavailable(status) || absl::IsDeadlineExceeded(status);
  if (!unknown) return;
  session.streams().err << "It is not known whether this took effect. Ask again, for the same "
                           "once and no more, with: --request-id "
                        << request_id << "\n";
}

absl::Status Place(const HoldOptions& options, Session& session) {
  v1::PlaceHoldRequest request;
  request.set_parent(options.name);
  request.set_opening(options.opening);
  if (options.dates.has_value()) {
    *request.mutable_window()->mutable_dates() = ToWire(*options.dates);
    request.mutable_window()->set_rule(options.rule.rule);
    request.mutable_window()->set_days(options.rule.days);
  }
  if (options.rate.has_value()) *request.mutable_terms()->mutable_day_rate() = *options.rate;
  if (options.conditions.has_value()) {
    request.mutable_terms()->set_conditions(*options.conditions);
  }
  if (!options.expires.empty()) {
    const Reading reading = ReadingOf(session);
    *request.mutable_expire_time() =
        ToWire(*ParseDeadline(options.expires, reading.now, reading.zone));
  }
  const std::string request_id = RequestIdFor(options.request_id, session);
  request.set_request_id(request_id);
  const Connection& connection = session.connection();
  const absl::StatusOr<v1::Hold> hold =
      connection.Ask(&Bookings::PlaceHold, request);
  if (!hold.ok()) {
    TellRetry(hold.status(), request_id, session);
    return hold.status();
  }
  PrintDone("placed", *hold, session);
  return absl::OkStatus();
}

absl::Status Accept(const HoldOptions& options, Session& session) {
  return Act(&Bookings::AcceptHold, v1::AcceptHoldRequest(), options, "accepted", session);
}

absl::Status Decline(const HoldOptions& options, Session& session) {
  v1::DeclineHoldRequest request;
  request.set_text(options.reason);
  return Act(&Bookings::DeclineHold, request, options, "declined", session);
}

absl::Status Release(const HoldOptions& options, Session& session) {
  v1::ReleaseHoldRequest request;
  request.set_text(options.reason);
  return Act(&Bookings::ReleaseHold, request, options, "released", session);
}

absl::Status Challenge(const HoldOptions& options, Session& session) {
  return Act(&Bookings::ChallengeHold, v1::ChallengeHoldRequest(), options, "challenged above",
             session);
}

absl::Status Cancel(const HoldOptions& options, Session& session) {
  v1::CancelBookingRequest request;
  request.set_text(options.reason);
  return Act(&Bookings::CancelBooking, request, options, "cancelled", session);
}

// What is not said stays: the terms that count for the hold now, and its etag,
// so that nothing newer is taken for them.
absl::Status Counter(const HoldOptions& options, Session& session) {
  if (!options.rate.has_value() && !options.conditions.has_value()) {
    return InvalidField("--rate", "is not given, nor are --conditions", "say what is to change");
  }
  HoldOptions known = options;
  v1::CounterOfferRequest request;
  if (!options.rate.has_value() || !options.conditions.has_value()) {
    TROUPE_ASSIGN_OR_RETURN(const v1::Hold hold, GetHold(options.name, session.connection()));
    *request.mutable_terms() = hold.terms();
    if (known.etag.empty()) known.etag = hold.etag();
  }
  if (options.rate.has_value()) *request.mutable_terms()->mutable_day_rate() = *options.rate;
  if (options.conditions.has_value()) {
    request.mutable_terms()->set_conditions(*options.conditions);
  }
  return Act(&Bookings::CounterOffer, request, known, "made a counter-offer for", session);
}

absl::Status Confirm(const HoldOptions& options, Session& session) {
  HoldOptions sent = options;
  sent.request_id = RequestIdFor(options.request_id, session);
  v1::ConfirmHoldRequest request;
  request.set_seat(options.seat);
  for (const Day day : options.days) *request.add_work_dates() = ToWire(day);
  const absl::Status status =
      Act(&Bookings::ConfirmHold, request, sent, "confirmed", session);
  TellRetry(status, sent.request_id, session);
  return status;
}

absl::Status Crew(const HoldOptions& options, Session& session) {
  const Connection& connection = session.connection();
  v1::ConfirmCrewRequest request;
  request.set_parent(options.name);
  const std::string request_id = RequestIdFor(options.request_id, session);
  request.set_request_id(request_id);
  for (const std::string& name : options.names) {
    TROUPE_ASSIGN_OR_RETURN(const v1::Hold hold, GetHold(name, connection));
    v1::HoldToConfirm& member = *request.add_holds();
    member.set_name(name);
    member.set_etag(hold.etag());
  }
  const absl::StatusOr<v1::ConfirmCrewResponse> crew =
      connection.Ask(&Bookings::ConfirmCrew, request);
  if (!crew.ok()) {
    TellRetry(crew.status(), request_id, session);
    return crew.status();
  }
  if (session.json()) {
    session.PrintJson(*crew);
    return absl::OkStatus();
  }
  session.out() << "confirmed a crew of " << crew->holds_size() << "\n";
  PrintHolds({crew->holds().begin(), crew->holds().end()}, ReadingOf(session),
             session.streams());
  return absl::OkStatus();
}

absl::Status Replace(const HoldOptions& options, Session& session) {
  v1::ReplaceDropoutRequest request;
  request.set_name(options.name);
  request.set_etag(options.etag);
  request.set_text(options.reason);
  request.set_page_size(options.top);
  const std::string request_id = RequestIdFor(options.request_id, session);
  request.set_request_id(request_id);
  const Connection& connection = session.connection();
  const absl::StatusOr<v1::ReplaceDropoutResponse> response =
      connection.Ask(&Bookings::ReplaceDropout, request);
  if (!response.ok()) {
    TellRetry(response.status(), request_id, session);
    return response.status();
  }
  if (session.json()) {
    session.PrintJson(*response);
    return absl::OkStatus();
  }
  PrintDone("cancelled", response->hold(), session);
  if (!response->search_error().empty()) {
    session.streams().err << "Nobody could be searched for: " << response->search_error()
                          << "\nThe cancellation stands. Try: troupe find "
                          << response->hold().opening() << "\n";
    return absl::OkStatus();
  }
  session.out() << "Free on these days, the best first:\n";
  PrintPeople(response->replacements(), false, session.streams());
  return absl::OkStatus();
}

v1::Hold::State StateOf(const std::string& word) {
  v1::Hold::State state = v1::Hold::STATE_UNSPECIFIED;
  v1::Hold::State_Parse(absl::StrCat("STATE_", absl::AsciiStrToUpper(word)), &state);
  return state;
}

absl::Status List(const HoldOptions& options, Session& session) {
  const Connection& connection = session.connection();
  v1::ListHoldsRequest request;
  request.set_parent(options.name);
  for (const std::string& word : options.states) request.add_states(StateOf(word));
  std::vector<v1::Hold> holds;
  bool more = false;
  do {
    const int32_t room = options.limit - static_cast<int32_t>(holds.size());
    request.set_page_size(std::min(room, kPage));
    TROUPE_ASSIGN_OR_RETURN(
        v1::ListHoldsResponse response,
        connection.Ask(&Bookings::ListHolds, request));
    for (v1::Hold& hold : *response.mutable_holds()) {
      if (session.json()) session.PrintJson(hold);
      holds.push_back(std::move(hold));
    }
    request.set_page_token(response.next_page_token());
    more = !request.page_token().empty();
  } while (more && static_cast<int32_t>(holds.size()) < options.limit);
  if (session.json()) return absl::OkStatus();
  if (holds.empty()) {
    session.out() << "no holds\n";
  } else {
    PrintHolds(holds, ReadingOf(session), session.streams());
  }
  if (more) session.out() << "... and more: raise --limit\n";
  return absl::OkStatus();
}

absl::Status Show(const HoldOptions& options, Session& session) {
  TROUPE_ASSIGN_OR_RETURN(const v1::Hold hold, GetHold(options.name, session.connection()));
  if (session.json()) {
    session.PrintJson(hold);
  } else {
    PrintCard(hold, true, ReadingOf(session), session.streams());
  }
  return absl::OkStatus();
}

// Prints what became of holds, each event once.
class HoldTicker {
 public:
  explicit HoldTicker(Session& session) : session_(session) {}

  void Take(const v1::WatchHoldsResponse& response) {
    for (const v1::HoldChange& change : response.changes()) {
      if (session_.json()) {
        session_.PrintJson(change);
      } else if (change.has_hold()) {
        Tell(change.hold());
      } else {
        session_.out() << TimeText(change.change_time(), ReadingOf(session_)) << "  deleted  "
                       << change.deleted() << "\n";
      }
    }
    if (session_.json()) {
      v1::WatchHoldsResponse token;
      token.set_resume_token(response.resume_token());
      session_.PrintJson(token);
    }
    session_.out().flush();  // Whoever watches, waits.
  }

 private:
  // Of a hold that was not seen before, only what happened last.
  void Tell(const v1::Hold& hold) {
    int32_t& seen = seen_.try_emplace(hold.name(), hold.event_count() - 1).first->second;
    const int32_t news = std::clamp(hold.event_count() - seen, 0, hold.events_size());
    const Reading reading = ReadingOf(session_);
    for (int i = hold.events_size() - news; i < hold.events_size(); ++i) {
      session_.out() << TimeText(hold.events(i).event_time(), reading) << "  " << hold.name()
                     << "  " << Worded(hold.state()) << "  " << EventText(hold.events(i), reading)
                     << "\n";
    }
    seen = hold.event_count();
  }

  Session& session_;
  std::map<std::string, int32_t> seen_;  // Events, by hold.
};

absl::Status Watch(const HoldOptions& options, Session& session) {
  v1::WatchHoldsRequest request;
  request.set_parent(options.name);
  request.set_resume_token(options.from);
  HoldTicker ticker(session);
  std::string token = options.from;
  const std::function<void(const v1::WatchHoldsResponse&)> take =
      [&](const v1::WatchHoldsResponse& response) {
        ticker.Take(response);
        token = response.resume_token();
      };
  const absl::Status status = WatchChanges<v1::WatchHoldsRequest, v1::WatchHoldsResponse>(
      session.connection(), session.host(), request, take);
  const bool goes_on = status.ok() || token != options.from;  // Else nothing was ever heard.
  if (goes_on && !token.empty() && !session.json()) {
    session.streams().err << "To go on from here, add: --from " << token << "\n";
  }
  return status;
}

// One subcommand that does `verb` with its options.
class HoldVerb {
 public:
  HoldVerb(CLI::App& parent, const char* name, const char* help, Verb verb, Action& chosen)
      : options_(std::make_shared<HoldOptions>()), command_(*parent.add_subcommand(name, help)) {
    command_.callback([options = options_, verb, &chosen] {
      chosen = [options, verb](Session& session) { return verb(*options, session); };
    });
  }

  HoldVerb& OfHold() {
    command_.add_option("HOLD", options_->name, "profiles/{profile}/holds/{number}")->required();
    return *this;
  }
  HoldVerb& WithEtag() {
    command_.add_option("--etag", options_->etag, "Only if this is its etag still")
        ->type_name("ETAG");
    return *this;
  }
  HoldVerb& WithRequestId() {
    command_.add_option("--request-id", options_->request_id,
                        "A second time with the same id does nothing more")
        ->type_name("ID");
    return *this;
  }
  HoldVerb& WithReason(const char* help) {
    command_.add_option("--reason", options_->reason, help)->type_name("TEXT");
    return *this;
  }
  HoldVerb& WithTerms() {
    Parsed("--rate", "MONEY", "What a day pays: 1200CNY", "a rate is written as 1200CNY",
           ParseMoney, options_->rate);
    command_
        .add_option_function<std::string>(
            "--conditions",
            [options = options_](const std::string& text) { options->conditions = text; },
            "What else is agreed, at most 1,000 bytes")
        ->type_name("TEXT");
    return *this;
  }
  HoldVerb& WithWindow() {
    CLI::Option* const dates =
        Parsed("--dates", "DATE..DATE", "Which days, both ends included (those of the opening)",
               "days are written as 2026-12-01..2026-12-03, the earlier first", ParseDays, options_->dates);
    command_
        .add_option_function<std::string>(
            "--rule",
            [options = options_](const std::string& text) {
              const std::optional<WindowRule> rule = ParseWindowRule(text);
              if (!rule.has_value()) {
                throw CLI::ValidationError("--rule", "a rule is written as all, any:3 or running:3");
              }
              options->rule = *rule;
            },
            "How many of the days: all, any:3 for any three, running:3 for three in a row")
        ->type_name("all|any:DAYS|running:DAYS")
        ->needs(dates);
    command_
        .add_option("--expires", options_->expires,
                    "Until when: 36h, 3d, 2026-12-01 or 2026-12-01T18:00 (7d)")
        ->type_name("WHEN")
        ->check([](const std::string& text) -> std::string {
          if (ParseDeadline(text, absl::UnixEpoch(), absl::UTCTimeZone()).has_value()) return "";
          return "a deadline is written as 36h, 3d, 2026-12-01 or 2026-12-01T18:00";
        });
    return *this;
  }
  HoldVerb& WithSeatAndDays() {
    command_.add_option("--seat", options_->seat, "The number of the seat (the first free)")
        ->check(AtLeastOne)
        ->type_name("NUMBER");
    command_
        .add_option_function<std::string>(
            "--days",
            [options = options_](const std::string& text) {
              const std::optional<std::vector<Day>> days = ParseDayList(text);
              if (!days.has_value()) {
                throw CLI::ValidationError(
                    "--days", "days are written as 2026-12-01,2026-12-03..2026-12-05");
              }
              options->days = *days;
            },
            "Which days to work, of a hold that asks for some of its days (the earliest)")
        ->type_name("DATE,...");
    return *this;
  }

  CLI::App& command() { return command_; }
  HoldOptions& options() { return *options_; }

 private:
  template <typename T>
  CLI::Option* Parsed(const char* name, const char* type, const char* help, const char* fix,
                      std::optional<T> (*parse)(absl::string_view), std::optional<T>& value) {
    return command_
        .add_option_function<std::string>(
            name,
            [name, fix, parse, options = options_, &value](const std::string& text) {
              value = parse(text);
              if (!value.has_value()) throw CLI::ValidationError(name, fix);
            },
            help)
        ->type_name(type);
  }

  const std::shared_ptr<HoldOptions> options_;
  CLI::App& command_;
};

void AddList(CLI::App& hold, Action& chosen) {
  HoldVerb list(hold, "list", "List the holds of a person, or for a project", List, chosen);
  list.command()
      .add_option("PARENT", list.options().name, "profiles/{profile} or projects/{project}")
      ->required();
  list.command()
      .add_option("--state", list.options().states, "Only in these states; may be repeated")
      ->delimiter(',')
      ->allow_extra_args(false)
      ->check(CLI::IsMember({"offered", "accepted", "booked", "declined", "released", "expired",
                             "cancelled"})
                  .description(""))
      ->type_name("offered|accepted|booked|declined|released|expired|cancelled");
  list.command()
      .add_option("--limit", list.options().limit, "How many at most")
      ->check(AtLeastOne)
      ->capture_default_str()
      ->type_name("COUNT");
}

void AddWatch(CLI::App& hold, Action& chosen) {
  HoldVerb watch(hold, "watch", "Print what becomes of holds, as it happens, until Ctrl-C", Watch,
                 chosen);
  watch.command().add_option("PARENT", watch.options().name,
                             "Only of profiles/{profile} or projects/{project}");
  watch.command()
      .add_option("--from", watch.options().from, "Go on where an earlier watch ended")
      ->type_name("TOKEN");
}

void AddPlace(CLI::App& hold, Action& chosen) {
  HoldVerb place(hold, "place", "Hold days of a person for an opening", Place, chosen);
  place.command().add_option("PROFILE", place.options().name, "profiles/{profile}")->required();
  place.command()
      .add_option("OPENING", place.options().opening, "projects/{project}/openings/{number}")
      ->required();
  place.WithWindow().WithTerms().WithRequestId();
}

void AddCrew(CLI::App& hold, Action& chosen) {
  HoldVerb crew(hold, "crew", "Confirm several holds of one project, all or none", Crew, chosen);
  crew.command().add_option("PROJECT", crew.options().name, "projects/{project}")->required();
  crew.command()
      .add_option("HOLD", crew.options().names, "profiles/{profile}/holds/{number}, each person once")
      ->required();
  crew.WithRequestId();
}

void AddReplace(CLI::App& hold, Action& chosen) {
  HoldVerb replace(hold, "replace",
                   "Cancel a booking that fell through, and find who could come instead", Replace,
                   chosen);
  replace.OfHold().WithReason("Told to the other side").WithEtag().WithRequestId();
  replace.command()
      .add_option("--top", replace.options().top, "How many people, 1 to 1,000")
      ->check(CLI::Range(1, 1000))
      ->capture_default_str()
      ->type_name("COUNT");
}

}  // namespace

void AddHoldCommand(CLI::App& app, Action& chosen) {
  CLI::App& hold =
      *app.add_subcommand("hold", "Hold days of people, answer holds, and book");
  hold.require_subcommand(1);
  hold.fallthrough();
  AddPlace(hold, chosen);
  HoldVerb(hold, "accept", "Accept a hold, or the other side's counter-offer", Accept, chosen)
      .OfHold().WithEtag().WithRequestId();
  HoldVerb(hold, "decline",
           "Decline a hold; or the counter-offer, or take it back, while one stands", Decline,
           chosen)
      .OfHold().WithReason("Told to the other side").WithEtag().WithRequestId();
  HoldVerb(hold, "release", "Give up a hold of yours", Release, chosen)
      .OfHold().WithReason("Told to the other side").WithEtag().WithRequestId();
  HoldVerb(hold, "challenge", "Ask all holds above to confirm or release within 24 hours",
           Challenge, chosen)
      .OfHold().WithEtag().WithRequestId();
  HoldVerb(hold, "counter", "Propose other terms; what you leave out stays", Counter, chosen)
      .OfHold().WithTerms().WithReason("Told to the other side").WithEtag().WithRequestId();
  HoldVerb(hold, "confirm", "Book: an accepted hold that is the first option", Confirm, chosen)
      .OfHold().WithSeatAndDays().WithEtag().WithRequestId();
  AddCrew(hold, chosen);
  HoldVerb(hold, "cancel", "Cancel a booking; holds that it released come back", Cancel, chosen)
      .OfHold().WithReason("Told to the other side").WithEtag().WithRequestId();
  AddReplace(hold, chosen);
  AddList(hold, chosen);
  HoldVerb(hold, "show", "Show a hold: where it stands, until when, what became of it", Show,
           chosen)
      .OfHold();
  AddWatch(hold, chosen);
}

}  // namespace troupe
