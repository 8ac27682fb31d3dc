#include "matcher/rank/features.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstdlib>
#include <tuple>
#include <vector>

#include "absl/container/inlined_vector.h"
#include "matcher/base/millionths.h"
#include "matcher/domain/gazetteer.h"
#include "matcher/rank/eligibility.h"
#include "matcher/rank/role_adjacency.h"

namespace troupe {
namespace {

constexpr int64_t kPriorRatings = 10;
constexpr int64_t kPriorMeanThousandths = 3'500;
constexpr int64_t kDistanceHalfKm = 300;
constexpr int64_t kReadinessHalf = 50'000;
constexpr int64_t kPublicRatings = 5;  // So many the public rating counts for.
constexpr int64_t kUnknown = kMillionths / 2;  // Neither for nor against.

bool Contains(absl::Span<const Term> terms, Term term) {
  return std::find(terms.begin(), terms.end(), term) != terms.end();
}

}  // namespace

GenreOverlap OverlapOf(absl::Span<const Term> genres, absl::Span<const Term> others) {
  const int64_t both = std::count_if(genres.begin(), genres.end(),
                                     [&](Term genre) { return Contains(others, genre); });
  return {.both = both, .either = static_cast<int64_t>(genres.size() + others.size()) - both};
}

// The wanted skills, by level, a required one counting twice.
int64_t SkillsValue(const DatedDemand& query, const ProfileView& view) {
  return SkillsValueBy(query.demand().skills, [&view](Term wanted) {
    int64_t level = 0;  // Of the first that is the same; looked for without a branch.
    for (size_t i = view.skills.size(); i-- > 0;) {
      const SkillRow& skill = view.skills[i];
      level = skill.skill == wanted ? skill.level : level;
    }
    return level;
  });
}

// The mean of the ratings and of ten more of 3.5 stars.
int64_t RatingValue(const ProfileView& view) {
  const int64_t count = view.scalars->rating_count;
  const int64_t sum = count * view.scalars->rating_mean_thousandths +
                      kPriorRatings * kPriorMeanThousandths;
  const int64_t ratings = count + kPriorRatings;
  return Share(sum - 1'000 * ratings, 4'000 * ratings);
}

int64_t AcceptanceValue(const Query& query, const ProfileView& view) {
  return AcceptanceChance(AnswersOf(HoldsOf(view), query.OutcomesOf(view.scalars->id)),
                          query.market_answers());
}

// The mean of the ratings by the project's owner and of five more that are as the
// public one.
static int64_t OwnRatingValue(const Query& query, const ProfileView& view) {
  const OutcomeTally outcomes = query.OutcomesOf(view.scalars->id);
  const int64_t own =
      (outcomes.rating_hundredths - 100 * int64_t{outcomes.ratings}) * kMillionths / 400;
  return (own + kPublicRatings * RatingValue(view)) / (outcomes.ratings + kPublicRatings);
}

int64_t PlaceValue(const DatedDemand& query, const ProfileView& view) {
  const DemandScalars& demand = query.demand().scalars;
  return PlaceValue(demand.place, demand.remote_capable != 0, view);
}

int64_t PlaceValue(PlaceIndex place, bool remote_capable, const ProfileView& view) {
  if (place == kNone) return kMillionths;
  const int32_t distance = DistanceKm(view.scalars->home, place);
  const int64_t near = distance < 0 ? 0 : Share(kDistanceHalfKm, kDistanceHalfKm + distance);
  return remote_capable ? std::max(near, kUnknown) : near;
}

// A rate at the ceiling is worth a half, a rate of nothing 1.
int64_t PayValue(const DatedDemand& query, const RoleRow* role) {
  return PayValue(query.demand().scalars.ceiling, role);
}

int64_t PayValue(const Amount& ceiling, const RoleRow* role) {
  if (role == nullptr || !role->day_rate().IsStated() || !ceiling.IsStated()) return kUnknown;
  if (role->day_rate().currency != ceiling.currency) return 0;
  return Share(2 * ceiling.units - role->day_rate().units, std::max<int64_t>(2 * ceiling.units, 1));
}

namespace {

// Somebody attached, and a production that the profile worked on with them.
struct SharedProduction {
  ProfileId colleague;
  Term production;
  int64_t worth = 1;  // 2 if both were then in the roles they would have now.
  bool in_role = false;  // The profile was in the role asked for.
  int32_t date = kUndated;
  int64_t colleague_productions = 1;
};

// Of each pair of a colleague and a production, once: the most that any of the
// profile's credits on it says.
absl::InlinedVector<SharedProduction, 8> SharedProductions(const Query& query,
                                                           const ProfileView& view) {
  absl::InlinedVector<SharedProduction, 8> shared;
  if (!query.has_colleagues()) return shared;
  for (const CreditRow& credit : view.credits) {
    const ProductionRow& production = view.ProductionOf(credit);
    if (production.date >= query.as_of().since_epoch()) continue;
    const auto* colleagues = query.ColleaguesOn(production.production);
    if (colleagues == nullptr) continue;
    const bool in_role = credit.role == query.demand().scalars.role;
    for (const Query::Colleague& colleague : *colleagues) {
      if (colleague.profile == view.scalars->id) continue;
      shared.push_back({.colleague = colleague.profile,
                        .production = production.production,
                        .worth = in_role && colleague.in_role ? 2 : 1,
                        .in_role = in_role,
                        .date = production.date,
                        .colleague_productions = colleague.productions});
    }
  }
  std::sort(shared.begin(), shared.end(), [](const auto& a, const auto& b) {
    return std::tie(a.colleague, a.production) < std::tie(b.colleague, b.production);
  });
  size_t kept = 0;
  for (const SharedProduction& next : shared) {
    SharedProduction& last = shared[kept == 0 ? 0 : kept - 1];
    if (kept > 0 && last.colleague == next.colleague && last.production == next.production) {
      last.worth = std::max(last.worth, next.worth);
      last.in_role |= next.in_role;
      last.date = std::max(last.date, next.date);
    } else {
      shared[kept++] = next;
    }
  }
  shared.resize(kept);
  return shared;
}

// How fresh a credit is, squared, in millionths; what is undated counts as old.
int64_t Freshness(const Query& query, int32_t date) {
  if (date == kUndated) return 0;
  const int64_t fresh =
      Share(kActivityHalfDays, kActivityHalfDays + query.as_of().since_epoch() - date);
  return fresh * fresh / kMillionths;
}

// What the productions shared with the attached people say.
void SetCollaboration(const Query& query, const ProfileView& view, PerFeature& values) {
  constexpr int64_t kLoyaltyHalf = 300'000;
  int64_t worth = 0;
  int64_t in_role = 0;
  int64_t colleagues = 0;
  int64_t fresh = 0;
  int64_t loyalty = 0;
  ProfileId last;
  for (const SharedProduction& shared : SharedProductions(query, view)) {
    worth += shared.worth;
    in_role += shared.worth == 2;
    colleagues += colleagues == 0 || shared.colleague != last;
    last = shared.colleague;
    fresh += Freshness(query, shared.date);
    if (shared.in_role) loyalty += kMillionths / shared.colleague_productions;
  }
  const auto set = [&values](Feature feature, int64_t value) {
    values[static_cast<size_t>(feature)] = value;
  };
  set(Feature::kCollaboration, Saturate(worth, 2));
  set(Feature::kCollaborationInRole, Saturate(in_role, 1));
  set(Feature::kColleagues, Share(colleagues, std::max<int64_t>(query.people_attached(), 1)));
  set(Feature::kRecentCollaboration, Saturate(fresh, kMillionths / 2));
  set(Feature::kLoyalty, Saturate(loyalty, kLoyaltyHalf));
}

// The people on the way of the walk are colleagues' colleagues: where the
// profile has worked in the role, how likely the walk ends there.
int64_t ClosenessValue(const Query& query, const ProfileView& view) {
  constexpr int64_t kClosenessHalf = 100'000;
  if (!query.walk().has_value() || !query.walk()->IsAnywhere()) return 0;
  absl::InlinedVector<Term, 16> productions;
  for (const CreditRow& credit : view.credits) {
    const ProductionRow& production = view.ProductionOf(credit);
    if (credit.role == query.demand().scalars.role &&
        production.date < query.as_of().since_epoch()) {
      productions.push_back(production.production);
    }
  }
  std::sort(productions.begin(), productions.end());
  int64_t chance = 0;
  for (size_t i = 0; i < productions.size(); ++i) {
    if (i == 0 || productions[i] != productions[i - 1]) {
      chance += query.walk()->ChanceOf(productions[i]);
    }
  }
  static_assert(CreditWalk::kCertain == kMillionths * kMillionths);
  const auto root = static_cast<int64_t>(std::sqrt(static_cast<double>(chance)));
  return Saturate(root, kClosenessHalf);
}

// The share of somebody's `credits` that has what `odds` of all productions
// have, `with` of them: with one more that has it as often as all do. On a
// logarithmic scale, from 1/200 on.
int64_t FitValue(int64_t with, int64_t credits, int64_t odds) {
  static const double kScale = static_cast<double>(kMillionths) / std::log(200.0);
  const int64_t share = (with * kMillionths + odds) / (credits + 1);
  if (share <= 0) return 0;
  const double fit = std::log(static_cast<double>(share) / static_cast<double>(kMillionths));
  return std::clamp<int64_t>(kMillionths + std::llround(fit * kScale), 0, kMillionths);
}

}  // namespace

// What the profile's wishes say of the opening: the mean over the kinds of wish
// that it states.
int64_t ReciprocityValue(const DatedDemand& query, const ProfileView& view, const RoleRow* role) {
  const Demand& demand = query.demand();
  return ReciprocityValue(demand.genres, demand.scalars.place, demand.scalars.ceiling, view,
                          GrowthValue(view, role));
}

int64_t WishedPlaceValue(PlaceIndex place, const ProfileView& view) {
  if (place == kNone) return kUnknown;
  const bool any = std::any_of(
      view.wished_places.begin(), view.wished_places.end(), [&](PlaceIndex wished) {
        return wished != kNone && ShippedPlaces().IsWithin(place, wished);
      });
  return any ? kMillionths : 0;
}

int64_t GrowthValue(RoleIndex role, const ProfileView& view) {
  const int64_t chance = RoleAdjacency::Shipped().LikeliestInto(role, view.roles).chance;
  return (kMillionths + Saturate(chance, kReadinessHalf)) / 2;
}

std::optional<int64_t> GrowthValue(const ProfileView& view, const RoleRow* role) {
  if (role == nullptr || !role->grow_into) return std::nullopt;
  return GrowthValue(role->role, view);
}

int64_t ReciprocityValue(absl::Span<const Term> genres, PlaceIndex place, const Amount& ceiling,
                         const ProfileView& view, std::optional<int64_t> growth) {
  int64_t sum = 0;
  int64_t kinds = 0;
  const auto add = [&](int64_t value) {
    sum += value;
    ++kinds;
  };
  if (!view.wished_genres.empty()) {
    bool any = false;
    for (Term genre : genres) {  // Few of few: without asking after each.
      for (Term wished : view.wished_genres) any |= genre == wished;
    }
    add(genres.empty() ? kUnknown : any ? kMillionths : 0);
  }
  if (!view.wished_places.empty()) add(WishedPlaceValue(place, view));
  if (const Amount& floor = view.scalars->pay_floor; floor.IsStated()) {
    if (!ceiling.IsStated()) {
      add(kUnknown);
    } else if (ceiling.currency != floor.currency) {
      add(0);
    } else {
      add(floor.IsMoreThan(ceiling) ? Share(ceiling.units, std::max<int64_t>(floor.units, 1))
                                    : kMillionths);
    }
  }
  if (growth.has_value()) add(*growth);
  return kinds == 0 ? kUnknown : sum / kinds;
}

namespace {

// What a profile's credits before the day of the question say, gathered in one
// pass over them.
class Career {
 public:
  // Of credits that have something.
  struct Count {
    int64_t all = 0;
    int64_t in_role = 0;
  };

