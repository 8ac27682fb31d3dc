#include "services/records/program_record.h"

#include "services/records/placement_values.h"
#include "services/records/record_head.h"
#include "services/records/record_values.h"

namespace troupe {

namespace pb = storage::v1;

std::string SerializeProgram(const Program& program) {
  pb::Program message;
  Store(HeadOf(program), *message.mutable_head());
  message.set_title(program.title);
  StoreAll(program.openings, *message.mutable_openings());
  message.set_capacity(program.capacity);
  message.set_studio(program.studio);
  message.set_region(program.region);
  message.set_place(program.place);
  Store(program.priorities, *message.mutable_priorities());
  return DeterministicBytes(message);
}

absl::StatusOr<Program> ParseProgram(absl::string_view bytes) {
  pb::Program message;
  Program program;
  if (!ParseBytes(bytes, message) || !LoadHead(message.head(), program) ||
      !LoadAll(message.openings(), program.openings) ||
      !Load(message.priorities(), program.priorities)) {
    return RecordUnreadable("program");
  }
  program.title = message.title();
  program.capacity = message.capacity();
  program.studio = message.studio();
  program.region = message.region();
  program.place = message.place();
  return program;
}

}  // namespace troupe
