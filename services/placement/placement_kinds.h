#ifndef TROUPE_SERVICES_PLACEMENT_PLACEMENT_KINDS_H_
#define TROUPE_SERVICES_PLACEMENT_PLACEMENT_KINDS_H_

#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "google/protobuf/repeated_field.h"
#include "matcher/base/violation.h"
#include "matcher/placement/cohort.h"
#include "matcher/placement/program.h"
#include "matcher/placement/round.h"
#include "services/convert/cohort_conversion.h"
#include "services/convert/placement_names.h"
#include "services/convert/program_conversion.h"
#include "services/convert/round_conversion.h"
#include "services/log/entity.h"
#include "services/log/view.h"
#include "services/placement/placement_rules.h"
#include "services/records/cohort_record.h"
#include "services/records/program_record.h"
#include "services/records/round_record.h"
#include "troupe/v1/placement_service.pb.h"

// What the standard methods need to know of each kind of resource; see stored_resource.h.
namespace troupe {

struct CohortKind {
  using Record = Cohort;
  using Wire = v1::Cohort;
  using Id = CohortId;

  static constexpr EntityKind kEntity = EntityKind::kCohort;
  static constexpr char kNoun[] = "cohort";
  static constexpr char kPlural[] = "cohorts";

  static absl::StatusOr<CohortId> ParseName(absl::string_view name, absl::string_view field) {
    return ParseCohortName(name, field);
  }
  static std::string Serialize(const Cohort& cohort) { return SerializeCohort(cohort); }
  static absl::StatusOr<Cohort> Parse(absl::string_view bytes) { return ParseCohort(bytes); }
  static Violations Validate(const Cohort& cohort) { return ValidateCohort(cohort); }
  static absl::Status CheckChange(const Cohort& stored, const Cohort& next,
                                  const ViewSnapshot& now, Violations& found) {
    return CheckProfiles(stored, next, now, found);
  }
  static absl::Status CheckKept(const Cohort&, const Cohort&) { return absl::OkStatus(); }
  static absl::Status CheckDelete(const Cohort&, const ViewSnapshot&) { return absl::OkStatus(); }
  static absl::Status AddToDelete(const Cohort&, const ViewSnapshot&, std::vector<Mutation>&) {
    return absl::OkStatus();
  }
  static void Number(Cohort&) {}
};

struct ProgramKind {
  using Record = Program;
  using Wire = v1::Program;
  using Id = ProgramId;
  using ImportRequest = v1::ImportProgramsRequest;
  using ImportResponse = v1::ImportProgramsResponse;

  static constexpr EntityKind kEntity = EntityKind::kProgram;
  static constexpr char kNoun[] = "program";
  static constexpr char kPlural[] = "programs";

  static absl::StatusOr<ProgramId> ParseName(absl::string_view name, absl::string_view field) {
    return ParseProgramName(name, field);
  }
  static std::string Serialize(const Program& program) { return SerializeProgram(program); }
  static absl::StatusOr<Program> Parse(absl::string_view bytes) { return ParseProgram(bytes); }
  static const google::protobuf::RepeatedPtrField<v1::Program>& RecordsOf(
      const v1::ImportProgramsRequest& request) {
    return request.programs();
  }
  static Violations Validate(const Program& program) { return ValidateProgram(program); }
  static absl::Status CheckChange(const Program& stored, const Program& next,
                                  const ViewSnapshot& now, Violations& found) {
    return CheckOpenings(stored, next, now, found);
  }
  static absl::Status CheckKept(const Program&, const Program&) { return absl::OkStatus(); }
  static absl::Status CheckDelete(const Program&, const ViewSnapshot&) { return absl::OkStatus(); }
  static absl::Status AddToDelete(const Program&, const ViewSnapshot&, std::vector<Mutation>&) {
    return absl::OkStatus();
  }
  static void Number(Program&) {}
  static void KeepNumbers(const Program&, Program&) {}
};

struct RoundKind {
  using Record = Round;
  using Wire = v1::Round;
  using Id = RoundId;

  static constexpr EntityKind kEntity = EntityKind::kRound;
  static constexpr char kNoun[] = "round";
  static constexpr char kPlural[] = "rounds";

  static absl::StatusOr<RoundId> ParseName(absl::string_view name, absl::string_view field) {
    return ParseRoundName(name, field);
  }
  static std::string Serialize(const Round& round) { return SerializeRound(round); }
  static absl::StatusOr<Round> Parse(absl::string_view bytes) { return ParseRound(bytes); }
  static Violations Validate(const Round& round) { return ValidateRound(round); }
  // What was run for a round is of no use once it is another.
  static absl::Status CheckChange(const Round& stored, const Round&, const ViewSnapshot& now,
                                  Violations&) {
    return CheckChangeable(stored, now);
  }
  static absl::Status CheckKept(const Round&, const Round&) { return absl::OkStatus(); }
  static absl::Status CheckBegin(const Round& round) { return CheckNotPublished(round); }
  static absl::Status CheckDelete(const Round& stored, const ViewSnapshot& now) {
    return CheckRoundIdle(stored, now);
  }
  static absl::Status AddToDelete(const Round& stored, const ViewSnapshot& now,
                                  std::vector<Mutation>& mutations) {
    return AddRoundDeletion(stored, now, mutations);
  }
  static void Number(Round&) {}
};

}  // namespace troupe

#endif  // TROUPE_SERVICES_PLACEMENT_PLACEMENT_KINDS_H_
