#include "services/matching/answer_windows.h"

#include <algorithm>
#include <string>
#include <utility>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "matcher/base/status_macros.h"
#include "matcher/base/violation.h"
#include "matcher/domain/field_rules.h"
#include "matcher/domain/role_taxonomy.h"
#include "matcher/rank/contention.h"
#include "matcher/rank/eligibility.h"
#include "matcher/rank/free_windows.h"
#include "matcher/rank/why_not.h"
#include "services/convert/resource_names.h"
#include "services/convert/types_conversion.h"
#include "services/matching/match_answer.h"
#include "services/matching/match_question.h"
#include "services/rpc/resource_errors.h"

namespace troupe {
namespace {

constexpr size_t kDefaultWindows = 5;
constexpr int32_t kMostWindows = 100;
constexpr int32_t kMostOpenSeats = 1'000;

// From when on, and how many windows.
struct Asked {
  Day today;
  Day from;
  size_t most = kDefaultWindows;

  Day last() const { return today + (kCalendarHorizonDays - 1); }
};

absl::StatusOr<Asked> ReadAsked(const ViewSnapshot& snapshot,
                                const v1::FindFreeWindowsRequest& request) {
  Asked asked = {.today = snapshot.pool().today(), .from = snapshot.pool().today()};
  Violations found;
  const Field message(&found);
  if (request.has_from()) {
    const Field from = message["from"];
    asked.from = std::max(FromWire(request.from(), from), asked.today);
    if (asked.from > asked.last()) {
      from.Report("is after the last searchable day",
                  absl::StrCat("give ", asked.last().ToString(), " or earlier"));
    }
  }
  if (request.page_size() != 0) {
    CheckNumber(message["page_size"], request.page_size(), 1, kMostWindows);
    asked.most = static_cast<size_t>(std::clamp(request.page_size(), 1, kMostWindows));
  }
  TROUPE_RETURN_IF_ERROR(found.ToStatus());
  return asked;
}

absl::Status NoDates(absl::string_view what) {
  return ErrorWithReason(absl::StatusCode::kFailedPrecondition, "NO_DATES",
                         absl::StrCat(what, " asks for no dates: any day will do"));
}

// "The dates take 420 days; only 400, to 2027-12-27, can be searched."
std::string TooLong(DaySpan dates, const Asked& asked) {
  return absl::StrCat("The dates take ", dates.length(), " days from the first to the last; from ",
                      asked.from.ToString(), " on, only ", asked.last() + 1 - asked.from,
                      " can be searched.");
}

DaySpan Moved(DaySpan dates, int32_t days) { return {dates.start + days, dates.limit + days}; }

v1::FreeWindow WindowOf(DaySpan dates, const ShiftRun& run) {
  v1::FreeWindow window;
  *window.mutable_dates() = ToWire(Moved(dates, run.first));
  *window.mutable_latest_start() = ToWire(dates.start + run.last);
  window.set_shift_days(run.first);
  return window;
}

absl::StatusOr<v1::FindFreeWindowsResponse> AnswerForPerson(
    const ViewSnapshot& snapshot, const Call& call, const v1::FindFreeWindowsRequest& request) {
  const QuestionReader reader(snapshot, call.organization());
  TROUPE_ASSIGN_OR_RETURN(const Profile profile, reader.ProfileNamed(request.profile()));
  TROUPE_ASSIGN_OR_RETURN(const Target target, reader.TargetOf(request));
  TROUPE_RETURN_IF_ERROR(CheckMayAskAboutPair(call.organization(), profile, target));
  TROUPE_ASSIGN_OR_RETURN(const Asked asked, ReadAsked(snapshot, request));
  const std::optional<DaySpan> dates = target.opening.Dates();
  if (!dates.has_value()) return NoDates("the opening");

  const Demand demand = MakeDemand(target.project, target.opening);
  const ProfileView view = *snapshot.pool().FindProfile(profile.id);
  const int32_t travel_days = TravelDaysOf(demand, view);
  v1::FindFreeWindowsResponse response;
  *response.mutable_as_of() = ToWire(asked.today);
  for (const ShiftRun& run : FreeShifts(demand, view, asked.today, asked.from, asked.most)) {
    v1::FreeWindow& window = *response.add_windows();
    window = WindowOf(*dates, run);
    const auto contention = ContentionOf(WorkPlan(demand, asked.today, run.first), travel_days,
                                         view, snapshot.pool().CountHolds());
    if (contention.has_value()) *window.mutable_contention() = ToWire(*contention);
  }
  for (const Failure& failure : WhyNot(profile, target.project, target.opening, asked.today)) {
    if (failure.requirement == Requirement::kCalendar) continue;
    *response.add_other_failures() = ToWire(failure);
  }
  if (response.windows().empty()) {
    const ShiftRun possible = PossibleShifts(*dates, asked.today, asked.from);
    response.set_empty_text(
        possible.last < possible.first
            ? TooLong(*dates, asked)
            : absl::StrCat("The person is not free for it at any start from ",
                           (dates->start + possible.first).ToString(), " to ",
                           (dates->start + possible.last).ToString(),
                           travel_days > 0 ? absl::StrCat(", ", travel_days,
                                                          " days of travel each way included.")
                                           : "."));
  }
  return response;
}

// The openings of a project that are to be filled.
struct Unfilled {
  std::vector<const Opening*> openings;
  std::vector<Demand> demands;  // Likewise.
  int64_t seats = 0;
  std::optional<DaySpan> dates;
};

Unfilled UnfilledOf(const Project& project) {
  Unfilled unfilled;
  for (const Opening& opening : project.openings) {
    if (opening.state == Opening::State::kClosed || opening.IsFilled()) continue;
    unfilled.openings.push_back(&opening);
    unfilled.demands.push_back(MakeDemand(project, opening));
    unfilled.seats += opening.OpenSeats();
    const std::optional<DaySpan> dates = opening.Dates();
    if (!dates.has_value()) continue;
    const DaySpan all = unfilled.dates.value_or(*dates);
    unfilled.dates =
        DaySpan{std::min(all.start, dates->start), std::max(all.limit, dates->limit)};
  }
  return unfilled;
}

v1::OpeningSupply SupplyOf(const Project& project, const Opening& opening, int64_t people) {
  v1::OpeningSupply supply;
  supply.set_opening(FormatName(OpeningId{project.id, opening.number}));
  supply.set_role(opening.role);
  supply.set_open_seats(opening.OpenSeats());
  supply.set_people(people);
  return supply;
}

// `people` by opening; empty: not counted, and then unset.
v1::SeatShortage ShortageOf(const Project& project, const Unfilled& unfilled,
                            const Shortage& shortage, const std::vector<int64_t>& people) {
  v1::SeatShortage wire;
  for (size_t at : shortage.openings) {
    *wire.add_openings() =
        SupplyOf(project, *unfilled.openings[at], people.empty() ? 0 : people[at]);
  }
  wire.set_open_seats(shortage.seats);
  wire.set_people(shortage.people);
  return wire;
}

void AddTightest(const Project& project, const Unfilled& unfilled,
                 const std::vector<int64_t>& people, v1::FreeWindow& window) {
  const auto spare = [&](size_t at) { return people[at] - unfilled.openings[at]->OpenSeats(); };
  int64_t least = spare(0);
  for (size_t at = 1; at < people.size(); ++at) least = std::min(least, spare(at));
  for (size_t at = 0; at < people.size(); ++at) {
    if (spare(at) != least) continue;
    *window.add_tightest() = SupplyOf(project, *unfilled.openings[at], people[at]);
  }
}

// "Directors, Writers (3 seats): 1 person is free".
std::string Text(const v1::SeatShortage& shortage) {
  std::vector<std::string> roles;
  for (const v1::OpeningSupply& supply : shortage.openings()) {
    const Role* role = ShippedRoles().Find(supply.role());
    roles.push_back(role == nullptr ? supply.role() : role->name_en);
  }
  return absl::StrCat(absl::StrJoin(roles, ", "), ": ", shortage.open_seats(), " open seat",
                      shortage.open_seats() == 1 ? "" : "s", ", but ", shortage.people(),
                      shortage.people() == 1 ? " person is" : " people are",
                      " eligible and free");
}

absl::StatusOr<v1::FindFreeWindowsResponse> AnswerForProject(
    const ViewSnapshot& snapshot, const Call& call, const v1::FindFreeWindowsRequest& request) {
  if (!request.profile().empty()) {
    return InvalidField("profile", "is set beside a project", "leave it out, or name an opening");
  }
  const QuestionReader reader(snapshot, call.organization());
  TROUPE_ASSIGN_OR_RETURN(const Project project, reader.ProjectNamed(request.project()));
  if (project.ownership.owner != call.organization()) return OnlyOwnerMayAsk("project");
  TROUPE_ASSIGN_OR_RETURN(const Asked asked, ReadAsked(snapshot, request));
  v1::FindFreeWindowsResponse response;
  *response.mutable_as_of() = ToWire(asked.today);
  const Unfilled unfilled = UnfilledOf(project);
  if (unfilled.openings.empty()) {
    response.set_empty_text("Every opening of the project is filled or closed.");
    return response;
  }
  if (!unfilled.dates.has_value()) return NoDates("no opening that is to be filled");
  if (unfilled.seats > kMostOpenSeats) {
    return ErrorWithReason(absl::StatusCode::kFailedPrecondition, "TOO_MANY_SEATS",
                           absl::StrCat("the project has ", unfilled.seats,
                                        " open seats: ask about at most ", kMostOpenSeats,
                                        " in one project"));
  }
  TROUPE_ASSIGN_OR_RETURN(const ProjectWindowsAnswer answer,
                          FindProjectWindows(snapshot.pool(),
                                             {.openings = unfilled.demands,
                                              .as_of = asked.today,
                                              .from = asked.from,
                                              .most = asked.most},
                                             call.stop()));
  for (const ProjectWindow& found : answer.windows) {
    v1::FreeWindow& window = *response.add_windows();
    window = WindowOf(*unfilled.dates, found.shifts);
    AddTightest(project, unfilled, found.people, window);
    if (found.before.has_value()) {
      *window.mutable_shortage_before() = ShortageOf(project, unfilled, *found.before, {});
    }
  }
  if (!response.windows().empty()) return response;
  if (!answer.best_shift.has_value()) {
    response.set_empty_text(TooLong(*unfilled.dates, asked));
    return response;
  }
  *response.mutable_shortage() = ShortageOf(project, unfilled, answer.shortage, answer.people);
  const DaySpan dates = Moved(*unfilled.dates, *answer.best_shift);
  *response.mutable_shortage_dates() = ToWire(dates);
  response.set_empty_text(absl::StrCat("On no dates can all seats be filled. The most can be on ",
                                       dates.ToString(), "; what is missing then is: ",
                                       Text(response.shortage()), "."));
  return response;
}

}  // namespace

absl::StatusOr<v1::FindFreeWindowsResponse> AnswerWindows(
    const ViewSnapshot& snapshot, const Call& call, const v1::FindFreeWindowsRequest& request) {
  if (!request.project().empty()) return AnswerForProject(snapshot, call, request);
  return AnswerForPerson(snapshot, call, request);
}

}  // namespace troupe
