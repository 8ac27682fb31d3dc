#ifndef TROUPE_MATCHER_RANK_CREDIT_EVIDENCE_H_
#define TROUPE_MATCHER_RANK_CREDIT_EVIDENCE_H_

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "matcher/domain/profile.h"
#include "matcher/domain/project.h"
#include "matcher/index/profile_row.h"
#include "matcher/rank/evidence.h"
#include "matcher/rank/features.h"
#include "matcher/rank/query.h"
#include "matcher/rank/weightiest.h"

namespace troupe {

// What a profile's credits before the day of the question show, gathered in one
// pass over them: the evidence of the features that rest on credits. What it is
// made from must outlive it.
class CreditEvidence {
 public:
  CreditEvidence(const Query& query, const Profile& profile, const Project& project,
                 const Opening& opening);
  CreditEvidence(const CreditEvidence&) = delete;
  CreditEvidence& operator=(const CreditEvidence&) = delete;

  std::vector<Evidence> Genres() const;
  std::vector<Evidence> Experience() const;
  std::vector<Evidence> Collaboration() const;
  std::vector<Evidence> Company() const;
  std::vector<Evidence> Tags() const;
  std::vector<Evidence> Similarity() const;
  std::vector<Evidence> Recency() const;
  std::vector<Evidence> Activity() const;
  std::vector<Evidence> Language() const;
  std::vector<Evidence> Country() const;
  std::vector<Evidence> Budget() const;
  std::vector<Evidence> ExperienceAny() const;
  std::vector<Evidence> RecencyAny() const;
  std::vector<Evidence> GenreShare() const;
  std::vector<Evidence> CompanyInRole() const;
  std::vector<Evidence> TagsInRole() const;
  std::vector<Evidence> LanguageFit() const;
  std::vector<Evidence> CountryFit() const;
  std::vector<Evidence> SimilarWork() const;
  std::vector<Evidence> RecentCompany() const;
  // Of the productions shared in the role asked for, and with the colleague in a
  // role in which they are attached now.
  std::vector<Evidence> CollaborationInRole() const;
  // Of the productions on which the profile was in the role asked for.
  std::vector<Evidence> Loyalty() const;
  std::vector<Evidence> Closeness() const;
  std::vector<Evidence> GenreMix() const;

 private:
  // A production on which an attached person worked too.
  struct Shared {
    ProfileId colleague;
    Term production;
    int64_t worth = 0;
    size_t credit = 0;
    bool in_role = false;
  };
  // Credits that have something.
  struct Count {
    int64_t all = 0;
    int64_t in_role = 0;
  };
  using Counts = std::vector<Count>;
  using Part = int64_t Count::*;

  void AddCredit(size_t credit);
  void AddShared(size_t credit, const ProductionRow& production, bool in_role);
  void AddLikeness(size_t credit, const ProductionRow& production, bool in_role);
  void AddRoleCredit(size_t credit, const ProductionRow& production);
  GenreOverlap OverlapWith(const ProductionRow& production) const;

  // "Title", or the production's id if the title is not known.
  const std::string& TitleOf(size_t credit) const;
  Evidence Production(size_t credit, std::string text) const;
  std::string Dated(size_t credit) const;  // "Title, 2026-05-01"
  std::vector<Evidence> PartOfRoleCredits(absl::string_view kind, int64_t credits,
                                          absl::string_view id, absl::string_view link) const;
  static void CountTerms(absl::Span<const Term> terms, const std::vector<Term>& asked,
                         bool in_role, Counts& counts);
  std::vector<Evidence> CompanyOf(Part part, absl::string_view as_what) const;
  std::vector<Evidence> TagsOf(Part part, absl::string_view as_what) const;
  // Those with such a credit; with `also_none` the others, too.
  std::vector<Evidence> CountriesOf(bool also_none) const;
  std::vector<Evidence> CollaborationOn(std::vector<Shared> shared) const;
  std::vector<Evidence> ProductionsDated(const std::vector<Ground>& grounds) const;
  std::string AsRole() const;  // " as Director (导演)"
  // The best of each pair of a colleague and a production, by colleague.
  std::vector<Shared> DistinctShared() const;
  // How people call a trait that the project has; nullopt if it has it not.
  std::optional<std::string> TraitName(Term term) const;

  const Query& query_;
  const Demand& demand_;
  const Profile& profile_;
  const Project& project_;
  const Opening& opening_;
  const ProfileRow row_;
  const ProfileView view_;

  int64_t credits_ = 0;
  int64_t role_credits_ = 0;
  Counts genres_;  // By position in the demand.
  Counts tags_;
  Counts companies_;
  Counts countries_;
  int64_t in_language_ = 0;         // Of credits in the role.
  std::vector<Ground> dated_;       // Credits in the role, by date.
  std::vector<Ground> budgets_;     // Credits in the role, by how near the budget is.
  std::vector<Ground> dated_in_any_role_;
  std::vector<Ground> with_companies_;  // Dated, by how rare and how fresh.
  std::vector<Ground> similar_;         // In the role, by what they share.
  std::vector<Ground> near_;            // In the role, by the chance of the walk.
  std::vector<Ground> of_the_mix_;      // In the role, by the share of genres in common.
  std::vector<Shared> shared_;
  Ground likest_;
};

}  // namespace troupe

#endif  // TROUPE_MATCHER_RANK_CREDIT_EVIDENCE_H_
