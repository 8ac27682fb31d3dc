#ifndef TROUPE_SERVICES_CLI_PLACEMENT_ROUND_NAMES_H_
#define TROUPE_SERVICES_CLI_PLACEMENT_ROUND_NAMES_H_

#include <map>
#include <string>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "services/cli/connection.h"
#include "troupe/v1/cohort.pb.h"
#include "troupe/v1/program.pb.h"
#include "troupe/v1/round.pb.h"

namespace troupe {

// What people call the resources of a round. Those that are gone, or that it was not
// told of, keep their resource names. Thread-compatible.
class RoundNames {
 public:
  RoundNames() = default;

  // Reads the programs and cohorts of the caller's organization that `round` names.
  static absl::StatusOr<RoundNames> Load(const v1::Round& round, const Connection& connection);

  void Add(const v1::Program& program);
  void Add(const v1::Cohort& cohort);

  // "灯光A组", for "programs/...".
  std::string TitleOf(const std::string& program) const;
  // "lights-a": the id in the round's files; the resource name if it came from none.
  std::string IdOf(const std::string& program) const;
  // "g07"; led by the title of its cohort if the round has several.
  std::string Graduate(const std::string& graduate) const;
  // The title of a cohort.
  std::string Cohort(const std::string& cohort) const;

 private:
  std::map<std::string, v1::Program> programs_;
  std::map<std::string, std::string> cohorts_;
};

// The last part of "cohorts/{cohort}/graduates/{graduate}".
std::string GraduateIdOf(const std::string& graduate);
// Its first two parts.
std::string CohortOf(const std::string& graduate);

}  // namespace troupe

#endif  // TROUPE_SERVICES_CLI_PLACEMENT_ROUND_NAMES_H_
