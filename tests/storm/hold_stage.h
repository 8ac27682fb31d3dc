#ifndef TROUPE_TESTS_STORM_HOLD_STAGE_H_
#define TROUPE_TESTS_STORM_HOLD_STAGE_H_

#include <array>
#include <cstddef>
#include <cstdint>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "absl/base/thread_annotations.h"
#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/synchronization/mutex.h"
#include "absl/time/time.h"
#include "matcher/base/clock.h"
#include "tests/storm/deployment.h"
#include "tests/storm/findings.h"
#include "tests/testing/dice.h"
#include "troupe/v1/booking_service.pb.h"
#include "troupe/v1/hold.pb.h"
#include "troupe/v1/profile.pb.h"
#include "troupe/v1/project.pb.h"
#include "troupe/v1/types.pb.h"

namespace troupe::testing {

// What clients ask of holds; each that is acknowledged is told once in the
// history of its hold.
enum class HoldVerb : size_t {
  kPlace,
  kAccept,
  kDecline,
  kRelease,
  kChallenge,
  kCounter,
  kConfirm,  // Alone or in a crew.
  kCancel,   // Also by ReplaceDropout.
};
inline constexpr size_t kHoldVerbs = 8;

// Who asks: the agency owns all people, the houses own projects. Thread-safe.
struct HoldParties {
  Services agency;
  std::vector<Services> houses;
};

// A few people and projects of their own, so that many stages are played at a
// time and none waits for another: what was acknowledged about their holds, and
// whether that is so. Thread-safe.
class HoldStage {
 public:
  static constexpr int kPeople = 6;
  static constexpr int kProjects = 3;
  static constexpr int kOpenings = 2;  // Of each.
  static constexpr int kSeats = 2;     // Of each.

  struct Opening {
    std::string name;
    std::string project;
    size_t house = 0;
  };
  // A hold as it was last seen; it may be out of date, as clients are.
  struct Known {
    v1::Hold hold;
    size_t house = 0;
  };

  // All outlive it. `label` tells it from other stages.
  HoldStage(std::string label, const HoldParties* parties, const Clock* clock, Findings* findings)
      : label_(std::move(label)), parties_(parties), clock_(clock), findings_(findings) {}

  // Creates people and projects.
  absl::Status Open();

  const HoldParties& parties() const { return *parties_; }
  const Clock& clock() const { return *clock_; }
  Findings& findings() const { return *findings_; }
  const std::string& label() const { return label_; }

  const Opening& PickOpening(Dice& dice) const;
  std::optional<std::string> PickPerson(Dice& dice) const;
  // One in any of `states`; none: any that has not ended. nullopt: there is none.
  std::optional<Known> PickHold(Dice& dice, const std::set<v1::Hold::State>& states) const;
  // A booking whose last day has passed.
  std::optional<Known> PickPastBooking(Dice& dice) const;
  // Accepted ones of one project, of different people.
  std::vector<Known> PickCrew(Dice& dice, size_t most) const;

  // An answer that shows a hold.
  void Saw(const v1::Hold& hold);
  // All holds of a person that have not ended.
  void SawAll(const std::string& person, const v1::ListHoldsResponse& response);
  void Acknowledge(HoldVerb verb, const v1::Hold& hold);
  // The person is gone for good.
  void AcknowledgeDeleted(const std::string& person);

  // Compares everything with everything once all is answered. What falls due
  // meanwhile is waited for.
  void Check();

  // Takes what can be taken off again, so that servers need not keep it.
  void Close();

  // How many events of each kind the histories told, by the number of the kind.
  std::map<int, int64_t> EventCounts() const;

 private:
  using Acks = std::array<int64_t, kHoldVerbs>;
  struct WrongSeat {
    std::string text;
    bool may_mend = false;  // Its booking has gone, and it may not have been told yet.
  };

  absl::StatusOr<std::vector<v1::Hold>> HoldsOf(const std::string& person) const;
  // Nothing is due any more, or it has been long. Nothing is pending at any time.
  std::vector<v1::Hold> Settled(const std::string& person);
  void CheckAcknowledged(const std::vector<v1::Hold>& holds);
  void CheckBookings(const std::vector<v1::Hold>& holds);
  void CheckLadders(const std::vector<v1::Hold>& holds);
  void CheckCalendar(const std::string& person, const std::vector<v1::Hold>& holds);
  void CheckSeats(const std::map<std::string, v1::Hold>& bookings);
  bool IsDeleted(const std::string& person) const;
  std::vector<WrongSeat> WrongSeats(const std::map<std::string, v1::Hold>& bookings);
  size_t HouseOf(const std::string& opening) const;

  const std::string label_;
  const HoldParties* const parties_;
  const Clock* const clock_;
  Findings* const findings_;
  std::vector<Opening> openings_;  // Constant once open.

  mutable absl::Mutex mutex_;
  std::vector<std::string> people_ ABSL_GUARDED_BY(mutex_);
  std::vector<std::string> deleted_ ABSL_GUARDED_BY(mutex_);
  std::map<std::string, Known> live_ ABSL_GUARDED_BY(mutex_);  // Not ended.
  std::map<std::string, Acks> acks_ ABSL_GUARDED_BY(mutex_);
  std::map<int, int64_t> events_ ABSL_GUARDED_BY(mutex_);
};

// "profiles/{profile}" of a hold's name.
std::string PersonOf(const std::string& hold);

// The days of ranges, since 1970.
std::set<int32_t> DayNumbersOf(const google::protobuf::RepeatedPtrField<v1::DateRange>& dates);

}  // namespace troupe::testing

#endif  // TROUPE_TESTS_STORM_HOLD_STAGE_H_
