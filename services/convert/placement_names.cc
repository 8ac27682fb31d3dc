#include "services/convert/placement_names.h"

#include <optional>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/strip.h"
#include "matcher/domain/field_rules.h"
#include "services/convert/name_reading.h"
#include "services/convert/resource_names.h"

namespace troupe {
namespace {

constexpr absl::string_view kCohorts = "cohorts/";
constexpr absl::string_view kGraduates = "/graduates/";
constexpr absl::string_view kPrograms = "programs/";
constexpr absl::string_view kRounds = "rounds/";
constexpr absl::string_view kProfiles = "profiles/";

constexpr absl::string_view kCohortForm = "give cohorts/ and 16 lower-case hexadecimal digits";
constexpr absl::string_view kProgramForm = "give programs/ and 16 lower-case hexadecimal digits";
constexpr absl::string_view kRoundForm = "give rounds/ and 16 lower-case hexadecimal digits";
constexpr absl::string_view kGraduateForm =
    "give cohorts/, 16 lower-case hexadecimal digits, /graduates/ and the graduate's id";
constexpr absl::string_view kPersonForm =
    "give cohorts/.../graduates/... or profiles/ and 16 lower-case hexadecimal digits";

std::optional<GraduateName> GraduateIn(absl::string_view name) {
  if (!absl::ConsumePrefix(&name, kCohorts)) return std::nullopt;
  const CohortId cohort(TakeId(name));
  if (!cohort || !absl::ConsumePrefix(&name, kGraduates) || !IsPartId(name)) {
    return std::nullopt;
  }
  return GraduateName{.cohort = cohort, .id = std::string(name)};
}

}  // namespace

std::string FormatName(CohortId id) { return absl::StrCat(kCohorts, Hex(id.value())); }
std::string FormatName(ProgramId id) { return absl::StrCat(kPrograms, Hex(id.value())); }
std::string FormatName(RoundId id) { return absl::StrCat(kRounds, Hex(id.value())); }

std::string FormatName(const GraduateName& name) {
  if (!name.cohort) return FormatName(name.profile);
  return absl::StrCat(FormatName(name.cohort), kGraduates, name.id);
}

std::optional<RoundId> RoundIn(absl::string_view name) { return IdIn<RoundId>(name, kRounds); }

absl::StatusOr<CohortId> ParseCohortName(absl::string_view name, absl::string_view field) {
  return OrInvalid(IdIn<CohortId>(name, kCohorts), name, field, kCohortForm);
}

absl::StatusOr<ProgramId> ParseProgramName(absl::string_view name, absl::string_view field) {
  return OrInvalid(IdIn<ProgramId>(name, kPrograms), name, field, kProgramForm);
}

absl::StatusOr<RoundId> ParseRoundName(absl::string_view name, absl::string_view field) {
  return OrInvalid(RoundIn(name), name, field, kRoundForm);
}

absl::StatusOr<GraduateName> ParseGraduateName(absl::string_view name, absl::string_view field) {
  return OrInvalid(GraduateIn(name), name, field, kGraduateForm);
}

CohortId ReadCohortName(const Field& field, absl::string_view name) {
  return OrReport(IdIn<CohortId>(name, kCohorts), name, field, kCohortForm);
}

ProgramId ReadProgramName(const Field& field, absl::string_view name) {
  return OrReport(IdIn<ProgramId>(name, kPrograms), name, field, kProgramForm);
}

GraduateName ReadGraduateName(const Field& field, absl::string_view name) {
  if (absl::StartsWith(name, kProfiles)) return {.profile = ReadProfileName(field, name)};
  return OrReport(GraduateIn(name), name, field, kPersonForm);
}

}  // namespace troupe
