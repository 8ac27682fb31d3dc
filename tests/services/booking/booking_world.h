#ifndef TROUPE_TESTS_SERVICES_BOOKING_BOOKING_WORLD_H_
#define TROUPE_TESTS_SERVICES_BOOKING_BOOKING_WORLD_H_

#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/synchronization/notification.h"
#include "services/booking/booking_service.h"
#include "services/booking/match_directory.h"
#include "services/convert/resource_names.h"
#include "services/log/day_ticker.h"
#include "services/log/record_writer.h"
#include "services/profile/profile_service.h"
#include "services/rpc/retry_timer.h"
#include "services/rpc/thread_pool.h"
#include "tests/services/booking/fake_seats.h"
#include "tests/services/convert/wire_samples.h"
#include "tests/testing/builders.h"
#include "tests/testing/live_view.h"
#include "tests/testing/service_calls.h"
#include "tests/testing/watched_stream.h"

namespace troupe::testing {

// Fields of a request for the days from `start`, included, to `limit`, not
// included, both in May 2026.
inline std::string InMay(int start, int limit, const std::string& text = "") {
  return absl::StrCat("window { dates { start { year: 2026 month: 5 day: ", start,
                      " } limit { year: 2026 month: 5 day: ", limit, " } } ", text, " } ");
}

// A process that matches, and is away.
class FakeMatches final : public MatchDirectory {
 public:
  void FindProfiles(const OrganizationId&, v1::FindProfilesRequest, absl::Time,
                    Done<v1::FindProfilesResponse> done) override {
    done(ErrorWithReason(absl::StatusCode::kUnavailable, "MATCHING_UNREACHABLE",
                         "nobody matches here: retry"));
  }
  void Close() override {}
};

// A BookingService and a ProfileService over a log in memory, on 2026-03-01. The
// person is "agency"'s; projects are owned by "first", "second" and "third",
// whose project of that number has opening 1 with two seats.
class BookingWorld {
 public:
  BookingWorld() {
    SetToday(Day(absl::CivilDay(2026, 3, 1)));
    const char* const owners[] = {"first", "second", "third"};
    for (uint64_t i = 0; i < 3; ++i) {
      seats_.Have(ProjectBuilder()
                      .Id(i + 1)
                      .Owner(owners[i])
                      .Place("xian")
                      .With(OpeningBuilder().Headcount(2))
                      .Build());
    }
  }

  ~BookingWorld() {
    bookings_.Close();
    retries_->Close();
  }

  LiveView& live() { return live_; }
  FakeClock& clock() { return live_.clock(); }
  FakeSeats& seats() { return seats_; }
  ThreadPool& threads() { return threads_; }
  BookingService& service() { return bookings_; }
  ProfileService& profiles() { return profiles_; }

  void SetToday(Day today) {
    RecordWriter writer(&live_.log(), &live_.view(), &threads_);
    absl::Notification shown;
    writer.Append({TodayRequest(today)}, absl::InfiniteFuture(), [&](auto) { shown.Notify(); });
    shown.WaitForNotification();
  }

  // The name of a new profile of "agency" in `home`, and what else `text` says
  // of it.
  std::string Person(const std::string& text = "", const std::string& home = "xian") {
    v1::CreateProfileRequest request;
    *request.mutable_profile() = FromText<v1::Profile>(
        absl::StrCat("display_name: 'Ada' findability: FINDABILITY_FINDABLE ", text));
    request.mutable_profile()->set_home_place(home);
    return Ask(profiles_, &ProfileService::CreateProfile, request, "agency").value().name();
  }
  v1::Profile Profile(const std::string& name) {
    v1::GetProfileRequest request;
    request.set_name(name);
    return Ask(profiles_, &ProfileService::GetProfile, request, "agency").value();
  }

  // A hold by "first", "second" or "third" for opening 1 of its project.
  absl::StatusOr<v1::Hold> Place(const std::string& person, const std::string& holder,
                                 const std::string& text = InMay(4, 7)) {
    auto request = FromText<v1::PlaceHoldRequest>(text);
    request.set_parent(person);
    if (request.opening().empty()) request.set_opening(OpeningOf(holder));
    return Ask(bookings_, &BookingService::PlaceHold, request, holder);
  }
  static std::string OpeningOf(const std::string& holder) {
    const uint64_t number = holder == "first" ? 1 : holder == "second" ? 2 : 3;
    return FormatName(OpeningId{.project = ProjectId(number), .number = 1});
  }

