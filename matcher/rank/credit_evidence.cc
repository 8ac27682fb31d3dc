#include "matcher/rank/credit_evidence.h"

#include <algorithm>
#include <cstdlib>
#include <tuple>
#include <utility>

#include "absl/strings/str_cat.h"
#include "matcher/base/millionths.h"
#include "matcher/rank/wording.h"

namespace troupe {
namespace {

using Vocabulary = Term::Vocabulary;

constexpr size_t kMostNamed = 4;

bool Contains(absl::Span<const Term> terms, Term term) {
  return std::find(terms.begin(), terms.end(), term) != terms.end();
}

const Label* FindLabel(Vocabulary vocabulary, const std::vector<Label>& labels, Term term) {
  for (const Label& label : labels) {
    if (Term(vocabulary, label.id) == term) return &label;
  }
  return nullptr;
}

const std::string* FindWord(Vocabulary vocabulary, const std::vector<std::string>& words,
                            Term term) {
  for (const std::string& word : words) {
    if (Term(vocabulary, word) == term) return &word;
  }
  return nullptr;
}

template <typename Count, typename Part>
std::vector<Ground> GroundsOf(const std::vector<Count>& counts, Part part) {
  std::vector<Ground> grounds;
  for (size_t i = 0; i < counts.size(); ++i) grounds.push_back({counts[i].*part, i});
  return grounds;
}

// The first few, and how many more.
std::string ListedBriefly(std::vector<std::string> items) {
  if (items.size() > kMostNamed) {
    const size_t more = items.size() - kMostNamed;
    items.resize(kMostNamed);
    items.push_back(absl::StrCat(more, " more"));
  }
  return Listed(items);
}

}  // namespace

CreditEvidence::CreditEvidence(const Query& query, const Profile& profile, const Project& project,
                               const Opening& opening)
    : query_(query),
      demand_(query.demand()),
      profile_(profile),
      project_(project),
      opening_(opening),
      row_(MakeProfileRow(profile)),
      view_(row_.View()),
      genres_(demand_.genres.size()),
      tags_(demand_.tags.size()),
      companies_(demand_.companies.size()),
      countries_(demand_.countries.size()) {
  for (size_t credit = 0; credit < view_.credits.size(); ++credit) AddCredit(credit);
}

void CreditEvidence::CountTerms(absl::Span<const Term> terms, const std::vector<Term>& asked,
                                bool in_role, Counts& counts) {
  for (size_t i = 0; i < asked.size(); ++i) {
    if (!Contains(terms, asked[i])) continue;
    ++counts[i].all;
    counts[i].in_role += in_role ? 1 : 0;
  }
}

void CreditEvidence::AddCredit(size_t credit) {
  const ProductionRow& production = view_.ProductionOf(view_.credits[credit]);
  if (production.date >= query_.as_of().since_epoch()) return;
  const bool in_role = view_.credits[credit].role == demand_.scalars.role;
  absl::Span<const Term> terms = view_.TermsOf(production);
  const auto take = [&terms](size_t count) {
    const auto taken = terms.first(count);
    terms.remove_prefix(count);
    return taken;
  };
  CountTerms(take(production.genres), demand_.genres, in_role, genres_);
  CountTerms(take(production.tags), demand_.tags, in_role, tags_);
  const absl::Span<const Term> companies = take(production.companies);
  CountTerms(companies, demand_.companies, in_role, companies_);
  CountTerms(take(production.countries), demand_.countries, in_role, countries_);
  ++credits_;
  AddShared(credit, production, in_role);
  AddLikeness(credit, production, in_role);
  if (in_role) AddRoleCredit(credit, production);
  if (production.date == kUndated) return;
  dated_in_any_role_.push_back({int64_t{production.date} - kUndated, credit});
  const bool any = std::any_of(companies.begin(), companies.end(), [&](Term company) {
    return Contains(demand_.companies, company);
  });
  if (any) with_companies_.push_back(dated_in_any_role_.back());
}

void CreditEvidence::AddShared(size_t credit, const ProductionRow& production, bool in_role) {
  const auto* colleagues = query_.ColleaguesOn(production.production);
  if (colleagues == nullptr) return;
  for (const Query::Colleague& colleague : *colleagues) {
    if (colleague.profile == profile_.id) continue;
    shared_.push_back({.colleague = colleague.profile,
                       .production = production.production,
                       .worth = in_role && colleague.in_role ? 2 : 1,
                       .credit = credit,
                       .in_role = in_role});
  }
}

void CreditEvidence::AddLikeness(size_t credit, const ProductionRow& production, bool in_role) {
  int64_t alike = query_.TraitWeight(production.language);
  for (Term term : view_.TermsOf(production)) alike += query_.TraitWeight(term);
  if (in_role) similar_.push_back({alike, credit});
  if (in_role) alike *= 2;
  if (alike > likest_.weight) likest_ = {alike, credit};
}

void CreditEvidence::AddRoleCredit(size_t credit, const ProductionRow& production) {
  ++role_credits_;
  if (query_.walk().has_value()) {
    near_.push_back({query_.walk()->ChanceOf(production.production), credit});
  }
  if (const GenreOverlap overlap = OverlapWith(production); overlap.both > 0) {
    of_the_mix_.push_back({Share(overlap.both, overlap.either), credit});
  }
  if (production.language == demand_.scalars.language) ++in_language_;
  if (production.date != kUndated) {
    dated_.push_back({int64_t{production.date} - kUndated, credit});
  }
  if (production.budget_octave >= 0 && demand_.scalars.budget_octave >= 0 &&
      production.budget_currency == demand_.scalars.budget_currency) {
    const int64_t apart = std::abs(production.budget_octave - demand_.scalars.budget_octave);
    budgets_.push_back({kBudgetOctaves - apart, credit});
  }
}

GenreOverlap CreditEvidence::OverlapWith(const ProductionRow& production) const {
  return OverlapOf(view_.TermsOf(production).first(production.genres), demand_.genres);
}

const std::string& CreditEvidence::TitleOf(size_t credit) const {
  const Credit& stated = profile_.credits[credit];
  return stated.title.empty() ? stated.production : stated.title;
}

Evidence CreditEvidence::Production(size_t credit, std::string text) const {
  return {.kind = "production",
          .id = profile_.credits[credit].production,
          .text = std::move(text)};
}

std::string CreditEvidence::Dated(size_t credit) const {
  return absl::StrCat(TitleOf(credit), ", ", profile_.credits[credit].date->ToString());
}

std::vector<Evidence> CreditEvidence::Genres() const {
  const size_t genre_count = demand_.genres.size();
  std::vector<Ground> grounds = GroundsOf(genres_, &Count::all);
  for (Ground& ground : grounds) {
    if (Contains(view_.genres, demand_.genres[ground.which])) ++ground.weight;
  }
  for (size_t i = 0; i < demand_.styles.size(); ++i) {
    grounds.push_back({Contains(view_.styles, demand_.styles[i]) ? 1 : 0, genre_count + i});
  }
  return Weightiest(std::move(grounds), [&](size_t which) -> std::optional<Evidence> {
    if (which >= genre_count) {
      const std::string* style =
          FindWord(Vocabulary::kStyle, project_.styles, demand_.styles[which - genre_count]);
      if (style == nullptr) return std::nullopt;
      return Evidence{.kind = "style", .id = *style, .text = "declares the style " + *style};
    }
    const Term term = demand_.genres[which];
    const Label* genre = FindLabel(Vocabulary::kGenre, project_.GenresOf(opening_), term);
    if (genre == nullptr) return std::nullopt;
    std::string text = genres_[which].all == 0
                           ? absl::StrCat("declares ", genre->shown())
                           : absl::StrCat(Counted(genres_[which].all, "credit"), " in ",
                                          genre->shown());
    if (genres_[which].all > 0 && Contains(view_.genres, term)) text += ", and declares it";
    return Evidence{.kind = "genre", .id = genre->id, .text = std::move(text)};
  });
}

std::vector<Evidence> CreditEvidence::Experience() const {
  const ProfileRole* role = profile_.FindRole(opening_.role);
  const int32_t years = role == nullptr ? 0 : role->years;
  std::vector<std::string> items;
  if (role_credits_ > 0) items.push_back(Counted(role_credits_, "credit"));
  if (years > 0) items.push_back(Counted(years, "year"));
  if (items.empty()) return {};
  return {{.kind = "role",
           .id = opening_.role,
           .text = absl::StrCat(Listed(items), " as ", RoleName(opening_.role))}};
}

std::vector<CreditEvidence::Shared> CreditEvidence::DistinctShared() const {
  std::vector<Shared> shared = shared_;
  std::sort(shared.begin(), shared.end(), [](const Shared& a, const Shared& b) {
    return std::tuple(a.colleague, a.production, -a.worth, !a.in_role, a.credit) <
           std::tuple(b.colleague, b.production, -b.worth, !b.in_role, b.credit);
  });
  const auto same = [](const Shared& a, const Shared& b) {
    return a.colleague == b.colleague && a.production == b.production;
  };
  shared.erase(std::unique(shared.begin(), shared.end(), same), shared.end());
  // Back into the order in which the profile states its credits.
  std::stable_sort(shared.begin(), shared.end(), [](const Shared& a, const Shared& b) {
    return std::tuple(a.colleague, a.credit) < std::tuple(b.colleague, b.credit);
  });
  return shared;
}

std::vector<Evidence> CreditEvidence::Collaboration() const {
  return CollaborationOn(DistinctShared());
}

std::vector<Evidence> CreditEvidence::CollaborationInRole() const {
  std::vector<Shared> shared = DistinctShared();
  std::erase_if(shared, [](const Shared& each) { return each.worth < 2; });
  return CollaborationOn(std::move(shared));
}

std::vector<Evidence> CreditEvidence::Loyalty() const {
  std::vector<Shared> shared = DistinctShared();
  std::erase_if(shared, [](const Shared& each) { return !each.in_role; });
  return CollaborationOn(std::move(shared));
}

std::vector<Evidence> CreditEvidence::CollaborationOn(std::vector<Shared> shared) const {
  std::vector<Ground> grounds;  // A colleague each: the first of theirs in `shared`.
  for (size_t i = 0; i < shared.size(); ++i) {
    if (i == 0 || shared[i].colleague != shared[i - 1].colleague) grounds.push_back({0, i});
    grounds.back().weight += shared[i].worth;
  }
  return Weightiest(std::move(grounds), [&](size_t first) -> std::optional<Evidence> {
    std::vector<std::string> titles;
    for (size_t i = first;
         i < shared.size() && shared[i].colleague == shared[first].colleague; ++i) {
      titles.push_back(TitleOf(shared[i].credit));
    }
    return Evidence{.kind = "profile",
                    .text = "worked together on " + ListedBriefly(std::move(titles)),
                    .profile = shared[first].colleague};
  });
}

std::string CreditEvidence::AsRole() const { return " as " + RoleName(opening_.role); }

std::vector<Evidence> CreditEvidence::Company() const { return CompanyOf(&Count::all, ""); }

std::vector<Evidence> CreditEvidence::CompanyInRole() const {
  return CompanyOf(&Count::in_role, AsRole());
}

std::vector<Evidence> CreditEvidence::CompanyOf(Part part, absl::string_view as_what) const {
  std::vector<Ground> grounds = GroundsOf(companies_, part);
  for (Ground& ground : grounds) ground.weight *= query_.company_rarities()[ground.which];
  return Weightiest(std::move(grounds), [&](size_t which) -> std::optional<Evidence> {
    const Label* company =
        FindLabel(Vocabulary::kCompany, project_.companies, demand_.companies[which]);
    if (company == nullptr) return std::nullopt;
    return Evidence{.kind = "company",
                    .id = company->id,
                    .text = absl::StrCat(Counted(companies_[which].*part, "credit"), as_what,
                                         " with ", company->shown())};
  });
}

std::vector<Evidence> CreditEvidence::RecentCompany() const {
  return ProductionsDated(with_companies_);
}

std::vector<Evidence> CreditEvidence::Tags() const { return TagsOf(&Count::all, ""); }

std::vector<Evidence> CreditEvidence::TagsInRole() const {
  return TagsOf(&Count::in_role, AsRole());
}

std::vector<Evidence> CreditEvidence::TagsOf(Part part, absl::string_view as_what) const {
  std::vector<Ground> grounds;
  for (size_t i = 0; i < tags_.size(); ++i) {
    const int64_t rarity = query_.tag_rarities()[i];
    const int64_t credits = tags_[i].*part;
    const bool counts = rarity * credits / (credits + 1) > 0;
    grounds.push_back({counts ? rarity : 0, i});
  }
  return Weightiest(std::move(grounds), [&](size_t which) -> std::optional<Evidence> {
    const Label* tag = FindLabel(Vocabulary::kTag, project_.tags, demand_.tags[which]);
    if (tag == nullptr) return std::nullopt;
    return Evidence{.kind = "tag",
                    .id = tag->id,
                    .text = absl::StrCat(tag->shown(), " in ",
                                         Counted(tags_[which].*part, "credit"), as_what)};
  });
}

std::optional<std::string> CreditEvidence::TraitName(Term term) const {
  const auto shown = [term](Vocabulary vocabulary, const std::vector<Label>& labels) {
    const Label* label = FindLabel(vocabulary, labels, term);
    return label == nullptr ? std::nullopt : std::optional<std::string>(label->shown());
  };
  if (auto genre = shown(Vocabulary::kGenre, project_.GenresOf(opening_))) return genre;
  if (auto tag = shown(Vocabulary::kTag, project_.tags)) return tag;
  if (auto company = shown(Vocabulary::kCompany, project_.companies)) return company;
  if (const auto* country = FindWord(Vocabulary::kCountry, project_.countries, term)) {
    return "the country " + *country;
  }
  if (Term(Vocabulary::kLanguage, project_.original_language) == term) {
    return "the language " + project_.original_language;
  }
  return std::nullopt;
}

std::vector<Evidence> CreditEvidence::Similarity() const {
  if (likest_.weight == 0) return {};
  const ProductionRow& production = view_.ProductionOf(view_.credits[likest_.which]);
  const absl::Span<const Term> terms = view_.TermsOf(production);
  std::vector<Term> alike(terms.begin(), terms.end());
  alike.push_back(production.language);
  std::stable_sort(alike.begin(), alike.end(), [&](Term a, Term b) {
    return query_.TraitWeight(a) > query_.TraitWeight(b);
  });
  std::vector<std::string> names;
  for (Term term : alike) {
    if (query_.TraitWeight(term) == 0) break;
    if (auto name = TraitName(term); name.has_value()) names.push_back(*std::move(name));
  }
  return {Production(likest_.which, absl::StrCat(TitleOf(likest_.which), " shares ",
                                                 ListedBriefly(std::move(names))))};
}

std::vector<Evidence> CreditEvidence::SimilarWork() const {
  return Weightiest(similar_, [&](size_t credit) -> std::optional<Evidence> {
    return Production(credit, absl::StrCat(TitleOf(credit), " is of the kind"));
  });
}

std::vector<Evidence> CreditEvidence::ProductionsDated(const std::vector<Ground>& grounds) const {
  return Weightiest(grounds, [&](size_t credit) -> std::optional<Evidence> {
    return Production(credit, Dated(credit));
  });
}

std::vector<Evidence> CreditEvidence::Activity() const { return ProductionsDated(dated_); }

std::vector<Evidence> CreditEvidence::Recency() const {
  std::vector<Evidence> newest = Activity();
  if (newest.size() > 1) newest.resize(1);
  return newest;
}

std::vector<Evidence> CreditEvidence::RecencyAny() const {
  std::vector<Evidence> newest = ProductionsDated(dated_in_any_role_);
  if (newest.size() > 1) newest.resize(1);
  return newest;
}

std::vector<Evidence> CreditEvidence::ExperienceAny() const {
  return {{.kind = "role", .text = absl::StrCat(Counted(credits_, "credit"), " in any role")}};
}

std::vector<Evidence> CreditEvidence::Closeness() const {
  return Weightiest(near_, [&](size_t credit) -> std::optional<Evidence> {
    return Production(credit, absl::StrCat("people who worked on ", TitleOf(credit),
                                           " have worked with those attached"));
  });
}

std::vector<Evidence> CreditEvidence::GenreMix() const {
  return Weightiest(of_the_mix_, [&](size_t credit) -> std::optional<Evidence> {
    const GenreOverlap overlap = OverlapWith(view_.ProductionOf(view_.credits[credit]));
    return Production(credit, absl::StrCat(TitleOf(credit), " shares ", overlap.both, " of ",
                                           Counted(overlap.either, "genre")));
  });
}

std::vector<Evidence> CreditEvidence::PartOfRoleCredits(absl::string_view kind, int64_t credits,
                                                        absl::string_view id,
                                                        absl::string_view link) const {
  return {{.kind = std::string(kind),
           .id = std::string(id),
           .text = absl::StrCat(credits, " of ", Counted(role_credits_, "credit"), " as ",
                                RoleName(opening_.role), link, id)}};
}

std::vector<Evidence> CreditEvidence::Language() const {
  if (in_language_ == 0 || project_.original_language.empty()) return {};
  return PartOfRoleCredits("language", in_language_, project_.original_language, " in ");
}

std::vector<Evidence> CreditEvidence::CountriesOf(bool also_none) const {
  std::vector<Ground> grounds = GroundsOf(countries_, &Count::in_role);
  for (Ground& ground : grounds) ground.weight += also_none ? 1 : 0;
  return Weightiest(std::move(grounds), [&](size_t which) -> std::optional<Evidence> {
    const std::string* country =
        FindWord(Vocabulary::kCountry, project_.countries, demand_.countries[which]);
    if (country == nullptr) return std::nullopt;
    return PartOfRoleCredits("country", countries_[which].in_role, *country, " from ").front();
  });
}

std::vector<Evidence> CreditEvidence::Country() const { return CountriesOf(false); }

// These are worth something even if there is no such credit: as much as the
// share of all productions says.
std::vector<Evidence> CreditEvidence::GenreShare() const {
  std::vector<Ground> grounds = GroundsOf(genres_, &Count::in_role);
  for (Ground& ground : grounds) ++ground.weight;
  return Weightiest(std::move(grounds), [&](size_t which) -> std::optional<Evidence> {
    const Label* genre =
        FindLabel(Vocabulary::kGenre, project_.GenresOf(opening_), demand_.genres[which]);
    if (genre == nullptr) return std::nullopt;
    Evidence part =
        PartOfRoleCredits("genre", genres_[which].in_role, genre->shown(), " in ").front();
    part.id = genre->id;
    return part;
  });
}

std::vector<Evidence> CreditEvidence::LanguageFit() const {
  return PartOfRoleCredits("language", in_language_, project_.original_language, " in ");
}

std::vector<Evidence> CreditEvidence::CountryFit() const { return CountriesOf(true); }

std::vector<Evidence> CreditEvidence::Budget() const {
  return Weightiest(budgets_, [&](size_t credit) -> std::optional<Evidence> {
    return Production(credit, absl::StrCat(TitleOf(credit), ", budget ",
                                           ToString(*profile_.credits[credit].budget)));
  });
}

}  // namespace troupe