  Career(const Query& query, const ProfileView& view)
      : query_(query), demand_(query.demand()), view_(view) {
    genres_.resize(demand_.genres.size());
    companies_.resize(demand_.companies.size());
    tags_.resize(demand_.tags.size());
    countries_.resize(demand_.countries.size());
    looks_for_similar_work_ = query.trait_length() > 0;
    for (const CreditRow& credit : view.credits) {
      const ProductionRow& production = view.ProductionOf(credit);
      if (production.date >= query.as_of().since_epoch()) continue;
      const bool in_role = credit.role == demand_.scalars.role;
      ++credits_;
      newest_in_any_role_ = std::max(newest_in_any_role_, production.date);
      AddTerms(production, in_role);
      if (in_role) AddRoleCredit(production);
    }
  }

  int64_t Experience(const RoleRow* role) const {
    return Saturate(role_credits_ + (role == nullptr ? 0 : role->years), kExperienceHalf);
  }

  // Over the project's genres and styles, credits in it and one more if the
  // profile declares it, saturating.
  int64_t Genres() const {
    const size_t count = demand_.genres.size() + demand_.styles.size();
    if (count == 0) return 0;
    int64_t sum = 0;
    for (size_t i = 0; i < demand_.genres.size(); ++i) {
      sum += Saturate(genres_[i].all + Contains(view_.genres, demand_.genres[i]), 1);
    }
    for (Term style : demand_.styles) sum += Saturate(Contains(view_.styles, style), 1);
    return sum / static_cast<int64_t>(count);
  }

