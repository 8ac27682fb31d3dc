#include "tests/property/market_check.h"

#include <algorithm>
#include <array>
#include <map>
#include <set>
#include <string>
#include <utility>

#include "absl/strings/str_cat.h"
#include "matcher/base/stop_token.h"
#include "matcher/index/terms.h"
#include "matcher/rank/contention.h"
#include "matcher/rank/eligibility.h"
#include "matcher/rank/features.h"
#include "matcher/rank/rarity.h"
#include "matcher/rank/why_not.h"

namespace troupe::testing {
namespace {

// Of the pairs that are not eligible one in so many is scored and explained.
constexpr size_t kExplainedOneIn = 50;
constexpr int32_t kDayOffsets[] = {-40, -8, -2, -1, 0, 0, 0, 0, 1, 4, 30, 380};

// Why nobody, or nothing, was found.
template <typename Id>
struct Misses {
  int64_t considered = 0;
  std::array<int64_t, kRequirementCount> failures{};
  std::array<std::optional<std::pair<int64_t, Id>>, kRequirementCount> nearest;

  void Add(const RequirementSet& failed, const OracleQuestion& question, const Profile& profile,
           const Id& id) {
    ++considered;
    for (size_t i = 0; i < kRequirementCount; ++i) {
      const Requirement requirement = static_cast<Requirement>(i);
      if (!failed.Has(requirement)) continue;
      ++failures[i];
      if (!failed.IsOnly(requirement)) continue;
      const std::pair miss(OracleShortfall(requirement, question, profile), id);
      if (!nearest[i].has_value() || miss < *nearest[i]) nearest[i] = miss;
    }
  }
};

template <typename Id, typename Miss>
bool IsSameMiss(const std::optional<std::pair<int64_t, Id>>& expected,
                const std::optional<Miss>& found, Id Miss::*id) {
  if (!expected.has_value() || !found.has_value()) {
    return expected.has_value() == found.has_value();
  }
  return *expected == std::pair(found->shortfall, (*found).*id);
}

template <typename Id>
std::vector<std::pair<Id, int64_t>> Pairs(const std::vector<Ranked<Id>>& ranked) {
  std::vector<std::pair<Id, int64_t>> pairs;
  for (const Ranked<Id>& one : ranked) pairs.emplace_back(one.id, one.score_millionths);
  return pairs;
}

std::vector<Profile> WithoutRules(std::vector<Profile> people) {
  for (Profile& person : people) {
    if (person.calendar_rules.empty()) continue;
    person.calendar = Calendar(person.TakenUp());
    person.calendar_rules.clear();
  }
  return people;
}

}  // namespace

MarketCheck::MarketCheck(uint64_t seed, size_t profiles, size_t projects)
    : seed_(seed),
      rng_(seed),
      market_(RandomMarket(seed, profiles, projects)),
      people_(WithoutRules(market_.profiles)),
      oracle_(market_.profiles) {
  BuildPool();
  LookAgain();
}

// After the pool or the market has changed.
void MarketCheck::LookAgain() {
  views_.clear();
  booked_holds_ = 0;
  ended_holds_ = 0;
  for (const Profile& profile : market_.profiles) {
    views_.push_back(*pool_->FindProfile(profile.id));
    if (profile.ownership.findability != Findability::kFindable) continue;
    const HoldCounts& holds = profile.hold_counts;
    booked_holds_ += holds.booked;
    ended_holds_ += holds.booked + holds.declined + holds.released + holds.expired;
  }
}

// In batches of any size, some people first as they are no longer.
void MarketCheck::BuildPool() {
  PoolChange change{.today = market_.options.today};
  for (const Profile& profile : market_.profiles) {
    if (!dice_.OneIn(20)) continue;
    change.profiles.push_back(RandomProfile(rng_, profile.id, market_.options));
  }
  change.projects = market_.projects;
  writer_.Apply(change);
  for (size_t at = 0; at < market_.profiles.size();) {
    const size_t limit =
        std::min(market_.profiles.size(), at + 1 + dice_.Below(market_.profiles.size() / 5 + 1));
    PoolChange batch;
    for (; at < limit; ++at) batch.profiles.push_back(market_.profiles[at]);
    writer_.Apply(batch);
  }
  pool_ = writer_.pool();
}

void MarketCheck::Update() {
  ++counts_.updates;
  PoolChange change;
  std::set<size_t> people;
  while (people.size() < 3) people.insert(dice_.Below(market_.profiles.size()));
  for (size_t number : people) {
    Profile& profile = market_.profiles[number];
    profile = RandomProfile(rng_, profile.id, market_.options);
    people_[number] = WithoutRules({profile}).front();
    change.profiles.push_back(profile);
  }
  Project& project = market_.projects[dice_.Below(market_.projects.size())];
  project = RandomProject(rng_, project.id, market_.options);
  change.projects.push_back(project);
  pool_ = writer_.Apply(change).pool;
  oracle_ = OracleMarket(market_.profiles);
  LookAgain();
}

void MarketCheck::AskWithTwin() {
  ++counts_.twins;
  Project context = RandomProject(rng_, ProjectId(7), market_.options);
  context.openings.clear();
  Opening opening = RandomOpening(rng_, market_.options, context.currency);
  opening.casting = {};
  ProfilesQuestion asked{.demand = MakeDemand(context, opening),
                         .weights = RandomWeights().value_or(OracleWeights(opening.role)),
                         .as_of = RandomDay(),
                         .top_k = market_.profiles.size(),
                         .want_total = true};
  Attach(RandomExtra(), asked.demand);
  const ProfilesAnswer answer = FindProfiles(*pool_, asked, NeverStop()).value();
  // Somebody who was found, if anybody was.
  ProfileId id = dice_.Pick(market_.profiles).id;
  if (!answer.best.empty()) id = dice_.Pick(answer.best).id;
  Profile twin = *std::find_if(market_.profiles.begin(), market_.profiles.end(),
                               [&](const Profile& profile) { return profile.id == id; });
  const Casting before = twin.casting;
  twin.casting.gender = before.gender == Gender::kFemale ? Gender::kMale : Gender::kFemale;
  twin.casting.playing_age = IntRange{before.playing_age.has_value() ? 70 : 8, 75};
  twin.casting.height_cm = before.height_cm.value_or(150) + 7;
  counts_.twins_found += answer.best.empty() ? 0 : 1;
  PoolWriter with_twin = writer_;
  const auto pool = with_twin.Apply({.profiles = {twin}}).pool;
  const ProfilesAnswer again = FindProfiles(*pool, asked, NeverStop()).value();
  Expect(again.best == answer.best, "answer with a twin");
  Expect(again.total == answer.total, "total with a twin");
}

Day MarketCheck::RandomDay() { return market_.options.today + dice_.Pick(kDayOffsets); }

size_t MarketCheck::RandomTopK() {
  constexpr size_t kTopKs[] = {1, 3, 20, 1'000, 100'000};
  return dice_.Pick(kTopKs);
}

std::vector<Attached> MarketCheck::RandomExtra() {
  std::vector<Attached> extra(dice_.OneIn(3) ? dice_.Below(4) : 0);
  for (Attached& attached : extra) {
    attached.profile = MarketProfileId(dice_.Below(market_.profiles.size() + 2));
    attached.roles = {dice_.Pick(MarketRoles())};
  }
  return extra;
}

std::optional<Weights> MarketCheck::RandomWeights() {
  if (!dice_.OneIn(3)) return std::nullopt;
  std::map<std::string, int64_t> by_name;
  int64_t rest = 1'000'000;
  while (by_name.size() < 5) {
    const Feature feature = static_cast<Feature>(dice_.Below(kFeatureCount));
    const int64_t weight = static_cast<int64_t>(dice_.Below(static_cast<size_t>(rest) + 1));
    const auto [at, is_new] = by_name.emplace(FeatureName(feature), weight);
    if (is_new) rest -= weight;
  }
  by_name.begin()->second += rest;
  return MakeWeights(by_name).value();
}

// Shipped, stated with the request, or one that tells regimes apart.
ScoringModel MarketCheck::RandomModel() {
  const std::optional<Weights> cold = RandomWeights();
  if (!cold.has_value()) return ScoringModel();
  if (dice_.OneIn(2)) return ScoringModel::Always(*cold);
  ScoringModel model;
  for (const std::string& role : MarketRoles()) {
    const RegimeWeights weights{RandomWeights().value_or(*cold), RandomWeights().value_or(*cold)};
    model.Set(RoleIndexOf(role), weights);
  }
  return model;
}

void MarketCheck::AskForProfiles() {
  if (dice_.OneIn(2)) {
    const Project& project = market_.projects[dice_.Below(market_.projects.size())];
    if (!project.openings.empty()) {
      return AskAbout(project, project.openings[dice_.Below(project.openings.size())]);
    }
  }
  Project context = RandomProject(rng_, ProjectId(7), market_.options);
  context.openings.clear();
  AskAbout(context, RandomOpening(rng_, market_.options, context.currency));
}

void MarketCheck::AskAbout(const Project& project, const Opening& opening) {
  ++counts_.profile_questions;
  const OracleQuestion question{&project, &opening, RandomDay(), RandomExtra()};
  const OracleScorer scorer(oracle_, question);
  const Weights weights = RandomWeights().value_or(OracleWeights(opening.role));
  ProfilesQuestion asked{.demand = MakeDemand(project, opening),
                         .weights = weights,
                         .as_of = question.as_of,
                         .top_k = RandomTopK(),
                         .include_attached = dice_.OneIn(3),
                         .want_total = true};
  Attach(question.extra, asked.demand);
  const ProfilesAnswer answer = FindProfiles(*pool_, asked, NeverStop()).value();

  Rarities rarities(*pool_, question.as_of);
  const Query query(*pool_, asked.demand, question.as_of, rarities);
  std::vector<std::pair<ProfileId, int64_t>> scored;
  Misses<ProfileId> misses;
  for (size_t i = 0; i < market_.profiles.size(); ++i) {
    const Profile& profile = people_[i];
    const RequirementSet failures = CheckPair(question, query, profile, views_[i]);
    const bool is_considered = OracleConsiders(question, profile, asked.include_attached);
    if (is_considered) misses.Add(failures, question, profile, profile.id);
    if (!failures.empty()) {
      if (!dice_.OneIn(kExplainedOneIn)) continue;
      CheckWhyNot(question, market_.profiles[i], failures);
    }
    const int64_t score = CheckValues(scorer, weights, query, profile, views_[i]);
    if (is_considered && failures.empty()) scored.emplace_back(profile.id, score);
  }
  Expect(answer.total == static_cast<int64_t>(scored.size()), "total of profiles");
  Expect(Pairs(answer.best) == BestFirst(scored, asked.top_k), "best profiles");
  Expect(answer.diagnosis.has_value() == scored.empty(), "whether nobody was found");
  if (!scored.empty() || !answer.diagnosis.has_value()) return;
  ++counts_.empty_answers;
  Expect(answer.diagnosis->considered == misses.considered, "profiles considered");
  Expect(answer.diagnosis->failures == misses.failures, "failures of profiles");
  for (size_t i = 0; i < kRequirementCount; ++i) {
    Expect(IsSameMiss(misses.nearest[i], answer.diagnosis->nearest[i], &NearMiss::profile),
           absl::StrCat("nearest profile by requirement ", i));
  }
}

RequirementSet MarketCheck::CheckPair(const OracleQuestion& question, const Query& query,
                                      const Profile& profile, const ProfileView& view) {
  ++counts_.pairs;
  const RequirementSet expected = OracleFailures(question, profile);
  const RoleRow* role = view.FindRole(query.demand().scalars.role);
  Expect(FailuresOf(query, view, role) == expected, "failures");
  Expect(IsEligible(query, view, role) == expected.empty(), "eligibility");
  if (expected.empty()) ++counts_.eligible_pairs;
  if (!expected.Has(Requirement::kCalendar)) CheckContention(question, query, profile, view);
  return expected;
}

void MarketCheck::CheckContention(const OracleQuestion& question, const Query& query,
                                  const Profile& profile, const ProfileView& view) {
  const auto contention = ContentionOf(query, view, pool_->CountHolds());
  const int32_t place = OracleLadderPlace(question, profile).value_or(1);
  Expect(IsContended(query, view) == (place > 1), "whether a profile is contended");
  Expect(contention.has_value() == (place > 1), "whether there is a contention");
  if (!contention.has_value() || place == 1) return;
  ++counts_.contended_pairs;
  Expect(contention->ladder_place == place, "place in the ladder");
  Expect(contention->holds_above == OracleHoldsOn(profile, contention->days), "holds above");
  Expect(OracleSuffices(question, profile, contention->days), "days of a contention");
  Expect(contention->free_chance_millionths ==
             OracleFreeChance(profile, contention->holds_above, booked_holds_, ended_holds_),
         "chance to come free");
}

int64_t MarketCheck::CheckValues(const OracleScorer& scorer, const Weights& weights,
                                 const Query& query, const Profile& profile,
                                 const ProfileView& view) {
  ++counts_.scored_pairs;
  const PerFeature expected = scorer.Evaluate(profile);
  const PerFeature values = Evaluate(query, view, view.FindRole(query.demand().scalars.role));
  for (size_t i = 0; i < kFeatureCount; ++i) {
    if (values[i] == expected[i]) continue;
    Expect(false, absl::StrCat(FeatureName(static_cast<Feature>(i)), " of profile ",
                               profile.id.value(), ": ", values[i], " for ", expected[i]));
  }
  const int64_t score = Score(weights, values);
  Expect(score == OracleScore(weights, expected), "score");
  Expect(0 <= score && score <= 1'000'000, "range of scores");
  return score;
}

void MarketCheck::CheckWhyNot(const OracleQuestion& question, const Profile& profile,
                              const RequirementSet& failing) {
  ++counts_.why_nots;
  const std::vector<Failure> failures =
      WhyNot(profile, *question.project, *question.opening, question.as_of);
  RequirementSet told;
  bool has_changes = true;
  Profile person = profile;
  Project project = *question.project;
  Opening opening = *question.opening;
  for (const Failure& failure : failures) {
    told.Add(failure.requirement);
    has_changes &= failure.change.has_value();
    if (failure.change.has_value()) Apply(*failure.change, person, project, opening);
  }
  Expect(told == failing, "requirements of a why-not");
  if (!has_changes) {
    ++counts_.hopeless;
    return Expect(failing.Has(Requirement::kCalendar), "what makes a why-not hopeless");
  }
  const OracleQuestion changed{&project, &opening, question.as_of, question.extra};
  Expect(OracleFailures(changed, person).empty(), "eligibility after the changes of a why-not");
}

OpeningsQuestion MarketCheck::RandomOpeningsQuestion(ProfileId profile) {
  return {.profile = profile,
          .model = RandomModel(),
          .as_of = RandomDay(),
          .top_k = RandomTopK(),
          .include_attached = dice_.OneIn(3),
          .want_total = dice_.OneIn(2),
          .want_diagnosis = true};
}

void MarketCheck::AskForOpenings() {
  ++counts_.opening_questions;
  const size_t number = dice_.Below(market_.profiles.size());
  const Profile& profile = people_[number];
  const OpeningsQuestion asked = RandomOpeningsQuestion(profile.id);
  const OpeningsAnswer answer = FindOpenings(*pool_, asked, NeverStop()).value();

  Rarities rarities(*pool_, asked.as_of);
  std::vector<std::pair<OpeningId, int64_t>> scored;
  Misses<OpeningId> misses;
  for (const Project& project : market_.projects) {
    for (const Opening& opening : project.openings) {
      const OracleQuestion question{&project, &opening, asked.as_of, {}};
      if (!OracleOffers(question, profile, asked.include_attached)) continue;
      const OpeningId id{project.id, opening.number};
      const Query query(*pool_, *pool_->FindOpening(id), asked.as_of, rarities);
      const RequirementSet failures = CheckPair(question, query, profile, views_[number]);
      misses.Add(failures, question, profile, id);
      if (!failures.empty()) continue;
      const Demand& demand = *pool_->FindOpening(id);
      const Weights& weights = asked.model.Of(demand.scalars.role, RegimeOf(demand));
      const OracleScorer scorer(oracle_, question);
      scored.emplace_back(id, CheckValues(scorer, weights, query, profile, views_[number]));
    }
  }
  if (scored.empty()) ++counts_.empty_answers;
  Expect(answer.total.has_value() == asked.want_total, "whether openings are counted");
  Expect(answer.total.value_or(static_cast<int64_t>(scored.size())) ==
             static_cast<int64_t>(scored.size()),
         "total of openings");
  Expect(Pairs(answer.best) == BestFirst(scored, asked.top_k), "best openings");
  Expect(answer.diagnosis.has_value() == scored.empty(), "whether there is a diagnosis");
  if (answer.diagnosis.has_value()) {
    Expect(answer.diagnosis->considered == misses.considered, "openings considered");
    Expect(answer.diagnosis->failures == misses.failures, "failures of openings");
    for (size_t i = 0; i < kRequirementCount; ++i) {
      Expect(IsSameMiss(misses.nearest[i], answer.diagnosis->nearest[i], &MissedOpening::opening),
             absl::StrCat("nearest opening by requirement ", i));
    }
  }
  if (!answer.best.empty()) CheckOtherWay(profile, asked, dice_.Pick(answer.best));
}

void MarketCheck::CheckOtherWay(const Profile& profile, const OpeningsQuestion& asked,
                                const Ranked<OpeningId>& found) {
  ++counts_.returned;
  const Demand& demand = *pool_->FindOpening(found.id);
  const ProfilesQuestion back{
      .demand = demand,
      .weights = asked.model.Of(demand.scalars.role, RegimeOf(demand)),
      .as_of = asked.as_of,
      .top_k = market_.profiles.size(),
      .include_attached = asked.include_attached};
  const ProfilesAnswer answer = FindProfiles(*pool_, back, NeverStop()).value();
  const Ranked<ProfileId> expected{profile.id, found.score_millionths};
  Expect(std::count(answer.best.begin(), answer.best.end(), expected) == 1,
         "the profile found back by its opening");
}

void MarketCheck::Expect(bool same, absl::string_view what) {
  if (same) return;
  ++counts_.differences;
  if (counts_.first_differences.size() >= 10) return;
  counts_.first_differences.push_back(
      absl::StrCat("market ", seed_, ", question ", counts_.profile_questions, " for profiles, ",
                   counts_.opening_questions, " for openings: ", what, " differ"));
}

}  // namespace troupe::testing
