#ifndef TROUPE_TESTS_STORM_CREW_STORM_H_
#define TROUPE_TESTS_STORM_CREW_STORM_H_

#include <functional>
#include <list>
#include <map>
#include <string>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "services/cli/connection.h"
#include "tests/integration/server_process.h"
#include "tests/storm/findings.h"
#include "troupe/v1/booking_service.grpc.pb.h"

namespace troupe::testing {

struct CrewStormOptions {
  int processes = 1;  // 1: troupe-server; 3: those that keep profiles and projects.
  int people = 40;    // In a crew.
  int stride = 1;     // Kills at every so manieth step.
};

// What a storm did.
struct CrewStormCounts {
  int steps = 0;          // Of one confirmation, in all processes together.
  int cancel_steps = 0;   // Of one cancellation.
  int kills = 0;          // Of a process at a step of its own.
  int kills_of_other = 0; // Of a process at a step of another one.
  std::map<std::string, int> kills_at;  // By the step's name.
  int booked = 0;         // Crews that were, whole, after the kill.
  int refused = 0;        // Crews of which nobody was.
  int cancelled = 0;      // Bookings, with an empty seat after the kill.
  int second_crew = 0;    // People named by the refusal of a second crew.
};

// Crews that are confirmed while the processes that take part are killed at
// every step: all of a crew is booked then, or nobody. Thread-compatible.
class CrewStorm {
 public:
  // Data goes below `folder`; `findings` outlives this.
  CrewStorm(const std::string& folder, const CrewStormOptions& options, Findings* findings);
  ~CrewStorm();

  // Until all steps are through, or to the first finding.
  CrewStormCounts Run();

 private:
  struct Part;
  struct Crew;

  absl::Status Prepare();
  absl::Status CountSteps();
  absl::Status SecondCrew();
  // Kills `victim` at `step` of `whose` while `ask` is answered with `answer`, and
  // starts it again. `where`: when that was, in words.
  absl::Status KillDuring(Part& whose, int step, Part& victim,
                          const std::function<absl::Status()>& ask, absl::Status& answer,
                          std::string& where);
  absl::Status KillAt(Part& whose, int step, Part& victim);
  absl::Status CountCancelSteps();
  absl::Status KillCancelAt(Part& whose, int step, Part& victim);
  absl::StatusOr<Crew> BookOne();
  absl::Status Cancel(const Crew& crew, const std::string& request_id) const;
  absl::Status CheckCancelled(const Crew& crew, const std::string& where);
  absl::StatusOr<Crew> MakeCrew(const std::string& organization,
                                const std::vector<std::string>& people);
  absl::Status Hire();
  absl::StatusOr<v1::ConfirmCrewResponse> Confirm(const Crew& crew,
                                                  const std::string& request_id) const;
  absl::Status Refresh(Crew& crew) const;
  // How many of `crew` are booked, if all that is known of them agrees.
  absl::StatusOr<int> CheckWhole(const Crew& crew);
  absl::Status CheckOutcome(Crew& crew, const absl::Status& answer, const std::string& where);
  void Wrongly(Wrong wrong, const std::string& text);

  const std::string folder_;
  const CrewStormOptions options_;
  Findings* const findings_;
  std::list<Part> parts_;  // The one that keeps profiles first.
  std::vector<std::string> people_;
  int crews_ = 0;
  int orders_ = 0;
  CrewStormCounts counts_;
};

}  // namespace troupe::testing

#endif  // TROUPE_TESTS_STORM_CREW_STORM_H_
