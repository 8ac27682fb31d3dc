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

 private:
  // A production on which an attached person worked too.
  struct Shared {
    ProfileId colleague;
    Term production;
    int64_t worth = 0;
    size_t credit = 0;
  };

  void AddCredit(size_t credit);
  void AddShared(size_t credit, const ProductionRow& production, bool in_role);
  void AddLikeness(size_t credit, const ProductionRow& production, bool in_role);
  void AddRoleCredit(size_t credit, const ProductionRow& production);

  // "Title", or the production's id if the title is not known.
  const std::string& TitleOf(size_t credit) const;
  Evidence Production(size_t credit, std::string text) const;
  std::string Dated(size_t credit) const;  // "Title, 2026-05-01"
  std::vector<Evidence> PartOfRoleCredits(absl::string_view kind, int64_t credits,
                                          absl::string_view id, absl::string_view link) const;
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

  int64_t role_credits_ = 0;
  std::vector<int64_t> genres_;  // Credits with each, by position in the demand.
  std::vector<int64_t> tags_;
  std::vector<int64_t> companies_;
  std::vector<int64_t> countries_;  // Of credits in the role only.
  int64_t in_language_ = 0;         // Likewise.
  std::vector<Ground> dated_;       // Credits in the role, by date.
  std::vector<Ground> budgets_;     // Credits in the role, by how near the budget is.
  std::vector<Shared> shared_;
  Ground likest_;
};

}  // namespace troupe

#endif  // TROUPE_MATCHER_RANK_CREDIT_EVIDENCE_H_
