#include "matcher/rank/comparison.h"

#include <algorithm>

#include "matcher/index/pool.h"
#include "matcher/rank/eligibility.h"
#include "matcher/rank/rarity.h"

namespace troupe {
namespace {

Query QueryOutsidePools(const Demand& demand, Day as_of) {
  const Pool none{};
  Rarities rarities(none, as_of);
  return Query(none, demand, as_of, rarities);
}

bool Contains(const std::vector<std::string>& words, const std::string& word) {
  return std::find(words.begin(), words.end(), word) != words.end();
}

std::vector<std::string> Missing(const std::vector<std::string>& needs,
                                 const std::vector<std::string>& has) {
  std::vector<std::string> missing;
  for (const std::string& need : needs) {
    if (!Contains(has, need) && !Contains(missing, need)) missing.push_back(need);
  }
  return missing;
}

}  // namespace

Comparison::Comparison(const Profile& profile, const Project& project, const Opening& opening,
                       Day as_of)
    : profile_(profile),
      project_(project),
      opening_(opening),
      row_(MakeProfileRow(profile)),
      view_(row_.View()),
      demand_(MakeDemand(project, opening)),
      query_(QueryOutsidePools(demand_, as_of)) {}

RequirementSet Comparison::Failures() const {
  return FailuresOf(query_, view_, view_.FindRole(demand_.scalars.role));
}

std::vector<std::string> Comparison::MissingLanguages() const {
  return Missing(opening_.languages, profile_.languages);
}

std::vector<std::string> Comparison::MissingCredentials() const {
  return Missing(opening_.credentials, profile_.credentials);
}

std::vector<Skill> Comparison::MissingSkills() const {
  std::vector<Skill> missing;
  for (const WantedSkill& want : opening_.skills) {
    if (want.required && profile_.SkillLevel(want.skill) < want.level) {
      missing.push_back({.skill = want.skill, .level = want.level});
    }
  }
  return missing;
}

}  // namespace troupe
