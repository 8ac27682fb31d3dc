#ifndef TROUPE_SERVICES_CLI_PLACEMENT_PREFERENCE_TEXT_H_
#define TROUPE_SERVICES_CLI_PLACEMENT_PREFERENCE_TEXT_H_

#include <string>
#include <utility>
#include <vector>

#include "absl/strings/string_view.h"

namespace troupe {

// Ids, best first, with those that are liked equally together.
using Tiers = std::vector<std::vector<std::string>>;
// Two ids at a time, best first.
using IdPairs = std::vector<std::pair<std::string, std::string>>;

// These read what people write in a cell; blanks around ids do not count, and the
// full-width signs of Chinese keyboards mean the same as ">", "=", "+" and ";".
// Each says what is wrong, in a few words, or "" if nothing is.

// "lights-a>drama-b=drama-c": the first is best, the other two are tied.
std::string ReadTiers(absl::string_view text, Tiers& tiers);

// "p1+p2>p3+p4": a pair of ids at a time.
std::string ReadIdPairs(absl::string_view text, IdPairs& pairs);

// "local;newcomer". Empty parts are left out.
std::vector<std::string> ReadWords(absl::string_view text);

}  // namespace troupe

#endif  // TROUPE_SERVICES_CLI_PLACEMENT_PREFERENCE_TEXT_H_
