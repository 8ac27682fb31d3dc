#ifndef TROUPE_SERVICES_CLI_PLACEMENT_ROUND_DRAFT_H_
#define TROUPE_SERVICES_CLI_PLACEMENT_ROUND_DRAFT_H_

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "services/cli/placement/preference_text.h"
#include "services/cli/placement/round_sheets.h"
#include "troupe/v1/round.pb.h"

namespace troupe {

// Rows of a round's files once they are read, as in cohort.proto, program.proto and
// round.proto but with the files' own ids. `at` says where each stands.

struct GraduateRow {
  std::string at;
  std::string id;
  std::string cohort;  // Its title; empty: that of the round.
  std::string profile;
  std::vector<std::string> groups;
  Tiers wishes;
};

struct ProgramRow {
  std::string at;
  std::string id;
  std::string title;  // Empty: the id.
  int32_t capacity = 0;
  std::string studio;
  std::string region;
  std::string place;
  std::vector<std::string> openings;
  Tiers priorities;
};

struct StudioRow {
  std::string at;
  std::string id;
  int32_t capacity = 0;
  Tiers priorities;
};

struct RegionRow {
  std::string at;
  std::string id;
  int32_t floor = 0;
  std::optional<int32_t> cap;
};

struct ReserveRow {
  std::string at;
  std::string program;
  std::string group;
  int32_t seats = 0;
  bool after_open = false;
  bool reverts = true;
};

struct PairRow {
  std::string at;
  std::string first;
  std::string second;
  IdPairs wishes;
  v1::Together together = v1::TOGETHER_UNSPECIFIED;
};

// By what rules a round is placed, as far as it is said.
struct RoundRules {
  std::string id;     // Tells rounds of files apart; names what they are stored as.
  std::string title;  // Empty: the id.
  std::optional<v1::Mechanism> mechanism;
  std::optional<int64_t> seed;
  std::optional<bool> derive_wishes;
  std::optional<bool> derive_priorities;
  int32_t length = 0;  // 0: as the server has it.
  std::string model;
};

// A round as its files state it.
struct RoundDraft {
  RoundRules rules;
  std::vector<GraduateRow> graduates;
  std::vector<ProgramRow> programs;
  std::vector<StudioRow> studios;
  std::vector<RegionRow> regions;
  std::vector<ReserveRow> reserves;
  std::vector<PairRow> pairs;
  std::map<std::string, std::string> files;  // By form: what errors call the file.

  bool DerivesWishes() const { return rules.derive_wishes.value_or(false); }
  bool DerivesPriorities() const { return rules.derive_priorities.value_or(false); }
  const std::string& Title() const { return rules.title.empty() ? rules.id : rules.title; }
};

// The settings that a JSON file may have beside its rows.
const std::vector<std::string>& RoundSettings();

// Reads `settings` of a file into `rules`. What is wrong goes to `defects`.
RoundRules ReadRules(const std::map<std::string, std::string>& settings, const std::string& file,
                     Defects& defects);

// Reads each cell of `sheets`, by the name of their form. Rows with defects stay as
// far as they could be read. What is wrong goes to `defects`.
RoundDraft ReadDraft(const std::map<std::string, Sheet>& sheets, const RoundRules& rules,
                     Defects& defects);

}  // namespace troupe

#endif  // TROUPE_SERVICES_CLI_PLACEMENT_ROUND_DRAFT_H_
