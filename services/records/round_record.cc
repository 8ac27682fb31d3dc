#include "services/records/round_record.h"

#include "services/records/placement_values.h"
#include "services/records/record_head.h"
#include "services/records/record_values.h"

namespace troupe {

namespace pb = storage::v1;

static void Store(const StudioTerms& value, pb::PlacementStudio& message) {
  message.set_id(value.id);
  message.set_capacity(value.capacity);
  Store(value.priorities, *message.mutable_priorities());
}

static bool Load(const pb::PlacementStudio& message, StudioTerms& value) {
  value.id = message.id();
  value.capacity = message.capacity();
  return Load(message.priorities(), value.priorities);
}

static void Store(const RegionTerms& value, pb::PlacementRegion& message) {
  message.set_id(value.id);
  message.set_floor(value.floor);
  if (value.cap.has_value()) message.set_cap(*value.cap);
}

static bool Load(const pb::PlacementRegion& message, RegionTerms& value) {
  value.id = message.id();
  value.floor = message.floor();
  if (message.has_cap()) value.cap = message.cap();
  return true;
}

static void Store(const ReserveTerms& value, pb::SeatReserve& message) {
  message.set_program(value.program.value());
  message.set_group(value.group);
  message.set_seats(value.seats);
  message.set_before_open(value.before_open);
  message.set_reverts(value.reverts);
}

static bool Load(const pb::SeatReserve& message, ReserveTerms& value) {
  value = {ProgramId(message.program()), message.group(), message.seats(), message.before_open(),
           message.reverts()};
  return true;
}

static void Store(const PairTerms& value, pb::GraduatePair& message) {
  Store(value.first, *message.mutable_first());
  Store(value.second, *message.mutable_second());
  for (const PairTerms::Wish& wish : value.wishes) {
    message.add_wishes(wish.first.value());
    message.add_wishes(wish.second.value());
  }
  message.set_together(static_cast<uint32_t>(value.together));
}

static bool Load(const pb::GraduatePair& message, PairTerms& value) {
  for (int i = 0; i + 1 < message.wishes_size(); i += 2) {
    value.wishes.push_back({ProgramId(message.wishes(i)), ProgramId(message.wishes(i + 1))});
  }
  value.together = static_cast<Together>(message.together());
  return message.together() <= static_cast<uint32_t>(Together::kCity) &&
         message.wishes_size() % 2 == 0 && Load(message.first(), value.first) &&
         Load(message.second(), value.second);
}

static void Store(const RoundResult& value, pb::RoundResult& message) {
  message.set_run_time(StoredTime(value.run_time));
  message.set_graduates(value.graduates);
  message.set_placed(value.placed);
  message.set_seats(value.seats);
  message.set_breaches(value.breaches);
  message.set_derived_wishes(value.derived_wishes);
  message.set_derived_priorities(value.derived_priorities);
  message.set_certificate_sha256(value.certificate_sha256);
  message.set_run(value.run);
  message.set_parts(value.parts);
}

static bool Load(const pb::RoundResult& message, RoundResult& value) {
  value = {LoadedTime(message.run_time()), message.graduates(), message.placed(),
           message.seats(), message.breaches(), message.derived_wishes(),
           message.derived_priorities(), message.certificate_sha256(), message.run(),
           message.parts()};
  return value.run != 0 && value.parts != 0;
}

static void Store(const RoundPublication& value, pb::Publication& message) {
  message.set_publish_time(StoredTime(value.publish_time));
  if (value.expire_time.has_value()) message.set_expire_time(StoredTime(*value.expire_time));
  message.set_holds(value.holds);
  message.set_run(value.run);
  message.set_withdraws(value.withdraws);
}

static bool Load(const pb::Publication& message, RoundPublication& value) {
  value.publish_time = LoadedTime(message.publish_time());
  if (message.expire_time() != 0) value.expire_time = LoadedTime(message.expire_time());
  value.holds = message.holds();
  value.run = message.run();
  value.withdraws = message.withdraws();
  return true;
}

static void StoreTerms(const Round& round, pb::Round& message) {
  message.set_title(round.title);
  for (const CohortId cohort : round.cohorts) message.add_cohorts(cohort.value());
  for (const ProgramId program : round.programs) message.add_programs(program.value());
  if (round.mechanism.has_value()) {
    message.set_mechanism(static_cast<uint32_t>(*round.mechanism) + 1);
  }
  message.set_seed(round.seed);
  message.set_derives_wishes(round.derives_wishes);
  message.set_derives_priorities(round.derives_priorities);
  message.set_derived_length(round.derived_length);
  message.set_model(round.model);
  StoreAll(round.studios, *message.mutable_studios());
  StoreAll(round.regions, *message.mutable_regions());
  StoreAll(round.reserves, *message.mutable_reserves());
  StoreAll(round.pairs, *message.mutable_pairs());
}

static bool LoadTerms(const pb::Round& message, Round& round) {
  round.title = message.title();
  for (const uint64_t cohort : message.cohorts()) round.cohorts.emplace_back(cohort);
  for (const uint64_t program : message.programs()) round.programs.emplace_back(program);
  if (message.mechanism() == 0 || message.mechanism() > kMechanisms.size()) return false;
  round.mechanism = static_cast<Mechanism>(message.mechanism() - 1);
  round.seed = message.seed();
  round.derives_wishes = message.derives_wishes();
  round.derives_priorities = message.derives_priorities();
  round.derived_length = message.derived_length();
  round.model = message.model();
  return LoadAll(message.studios(), round.studios) && LoadAll(message.regions(), round.regions) &&
         LoadAll(message.reserves(), round.reserves) && LoadAll(message.pairs(), round.pairs);
}

std::string SerializeRound(const Round& round) {
  pb::Round message;
  Store(HeadOf(round), *message.mutable_head());
  StoreTerms(round, message);
  message.set_state(static_cast<uint32_t>(round.state));
  if (round.result.has_value()) Store(*round.result, *message.mutable_result());
  if (round.publication.has_value()) Store(*round.publication, *message.mutable_publication());
  return DeterministicBytes(message);
}

absl::StatusOr<Round> ParseRound(absl::string_view bytes) {
  pb::Round message;
  Round round;
  if (!ParseBytes(bytes, message) || !LoadHead(message.head(), round) ||
      !LoadTerms(message, round) || message.state() == 0 ||
      message.state() > static_cast<uint32_t>(Round::State::kPublished) ||
      !LoadPart(message.has_result(), message.result(), round.result) ||
      !LoadPart(message.has_publication(), message.publication(), round.publication)) {
    return RecordUnreadable("round");
  }
  round.state = static_cast<Round::State>(message.state());
  return round;
}

}  // namespace troupe
