#include "matcher/domain/validate_credit.h"

#include <limits>

#include "matcher/domain/field_rules.h"
#include "matcher/domain/vocabulary_rules.h"

namespace troupe {
namespace {

constexpr size_t kMostLabels = 50;

void CheckRoleAndOrder(const Field& field, const Credit& credit) {
  const bool is_other = credit.role == kOtherRole;
  const Role* role = is_other ? nullptr : CheckRole(field["role"], credit.role);
  if (!credit.cast_order.has_value()) return;
  CheckNumber(field["cast_order"], *credit.cast_order, 0, std::numeric_limits<int32_t>::max());
  if (is_other || (role != nullptr && !role->cast)) {
    field["cast_order"].Report("is set for a role that is not a cast role", "leave it out");
  }
}

}  // namespace

void CheckCredit(const Field& field, const Credit& credit) {
  RequireText(field["production"], credit.production, 200);
  CheckText(field["title"], credit.title, 300);
  CheckRoleAndOrder(field, credit);
  CheckText(field["job"], credit.job, 100);
  CheckDay(field["date"], credit.date);
  CheckEach(field["genres"], credit.genres, kMostLabels, CheckLabel);
  CheckEach(field["tags"], credit.tags, kMostLabels, CheckLabel);
  CheckEach(field["companies"], credit.companies, kMostLabels, CheckLabel);
  CheckEach(field["countries"], credit.countries, 50, CheckCountry);
  if (!credit.original_language.empty()) {
    CheckLanguage(field["original_language"], credit.original_language);
  }
  CheckMoney(field["budget"], credit.budget);
}

}  // namespace troupe
