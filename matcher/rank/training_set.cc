#include "matcher/rank/training_set.h"

#include <algorithm>
#include <map>
#include <optional>
#include <random>
#include <string>

#include "absl/container/flat_hash_map.h"
#include "absl/container/flat_hash_set.h"
#include "absl/strings/str_split.h"
#include "matcher/base/millionths.h"
#include "matcher/base/stable_hash.h"
#include "matcher/base/status_macros.h"
#include "matcher/domain/role_taxonomy.h"
#include "matcher/index/terms.h"
#include "matcher/rank/features.h"
#include "matcher/rank/query.h"
#include "matcher/rank/role_as_of.h"
#include "matcher/rank/rank_data.h"

namespace troupe {
namespace {

constexpr int64_t kRowsBetweenStops = 4'096;

absl::Status Withdrawn() { return absl::CancelledError("the learning was withdrawn"); }

Day YearsBefore(Day day, int32_t years) {
  const absl::CivilDay civil = day.civil();
  return Day(absl::CivilDay(civil.year() - years, civil.month(), civil.day()));
}

// Rows of "role,before"; the role "*" is for roles without own rows.
std::map<std::string, std::vector<RoleIndex>> ReadEngagedBefore() {
  std::map<std::string, std::vector<RoleIndex>> by_role;
  const std::vector<absl::string_view> lines =
      absl::StrSplit(data::kEngagedBefore, '\n', absl::SkipEmpty());
  for (size_t line = 1; line < lines.size(); ++line) {
    const std::pair<std::string, std::string> cells = absl::StrSplit(lines[line], ',');
    by_role[cells.first].push_back(RoleIndexOf(cells.second));
  }
  return by_role;
}

// The same numbers on every machine, for one question.
std::mt19937_64 DiceOf(uint64_t seed, Term production, absl::string_view role) {
  const std::string number = std::to_string(seed);
  const std::string term = std::to_string(production.value());
  return std::mt19937_64(StableHash({"training", number, term, role}));
}

absl::string_view IdOf(RoleIndex role) {
  return ShippedRoles().roles()[static_cast<size_t>(role)].id;
}

}  // namespace

std::vector<RoleIndex> EngagedBefore(RoleIndex role) {
  static const auto& shipped =
      *new std::map<std::string, std::vector<RoleIndex>>(ReadEngagedBefore());  // Constant data.
  const auto own = shipped.find(std::string(IdOf(role)));
  std::vector<RoleIndex> before = own != shipped.end() ? own->second : shipped.at("*");
  std::erase(before, role);
  return before;
}

absl::Span<const std::pair<RoleIndex, ProfileId>> TrainingSet::Production::In(
    RoleIndex role) const {
  const auto first = std::partition_point(crew.begin(), crew.end(),
                                          [&](const auto& entry) { return entry.first < role; });
  const auto limit = std::partition_point(first, crew.end(),
                                          [&](const auto& entry) { return entry.first == role; });
  return absl::MakeConstSpan(crew).subspan(static_cast<size_t>(first - crew.begin()),
                                           static_cast<size_t>(limit - first));
}

TrainingSet::TrainingSet(const Pool& pool, const TrainingRules& rules)
    : pool_(&pool), rules_(rules) {
  for (int32_t i = rules.windows; i > 0; --i) {
    const DaySpan span = {YearsBefore(rules.until, i * rules.window_years),
                          YearsBefore(rules.until, (i - 1) * rules.window_years)};
    windows_.push_back({span, Rarities(pool, span.start)});
  }
}

absl::StatusOr<TrainingSet> TrainingSet::Gather(const Pool& pool, const TrainingRules& rules,
                                                const StopToken& stop) {
  TrainingSet made(pool, rules);
  TROUPE_RETURN_IF_ERROR(made.GatherProductions(stop));
  return made;
}

absl::Status TrainingSet::GatherProductions(const StopToken& stop) {
  absl::flat_hash_map<std::pair<size_t, Term>, size_t> known;
  int64_t rows = 0;
  const auto add = [&](const ProfileView& view, const CreditRow& credit) {
    const ProductionRow& facts = view.ProductionOf(credit);
    const auto window =
        std::find_if(windows_.begin(), windows_.end(), [&](const Window& candidate) {
          return facts.date != kUndated && candidate.span.Contains(Day(facts.date));
        });
    if (window == windows_.end() || credit.role < 0) return;
    const size_t number = static_cast<size_t>(window - windows_.begin());
    const auto [at, is_new] =
        known.emplace(std::pair(number, facts.production), productions_.size());
    if (is_new) productions_.emplace_back().window = number;
    Production& production = productions_[at->second];
    const ProfileId id = view.scalars->id;
    if (is_new || id < production.stated_by) {
      production.stated_by = id;
      production.facts = facts;
      production.terms = view.TermsOf(facts);
    }
    production.crew.emplace_back(credit.role, id);
  };
  for (const LiveSegment& segment : pool_->segments()) {
    for (uint32_t row = 0; row < segment->size(); ++row) {
      if (++rows % kRowsBetweenStops == 0 && stop.StopRequested()) return Withdrawn();
      if (!segment.IsLive(row)) continue;
      const ProfileView view = segment->ViewAt(row);
      if (!IsVisibleTo(view, rules_.asker)) continue;
      for (const CreditRow& credit : view.credits) add(view, credit);
    }
  }
  std::sort(productions_.begin(), productions_.end(), [](const auto& a, const auto& b) {
    return std::pair(a.window, a.facts.production) < std::pair(b.window, b.facts.production);
  });
  for (Production& production : productions_) {
    std::sort(production.crew.begin(), production.crew.end());
    production.crew.erase(std::unique(production.crew.begin(), production.crew.end()),
                          production.crew.end());
  }
  return absl::OkStatus();
}

std::vector<RoleIndex> TrainingSet::Roles() const {
  std::vector<RoleIndex> roles;
  for (size_t role = 0; role < ShippedRoles().roles().size(); ++role) {
    const RoleIndex index = static_cast<RoleIndex>(role);
    if (std::any_of(productions_.begin(), productions_.end(),
                    [&](const Production& made) { return !made.In(index).empty(); })) {
      roles.push_back(index);
    }
  }
  return roles;
}

// By id.
std::vector<TrainingSet::Holder> TrainingSet::HoldersOf(RoleIndex role, Day as_of) const {
  std::vector<Holder> holders;
  pool_->ForEachInRole(role, [&](const ProfileView& view, const RoleRow& entry) {
    if (entry.grow_into != 0 || !IsVisibleTo(view, rules_.asker)) return true;
    const std::optional<RoleRow> then = RoleAsOf(view, entry, as_of);
    if (then.has_value()) holders.push_back({view, *then});
    return true;
  });
  std::sort(holders.begin(), holders.end(), [](const Holder& a, const Holder& b) {
    return a.view.scalars->id < b.view.scalars->id;
  });
  return holders;
}

std::vector<TrainingSet::Case> TrainingSet::CasesOf(
    RoleIndex role, const std::vector<std::vector<Holder>>& holders) const {
  std::vector<Case> cases;
  for (const Production& production : productions_) {
    const std::vector<Holder>& pool = holders[production.window];
    Case asked{&production, {}};
    for (const auto& [credited, id] : production.In(role)) {
      const auto at = std::partition_point(pool.begin(), pool.end(), [&](const Holder& holder) {
        return holder.view.scalars->id < id;
      });
      if (at == pool.end() || at->view.scalars->id != id) continue;
      asked.hired.push_back(static_cast<uint32_t>(at - pool.begin()));
    }
    if (!asked.hired.empty()) cases.push_back(std::move(asked));
  }
  if (cases.size() <= rules_.most_questions) return cases;
  // Those that are drawn, in their order.
  std::mt19937_64 dice = DiceOf(rules_.seed, Term(), IdOf(role));
  std::vector<Case> drawn;
  for (size_t i = 0; i < cases.size(); ++i) {
    const size_t wanted = rules_.most_questions - drawn.size();
    if (dice() % (cases.size() - i) < wanted) drawn.push_back(std::move(cases[i]));
  }
  return drawn;
}

Demand TrainingSet::DemandOf(const Production& production, RoleIndex role, Regime regime) const {
  Demand demand;
  demand.scalars.role = role;
  demand.scalars.owner = rules_.asker;
  demand.scalars.language = production.facts.language;
  demand.scalars.budget_currency = production.facts.budget_currency;
  demand.scalars.budget_octave = production.facts.budget_octave;
  absl::Span<const Term> rest = production.terms;
  const auto take = [&rest](uint16_t count, std::vector<Term>& terms) {
    for (Term term : rest.first(count)) terms.push_back(term);
    rest.remove_prefix(count);
  };
  take(production.facts.genres, demand.genres);
  take(production.facts.tags, demand.tags);
  take(production.facts.companies, demand.companies);
  take(production.facts.countries, demand.countries);
  if (regime == Regime::kCold) return demand;
  for (RoleIndex before : EngagedBefore(role)) {
    for (const auto& [credited, id] : production.In(before)) {
      demand.attached.push_back({.profile = id, .role = before});
    }
  }
  std::sort(demand.attached.begin(), demand.attached.end());
  return demand;
}

// The hired, then as many others as there are to be.
std::vector<uint32_t> TrainingSet::Candidates(const Case& asked, RoleIndex role,
                                              size_t holders) const {
  std::vector<uint32_t> others;
  const size_t wanted = std::min(rules_.negatives, holders - asked.hired.size());
  std::mt19937_64 dice = DiceOf(rules_.seed, asked.production->facts.production, IdOf(role));
  const absl::flat_hash_set<uint32_t> hired(asked.hired.begin(), asked.hired.end());
  std::vector<uint32_t> free;
  free.reserve(holders);
  for (uint32_t i = 0; i < holders; ++i) {
    if (!hired.contains(i)) free.push_back(i);
  }
  // Floyd's way to draw without repeats.
  absl::flat_hash_set<size_t> drawn;
  for (size_t i = free.size() - wanted; i < free.size(); ++i) {
    const size_t number = dice() % (i + 1);
    drawn.insert(drawn.contains(number) ? i : number);
  }
  for (size_t number : drawn) others.push_back(free[number]);
  std::sort(others.begin(), others.end());
  std::vector<uint32_t> candidates = asked.hired;
  for (uint32_t other : others) candidates.push_back(other);
  return candidates;
}

HiringQuestion TrainingSet::Ask(const Case& asked, const Demand& demand,
                                absl::Span<const Holder> holders,
                                absl::Span<const uint32_t> candidates) {
  Window& window = windows_[asked.production->window];
  const Query query(*pool_, demand, window.span.start, window.rarities, kCareerFeatures);
  HiringQuestion question{candidates.size(), asked.hired.size(),
                          std::vector<float>(kFeatureCount * candidates.size())};
  for (size_t i = 0; i < candidates.size(); ++i) {
    const Holder& holder = holders[candidates[i]];
    question.Set(i, Evaluate(query, holder.view, &holder.role));
  }
  return question;
}

absl::StatusOr<TrainingSet::Questions> TrainingSet::Of(RoleIndex role, const StopToken& stop) {
  std::vector<std::vector<Holder>> holders;
  for (const Window& window : windows_) holders.push_back(HoldersOf(role, window.span.start));
  Questions questions;
  for (const Case& asked : CasesOf(role, holders)) {
    const std::vector<Holder>& pool = holders[asked.production->window];
    const std::vector<uint32_t> candidates = Candidates(asked, role, pool.size());
    for (Regime regime : {Regime::kCold, Regime::kWarm}) {
      if (stop.StopRequested()) return Withdrawn();
      const Demand demand = DemandOf(*asked.production, role, regime);
      if (RegimeOf(demand) != regime) continue;  // Nobody is known to be attached.
      questions[static_cast<size_t>(regime)].push_back(Ask(asked, demand, pool, candidates));
    }
  }
  return questions;
}

}  // namespace troupe
