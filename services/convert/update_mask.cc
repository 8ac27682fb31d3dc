#include "services/convert/update_mask.h"

#include "absl/types/span.h"
#include "services/convert/booked_seats.h"
#include "services/convert/mask_fields.h"
#include "services/convert/project_conversion.h"

namespace troupe {
namespace {

template <typename Resource>
void CopyFindability(const Resource& from, Resource& to) {
  to.ownership.findability = from.ownership.findability;
}

template <typename Resource>
void CopyBlockedOrganizations(const Resource& from, Resource& to) {
  to.ownership.blocked_organizations = from.ownership.blocked_organizations;
}

// What holds take up stays; see Calendar.
void CopyCalendar(const Profile& from, Profile& to) {
  to.calendar = from.calendar.WithHoldsOf(to.calendar);
}

constexpr MaskField<Profile> kProfileFields[] = {
    {.name = "display_name", .copy = Copy<&Profile::display_name>},
    {.name = "contact", .copy = Copy<&Profile::contact>},
    {.name = "contact_consents", .copy = Copy<&Profile::contact_consents>},
    {.name = "findability", .copy = CopyFindability},
    {.name = "blocked_organizations", .copy = CopyBlockedOrganizations},
    {.name = "agency", .copy = Copy<&Profile::agency>},
    {.name = "home_place", .copy = Copy<&Profile::home_place>},
    {.name = "travel", .copy = Copy<&Profile::travel>},
    {.name = "roles", .copy = Copy<&Profile::roles>},
    {.name = "languages", .copy = Copy<&Profile::languages>},
    {.name = "genres", .copy = Copy<&Profile::genres>},
    {.name = "styles", .copy = Copy<&Profile::styles>},
    {.name = "skills", .copy = Copy<&Profile::skills>},
    {.name = "credentials", .copy = Copy<&Profile::credentials>},
    {.name = "credits", .copy = Copy<&Profile::credits>},
    {.name = "calendar", .copy = CopyCalendar},
    {.name = "casting", .copy = Copy<&Profile::casting>},
    {.name = "wishes", .copy = Copy<&Profile::wishes>},
    {.name = "rating", .copy = Copy<&Profile::rating>},
    {.name = "time_zone", .copy = Copy<&Profile::time_zone>},
    {.name = "hold_counts", .why_not = kGivenByServer},
    {.name = "pre_acceptances", .copy = Copy<&Profile::pre_acceptances>},
    {.name = "calendar_rules", .copy = Copy<&Profile::calendar_rules>},
};

constexpr MaskField<Project> kProjectFields[] = {
    {.name = "title", .copy = Copy<&Project::title>},
    {.name = "findability", .copy = CopyFindability},
    {.name = "blocked_organizations", .copy = CopyBlockedOrganizations},
    {.name = "blocked_profiles", .copy = Copy<&Project::blocked_profiles>},
    {.name = "genres", .copy = Copy<&Project::genres>},
    {.name = "tags", .copy = Copy<&Project::tags>},
    {.name = "companies", .copy = Copy<&Project::companies>},
    {.name = "styles", .copy = Copy<&Project::styles>},
    {.name = "countries", .copy = Copy<&Project::countries>},
    {.name = "original_language", .copy = Copy<&Project::original_language>},
    {.name = "budget", .copy = Copy<&Project::budget>},
    {.name = "currency_code", .copy = Copy<&Project::currency>},
    {.name = "place", .copy = Copy<&Project::place>},
    {.name = "dates", .copy = Copy<&Project::dates>},
    {.name = "release_date", .copy = Copy<&Project::release_date>},
    {.name = "attached", .copy = Copy<&Project::attached>},
    {.name = "openings", .copy = Copy<&Project::openings>},
};

constexpr absl::Span<const MaskField<Profile>> ProfileFields() { return kProfileFields; }
constexpr absl::Span<const MaskField<Project>> ProjectFields() { return kProjectFields; }

}  // namespace

Profile ApplyMask(const Profile& stored, const Profile& update,
                  const google::protobuf::FieldMask& mask, Violations& found) {
  return ApplyFields(ProfileFields(), stored, update, mask, found);
}

Project ApplyMask(const Project& stored, const Project& update,
                  const google::protobuf::FieldMask& mask, Violations& found) {
  Project result = ApplyFields(ProjectFields(), stored, update, mask, found);
  FillCurrency(result);
  KeepBookings(stored, result);
  return result;
}

Profile ApplyImport(const Profile& stored, const Profile& import) {
  Profile result = stored;
  CopyAll(ProfileFields(), import, result);
  return result;
}

Project ApplyImport(const Project& stored, const Project& import) {
  Project result = stored;
  CopyAll(ProjectFields(), import, result);
  KeepBookedSeats(stored, result);
  return result;
}

}  // namespace troupe
