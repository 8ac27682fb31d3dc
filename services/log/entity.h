#ifndef TROUPE_SERVICES_LOG_ENTITY_H_
#define TROUPE_SERVICES_LOG_ENTITY_H_

#include <compare>
#include <cstdint>
#include <optional>
#include <string>
#include <utility>

namespace troupe {

// What the log keeps the current value of. Stored: never renumber.
enum class EntityKind : uint8_t {
  kProfile = 1,
  kProject = 2,    // With its openings and seats.
  kDay = 3,        // The calendar day that "today" means.
  kAgenda = 4,     // The holds of a profile, whose id it has.
  kDecisions = 5,  // What was decided about bookings for a project, whose id it has.
  kScoringModel = 6,  // With its versions.
  kOutcomes = 7,      // What came of an opening.
  kCohort = 8,        // With its graduates.
  kProgram = 9,       // Where graduates can be placed.
  kRound = 10,        // Of a placement.
  kRoundPart = 11,    // A piece of what a round was placed from and came to.
  kOperation = 12,    // The latest operations of a resource, whose id it has.
  kTrainingPlan = 13,
};

// One thing that the log keeps the current value of. The shard follows from
// the id: ShardOf(id).
struct EntityKey {
  EntityKind kind{};
  uint64_t id = 0;

  friend constexpr auto operator<=>(const EntityKey&, const EntityKey&) = default;
  template <typename H>
  friend H AbslHashValue(H h, const EntityKey& key) {
    return H::combine(std::move(h), key.kind, key.id);
  }
};

// An entity's version is the sequence number of the record that last wrote it,
// so no version is ever given twice, not even after a delete. An entity that
// is absent or deleted has none:
inline constexpr uint64_t kNoVersion = 0;
// Expected of an entity by who does not care.
inline constexpr uint64_t kAnyVersion = UINT64_MAX;

// A wish to write or delete one entity if it still has the expected version.
struct Mutation {
  EntityKey entity;
  uint64_t expected_version = kNoVersion;  // kNoVersion: it must not exist.
  std::optional<std::string> value;        // nullopt: delete it.
  // To whom the value that this replaces existed, as services/records writes
  // it: for readers who may learn of a deletion only what they could see
  // before. Opaque to the log. Empty: there was none.
  std::string audience_before = {};
};

// What became of one entity: a Mutation that took place.
struct EntityChange {
  EntityKey entity;
  std::optional<std::string> value;  // nullopt: deleted.
  std::string audience_before = {};  // See Mutation.

  friend bool operator==(const EntityChange&, const EntityChange&) = default;
};

}  // namespace troupe

#endif  // TROUPE_SERVICES_LOG_ENTITY_H_
