#include <algorithm>
#include <cmath>

#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_split.h"
#include "matcher/domain/role_taxonomy.h"
#include "matcher/rank/rank_data.h"
#include "tests/testing/oracle.h"
#include "tests/testing/oracle_distance.h"

namespace troupe::testing {
namespace {

constexpr int64_t kOne = 1'000'000;
constexpr int64_t kHalf = 500'000;

// a / b, rounded down to millionths, at least 0 and at most 1.
int64_t Ratio(int64_t a, int64_t b) {
  if (a <= 0) return 0;
  return std::min(a * kOne / b, kOne);
}

int64_t Saturating(int64_t x, int64_t half) { return Ratio(x, x + half); }

std::set<std::string> Ids(const std::vector<Label>& labels) {
  std::set<std::string> ids;
  for (const Label& label : labels) ids.insert(label.id);
  return ids;
}

std::set<std::string> Words(const std::vector<std::string>& words) {
  return {words.begin(), words.end()};
}

bool Has(const std::vector<Label>& labels, const std::string& id) {
  return std::any_of(labels.begin(), labels.end(),
                     [&](const Label& label) { return label.id == id; });
}

bool Has(const std::vector<std::string>& words, const std::string& word) {
  return std::find(words.begin(), words.end(), word) != words.end();
}

bool HasTrait(const Credit& credit, absl::string_view kind, const std::string& word) {
  if (kind == "genre") return Has(credit.genres, word);
  if (kind == "tag") return Has(credit.tags, word);
  if (kind == "company") return Has(credit.companies, word);
  if (kind == "country") return Has(credit.countries, word);
  return credit.original_language == word;
}

int64_t CountWith(const std::vector<const Credit*>& credits, absl::string_view kind,
                  const std::string& word) {
  return std::count_if(credits.begin(), credits.end(),
                       [&](const Credit* credit) { return HasTrait(*credit, kind, word); });
}

// How often the budget halves until it is below 2; none below 1.
std::optional<int32_t> Octave(const std::optional<Money>& budget) {
  if (!budget.has_value() || budget->units < 1) return std::nullopt;
  int32_t octave = 0;
  for (int64_t units = budget->units; units >= 2; units /= 2) ++octave;
  return octave;
}

std::string KeyOf(absl::string_view kind, absl::string_view word) {
  return absl::StrCat(kind, " ", word);
}

// How many of 100 people come from one role to another, as it ships.
int64_t StepPercent(const std::string& from, const std::string& to) {
  static const auto& rows = *new std::vector<std::vector<std::string>>([] {
    std::vector<std::vector<std::string>> table;
    for (absl::string_view line : absl::StrSplit(data::kRoleAdjacency, '\n', absl::SkipEmpty())) {
      table.push_back(absl::StrSplit(line, ','));
    }
    return table;
  }());
  const auto percent = [&](const std::string& first, const std::string& second) {
    int64_t number = 0;
    for (const auto& row : rows) {
      if (row[0] == first && row[1] == second && absl::SimpleAtoi(row[2], &number)) break;
    }
    return number;
  };
  if (from == to) return 0;
  if (const int64_t named = percent(from, to); named > 0) return named;
  const Role* one = ShippedRoles().Find(from);
  const Role* other = ShippedRoles().Find(to);
  const bool is_near = one != nullptr && other != nullptr && one->department == other->department;
  return is_near ? percent("*", "*") : 0;
}

int64_t Rating(const Profile& profile) {
  const int64_t count = profile.rating.count;
  const int64_t stars = count * profile.rating.mean_thousandths + 10 * 3'500;
  return Ratio(stars - (count + 10) * 1'000, (count + 10) * 4'000);
}

}  // namespace

OracleMarket::OracleMarket(const std::vector<Profile>& profiles) {
  for (const Profile& profile : profiles) {
    profiles_[profile.id] = &profile;
    if (profile.ownership.findability != Findability::kFindable) continue;
    for (const Credit& credit : profile.credits) {
      std::set<std::string> keys = {KeyOf("", "")};
      for (const Label& label : credit.genres) keys.insert(KeyOf("genre", label.id));
      for (const Label& label : credit.tags) keys.insert(KeyOf("tag", label.id));
      for (const Label& label : credit.companies) keys.insert(KeyOf("company", label.id));
      for (const std::string& country : credit.countries) keys.insert(KeyOf("country", country));
      keys.insert(KeyOf("language", credit.original_language));
      const Day day = credit.date.value_or(Day(-1'000'000));
      const auto [since, is_first] = people_[credit.production].emplace(profile.id, day);
      if (!is_first) since->second = std::min(since->second, day);
      for (const std::string& key : keys) {
        const auto [known, is_new] = productions_[key].emplace(credit.production, day);
        if (!is_new) known->second = std::min(known->second, day);
      }
    }
  }
}

const Profile* OracleMarket::Find(ProfileId id) const {
  const auto found = profiles_.find(id);
  return found == profiles_.end() ? nullptr : found->second;
}

int64_t OracleMarket::CountProductions(absl::string_view kind, absl::string_view word,
                                       Day as_of) const {
  const auto found = productions_.find(KeyOf(kind, word));
  if (found == productions_.end()) return 0;
  return std::count_if(found->second.begin(), found->second.end(),
                       [&](const auto& production) { return production.second < as_of; });
}

int64_t OracleMarket::RarityOf(absl::string_view kind, absl::string_view word, Day as_of) const {
  const int64_t all = CountProductions("", "", as_of);
  if (all == 0) return kOne;
  const double with_and_one = static_cast<double>(CountProductions(kind, word, as_of) + 1);
  const double all_and_one = static_cast<double>(all + 1);
  const double rarity = std::log(all_and_one / with_and_one) / std::log(all_and_one);
  return std::clamp<int64_t>(std::llround(rarity * 1e6), 0, kOne);
}

int64_t OracleMarket::OddsOf(absl::string_view kind, absl::string_view word, Day as_of) const {
  const int64_t all = CountProductions("", "", as_of);
  return 100 + (all == 0 ? 0 : Ratio(CountProductions(kind, word, as_of), all));
}

std::set<ProfileId> OracleMarket::PeopleOn(const std::string& production, Day as_of) const {
  std::set<ProfileId> people;
  const auto found = people_.find(production);
  if (found == people_.end()) return people;
  for (const auto& [id, since] : found->second) {
    if (since < as_of) people.insert(id);
  }
  return people;
}

OracleScorer::OracleScorer(const OracleMarket& market, const OracleQuestion& question)
    : question_(question), answers_(market.CountAnswers()) {
  const Project& project = *question.project;
  genres_ = Ids(project.GenresOf(*question.opening));
  styles_ = Words(project.styles);
  tags_ = Ids(project.tags);
  companies_ = Ids(project.companies);
  countries_ = Words(project.countries);
  AddTraits(market, "genre", genres_, 10);
  AddTraits(market, "tag", tags_, 7);
  AddTraits(market, "company", companies_, 7);
  AddTraits(market, "country", countries_, 5);
  if (!project.original_language.empty()) {
    AddTraits(market, "language", {project.original_language}, 7);
  }
  for (const auto& [id, roles] : question.AttachedPeople()) {
    const Profile* person = market.Find(id);
    if (person == nullptr || !person->ownership.IsVisibleTo(project.ownership.owner)) continue;
    for (const Credit& credit : person->credits) {
      if (!credit.IsBefore(question.as_of)) continue;
      worked_[id][credit.production] |= roles.count(credit.role) > 0 && credit.CountsAs(credit.role);
    }
  }
  attached_ = question.AttachedPeople();
  Walk(market);
}

// From each of the people attached, to one of their productions, to one of the
// people there who are not attached, to one of theirs.
void OracleScorer::Walk(const OracleMarket& market) {
  constexpr int64_t kCertain = kOne * kOne;
  std::map<std::string, int64_t> first;
  for (const auto& [id, productions] : worked_) {
    for (const auto& [production, in_role] : productions) {
      first[production] += kCertain / static_cast<int64_t>(attached_.size()) /
                           static_cast<int64_t>(productions.size());
    }
  }
  std::map<ProfileId, int64_t> passers;
  for (const auto& [production, chance] : first) {
    const std::set<ProfileId> people = market.PeopleOn(production, question_.as_of);
    for (ProfileId id : people) {
      if (attached_.count(id) == 0) passers[id] += chance / static_cast<int64_t>(people.size());
    }
  }
  for (const auto& [id, chance] : passers) {
    std::set<std::string> productions;
    for (const Credit* credit : PastCreditsOf(*market.Find(id))) {
      productions.insert(credit->production);
    }
    for (const std::string& production : productions) {
      chances_[production] += chance / static_cast<int64_t>(productions.size());
    }
  }
}

void OracleScorer::AddTraits(const OracleMarket& market, absl::string_view kind,
                             const std::set<std::string>& words, int64_t kind_weight) {
  for (const std::string& word : words) {
    const int64_t rarity = market.RarityOf(kind, word, question_.as_of);
    rarities_[{std::string(kind), word}] = rarity;
    odds_[{std::string(kind), word}] = market.OddsOf(kind, word, question_.as_of);
    traits_.push_back({std::string(kind), word, kind_weight * rarity});
  }
}

int64_t OracleScorer::RarityOf(absl::string_view kind, const std::string& word) const {
  return rarities_.at({std::string(kind), word});
}

OracleScorer::PastCredits OracleScorer::PastCreditsOf(const Profile& profile) const {
  PastCredits past;
  for (const Credit& credit : profile.credits) {
    if (credit.IsBefore(question_.as_of)) past.push_back(&credit);
  }
  return past;
}

PerFeature OracleScorer::Evaluate(const Profile& profile) const {
  const ProfileRole* role = profile.FindRole(question_.opening->role);
  const PastCredits past = PastCreditsOf(profile);
  PastCredits in_role;
  for (const Credit* credit : past) {
    if (credit->CountsAs(question_.opening->role)) in_role.push_back(credit);
  }
  const int64_t years = role == nullptr ? 0 : role->years;
  const int64_t experience = Saturating(static_cast<int64_t>(in_role.size()) + years, 8);
  const std::map<Feature, int64_t> values = {
      {Feature::kSkills, Skills(profile)},
      {Feature::kGenres, Genres(profile, past)},
      {Feature::kExperience, experience},
      {Feature::kRating, Rating(profile)},
      {Feature::kPlace, Place(profile)},
      {Feature::kPay, Pay(role)},
      {Feature::kCollaboration, Collaboration(profile, past)},
      {Feature::kCompany, Company(past)},
      {Feature::kTags, Tags(past)},
      {Feature::kSimilarity, Similarity(past)},
      {Feature::kReciprocity, Reciprocity(profile, role)},
      {Feature::kRecency, Recency(in_role)},
      {Feature::kActivity, Activity(in_role)},
      {Feature::kLanguage, Language(in_role)},
      {Feature::kCountry, Country(in_role)},
      {Feature::kBudget, Budget(in_role)},
      {Feature::kExperienceAny, Saturating(static_cast<int64_t>(past.size()), 8)},
      {Feature::kRecencyAny, RecencyIn(past)},
      {Feature::kGenreShare, GenreShare(in_role)},
      {Feature::kCompanyInRole, Company(in_role)},
      {Feature::kTagsInRole, Tags(in_role)},
      {Feature::kLanguageFit, LanguageFit(in_role)},
      {Feature::kCountryFit, CountryFit(in_role)},
      {Feature::kSimilarWork, SimilarWork(in_role)},
      {Feature::kRecentCompany, RecentCompany(past)},
      {Feature::kCollaborationInRole, CollaborationInRole(profile, in_role)},
      {Feature::kColleagues, Colleagues(profile, past)},
      {Feature::kRecentCollaboration, RecentCollaboration(profile, past)},
      {Feature::kLoyalty, Loyalty(profile, in_role)},
      {Feature::kCloseness, Closeness(in_role)},
      {Feature::kAttached, attached_.count(profile.id) > 0 ? kOne : 0},
      {Feature::kGenreMix, GenreMix(in_role)},
      {Feature::kAcceptance, Acceptance(profile)},
      {Feature::kOwnRating, OwnRating(profile)},
  };
  PerFeature all{};
  for (const auto& [feature, value] : values) all[static_cast<size_t>(feature)] = value;
  return all;
}

std::pair<int64_t, int64_t> OracleMarket::CountAnswers() const {
  std::pair<int64_t, int64_t> answers;
  for (const auto& [id, profile] : profiles_) {
    if (profile->ownership.findability != Findability::kFindable) continue;
    answers.first += profile->hold_counts.booked;
    answers.second += profile->hold_counts.declined;
  }
  return answers;
}

namespace {

// Whether that person, or where none is given anybody, took the opening; and
// whether the person declined it.
std::pair<int64_t, int64_t> AnswersIn(const OutcomeHistory& history,
                                      std::optional<ProfileId> asked) {
  std::map<ProfileId, std::set<Outcome::Kind>> kinds;
  for (const Outcome& outcome : history.outcomes) kinds[outcome.profile].insert(outcome.kind);
  std::pair<int64_t, int64_t> answers;
  for (const auto& [profile, came] : kinds) {
    if (asked.has_value() && profile != *asked) continue;
    const bool booked =
        came.count(Outcome::Kind::kBooked) + came.count(Outcome::Kind::kFinished) > 0;
    const bool declined = came.count(Outcome::Kind::kDeclined) > 0;
    if (booked || (came.count(Outcome::Kind::kHeld) > 0 && !declined)) ++answers.first;
    if (!booked && declined) ++answers.second;
  }
  return answers;
}

}  // namespace

int64_t OracleScorer::Acceptance(const Profile& profile) const {
  std::pair<int64_t, int64_t> own = {profile.hold_counts.booked, profile.hold_counts.declined};
  std::pair<int64_t, int64_t> all = answers_;
  for (const OutcomeHistory& history : question_.outcomes) {
    const auto [took, declined] = AnswersIn(history, profile.id);
    own = {own.first + took, own.second + declined};
    const auto [all_took, all_declined] = AnswersIn(history, std::nullopt);
    all = {all.first + all_took, all.second + all_declined};
  }
  const int64_t share = (all.first * kOne + 20 * 600'000) / (all.first + all.second + 20);
  const int64_t exact = (own.first * kOne + 5 * share) / (own.first + own.second + 5);
  return exact - exact % 50'000;
}

int64_t OracleScorer::OwnRating(const Profile& profile) const {
  int64_t stars_above_one = 0;
  int64_t ratings = 0;
  for (const OutcomeHistory& history : question_.outcomes) {
    for (const Outcome& outcome : history.outcomes) {
      if (outcome.profile != profile.id || outcome.kind != Outcome::Kind::kRated) continue;
      stars_above_one += outcome.rating_hundredths - 100;
      ++ratings;
    }
  }
  return (stars_above_one * kOne / 400 + 5 * Rating(profile)) / (ratings + 5);
}

int64_t OracleScorer::Skills(const Profile& profile) const {
  int64_t points = 0;
  int64_t most = 0;
  for (const WantedSkill& wanted : question_.opening->skills) {
    for (int32_t times = wanted.required ? 2 : 1; times > 0; --times) {
      points += std::min(profile.SkillLevel(wanted.skill), wanted.level);
      most += wanted.level;
    }
  }
  return most == 0 ? kOne : Ratio(points, most);
}

int64_t OracleScorer::Genres(const Profile& profile, const PastCredits& past) const {
  int64_t sum = 0;
  for (const std::string& genre : genres_) {
    sum += Saturating(CountWith(past, "genre", genre) + (Has(profile.genres, genre) ? 1 : 0), 1);
  }
  for (const std::string& style : styles_) sum += Has(profile.styles, style) ? kHalf : 0;
  const size_t count = genres_.size() + styles_.size();
  return count == 0 ? 0 : sum / static_cast<int64_t>(count);
}

int64_t OracleScorer::Place(const Profile& profile) const {
  const std::string& place = question_.project->PlaceOf(*question_.opening);
  if (place.empty()) return kOne;
  const std::optional<int32_t> km = OracleDistanceKm(profile.home_place, place);
  const int64_t near = km.has_value() ? Ratio(300, 300 + *km) : 0;
  const bool remote = ShippedRoles().Find(question_.opening->role)->remote_capable;
  return remote && near < kHalf ? kHalf : near;
}

int64_t OracleScorer::Pay(const ProfileRole* role) const {
  const std::optional<Money>& ceiling = question_.opening->pay_ceiling;
  if (role == nullptr || !role->day_rate.has_value() || !ceiling.has_value()) return kHalf;
  if (role->day_rate->currency != ceiling->currency || ceiling->units == 0) return 0;
  return Ratio(2 * ceiling->units - role->day_rate->units, 2 * ceiling->units);
}

int64_t OracleScorer::Collaboration(const Profile& profile,
                                    const PastCredits& past) const {
  std::map<std::string, bool> own;  // Productions; true: in the role asked for.
  for (const Credit* credit : past) {
    own[credit->production] |= credit->CountsAs(question_.opening->role);
  }
  int64_t worth = 0;
  for (const auto& [colleague, theirs] : worked_) {
    if (colleague == profile.id) continue;
    for (const auto& [production, in_role] : own) {
      const auto shared = theirs.find(production);
      if (shared != theirs.end()) worth += in_role && shared->second ? 2 : 1;
    }
  }
  return Saturating(worth, 2);
}

int64_t OracleScorer::Company(const PastCredits& past) const {
  int64_t sum = 0;
  for (const std::string& company : companies_) {
    sum += CountWith(past, "company", company) * RarityOf("company", company);
  }
  return Saturating(sum, kOne);
}

int64_t OracleScorer::Tags(const PastCredits& past) const {
  int64_t covered = 0;
  int64_t all = 0;
  for (const std::string& tag : tags_) {
    const int64_t credits = CountWith(past, "tag", tag);
    covered += RarityOf("tag", tag) * credits / (credits + 1);
    all += RarityOf("tag", tag);
  }
  return all == 0 ? 0 : Ratio(2 * covered, all);
}

int64_t OracleScorer::Similarity(const PastCredits& past) const {
  int64_t all = 0;
  for (const Trait& trait : traits_) all += trait.weight;
  if (all == 0) return 0;
  int64_t best = 0;
  for (const Credit* credit : past) {
    int64_t alike = 0;
    for (const Trait& trait : traits_) {
      if (HasTrait(*credit, trait.kind, trait.word)) alike += trait.weight;
    }
    const int64_t share = Ratio(alike, all);
    best = std::max(best, credit->CountsAs(question_.opening->role) ? share : share / 2);
  }
  return best;
}

int64_t OracleScorer::Reciprocity(const Profile& profile, const ProfileRole* role) const {
  const Wishes& wishes = profile.wishes;
  const std::optional<Money>& ceiling = question_.opening->pay_ceiling;
  std::vector<int64_t> kinds;
  if (!wishes.genres.empty()) {
    const bool any = std::any_of(genres_.begin(), genres_.end(),
                                 [&](const auto& genre) { return Has(wishes.genres, genre); });
    kinds.push_back(genres_.empty() ? kHalf : any ? kOne : 0);
  }
  if (!wishes.places.empty()) {
    const std::string& place = question_.project->PlaceOf(*question_.opening);
    const bool any =
        std::any_of(wishes.places.begin(), wishes.places.end(),
                    [&](const auto& wished) { return OracleIsWithin(place, wished); });
    kinds.push_back(place.empty() ? kHalf : any ? kOne : 0);
  }
  if (wishes.pay_floor.has_value()) {
    const Money& floor = *wishes.pay_floor;
    if (!ceiling.has_value()) {
      kinds.push_back(kHalf);
    } else if (ceiling->currency != floor.currency) {
      kinds.push_back(0);
    } else if (CompareAmounts(floor, *ceiling) <= 0) {
      kinds.push_back(kOne);
    } else {
      kinds.push_back(floor.units == 0 ? 0 : Ratio(ceiling->units, floor.units));
    }
  }
  if (role != nullptr && role->grow_into) kinds.push_back(Growth(profile));
  if (kinds.empty()) return kHalf;
  int64_t sum = 0;
  for (int64_t kind : kinds) sum += kind;
  return sum / static_cast<int64_t>(kinds.size());
}

// A half, and half of how likely people of the profile's roles come to this one.
int64_t OracleScorer::Growth(const Profile& profile) const {
  int64_t percent = 0;
  for (const ProfileRole& held : profile.roles) {
    if (!held.grow_into) percent = std::max(percent, StepPercent(held.role, question_.opening->role));
  }
  return kHalf + Saturating(percent, 5) / 2;
}

int64_t OracleScorer::Recency(const PastCredits& in_role) const { return RecencyIn(in_role); }

int64_t OracleScorer::RecencyIn(const PastCredits& credits) const {
  std::optional<Day> newest;
  for (const Credit* credit : credits) {
    if (credit->date.has_value() && (!newest.has_value() || *credit->date > *newest)) {
      newest = credit->date;
    }
  }
  return newest.has_value() ? Ratio(1'826, 1'826 + (question_.as_of - *newest)) : 0;
}

int64_t OracleScorer::Fresh(const Credit& credit) const {
  if (!credit.date.has_value()) return 0;
  const int64_t fresh = Ratio(1'461, 1'461 + (question_.as_of - *credit.date));
  return fresh * fresh / kOne;
}

int64_t OracleScorer::Activity(const PastCredits& in_role) const {
  int64_t sum = 0;
  for (const Credit* credit : in_role) sum += Fresh(*credit);
  return Saturating(sum, kOne);
}

int64_t OracleScorer::GenreShare(const PastCredits& in_role) const {
  int64_t sum = 0;
  for (const std::string& genre : genres_) {
    const int64_t odds = odds_.at({"genre", genre});
    sum += std::min(kOne, (CountWith(in_role, "genre", genre) * kOne + 2 * odds) /
                              (static_cast<int64_t>(in_role.size()) + 2));
  }
  return genres_.empty() ? 0 : sum / static_cast<int64_t>(genres_.size());
}

namespace {

int64_t Fit(int64_t with, size_t credits, int64_t odds) {
  const int64_t share = (with * kOne + odds) / (static_cast<int64_t>(credits) + 1);
  if (share == 0) return 0;
  const double fit = std::log(static_cast<double>(share) / 1e6) * (1e6 / std::log(200.0));
  return std::clamp<int64_t>(kOne + std::llround(fit), 0, kOne);
}

}  // namespace

int64_t OracleScorer::LanguageFit(const PastCredits& in_role) const {
  const std::string& language = question_.project->original_language;
  if (language.empty()) return 0;
  return Fit(CountWith(in_role, "language", language), in_role.size(),
             odds_.at({"language", language}));
}

int64_t OracleScorer::CountryFit(const PastCredits& in_role) const {
  int64_t sum = 0;
  for (const std::string& country : countries_) {
    sum += Fit(CountWith(in_role, "country", country), in_role.size(),
               odds_.at({"country", country}));
  }
  return countries_.empty() ? 0 : sum / static_cast<int64_t>(countries_.size());
}

// The cosine of the question's traits, by rarity, and a credit's, cubed.
int64_t OracleScorer::SimilarWork(const PastCredits& in_role) const {
  double asked = 0;
  for (const Trait& trait : traits_) {
    asked += static_cast<double>(trait.weight) * static_cast<double>(trait.weight);
  }
  if (asked == 0) return 0;
  const std::map<std::string, int64_t> kinds = {
      {"genre", 10}, {"tag", 7}, {"company", 7}, {"country", 5}, {"language", 7}};
  int64_t sum = 0;
  for (const Credit* credit : in_role) {
    int64_t shared = 0;
    for (const Trait& trait : traits_) {
      if (HasTrait(*credit, trait.kind, trait.word)) shared += kinds.at(trait.kind) * trait.weight;
    }
    if (shared == 0) continue;
    const size_t squares = 100 * Ids(credit->genres).size() + 49 * Ids(credit->tags).size() +
                           49 * Ids(credit->companies).size() +
                           25 * Words(credit->countries).size() +
                           (credit->original_language.empty() ? 0 : 49);
    const double exact = static_cast<double>(shared) /
                         (std::sqrt(asked) * std::sqrt(static_cast<double>(squares)));
    const int64_t cosine = std::min(kOne, static_cast<int64_t>(exact * 1e6));
    sum += cosine * cosine / kOne * cosine / kOne;
  }
  return Saturating(sum, 50'000);
}

int64_t OracleScorer::RecentCompany(const PastCredits& past) const {
  int64_t sum = 0;
  for (const Credit* credit : past) {
    int64_t rarity = 0;
    for (const std::string& company : companies_) {
      if (HasTrait(*credit, "company", company)) rarity += RarityOf("company", company);
    }
    sum += Fresh(*credit) * rarity / kOne;
  }
  return Saturating(sum, kHalf);
}

int64_t OracleScorer::CollaborationInRole(const Profile& profile,
                                          const PastCredits& in_role) const {
  std::set<std::string> own;
  for (const Credit* credit : in_role) own.insert(credit->production);
  int64_t pairs = 0;
  for (const auto& [colleague, theirs] : worked_) {
    if (colleague == profile.id) continue;
    for (const auto& [production, is_in_role] : theirs) pairs += is_in_role && own.count(production) > 0;
  }
  return Saturating(pairs, 1);
}

int64_t OracleScorer::Colleagues(const Profile& profile, const PastCredits& past) const {
  int64_t known = 0;
  for (const auto& [colleague, theirs] : worked_) {
    if (colleague == profile.id) continue;
    known += std::any_of(past.begin(), past.end(), [&](const Credit* credit) {
      return theirs.count(credit->production) > 0;
    });
  }
  return known == 0 ? 0 : Ratio(known, static_cast<int64_t>(attached_.size()));
}

int64_t OracleScorer::RecentCollaboration(const Profile& profile, const PastCredits& past) const {
  int64_t sum = 0;
  for (const auto& [colleague, theirs] : worked_) {
    if (colleague == profile.id) continue;
    std::map<std::string, int64_t> freshest;
    for (const Credit* credit : past) {
      if (theirs.count(credit->production) == 0) continue;
      int64_t& known = freshest[credit->production];
      known = std::max(known, Fresh(*credit));
    }
    for (const auto& [production, fresh] : freshest) sum += fresh;
  }
  return Saturating(sum, kHalf);
}

int64_t OracleScorer::Loyalty(const Profile& profile, const PastCredits& in_role) const {
  std::set<std::string> own;
  for (const Credit* credit : in_role) own.insert(credit->production);
  int64_t sum = 0;
  for (const auto& [colleague, theirs] : worked_) {
    if (colleague == profile.id) continue;
    for (const auto& [production, is_in_role] : theirs) {
      if (own.count(production) > 0) sum += kOne / static_cast<int64_t>(theirs.size());
    }
  }
  return Saturating(sum, 300'000);
}

int64_t OracleScorer::Closeness(const PastCredits& in_role) const {
  std::set<std::string> own;
  for (const Credit* credit : in_role) own.insert(credit->production);
  int64_t chance = 0;
  for (const std::string& production : own) {
    const auto found = chances_.find(production);
    if (found != chances_.end()) chance += found->second;
  }
  int64_t root = static_cast<int64_t>(std::sqrt(static_cast<double>(chance)));
  while (root * root > chance) --root;
  while ((root + 1) * (root + 1) <= chance) ++root;
  return Saturating(root, 100'000);
}

// The fourth power of how much of the genres of both is in both.
int64_t OracleScorer::GenreMix(const PastCredits& in_role) const {
  int64_t sum = 0;
  for (const Credit* credit : in_role) {
    const std::set<std::string> own = Ids(credit->genres);
    std::set<std::string> either = genres_;
    either.insert(own.begin(), own.end());
    const size_t both = own.size() + genres_.size() - either.size();
    if (both == 0) continue;
    const int64_t share = Ratio(static_cast<int64_t>(both), static_cast<int64_t>(either.size()));
    sum += (share * share / kOne) * (share * share / kOne) / kOne;
  }
  return Saturating(sum, 3'000'000);
}

int64_t OracleScorer::Language(const PastCredits& in_role) const {
  const std::string& language = question_.project->original_language;
  if (language.empty()) return 0;
  return Ratio(CountWith(in_role, "language", language),
               static_cast<int64_t>(in_role.size()) + 1);
}

int64_t OracleScorer::Country(const PastCredits& in_role) const {
  int64_t sum = 0;
  for (const std::string& country : countries_) {
    sum += Ratio(CountWith(in_role, "country", country), static_cast<int64_t>(in_role.size()) + 1);
  }
  return countries_.empty() ? 0 : sum / static_cast<int64_t>(countries_.size());
}

int64_t OracleScorer::Budget(const PastCredits& in_role) const {
  const std::optional<Money>& budget = question_.project->budget;
  const std::optional<int32_t> octave = Octave(budget);
  if (!octave.has_value()) return 0;
  int64_t quarters = 0;
  int64_t known = 0;
  for (const Credit* credit : in_role) {
    const std::optional<int32_t> other = Octave(credit->budget);
    if (!other.has_value() || credit->budget->currency != budget->currency) continue;
    ++known;
    quarters += std::max(4 - std::abs(*octave - *other), 0);
  }
  return Ratio(quarters, 4 * (known + 1));
}

PerFeature OracleWeights(absl::string_view role) {
  PerFeature own{};
  PerFeature common{};
  bool has_own = false;
  for (absl::string_view line : absl::StrSplit(data::kDefaultWeights, '\n')) {
    const std::vector<std::string> cells = absl::StrSplit(line, ',');
    int64_t weight = 0;
    if (cells.size() != 3 || !absl::SimpleAtoi(cells[2], &weight)) continue;
    const size_t feature = static_cast<size_t>(FindFeature(cells[1]).value());
    if (cells[0] == "*") common[feature] = weight;
    if (cells[0] != role) continue;
    own[feature] = weight;
    has_own = true;
  }
  return has_own ? own : common;
}

int64_t OracleScore(const PerFeature& weights, const PerFeature& values) {
  int64_t score = 0;
  for (size_t i = 0; i < kFeatureCount; ++i) score += weights[i] * values[i] / kOne;
  return score;
}

}  // namespace troupe::testing