  // `which` of the counts: of all credits or of those in the role.
  int64_t Company(int64_t Count::* which) const {
    int64_t weight = 0;
    for (size_t i = 0; i < companies_.size(); ++i) {
      weight += companies_[i].*which * query_.company_rarities()[i];
    }
    return Saturate(weight, kMillionths);
  }

  int64_t RecentCompany() const { return Saturate(recent_company_, kMillionths / 2); }

  int64_t Tags(int64_t Count::* which) const {
    int64_t weight = 0;
    int64_t all = 0;
    for (size_t i = 0; i < tags_.size(); ++i) {
      const int64_t rarity = query_.tag_rarities()[i];
      weight += rarity * (tags_[i].*which) / (tags_[i].*which + 1);
      all += rarity;
    }
    return all == 0 ? 0 : Share(2 * weight, all);
  }

  // The mean share of the genres, with two more credits that are as all
  // productions are.
  int64_t GenreShare() const {
    if (genres_.empty()) return 0;
    int64_t sum = 0;
    for (size_t i = 0; i < genres_.size(); ++i) {
      sum += std::min((genres_[i].in_role * kMillionths + 2 * query_.genre_odds()[i]) /
                          (role_credits_ + 2),
                      kMillionths);
    }
    return sum / static_cast<int64_t>(genres_.size());
  }

