#include "services/records/placed_round_record.h"

#include <algorithm>
#include <optional>
#include <utility>

#include "matcher/placement/lottery.h"
#include "services/records/placement_values.h"
#include "services/records/record_values.h"

namespace troupe {

namespace pb = storage::v1;

namespace {

// A row, or none, as a number.
uint32_t Shifted(uint32_t row) { return row + 1; }  // kNoRow: 0.
uint32_t RowOf(uint32_t shifted) { return shifted - 1; }
static_assert(kNoRow + 1 == 0);

bool IsRow(uint32_t row, size_t rows) { return row == kNoRow || row < rows; }

void StoreLists(const RankedLists& lists, pb::Lists& message) {
  for (size_t row = 0; row < lists.size(); ++row) {
    message.add_sizes(static_cast<uint32_t>(lists[row].size()));
    message.mutable_entries()->Add(lists[row].begin(), lists[row].end());
    if (!lists.HasTies()) continue;
    for (size_t i = 0; i < lists[row].size(); ++i) message.add_ranks(lists.RankAt(row, i));
  }
}

std::optional<RankedLists> LoadLists(const pb::Lists& message, size_t rows, size_t others) {
  RankedLists lists;
  lists.Reserve(rows, static_cast<size_t>(message.entries_size()));
  if (static_cast<size_t>(message.sizes_size()) != rows) return std::nullopt;
  const bool has_ties = !message.ranks().empty();
  if (has_ties && message.ranks_size() != message.entries_size()) return std::nullopt;
  int at = 0;
  for (const uint32_t size : message.sizes()) {
    const int limit = at + static_cast<int>(size);
    if (limit < at || limit > message.entries_size()) return std::nullopt;
    std::vector<RankedLists::Tied> tiers;
    std::vector<uint32_t> strict;
    for (int i = at; i < limit; ++i) {
      if (message.entries(i) >= others) return std::nullopt;
      if (!has_ties) {
        strict.push_back(message.entries(i));
        continue;
      }
      if (i == at || message.ranks(i) != message.ranks(i - 1)) tiers.emplace_back();
      tiers.back().push_back(message.entries(i));
    }
    has_ties ? lists.Add(tiers) : lists.Add(strict);
    at = limit;
  }
  if (at != message.entries_size()) return std::nullopt;
  return lists;
}

void StoreCohorts(const PlacedRound& round, pb::PlacedRound& message) {
  for (size_t c = 0; c < round.cohorts.size(); ++c) {
    const CohortFacts& facts = round.cohorts[c];
    pb::PlacedCohort& cohort = *message.add_cohorts();
    cohort.set_cohort(facts.id.value());
    cohort.set_title(facts.title);
    const auto limit = c + 1 < round.cohorts.size()
                           ? round.cohorts[c + 1].first_row
                           : static_cast<uint32_t>(round.profiles.size());
    for (uint32_t row = facts.first_row; row < limit; ++row) {
      cohort.add_ids(round.NameOf(row).id);
      cohort.add_profiles(round.profiles[row].value());
    }
  }
}

bool LoadCohorts(const pb::PlacedRound& message, PlacedRound& round) {
  Instance& instance = round.certificate.instance;
  for (const pb::PlacedCohort& cohort : message.cohorts()) {
    const CohortId id(cohort.cohort());
    round.cohorts.push_back(
        {id, cohort.title(), static_cast<uint32_t>(instance.graduates.size())});
    if (cohort.ids_size() != cohort.profiles_size()) return false;
    for (const std::string& graduate : cohort.ids()) {
      instance.graduates.push_back(InstanceId(id, graduate, message.cohorts_size() == 1));
    }
    for (const uint64_t profile : cohort.profiles()) round.profiles.emplace_back(profile);
  }
  return !round.cohorts.empty();
}

void StorePrograms(const PlacedRound& round, pb::PlacedRound& message) {
  for (size_t i = 0; i < round.programs.size(); ++i) {
    const ProgramFacts& facts = round.programs[i];
    const ProgramRow& row = round.instance().programs[i];
    pb::PlacedProgram& program = *message.add_programs();
    program.set_program(facts.id.value());
    program.set_title(facts.title);
    program.set_capacity(row.capacity);
    program.set_studio(Shifted(row.studio));
    program.set_region(Shifted(row.region));
    program.set_place(facts.place);
    StoreAll(facts.openings, *program.mutable_openings());
  }
}

bool LoadPrograms(const pb::PlacedRound& message, PlacedRound& round) {
  for (const pb::PlacedProgram& program : message.programs()) {
    ProgramFacts facts{ProgramId(program.program()), program.title(), program.place(), {}};
    if (!LoadAll(program.openings(), facts.openings)) return false;
    ProgramRow row{.id = InstanceId(facts.id),
                   .capacity = program.capacity(),
                   .studio = RowOf(program.studio()),
                   .region = RowOf(program.region())};
    if (!IsRow(row.studio, static_cast<size_t>(message.studios_size())) ||
        !IsRow(row.region, static_cast<size_t>(message.regions_size()))) {
      return false;
    }
    round.certificate.instance.programs.push_back(std::move(row));
    round.programs.push_back(std::move(facts));
  }
  return true;
}

void StoreRules(const Instance& instance, pb::PlacedRound& message) {
  for (const Studio& studio : instance.studios) {
    pb::PlacedStudio& stored = *message.add_studios();
    stored.set_id(studio.id);
    stored.set_capacity(studio.capacity);
  }
  for (const Region& region : instance.regions) {
    pb::PlacementRegion& stored = *message.add_regions();
    stored.set_id(region.id);
    stored.set_floor(region.floor);
    if (region.cap != kNoCap) stored.set_cap(region.cap);
  }
  for (const Group& group : instance.groups) {
    pb::PlacedGroup& stored = *message.add_groups();
    stored.set_id(group.id);
    stored.mutable_members()->Add(group.members.begin(), group.members.end());
  }
  for (const Reserve& reserve : instance.reserves) {
    pb::PlacedReserve& stored = *message.add_reserves();
    stored.set_program(reserve.program);
    stored.set_group(reserve.group);
    stored.set_seats(reserve.seats);
    stored.set_before_open(reserve.before_open);
    stored.set_reverts(reserve.reverts);
  }
  for (const LinkedPair& pair : instance.pairs) {
    pb::PlacedPair& stored = *message.add_pairs();
    stored.set_first(pair.first);
    stored.set_second(pair.second);
    for (const ProgramPair& wish : pair.wishes) {
      stored.add_wishes(wish.first);
      stored.add_wishes(wish.second);
    }
  }
}

bool LoadRules(const pb::PlacedRound& message, Instance& instance) {
  const size_t graduates = instance.graduates.size();
  const size_t programs = instance.programs.size();
  for (const pb::PlacedStudio& studio : message.studios()) {
    instance.studios.push_back({studio.id(), studio.capacity()});
  }
  for (const pb::PlacementRegion& region : message.regions()) {
    instance.regions.push_back(
        {region.id(), region.has_cap() ? region.cap() : kNoCap, region.floor()});
  }
  for (const pb::PlacedGroup& group : message.groups()) {
    instance.groups.push_back({group.id(), {group.members().begin(), group.members().end()}});
    for (const uint32_t member : group.members()) {
      if (member >= graduates) return false;
    }
  }
  for (const pb::PlacedReserve& reserve : message.reserves()) {
    if (reserve.program() >= programs || reserve.group() >= instance.groups.size()) return false;
    instance.reserves.push_back({reserve.program(), reserve.group(), reserve.seats(),
                                 reserve.before_open(), reserve.reverts()});
  }
  for (const pb::PlacedPair& pair : message.pairs()) {
    LinkedPair loaded{pair.first(), pair.second(), {}};
    if (loaded.first >= graduates || loaded.second >= graduates) return false;
    for (int i = 0; i + 1 < pair.wishes_size(); i += 2) {
      if (pair.wishes(i) >= programs || pair.wishes(i + 1) >= programs) return false;
      loaded.wishes.push_back({pair.wishes(i), pair.wishes(i + 1)});
    }
    instance.pairs.push_back(std::move(loaded));
  }
  return true;
}

void StoreBreaches(const std::vector<Breach>& breaches, pb::PlacedRound& message) {
  for (const Breach& breach : breaches) {
    pb::PlacedBreach& stored = *message.add_breaches();
    stored.set_kind(static_cast<uint32_t>(breach.kind));
    stored.set_graduate(Shifted(breach.graduate));
    stored.set_program(Shifted(breach.program));
    stored.set_row(Shifted(breach.row));
  }
}

bool LoadAnswer(const pb::PlacedRound& message, Certificate& certificate) {
  const Instance& instance = certificate.instance;
  std::vector<uint32_t> program_of;
  program_of.reserve(instance.graduates.size());
  for (const uint32_t shifted : message.program_of()) {
    program_of.push_back(RowOf(shifted));
    if (!IsRow(program_of.back(), instance.programs.size())) return false;
  }
  if (program_of.size() != instance.graduates.size()) return false;
  for (const pb::PlacedBreach& breach : message.breaches()) {
    if (breach.kind() > static_cast<uint32_t>(Breach::Kind::kWrongCutoff)) return false;
    certificate.breaches.push_back({static_cast<Breach::Kind>(breach.kind()),
                                    RowOf(breach.graduate()), RowOf(breach.program()),
                                    RowOf(breach.row())});
  }
  certificate.placement =
      certificate.mechanism == Mechanism::kLargestStable
          ? WithCutoffs(instance, std::move(program_of))
          : WithCutoffs(BreakTies(instance, certificate.seed), std::move(program_of));
  return true;
}

}  // namespace

std::string SerializePlacedRound(const PlacedRound& round) {
  const Certificate& certificate = round.certificate;
  pb::PlacedRound message;
  message.set_version(certificate.version);
  message.set_mechanism(static_cast<uint32_t>(certificate.mechanism) + 1);
  message.set_seed(certificate.seed);
  StoreCohorts(round, message);
  StorePrograms(round, message);
  StoreRules(certificate.instance, message);
  StoreLists(certificate.instance.wishes, *message.mutable_wishes());
  StoreLists(certificate.instance.priorities, *message.mutable_priorities());
  StoreLists(certificate.instance.studio_priorities, *message.mutable_studio_priorities());
  for (const uint32_t program : certificate.placement.program_of) {
    message.add_program_of(Shifted(program));
  }
  StoreBreaches(certificate.breaches, message);
  message.mutable_derived_wishes()->Add(round.derived_wishes.begin(), round.derived_wishes.end());
  message.mutable_derived_priorities()->Add(round.derived_priorities.begin(),
                                            round.derived_priorities.end());
  message.set_derived_length(round.derived_length);
  message.set_model(round.model);
  message.set_as_of(round.as_of.since_epoch());
  return DeterministicBytes(message);
}

absl::StatusOr<PlacedRound> ParsePlacedRound(absl::string_view bytes) {
  pb::PlacedRound message;
  PlacedRound round;
  Instance& instance = round.certificate.instance;
  const auto unreadable = [] { return RecordUnreadable("placed round"); };
  if (!ParseBytes(bytes, message) || message.mechanism() == 0 ||
      message.mechanism() > kMechanisms.size() || !LoadCohorts(message, round) ||
      !LoadPrograms(message, round) || !LoadRules(message, instance)) {
    return unreadable();
  }
  round.certificate.version = message.version();
  round.certificate.mechanism = static_cast<Mechanism>(message.mechanism() - 1);
  round.certificate.seed = message.seed();
  const size_t graduates = instance.graduates.size();
  const size_t programs = instance.programs.size();
  std::optional<RankedLists> wishes = LoadLists(message.wishes(), graduates, programs);
  std::optional<RankedLists> priorities = LoadLists(message.priorities(), programs, graduates);
  std::optional<RankedLists> of_studios =
      LoadLists(message.studio_priorities(), instance.studios.size(), graduates);
  if (!wishes.has_value() || !priorities.has_value() || !of_studios.has_value()) {
    return unreadable();
  }
  instance.wishes = *std::move(wishes);
  instance.priorities = *std::move(priorities);
  instance.studio_priorities = *std::move(of_studios);
  if (!LoadAnswer(message, round.certificate)) return unreadable();
  round.derived_wishes.assign(message.derived_wishes().begin(), message.derived_wishes().end());
  round.derived_priorities.assign(message.derived_priorities().begin(),
                                  message.derived_priorities().end());
  round.derived_length = message.derived_length();
  round.model = message.model();
  round.as_of = Day(message.as_of());
  return round;
}

std::string SerializeRoundPart(const RoundPart& part) {
  pb::RoundPart message;
  Store(part.head, *message.mutable_head());
  message.set_round(part.round.value());
  message.set_piece(part.piece);
  return DeterministicBytes(message);
}

absl::StatusOr<RoundPart> ParseRoundPart(absl::string_view bytes) {
  pb::RoundPart message;
  RoundPart part;
  if (!ParseBytes(bytes, message) || !Load(message.head(), part.head) || message.round() == 0) {
    return RecordUnreadable("round part");
  }
  part.round = RoundId(message.round());
  part.piece = std::move(*message.mutable_piece());
  return part;
}

}  // namespace troupe
