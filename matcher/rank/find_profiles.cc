#include "matcher/rank/find_profiles.h"

#include <algorithm>
#include <iterator>
#include <utility>

#include "matcher/base/millionths.h"
#include "matcher/base/stable_hash.h"
#include "matcher/rank/contention.h"
#include "matcher/rank/eligibility.h"
#include "matcher/rank/features.h"
#include "matcher/rank/query.h"
#include "matcher/rank/rarity.h"
#include "matcher/rank/shortfall.h"

namespace troupe {
namespace {

constexpr int32_t kRowsBetweenStops = 4'096;

// Calls `visit` for everybody in the role whom the asker may see and who is not
// attached, until `stop`.
template <typename Visit>
absl::Status ForEachConsidered(const Pool& pool, const ProfilesQuestion& question,
                               const StopToken& stop, Visit visit) {
  const Demand& demand = question.demand;
  bool stopped = false;
  int32_t rows = 0;
  pool.ForEachInRole(demand.scalars.role, [&](const ProfileView& view, const RoleRow& role) {
    if (++rows % kRowsBetweenStops == 0 && stop.StopRequested()) {
      stopped = true;
      return false;
    }
    if (!IsVisibleTo(view, demand.scalars.owner)) return true;
    if (!question.include_attached && demand.IsAttached(view.scalars->id)) return true;
    visit(view, role);
    return true;
  });
  return stopped ? absl::CancelledError("the question was withdrawn") : absl::OkStatus();
}

void AddFacets(const Query& query, const ProfileView& view, const RoleRow& role,
               ProfileFacets& facets) {
  ++facets.home[view.scalars->home];
  ++facets.level[role.level];
  for (Term language : view.languages) {
    LanguageFacet& facet = facets.language[language];
    ++facet.count;
    facet.speaker = view.scalars->id;
  }
  ++facets.contended[IsContended(query, view)];
}

void AddFailures(const Query& query, const ProfileView& view, const RoleRow& role,
                 Diagnosis& diagnosis) {
  ++diagnosis.considered;
  const RequirementSet failures = FailuresOf(query, view, &role);
  for (size_t i = 0; i < kRequirementCount; ++i) {
    const Requirement requirement = static_cast<Requirement>(i);
    if (!failures.Has(requirement)) continue;
    ++diagnosis.failures[i];
    if (!failures.IsOnly(requirement)) continue;
    const NearMiss miss{view.scalars->id, ShortfallOf(requirement, query, view, &role)};
    std::optional<NearMiss>& nearest = diagnosis.nearest[i];
    if (!nearest.has_value() || miss.shortfall < nearest->shortfall ||
        (miss.shortfall == nearest->shortfall && miss.profile < nearest->profile)) {
      nearest = miss;
    }
  }
}

absl::StatusOr<Diagnosis> Diagnose(const Pool& pool, const ProfilesQuestion& question,
                                   const Query& query, const StopToken& stop) {
  Diagnosis diagnosis;
  const absl::Status done =
      ForEachConsidered(pool, question, stop, [&](const ProfileView& view, const RoleRow& role) {
        AddFailures(query, view, role, diagnosis);
      });
  if (!done.ok()) return done;
  return diagnosis;
}

// By how much less than the score somebody is ranked.
int64_t DiscountOf(const ProfilesQuestion& question, ProfileId id) {
  if (question.spread == 0) return 0;
  if (!question.contacts.empty()) {
    const auto found = question.contacts.find(id);
    return found == question.contacts.end()
               ? 0
               : Contribution(question.spread, Saturate(found->second, 1));
  }
  const uint64_t parts[] = {question.spread_seed, id.value()};
  const uint64_t hash =
      StableHash(absl::string_view(reinterpret_cast<const char*>(parts), sizeof(parts)));
  return static_cast<int64_t>(hash % static_cast<uint64_t>(question.spread + 1));
}

// The best by what they are ranked by, some places kept for newcomers, and what
// that costs.
class Shortlist {
 public:
  Shortlist(const Pool& pool, const ProfilesQuestion& question)
      : pool_(pool),
        question_(question),
        best_(question.top_k),
        newcomers_(std::min(question.newcomers, question.top_k)),
        by_score_(question.spread > 0 ? question.top_k : 0) {}

