#include "services/cli/placement/round_upload.h"

#include <map>
#include <string>
#include <utility>
#include <vector>

#include "absl/strings/str_cat.h"
#include "google/protobuf/util/message_differencer.h"
#include "matcher/base/status_macros.h"
#include "matcher/base/violation.h"
#include "services/cli/import_stream.h"
#include "services/cli/defects.h"
#include "services/cli/placement/round_pages.h"
#include "services/cli/record_sender.h"
#include "troupe/v1/placement_service.grpc.pb.h"

namespace troupe {
namespace {

using google::protobuf::util::MessageDifferencer;
using Placements = v1::PlacementService::Stub;
using Names = std::map<std::string, std::string>;  // Of resources, by the files' ids.

const std::string kAllFields("*");  // As a mask; GCC 12 misreads a literal here.

// The graduates of one cohort, in the order of the file.
struct CohortRows {
  std::string title;
  std::string external_id;
  std::vector<const GraduateRow*> graduates;
};

void SetExternalId(const std::string& id, v1::ExternalId& external_id) {
  external_id.set_source(kFilesSource);
  external_id.set_id(id);
}

// Sends one draft, step by step.
class Upload {
 public:
  Upload(const RoundDraft& draft, Session& session)
      : draft_(draft),
        session_(session),
        connection_(session.connection()),
        request_id_(RequestIdFor("", session)) {}

  absl::StatusOr<v1::Round> Run() {
    GatherCohorts();
    TROUPE_RETURN_IF_ERROR(FindCohorts());
    // Wishes name programs and priorities name graduates: where cohorts are new, programs
    // go first without priorities.
    const bool all_known = cohort_names_.size() == cohorts_.size();
    TROUPE_RETURN_IF_ERROR(SendPrograms(/*with_priorities=*/all_known));
    for (const CohortRows& cohort : cohorts_) TROUPE_RETURN_IF_ERROR(SendCohort(cohort));
    if (!all_known && HasPriorities()) {
      TROUPE_RETURN_IF_ERROR(SendPrograms(/*with_priorities=*/true));
    }
    return SendRound();
  }

 private:
  void GatherCohorts() {
    std::map<std::string, size_t> numbers;
    for (const GraduateRow& row : draft_.graduates) {
      const auto [at, is_new] = numbers.emplace(row.cohort, cohorts_.size());
      if (is_new) {
        cohorts_.push_back(
            {.title = row.cohort.empty() ? draft_.Title() : row.cohort,
             .external_id = row.cohort.empty() ? draft_.rules.id
                                               : absl::StrCat(draft_.rules.id, "/", row.cohort),
             .graduates = {}});
      }
      cohorts_[at->second].graduates.push_back(&row);
    }
  }

  absl::Status FindCohorts() {
    TROUPE_RETURN_IF_ERROR(ForEachCohort(connection_, [&](const v1::Cohort& stored) {
      if (stored.external_id().source() != kFilesSource) return true;
      for (const CohortRows& cohort : cohorts_) {
        if (stored.external_id().id() == cohort.external_id) {
          cohort_names_[cohort.external_id] = stored.name();
        }
      }
      return true;
    }));
    for (const CohortRows& cohort : cohorts_) NameGraduates(cohort);
    return absl::OkStatus();
  }

  void NameGraduates(const CohortRows& cohort) {
    const auto name = cohort_names_.find(cohort.external_id);
    if (name == cohort_names_.end()) return;
    for (const GraduateRow* row : cohort.graduates) {
      graduate_names_[row->id] = absl::StrCat(name->second, "/graduates/", row->id);
    }
  }

  bool HasPriorities() const {
    for (const ProgramRow& row : draft_.programs) {
      if (!row.priorities.empty()) return true;
    }
    return false;
  }

  void FillPriorities(const Tiers& tiers,
                      google::protobuf::RepeatedPtrField<v1::GraduateTier>& list) const {
    for (const std::vector<std::string>& tier : tiers) {
      v1::GraduateTier& sent = *list.Add();
      for (const std::string& id : tier) sent.add_graduates(graduate_names_.at(id));
    }
  }

