#include "tests/storm/crew_storm.h"

#include <algorithm>
#include <atomic>
#include <chrono>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <set>
#include <thread>
#include <utility>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_split.h"
#include "absl/time/civil_time.h"
#include "absl/time/clock.h"
#include "matcher/base/status_macros.h"
#include "matcher/base/violation.h"
#include "tests/integration/asking.h"
#include "tests/services/convert/wire_samples.h"
#include "tests/storm/free_port.h"
#include "tests/storm/own_channel.h"
#include "tests/storm/patience.h"
#include "tests/storm/step_killer.h"
#include "troupe/v1/hold.pb.h"
#include "troupe/v1/opening.pb.h"
#include "troupe/v1/types.pb.h"

namespace troupe::testing {
namespace {

constexpr char kAgency[] = "agency";
constexpr char kFirst[] = "first-crew";
constexpr char kSecond[] = "second-crew";
constexpr absl::Duration kPause = absl::Milliseconds(1);
constexpr absl::Duration kAfterAnswer = absl::Milliseconds(200);
constexpr absl::Duration kVacatingPatience = absl::Seconds(20);
constexpr std::chrono::seconds kReconnectPatience(20);
// After that many crews their days are far ahead, and the agendas long.
constexpr int kCrewsOfPeople = 60;
constexpr int kWanted = 5;  // By both crews.

std::string Address() { return absl::StrCat("127.0.0.1:", FreePort()); }

std::string Read(const std::string& path) {
  std::ifstream file(path);
  return {std::istreambuf_iterator<char>(file), std::istreambuf_iterator<char>()};
}

std::string PersonOf(const std::string& hold) { return hold.substr(0, hold.find("/holds/")); }

// Asks `method` of `stub` for who asks with `by`.
template <typename Request, typename Response>
absl::StatusOr<Response> Ask(const Connection& by, v1::BookingService::Stub& stub,
                             grpc::Status (v1::BookingService::Stub::*method)(grpc::ClientContext*,
                                                                             const Request&,
                                                                             Response*),
                             const Request& request) {
  return Patiently([&] { return by.Ask(stub, method, request); });
}

}  // namespace

// One of the processes.
struct CrewStorm::Part {
  Part(const std::string& folder, const std::string& name, const std::string& listen,
       std::vector<std::string> flags)
      : address(listen),
        orders(folder + "/steps-of-" + name),
        process(folder + "/" + name, {.name = "troupe-stepping-" + name,
                                      .listen = listen,
                                      .flags = WithOrders(std::move(flags), orders)}),
        channel(OwnChannel(listen)) {}

  static std::vector<std::string> WithOrders(std::vector<std::string> flags,
                                             const std::string& orders) {
    flags.push_back("--step_file=" + orders);
    return flags;
  }

  // Its old order goes.
  void Order(const StepOrder& order) const {
    std::ofstream(orders + ".new") << order.ToString();
    std::filesystem::rename(orders + ".new", orders);
  }
  void OrderNothing() const {
    for (const char* end : {"", ".hit", ".steps"}) std::filesystem::remove(orders + end);
  }
  std::vector<std::string> Steps() const {
    return absl::StrSplit(Read(orders + ".steps"), '\n', absl::SkipEmpty());
  }
  std::string Hit() const { return Read(orders + ".hit"); }

  Connection As(const std::string& organization) const {
    return Connection(channel, address, organization);
  }