  int64_t LanguageFit() const {
    return demand_.scalars.language
               ? FitValue(in_language_, role_credits_, query_.language_odds())
               : 0;
  }

  int64_t CountryFit() const {
    if (countries_.empty()) return 0;
    int64_t sum = 0;
    for (size_t i = 0; i < countries_.size(); ++i) {
      sum += FitValue(countries_[i].in_role, role_credits_, query_.country_odds()[i]);
    }
    return sum / static_cast<int64_t>(countries_.size());
  }

  int64_t SimilarWork() const { return Saturate(similar_work_, kSimilarWorkHalf); }

  int64_t GenreMix() const { return Saturate(genre_mix_, kGenreMixHalf); }

  int64_t ExperienceAny() const { return Saturate(credits_, kExperienceHalf); }

  int64_t RecencyAny() const { return RecencyOf(newest_in_any_role_); }

  int64_t Similarity() const { return similarity_; }

  int64_t Recency() const { return RecencyOf(newest_); }

  int64_t Activity() const { return Saturate(activity_, kMillionths); }

  int64_t Language() const {
    return demand_.scalars.language ? Share(in_language_, role_credits_ + 1) : 0;
  }

  int64_t Country() const {
    if (countries_.empty()) return 0;
    int64_t sum = 0;
    for (const Count& count : countries_) sum += Share(count.in_role, role_credits_ + 1);
    return sum / static_cast<int64_t>(countries_.size());
  }

