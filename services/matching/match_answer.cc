#include "services/matching/match_answer.h"

#include <algorithm>
#include <utility>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "matcher/base/millionths.h"
#include "matcher/rank/features.h"
#include "services/convert/resource_names.h"
#include "services/convert/types_conversion.h"

namespace troupe {
namespace {

constexpr size_t kMostFacetValues = 100;

// After a count of people, by Requirement.
constexpr std::array<const char*, kRequirementCount> kPeopleWho = {
    "do not hold the role",     "are not free",         "ask more than the ceiling",
    "ask another currency",     "lack a language",      "lack a skill",
    "lack a credential",        "do not come that far", "do not meet the casting",
    "are excluded",             "do not agree to be found"};

// After a count of openings, by Requirement.
constexpr std::array<const char*, kRequirementCount> kOpeningsThat = {
    "take no trainees",       "need days that are not free",   "pay less than the day rate",
    "pay another currency",   "need another language",         "need another skill",
    "need another credential", "are too far away",             "cast somebody else",
    "are excluded",           "are of organizations that may not find the person"};

v1::Evidence ToWire(const Evidence& evidence) {
  v1::Evidence wire;
  wire.set_kind(evidence.kind);
  wire.set_id(evidence.profile ? FormatName(evidence.profile) : evidence.id);
  wire.set_text(evidence.text);
  return wire;
}

v1::DateRange ToWireRange(const DaySpan& span) { return ToWire(span); }

// Fills the edit of a change on the wire.
struct EditWriter {
  v1::Change& wire;