  v1::Program ProgramOf(const ProgramRow& row, bool with_priorities) const {
    v1::Program program;
    SetExternalId(absl::StrCat(draft_.rules.id, "/", row.id), *program.mutable_external_id());
    program.set_title(row.title.empty() ? row.id : row.title);
    for (const std::string& opening : row.openings) program.add_openings(opening);
    program.set_capacity(row.capacity);
    program.set_studio(row.studio);
    program.set_region(row.region);
    program.set_place(row.place);
    if (with_priorities) FillPriorities(row.priorities, *program.mutable_priorities());
    return program;
  }

  absl::Status SendPrograms(bool with_priorities) {
    Violations rejected;
    const auto on_answer = [&](int64_t item, const v1::Program&, const v1::ImportResult& answer) {
      const ProgramRow& row = draft_.programs[static_cast<size_t>(item)];
      if (!answer.has_error()) {
        program_names_[row.id] = answer.name();
        return;
      }
      for (const v1::FieldViolation& fault : answer.error().violations()) {
        rejected.Add(absl::StrCat(row.at, ":", fault.field()), fault.problem(), fault.fix());
      }
      if (answer.error().violations().empty()) {
        rejected.Add(row.at, absl::StrCat("was refused: ", answer.error().message()),
                     absl::StrCat("see the reason ", answer.error().reason()));
      }
    };
    ImportStream<v1::Program> stream(
        connection_, absl::StrCat(request_id_, with_priorities ? "-programs" : "-program-names"),
        ImportPace(), session_.host().pause, on_answer);
    for (const ProgramRow& row : draft_.programs) {
      TROUPE_RETURN_IF_ERROR(stream.Add(ProgramOf(row, with_priorities)));
    }
    TROUPE_RETURN_IF_ERROR(stream.Finish());
    return rejected.ToStatus();
  }

  v1::Cohort CohortOf(const CohortRows& rows) const {
    v1::Cohort cohort;
    SetExternalId(rows.external_id, *cohort.mutable_external_id());
    cohort.set_title(rows.title);
    for (const GraduateRow* row : rows.graduates) {
      v1::Graduate& graduate = *cohort.add_graduates();
      graduate.set_id(row->id);
      graduate.set_profile(row->profile);
      for (const std::string& group : row->groups) graduate.add_groups(group);
      for (const std::vector<std::string>& tier : row->wishes) {
        v1::ProgramTier& sent = *graduate.add_wishes();
        for (const std::string& id : tier) sent.add_programs(program_names_.at(id));
      }
    }
    return cohort;
  }

  absl::Status SendCohort(const CohortRows& rows) {
    std::vector<std::string> places;
    for (const GraduateRow* row : rows.graduates) places.push_back(row->at);
    const auto known = cohort_names_.find(rows.external_id);
    const absl::StatusOr<v1::Cohort> stored = known == cohort_names_.end()
                                                  ? CreateCohort(CohortOf(rows))
                                                  : ChangeCohort(known->second, CohortOf(rows));
    if (!stored.ok()) return ToldByRow(stored.status(), "graduates", places);
    cohort_names_[rows.external_id] = stored->name();
    NameGraduates(rows);
    return absl::OkStatus();
  }

  absl::StatusOr<v1::Cohort> CreateCohort(v1::Cohort cohort) const {
    v1::CreateCohortRequest request;
    request.set_request_id(absl::StrCat(request_id_, "-cohort-", cohort_names_.size()));
    *request.mutable_cohort() = std::move(cohort);
    return connection_.Ask(&Placements::CreateCohort, request);
  }

  absl::StatusOr<v1::Cohort> ChangeCohort(const std::string& name, v1::Cohort cohort) const {
    v1::GetCohortRequest get;
    get.set_name(name);
    TROUPE_ASSIGN_OR_RETURN(
        const v1::Cohort stored,
        connection_.Ask(&Placements::GetCohort, get));
    cohort.set_name(name);
    v1::Cohort same = stored;
    same.clear_etag();
    same.clear_organization();
    same.clear_create_time();
    same.clear_update_time();
    if (MessageDifferencer::Equals(same, cohort)) return stored;
    v1::UpdateCohortRequest request;
    *request.mutable_cohort() = std::move(cohort);
    request.mutable_cohort()->set_etag(stored.etag());
    request.mutable_update_mask()->add_paths(kAllFields);
    return connection_.Ask(&Placements::UpdateCohort, request);
  }

