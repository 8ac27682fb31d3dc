#include "services/placement/run_round.h"

#include <openssl/evp.h>

#include <algorithm>
#include <numeric>
#include <optional>
#include <utility>
#include <vector>

#include "absl/container/flat_hash_set.h"
#include "absl/strings/escaping.h"
#include "absl/strings/str_cat.h"
#include "absl/synchronization/notification.h"
#include "matcher/base/status_macros.h"
#include "matcher/base/violation.h"
#include "matcher/domain/gazetteer.h"
#include "matcher/index/profile_row.h"
#include "matcher/placement/assemble_round.h"
#include "matcher/placement/derive_preferences.h"
#include "matcher/placement/place.h"
#include "matcher/placement/validate_instance.h"
#include "services/convert/certificate_text.h"
#include "services/placement/placement_kinds.h"
#include "services/placement/round_parts.h"
#include "services/records/placed_round_record.h"
#include "services/rpc/named_model.h"
#include "services/rpc/stored_resource.h"

namespace troupe {
namespace {

constexpr char kVersion[] = "troupe 1";
constexpr absl::Duration kPartDeadline = absl::Seconds(30);

// The resources of `ids` that `owner` has; reports to `found`, as "`list`[i]", those
// that are not there.
template <typename Kind>
absl::StatusOr<std::vector<typename Kind::Record>> ReadOwned(
    const ViewSnapshot& now, const OrganizationId& owner,
    const std::vector<typename Kind::Id>& ids, Violations& found) {
  std::vector<EntityKey> entities;
  for (const auto& id : ids) entities.push_back(EntityOf<Kind>(id));
  TROUPE_ASSIGN_OR_RETURN(const auto stored, now.MultiGet(entities));
  std::vector<typename Kind::Record> records;
  for (size_t i = 0; i < stored.size(); ++i) {
    std::optional<typename Kind::Record> record;
    if (stored[i].has_value()) {
      TROUPE_ASSIGN_OR_RETURN(record, Kind::Parse(stored[i]->bytes));
    }
    if (record.has_value() && record->ownership.owner == owner) {
      records.push_back(*std::move(record));
    } else if (found.found().size() < kMostDefects) {
      found.Add(absl::StrCat(Kind::kPlural, "[", i, "]"), absl::StrCat("is no ", Kind::kNoun),
                absl::StrCat("create it first, or take it out of the round"));
    }
  }
  return records;
}

// Those of `programs` that `owner` has.
absl::StatusOr<absl::flat_hash_set<ProgramId>> Existing(const ViewSnapshot& now,
                                                        const OrganizationId& owner,
                                                        const std::vector<ProgramId>& programs) {
  std::vector<EntityKey> entities;
  for (const ProgramId program : programs) entities.push_back(EntityOf<ProgramKind>(program));
  TROUPE_ASSIGN_OR_RETURN(const std::vector<bool> visible, now.AreVisibleTo(owner, entities));
  absl::flat_hash_set<ProgramId> existing;
  for (size_t i = 0; i < programs.size(); ++i) {
    if (visible[i]) existing.insert(programs[i]);
  }
  return existing;
}

// Programs that state no place are where their first opening is.
void FillPlaces(const Pool& pool, std::vector<Program>& programs) {
  for (Program& program : programs) {
    if (!program.place.empty() || program.openings.empty()) continue;
    const Demand* demand = pool.FindOpening(program.openings.front());
    if (demand == nullptr || demand->scalars.place == kNone) continue;
    program.place = ShippedPlaces().places()[static_cast<size_t>(demand->scalars.place)].id;
  }
}

absl::Status Derive(const ViewSnapshot& now, const Round& round, AssembledRound& assembled,
                    LiveOperation& live) {
  TROUPE_ASSIGN_OR_RETURN(const ScoringModel model,
                          ModelOf(now, round.ownership.owner, round.model));
  const DerivationRules rules{.pool = &now.pool(),
                              .model = &model,
                              .asker = OrganizationTerm(round.ownership.owner),
                              .as_of = now.pool().today()};
  return DerivePreferences(
      rules, assembled,
      [&](int64_t done, int64_t total) { live.Report("deriving preferences", done, total); },
      live);
}

RoundResult ResultOf(const PlacedRound& placed, absl::Time run_time, uint32_t run,
                     size_t part_count) {
  const Instance& instance = placed.instance();
  RoundResult result{.run_time = run_time,
                     .graduates = static_cast<int32_t>(instance.graduates.size()),
                     .breaches = static_cast<int32_t>(placed.certificate.breaches.size()),
                     .derived_wishes = static_cast<int32_t>(placed.derived_wishes.size()),
                     .derived_priorities = static_cast<int32_t>(placed.derived_priorities.size()),
                     .certificate_sha256 = CertificateHash(placed),
                     .run = run,
                     .parts = static_cast<uint32_t>(part_count)};
  result.placed = static_cast<int32_t>(
      std::count_if(placed.placement().program_of.begin(), placed.placement().program_of.end(),
                    [](uint32_t program) { return program != kNoRow; }));
  for (const ProgramRow& program : instance.programs) result.seats += program.capacity;
  return result;
}

// Appends the parts, each on its own, and waits.
absl::Status WriteParts(const ResourceTools& tools, std::vector<AppendRequest> requests) {
  absl::Status status;
  absl::Notification written;
  tools.writer->Append(std::move(requests), tools.clock->Now() + kPartDeadline,
                       [&](const auto& answers) {
                         for (const auto& answer : answers) {
                           if (status.ok()) status = answer.status();
                         }
                         written.Notify();
                       });
  written.WaitForNotification();
  return status;
}

absl::Status RoundChanged() {
  return ErrorWithReason(absl::StatusCode::kAborted, "ROUND_CHANGED",
                         "the round was changed while it ran: run it again");
}

}  // namespace

absl::StatusOr<ScoringModel> ModelOf(const ViewSnapshot& now, const OrganizationId& owner,
                                     const std::string& model) {
  if (model.empty()) return ScoringModel();
  return NamedModel(now, owner, model, "derive.model");
}

std::string CertificateHash(const PlacedRound& placed) {
  EVP_MD_CTX* context = EVP_MD_CTX_new();
  EVP_DigestInit_ex(context, EVP_sha256(), nullptr);
  WriteCertificate(placed.certificate, [&](absl::string_view piece) {
    EVP_DigestUpdate(context, piece.data(), piece.size());
  });
  unsigned char digest[EVP_MAX_MD_SIZE];
  unsigned int size = 0;
  EVP_DigestFinal_ex(context, digest, &size);
  EVP_MD_CTX_free(context);
  return absl::BytesToHexString(
      absl::string_view(reinterpret_cast<const char*>(digest), size));
}

absl::StatusOr<PlacedRound> PlaceRound(const ViewSnapshot& now, const Round& round,
                                       LiveOperation& live) {
  live.Report("reading cohorts and programs", 0, 0);
  const OrganizationId& owner = round.ownership.owner;
  Violations found;
  TROUPE_ASSIGN_OR_RETURN(const std::vector<Cohort> cohorts,
                          ReadOwned<CohortKind>(now, owner, round.cohorts, found));
  TROUPE_ASSIGN_OR_RETURN(std::vector<Program> programs,
                          ReadOwned<ProgramKind>(now, owner, round.programs, found));
  TROUPE_RETURN_IF_ERROR(found.ToStatus());
  FillPlaces(now.pool(), programs);
  TROUPE_ASSIGN_OR_RETURN(const absl::flat_hash_set<ProgramId> others,
                          Existing(now, owner, NamedOutside(round, cohorts)));
  TROUPE_ASSIGN_OR_RETURN(AssembledRound assembled,
                          AssembleRound(round, cohorts, programs, others));
  if (!assembled.placed.derived_wishes.empty() || !assembled.placed.derived_priorities.empty()) {
    TROUPE_RETURN_IF_ERROR(Derive(now, round, assembled, live));
  }
  TROUPE_ASSIGN_OR_RETURN(PlacedRound placed, FinishRound(std::move(assembled)));
  live.Report("placing", 0, 0);
  Certificate& certificate = placed.certificate;
  certificate.version = kVersion;
  TROUPE_ASSIGN_OR_RETURN(PlacementOutcome outcome,
                          PlaceGraduates(certificate.instance, certificate.mechanism,
                                         certificate.seed, live));
  certificate.placement = std::move(outcome.placement);
  certificate.breaches = std::move(outcome.breaches);
  // Not every mechanism asks to the end.
  if (live.StopRequested()) return absl::CancelledError("the round was cancelled");
  return placed;
}

void RunRoundToEnd(RoundOperations& operations, const BegunRound& begun) {
  const ResourceTools& tools = operations.tools();
  absl::Status status = begun.live->StopRequested()
                            ? absl::CancelledError("the round was cancelled")
                            : absl::OkStatus();
  RoundResult result;
  if (status.ok()) {
    const std::shared_ptr<const ViewSnapshot> now = tools.view->Now();
    const absl::StatusOr<PlacedRound> placed = PlaceRound(*now, begun.record, *begun.live);
    status = placed.status();
    if (placed.ok()) {
      begun.live->Report("writing", 0, 0);
      const absl::Time time = tools.Now();
      absl::StatusOr<std::vector<AppendRequest>> parts = PartRequests(
          *now, begun.record, begun.number, SerializePlacedRound(*placed), time);
      status = parts.status();
      if (parts.ok()) {
        result = ResultOf(*placed, time, begun.number, parts->size());
        status = WriteParts(tools, *std::move(parts));
      }
    }
  }
  if (begun.live->is_closing()) return;  // The next start ends it.
  operations.End(begun, status,
                 [&](const ViewSnapshot& now, uint64_t version, Round& round,
                     std::vector<Mutation>& more) -> absl::Status {
                   const Ownership& owner = round.ownership;
                   if (!status.ok() || version != begun.version) {
                     TROUPE_RETURN_IF_ERROR(
                         AddPartDeletions(now, round.id, begun.number, owner, more));
                     return status.ok() ? RoundChanged() : absl::OkStatus();
                   }
                   if (round.result.has_value()) {
                     TROUPE_RETURN_IF_ERROR(
                         AddPartDeletions(now, round.id, round.result->run, owner, more));
                   }
                   round.result = result;
                   round.state = Round::State::kPlaced;
                   return absl::OkStatus();
                 });
}

void EndBrokenOffRun(RoundOperations& operations, const BegunRound& begun) {
  operations.End(begun,
                 ErrorWithReason(absl::StatusCode::kAborted, "RESTARTED",
                                 "the server stopped in the middle: run the round again"),
                 [&](const ViewSnapshot& now, uint64_t, Round& round,
                     std::vector<Mutation>& more) {
                   return AddPartDeletions(now, round.id, begun.number, round.ownership, more);
                 });
}

}  // namespace troupe
