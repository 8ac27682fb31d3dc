#include "services/convert/program_conversion.h"

#include <string>

#include "services/convert/mask_fields.h"
#include "services/convert/message_fields.h"
#include "services/convert/placement_names.h"
#include "services/convert/resource_head.h"
#include "services/convert/tiered_lists.h"

namespace troupe {
namespace {

constexpr MaskField<Program> kProgramFields[] = {
    {.name = "title", .copy = Copy<&Program::title>},
    {.name = "openings", .copy = Copy<&Program::openings>},
    {.name = "capacity", .copy = Copy<&Program::capacity>},
    {.name = "studio", .copy = Copy<&Program::studio>},
    {.name = "region", .copy = Copy<&Program::region>},
    {.name = "place", .copy = Copy<&Program::place>},
    {.name = "priorities", .copy = Copy<&Program::priorities>},
};

}  // namespace

TieredList<GraduateName> FromWire(
    const google::protobuf::RepeatedPtrField<v1::GraduateTier>& wire, const Field& field) {
  return ReadTiers<GraduateName>(
      field, wire, Program::kMostPriorities,
      [](const v1::GraduateTier& tier) -> auto& { return tier.graduates(); }, ReadGraduateName);
}

void ToWire(const TieredList<GraduateName>& list,
            google::protobuf::RepeatedPtrField<v1::GraduateTier>& wire) {
  WriteTiers(list, wire, [](v1::GraduateTier& tier) { return tier.mutable_graduates(); });
}

Program FromWire(const v1::Program& wire, const Field& field) {
  Program program;
  ReadHead(wire, field, program);
  program.title = wire.title();
  program.openings = ReadEach(
      field["openings"], wire.openings(), Program::kMostOpenings,
      [](const std::string& name, const Field& entry) { return ReadOpeningName(entry, name); });
  program.capacity = wire.capacity();
  program.studio = wire.studio();
  program.region = wire.region();
  program.place = wire.place();
  program.priorities = FromWire(wire.priorities(), field["priorities"]);
  return program;
}

Program FromWire(const v1::Program& wire, Violations& found) {
  const Field message(&found);
  return FromWire(wire, message);
}

v1::Program ToWire(const Program& program, uint64_t version, const Reader&) {
  v1::Program wire;
  WriteHead(program, version, wire);
  wire.set_title(program.title);
  WriteNames(program.openings, *wire.mutable_openings());
  wire.set_capacity(program.capacity);
  wire.set_studio(program.studio);
  wire.set_region(program.region);
  wire.set_place(program.place);
  ToWire(program.priorities, *wire.mutable_priorities());
  return wire;
}

Program ApplyMask(const Program& stored, const Program& update,
                  const google::protobuf::FieldMask& mask, Violations& found) {
  return ApplyFields<Program>(kProgramFields, stored, update, mask, found);
}

Program ApplyImport(const Program& stored, const Program& import) {
  Program result = stored;
  CopyAll<Program>(kProgramFields, import, result);
  return result;
}

}  // namespace troupe
