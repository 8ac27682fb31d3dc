#include "matcher/index/demand.h"

#include <algorithm>
#include <type_traits>

#include "matcher/base/violation.h"
#include "matcher/domain/role_taxonomy.h"
#include "matcher/index/column_bytes.h"
#include "matcher/index/profile_row.h"
#include "matcher/index/terms.h"

namespace troupe {
namespace {

using Vocabulary = Term::Vocabulary;

static_assert(std::has_unique_object_representations_v<DemandScalars>);
static_assert(std::has_unique_object_representations_v<WantedSkillRow>);
static_assert(std::has_unique_object_representations_v<AttachedRow>);
static_assert(std::has_unique_object_representations_v<BlockRow>);

int16_t Narrow(int32_t value) { return static_cast<int16_t>(value); }

void SetWindow(const std::optional<Window>& window, DemandScalars& scalars) {
  if (!window.has_value()) return;
  scalars.window_start = window->span.start.since_epoch();
  scalars.window_limit = window->span.limit.since_epoch();
  scalars.window_days = window->days;
  scalars.window_rule = static_cast<uint8_t>(window->rule);
}

void SetBlocks(const Opening& opening, DemandScalars& scalars) {
  if (opening.blocks.empty()) return;
  const DaySpan dates = *opening.Dates();
  scalars.window_start = dates.start.since_epoch();
  scalars.window_limit = dates.limit.since_epoch();
  scalars.window_rule = kBlocksRule;
  const size_t all = opening.blocks.size();
  scalars.blocks_needed = static_cast<uint8_t>(
      opening.blocks_needed == 0 ? all : static_cast<size_t>(opening.blocks_needed));
}

void SetCasting(const CastingRequirement& casting, DemandScalars& scalars) {
  for (Gender gender : casting.genders) {
    scalars.genders |= static_cast<uint8_t>(1u << static_cast<unsigned>(gender));
  }
  if (casting.playing_age.has_value()) {
    scalars.playing_age_from = Narrow(casting.playing_age->from);
    scalars.playing_age_to = Narrow(casting.playing_age->to);
  }
  if (casting.height_cm.has_value()) {
    scalars.height_from = Narrow(casting.height_cm->from);
    scalars.height_to = Narrow(casting.height_cm->to);
  }
}

DemandScalars MakeScalars(const Project& project, const Opening& opening) {
  DemandScalars scalars;
  scalars.project = project.id;
  scalars.owner = OrganizationTerm(project.ownership.owner);
  scalars.findability = project.ownership.findability;
  scalars.language = Term(Vocabulary::kLanguage, project.original_language);
  scalars.budget_octave = BudgetOctave(project.budget);
  if (project.budget.has_value()) {
    scalars.budget_currency = Term(Vocabulary::kCurrency, project.budget->currency);
  }
  scalars.ceiling = MakeAmount(opening.pay_ceiling);
  scalars.opening_number = opening.number;
  scalars.open_seats = opening.OpenSeats();
  scalars.state = static_cast<uint8_t>(opening.state);
  scalars.role = RoleIndexOf(opening.role);
  scalars.place = PlaceIndexOf(project.PlaceOf(opening));
  scalars.trainees_allowed = opening.trainees_allowed ? 1 : 0;
  const Role* role = ShippedRoles().Find(opening.role);
  scalars.remote_capable = role != nullptr && role->remote_capable ? 1 : 0;
  SetBlocks(opening, scalars);
  SetWindow(opening.window, scalars);
  SetCasting(opening.casting, scalars);
  return scalars;
}

}  // namespace

bool Demand::IsAttached(ProfileId profile) const {
  const auto at = std::partition_point(
      attached.begin(), attached.end(),
      [&](const AttachedRow& row) { return row.profile < profile; });
  return at != attached.end() && at->profile == profile;
}

Demand MakeDemand(const Project& project, const Opening& opening) {
  Demand demand;
  demand.scalars = MakeScalars(project, opening);
  for (const OrganizationId& blocked : project.ownership.blocked_organizations) {
    demand.blocked_organizations.push_back(OrganizationTerm(blocked));
  }
  std::sort(demand.blocked_organizations.begin(), demand.blocked_organizations.end());
  demand.blocked_profiles = project.blocked_profiles;
  for (const WantedSkill& wanted : opening.skills) {
    demand.skills.push_back(
        {Term(Vocabulary::kSkill, wanted.skill), wanted.level, wanted.required ? 1 : 0});
  }
  demand.languages = TermsOf(Vocabulary::kLanguage, opening.languages);
  demand.credentials = TermsOf(Vocabulary::kCredential, opening.credentials);
  demand.genres = TermsOf(Vocabulary::kGenre, project.GenresOf(opening));
  demand.styles = TermsOf(Vocabulary::kStyle, project.styles);
  demand.tags = TermsOf(Vocabulary::kTag, project.tags);
  demand.companies = TermsOf(Vocabulary::kCompany, project.companies);
  demand.countries = TermsOf(Vocabulary::kCountry, project.countries);
  for (const Window& block : opening.blocks) {
    demand.blocks.push_back({.start = block.span.start.since_epoch(),
                             .limit = block.span.limit.since_epoch(),
                             .days = block.days,
                             .rule = static_cast<uint8_t>(block.rule)});
  }
  Attach(project.AttachedTo(opening), demand);
  return demand;
}

void Attach(const std::vector<Attached>& attached, Demand& demand) {
  for (const Attached& entry : attached) {
    for (const std::string& role : entry.roles) {
      demand.attached.push_back({.profile = entry.profile, .role = CreditRoleIndex(role)});
    }
  }
  std::sort(demand.attached.begin(), demand.attached.end());
  demand.attached.erase(std::unique(demand.attached.begin(), demand.attached.end()),
                        demand.attached.end());
}

std::string ProjectDemands::ToBytes() const {
  ColumnWriter writer;
  writer(id);
  writer(static_cast<uint64_t>(openings.size()));
  for (const Demand& demand : openings) {
    const_cast<Demand&>(demand).ForEachColumn(writer);  // The writer only reads.
  }
  return WithHash(std::move(writer).Take());
}

absl::StatusOr<ProjectDemands> ProjectDemands::FromBytes(absl::string_view bytes) {
  const std::optional<absl::string_view> body = BodyOf(bytes);
  ColumnReader reader(body.value_or(absl::string_view()));
  ProjectDemands demands;
  uint64_t count = 0;
  reader(demands.id);
  reader(count);
  for (uint64_t i = 0; i < count && reader.has_more(); ++i) {
    demands.openings.emplace_back().ForEachColumn(reader);
  }
  if (!reader.ok() || demands.openings.size() != count) {
    return ErrorWithReason(absl::StatusCode::kDataLoss, "POOL_UNREADABLE",
                           "the openings of a project in the pool cannot be read");
  }
  return demands;
}

ProjectDemands MakeDemands(const Project& project) {
  ProjectDemands demands{.id = project.id};
  for (const Opening& opening : project.openings) {
    demands.openings.push_back(MakeDemand(project, opening));
  }
  return demands;
}

}  // namespace troupe
