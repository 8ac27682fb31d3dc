#include "matcher/rank/offer_scorer.h"

#include <algorithm>
#include <bit>
#include <cstdlib>

#include "absl/container/inlined_vector.h"
#include "matcher/base/millionths.h"
#include "matcher/domain/gazetteer.h"
#include "matcher/rank/eligibility.h"
#include "matcher/rank/features.h"
#include "matcher/rank/query.h"

namespace troupe {
namespace {

constexpr int64_t kNotKnown = -1;

size_t CountTerms(const ProfileView& view) {
  size_t count = view.genres.size() + view.styles.size();
  for (const CreditRow& credit : view.credits) {
    count += 2 + view.ProductionOf(credit).term_count();  // Its name and language.
  }
  return count;
}

}  // namespace

OfferScorer::OfferScorer(const Pool& pool, const ProfileView& view, const RoleRow& role,
                         const Weights& weights, Day as_of, Rarities& rarities)
    : pool_(pool),
      view_(view),
      role_(role),
      weights_(weights),
      as_of_(as_of),
      rarities_(rarities),
      terms_(CountTerms(view), view.credits.size()),
      in_role_((view.credits.size() + 63) / 64),
      alike_(view.credits.size()),
      place_contributions_(ShippedPlaces().places().size() + 1, kNotKnown) {
  int32_t newest = kUndated;
  int64_t activity = 0;
  for (const CreditRow& credit : view.credits) {
    const ProductionRow& production = view.ProductionOf(credit);
    if (production.date >= as_of.since_epoch()) continue;
    const bool in_role = credit.role == role.role;
    AddCredit(credits_, production, in_role);
    ++credits_;
    if (!in_role || production.date == kUndated) continue;
    newest = std::max(newest, production.date);
    const int64_t freshness =
        Share(kActivityHalfDays, kActivityHalfDays + as_of.since_epoch() - production.date);
    activity += freshness * freshness / kMillionths;
  }
  for (const absl::Span<const Term>& declared : {view.genres, view.styles}) {
    for (Term term : declared) terms_.Add(term).is_declared = true;
  }
  SumConstants(newest, activity);
}

void OfferScorer::AddCredit(size_t credit, const ProductionRow& production, bool in_role) {
  const auto add = [&](Term term) -> TermTable::Entry& {
    TermTable::Entry& entry = terms_.Add(term);
    ++entry.credits;
    entry.role_credits += in_role;
    terms_.Mark(entry, credit);
    return entry;
  };
  const auto add_trait = [&](Term term) { add(term).is_trait = true; };
  for (Term term : view_.TermsOf(production)) add_trait(term);
  if (production.language) add_trait(production.language);
  add(production.production);
  production_bits_ |= OfferBlock::NeedBit(production.production);
  if (!in_role) return;
  ++role_credits_;
  in_role_[credit / 64] |= uint64_t{1} << (credit % 64);
  if (production.budget_octave >= 0) AddBudget(production);
}

void OfferScorer::AddBudget(const ProductionRow& production) {
  const auto same = [&](const BudgetCount& budget) {
    return budget.octave == production.budget_octave &&
           budget.currency == production.budget_currency;
  };
  const auto known = std::find_if(budgets_.begin(), budgets_.end(), same);
  if (known != budgets_.end()) {
    ++known->credits;
  } else {
    budgets_.push_back({production.budget_currency, production.budget_octave, 1});
  }
}

void OfferScorer::SumConstants(int32_t newest, int64_t activity) {
  const auto years = Saturate(role_credits_ + role_.years, kExperienceHalf);
  constant_ = Weighed(Feature::kExperience, years) +
              Weighed(Feature::kRating, RatingValue(view_)) +
              Weighed(Feature::kActivity, Saturate(activity, kMillionths));
  if (newest != kUndated) {
    const int64_t age = as_of_.since_epoch() - newest;
    constant_ += Weighed(Feature::kRecency, Share(kRecencyHalfDays, kRecencyHalfDays + age));
  }
  const auto all = static_cast<int64_t>(credits_);
  // The most that so many credits can say.
  similarity_bound_ = all == 0 ? 0
                               : Weighed(Feature::kSimilarity,
                                         role_credits_ > 0 ? kMillionths : kMillionths / 2);
  collaboration_bound_ = all == 0 ? 0 : Weighed(Feature::kCollaboration, kMillionths);
}

void OfferScorer::MakeBound() {
  const OfferBound::Base base{.constant = constant_,
                              .collaboration = collaboration_bound_,
                              .role_credits = role_credits_};
  bound_.emplace(pool_, view_, role_, weights_, as_of_, rarities_, terms_, base);
  for (const BudgetCount& own : budgets_) {
    for (int32_t octave = std::max(own.octave - static_cast<int32_t>(kBudgetOctaves), 0);
         octave < own.octave + kBudgetOctaves; ++octave) {
      const int64_t value = BudgetValue(own.currency, octave);
      bound_->AddBudget(octave, static_cast<double>(value) / kMillionths + 1e-6);
    }
  }
}

int64_t OfferScorer::PlaceContribution(const Demand& demand) {
  // The role says whether the work can be done from afar, so that a place does.
  int64_t& known = place_contributions_[static_cast<size_t>(demand.scalars.place + 1)];
  if (known == kNotKnown) {
    known = Weighed(Feature::kPlace, PlaceValue(DatedDemand(demand, as_of_), view_));
  }
  return known;
}

int64_t OfferScorer::Bound(const OfferBlock& block, uint32_t row) {
  if (!bound_.has_value()) MakeBound();
  const PlaceIndex place = block.columns().place[row];
  int64_t known = place_contributions_[static_cast<size_t>(place + 1)];
  if (known == kNotKnown) known = PlaceContribution(*block.rows()[row]);
  return bound_->Of(block, row, known);
}

std::optional<int64_t> OfferScorer::ScoreOf(const Demand& demand, int64_t least) {
  const DatedDemand dated(demand, as_of_);
  int64_t score = constant_ + PlaceContribution(demand);
  score += Weighed(Feature::kSkills, SkillsValue(dated, view_));
  score += Weighed(Feature::kPay, PayValue(dated, &role_));
  score += Weighed(Feature::kGenres, GenresValue(demand));
  score += Weighed(Feature::kReciprocity, ReciprocityValue(dated, view_, &role_));
  score += Weighed(Feature::kCompany, CompanyValue(demand));
  score += Weighed(Feature::kTags, TagsValue(demand));
  score += Weighed(Feature::kLanguage, LanguageValue(demand));
  score += Weighed(Feature::kCountry, CountryValue(demand));
  score += Weighed(Feature::kBudget, BudgetValue(demand.scalars.budget_currency,
                                                demand.scalars.budget_octave));
  const int64_t shared_bound = demand.attached.empty() ? 0 : collaboration_bound_;
  if (score + similarity_bound_ + shared_bound < least) return std::nullopt;
  score += Weighed(Feature::kSimilarity, SimilarityValue(demand));
  if (score + shared_bound < least) return std::nullopt;
  return score + Weighed(Feature::kCollaboration, Saturate(SharedWorth(demand), 2));
}

int64_t OfferScorer::GenresValue(const Demand& demand) const {
  const size_t count = demand.genres.size() + demand.styles.size();
  if (count == 0) return 0;
  int64_t sum = 0;
  for (Term genre : demand.genres) {
    const TermTable::Entry* entry = terms_.Find(genre);
    if (entry != nullptr) sum += Saturate(entry->credits + entry->is_declared, 1);
  }
  for (Term style : demand.styles) {
    const TermTable::Entry* entry = terms_.Find(style);
    if (entry != nullptr && entry->is_declared) sum += Saturate(1, 1);
  }
  return sum / static_cast<int64_t>(count);
}

int64_t OfferScorer::CompanyValue(const Demand& demand) {
  int64_t weight = 0;
  for (Term company : demand.companies) {
    const TermTable::Entry* entry = terms_.Find(company);
    if (entry != nullptr) weight += entry->credits * rarities_.Of(company);
  }
  return Saturate(weight, kMillionths);
}

int64_t OfferScorer::TagsValue(const Demand& demand) {
  int64_t weight = 0;
  int64_t all = 0;
  for (Term tag : demand.tags) {
    const int64_t rarity = rarities_.Of(tag);
    all += rarity;
    const TermTable::Entry* entry = terms_.Find(tag);
    if (entry != nullptr) weight += rarity * entry->credits / (entry->credits + 1);
  }
  return all == 0 ? 0 : Share(2 * weight, all);
}

int64_t OfferScorer::LanguageValue(const Demand& demand) const {
  const TermTable::Entry* entry = terms_.Find(demand.scalars.language);
  return entry == nullptr ? 0 : Share(entry->role_credits, role_credits_ + 1);
}

int64_t OfferScorer::CountryValue(const Demand& demand) const {
  if (demand.countries.empty()) return 0;
  int64_t sum = 0;
  for (Term country : demand.countries) {
    const TermTable::Entry* entry = terms_.Find(country);
    if (entry != nullptr) sum += Share(entry->role_credits, role_credits_ + 1);
  }
  return sum / static_cast<int64_t>(demand.countries.size());
}

int64_t OfferScorer::BudgetValue(Term currency, int32_t octave) const {
  int64_t credits = 0;
  int64_t nearness = 0;
  if (octave < 0) return 0;
  for (const BudgetCount& budget : budgets_) {
    if (budget.currency != currency) continue;
    credits += budget.credits;
    const int64_t apart = std::abs(budget.octave - octave);
    nearness += budget.credits * std::max<int64_t>(kBudgetOctaves - apart, 0);
  }
  return Share(nearness, kBudgetOctaves * (credits + 1));
}

int64_t OfferScorer::SimilarityValue(const Demand& demand) {
  std::fill_n(alike_.begin(), credits_, 0);
  int64_t total = 0;
  const auto add = [&](Term term, int64_t kind_weight) {
    const int64_t weight = kind_weight * rarities_.Of(term);
    total += weight;
    const TermTable::Entry* entry = terms_.Find(term);
    if (entry == nullptr) return;
    size_t first = 0;
    for (uint64_t mask : terms_.MaskOf(*entry)) {
      for (; mask != 0; mask &= mask - 1) {
        alike_[first + static_cast<size_t>(std::countr_zero(mask))] += weight;
      }
      first += 64;
    }
  };
  for (Term term : demand.genres) add(term, kGenreWeight);
  for (Term term : demand.tags) add(term, kTagWeight);
  for (Term term : demand.companies) add(term, kCompanyWeight);
  for (Term term : demand.countries) add(term, kCountryWeight);
  if (demand.scalars.language) add(demand.scalars.language, kLanguageWeight);
  if (total == 0) return 0;
  int64_t in_role = 0;
  int64_t other = 0;
  for (size_t i = 0; i < credits_; ++i) {
    int64_t& most = in_role_[i / 64] >> (i % 64) & 1 ? in_role : other;
    most = std::max(most, alike_[i]);
  }
  return std::max(Share(in_role, total), Share(other, total) / 2);
}

int64_t OfferScorer::SharedWorth(const Demand& demand) const {
  int64_t worth = 0;
  const absl::Span<const AttachedRow> attached = demand.attached;
  for (size_t first = 0; first < attached.size();) {
    size_t limit = first;
    while (limit < attached.size() && attached[limit].profile == attached[first].profile) ++limit;
    worth += SharedWith(attached.subspan(first, limit - first), demand.scalars.owner);
    first = limit;
  }
  return worth;
}

int64_t OfferScorer::SharedWith(absl::Span<const AttachedRow> colleague, Term owner) const {
  const ProfileId id = colleague.front().profile;
  if (id == view_.scalars->id) return 0;
  const auto mark = static_cast<uint64_t>(
      pool_.careers().Of(id.value(), [&] { return CareerMark(id); }));
  if ((mark & production_bits_) == 0) return 0;
  const std::optional<ProfileView> other = pool_.FindProfile(id);
  if (!other.has_value() || !IsVisibleTo(*other, owner)) return 0;
  // Each production once, for the most that it is worth.
  absl::InlinedVector<std::pair<Term, int64_t>, 8> shared;
  for (const CreditRow& credit : other->credits) {
    const ProductionRow& production = other->ProductionOf(credit);
    if (production.date >= as_of_.since_epoch()) continue;
    const TermTable::Entry* mine = terms_.Find(production.production);
    if (mine == nullptr) continue;
    const bool in_role = std::any_of(
        colleague.begin(), colleague.end(),
        [&](const AttachedRow& row) { return row.role == credit.role; });
    const int64_t worth = in_role && mine->role_credits > 0 ? 2 : 1;
    const auto known =
        std::find_if(shared.begin(), shared.end(),
                     [&](const auto& pair) { return pair.first == production.production; });
    if (known == shared.end()) {
      shared.emplace_back(production.production, worth);
    } else {
      known->second = std::max(known->second, worth);
    }
  }
  int64_t worth = 0;
  for (const auto& pair : shared) worth += pair.second;
  return worth;
}

int64_t OfferScorer::CareerMark(ProfileId profile) const {
  uint64_t bits = 0;
  const std::optional<ProfileView> view = pool_.FindProfile(profile);
  if (!view.has_value()) return 0;
  for (const CreditRow& credit : view->credits) {
    bits |= OfferBlock::NeedBit(view->ProductionOf(credit).production);
  }
  return static_cast<int64_t>(bits);
}

}  // namespace troupe
