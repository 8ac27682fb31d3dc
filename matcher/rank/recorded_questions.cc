#include "matcher/rank/recorded_questions.h"

#include <algorithm>
#include <cstddef>
#include <memory>
#include <optional>
#include <utility>

#include "absl/container/flat_hash_set.h"
#include "matcher/rank/features.h"
#include "matcher/rank/fit_weights.h"
#include "matcher/rank/query.h"
#include "matcher/rank/rarity.h"
#include "matcher/rank/role_as_of.h"

namespace troupe {
namespace {

// So many questions times candidates bound the memory: some 200 MB. The newest ask.
constexpr size_t kMostCandidates = 1'500'000;
constexpr size_t kMostOthers = 1'500;  // A question: those with the lowest ids.

// Whom an opening could have got, and whom it did: the latter first.
struct Candidates {
  std::vector<ProfileId> people;
  size_t hired = 0;
};

Candidates CandidatesOf(const OutcomeHistory& history) {
  Candidates candidates;
  std::vector<ProfileId> others;
  const std::vector<Outcome>& outcomes = history.outcomes;
  for (size_t first = 0; first < outcomes.size();) {
    size_t limit = first;
    bool hired = false;
    for (; limit < outcomes.size() && outcomes[limit].profile == outcomes[first].profile; ++limit) {
      hired |= outcomes[limit].kind == Outcome::Kind::kBooked ||
               outcomes[limit].kind == Outcome::Kind::kFinished;
    }
    (hired ? candidates.people : others).push_back(outcomes[first].profile);
    first = limit;
  }
  candidates.hired = candidates.people.size();
  others.resize(std::min(others.size(), kMostOthers));
  candidates.people.insert(candidates.people.end(), others.begin(), others.end());
  return candidates;
}

// Without the people whom the opening got: they were not on it when it was asked.
Demand AsAsked(Demand demand, const Candidates& candidates) {
  const absl::flat_hash_set<ProfileId> hired(
      candidates.people.begin(),
      candidates.people.begin() + static_cast<ptrdiff_t>(candidates.hired));
  std::erase_if(demand.attached,
                [&](const AttachedRow& row) { return hired.contains(row.profile); });
  return demand;
}

// Who is shown again is recorded again: when the first record was made stays.
absl::Time FirstTime(const OutcomeHistory& history) {
  absl::Time first = history.create_time;
  for (const Outcome& outcome : history.outcomes) first = std::min(first, outcome.time);
  return first;
}

absl::Time LastTime(const OutcomeHistory& history) {
  absl::Time last = absl::InfinitePast();
  for (const Outcome& outcome : history.outcomes) last = std::max(last, outcome.time);
  return last;
}

// What had come of openings before a time that only moves on. An opening counts once
// all that came of it is past.
class PastOutcomes {
 public:
  explicit PastOutcomes(const std::vector<RecordedQuestion>& recorded) {
    for (const RecordedQuestion& question : recorded) by_end_.push_back(&question.history);
    std::stable_sort(by_end_.begin(), by_end_.end(),
                     [](const auto* a, const auto* b) { return LastTime(*a) < LastTime(*b); });
  }

  std::shared_ptr<const OrganizationTallies> Until(absl::Time time) {
    for (; next_ < by_end_.size() && LastTime(*by_end_[next_]) < time; ++next_) {
      tallies_.Add(TalliesOf(*by_end_[next_]));
    }
    return std::make_shared<const OrganizationTallies>(tallies_);
  }

 private:
  std::vector<const OutcomeHistory*> by_end_;
  size_t next_ = 0;
  OrganizationTallies tallies_;
};

// With no more years in the role than credits show, and none where they show none.
PerFeature ValuesAsOf(const Query& query, const ProfileView& view) {
  const RoleRow* entry = view.FindRole(query.demand().scalars.role);
  if (entry == nullptr) return Evaluate(query, view, nullptr);
  RoleRow unproven = *entry;
  unproven.years = 0;
  const RoleRow role = RoleAsOf(view, *entry, query.as_of()).value_or(unproven);
  return Evaluate(query, view, &role);
}

// nullopt if there is nobody to tell apart.
std::optional<HiringQuestion> Ask(const Query& query, const Pool& pool,
                                  const Candidates& candidates) {
  std::vector<ProfileView> views;
  size_t hired = 0;
  for (size_t i = 0; i < candidates.people.size(); ++i) {
    std::optional<ProfileView> view = pool.FindProfile(candidates.people[i]);
    if (!view.has_value() || !IsVisibleTo(*view, query.demand().scalars.owner)) continue;
    view->hold_tally = {};
    views.push_back(*view);
    hired += i < candidates.hired;
  }
  if (hired == 0 || hired == views.size()) return std::nullopt;
  HiringQuestion question{views.size(), hired, std::vector<float>(kFeatureCount * views.size())};
  for (size_t i = 0; i < views.size(); ++i) {
    question.Set(i, ValuesAsOf(query, views[i]));
  }
  return question;
}

// From here on the questions are few enough.
size_t FirstToAsk(const std::vector<RecordedQuestion>& recorded) {
  size_t candidates = 0;
  size_t first = recorded.size();
  while (first > 0 && candidates < kMostCandidates) {
    candidates += CandidatesOf(recorded[--first].history).people.size();
  }
  return first;
}

}  // namespace

absl::StatusOr<std::map<RoleIndex, TrainingSet::Questions>> QuestionsOf(
    const Pool& pool, std::vector<RecordedQuestion> recorded, const StopToken& stop) {
  std::stable_sort(recorded.begin(), recorded.end(), [](const auto& a, const auto& b) {
    return FirstTime(a.history) < FirstTime(b.history);
  });
  PastOutcomes past(recorded);
  const size_t first = FirstToAsk(recorded);
  std::map<RoleIndex, TrainingSet::Questions> questions;
  for (size_t i = first; i < recorded.size(); ++i) {
    const RecordedQuestion& one = recorded[i];
    if (stop.StopRequested()) return absl::CancelledError("the learning was withdrawn");
    const Candidates candidates = CandidatesOf(one.history);
    const Demand demand = AsAsked(one.demand, candidates);
    Rarities rarities(pool, one.asked);
    Query query(pool, demand, one.asked, rarities);
    query.SetOutcomes(past.Until(FirstTime(one.history)));
    std::optional<HiringQuestion> asked = Ask(query, pool, candidates);
    if (!asked.has_value()) continue;
    questions[demand.scalars.role][static_cast<size_t>(RegimeOf(demand))].push_back(
        *std::move(asked));
  }
  return questions;
}

}  // namespace troupe