  int64_t Budget() const { return Share(budget_nearness_, kBudgetOctaves * (with_budget_ + 1)); }

 private:
  using Counts = absl::InlinedVector<Count, 16>;

  int64_t AgeOf(int32_t date) const { return query_.as_of().since_epoch() - date; }

  int64_t RecencyOf(int32_t date) const {
    return date == kUndated ? 0 : Share(kRecencyHalfDays, kRecencyHalfDays + AgeOf(date));
  }

  static void CountTerms(absl::Span<const Term> terms, absl::Span<const Term> asked, bool in_role,
                         Counts& counts) {
    for (size_t i = 0; i < asked.size(); ++i) {
      if (!Contains(terms, asked[i])) continue;
      ++counts[i].all;
      counts[i].in_role += in_role;
    }
  }

  void AddTerms(const ProductionRow& production, bool in_role) {
    absl::Span<const Term> terms = view_.TermsOf(production);
    const auto take = [&terms](size_t count) {
      const auto taken = terms.first(count);
      terms.remove_prefix(count);
      return taken;
    };
    int64_t alike = query_.TraitWeight(production.language);
    for (Term term : terms) alike += query_.TraitWeight(term);
    if (alike > 0 && in_role && looks_for_similar_work_) AddSimilarWork(production, terms);
    const absl::Span<const Term> genres = take(production.genres);
    CountTerms(genres, demand_.genres, in_role, genres_);
    if (in_role && query_.wanted().Has(Feature::kGenreMix)) AddGenreMix(genres);
    CountTerms(take(production.tags), demand_.tags, in_role, tags_);
    const absl::Span<const Term> companies = take(production.companies);
    CountTerms(companies, demand_.companies, in_role, companies_);
    if (query_.wanted().Has(Feature::kRecentCompany)) AddRecentCompany(production, companies);
    CountTerms(take(production.countries), demand_.countries, in_role, countries_);
    if (query_.total_trait_weight() > 0) {
      const int64_t share = Share(alike, query_.total_trait_weight());
      similarity_ = std::max(similarity_, in_role ? share : share / 2);
    }
  }

  // The cosine of the project's traits, each as rare as it is, and those of the
  // production, to the third power: so that a few that are much alike say more
  // than many that are somewhat.
  void AddSimilarWork(const ProductionRow& production, absl::Span<const Term> terms) {
    int64_t shared = query_.TraitSquare(production.language);
    for (Term term : terms) shared += query_.TraitSquare(term);
    const int64_t squares = kGenreWeight * kGenreWeight * production.genres +
                            kTagWeight * kTagWeight * production.tags +
                            kCompanyWeight * kCompanyWeight * production.companies +
                            kCountryWeight * kCountryWeight * production.countries +
                            (production.language ? kLanguageWeight * kLanguageWeight : 0);
    const double cosine_of_all = static_cast<double>(shared) /
                                 (query_.trait_length() * std::sqrt(static_cast<double>(squares)));
    const int64_t cosine = std::min(
        static_cast<int64_t>(cosine_of_all * static_cast<double>(kMillionths)), kMillionths);
    similar_work_ += cosine * cosine / kMillionths * cosine / kMillionths;
  }

  // The share that the project and the production have in common of their genres,
  // to the fourth power: so that one of just this mix says more than many that
  // have a part of it.
  void AddGenreMix(absl::Span<const Term> genres) {
    const GenreOverlap overlap = OverlapOf(genres, demand_.genres);
    if (overlap.both == 0) return;
    const int64_t share = Share(overlap.both, overlap.either);
    const int64_t square = share * share / kMillionths;
    genre_mix_ += square * square / kMillionths;
  }

  void AddRecentCompany(const ProductionRow& production, absl::Span<const Term> companies) {
    int64_t rarity = 0;
    for (size_t i = 0; i < demand_.companies.size(); ++i) {
      if (Contains(companies, demand_.companies[i])) rarity += query_.company_rarities()[i];
    }
    if (rarity > 0) recent_company_ += Freshness(query_, production.date) * rarity / kMillionths;
  }

