#include "matcher/rank/evidence.h"

#include <algorithm>
#include <utility>

#include "absl/strings/str_cat.h"
#include "matcher/base/millionths.h"
#include "matcher/domain/gazetteer.h"
#include "matcher/domain/role_taxonomy.h"
#include "matcher/index/profile_row.h"
#include "matcher/index/terms.h"
#include "matcher/rank/credit_evidence.h"
#include "matcher/rank/eligibility.h"
#include "matcher/rank/features.h"
#include "matcher/rank/role_adjacency.h"
#include "matcher/rank/weightiest.h"
#include "matcher/rank/wording.h"

namespace troupe {
namespace {

bool Contains(const std::vector<std::string>& words, const std::string& word) {
  return std::find(words.begin(), words.end(), word) != words.end();
}

Evidence Line(absl::string_view kind, std::string text) {
  return {.kind = std::string(kind), .text = std::move(text)};
}

std::vector<Evidence> SkillsEvidence(const Profile& profile, const Opening& opening) {
  if (opening.skills.empty()) return {Line("skill", "no skill is asked for")};
  std::vector<Ground> grounds;
  for (size_t i = 0; i < opening.skills.size(); ++i) {
    const WantedSkill& want = opening.skills[i];
    const int64_t met = std::min(profile.SkillLevel(want.skill), want.level);
    grounds.push_back({want.required ? 2 * met : met, i});
  }
  return Weightiest(std::move(grounds), [&](size_t which) -> std::optional<Evidence> {
    const WantedSkill& want = opening.skills[which];
    return Evidence{.kind = "skill",
                    .id = want.skill,
                    .text = absl::StrCat(want.skill, " at level ", profile.SkillLevel(want.skill),
                                         " of ", want.level,
                                         want.required ? " required" : " asked")};
  });
}

std::vector<Evidence> RatingEvidence(const Rating& rating) {
  if (rating.count == 0) return {Line("rating", "not rated yet, which counts as 3.5 of 5")};
  return {Line("rating", absl::StrCat(rating.mean_thousandths / 1'000.0, " of 5 from ",
                                      Counted(rating.count, "rating")))};
}

// How holds for others came out is for the person's side to know.
std::vector<Evidence> AcceptanceEvidence(const Query& query, const Profile& profile) {
  const OutcomeTally outcomes = query.OutcomesOf(profile.id);
  const int64_t answers = outcomes.accepted + outcomes.declined;
  if (answers > 0) {
    return {Line("answers", absl::StrCat("took ", outcomes.accepted, " of ",
                                         Counted(answers, "offer"), " of yours"))};
  }
  return {Line("answers", "has answered no offer of yours yet: by how holds were answered")};
}

std::vector<Evidence> OwnRatingEvidence(const Query& query, const Profile& profile) {
  const OutcomeTally outcomes = query.OutcomesOf(profile.id);
  if (outcomes.ratings == 0) {
    return {Line("rating", "not rated by you yet, which counts as the public rating")};
  }
  const int64_t mean = outcomes.rating_hundredths / outcomes.ratings;
  return {Line("rating", absl::StrCat(static_cast<double>(mean) / 100, " of 5 from ",
                                      Counted(outcomes.ratings, "rating"), " of yours"))};
}

std::vector<Evidence> PlaceEvidence(const Query& query, const Profile& profile,
                                    const std::string& place, int64_t value) {
  if (query.demand().scalars.place == kNone) {
    return {Line("place", "the place of the work is not fixed")};
  }
  std::vector<Evidence> lines;
  // A remote role is worth a half wherever the person lives.
  if (query.demand().scalars.remote_capable && value == kMillionths / 2) {
    lines.push_back(Line("place", "the role can be done from anywhere"));
  }
  const int32_t distance = DistanceKm(PlaceIndexOf(profile.home_place), PlaceIndexOf(place));
  if (distance < 0) {
    lines.push_back(Line("place", "the home place is not known"));
  } else {
    lines.push_back({.kind = "place",
                     .id = profile.home_place,
                     .text = distance == 0
                                 ? absl::StrCat("lives in ", PlaceName(profile.home_place),
                                                ", where the work is")
                                 : absl::StrCat("lives in ", PlaceName(profile.home_place), ", ",
                                                distance, " km from ", PlaceName(place))});
  }
  return lines;
}

std::vector<Evidence> PayEvidence(const ProfileRole* role, const std::optional<Money>& ceiling) {
  if (role == nullptr || !role->day_rate.has_value()) {
    return {Line("rate", "no day rate is stated")};
  }
  if (!ceiling.has_value()) return {Line("rate", "no ceiling is stated")};
  const std::string rate = ToString(*role->day_rate);
  if (role->day_rate->currency != ceiling->currency) {
    return {Line("rate", absl::StrCat(rate, " a day; the ceiling is in ", ceiling->currency))};
  }
  return {Line("rate", absl::StrCat(rate, " of at most ", ToString(*ceiling), " a day"))};
}

// What a kind of wish says of an opening, and how much it adds: the better met,
// the more.
struct Wish {
  int64_t met = 0;
  Evidence evidence;
};

Wish GenreWish(const Wishes& wishes, const std::vector<Label>& genres) {
  if (genres.empty()) {
    return {kMillionths / 2,
            {.kind = "wish", .id = "genres", .text = "the genres of the work are not stated"}};
  }
  std::vector<std::string> met;
  for (const Label& genre : genres) {
    if (Contains(wishes.genres, genre.id) && !Contains(met, genre.shown())) {
      met.push_back(genre.shown());
    }
  }
  return {met.empty() ? 0 : kMillionths,
          {.kind = "wish", .id = "genres", .text = "wishes for " + Listed(met)}};
}

Wish PlaceWish(const Wishes& wishes, const std::string& place) {
  const int index = ShippedPlaces().IndexOf(place);
  if (index < 0) {
    return {kMillionths / 2,
            {.kind = "wish", .id = "places", .text = "the place of the work is not fixed"}};
  }
  for (const std::string& wished : wishes.places) {
    if (ShippedPlaces().IsWithin(index, ShippedPlaces().IndexOf(wished))) {
      return {kMillionths,
              {.kind = "wish", .id = "places", .text = "wishes to work in " + PlaceName(wished)}};
    }
  }
  return {};
}

Wish PayWish(const Money& floor, const std::optional<Money>& ceiling) {
  const std::string text = absl::StrCat("wishes for at least ", ToString(floor), " a day; ");
  if (!ceiling.has_value()) {
    return {kMillionths / 2,
            {.kind = "wish", .id = "pay_floor", .text = text + "no ceiling is stated"}};
  }
  if (ceiling->currency != floor.currency) return {};
  const bool is_met = CompareAmounts(floor, *ceiling) <= 0;
  return {is_met ? kMillionths : Share(ceiling->units, std::max<int64_t>(floor.units, 1)),
          {.kind = "wish",
           .id = "pay_floor",
           .text = absl::StrCat(text, "the ceiling is ", ToString(*ceiling))}};
}

Wish GrowthWish(const Profile& profile, const std::string& role) {
  const ProfileRow row = MakeProfileRow(profile);
  const RoleStep step = RoleAdjacency::Shipped().LikeliestInto(RoleIndexOf(role), row.roles);
  std::string text = "wishes to grow into the role " + RoleName(role);
  if (step.chance > 0) {
    const Role& from = ShippedRoles().roles()[static_cast<size_t>(step.from)];
    absl::StrAppend(&text, "; of people in the role ", RoleName(from.id), ", about ",
                    step.chance / 10'000, " % come to it");
  }
  return {GrowthValue(RoleIndexOf(role), row.View()),
          {.kind = "wish", .id = "roles", .text = std::move(text)}};
}

std::vector<Evidence> ReciprocityEvidence(const Profile& profile, const Project& project,
                                          const Opening& opening) {
  std::vector<Wish> wishes;
  const Wishes& stated = profile.wishes;
  const ProfileRole* role = profile.FindRole(opening.role);
  if (role != nullptr && role->grow_into) {
    wishes.push_back(GrowthWish(profile, opening.role));
  }
  if (!stated.genres.empty()) wishes.push_back(GenreWish(stated, project.GenresOf(opening)));
  if (!stated.places.empty()) wishes.push_back(PlaceWish(stated, project.PlaceOf(opening)));
  if (stated.pay_floor.has_value()) {
    wishes.push_back(PayWish(*stated.pay_floor, opening.pay_ceiling));
  }
  if (wishes.empty()) return {Line("wish", "no wish is stated")};
  std::vector<Ground> grounds;
  for (size_t i = 0; i < wishes.size(); ++i) grounds.push_back({wishes[i].met, i});
  return Weightiest(std::move(grounds), [&](size_t which) -> std::optional<Evidence> {
    return std::move(wishes[which].evidence);
  });
}

}  // namespace

EvidencePerFeature EvidenceOf(const Query& query, const Profile& profile, const Project& project,
                              const Opening& opening, const PerFeature& values) {
  EvidencePerFeature evidence;
  const auto value = [&values](Feature feature) { return values[static_cast<size_t>(feature)]; };
  const auto set = [&](Feature feature, std::vector<Evidence> lines) {
    evidence[static_cast<size_t>(feature)] = std::move(lines);
  };
  set(Feature::kRating, RatingEvidence(profile.rating));
  set(Feature::kPlace,
      PlaceEvidence(query, profile, project.PlaceOf(opening), value(Feature::kPlace)));
  set(Feature::kPay, PayEvidence(profile.FindRole(opening.role), opening.pay_ceiling));
  const CreditEvidence credits(query, profile, project, opening);
  // Nothing stands for a value of 0 in these.
  const auto set_unless_0 = [&](Feature feature, auto find) {
    if (value(feature) > 0) set(feature, find());
  };
  set_unless_0(Feature::kSkills, [&] { return SkillsEvidence(profile, opening); });
  set_unless_0(Feature::kGenres, [&] { return credits.Genres(); });
  set_unless_0(Feature::kExperience, [&] { return credits.Experience(); });
  set_unless_0(Feature::kCollaboration, [&] { return credits.Collaboration(); });
  set_unless_0(Feature::kCompany, [&] { return credits.Company(); });
  set_unless_0(Feature::kTags, [&] { return credits.Tags(); });
  set_unless_0(Feature::kSimilarity, [&] { return credits.Similarity(); });
  set_unless_0(Feature::kReciprocity,
               [&] { return ReciprocityEvidence(profile, project, opening); });
  set_unless_0(Feature::kRecency, [&] { return credits.Recency(); });
  set_unless_0(Feature::kActivity, [&] { return credits.Activity(); });
  set_unless_0(Feature::kLanguage, [&] { return credits.Language(); });
  set_unless_0(Feature::kCountry, [&] { return credits.Country(); });
  set_unless_0(Feature::kBudget, [&] { return credits.Budget(); });
  set_unless_0(Feature::kExperienceAny, [&] { return credits.ExperienceAny(); });
  set_unless_0(Feature::kRecencyAny, [&] { return credits.RecencyAny(); });
  set_unless_0(Feature::kGenreShare, [&] { return credits.GenreShare(); });
  set_unless_0(Feature::kCompanyInRole, [&] { return credits.CompanyInRole(); });
  set_unless_0(Feature::kTagsInRole, [&] { return credits.TagsInRole(); });
  set_unless_0(Feature::kLanguageFit, [&] { return credits.LanguageFit(); });
  set_unless_0(Feature::kCountryFit, [&] { return credits.CountryFit(); });
  set_unless_0(Feature::kSimilarWork, [&] { return credits.SimilarWork(); });
  set_unless_0(Feature::kRecentCompany, [&] { return credits.RecentCompany(); });
  set_unless_0(Feature::kCollaborationInRole, [&] { return credits.CollaborationInRole(); });
  set_unless_0(Feature::kColleagues, [&] { return credits.Collaboration(); });
  set_unless_0(Feature::kRecentCollaboration, [&] { return credits.Collaboration(); });
  set_unless_0(Feature::kLoyalty, [&] { return credits.Loyalty(); });
  set_unless_0(Feature::kCloseness, [&] { return credits.Closeness(); });
  set_unless_0(Feature::kAttached, [] {
    return std::vector<Evidence>{Line("attached", "is on the project already")};
  });
  set_unless_0(Feature::kGenreMix, [&] { return credits.GenreMix(); });
  set_unless_0(Feature::kAcceptance, [&] { return AcceptanceEvidence(query, profile); });
  set_unless_0(Feature::kOwnRating, [&] { return OwnRatingEvidence(query, profile); });
  return evidence;
}

}  // namespace troupe
