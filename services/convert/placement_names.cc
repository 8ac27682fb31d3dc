#include "services/convert/placement_names.h"

#include <optional>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/strip.h"
#include "matcher/placement/cohort.h"
#include "services/convert/name_reading.h"
#include "services/convert/resource_names.h"

namespace troupe {
namespace {

constexpr absl::string_view kCohorts = "cohorts/";
constexpr absl::string_view kGraduates = "/graduates/";
constexpr absl::string_view kPrograms = "programs/";
constexpr absl::string_view kRounds = "rounds/";
constexpr absl::string_view kOperations = "/operations/";
constexpr absl::string_view kProfiles = "profiles/";

constexpr absl::string_view kCohortForm = "give cohorts/ and 16 lower-case hexadecimal digits";
constexpr absl::string_view kProgramForm = "give programs/ and 16 lower-case hexadecimal digits";
constexpr absl::string_view kRoundForm = "give rounds/ and 16 lower-case hexadecimal digits";
constexpr absl::string_view kGraduateForm =
    "give cohorts/, 16 lower-case hexadecimal digits, /graduates/ and the graduate's id";
constexpr absl::string_view kPersonForm =
    "give cohorts/.../graduates/... or profiles/ and 16 lower-case hexadecimal digits";
constexpr absl::string_view kOperationForm =
    "give rounds/, 16 lower-case hexadecimal digits, /operations/ and a number from 1";

// Takes the digits of an id off `text`; 0 if there are none.
uint64_t TakeId(absl::string_view& text) {
  const std::optional<uint64_t> id = HexValue(text.substr(0, kHexDigits));
  if (id.has_value()) text.remove_prefix(kHexDigits);
  return id.value_or(0);
}

template <typename Id>
std::optional<Id> IdIn(absl::string_view name, absl::string_view collection) {
  if (!absl::ConsumePrefix(&name, collection)) return std::nullopt;
  const uint64_t id = TakeId(name);
  return id != 0 && name.empty() ? std::optional(Id(id)) : std::nullopt;
}

std::optional<GraduateName> GraduateIn(absl::string_view name) {
  if (!absl::ConsumePrefix(&name, kCohorts)) return std::nullopt;
  const CohortId cohort(TakeId(name));
  if (!cohort || !absl::ConsumePrefix(&name, kGraduates) || !IsGraduateId(name)) {
    return std::nullopt;
  }
  return GraduateName{.cohort = cohort, .id = std::string(name)};
}

std::optional<RoundOperation> OperationIn(absl::string_view name) {
  if (!absl::ConsumePrefix(&name, kRounds)) return std::nullopt;
  RoundOperation operation{.round = RoundId(TakeId(name))};
  if (!operation.round || !absl::ConsumePrefix(&name, kOperations)) return std::nullopt;
  const std::optional<uint32_t> number = PartNumber(name);
  if (!number.has_value()) return std::nullopt;
  operation.number = *number;
  return operation;
}

}  // namespace

std::string FormatName(CohortId id) { return absl::StrCat(kCohorts, Hex(id.value())); }
std::string FormatName(ProgramId id) { return absl::StrCat(kPrograms, Hex(id.value())); }
std::string FormatName(RoundId id) { return absl::StrCat(kRounds, Hex(id.value())); }

std::string FormatName(const GraduateName& name) {
  if (!name.cohort) return FormatName(name.profile);
  return absl::StrCat(FormatName(name.cohort), kGraduates, name.id);
}

std::string FormatName(const RoundOperation& operation) {
  return absl::StrCat(FormatName(operation.round), kOperations, operation.number);
}

absl::StatusOr<CohortId> ParseCohortName(absl::string_view name, absl::string_view field) {
  return OrInvalid(IdIn<CohortId>(name, kCohorts), name, field, kCohortForm);
}

absl::StatusOr<ProgramId> ParseProgramName(absl::string_view name, absl::string_view field) {
  return OrInvalid(IdIn<ProgramId>(name, kPrograms), name, field, kProgramForm);
}

absl::StatusOr<RoundId> ParseRoundName(absl::string_view name, absl::string_view field) {
  return OrInvalid(IdIn<RoundId>(name, kRounds), name, field, kRoundForm);
}

absl::StatusOr<RoundOperation> ParseOperationName(absl::string_view name,
                                                  absl::string_view field) {
  return OrInvalid(OperationIn(name), name, field, kOperationForm);
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