  void AddRoleCredit(const ProductionRow& production) {
    ++role_credits_;
    in_language_ += production.language == demand_.scalars.language;
    newest_ = std::max(newest_, production.date);
    activity_ += Freshness(query_, production.date);
    if (production.budget_octave < 0 || demand_.scalars.budget_octave < 0 ||
        production.budget_currency != demand_.scalars.budget_currency) {
      return;
    }
    ++with_budget_;
    const int64_t apart = std::abs(production.budget_octave - demand_.scalars.budget_octave);
    budget_nearness_ += std::max<int64_t>(kBudgetOctaves - apart, 0);
  }

  const Query& query_;
  const Demand& demand_;
  const ProfileView& view_;
  bool looks_for_similar_work_ = false;
  int64_t credits_ = 0;
  int64_t role_credits_ = 0;
  Counts genres_;
  Counts companies_;
  Counts tags_;
  Counts countries_;
  int64_t recent_company_ = 0;
  int64_t similarity_ = 0;
  int64_t similar_work_ = 0;
  int64_t genre_mix_ = 0;
  int32_t newest_ = kUndated;
  int32_t newest_in_any_role_ = kUndated;
  int64_t activity_ = 0;
  int64_t in_language_ = 0;
  int64_t with_budget_ = 0;
  int64_t budget_nearness_ = 0;
};

}  // namespace

PerFeature Evaluate(const Query& query, const ProfileView& view, const RoleRow* role) {
  const Career career(query, view);
  PerFeature values{};
  const auto set = [&values](Feature feature, int64_t value) {
    values[static_cast<size_t>(feature)] = value;
  };
  set(Feature::kSkills, SkillsValue(query, view));
  set(Feature::kGenres, career.Genres());
  set(Feature::kExperience, career.Experience(role));
  set(Feature::kRating, RatingValue(view));
  set(Feature::kPlace, PlaceValue(query, view));
  set(Feature::kPay, PayValue(query, role));
  set(Feature::kCompany, career.Company(&Career::Count::all));
  set(Feature::kTags, career.Tags(&Career::Count::all));
  set(Feature::kSimilarity, career.Similarity());
  set(Feature::kReciprocity, ReciprocityValue(query, view, role));
  set(Feature::kRecency, career.Recency());
  set(Feature::kActivity, career.Activity());
  set(Feature::kLanguage, career.Language());
  set(Feature::kCountry, career.Country());
  set(Feature::kBudget, career.Budget());
  SetCollaboration(query, view, values);
  if (query.wanted().HasAnyOf(kLearnedFeatures)) {
    set(Feature::kExperienceAny, career.ExperienceAny());
    set(Feature::kRecencyAny, career.RecencyAny());
    set(Feature::kCompanyInRole, career.Company(&Career::Count::in_role));
    set(Feature::kTagsInRole, career.Tags(&Career::Count::in_role));
    set(Feature::kRecentCompany, career.RecentCompany());
    set(Feature::kSimilarWork, career.SimilarWork());
    set(Feature::kGenreMix, career.GenreMix());
    set(Feature::kCloseness, ClosenessValue(query, view));
    set(Feature::kAttached, query.demand().IsAttached(view.scalars->id) ? kMillionths : 0);
  }
  if (query.wanted().Has(Feature::kAcceptance)) {
    set(Feature::kAcceptance, AcceptanceValue(query, view));
  }
  if (query.wanted().Has(Feature::kOwnRating)) {
    set(Feature::kOwnRating, OwnRatingValue(query, view));
  }
  if (query.wanted().Has(Feature::kGenreShare)) set(Feature::kGenreShare, career.GenreShare());
  if (query.wanted().Has(Feature::kLanguageFit)) set(Feature::kLanguageFit, career.LanguageFit());
  if (query.wanted().Has(Feature::kCountryFit)) set(Feature::kCountryFit, career.CountryFit());
  return values;
}

}  // namespace troupe