  const std::string address;
  const std::string orders;  // The file.
  ServerProcess process;
  const std::shared_ptr<grpc::Channel> channel;
  int steps = 0;  // Of one confirmation.
};

// People of whom a project holds one day each.
struct CrewStorm::Crew {
  std::string organization;
  std::string project;
  std::vector<v1::Hold> holds;
};

CrewStorm::CrewStorm(const std::string& folder, const CrewStormOptions& options,
                     Findings* findings)
    : folder_(folder), options_(options), findings_(findings) {
  if (options_.processes == 1) {
    parts_.emplace_back(folder_, "server", Address(), std::vector<std::string>());
    return;
  }
  const std::string profiles = Address(), projects = Address();
  parts_.emplace_back(folder_, "profiles", profiles,
                      std::vector<std::string>{"--projects_address=" + projects});
  parts_.emplace_back(folder_, "projects", projects,
                      std::vector<std::string>{"--profiles_address=" + profiles});
}

CrewStorm::~CrewStorm() = default;

CrewStormCounts CrewStorm::Run() {
  const auto told = [this](const absl::Status& status) {
    if (!status.ok()) Wrongly(Wrong::kRefused, status.ToString());
    return findings_->IsEmpty();
  };
  if (!told(Prepare()) || !told(CountSteps()) || !told(SecondCrew())) return counts_;
  using Kill = absl::Status (CrewStorm::*)(Part&, int, Part&);
  const auto at_every_step = [&](Kill kill, int stride) {
    for (Part& whose : parts_) {
      for (int step = 1; step <= whose.steps; step += stride) {
        for (Part& victim : parts_) {
          if (!told((this->*kill)(whose, step, victim))) return false;
        }
      }
    }
    return true;
  };
  if (!at_every_step(&CrewStorm::KillAt, options_.stride)) return counts_;
  if (told(CountCancelSteps())) at_every_step(&CrewStorm::KillCancelAt, 1);
  return counts_;
}

absl::Status CrewStorm::Prepare() {
  for (Part& part : parts_) part.process.Launch();
  for (Part& part : parts_) TROUPE_RETURN_IF_ERROR(part.process.AwaitReady());
  return absl::OkStatus();
}

absl::Status CrewStorm::Hire() {
  people_.clear();
  const Connection agency = parts_.front().As(kAgency);
  for (int i = 0; i < options_.people; ++i) {
    const auto person = FromText<v1::Profile>(
        "display_name: 'Ada' findability: FINDABILITY_FINDABLE "
        "roles { role: 'director' level: 3 } pre_acceptances { roles: 'director' }");
    TROUPE_ASSIGN_OR_RETURN(const v1::Profile created,
                            Patiently([&] { return CreateProfile(agency, person); }));
    people_.push_back(created.name());
  }
  return absl::OkStatus();
}

absl::StatusOr<CrewStorm::Crew> CrewStorm::MakeCrew(const std::string& organization,
                                                    const std::vector<std::string>& people) {
  Crew crew{.organization = organization};
  const Connection keeper = parts_.back().As(organization);
  const auto stated = FromText<v1::Project>(absl::StrCat(
      "title: 'Harbour' findability: FINDABILITY_FINDABLE "
      "openings { role: 'director' state: STATE_OPEN headcount: ", people.size(), " }"));
  TROUPE_ASSIGN_OR_RETURN(const v1::Project project,
                          Patiently([&] { return CreateProject(keeper, stated); }));
  crew.project = project.name();
  const Connection holder = parts_.front().As(organization);
  const auto stub = v1::BookingService::NewStub(parts_.front().channel);
  const absl::CivilDay day =
      absl::ToCivilDay(absl::Now(), absl::UTCTimeZone()) + 3 + crews_ % kCrewsOfPeople;
  for (const std::string& person : people) {
    v1::PlaceHoldRequest request;
    request.set_parent(person);
    request.set_opening(project.openings(0).name());
    v1::DateRange& dates = *request.mutable_window()->mutable_dates();
    const absl::CivilDay limit = day + 1;
    for (const auto& [wire, civil] : {std::pair(dates.mutable_start(), day),
                                      std::pair(dates.mutable_limit(), limit)}) {
      wire->set_year(static_cast<int32_t>(civil.year()));
      wire->set_month(civil.month());
      wire->set_day(civil.day());
    }
    TROUPE_ASSIGN_OR_RETURN(
        v1::Hold hold, Ask(holder, *stub, &v1::BookingService::Stub::PlaceHold, request));
    if (hold.state() != v1::Hold::STATE_ACCEPTED) {
      return absl::InternalError("a hold was not accepted at once");
    }
    crew.holds.push_back(std::move(hold));
  }
  return crew;
}

absl::StatusOr<v1::ConfirmCrewResponse> CrewStorm::Confirm(const Crew& crew,
                                                           const std::string& request_id) const {
  v1::ConfirmCrewRequest request;
  request.set_parent(crew.project);
  request.set_request_id(request_id);
  for (const v1::Hold& hold : crew.holds) {
    v1::HoldToConfirm& entry = *request.add_holds();
    entry.set_name(hold.name());
    entry.set_etag(hold.etag());
  }
  const auto stub = v1::BookingService::NewStub(parts_.front().channel);
  return Ask(parts_.front().As(crew.organization), *stub,
             &v1::BookingService::Stub::ConfirmCrew, request);
}

absl::Status CrewStorm::Refresh(Crew& crew) const {
  const auto stub = v1::BookingService::NewStub(parts_.front().channel);
  for (v1::Hold& hold : crew.holds) {
    v1::GetHoldRequest request;
    request.set_name(hold.name());
    TROUPE_ASSIGN_OR_RETURN(hold, Ask(parts_.front().As(crew.organization), *stub,
                                      &v1::BookingService::Stub::GetHold, request));
  }
  return absl::OkStatus();
}

absl::Status CrewStorm::CountSteps() {
  TROUPE_RETURN_IF_ERROR(Hire());
  TROUPE_ASSIGN_OR_RETURN(Crew crew, MakeCrew(kFirst, people_));
  ++crews_;
  for (Part& part : parts_) part.Order({.step = 0, .number = ++orders_});
  TROUPE_RETURN_IF_ERROR(Confirm(crew, "count").status());
  for (Part& part : parts_) {
    part.steps = static_cast<int>(part.Steps().size());
    counts_.steps += part.steps;
    part.OrderNothing();
  }
  return CheckOutcome(crew, absl::OkStatus(), "without a kill");
}

// Two crews want the same people: the one that came later is told which, and
// what it may do, and nothing of the other.
absl::Status CrewStorm::SecondCrew() {
  TROUPE_ASSIGN_OR_RETURN(Crew first, MakeCrew(kFirst, people_));
  std::vector<std::string> wanted(people_.begin(),
                                  people_.begin() + std::min<int>(kWanted, options_.people));
  const std::set<std::string> shared(wanted.begin(), wanted.end());
  for (int i = 0; i < 3; ++i) {
    const auto person = FromText<v1::Profile>(
        "display_name: 'Bo' findability: FINDABILITY_FINDABLE "
        "roles { role: 'director' level: 3 } pre_acceptances { roles: 'director' }");
    TROUPE_ASSIGN_OR_RETURN(const v1::Profile created,
                            CreateProfile(parts_.front().As(kAgency), person));
    wanted.push_back(created.name());
  }
  TROUPE_ASSIGN_OR_RETURN(Crew second, MakeCrew(kSecond, wanted));
  ++crews_;
  const auto names_shared = [&](const absl::Status& refusal, const std::string& when) {
    std::set<std::string> named;
    for (const FieldViolation& entry : ViolationsOf(refusal)) {
      named.insert(PersonOf(entry.field));
      if (entry.fix.empty()) Wrongly(Wrong::kDisagreed, when + ": a refusal without an option");
      const std::string said = absl::StrCat(entry.problem, entry.fix, refusal.message());
      if (said.find(kFirst) != std::string::npos || said.find(first.project) != std::string::npos) {
        Wrongly(Wrong::kDisagreed, when + ": the refusal tells whose the other crew is");
      }
    }
    if (!absl::IsFailedPrecondition(refusal) || named != shared) {
      Wrongly(Wrong::kDisagreed,
              absl::StrCat(when, ": a second crew is refused with ", refusal.ToString(), " about ",
                           named.size(), " people"));
    }
    return static_cast<int>(named.size());
  };
  counts_.second_crew =
      names_shared(Confirm(second, "second while first holds").status(), "before the first");
  TROUPE_RETURN_IF_ERROR(CheckOutcome(first, Confirm(first, "first of two").status(), "of two"));
  TROUPE_RETURN_IF_ERROR(Refresh(second));  // The booking changed its holds.
  names_shared(Confirm(second, "second once first is booked").status(), "after the first");
  TROUPE_ASSIGN_OR_RETURN(const int booked, CheckWhole(second));
  if (booked != 0) Wrongly(Wrong::kHalfApplied, "people of a refused crew are booked");
  return absl::OkStatus();
}

absl::Status CrewStorm::KillDuring(Part& whose, int step, Part& victim,
                                   const std::function<absl::Status()>& ask,
                                   absl::Status& answer, std::string& where) {
  const bool is_own = &whose == &victim;
  whose.Order({.step = step, .victim = is_own ? 0 : victim.process.pid(), .number = ++orders_});
  std::atomic<bool> is_answered = false;
  std::thread client([&] {
    answer = ask();
    is_answered = true;
  });
  // Some steps come after the answer.
  absl::Time given_up = absl::InfiniteFuture();
  while (!victim.process.HasEnded() && absl::Now() < given_up) {
    if (is_answered && given_up == absl::InfiniteFuture()) given_up = absl::Now() + kAfterAnswer;
    absl::SleepFor(kPause);
  }
  absl::Status restarted;
  const bool is_hit = victim.process.HasEnded();
  if (is_hit) restarted = victim.process.Start();
  // gRPC connects while somebody waits for it; calls that fail at once do not.
  victim.channel->WaitForConnected(std::chrono::system_clock::now() + kReconnectPatience);
  client.join();
  TROUPE_RETURN_IF_ERROR(restarted);
  where = absl::StrCat("step ", step, " (", whose.Hit(), is_own ? "" : ", killing another", ")");
  if (is_hit) {
    ++(is_own ? counts_.kills : counts_.kills_of_other);
    ++counts_.kills_at[whose.Hit()];
  }
  whose.OrderNothing();
  return absl::OkStatus();
}

absl::Status CrewStorm::KillAt(Part& whose, int step, Part& victim) {
  if (crews_ % kCrewsOfPeople == 0) TROUPE_RETURN_IF_ERROR(Hire());
  TROUPE_ASSIGN_OR_RETURN(Crew crew, MakeCrew(kFirst, people_));
  ++crews_;
  absl::Status answer;
  std::string where;
  TROUPE_RETURN_IF_ERROR(KillDuring(
      whose, step, victim,
      [&] { return Confirm(crew, absl::StrCat("crew ", crews_)).status(); }, answer, where));
  return CheckOutcome(crew, answer, where);
}

absl::StatusOr<CrewStorm::Crew> CrewStorm::BookOne() {
  if (crews_ % kCrewsOfPeople == 0) TROUPE_RETURN_IF_ERROR(Hire());
  TROUPE_ASSIGN_OR_RETURN(Crew crew, MakeCrew(kFirst, {people_.front()}));
  ++crews_;
  TROUPE_RETURN_IF_ERROR(Confirm(crew, absl::StrCat("one ", crews_)).status());
  return crew;
}

absl::Status CrewStorm::Cancel(const Crew& crew, const std::string& request_id) const {
  v1::CancelBookingRequest request;
  request.set_name(crew.holds[0].name());
  request.set_request_id(request_id);
  const auto stub = v1::BookingService::NewStub(parts_.front().channel);
  return Ask(parts_.front().As(crew.organization), *stub,
             &v1::BookingService::Stub::CancelBooking, request)
      .status();
}

absl::Status CrewStorm::CountCancelSteps() {
  TROUPE_ASSIGN_OR_RETURN(const Crew crew, BookOne());
  for (Part& part : parts_) part.Order({.step = 0, .number = ++orders_});
  TROUPE_RETURN_IF_ERROR(Cancel(crew, "count"));
  TROUPE_RETURN_IF_ERROR(CheckCancelled(crew, "without a kill"));
  absl::SleepFor(kAfterAnswer);  // For the steps that nobody waits for.
  for (Part& part : parts_) {
    part.steps = static_cast<int>(part.Steps().size());
    counts_.cancel_steps += part.steps;
    part.OrderNothing();
  }
  return absl::OkStatus();
}

absl::Status CrewStorm::KillCancelAt(Part& whose, int step, Part& victim) {
  TROUPE_ASSIGN_OR_RETURN(const Crew crew, BookOne());
  absl::Status answer;
  std::string where;
  TROUPE_RETURN_IF_ERROR(KillDuring(
      whose, step, victim, [&] { return Cancel(crew, absl::StrCat("cancel ", crews_)); }, answer,
      where));
  if (!answer.ok()) Wrongly(Wrong::kRefused, absl::StrCat(where, ": ", answer.ToString()));
  return CheckCancelled(crew, where);
}

// Its seat may be emptied a moment later.
absl::Status CrewStorm::CheckCancelled(const Crew& crew, const std::string& where) {
  Crew now = crew;
  TROUPE_RETURN_IF_ERROR(Refresh(now));
  if (now.holds[0].state() != v1::Hold::STATE_CANCELLED) {
    Wrongly(Wrong::kLost, absl::StrCat(where, ": a booking is not cancelled"));
  }
  TROUPE_ASSIGN_OR_RETURN(const std::vector<v1::Profile> person, Patiently([&] {
                            return BatchGetProfiles(parts_.front().As(kAgency),
                                                    {PersonOf(crew.holds[0].name())});
                          }));
  for (const v1::CalendarEntry& entry : person[0].calendar()) {
    if (entry.hold() == crew.holds[0].name()) {
      Wrongly(Wrong::kHalfApplied, absl::StrCat(where, ": cancelled days are taken"));
    }
  }
  const absl::Time end = absl::Now() + kVacatingPatience;
  while (absl::Now() < end) {
    TROUPE_ASSIGN_OR_RETURN(const v1::Project project, Patiently([&] {
                              return GetProject(parts_.back().As(crew.organization), crew.project);
                            }));
    if (project.openings(0).seats(0).profile().empty()) {
      ++counts_.cancelled;
      return absl::OkStatus();
    }
    absl::SleepFor(kPause);
  }
  Wrongly(Wrong::kHalfApplied, absl::StrCat(where, ": the seat of a cancelled booking is filled"));
  return absl::OkStatus();
}

absl::Status CrewStorm::CheckOutcome(Crew& crew, const absl::Status& answer,
                                     const std::string& where) {
  TROUPE_ASSIGN_OR_RETURN(const int booked, CheckWhole(crew));
  const int all = static_cast<int>(crew.holds.size());
  if (booked != 0 && booked != all) {
    Wrongly(Wrong::kHalfApplied, absl::StrCat(where, ": ", booked, " of ", all, " are booked"));
  }
  if (answer.ok() != (booked == all)) {
    Wrongly(answer.ok() ? Wrong::kLost : Wrong::kDisagreed,
            absl::StrCat(where, ": answered ", answer.ToString(), ", and ", booked, " are booked"));
  }
  if (answer.ok()) {
    ++counts_.booked;
    return absl::OkStatus();
  }
  ++counts_.refused;
  if (ReasonOf(answer) != "CONFIRMATION_ABORTED") {
    Wrongly(Wrong::kRefused, absl::StrCat(where, ": ", answer.ToString()));
  }
  // What was not booked can be, now as before.
  TROUPE_RETURN_IF_ERROR(Refresh(crew));
  TROUPE_RETURN_IF_ERROR(Confirm(crew, absl::StrCat("again ", crews_)).status());
  TROUPE_ASSIGN_OR_RETURN(const int after, CheckWhole(crew));
  if (after != all) Wrongly(Wrong::kLost, absl::StrCat(where, ": nobody is booked by a new try"));
  return absl::OkStatus();
}

absl::StatusOr<int> CrewStorm::CheckWhole(const Crew& crew) {
  Crew now = crew;
  TROUPE_RETURN_IF_ERROR(Refresh(now));
  std::set<std::string> booked, seated, on_calendars;
  for (const v1::Hold& hold : now.holds) {
    if (hold.state() == v1::Hold::STATE_BOOKED) booked.insert(hold.name());
    if (hold.pending()) Wrongly(Wrong::kHalfApplied, "a hold stays pending after the answer");
  }
  TROUPE_ASSIGN_OR_RETURN(const v1::Project project, Patiently([&] {
                            return GetProject(parts_.back().As(crew.organization), crew.project);
                          }));
  for (const v1::Seat& seat : project.openings(0).seats()) {
    if (seat.hold().empty() != seat.profile().empty()) {
      Wrongly(Wrong::kHalfApplied, "a seat is filled by nobody's hold");
    }
    if (!seat.hold().empty() && !seated.insert(seat.hold()).second) {
      Wrongly(Wrong::kAppliedTwice, "a hold has two seats");
    }
  }
  std::vector<std::string> people;
  for (const v1::Hold& hold : crew.holds) people.push_back(PersonOf(hold.name()));
  TROUPE_ASSIGN_OR_RETURN(const std::vector<v1::Profile> profiles, Patiently([&] {
                            return BatchGetProfiles(parts_.front().As(kAgency), people);
                          }));
  for (size_t i = 0; i < profiles.size(); ++i) {
    for (const v1::CalendarEntry& entry : profiles[i].calendar()) {
      if (entry.kind() == v1::CalendarEntry::KIND_PENDING) {
        Wrongly(Wrong::kHalfApplied, "days are pending after the answer");
      }
      const bool is_booked = entry.kind() == v1::CalendarEntry::KIND_BOOKED;
      if (is_booked && entry.hold() == crew.holds[i].name()) on_calendars.insert(entry.hold());
    }
  }
  if (booked != seated || booked != on_calendars) {
    Wrongly(Wrong::kHalfApplied,
            absl::StrCat(booked.size(), " holds are booked, ", seated.size(), " seats, and ",
                         on_calendars.size(), " calendars"));
  }
  return static_cast<int>(booked.size());
}

void CrewStorm::Wrongly(Wrong wrong, const std::string& text) {
  findings_->Add(wrong, absl::StrCat("after ", counts_.kills + counts_.kills_of_other,
                                     " kills: ", text));
}

}  // namespace troupe::testing
