#include "services/matching/match_question.h"

#include <algorithm>
#include <utility>

#include "absl/strings/str_cat.h"
#include "matcher/base/status_macros.h"
#include "matcher/base/violation.h"
#include "matcher/domain/role_taxonomy.h"
#include "matcher/domain/validate_project.h"
#include "matcher/index/profile_row.h"
#include "matcher/rank/eligibility.h"
#include "services/convert/opening_conversion.h"
#include "services/convert/project_conversion.h"
#include "services/convert/resource_names.h"
#include "services/convert/types_conversion.h"
#include "services/records/profile_record.h"
#include "services/records/project_record.h"
#include "services/rpc/named_model.h"
#include "services/rpc/resource_errors.h"

namespace troupe {
namespace {

constexpr int32_t kDefaultPageSize = 20;
constexpr int32_t kMaxPageSize = 1'000;
constexpr int kMaxAttached = 200;
constexpr int kMaxAttachedRoles = 10;

}  // namespace

absl::StatusOr<Profile> QuestionReader::ProfileNamed(absl::string_view name) const {
  TROUPE_ASSIGN_OR_RETURN(const ProfileId id, ParseProfileName(name, "profile"));
  TROUPE_ASSIGN_OR_RETURN(const auto record,
                          snapshot_.Get({EntityKind::kProfile, id.value()}));
  if (!record.has_value()) return RecordNotFound("profile", name);
  TROUPE_ASSIGN_OR_RETURN(Profile profile, ParseProfile(record->bytes));
  if (!profile.ownership.IsVisibleTo(asker_)) return RecordNotFound("profile", name);
  return profile;
}

absl::StatusOr<Project> QuestionReader::ProjectNamed(absl::string_view name) const {
  TROUPE_ASSIGN_OR_RETURN(const ProjectId id, ParseProjectName(name, "project"));
  TROUPE_ASSIGN_OR_RETURN(const auto record,
                          snapshot_.Get({EntityKind::kProject, id.value()}));
  if (!record.has_value()) return RecordNotFound("project", name);
  TROUPE_ASSIGN_OR_RETURN(Project project, ParseProject(record->bytes));
  if (!project.ownership.IsVisibleTo(asker_)) return RecordNotFound("project", name);
  return project;
}

absl::StatusOr<Target> QuestionReader::StoredTarget(absl::string_view name) const {
  TROUPE_ASSIGN_OR_RETURN(const OpeningId id, ParseOpeningName(name, "opening"));
  TROUPE_ASSIGN_OR_RETURN(const auto record,
                          snapshot_.Get({EntityKind::kProject, id.project.value()}));
  const absl::Status not_found = RecordNotFound("opening", name);
  if (!record.has_value()) return not_found;
  Target target{.is_stored = true};
  TROUPE_ASSIGN_OR_RETURN(target.project, ParseProject(record->bytes));
  const Opening* opening = target.project.FindOpening(id.number);
  if (opening == nullptr || !target.project.ownership.IsVisibleTo(asker_)) return not_found;
  if (opening->state == Opening::State::kDraft && target.project.ownership.owner != asker_) {
    return not_found;
  }
  target.opening = *opening;
  return target;
}

absl::StatusOr<Target> QuestionReader::AdHocTarget(const v1::AdHocOpening& ad_hoc) const {
  Violations found;
  const Field request(&found);
  const Field field = request["ad_hoc"];
  const Field project = field["project"];
  const Field opening = field["opening"];
  Target target;
  target.project = FromWire(ad_hoc.project(), project);
  target.opening = AdHocFromWire(ad_hoc.opening(), opening);
  FillCurrency(target.project);
  target.project.ownership.owner = asker_;
  if (!ad_hoc.has_opening()) opening.Report("is not set", "say what is needed, at least a role");
  if (ad_hoc.project().openings_size() > 0) {
    project["openings"].Report("is set", "put the one opening into ad_hoc.opening");
  }
  if (found.empty()) found.AddAll("ad_hoc", ValidateAdHoc(target.project, target.opening));
  TROUPE_RETURN_IF_ERROR(found.ToStatus());
  return target;
}

bool QuestionReader::Exists(ProfileId profile) const {
  const auto view = snapshot_.pool().FindProfile(profile);
  return view.has_value() && IsVisibleTo(*view, OrganizationTerm(asker_));
}

absl::Status QuestionReader::Attach(
    const google::protobuf::RepeatedPtrField<v1::Attached>& attached, Target& target) const {
  Violations found;
  const Field request(&found);
  const Field list = request["attached"];
  if (attached.size() > kMaxAttached) {
    list.Report(absl::StrCat("has ", attached.size(), " entries"), "give at most 200");
    return found.ToStatus();
  }
  for (int i = 0; i < attached.size(); ++i) {
    const Field field = list[static_cast<size_t>(i)];
    if (attached[i].roles_size() > kMaxAttachedRoles) {
      field["roles"].Report(absl::StrCat("has ", attached[i].roles_size(), " entries"),
                            absl::StrCat("give at most ", kMaxAttachedRoles));
      continue;
    }
    Attached entry = FromWire(attached[i], field);
    if (entry.profile && !Exists(entry.profile)) {
      field["profile"].Report("names no profile that you may see", "leave it out");
    }
    const Field roles = field["roles"];
    if (entry.roles.empty()) roles.Report("is empty", "name at least one role");
    for (size_t role = 0; role < entry.roles.size(); ++role) {
      if (ShippedRoles().Find(entry.roles[role]) != nullptr) continue;
      roles[role].Report("is not a role of the taxonomy",
                                  "use an id that `troupe roles` lists");
    }
    target.opening.attached.push_back(std::move(entry));
  }
  return found.ToStatus();
}

absl::StatusOr<Day> QuestionReader::AsOf(bool is_set, const v1::Date& as_of,
                                         absl::string_view name) const {
  if (!is_set) return snapshot_.pool().today();
  Violations found;
  const Field request(&found);
  const Field field = request[name];
  const Day day = FromWire(as_of, field);
  const Day today = snapshot_.pool().today();
  // Nobody's calendar is known that far ahead of any later day.
  if (day > today) {
    field.Report(absl::StrCat("is after today, which is ", today.ToString()),
                 "give today or an earlier day");
  }
  TROUPE_RETURN_IF_ERROR(found.ToStatus());
  return day;
}

absl::StatusOr<ScoringModel> QuestionReader::ModelFor(
    const google::protobuf::Map<std::string, int64_t>& weights, const std::string& model) const {
  if (!model.empty() && !weights.empty()) {
    return InvalidField("model", "is set, and so are weights", "leave one of them out");
  }
  if (!model.empty()) return NamedModel(snapshot_, asker_, model, "model");
  if (weights.empty()) return ScoringModel();
  TROUPE_ASSIGN_OR_RETURN(const Weights made, MakeWeights({weights.begin(), weights.end()}));
  return ScoringModel::Always(made);
}

absl::StatusOr<size_t> ReadPageSize(int32_t page_size) {
  if (page_size == 0) return kDefaultPageSize;
  if (page_size < 0 || page_size > kMaxPageSize) {
    return InvalidField("page_size", absl::StrCat("is ", page_size), "give 1 to 1,000");
  }
  return static_cast<size_t>(page_size);
}

absl::Status CheckWindow(const Target& target, Day as_of) {
  const std::optional<DaySpan> dates = target.opening.Dates();
  if (!dates.has_value()) return absl::OkStatus();
  const DaySpan span = *dates;
  const absl::string_view asked = target.opening.window.has_value() ? ".window.dates" : ".blocks";
  const std::string field =
      target.is_stored ? std::string("opening") : absl::StrCat(target.field(), asked);
  if (span.limit > as_of + kCalendarHorizonDays) {
    return InvalidField(
        field, absl::StrCat("asks for days up to ", (span.limit - 1).ToString()),
        absl::StrCat("calendars reach ", (as_of + kCalendarHorizonDays - 1).ToString(),
                     ": ask for no later day"));
  }
  if (span.limit > as_of) return absl::OkStatus();
  if (!target.is_stored) {
    return InvalidField(field,
                        absl::StrCat("is over: it ended on ", (span.limit - 1).ToString()),
                        absl::StrCat("ask for ", as_of.ToString(), " or later, or set as_of"));
  }
  return ErrorWithReason(
      absl::StatusCode::kFailedPrecondition, "WINDOW_PAST",
      absl::StrCat("the opening's window ended on ", (span.limit - 1).ToString(),
                   ": move its dates, or set as_of to an earlier day"));
}

absl::Status CheckMayAskAboutPair(const OrganizationId& asker, const Profile& profile,
                         const Target& target) {
  const bool owns_profile = profile.ownership.owner == asker;
  const bool owns_project = target.project.ownership.owner == asker;
  if (!owns_profile && !owns_project) return OnlyOwnerMayAsk("profile or the project");
  const auto& blocked = target.project.blocked_profiles;
  if (!owns_project && std::binary_search(blocked.begin(), blocked.end(), profile.id)) {
    return RecordNotFound("opening", FormatName(OpeningId{target.project.id,
                                                          target.opening.number}));
  }
  return absl::OkStatus();
}

absl::Status OnlyOwnerMayAsk(absl::string_view of_what) {
  return ErrorWithReason(absl::StatusCode::kPermissionDenied, "NOT_OWNER",
                         absl::StrCat("only the organization that owns the ", of_what,
                                      " may ask this: call as that organization"));
}

}  // namespace troupe