  void operator()(const Reschedule& edit) const {
    auto& out = *wire.mutable_reschedule();
    out.set_shift_window_days(edit.shift_window_days);
    for (const DaySpan& span : edit.free_days) *out.add_free_days() = ToWireRange(span);
  }
  void operator()(const RaiseCeiling& edit) const {
    *wire.mutable_raise_pay_ceiling() = ToWire(edit.by);
  }
  void operator()(const SetDayRate& edit) const {
    *wire.mutable_set_day_rate() = ToWire(edit.rate);
  }
  void operator()(const LearnLanguages& edit) const {
    for (const std::string& word : edit.languages) wire.mutable_learn_languages()->add_words(word);
  }
  void operator()(const LearnSkills& edit) const {
    for (const Skill& skill : edit.skills) {
      (*wire.mutable_learn_skills()->mutable_levels())[skill.skill] = skill.level;
    }
  }
  void operator()(const ObtainCredentials& edit) const {
    for (const std::string& word : edit.credentials) {
      wire.mutable_obtain_credentials()->add_words(word);
    }
  }
  void operator()(const TravelTo& edit) const { wire.set_travel_to(edit.place); }
  void operator()(const AllowTrainees&) const { wire.set_allow_trainees(true); }
  void operator()(const GrowInto& edit) const { wire.set_grow_into(edit.role); }
  void operator()(const WidenCasting& edit) const {
    auto& out = *wire.mutable_widen_casting();
    out.set_add_gender(ToWire(edit.add_gender));
    out.set_any_gender(edit.any_gender);
    out.set_younger_by_years(edit.younger_by_years);
    out.set_older_by_years(edit.older_by_years);
    out.set_any_age(edit.any_age);
    out.set_shorter_by_cm(edit.shorter_by_cm);
    out.set_taller_by_cm(edit.taller_by_cm);
    out.set_any_height(edit.any_height);
  }
  void operator()(const Unblock& edit) const {
    auto& out = *wire.mutable_unblock();
    out.set_profile_allows_organization(edit.profile_allows_organization);
    out.set_project_allows_profile(edit.project_allows_profile);
    out.set_project_allows_organization(edit.project_allows_organization);
  }
  void operator()(const BecomeFindable&) const { wire.set_become_findable(true); }
};

}  // namespace

v1::Match ToWire(const JudgedPair& pair) {
  const RoleRow* role = pair.view.FindRole(pair.query.demand().scalars.role);
  const PerFeature values = Evaluate(pair.query, pair.view, role);
  const EvidencePerFeature evidence =
      EvidenceOf(pair.query, pair.profile, pair.project, pair.opening, values);
  v1::Match match;
  match.set_profile(FormatName(pair.profile.id));
  if (pair.opening.number != 0) {
    match.set_opening(FormatName(OpeningId{pair.project.id, pair.opening.number}));
  }
  match.set_score_millionths(Score(pair.weights, values));
  for (size_t i = 0; i < kFeatureCount; ++i) {
    if (!pair.query.wanted().Has(static_cast<Feature>(i))) continue;
    auto& feature = *match.add_features();
    feature.set_feature(std::string(FeatureName(static_cast<Feature>(i))));
    feature.set_value_millionths(values[i]);
    feature.set_weight_millionths(pair.weights[i]);
    feature.set_contribution_millionths(Contribution(pair.weights[i], values[i]));
    const bool is_of_outcomes = !kCareerFeatures.Has(static_cast<Feature>(i));
    for (const Evidence& item : evidence[i]) {
      if (is_of_outcomes && !pair.knows_outcomes) continue;
      if (item.profile && !pair.for_project_owner) continue;
      *feature.add_evidence() = ToWire(item);
    }
  }
  match.set_acceptance_millionths(AcceptanceValue(pair.query, pair.view));
  match.set_trainee(role != nullptr && role->grow_into != 0);
  match.set_contended_days(ContendedDays(pair.query, pair.view));
  if (const auto contention = ContentionOf(pair.query, pair.view, pair.market);
      contention.has_value()) {
    *match.mutable_contention() = ToWire(*contention);
  }
  return match;
}

v1::ProfileSummary SummaryOf(const JudgedPair& pair) {
  v1::ProfileSummary summary;
  summary.set_display_name(pair.profile.display_name);
  summary.set_home_place(pair.profile.home_place);
  if (const ProfileRole* role = pair.profile.FindRole(pair.opening.role); role != nullptr) {
    summary.set_level(role->level);
    summary.set_years(role->years);
    if (role->day_rate.has_value()) *summary.mutable_day_rate() = ToWire(*role->day_rate);
  }
  summary.set_role_credits(static_cast<int32_t>(
      std::count_if(pair.profile.credits.begin(), pair.profile.credits.end(),
                    [&](const Credit& credit) {
                      return credit.CountsAs(pair.opening.role) &&
                             credit.IsBefore(pair.query.as_of());
                    })));
  return summary;
}

v1::OpeningSummary SummaryOf(const Project& project, const Opening& opening) {
  v1::OpeningSummary summary;
  summary.set_project_title(project.title);
  summary.set_role(opening.role);
  summary.set_place(project.PlaceOf(opening));
  if (const auto dates = opening.Dates(); dates.has_value()) {
    *summary.mutable_dates() = ToWireRange(*dates);
  }
  if (opening.pay_ceiling.has_value()) {
    *summary.mutable_pay_ceiling() = ToWire(*opening.pay_ceiling);
  }
  summary.set_open_seats(opening.OpenSeats());
  return summary;
}

v1::Contention ToWire(const Contention& contention) {
  v1::Contention wire;
  wire.set_ladder_place(contention.ladder_place);
  wire.set_holds_above(contention.holds_above);
  wire.set_free_chance_millionths(contention.free_chance_millionths);
  for (const DaySpan& span : contention.days) *wire.add_days() = ToWireRange(span);
  return wire;
}

v1::Requirement ToWire(Requirement requirement) {
  constexpr std::array<v1::Requirement, kRequirementCount> kWire = {
      v1::REQUIREMENT_ROLE,      v1::REQUIREMENT_CALENDAR, v1::REQUIREMENT_DAY_RATE,
      v1::REQUIREMENT_CURRENCY,  v1::REQUIREMENT_LANGUAGES, v1::REQUIREMENT_SKILLS,
      v1::REQUIREMENT_CREDENTIALS, v1::REQUIREMENT_PLACE,  v1::REQUIREMENT_CASTING,
      v1::REQUIREMENT_BLOCKED,   v1::REQUIREMENT_CONSENT};
  return kWire[static_cast<size_t>(requirement)];
}

v1::Failure ToWire(const Failure& failure) {
  v1::Failure wire;
  wire.set_requirement(ToWire(failure.requirement));
  wire.set_text(failure.text);
  if (failure.change.has_value()) {
    wire.mutable_change()->set_text(failure.change->text);
    std::visit(EditWriter{*wire.mutable_change()}, failure.change->edit);
  }
  return wire;
}

v1::Facet MakeFacet(const std::string& attribute, const std::map<std::string, int64_t>& counts) {
  std::vector<std::pair<std::string, int64_t>> sorted(counts.begin(), counts.end());
  std::stable_sort(sorted.begin(), sorted.end(),
                   [](const auto& a, const auto& b) { return a.second > b.second; });
  if (sorted.size() > kMostFacetValues) sorted.resize(kMostFacetValues);
  v1::Facet facet;
  facet.set_attribute(attribute);
  for (const auto& [value, count] : sorted) {
    auto& entry = *facet.add_values();
    entry.set_value(value);
    entry.set_count(count);
  }
  return facet;
}

v1::EmptyResult ToWire(const EmptyReport& report) {
  const auto& words = report.of == EmptyReport::Of::kPeople ? kPeopleWho : kOpeningsThat;
  v1::EmptyResult empty;
  empty.set_considered(report.considered);
  std::vector<std::string> reasons;
  for (size_t i = 0; i < kRequirementCount; ++i) {
    if (report.failures[i] == 0) continue;
    auto& count = *empty.add_failures();
    count.set_requirement(ToWire(static_cast<Requirement>(i)));
    count.set_count(report.failures[i]);
    reasons.push_back(absl::StrCat(report.failures[i], " ", words[i]));
  }
  std::vector<std::string> changes;
  for (const Failure& failure : report.nearest) {
    *empty.add_nearest() = ToWire(failure);
    if (failure.change.has_value()) changes.push_back(failure.change->text);
  }
  std::string text = report.nobody_text;
  if (report.considered > 0) {
    text = absl::StrCat(report.among_text, ": ", absl::StrJoin(reasons, ", "), ".");
    if (!changes.empty()) {
      absl::StrAppend(&text, " Any one of these would change that: ",
                      absl::StrJoin(changes, "; "), ".");
    }
  }
  empty.set_text(text);
  return empty;
}

}  // namespace troupe
