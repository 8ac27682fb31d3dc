#include "matcher/index/outcome_tallies.h"

#include <algorithm>


namespace troupe {
namespace {

bool IsBefore(const std::pair<ProfileId, OutcomeTally>& entry, ProfileId profile) {
  return entry.first < profile;
}

}  // namespace

// Ids are random; their low bits are as good as any.
size_t OrganizationTallies::PartOf(ProfileId profile) { return profile.value() % kParts; }

OutcomeTally OrganizationTallies::Of(ProfileId profile) const {
  const std::shared_ptr<const Part>& part = parts_[PartOf(profile)];
  if (part == nullptr) return {};
  const auto at = std::lower_bound(part->begin(), part->end(), profile, IsBefore);
  return at != part->end() && at->first == profile ? at->second : OutcomeTally();
}

void OrganizationTallies::Add(absl::Span<const std::pair<ProfileId, OutcomeTally>> changes) {
  std::array<std::shared_ptr<Part>, kParts> changed;
  for (const auto& [profile, tally] : changes) {
    const size_t number = PartOf(profile);
    std::shared_ptr<Part>& part = changed[number];
    if (part == nullptr) {
      part = parts_[number] == nullptr ? std::make_shared<Part>()
                                       : std::make_shared<Part>(*parts_[number]);
    }
    // Ratings are of no use over all people, and millions of them would not fit.
    total_.accepted += tally.accepted;
    total_.declined += tally.declined;
    const auto at = std::lower_bound(part->begin(), part->end(), profile, IsBefore);
    if (at == part->end() || at->first != profile) {
      part->emplace(at, profile, tally);
    } else if ((at->second += tally).IsZero()) {
      part->erase(at);
    }
  }
  for (size_t number = 0; number < kParts; ++number) {
    if (changed[number] != nullptr) parts_[number] = std::move(changed[number]);
  }
}

std::shared_ptr<const OrganizationTallies> OutcomeTallies::Of(Term organization) const {
  if (organizations_ == nullptr) return nullptr;
  const auto found = organizations_->find(organization);
  return found == organizations_->end() ? nullptr : found->second;
}

void OutcomeTallies::Add(Term organization, const Changes& changes) {
  if (changes.empty()) return;
  auto organizations = organizations_ == nullptr ? std::make_shared<ByOrganization>()
                                                 : std::make_shared<ByOrganization>(*organizations_);
  std::shared_ptr<const OrganizationTallies>& tallies = (*organizations)[organization];
  auto next = tallies == nullptr ? std::make_shared<OrganizationTallies>()
                                 : std::make_shared<OrganizationTallies>(*tallies);
  next->Add(changes);
  tallies = std::move(next);
  organizations_ = std::move(organizations);
}

}  // namespace troupe
