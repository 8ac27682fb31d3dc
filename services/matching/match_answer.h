#ifndef TROUPE_SERVICES_MATCHING_MATCH_ANSWER_H_
#define TROUPE_SERVICES_MATCHING_MATCH_ANSWER_H_

#include <array>
#include <cstdint>
#include <map>
#include <string>
#include <vector>

#include "matcher/domain/profile.h"
#include "matcher/domain/project.h"
#include "matcher/rank/evidence.h"
#include "matcher/rank/query.h"
#include "matcher/rank/weights.h"
#include "matcher/rank/contention.h"
#include "matcher/rank/why_not.h"
#include "troupe/v1/match.pb.h"
#include "troupe/v1/match_service.pb.h"

namespace troupe {

// A pair and how it is judged, for the wire.
struct JudgedPair {
  const Query& query;
  const ProfileView& view;
  const Profile& profile;
  const Project& project;
  const Opening& opening;
  const Weights& weights;
  // Evidence that names people attached to the project is for its owner only.
  bool for_project_owner = false;
  // Evidence of what the project's owner recorded is for it as such only.
  bool knows_outcomes = false;
  // How holds of everybody's days came out.
  HoldTotals market;
};

// The score of the pair with its reasons; rank and summaries are unset.
v1::Match ToWire(const JudgedPair& pair);

v1::ProfileSummary SummaryOf(const JudgedPair& pair);
v1::OpeningSummary SummaryOf(const Project& project, const Opening& opening);

v1::Contention ToWire(const Contention& contention);
v1::Requirement ToWire(Requirement requirement);
v1::Failure ToWire(const Failure& failure);

// Most frequent first, then by value; at most 100.
v1::Facet MakeFacet(const std::string& attribute, const std::map<std::string, int64_t>& counts);

// Why a result is empty, and of what.
struct EmptyReport {
  enum class Of { kPeople, kOpenings };
  Of of;
  int64_t considered = 0;
  std::array<int64_t, kRequirementCount> failures{};  // By Requirement.
  std::vector<Failure> nearest;
  std::string nobody_text;  // If nothing was considered.
  std::string among_text;   // "None of 12 people in the role Director fits"
};
v1::EmptyResult ToWire(const EmptyReport& report);

}  // namespace troupe

#endif  // TROUPE_SERVICES_MATCHING_MATCH_ANSWER_H_
