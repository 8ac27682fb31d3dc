#include "services/convert/project_conversion.h"

#include <string>
#include <utility>

#include "services/convert/message_fields.h"
#include "services/convert/opening_conversion.h"
#include "services/convert/resource_names.h"
#include "services/convert/types_conversion.h"

namespace troupe {
namespace {

constexpr size_t kMostBlocked = 1'000;
constexpr size_t kMostLabels = 50;
constexpr size_t kMostAttached = 200;
constexpr size_t kMostOpenings = 500;

uint32_t ReadNumber(const v1::Opening& wire, const std::string& project, const Field& name) {
  if (wire.name().empty()) return 0;
  const OpeningId id = ReadOpeningName(name, wire.name());
  if (id.number != 0 && FormatName(id.project) != project) {
    name.Report("is not an opening of this project",
                "give the name that the server gave it, or none for a new opening");
  }
  return id.number;
}

std::vector<Opening> ReadOpenings(const v1::Project& wire, const Field& list) {
  return ReadEach(list, wire.openings(), kMostOpenings,
                  [&wire](const v1::Opening& entry, const Field& field) {
                    Opening opening = FromWire(entry, field);
                    opening.number = ReadNumber(entry, wire.name(), field["name"]);
                    return opening;
                  });
}

void ReadOwner(const v1::Project& wire, const Field& field, Project& project) {
  project.external_id = FromWire(wire.external_id(), field["external_id"]);
  project.ownership.findability = FromWire(wire.findability(), field["findability"]);
  project.ownership.blocked_organizations = SortedDistinct(
      ReadEach(field["blocked_organizations"], wire.blocked_organizations(), kMostBlocked,
               [](const std::string& name, const Field& entry) {
                 return ReadOrganizationName(entry, name);
               }));
  project.blocked_profiles = SortedDistinct(
      ReadEach(field["blocked_profiles"], wire.blocked_profiles(), kMostBlocked,
               [](const std::string& name, const Field& entry) {
                 return ReadProfileName(entry, name);
               }));
}

void ReadProduction(const v1::Project& wire, const Field& field, Project& project) {
  project.title = wire.title();
  project.genres = ReadAll(field["genres"], wire.genres(), kMostLabels);
  project.tags = ReadAll(field["tags"], wire.tags(), kMostLabels);
  project.companies = ReadAll(field["companies"], wire.companies(), kMostLabels);
  project.styles = ReadTexts(wire.styles());
  project.countries = ReadTexts(wire.countries());
  project.original_language = wire.original_language();
  if (wire.has_budget()) project.budget = FromWire(wire.budget(), field["budget"]);
  project.currency = wire.currency_code();
  project.place = wire.place();
  if (wire.has_dates()) project.dates = FromWire(wire.dates(), field["dates"]);
  if (wire.has_release_date()) {
    project.release_date = FromWire(wire.release_date(), field["release_date"]);
  }
}

void WriteIdentity(const Project& project, uint64_t version, v1::Project& wire) {
  wire.set_name(FormatName(project.id));
  wire.set_etag(FormatEtag(version));
  wire.set_organization(FormatName(project.ownership.owner));
  *wire.mutable_create_time() = ToWire(project.create_time);
  *wire.mutable_update_time() = ToWire(project.update_time);
}

// What everybody sees to whom the project exists, but its openings.
void WriteProduction(const Project& project, v1::Project& wire) {
  wire.set_title(project.title);
  wire.set_findability(ToWire(project.ownership.findability));
  WriteAll(project.genres, *wire.mutable_genres());
  WriteAll(project.tags, *wire.mutable_tags());
  WriteAll(project.companies, *wire.mutable_companies());
  WriteTexts(project.styles, *wire.mutable_styles());
  WriteTexts(project.countries, *wire.mutable_countries());
  wire.set_original_language(project.original_language);
  if (project.budget.has_value()) *wire.mutable_budget() = ToWire(*project.budget);
  wire.set_currency_code(project.currency);
  wire.set_place(project.place);
  if (project.dates.has_value()) *wire.mutable_dates() = ToWire(*project.dates);
  if (project.release_date.has_value()) {
    *wire.mutable_release_date() = ToWire(*project.release_date);
  }
}

void WriteForOwner(const Project& project, v1::Project& wire) {
  if (project.external_id) *wire.mutable_external_id() = ToWire(project.external_id);
  WriteNames(project.ownership.blocked_organizations, *wire.mutable_blocked_organizations());
  WriteNames(project.blocked_profiles, *wire.mutable_blocked_profiles());
  WriteAll(project.attached, *wire.mutable_attached());
}

}  // namespace

Project FromWire(const v1::Project& wire, const Field& field) {
  Project project;
  ReadOwner(wire, field, project);
  ReadProduction(wire, field, project);
  project.attached = ReadAll(field["attached"], wire.attached(), kMostAttached);
  project.openings = ReadOpenings(wire, field["openings"]);
  FillCurrency(project);
  return project;
}

Project FromWire(const v1::Project& wire, Violations& found) {
  const Field message(&found);
  return FromWire(wire, message);
}

v1::Project ToWire(const Project& project, uint64_t version, const Reader& reader) {
  const bool for_owner = reader.Owns(project.ownership);
  v1::Project wire;
  WriteIdentity(project, version, wire);
  WriteProduction(project, wire);
  if (for_owner) WriteForOwner(project, wire);
  for (const Opening& opening : project.openings) {
    if (!for_owner && opening.state == Opening::State::kDraft) continue;
    *wire.add_openings() = ToWire(opening, project.id, for_owner);
  }
  return wire;
}

void FillCurrency(Project& project) {
  if (!project.currency.empty()) return;
  if (project.budget.has_value()) project.currency = project.budget->currency;
  for (const Opening& opening : project.openings) {
    if (!project.currency.empty()) return;
    if (opening.pay_ceiling.has_value()) project.currency = opening.pay_ceiling->currency;
  }
}

}  // namespace troupe
