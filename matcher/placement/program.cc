#include "matcher/placement/program.h"

#include "absl/container/flat_hash_set.h"
#include "matcher/domain/field.h"
#include "matcher/domain/field_rules.h"
#include "matcher/domain/vocabulary_rules.h"
#include "matcher/placement/list_rules.h"

namespace troupe {

namespace {
constexpr size_t kMostTitleBytes = 200;
constexpr size_t kMostWordBytes = 63;
}  // namespace

Violations ValidateProgram(const Program& program) {
  Violations found;
  const Field root(&found);
  CheckExternalId(root["external_id"], program.external_id);
  RequireText(root["title"], program.title, kMostTitleBytes);
  CheckNumber(root["capacity"], program.capacity, 1, Program::kMostSeats);
  CheckText(root["studio"], program.studio, kMostWordBytes);
  CheckText(root["region"], program.region, kMostWordBytes);
  CheckPlace(root["place"], program.place);
  const Field openings = root["openings"];
  CheckCount(openings, program.openings.size(), Program::kMostOpenings);
  absl::flat_hash_set<OpeningId> seen;
  for (size_t i = 0; i < program.openings.size(); ++i) {
    if (seen.insert(program.openings[i]).second) continue;
    openings[i].Report("is in the list already", "name each opening once");
  }
  CheckList(root["priorities"], program.priorities, Program::kMostPriorities, "graduate");
  return found;
}

}  // namespace troupe
