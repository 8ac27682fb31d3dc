#include "tests/storm/agreement.h"

#include <set>
#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/time/clock.h"
#include "absl/time/time.h"
#include "matcher/base/status_macros.h"
#include "tests/services/convert/wire_samples.h"

namespace troupe::testing {
namespace {

constexpr absl::Duration kPause = absl::Milliseconds(2);
constexpr int kMostPauses = 5'000;

void Compare(absl::string_view what, int64_t actual, int64_t expected, Findings& findings) {
  if (actual == expected) return;
  findings.Add(Wrong::kDisagreed,
               absl::StrCat(what, ": ", actual, ", but listed are ", expected));
}

template <typename Kind>
absl::StatusOr<std::vector<typename Kind::Wire>> ListAndGet(const Services& crew,
                                                            Findings& findings) {
  const Connection& by = Kind::Of(crew);
  TROUPE_ASSIGN_OR_RETURN(const std::vector<typename Kind::Wire> listed, Kind::List(by));
  std::vector<std::string> names;
  for (const auto& record : listed) names.push_back(record.name());
  TROUPE_ASSIGN_OR_RETURN(const std::vector<typename Kind::Wire> got, Kind::BatchGet(by, names));
  Compare(absl::StrCat(Kind::kNoun, "s got"), static_cast<int64_t>(got.size()),
          static_cast<int64_t>(listed.size()), findings);
  for (size_t i = 0; i < got.size() && i < listed.size(); ++i) {
    const std::string difference = Difference(got[i], listed[i]);
    if (!difference.empty()) findings.Add(Wrong::kDisagreed, difference);
  }
  return listed;
}

template <typename Kind>
typename RecordLedger<Kind>::Listing ByLabel(const std::vector<typename Kind::Wire>& records) {
  typename RecordLedger<Kind>::Listing listing;
  for (const auto& record : records) listing.emplace(Kind::LabelOf(record), record);
  return listing;
}

bool IsDirector(const v1::Profile& profile) {
  return profile.roles_size() == 1 && profile.roles(0).role() == "director";
}

absl::Status CheckMatches(const Services& crew, const Landmarks& landmarks,
                          const std::vector<v1::Profile>& profiles, int64_t openings,
                          Findings& findings) {
  std::set<std::string> directors;
  for (const v1::Profile& profile : profiles) {
    if (IsDirector(profile)) directors.insert(profile.name());
  }
  TROUPE_ASSIGN_OR_RETURN(const auto found, FindProfiles(crew.matches, landmarks.opening));
  Compare("matching profiles", found.total(), static_cast<int64_t>(directors.size()), findings);
  for (const v1::Match& match : found.matches()) {
    if (directors.count(match.profile()) == 1) continue;
    findings.Add(Wrong::kDisagreed, absl::StrCat("a match that is not listed: ", match.profile()));
  }
  TROUPE_ASSIGN_OR_RETURN(const auto offered, FindOpenings(crew.matches, landmarks.profile));
  Compare("matching openings", offered.total(), openings, findings);
  return absl::OkStatus();
}

}  // namespace

absl::StatusOr<v1::PoolStatistics> StatisticsOf(const Services& operators, int64_t profiles,
                                                int64_t projects) {
  for (int pauses = 0;; ++pauses) {
    TROUPE_ASSIGN_OR_RETURN(v1::PoolStatistics statistics, Statistics(operators.matches));
    const bool shown = statistics.profiles() == profiles && statistics.projects() == projects;
    if (shown || pauses == kMostPauses) return statistics;
    absl::SleepFor(kPause);
  }
}

absl::StatusOr<Listings> ListAgreed(const Services& crew, const Services& operators,
                                    const Landmarks& landmarks, Findings& findings) {
  TROUPE_ASSIGN_OR_RETURN(const auto profiles, ListAndGet<ProfileRecords>(crew, findings));
  TROUPE_ASSIGN_OR_RETURN(const auto projects, ListAndGet<ProjectRecords>(crew, findings));
  int64_t openings = 0;
  for (const v1::Project& project : projects) openings += ProjectRecords::OpenOpenings(project);
  const auto profile_count = static_cast<int64_t>(profiles.size());
  const auto project_count = static_cast<int64_t>(projects.size());
  TROUPE_ASSIGN_OR_RETURN(const v1::PoolStatistics pool,
                          StatisticsOf(operators, profile_count, project_count));
  Compare("profiles of the pool", pool.profiles(), profile_count, findings);
  Compare("projects of the pool", pool.projects(), project_count, findings);
  Compare("openings of the pool", pool.openings(), openings, findings);
  TROUPE_RETURN_IF_ERROR(CheckMatches(crew, landmarks, profiles, openings, findings));
  return Listings{ByLabel<ProfileRecords>(profiles), ByLabel<ProjectRecords>(projects)};
}

}  // namespace troupe::testing
