#include "services/convert/resource_names.h"

#include <optional>

#include "absl/strings/str_cat.h"
#include "absl/strings/strip.h"
#include "matcher/base/violation.h"
#include "services/convert/name_reading.h"

namespace troupe {
namespace {

constexpr absl::string_view kProfiles = "profiles/";
constexpr absl::string_view kProjects = "projects/";
constexpr absl::string_view kOpenings = "/openings/";
constexpr absl::string_view kHolds = "/holds/";
constexpr absl::string_view kOrganizations = "organizations/";

// What a name of one kind looks like, for who got it wrong.
constexpr absl::string_view kProfileForm = "give profiles/ and 16 lower-case hexadecimal digits";
constexpr absl::string_view kProjectForm = "give projects/ and 16 lower-case hexadecimal digits";
constexpr absl::string_view kOpeningForm =
    "give projects/, 16 lower-case hexadecimal digits, /openings/ and a number from 1";
constexpr absl::string_view kHoldForm =
    "give profiles/, 16 lower-case hexadecimal digits, /holds/ and a number from 1";
constexpr absl::string_view kOrganizationForm =
    "give organizations/ and 1 to 63 of a-z, 0-9 and \"-\" that begin with a letter";
constexpr absl::string_view kEtagForm = "give the etag as it was read, or none";

std::optional<ProfileId> ProfileOf(absl::string_view name) {
  if (!absl::ConsumePrefix(&name, kProfiles)) return std::nullopt;
  const std::optional<uint64_t> id = HexValue(name);
  return id.has_value() ? std::optional(ProfileId(*id)) : std::nullopt;
}

std::optional<ProjectId> ProjectOf(absl::string_view name) {
  if (!absl::ConsumePrefix(&name, kProjects)) return std::nullopt;
  const std::optional<uint64_t> id = HexValue(name);
  return id.has_value() ? std::optional(ProjectId(*id)) : std::nullopt;
}

std::optional<OpeningId> OpeningOf(absl::string_view name) {
  const std::optional<ProjectId> project =
      ProjectOf(name.substr(0, kProjects.size() + kHexDigits));
  if (!project.has_value()) return std::nullopt;
  name.remove_prefix(kProjects.size() + kHexDigits);
  if (!absl::ConsumePrefix(&name, kOpenings)) return std::nullopt;
  const std::optional<uint32_t> number = PartNumber(name);
  if (!number.has_value()) return std::nullopt;
  return OpeningId{.project = *project, .number = *number};
}

std::optional<HoldId> HoldOf(absl::string_view name) {
  const std::optional<ProfileId> profile =
      ProfileOf(name.substr(0, kProfiles.size() + kHexDigits));
  if (!profile.has_value()) return std::nullopt;
  name.remove_prefix(kProfiles.size() + kHexDigits);
  if (!absl::ConsumePrefix(&name, kHolds)) return std::nullopt;
  const std::optional<uint32_t> number = PartNumber(name);
  if (!number.has_value()) return std::nullopt;
  return HoldId{.profile = *profile, .number = *number};
}

std::optional<OrganizationId> OrganizationOf(absl::string_view name) {
  if (!absl::ConsumePrefix(&name, kOrganizations) || !IsOrganizationSlug(name)) {
    return std::nullopt;
  }
  return OrganizationId{.slug = std::string(name)};
}

}  // namespace

std::string FormatName(ProfileId id) { return absl::StrCat(kProfiles, Hex(id.value())); }

std::string FormatName(ProjectId id) { return absl::StrCat(kProjects, Hex(id.value())); }

std::string FormatName(OpeningId id) {
  return absl::StrCat(FormatName(id.project), kOpenings, id.number);
}

std::string FormatName(HoldId id) {
  return absl::StrCat(FormatName(id.profile), kHolds, id.number);
}

std::string FormatName(const OrganizationId& id) { return absl::StrCat(kOrganizations, id.slug); }

absl::StatusOr<ProfileId> ParseProfileName(absl::string_view name, absl::string_view field) {
  return OrInvalid(ProfileOf(name), name, field, kProfileForm);
}

absl::StatusOr<ProjectId> ParseProjectName(absl::string_view name, absl::string_view field) {
  return OrInvalid(ProjectOf(name), name, field, kProjectForm);
}

absl::StatusOr<OpeningId> ParseOpeningName(absl::string_view name, absl::string_view field) {
  return OrInvalid(OpeningOf(name), name, field, kOpeningForm);
}

absl::StatusOr<HoldId> ParseHoldName(absl::string_view name, absl::string_view field) {
  return OrInvalid(HoldOf(name), name, field, kHoldForm);
}

absl::StatusOr<OrganizationId> ParseOrganizationName(absl::string_view name,
                                                     absl::string_view field) {
  return OrInvalid(OrganizationOf(name), name, field, kOrganizationForm);
}

ProfileId ReadProfileName(const Field& field, absl::string_view name) {
  return OrReport(ProfileOf(name), name, field, kProfileForm);
}

ProjectId ReadProjectName(const Field& field, absl::string_view name) {
  return OrReport(ProjectOf(name), name, field, kProjectForm);
}

OpeningId ReadOpeningName(const Field& field, absl::string_view name) {
  return OrReport(OpeningOf(name), name, field, kOpeningForm);
}

HoldId ReadHoldName(const Field& field, absl::string_view name) {
  return OrReport(HoldOf(name), name, field, kHoldForm);
}

OrganizationId ReadOrganizationName(const Field& field, absl::string_view name) {
  return OrReport(OrganizationOf(name), name, field, kOrganizationForm);
}

std::string FormatEtag(uint64_t version) { return Hex(version); }

absl::StatusOr<uint64_t> ParseEtag(absl::string_view etag, absl::string_view field) {
  if (const std::optional<uint64_t> version = HexValue(etag); version.has_value()) {
    return *version;
  }
  return InvalidField(field, etag.empty() ? "is empty" : "is not an etag", kEtagForm);
}

}  // namespace troupe
