#include "services/matching/answer_profiles.h"

#include <map>
#include <string>
#include <utility>
#include <vector>

#include "absl/strings/str_cat.h"
#include "matcher/base/status_macros.h"
#include "matcher/base/violation.h"
#include "matcher/domain/gazetteer.h"
#include "matcher/domain/role_taxonomy.h"
#include "matcher/rank/features.h"
#include "matcher/rank/find_profiles.h"
#include "matcher/rank/why_not.h"
#include "services/convert/resource_names.h"
#include "services/convert/types_conversion.h"
#include "services/matching/match_answer.h"
#include "services/matching/match_question.h"
#include "services/records/profile_record.h"

namespace troupe {
namespace {

// The stored profiles of `ids`, which are in the snapshot's pool.
absl::StatusOr<std::vector<Profile>> ReadProfiles(const ViewSnapshot& snapshot,
                                                  const std::vector<ProfileId>& ids) {
  std::vector<EntityKey> entities;
  for (ProfileId id : ids) entities.push_back({EntityKind::kProfile, id.value()});
  TROUPE_ASSIGN_OR_RETURN(const auto records, snapshot.MultiGet(entities));
  std::vector<Profile> profiles;
  for (const std::optional<StoredRecord>& record : records) {
    TROUPE_ASSIGN_OR_RETURN(Profile profile,
                            ParseProfile(record.has_value() ? record->bytes : std::string()));
    profiles.push_back(std::move(profile));
  }
  return profiles;
}

std::string PlaceId(PlaceIndex place) {
  return place == kNone ? std::string()
                        : ShippedPlaces().places()[static_cast<size_t>(place)].id;
}

// The word of each language: its speaker's record has it.
absl::StatusOr<std::map<std::string, int64_t>> NamedLanguages(
    const ViewSnapshot& snapshot, const std::map<Term, LanguageFacet>& facets) {
  std::vector<ProfileId> speakers;
  for (const auto& [term, facet] : facets) speakers.push_back(facet.speaker);
  TROUPE_ASSIGN_OR_RETURN(const std::vector<Profile> profiles, ReadProfiles(snapshot, speakers));
  std::map<std::string, int64_t> named;
  size_t at = 0;
  for (const auto& [term, facet] : facets) {
    for (const std::string& language : profiles[at].languages) {
      if (Term(Term::Vocabulary::kLanguage, language) == term) named[language] = facet.count;
    }
    ++at;
  }
  return named;
}

absl::Status AddFacets(const ViewSnapshot& snapshot, const ProfileFacets& facets,
                       v1::FindProfilesResponse& response) {
  std::map<std::string, int64_t> home;
  for (const auto& [place, count] : facets.home) home[PlaceId(place)] += count;
  std::map<std::string, int64_t> level;
  for (const auto& [value, count] : facets.level) level[absl::StrCat(value)] = count;
  std::map<std::string, int64_t> contended;
  for (const auto& [is, count] : facets.contended) contended[is ? "true" : "false"] = count;
  TROUPE_ASSIGN_OR_RETURN(const auto language, NamedLanguages(snapshot, facets.language));
  *response.add_facets() = MakeFacet("home_place", home);
  *response.add_facets() = MakeFacet("level", level);
  *response.add_facets() = MakeFacet("language", language);
  *response.add_facets() = MakeFacet("contended", contended);
  return absl::OkStatus();
}

absl::Status AddMatches(const ViewSnapshot& snapshot, const ProfilesQuestion& question,
                        const Target& target, const std::vector<Ranked<ProfileId>>& best,
                        v1::FindProfilesResponse& response) {
  std::vector<ProfileId> ids;
  for (const Ranked<ProfileId>& ranked : best) ids.push_back(ranked.id);
  TROUPE_ASSIGN_OR_RETURN(const std::vector<Profile> profiles, ReadProfiles(snapshot, ids));
  Rarities rarities(snapshot.pool(), question.as_of);
  const Query query(snapshot.pool(), question.demand, question.as_of, rarities,
                    ShownWith(question.weights));
  for (const Profile& profile : profiles) {
    const ProfileView view = *snapshot.pool().FindProfile(profile.id);
    const JudgedPair pair{query,          view,           profile, target.project,
                          target.opening, question.weights, true,
                          true,           snapshot.pool().CountHolds()};
    v1::Match& match = *response.add_matches();
    match = ToWire(pair);
    match.set_rank(response.matches_size());
    *match.mutable_profile_summary() = SummaryOf(pair);
  }
  return absl::OkStatus();
}

// Without reading a record.
void AddScores(const Pool& pool, const ProfilesQuestion& question,
               const std::vector<Ranked<ProfileId>>& best, v1::FindProfilesResponse& response) {
  Rarities rarities(pool, question.as_of);
  const Query query(pool, question.demand, question.as_of, rarities, FeatureSet());
  for (const Ranked<ProfileId>& ranked : best) {
    v1::Match& match = *response.add_matches();
    match.set_profile(FormatName(ranked.id));
    match.set_rank(response.matches_size());
    match.set_score_millionths(ranked.score_millionths);
    match.set_acceptance_millionths(AcceptanceValue(query, *pool.FindProfile(ranked.id)));
  }
}

// The one failure of each near miss, with its change.
absl::StatusOr<std::vector<Failure>> NearestFailures(const ViewSnapshot& snapshot,
                                                     const Diagnosis& diagnosis,
                                                     const Target& target, Day as_of) {
  std::vector<ProfileId> ids;
  for (const auto& miss : diagnosis.nearest) {
    if (miss.has_value()) ids.push_back(miss->profile);
  }
  TROUPE_ASSIGN_OR_RETURN(const std::vector<Profile> profiles, ReadProfiles(snapshot, ids));
  std::vector<Failure> nearest;
  for (const Profile& profile : profiles) {
    for (Failure& failure : WhyNot(profile, target.project, target.opening, as_of)) {
      nearest.push_back(std::move(failure));
    }
  }
  return nearest;
}

absl::Status AddDiagnosis(const ViewSnapshot& snapshot, const Diagnosis& diagnosis,
                          const Target& target, Day as_of, v1::FindProfilesResponse& response) {
  TROUPE_ASSIGN_OR_RETURN(const std::vector<Failure> nearest,
                          NearestFailures(snapshot, diagnosis, target, as_of));
  const std::string role = ShippedRoles().Find(target.opening.role)->name_en;
  *response.mutable_empty() = ToWire(EmptyReport{
      .of = EmptyReport::Of::kPeople,
      .considered = diagnosis.considered,
      .failures = diagnosis.failures,
      .nearest = nearest,
      .nobody_text = absl::StrCat("Nobody whom you may see, apart from people already attached, "
                                  "holds the role ", role, " or grows into it."),
      .among_text =
          diagnosis.considered == 1
              ? absl::StrCat("The only person in the role ", role, " does not fit")
              : absl::StrCat("None of ", diagnosis.considered, " people in the role ", role,
                             " fits")});
  return absl::OkStatus();
}

absl::Status ReadContacts(const v1::Spread& spread, Violations& found,
                          ProfilesQuestion& question) {
  constexpr int kMostPeople = 10'000;
  constexpr int64_t kMostContacts = 1'000'000;
  if (spread.contacts_size() > kMostPeople) {
    found.Add("spread.contacts", absl::StrCat("has ", spread.contacts_size(), " entries"),
              "give at most 10,000");
    return absl::OkStatus();
  }
  if (spread.contacts_size() > 0 && spread.seed() != 0) {
    found.Add("spread.seed", "is set beside contacts", "give one of them");
  }
  for (int i = 0; i < spread.contacts_size(); ++i) {
    const v1::Contacts& contacts = spread.contacts(i);
    const std::string field = absl::StrCat("spread.contacts[", i, "]");
    TROUPE_ASSIGN_OR_RETURN(const ProfileId id,
                            ParseProfileName(contacts.profile(), field + ".profile"));
    if (contacts.count() < 1 || contacts.count() > kMostContacts) {
      found.Add(field + ".count", absl::StrCat("is ", contacts.count()), "give 1 to 1,000,000");
    } else if (!question.contacts.emplace(id, contacts.count()).second) {
      found.Add(field + ".profile", "is named twice", "name each person once");
    }
  }
  return absl::OkStatus();
}

absl::Status ReadShortlistRules(const v1::FindProfilesRequest& request,
                                ProfilesQuestion& question) {
  constexpr int64_t kMostTolerance = 100'000;
  Violations found;
  if (request.newcomers() < 0 ||
      static_cast<size_t>(std::max(request.newcomers(), 0)) > question.top_k) {
    found.Add("newcomers", absl::StrCat("is ", request.newcomers()),
              absl::StrCat("give 0 to the page size, ", question.top_k));
  }
  question.newcomers = static_cast<size_t>(std::max(request.newcomers(), 0));
  if (request.has_spread()) {
    const v1::Spread& spread = request.spread();
    if (spread.tolerance_millionths() < 1 || spread.tolerance_millionths() > kMostTolerance) {
      found.Add("spread.tolerance_millionths", absl::StrCat("is ", spread.tolerance_millionths()),
                "give 1 to 100,000 millionths");
    }
    if (spread.seed() < 0) found.Add("spread.seed", "is negative", "give 0 or more");
    question.spread = spread.tolerance_millionths();
    question.spread_seed = static_cast<uint64_t>(spread.seed());
    TROUPE_RETURN_IF_ERROR(ReadContacts(spread, found, question));
  }
  return found.empty() ? absl::OkStatus() : found.ToStatus();
}

absl::StatusOr<ProfilesQuestion> ReadQuestion(const QuestionReader& reader,
                                              const v1::FindProfilesRequest& request,
                                              Target& target) {
  ProfilesQuestion question;
  TROUPE_ASSIGN_OR_RETURN(question.as_of, reader.AsOf(request.has_as_of(), request.as_of()));
  TROUPE_RETURN_IF_ERROR(CheckWindow(target, question.as_of));
  TROUPE_ASSIGN_OR_RETURN(question.top_k, ReadPageSize(request.page_size()));
  TROUPE_RETURN_IF_ERROR(reader.Attach(request.attached(), target));
  question.demand = MakeDemand(target.project, target.opening);
  TROUPE_ASSIGN_OR_RETURN(const ScoringModel model,
                          reader.ModelFor(request.weights(), request.model()));
  question.weights = model.Of(question.demand.scalars.role, RegimeOf(question.demand));
  if (!v1::MatchDetail_IsValid(request.detail())) {
    return InvalidField("detail", "is not one that there is", "give one of MatchDetail");
  }
  question.include_attached = request.include_attached();
  question.want_total = request.want_total();
  question.want_facets = request.want_facets();
  TROUPE_RETURN_IF_ERROR(ReadShortlistRules(request, question));
  return question;
}

}  // namespace

absl::StatusOr<v1::FindProfilesResponse> AnswerProfiles(const ViewSnapshot& snapshot,
                                                        const Call& call,
                                                        const v1::FindProfilesRequest& request) {
  const QuestionReader reader(snapshot, call.organization());
  TROUPE_ASSIGN_OR_RETURN(Target target, reader.TargetOf(request));
  if (target.project.ownership.owner != call.organization()) return OnlyOwnerMayAsk("project");
  TROUPE_ASSIGN_OR_RETURN(const ProfilesQuestion question, ReadQuestion(reader, request, target));
  TROUPE_ASSIGN_OR_RETURN(const ProfilesAnswer answer,
                          FindProfiles(snapshot.pool(), question, call.stop()));
  v1::FindProfilesResponse response;
  *response.mutable_as_of() = ToWire(question.as_of);
  if (answer.total.has_value()) response.set_total(*answer.total);
  if (answer.facets.has_value()) {
    TROUPE_RETURN_IF_ERROR(AddFacets(snapshot, *answer.facets, response));
  }
  if (answer.diagnosis.has_value()) {
    TROUPE_RETURN_IF_ERROR(
        AddDiagnosis(snapshot, *answer.diagnosis, target, question.as_of, response));
  }
  for (ProfileId id : answer.for_newcomers) response.add_for_newcomers(FormatName(id));
  if (question.spread > 0) response.set_spread_loss_millionths(answer.spread_loss);
  if (request.detail() == v1::MATCH_DETAIL_SCORE) {
    AddScores(snapshot.pool(), question, answer.best, response);
  } else {
    TROUPE_RETURN_IF_ERROR(AddMatches(snapshot, question, target, answer.best, response));
  }
  return response;
}

}  // namespace troupe
