#include "tests/linearizability/ladder_recorder.h"

#include <algorithm>
#include <atomic>
#include <optional>
#include <random>
#include <set>
#include <thread>
#include <utility>
#include <vector>

#include "absl/base/thread_annotations.h"
#include "absl/status/status.h"
#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "absl/synchronization/mutex.h"
#include "absl/time/clock.h"
#include "absl/time/time.h"
#include "matcher/base/day.h"
#include "matcher/base/status_macros.h"
#include "matcher/base/violation.h"
#include "services/convert/types_conversion.h"
#include "tests/integration/asking.h"
#include "tests/storm/patience.h"
#include "tests/storm/record_kinds.h"
#include "tests/testing/dice.h"
#include "troupe/v1/booking_service.grpc.pb.h"
#include "troupe/v1/hold.pb.h"

namespace troupe::testing {
namespace {

using Bookings = v1::BookingService::Stub;
using Verb = LadderCall::Verb;

constexpr int kOpenings = 4;
constexpr int kSeats = 40;     // More than are ever asked for.
constexpr int kFirstDay = 30;  // From today.
constexpr int kDays = 4;

char StateOf(const v1::Hold& hold) {
  switch (hold.state()) {
    case v1::Hold::STATE_OFFERED: return 'O';
    case v1::Hold::STATE_ACCEPTED: return 'A';
    case v1::Hold::STATE_BOOKED: return 'B';
    case v1::Hold::STATE_DECLINED: return 'D';
    case v1::Hold::STATE_RELEASED: return 'R';
    case v1::Hold::STATE_CANCELLED: return 'C';
    default: return '?';
  }
}

LadderEntry EntryOf(const v1::Hold& hold) {
  LadderEntry entry{.state = StateOf(hold), .pending = hold.pending(), .ranks = {}};
  for (const v1::HoldRank& rank : hold.ranks()) {
    const auto civil = [](const v1::Date& date) {
      return absl::CivilDay(date.year(), date.month(), date.day());
    };
    for (absl::CivilDay day = civil(rank.dates().start()); day < civil(rank.dates().limit());
         ++day) {
      entry.ranks.push_back(rank.rank());
    }
  }
  return entry;
}

int NumberOf(const std::string& name) {
  int number = 0;
  if (!absl::SimpleAtoi(name.substr(name.rfind('/') + 1), &number)) return 0;
  return number;
}

// What several clients do at a time. Thread-safe.
class Recorder {
 public:
  Recorder(const Connection& agency, const Connection& house, const std::string& label)
      : agency_(agency), house_(house), label_(label) {}

  absl::Status Open() {
    TROUPE_ASSIGN_OR_RETURN(
        const v1::Profile person,
        CreateProfile(agency_, ProfileRecords::Stated(label_, "", 1), label_ + "-person"));
    person_ = person.name();
    v1::Project stated;
    stated.set_title(label_);
    stated.set_findability(v1::FINDABILITY_FINDABLE);
    stated.set_currency_code("CNY");
    for (int i = 0; i < kOpenings; ++i) {
      v1::Opening& opening = *stated.add_openings();
      opening.set_role("director");
      opening.set_headcount(kSeats);
      opening.set_state(v1::Opening::STATE_OPEN);
    }
    TROUPE_ASSIGN_OR_RETURN(const v1::Project project,
                            CreateProject(house_, stated, label_ + "-project"));
    for (const v1::Opening& opening : project.openings()) openings_.push_back(opening.name());
    first_day_ = Day(absl::ToCivilDay(absl::Now(), absl::UTCTimeZone())) + kFirstDay;
    return absl::OkStatus();
  }

  void Call(int client, Dice& dice) {
    LadderOperation operation{.client = client, .call = Draw(dice), .answer = {}};
    operation.began = ++counter_;
    const absl::Status answered = Answer(operation);
    operation.ended = ++counter_;
    absl::MutexLock lock(&mutex_);
    if (!answered.ok()) {
      operation.answer.reason = ReasonOf(answered);
      if (!IsRefusal(operation.answer.reason)) failure_.Update(answered);
    }
    highest_ = std::max(highest_, operation.answer.hold);
    history_.push_back(std::move(operation));
  }

  absl::StatusOr<LadderHistory> Finish() {
    absl::MutexLock lock(&mutex_);
    if (!failure_.ok()) return failure_;
    return std::move(history_);
  }

 private:
  static bool IsRefusal(const std::string& reason) {
    static const auto* const kReasons = new std::set<std::string>{
        "HOLD_ENDED",    "CONFIRMATION_PENDING", "DAYS_NOT_FREE", "HOLD_EXISTS",
        "NOT_BOOKED",    "ALREADY_ACCEPTED",     "NOT_ACCEPTED",  "NOT_FIRST",
        "ALREADY_FIRST", "ALREADY_CHALLENGING",  "SEAT_TAKEN",
        "AGENDA_CONTENDED"};
    return kReasons->contains(reason);
  }

  // A call whose answer stays away is asked again, and takes effect once.
  std::string NewRequestId() { return absl::StrCat(label_, "-", ++last_request_); }

