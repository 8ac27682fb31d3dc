#include "matcher/rank/offer_scorer.h"

#include <algorithm>
#include <bit>
#include <cmath>
#include <cstdlib>

#include "matcher/domain/gazetteer.h"
#include "matcher/domain/role_taxonomy.h"
#include "matcher/rank/features.h"
#include "matcher/rank/query.h"

namespace troupe {
namespace {

size_t CountTerms(const ProfileView& view) {
  size_t count = view.genres.size() + view.styles.size() + view.wished_genres.size() +
                 view.skills.size();
  for (const CreditRow& credit : view.credits) {
    count += 2 + view.ProductionOf(credit).term_count();  // Its name and language.
  }
  return count;
}

int64_t Mean(int64_t sum, size_t count) {
  return count == 0 ? 0 : sum / static_cast<int64_t>(count);
}

int64_t ShareOrNone(int64_t a, int64_t b) { return b == 0 ? 0 : Share(a, b); }

}  // namespace

OfferScorer::OfferScorer(const Pool& pool, const ProfileView& view, const RoleRow& role,
                         const Weights& weights, Day as_of, Rarities& rarities,
                         std::pmr::memory_resource* memory)
    : pool_(pool),
      view_(view),
      role_(role),
      weights_(weights),
      as_of_(as_of),
      rarities_(rarities),
      memory_(memory),
      totals_(pool, as_of, rarities),
      is_remote_capable_(
          ShippedRoles().roles()[static_cast<size_t>(role.role)].remote_capable),
      terms_(CountTerms(view), view.credits.size(), memory),
      in_role_((view.credits.size() + 63) / 64, memory),
      alike_(memory),
      budgets_(memory),
      shared_(memory) {
  for (const CreditRow& credit : view.credits) {
    const ProductionRow& production = view.ProductionOf(credit);
    if (production.date >= as_of.since_epoch()) continue;
    const bool in_role = credit.role == role.role;
    AddCredit(credits_, production, in_role);
    ++credits_;
    if (!in_role || production.date == kUndated) continue;
    newest_ = std::max(newest_, production.date);
    const int64_t freshness =
        Share(kActivityHalfDays, kActivityHalfDays + as_of.since_epoch() - production.date);
    activity_ += freshness * freshness / kMillionths;
  }
  alike_.resize((credits_ + kCreditsAtOnce - 1) / kCreditsAtOnce);
  for (const absl::Span<const Term>& declared : {view.genres, view.styles}) {
    for (Term term : declared) terms_.Add(term).is_declared = true;
  }
  for (Term wished : view.wished_genres) terms_.Add(wished);
  // Of a skill that is listed twice, the first counts.
  for (size_t i = view.skills.size(); i-- > 0;) {
    terms_.Add(view.skills[i].skill).level = view.skills[i].level;
  }
  terms_.ForEach([&](const TermTable::Entry& entry) {
    if (entry.kind != TraitKind::kNoTrait) {
      rarities.Fetch(entry.term);
    } else if (entry.credits > 0) {
      pool.past_work().FetchOn(entry.term);
    }
  });
}

void OfferScorer::Complete() {
  terms_.ForEach([&](TermTable::Entry& entry) {
    if (entry.kind != TraitKind::kNoTrait) {
      entry.rarity = static_cast<int32_t>(rarities_.Of(entry.term));
    } else if (entry.credits > 0) {
      AddSharedWork(entry.term, entry.role_credits > 0);
    }
    entry.worth = WorthOf(entry);
    entry.alike = WeightOf(entry.kind) * entry.rarity;
  });
  shared_.Close(
      [this](int64_t worth) { return Weighed(Feature::kCollaboration, Saturate(worth, 2)); });
  SumConstants();
}

void OfferScorer::AddCredit(size_t credit, const ProductionRow& production, bool in_role) {
  const auto add = [&](Term term, TraitKind kind) {
    TermTable::Entry& entry = terms_.Add(term);
    ++entry.credits;
    entry.role_credits += in_role;
    entry.kind = kind;
    terms_.Mark(entry, credit);
  };
  const Term* at = view_.TermsOf(production).data();
  const auto add_all = [&](uint16_t count, TraitKind kind) {
    for (const Term* limit = at + count; at != limit; ++at) add(*at, kind);
  };
  add_all(production.genres, TraitKind::kGenre);
  add_all(production.tags, TraitKind::kTag);
  add_all(production.companies, TraitKind::kCompany);
  add_all(production.countries, TraitKind::kCountry);
  if (production.language) add(production.language, TraitKind::kLanguage);
  add(production.production, TraitKind::kNoTrait);
  if (!in_role) return;
  ++role_credits_;
  in_role_[credit / 64] |= uint64_t{1} << (credit % 64);
  if (production.budget_octave >= 0) AddBudget(production);
}

// Who is attached to an offer and worked on `production`, too: each production once a
// colleague, for the most that it is worth.
void OfferScorer::AddSharedWork(Term production, bool in_role) {
  uint32_t last_people = 0;
  ProfileId last_profile;
  int32_t counted = 0;  // Of the last ones.
  pool_.past_work().ForEachOn(production, [&](const PastWorkRow& row) {
    const bool is_counted =
        (row.key.profile != view_.scalars->id) & (row.key.date < as_of_.since_epoch());
    const bool is_same = (row.key.people == last_people) & (row.key.profile == last_profile);
    const int32_t before = counted & -int32_t{is_same};
    counted = std::max(before, is_counted ? 1 + (in_role & row.in_role) : 0);
    shared_.Add(row.key.people, counted - before);
    last_people = row.key.people;
    last_profile = row.key.profile;
  });
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

void OfferScorer::SumConstants() {
  const auto years = Saturate(role_credits_ + role_.years, kExperienceHalf);
  constant_ = Weighed(Feature::kExperience, years) +
              Weighed(Feature::kRating, RatingValue(view_)) +
              Weighed(Feature::kActivity, Saturate(activity_, kMillionths));
  if (newest_ != kUndated) {
    const int64_t age = as_of_.since_epoch() - newest_;
    constant_ += Weighed(Feature::kRecency, Share(kRecencyHalfDays, kRecencyHalfDays + age));
  }
  growth_ = GrowthValue(view_, &role_);
  learned_ = FeatureSet::In(weights_) & kLearnedFeatures;
  for (size_t i = 0; i < kFeatureCount; ++i) {
    if (learned_.Has(static_cast<Feature>(i))) learned_bound_ += weights_[i];
  }
  // The most that so many credits can say.
  similarity_bound_ = credits_ == 0 ? 0
                                    : Weighed(Feature::kSimilarity,
                                              role_credits_ > 0 ? kMillionths : kMillionths / 2);
}

void OfferScorer::MakeBound() {
  bound_.emplace(view_, role_, weights_, terms_, totals_, memory_,
                 OfferBound::Base{.constant = constant_ + learned_bound_,
                                  .role_credits = role_credits_,
                                  .credits = credits_,
                                  .in_role = in_role_});
  for (const BudgetCount& own : budgets_) {
    for (int32_t octave = std::max(own.octave - static_cast<int32_t>(kBudgetOctaves), 0);
         octave < own.octave + kBudgetOctaves; ++octave) {
      const int64_t value = BudgetValue(own.currency, octave);
      bound_->AddBudget(octave, static_cast<double>(value) / kMillionths + 1e-6);
    }
  }
}

bool OfferScorer::Bound(absl::Span<const OfferSketch* const> sketches, size_t most_terms,
                        int32_t* bounds) {
  if (!bound_.has_value()) MakeBound();
  for (size_t i = 0; i < sketches.size(); ++i) {
    const OfferSketch& sketch = *sketches[i];
    bounds[i] = PlaceWorthOf(sketch.place).bound + bound_->BudgetOf(sketch);
  }
  if (!shared_.IsEmpty()) {
    const SharedWork::Values shared = shared_.values();
    for (size_t i = 0; i < sketches.size(); ++i) bounds[i] += shared.Of(sketches[i]->people);
  }
  return bound_->AddTo(sketches, most_terms, bounds);
}

OfferScorer::PlaceWorth OfferScorer::WorkOutPlaceWorth(PlaceIndex place) const {
  const int64_t exact = Weighed(Feature::kPlace, PlaceValue(place, is_remote_capable_, view_));
  int64_t wished = 0;
  if (!view_.wished_places.empty()) {
    const int64_t kinds = 1 + !view_.wished_genres.empty() +
                          view_.scalars->pay_floor.IsStated() + (role_.grow_into != 0);
    wished = Weighed(Feature::kReciprocity, WishedPlaceValue(place, view_)) / kinds + 1;
  }
  return {.place = place,
          .exact = static_cast<int32_t>(exact),
          .bound = static_cast<int32_t>(exact + wished)};
}

std::optional<int64_t> OfferScorer::ScoreOf(const OfferBlock& block, uint32_t row,
                                            int64_t least) {
  const OfferSketch& sketch = block.sketch(row);
  const OfferRecord& record = block.record(row);
  const OfferWords words = record.words();
  const Amount ceiling = record.ceiling();
  int64_t score = constant_ + PlaceWorthOf(sketch.place).exact + shared_.values().Of(sketch.people);
  score += Weighed(Feature::kSkills, SkillsValueBy(words.skills, [this](Term skill) {
                     return terms_.Find(skill).level;
                   }));
  score += Weighed(Feature::kPay, PayValue(ceiling, &role_));
  score += Weighed(Feature::kReciprocity,
                   ReciprocityValue(words.genres, sketch.place, ceiling, view_, growth_));
  score += Weighed(Feature::kBudget, BudgetValue(words.budget_currency, sketch.budget_octave));
  const TermWorth worth = WorthOf(words.traits);
  score += Weighed(Feature::kGenres, Mean(worth.Of(TraitKind::kGenre) + worth.Of(TraitKind::kNoTrait),
                                          words.genres.size() + words.styles.size()));
  score += Weighed(Feature::kCompany, Saturate(worth.Of(TraitKind::kCompany), kMillionths));
  score += Weighed(Feature::kTags,
                   ShareOrNone(2 * worth.Of(TraitKind::kTag), totals_.TagsOf(record)));
  score += Weighed(Feature::kLanguage, worth.Of(TraitKind::kLanguage));
  score += Weighed(Feature::kCountry, Mean(worth.Of(TraitKind::kCountry), words.countries.size()));
  if (score + similarity_bound_ + learned_bound_ < least) return std::nullopt;
  score += Weighed(Feature::kSimilarity, SimilarityValue(totals_.TraitsOf(record)));
  if (learned_bound_ == 0 || score + learned_bound_ < least) return score;
  return score + LearnedScore(*block.rows()[row]);
}

int64_t OfferScorer::LearnedScore(const Demand& demand) const {
  Query query(pool_, demand, as_of_, rarities_, learned_);
  query.SetOutcomes(nullptr);  // The project's owner does not ask.
  const PerFeature values = Evaluate(query, view_, &role_);
  int64_t score = 0;
  for (size_t i = 0; i < kFeatureCount; ++i) {
    const auto feature = static_cast<Feature>(i);
    if (learned_.Has(feature)) score += Weighed(feature, values[i]);
  }
  return score;
}

// Each kind is a fraction of its own, chosen without branches on the kind: those of
// one term after the other are hard to foresee.
int64_t OfferScorer::WorthOf(const TermTable::Entry& entry) const {
  struct Fraction {
    int64_t part, of;
  };
  const int64_t credits = entry.credits;
  const int64_t stated = credits + entry.is_declared;
  const Fraction saturated{stated * kMillionths, stated + 1};
  const int64_t all = role_credits_ + 1;
  const Fraction of_role{std::min<int64_t>(entry.role_credits, all) * kMillionths, all};
  const std::array<Fraction, kTraitKinds> by_kind = {
      saturated,  // Declared only, or of no account.
      saturated,
      {entry.rarity * credits, credits + 1},
      {entry.rarity * credits, 1},
      of_role,
      of_role,
  };
  const Fraction& worth = by_kind[static_cast<size_t>(entry.kind)];
  return worth.part / worth.of;
}

OfferScorer::TermWorth OfferScorer::WorthOf(absl::Span<const Term> traits) {
  std::fill(alike_.begin(), alike_.end(), Alike{});
  TermWorth worth;
  for (Term term : traits) {
    const TermTable::Entry& entry = terms_.Find(term);
    worth.by_kind[static_cast<size_t>(entry.kind)] += entry.worth;
    AddAlike(entry);
  }
  return worth;
}

// Of all credits, also those that do not have the term: which do is hard to foresee.
inline void OfferScorer::AddAlike(const TermTable::Entry& entry) {
  constexpr Alike kBits{1, 2, 4, 8};
  constexpr size_t kAtOnceInMask = 64 / kCreditsAtOnce;
  const uint64_t* const masks = terms_.MaskOf(entry).data();
  const Alike alike = Alike{} + static_cast<uint32_t>(entry.alike);
  for (size_t at = 0; at < alike_.size(); ++at) {
    const uint64_t mask = masks[at / kAtOnceInMask] >> (at % kAtOnceInMask * kCreditsAtOnce);
    alike_[at] += alike & (((Alike{} + static_cast<uint32_t>(mask)) & kBits) == kBits);
  }
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

int64_t OfferScorer::SimilarityValue(int64_t total) const {
  if (total == 0) return 0;
  int64_t in_role = 0;
  int64_t other = 0;
  for (size_t i = 0; i < credits_; ++i) {  // Without a branch that is hard to foresee.
    const auto is_in_role = -static_cast<int64_t>(in_role_[i / 64] >> (i % 64) & 1);
    const int64_t alike = alike_[i / kCreditsAtOnce][i % kCreditsAtOnce];
    in_role = std::max(in_role, alike & is_in_role);
    other = std::max(other, alike & ~is_in_role);
  }
  return std::max(Share(in_role, total), Share(other, total) / 2);
}

}  // namespace troupe