  v1::Round RoundOf() const {
    v1::Round round;
    SetExternalId(draft_.rules.id, *round.mutable_external_id());
    round.set_title(draft_.Title());
    for (const CohortRows& cohort : cohorts_) {
      round.add_cohorts(cohort_names_.at(cohort.external_id));
    }
    for (const ProgramRow& row : draft_.programs) round.add_programs(program_names_.at(row.id));
    round.set_mechanism(*draft_.rules.mechanism);
    round.set_seed(*draft_.rules.seed);
    if (draft_.DerivesWishes() || draft_.DerivesPriorities()) {
      v1::DerivedPreferences& derive = *round.mutable_derive();
      derive.set_wishes(draft_.DerivesWishes());
      derive.set_priorities(draft_.DerivesPriorities());
      derive.set_length(draft_.rules.length);
      derive.set_model(draft_.rules.model);
    }
    for (const StudioRow& row : draft_.studios) {
      v1::PlacementStudio& studio = *round.add_studios();
      studio.set_id(row.id);
      studio.set_capacity(row.capacity);
      FillPriorities(row.priorities, *studio.mutable_priorities());
    }
    for (const RegionRow& row : draft_.regions) {
      v1::PlacementRegion& region = *round.add_regions();
      region.set_id(row.id);
      region.set_floor(row.floor);
      if (row.cap.has_value()) region.set_cap(*row.cap);
    }
    for (const ReserveRow& row : draft_.reserves) {
      v1::SeatReserve& reserve = *round.add_reserves();
      reserve.set_program(program_names_.at(row.program));
      reserve.set_group(row.group);
      reserve.set_seats(row.seats);
      reserve.set_after_open(row.after_open);
      reserve.set_stays_reserved(!row.reverts);
    }
    for (const PairRow& row : draft_.pairs) {
      v1::GraduatePair& pair = *round.add_pairs();
      pair.set_first(graduate_names_.at(row.first));
      pair.set_second(graduate_names_.at(row.second));
      pair.set_together(row.together);
      for (const auto& [first, second] : row.wishes) {
        v1::ProgramPair& wish = *pair.add_wishes();
        wish.set_first(program_names_.at(first));
        wish.set_second(program_names_.at(second));
      }
    }
    return round;
  }

  absl::StatusOr<v1::Round> SendRound() const {
    std::string name;
    TROUPE_RETURN_IF_ERROR(ForEachRound(connection_, [&](const v1::Round& stored) {
      const bool is_it = stored.external_id().source() == kFilesSource &&
                         stored.external_id().id() == draft_.rules.id;
      if (is_it) name = stored.name();
      return !is_it;
    }));
    if (!name.empty()) return ChangeRound(name);
    v1::CreateRoundRequest request;
    request.set_request_id(absl::StrCat(request_id_, "-round"));
    *request.mutable_round() = RoundOf();
    return connection_.Ask(&Placements::CreateRound, request);
  }

  absl::StatusOr<v1::Round> ChangeRound(const std::string& name) const {
    TROUPE_ASSIGN_OR_RETURN(const v1::Round stored, GetRound(name, connection_));
    v1::Round wanted = RoundOf();
    wanted.set_name(name);
    v1::Round same = stored;
    same.clear_etag();
    same.clear_organization();
    same.clear_create_time();
    same.clear_update_time();
    same.clear_state();
    same.clear_result();
    same.clear_publication();
    if (MessageDifferencer::Equals(same, wanted)) return stored;
    v1::UpdateRoundRequest request;
    *request.mutable_round() = std::move(wanted);
    request.mutable_round()->set_etag(stored.etag());
    request.mutable_update_mask()->add_paths(kAllFields);
    return connection_.Ask(&Placements::UpdateRound, request);
  }

  const RoundDraft& draft_;
  Session& session_;
  const Connection& connection_;
  const std::string request_id_;
  std::vector<CohortRows> cohorts_;
  Names cohort_names_;  // By external id.
  Names graduate_names_;
  Names program_names_;
};

}  // namespace

absl::StatusOr<v1::Round> StoreRound(const RoundDraft& draft, Session& session) {
  return Upload(draft, session).Run();
}

}  // namespace troupe
