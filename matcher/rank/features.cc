#include "matcher/rank/features.h"

#include <algorithm>
#include <array>
#include <cstdlib>
#include <tuple>
#include <vector>

#include "absl/container/inlined_vector.h"
#include "matcher/base/millionths.h"
#include "matcher/domain/gazetteer.h"
#include "matcher/rank/eligibility.h"

namespace troupe {
namespace {

constexpr int64_t kPriorRatings = 10;
constexpr int64_t kPriorMeanThousandths = 3'500;
constexpr int64_t kDistanceHalfKm = 300;
constexpr int64_t kUnknown = kMillionths / 2;  // Neither for nor against.

bool Contains(absl::Span<const Term> terms, Term term) {
  return std::find(terms.begin(), terms.end(), term) != terms.end();
}

}  // namespace

// The wanted skills, by level, a required one counting twice.
int64_t SkillsValue(const DatedDemand& query, const ProfileView& view) {
  return SkillsValue(query.demand().skills, view);
}

int64_t SkillsValue(absl::Span<const WantedSkillRow> wanted_skills, const ProfileView& view) {
  int64_t met = 0;
  int64_t wanted = 0;
  for (const WantedSkillRow& want : wanted_skills) {
    const int64_t weight = want.required ? 2 : 1;
    const auto has =
        std::find_if(view.skills.begin(), view.skills.end(),
                     [&](const SkillRow& skill) { return skill.skill == want.skill; });
    const int64_t level = has == view.skills.end() ? 0 : has->level;
    met += weight * std::min<int64_t>(level, want.level);
    wanted += weight * want.level;
  }
  return wanted == 0 ? kMillionths : Share(met, wanted);
}

// The mean of the ratings and of ten more of 3.5 stars.
int64_t RatingValue(const ProfileView& view) {
  const int64_t count = view.scalars->rating_count;
  const int64_t sum = count * view.scalars->rating_mean_thousandths +
                      kPriorRatings * kPriorMeanThousandths;
  const int64_t ratings = count + kPriorRatings;
  return Share(sum - 1'000 * ratings, 4'000 * ratings);
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

// Productions shared with the attached people, each pair of a person and a
// production once: 2 if both were then in the roles they would have now, else 1.
int64_t CollaborationValue(const Query& query, const ProfileView& view) {
  struct Shared {
    ProfileId colleague;
    Term production;
    int64_t worth;
  };
  absl::InlinedVector<Shared, 8> shared;
  for (const CreditRow& credit : view.credits) {
    const ProductionRow& production = view.ProductionOf(credit);
    if (production.date >= query.as_of().since_epoch()) continue;
    const auto* colleagues = query.ColleaguesOn(production.production);
    if (colleagues == nullptr) continue;
    const bool in_role = credit.role == query.demand().scalars.role;
    for (const Query::Colleague& colleague : *colleagues) {
      if (colleague.profile == view.scalars->id) continue;
      shared.push_back({colleague.profile, production.production,
                        in_role && colleague.in_role ? 2 : 1});
    }
  }
  // Of each pair the worthiest is first and counts.
  std::sort(shared.begin(), shared.end(), [](const Shared& a, const Shared& b) {
    return std::tuple(a.colleague, a.production, -a.worth) <
           std::tuple(b.colleague, b.production, -b.worth);
  });
  int64_t worth = 0;
  for (size_t i = 0; i < shared.size(); ++i) {
    const bool is_repeat = i > 0 && shared[i - 1].colleague == shared[i].colleague &&
                           shared[i - 1].production == shared[i].production;
    if (!is_repeat) worth += shared[i].worth;
  }
  return Saturate(worth, 2);
}

// What the profile's wishes say of the opening: the mean over the kinds of wish
// that it states.
int64_t ReciprocityValue(const DatedDemand& query, const ProfileView& view, const RoleRow* role) {
  const Demand& demand = query.demand();
  return ReciprocityValue(demand.genres, demand.scalars.place, demand.scalars.ceiling, view, role);
}

int64_t WishedPlaceValue(PlaceIndex place, const ProfileView& view) {
  if (place == kNone) return kUnknown;
  const bool any = std::any_of(
      view.wished_places.begin(), view.wished_places.end(), [&](PlaceIndex wished) {
        return wished != kNone && ShippedPlaces().IsWithin(place, wished);
      });
  return any ? kMillionths : 0;
}

int64_t ReciprocityValue(absl::Span<const Term> genres, PlaceIndex place, const Amount& ceiling,
                         const ProfileView& view, const RoleRow* role) {
  int64_t sum = 0;
  int64_t kinds = 0;
  const auto add = [&](int64_t value) {
    sum += value;
    ++kinds;
  };
  if (!view.wished_genres.empty()) {
    const bool any = std::any_of(genres.begin(), genres.end(), [&](Term genre) {
      return Contains(view.wished_genres, genre);
    });
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
  if (role != nullptr && role->grow_into) add(kMillionths);
  return kinds == 0 ? kUnknown : sum / kinds;
}

namespace {

// What a profile's credits before the day of the question say, gathered in one
// pass over them.
class Career {
 public:
  Career(const Query& query, const ProfileView& view)
      : query_(query), demand_(query.demand()), view_(view) {
    genres_.resize(demand_.genres.size());
    companies_.resize(demand_.companies.size());
    tags_.resize(demand_.tags.size());
    countries_.resize(demand_.countries.size());
    for (const CreditRow& credit : view.credits) {
      const ProductionRow& production = view.ProductionOf(credit);
      if (production.date >= query.as_of().since_epoch()) continue;
      const bool in_role = credit.role == demand_.scalars.role;
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
      sum += Saturate(genres_[i] + Contains(view_.genres, demand_.genres[i]), 1);
    }
    for (Term style : demand_.styles) sum += Saturate(Contains(view_.styles, style), 1);
    return sum / static_cast<int64_t>(count);
  }

  int64_t Company() const {
    int64_t weight = 0;
    for (size_t i = 0; i < companies_.size(); ++i) {
      weight += companies_[i] * query_.company_rarities()[i];
    }
    return Saturate(weight, kMillionths);
  }

  int64_t Tags() const {
    int64_t weight = 0;
    int64_t all = 0;
    for (size_t i = 0; i < tags_.size(); ++i) {
      const int64_t rarity = query_.tag_rarities()[i];
      weight += rarity * tags_[i] / (tags_[i] + 1);
      all += rarity;
    }
    return all == 0 ? 0 : Share(2 * weight, all);
  }

  int64_t Similarity() const { return similarity_; }

  int64_t Recency() const {
    return newest_ == kUndated ? 0 : Share(kRecencyHalfDays, kRecencyHalfDays + AgeOf(newest_));
  }

  int64_t Activity() const { return Saturate(activity_, kMillionths); }

  int64_t Language() const {
    return demand_.scalars.language ? Share(in_language_, role_credits_ + 1) : 0;
  }

  int64_t Country() const {
    if (countries_.empty()) return 0;
    int64_t sum = 0;
    for (int64_t credits : countries_) sum += Share(credits, role_credits_ + 1);
    return sum / static_cast<int64_t>(countries_.size());
  }

  int64_t Budget() const { return Share(budget_nearness_, kBudgetOctaves * (with_budget_ + 1)); }

 private:
  using Counts = absl::InlinedVector<int64_t, 16>;

  int64_t AgeOf(int32_t date) const { return query_.as_of().since_epoch() - date; }

  static void CountTerms(absl::Span<const Term> terms, absl::Span<const Term> asked,
                         Counts& counts) {
    for (size_t i = 0; i < asked.size(); ++i) counts[i] += Contains(terms, asked[i]);
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
    CountTerms(take(production.genres), demand_.genres, genres_);
    CountTerms(take(production.tags), demand_.tags, tags_);
    CountTerms(take(production.companies), demand_.companies, companies_);
    if (in_role) CountTerms(take(production.countries), demand_.countries, countries_);
    if (query_.total_trait_weight() > 0) {
      const int64_t share = Share(alike, query_.total_trait_weight());
      similarity_ = std::max(similarity_, in_role ? share : share / 2);
    }
  }

  void AddRoleCredit(const ProductionRow& production) {
    ++role_credits_;
    in_language_ += production.language == demand_.scalars.language;
    if (production.date != kUndated) {
      newest_ = std::max(newest_, production.date);
      const int64_t freshness =
          Share(kActivityHalfDays, kActivityHalfDays + AgeOf(production.date));
      activity_ += freshness * freshness / kMillionths;
    }
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
  int64_t role_credits_ = 0;
  Counts genres_;
  Counts companies_;
  Counts tags_;
  Counts countries_;
  int64_t similarity_ = 0;
  int32_t newest_ = kUndated;
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
  set(Feature::kCollaboration, CollaborationValue(query, view));
  set(Feature::kCompany, career.Company());
  set(Feature::kTags, career.Tags());
  set(Feature::kSimilarity, career.Similarity());
  set(Feature::kReciprocity, ReciprocityValue(query, view, role));
  set(Feature::kRecency, career.Recency());
  set(Feature::kActivity, career.Activity());
  set(Feature::kLanguage, career.Language());
  set(Feature::kCountry, career.Country());
  set(Feature::kBudget, career.Budget());
  return values;
}

}  // namespace troupe
