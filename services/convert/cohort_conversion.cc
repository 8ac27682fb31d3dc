#include "services/convert/cohort_conversion.h"

#include <string>

#include "services/convert/mask_fields.h"
#include "services/convert/message_fields.h"
#include "services/convert/placement_names.h"
#include "services/convert/resource_head.h"
#include "services/convert/resource_names.h"
#include "services/convert/tiered_lists.h"
#include "services/convert/types_conversion.h"

namespace troupe {
namespace {

Graduate FromWire(const v1::Graduate& wire, const Field& field) {
  Graduate graduate{.id = wire.id(), .groups = ReadTexts(wire.groups())};
  if (!wire.profile().empty()) graduate.profile = ReadProfileName(field["profile"], wire.profile());
  graduate.wishes = ReadTiers<ProgramId>(
      field["wishes"], wire.wishes(), Cohort::kMostWishes,
      [](const v1::ProgramTier& tier) -> auto& { return tier.programs(); }, ReadProgramName);
  return graduate;
}

v1::Graduate ToWire(const Graduate& graduate) {
  v1::Graduate wire;
  wire.set_id(graduate.id);
  if (graduate.profile) wire.set_profile(FormatName(graduate.profile));
  WriteTexts(graduate.groups, *wire.mutable_groups());
  WriteTiers(graduate.wishes, *wire.mutable_wishes(),
             [](v1::ProgramTier& tier) { return tier.mutable_programs(); });
  return wire;
}

constexpr MaskField<Cohort> kCohortFields[] = {
    {.name = "title", .copy = Copy<&Cohort::title>},
    {.name = "graduates", .copy = Copy<&Cohort::graduates>},
};

}  // namespace

Cohort FromWire(const v1::Cohort& wire, const Field& field) {
  Cohort cohort;
  ReadHead(wire, field, cohort);
  cohort.title = wire.title();
  cohort.graduates = ReadEach(
      field["graduates"], wire.graduates(), Cohort::kMostGraduates,
      [](const v1::Graduate& entry, const Field& each) { return FromWire(entry, each); });
  return cohort;
}

Cohort FromWire(const v1::Cohort& wire, Violations& found) {
  const Field message(&found);
  return FromWire(wire, message);
}

v1::Cohort ToWire(const Cohort& cohort, uint64_t version, const Reader&) {
  v1::Cohort wire;
  WriteHead(cohort, version, wire);
  wire.set_title(cohort.title);
  for (const Graduate& graduate : cohort.graduates) *wire.add_graduates() = ToWire(graduate);
  return wire;
}

Cohort ApplyMask(const Cohort& stored, const Cohort& update,
                 const google::protobuf::FieldMask& mask, Violations& found) {
  return ApplyFields<Cohort>(kCohortFields, stored, update, mask, found);
}

}  // namespace troupe