  LadderCall Draw(Dice& dice) {
    int highest = 0;
    {
      absl::MutexLock lock(&mutex_);
      highest = highest_;
    }
    const size_t draw = dice.Below(100);
    if (highest == 0 || draw < 24) {
      const int first = dice.Between(0, kDays - 1);
      const int last = dice.Between(first, kDays - 1);
      uint32_t days = 0;
      for (int day = first; day <= last; ++day) days |= uint32_t{1} << day;
      return {.verb = Verb::kPlace, .opening = dice.Between(0, kOpenings - 1), .days = days};
    }
    // Mostly of the newest: the others have ended.
    const int hold = dice.OneIn(4) ? dice.Between(1, highest)
                                   : dice.Between(std::max(1, highest - 4), highest);
    if (draw < 44) return {.verb = Verb::kAccept, .hold = hold};
    if (draw < 49) return {.verb = Verb::kDecline, .hold = hold};
    if (draw < 54) return {.verb = Verb::kRelease, .hold = hold};
    if (draw < 62) return {.verb = Verb::kChallenge, .hold = hold};
    if (draw < 76) return {.verb = Verb::kConfirm, .hold = hold};
    if (draw < 86) return {.verb = Verb::kCancel, .hold = hold};
    return {};
  }

  template <typename Request>
  absl::Status AskAbout(const Connection& by, int hold,
                        grpc::Status (Bookings::*method)(grpc::ClientContext*, const Request&,
                                                         v1::Hold*)) {
    Request request;
    request.set_name(absl::StrCat(person_, "/holds/", hold));
    request.set_request_id(NewRequestId());
    return Patiently([&] { return by.Ask(method, request); }).status();
  }

  absl::Status Answer(LadderOperation& operation) {
    const int hold = operation.call.hold;
    switch (operation.call.verb) {
      case Verb::kPlace: return Place(operation);
      case Verb::kAccept: return AskAbout(agency_, hold, &Bookings::AcceptHold);
      case Verb::kDecline: return AskAbout(agency_, hold, &Bookings::DeclineHold);
      case Verb::kRelease: return AskAbout(house_, hold, &Bookings::ReleaseHold);
      case Verb::kChallenge: return AskAbout(house_, hold, &Bookings::ChallengeHold);
      case Verb::kConfirm: return AskAbout(house_, hold, &Bookings::ConfirmHold);
      case Verb::kCancel: return AskAbout(agency_, hold, &Bookings::CancelBooking);
      case Verb::kRead: return Read(operation);
    }
    return absl::OkStatus();
  }

  absl::Status Place(LadderOperation& operation) {
    v1::PlaceHoldRequest request;
    request.set_parent(person_);
    request.set_opening(openings_[static_cast<size_t>(operation.call.opening)]);
    int first = 0;
    while ((operation.call.days >> first & 1) == 0) ++first;
    int limit = first;
    while ((operation.call.days >> limit & 1) != 0) ++limit;
    *request.mutable_window()->mutable_dates() =
        ToWire(DaySpan{first_day_ + first, first_day_ + limit});
    request.set_request_id(NewRequestId());
    TROUPE_ASSIGN_OR_RETURN(const v1::Hold hold, Patiently([&] {
      return house_.Ask(&Bookings::PlaceHold, request);
    }));
    operation.answer.hold = NumberOf(hold.name());
    return absl::OkStatus();
  }

  absl::Status Read(LadderOperation& operation) {
    v1::ListHoldsRequest request;
    request.set_parent(person_);
    request.set_page_size(1000);
    TROUPE_ASSIGN_OR_RETURN(const v1::ListHoldsResponse response,
                            agency_.Ask(&Bookings::ListHolds, request));
    for (const v1::Hold& hold : response.holds()) {
      operation.answer.holds.push_back(EntryOf(hold));
    }
    return absl::OkStatus();
  }

  const Connection& agency_;
  const Connection& house_;
  const std::string label_;
  std::string person_;
  std::vector<std::string> openings_;
  Day first_day_;
  std::atomic<int64_t> counter_ = 0;
  std::atomic<int64_t> last_request_ = 0;

  absl::Mutex mutex_;
  LadderHistory history_ ABSL_GUARDED_BY(mutex_);
  int highest_ ABSL_GUARDED_BY(mutex_) = 0;
  absl::Status failure_ ABSL_GUARDED_BY(mutex_);
};

}  // namespace

absl::StatusOr<LadderHistory> RecordHistory(const Connection& agency, const Connection& house,
                                            const std::string& label,
                                            const RecorderOptions& options) {
  Recorder recorder(agency, house, label);
  TROUPE_RETURN_IF_ERROR(recorder.Open());
  std::mt19937_64 seeds(options.seed);
  std::vector<std::thread> clients;
  for (int client = 0; client < options.clients; ++client) {
    clients.emplace_back([&, client, seed = seeds()] {
      std::mt19937_64 random(seed);
      Dice dice(random);
      for (int call = 0; call < options.calls; ++call) recorder.Call(client, dice);
    });
  }
  for (std::thread& client : clients) client.join();
  return recorder.Finish();
}

}  // namespace troupe::testing