  void Offer(const ProfileView& view, int64_t score) {
    const ProfileId id = view.scalars->id;
    const Ranked<ProfileId> ranked{id, score - DiscountOf(question_, id)};
    best_.Offer(ranked);
    if (question_.newcomers > 0 && IsNew(view)) newcomers_.Offer(ranked);
    if (question_.spread > 0) by_score_.Offer({id, score});
  }

  void MoveTo(ProfilesAnswer& answer) && {
    answer.best = std::move(best_).Take();
    if (question_.spread > 0) {
      answer.spread_loss = Mean(std::move(by_score_).Take()) - Mean(WithScores(answer.best));
    }
    MakeRoom(answer);
    answer.best = WithScores(std::move(answer.best));
  }

 private:
  using List = std::vector<Ranked<ProfileId>>;

  bool IsNew(const ProfileView& view) const {
    return IsNewcomer(view, question_.demand.scalars.role, question_.as_of);
  }

  // The newcomers among the best are the best newcomers; the next of them take
  // the places of the last who are none.
  void MakeRoom(ProfilesAnswer& answer) {
    const List newcomers = std::move(newcomers_).Take();
    const auto is_new = [this](const Ranked<ProfileId>& ranked) {
      return IsNew(*pool_.FindProfile(ranked.id));
    };
    const size_t there = newcomers.empty() ? 0
                                           : static_cast<size_t>(std::count_if(
                                                 answer.best.begin(), answer.best.end(), is_new));
    for (size_t next = there; next < newcomers.size(); ++next) {
      if (answer.best.size() == question_.top_k) {
        const auto last = std::find_if_not(answer.best.rbegin(), answer.best.rend(), is_new);
        answer.best.erase(std::next(last).base());
      }
      answer.best.push_back(newcomers[next]);
      answer.for_newcomers.push_back(newcomers[next].id);
    }
    std::sort(answer.best.begin(), answer.best.end(), RanksAbove<ProfileId>);
  }

  List WithScores(List ranked) const {
    for (Ranked<ProfileId>& each : ranked) {
      each.score_millionths += DiscountOf(question_, each.id);
    }
    return ranked;
  }

  static int64_t Mean(const List& ranked) {
    int64_t sum = 0;
    for (const Ranked<ProfileId>& each : ranked) sum += each.score_millionths;
    return ranked.empty() ? 0 : sum / static_cast<int64_t>(ranked.size());
  }

  const Pool& pool_;
  const ProfilesQuestion& question_;
  TopK<ProfileId> best_;
  TopK<ProfileId> newcomers_;
  TopK<ProfileId> by_score_;
};

}  // namespace

bool IsNewcomer(const ProfileView& view, RoleIndex role, Day as_of) {
  return std::none_of(view.credits.begin(), view.credits.end(), [&](const CreditRow& credit) {
    return credit.role == role && view.ProductionOf(credit).date < as_of.since_epoch();
  });
}

absl::StatusOr<ProfilesAnswer> FindProfiles(const Pool& pool, const ProfilesQuestion& question,
                                            const StopToken& stop) {
  Rarities rarities(pool, question.as_of);
  const Query query(pool, question.demand, question.as_of, rarities,
                    FeatureSet::In(question.weights));
  Shortlist best(pool, question);
  ProfilesAnswer answer;
  if (question.want_facets) answer.facets.emplace();
  int64_t total = 0;
  const absl::Status done =
      ForEachConsidered(pool, question, stop, [&](const ProfileView& view, const RoleRow& role) {
        if (!IsEligible(query, view, &role)) return;
        ++total;
        if (question.want_facets) AddFacets(query, view, role, *answer.facets);
        best.Offer(view, Score(question.weights, Evaluate(query, view, &role)));
      });
  if (!done.ok()) return done;
  std::move(best).MoveTo(answer);
  if (question.want_total) answer.total = total;
  if (total == 0) {
    absl::StatusOr<Diagnosis> diagnosis = Diagnose(pool, question, query, stop);
    if (!diagnosis.ok()) return diagnosis.status();
    answer.diagnosis = *std::move(diagnosis);
  }
  return answer;
}

}  // namespace troupe