  absl::StatusOr<v1::Hold> Get(const std::string& name, const std::string& by) {
    v1::GetHoldRequest request;
    request.set_name(name);
    return Ask(bookings_, &BookingService::GetHold, request, by);
  }
  absl::StatusOr<v1::Hold> Accept(const std::string& name, const std::string& by = "agency",
                                  const std::string& text = "") {
    return Do<v1::AcceptHoldRequest>(&BookingService::AcceptHold, name, by, text);
  }
  absl::StatusOr<v1::Hold> Decline(const std::string& name, const std::string& by = "agency",
                                   const std::string& text = "") {
    return Do<v1::DeclineHoldRequest>(&BookingService::DeclineHold, name, by, text);
  }
  absl::StatusOr<v1::Hold> Release(const std::string& name, const std::string& by,
                                   const std::string& text = "") {
    return Do<v1::ReleaseHoldRequest>(&BookingService::ReleaseHold, name, by, text);
  }
  absl::StatusOr<v1::Hold> Challenge(const std::string& name, const std::string& by,
                                     const std::string& text = "") {
    return Do<v1::ChallengeHoldRequest>(&BookingService::ChallengeHold, name, by, text);
  }
  absl::StatusOr<v1::Hold> Counter(const std::string& name, const std::string& by,
                                   const std::string& text = "terms { conditions: 'meals' }") {
    return Do<v1::CounterOfferRequest>(&BookingService::CounterOffer, name, by, text);
  }
  absl::StatusOr<v1::ListHoldsResponse> List(const std::string& parent, const std::string& by,
                                             const std::string& text = "") {
    auto request = FromText<v1::ListHoldsRequest>(text);
    request.set_parent(parent);
    return Ask(bookings_, &BookingService::ListHolds, request, by);
  }

  using Watched = WatchedStream<v1::WatchHoldsResponse>;
  // What `by` watches. It has begun.
  Watched Watch(const std::string& by, const std::string& text = "") {
    Watched stream;
    bookings_.WatchHolds(CallBy(by), FromText<v1::WatchHoldsRequest>(text), stream.sink());
    return stream;
  }

 private:
  template <typename Request>
  absl::StatusOr<v1::Hold> Do(void (BookingService::*method)(std::shared_ptr<const Call>,
                                                             const Request&, Done<v1::Hold>),
                              const std::string& name, const std::string& by,
                              const std::string& text) {
    auto request = FromText<Request>(text);
    request.set_name(name);
    return Ask(bookings_, method, request, by);
  }

  LiveView live_;
  ThreadPool threads_{4};
  RandomIds ids_{1};
  FakeSeats seats_{&live_.clock()};
  ProfileService profiles_{&live_.log(), &live_.view(), &threads_, &live_.clock(), &ids_};
  FakeMatches matches_;
  std::unique_ptr<RetryTimer> retries_ = OpenRetryTimer();
  BookingService bookings_{&live_.log(), &live_.view(), &threads_, &live_.clock(), &ids_,
                           BookingService::Others{&seats_, &matches_, retries_.get()}};
};

// "rank of holds" on the first run of a hold's days: "1 of 2".
inline std::string RankOf(const v1::Hold& hold) {
  if (hold.ranks().empty()) return "none";
  return absl::StrCat(hold.ranks(0).rank(), " of ", hold.ranks(0).holds());
}

// What takes up the days of a calendar: "KIND_HELD 2026-5-4..2026-5-7", the
// limit not included, with the hold's number where there is one: " by 1".
inline std::vector<std::string> EntriesOf(const v1::Profile& profile) {
  const auto day = [](const v1::Date& date) {
    return absl::StrCat(date.year(), "-", date.month(), "-", date.day());
  };
  std::vector<std::string> entries;
  for (const v1::CalendarEntry& entry : profile.calendar()) {
    std::string text =
        absl::StrCat(v1::CalendarEntry::Kind_Name(entry.kind()), " ", day(entry.dates().start()),
                     "..", day(entry.dates().limit()));
    if (!entry.hold().empty()) {
      absl::StrAppend(&text, " by ", entry.hold().substr(entry.hold().rfind('/') + 1));
    }
    entries.push_back(std::move(text));
  }
  return entries;
}

}  // namespace troupe::testing

#endif  // TROUPE_TESTS_SERVICES_BOOKING_BOOKING_WORLD_H_
