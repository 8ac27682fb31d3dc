#ifndef TROUPE_MATCHER_PLACEMENT_ROUND_H_
#define TROUPE_MATCHER_PLACEMENT_ROUND_H_

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "absl/time/time.h"
#include "matcher/base/violation.h"
#include "matcher/domain/ownership.h"
#include "matcher/placement/mechanism.h"
#include "matcher/placement/placement_ids.h"

namespace troupe {

// A studio as a round has it.
struct StudioTerms {
  std::string id;
  int32_t capacity = 0;
  TieredList<GraduateName> priorities;  // Empty: to be derived, or none.

  friend bool operator==(const StudioTerms&, const StudioTerms&) = default;
};

// A region as a round has it.
struct RegionTerms {
  std::string id;
  int32_t floor = 0;
  std::optional<int32_t> cap;

  friend bool operator==(const RegionTerms&, const RegionTerms&) = default;
};

// Seats of a program that are kept for a group.
struct ReserveTerms {
  ProgramId program;
  std::string group;
  int32_t seats = 0;
  bool before_open = true;
  bool reverts = true;

  friend bool operator==(const ReserveTerms&, const ReserveTerms&) = default;
};

// What a pair wants to have in common.
enum class Together : uint8_t {  // Stored: never renumber.
  kUnspecified = 0,  // What their list of pairs says.
  kProgram = 1,
  kCrew = 2,
  kCity = 3,
};

// Two graduates who go together or not at all.
struct PairTerms {
  struct Wish {
    ProgramId first;
    ProgramId second;
    friend bool operator==(const Wish&, const Wish&) = default;
  };
  GraduateName first;
  GraduateName second;
  std::vector<Wish> wishes;  // Empty: made of their own lists by `together`.
  Together together = Together::kUnspecified;

  friend bool operator==(const PairTerms&, const PairTerms&) = default;
};

// What a round came to.
struct RoundResult {
  absl::Time run_time;
  int32_t graduates = 0;
  int32_t placed = 0;
  int32_t seats = 0;
  int32_t breaches = 0;
  int32_t derived_wishes = 0;
  int32_t derived_priorities = 0;
  std::string certificate_sha256;  // Hexadecimal.
  uint32_t run = 0;                // Of which operation it is.
  uint32_t parts = 0;              // In how many what was placed is kept.

  friend bool operator==(const RoundResult&, const RoundResult&) = default;
};

// What was published of a round, or is being.
struct RoundPublication {
  absl::Time publish_time;
  std::optional<absl::Time> expire_time;  // Of the holds.
  int32_t holds = 0;
  uint32_t run = 0;        // Which operation publishes.
  bool withdraws = false;  // It was cancelled or refused, and is being taken back.

  friend bool operator==(const RoundPublication&, const RoundPublication&) = default;
};

// One clearing of cohorts and programs: what goes into it, and what it came to.
struct Round {
  enum class State : uint8_t {  // Stored: never renumber.
    kUnspecified = 0,
    kDraft = 1,
    kPlaced = 2,
    kPublishing = 3,
    kPublished = 4,
  };
  static constexpr size_t kMostCohorts = 100;
  static constexpr size_t kMostPrograms = 20'000;
  static constexpr size_t kMostRows = 20'000;  // Studios, regions, reserves, pairs.
  static constexpr size_t kMostPairWishes = 1'000;
  static constexpr int32_t kUsualLength = 20;  // Of derived lists of graduates.

  RoundId id;
  Ownership ownership;
  ExternalId external_id;
  absl::Time create_time;
  absl::Time update_time;
  std::string title;
  std::vector<CohortId> cohorts;
  std::vector<ProgramId> programs;
  std::optional<Mechanism> mechanism;
  uint64_t seed = 0;
  bool derives_wishes = false;
  bool derives_priorities = false;
  int32_t derived_length = 0;  // 0: kUsualLength.
  std::string model;           // Empty: the shipped weights.
  std::vector<StudioTerms> studios;
  std::vector<RegionTerms> regions;
  std::vector<ReserveTerms> reserves;
  std::vector<PairTerms> pairs;
  State state = State::kDraft;
  std::optional<RoundResult> result;
  std::optional<RoundPublication> publication;

  friend bool operator==(const Round&, const Round&) = default;
};

// Every rule that the round breaks by itself.
Violations ValidateRound(const Round& round);

}  // namespace troupe

#endif  // TROUPE_MATCHER_PLACEMENT_ROUND_H_
