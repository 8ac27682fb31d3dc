#include "services/convert/round_conversion.h"

#include <string>

#include "absl/strings/str_cat.h"
#include "services/convert/mask_fields.h"
#include "services/convert/message_fields.h"
#include "services/convert/placement_names.h"
#include "services/convert/program_conversion.h"
#include "services/convert/resource_head.h"

namespace troupe {
namespace {

static_assert(static_cast<int>(Mechanism::kGraduatesPropose) + 1 ==
              v1::MECHANISM_GRADUATES_PROPOSE);
static_assert(static_cast<int>(Mechanism::kLinkedPairs) + 1 == v1::MECHANISM_LINKED_PAIRS);
static_assert(static_cast<int>(Together::kCity) == v1::TOGETHER_CITY);
static_assert(static_cast<int>(Round::State::kPublished) == v1::ROUND_STATE_PUBLISHED);

StudioTerms FromWire(const v1::PlacementStudio& wire, const Field& field) {
  return {wire.id(), wire.capacity(), troupe::FromWire(wire.priorities(), field["priorities"])};
}

v1::PlacementStudio ToWire(const StudioTerms& studio) {
  v1::PlacementStudio wire;
  wire.set_id(studio.id);
  wire.set_capacity(studio.capacity);
  troupe::ToWire(studio.priorities, *wire.mutable_priorities());
  return wire;
}

RegionTerms FromWire(const v1::PlacementRegion& wire, const Field&) {
  RegionTerms region{.id = wire.id(), .floor = wire.floor()};
  if (wire.has_cap()) region.cap = wire.cap();
  return region;
}

v1::PlacementRegion ToWire(const RegionTerms& region) {
  v1::PlacementRegion wire;
  wire.set_id(region.id);
  wire.set_floor(region.floor);
  if (region.cap.has_value()) wire.set_cap(*region.cap);
  return wire;
}

ReserveTerms FromWire(const v1::SeatReserve& wire, const Field& field) {
  return {.program = ReadProgramName(field["program"], wire.program()),
          .group = wire.group(),
          .seats = wire.seats(),
          .before_open = !wire.after_open(),
          .reverts = !wire.stays_reserved()};
}

v1::SeatReserve ToWire(const ReserveTerms& reserve) {
  v1::SeatReserve wire;
  wire.set_program(FormatName(reserve.program));
  wire.set_group(reserve.group);
  wire.set_seats(reserve.seats);
  wire.set_after_open(!reserve.before_open);
  wire.set_stays_reserved(!reserve.reverts);
  return wire;
}

PairTerms FromWire(const v1::GraduatePair& wire, const Field& field) {
  PairTerms pair;
  pair.first = ReadGraduateName(field["first"], wire.first());
  pair.second = ReadGraduateName(field["second"], wire.second());
  pair.wishes = ReadEach(field["wishes"], wire.wishes(), Round::kMostPairWishes,
                         [](const v1::ProgramPair& wish, const Field& entry) {
                           return PairTerms::Wish{ReadProgramName(entry["first"], wish.first()),
                                                  ReadProgramName(entry["second"], wish.second())};
                         });
  pair.together = ReadEnum<Together>(field["together"], wire.together(),
                                     v1::Together_IsValid(wire.together()), "give one of Together");
  return pair;
}

v1::GraduatePair ToWire(const PairTerms& pair) {
  v1::GraduatePair wire;
  wire.set_first(FormatName(pair.first));
  wire.set_second(FormatName(pair.second));
  for (const PairTerms::Wish& wish : pair.wishes) {
    v1::ProgramPair& added = *wire.add_wishes();
    added.set_first(FormatName(wish.first));
    added.set_second(FormatName(wish.second));
  }
  wire.set_together(static_cast<v1::Together>(pair.together));
  return wire;
}

std::optional<Mechanism> ReadMechanism(v1::Mechanism wire, const Field& field) {
  if (wire == v1::MECHANISM_UNSPECIFIED) return std::nullopt;  // Validation says so.
  if (!v1::Mechanism_IsValid(wire)) {
    field.Report(absl::StrCat("is ", static_cast<int>(wire), ", which is no mechanism"),
                 "give one of Mechanism");
    return Mechanism::kGraduatesPropose;
  }
  return static_cast<Mechanism>(static_cast<int>(wire) - 1);
}

template <typename Value, typename Wire>
std::vector<Value> ReadRows(const google::protobuf::RepeatedPtrField<Wire>& rows,
                            const Field& field) {
  return ReadEach(
      field, rows, Round::kMostRows,
      [](const Wire& row, const Field& entry) -> Value { return FromWire(row, entry); });
}

void CheckGiven(const v1::Round& wire, const Field& field) {
  const auto check = [&](absl::string_view name, bool is_set) {
    if (is_set) field[name].Report("is set", "leave it out: the server gives it");
  };
  check("state", wire.state() != v1::ROUND_STATE_UNSPECIFIED);
  check("result", wire.has_result());
  check("publication", wire.has_publication());
}

void CopyDerivation(const Round& from, Round& to) {
  to.derives_wishes = from.derives_wishes;
  to.derives_priorities = from.derives_priorities;
  to.derived_length = from.derived_length;
  to.model = from.model;
}

constexpr MaskField<Round> kRoundFields[] = {
    {.name = "state", .why_not = kGivenByServer},
    {.name = "result", .why_not = kGivenByServer},
    {.name = "publication", .why_not = kGivenByServer},
    {.name = "title", .copy = Copy<&Round::title>},
    {.name = "cohorts", .copy = Copy<&Round::cohorts>},
    {.name = "programs", .copy = Copy<&Round::programs>},
    {.name = "mechanism", .copy = Copy<&Round::mechanism>},
    {.name = "seed", .copy = Copy<&Round::seed>},
    {.name = "derive", .copy = CopyDerivation},
    {.name = "studios", .copy = Copy<&Round::studios>},
    {.name = "regions", .copy = Copy<&Round::regions>},
    {.name = "reserves", .copy = Copy<&Round::reserves>},
    {.name = "pairs", .copy = Copy<&Round::pairs>},
};

v1::RoundResult ToWire(const RoundResult& result) {
  v1::RoundResult wire;
  *wire.mutable_run_time() = troupe::ToWire(result.run_time);
  wire.set_graduates(result.graduates);
  wire.set_placed(result.placed);
  wire.set_seats(result.seats);
  wire.set_breaches(result.breaches);
  wire.set_derived_wishes(result.derived_wishes);
  wire.set_derived_priorities(result.derived_priorities);
  wire.set_certificate_sha256(result.certificate_sha256);
  return wire;
}

template <typename Value, typename Wire>
void WriteRows(const std::vector<Value>& rows, google::protobuf::RepeatedPtrField<Wire>& field) {
  for (const Value& row : rows) *field.Add() = ToWire(row);
}

}  // namespace

v1::Mechanism ToWire(Mechanism mechanism) {
  return static_cast<v1::Mechanism>(static_cast<int>(mechanism) + 1);
}

static Round Read(const v1::Round& wire, const Field& field) {
  Round round;
  ReadHead(wire, field, round);
  round.title = wire.title();
  round.cohorts = ReadEach(
      field["cohorts"], wire.cohorts(), Round::kMostCohorts,
      [](const std::string& name, const Field& entry) { return ReadCohortName(entry, name); });
  round.programs = ReadEach(
      field["programs"], wire.programs(), Round::kMostPrograms,
      [](const std::string& name, const Field& entry) { return ReadProgramName(entry, name); });
  round.mechanism = ReadMechanism(wire.mechanism(), field["mechanism"]);
  if (wire.seed() < 0) field["seed"].Report(absl::StrCat("is ", wire.seed()), "give 0 or more");
  round.seed = static_cast<uint64_t>(wire.seed());
  round.derives_wishes = wire.derive().wishes();
  round.derives_priorities = wire.derive().priorities();
  round.derived_length = wire.derive().length();
  round.model = wire.derive().model();
  round.studios = ReadRows<StudioTerms>(wire.studios(), field["studios"]);
  round.regions = ReadRows<RegionTerms>(wire.regions(), field["regions"]);
  round.reserves = ReadRows<ReserveTerms>(wire.reserves(), field["reserves"]);
  round.pairs = ReadRows<PairTerms>(wire.pairs(), field["pairs"]);
  return round;
}

Round FromWire(const v1::Round& wire, const Field& field) {
  CheckGiven(wire, field);
  return Read(wire, field);
}

Round FromWire(const v1::Round& wire, Violations& found) {
  const Field message(&found);
  ReadEnum<int>(message["state"], wire.state(), v1::RoundState_IsValid(wire.state()),
                "leave it out: the server gives it");
  return Read(wire, message);
}

v1::Round ToWire(const Round& round, uint64_t version, const Reader&) {
  v1::Round wire;
  WriteHead(round, version, wire);
  wire.set_title(round.title);
  WriteNames(round.cohorts, *wire.mutable_cohorts());
  WriteNames(round.programs, *wire.mutable_programs());
  if (round.mechanism.has_value()) wire.set_mechanism(ToWire(*round.mechanism));
  wire.set_seed(static_cast<int64_t>(round.seed));
  if (round.derives_wishes || round.derives_priorities) {
    wire.mutable_derive()->set_wishes(round.derives_wishes);
    wire.mutable_derive()->set_priorities(round.derives_priorities);
    wire.mutable_derive()->set_length(round.derived_length);
    wire.mutable_derive()->set_model(round.model);
  }
  WriteRows(round.studios, *wire.mutable_studios());
  WriteRows(round.regions, *wire.mutable_regions());
  WriteRows(round.reserves, *wire.mutable_reserves());
  WriteRows(round.pairs, *wire.mutable_pairs());
  wire.set_state(static_cast<v1::RoundState>(round.state));
  if (round.result.has_value()) *wire.mutable_result() = ToWire(*round.result);
  if (round.publication.has_value()) {
    v1::RoundPublication& publication = *wire.mutable_publication();
    *publication.mutable_publish_time() = troupe::ToWire(round.publication->publish_time);
    publication.set_holds(round.publication->holds);
  }
  return wire;
}

Round ApplyMask(const Round& stored, const Round& update,
                const google::protobuf::FieldMask& mask, Violations& found) {
  Round result = ApplyFields<Round>(kRoundFields, stored, update, mask, found);
  if (result != stored) result.state = Round::State::kDraft;
  return result;
}

}  // namespace troupe
