#include "matcher/domain/validate_project.h"

#include <algorithm>

#include "matcher/domain/field_rules.h"
#include "matcher/domain/validate_opening.h"
#include "matcher/domain/vocabulary_rules.h"

namespace troupe {
namespace {

constexpr size_t kMostTitleBytes = 300;
constexpr size_t kMostLabels = 50;
constexpr size_t kMostOpenings = 500;

// The one currency of a project: the stated one, else that of its first amount.
class OneCurrency {
 public:
  explicit OneCurrency(absl::string_view stated) : code_(stated) {}

  void Check(const Field& amount, const std::optional<Money>& money) {
    if (!money.has_value()) return;
    if (code_.empty()) code_ = money->currency;
    is_of_an_amount_ |= money->currency == code_;
    if (money->currency == code_ || !IsCurrencyCode(money->currency)) return;
    if (!IsCurrencyCode(code_)) return;
    amount["currency_code"].Report("is not the one currency of the project",
                                   absl::StrCat("give ", code_));
  }

  // A currency that an amount has too is reported there.
  void CheckStated(const Field& currency_code) const {
    if (!code_.empty() && !is_of_an_amount_) CheckCurrency(currency_code, code_);
  }

 private:
  absl::string_view code_;
  bool is_of_an_amount_ = false;
};

void CheckCurrencies(const Field& message, const Project& project) {
  OneCurrency currency(project.currency);
  currency.Check(message["budget"], project.budget);
  const Field openings = message["openings"];
  for (size_t i = 0; i < std::min(project.openings.size(), kMostOpenings); ++i) {
    const Field opening = openings[i];
    currency.Check(opening["pay_ceiling"], project.openings[i].pay_ceiling);
  }
  currency.CheckStated(message["currency_code"]);
}

void CheckAdHocCurrencies(const Field& message, const Project& context,
                          const Opening& opening) {
  const Field project = message["project"];
  const Field wanted = message["opening"];
  OneCurrency currency(context.currency);
  currency.Check(project["budget"], context.budget);
  currency.Check(wanted["pay_ceiling"], opening.pay_ceiling);
  currency.CheckStated(project["currency_code"]);
}

// What a project and the context of an opening that is not stored have in
// common.
void CheckProduction(const Field& message, const Project& project) {
  CheckBlockedOrganizations(message["blocked_organizations"], project.ownership);
  CheckCount(message["blocked_profiles"], project.blocked_profiles.size(), 1'000);
  CheckEach(message["genres"], project.genres, kMostLabels, CheckLabel);
  CheckEach(message["tags"], project.tags, kMostLabels, CheckLabel);
  CheckEach(message["companies"], project.companies, kMostLabels, CheckLabel);
  CheckEach(message["styles"], project.styles, 50, CheckWord);
  CheckEach(message["countries"], project.countries, 50, CheckCountry);
  if (!project.original_language.empty()) {
    CheckLanguage(message["original_language"], project.original_language);
  }
  CheckMoney(message["budget"], project.budget);
  CheckPlace(message["place"], project.place);
  if (project.dates.has_value()) CheckDays(message["dates"], *project.dates);
  CheckDay(message["release_date"], project.release_date);
  CheckAttached(message["attached"], project.attached);
}

}  // namespace

Violations ValidateProject(const Project& project) {
  Violations found;
  const Field message(&found);
  CheckExternalId(message["external_id"], project.external_id);
  RequireText(message["title"], project.title, kMostTitleBytes);
  CheckFindability(message["findability"], project.ownership);
  CheckProduction(message, project);
  CheckEach(message["openings"], project.openings, kMostOpenings, CheckOpening);
  CheckCurrencies(message, project);
  return found;
}

Violations ValidateAdHoc(const Project& context, const Opening& opening) {
  Violations found;
  const Field message(&found);
  const Field project = message["project"];
  CheckExternalId(project["external_id"], context.external_id);
  CheckText(project["title"], context.title, kMostTitleBytes);
  CheckProduction(project, context);
  if (!context.openings.empty()) {
    project["openings"].Report("is set", "leave it out: one opening is asked about");
  }
  CheckAdHocOpening(message["opening"], opening);
  CheckAdHocCurrencies(message, context, opening);
  return found;
}

}  // namespace troupe
