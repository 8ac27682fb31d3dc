#include "services/convert/opening_numbers.h"

#include <cstdint>
#include <string>
#include <vector>

#include "absl/container/flat_hash_map.h"
#include "absl/container/flat_hash_set.h"
#include "matcher/domain/field.h"

namespace troupe {

void CheckOpeningNumbers(const Project& stored, const Project& update, Violations& found) {
  absl::flat_hash_set<uint32_t> numbers;
  for (const Opening& opening : stored.openings) numbers.insert(opening.number);
  const Field message(&found);
  const Field list = message["openings"];
  for (size_t i = 0; i < update.openings.size(); ++i) {
    const uint32_t number = update.openings[i].number;
    if (number == 0 || numbers.contains(number)) continue;
    const Field opening = list[i];
    opening["name"].Report("is not an opening that the project has",
                           "give the name that the server gave it, or none for a new opening");
  }
}

void KeepOpeningNumbers(const Project& stored, Project& import) {
  absl::flat_hash_map<std::string, std::vector<uint32_t>> numbers;
  for (const Opening& opening : stored.openings) numbers[opening.role].push_back(opening.number);
  absl::flat_hash_map<std::string, size_t> used;
  for (Opening& opening : import.openings) {
    if (opening.number != 0) continue;
    const std::vector<uint32_t>& known = numbers[opening.role];
    const size_t next = used[opening.role]++;
    if (next < known.size()) opening.number = known[next];
  }
}

void AssignOpeningNumbers(Project& project) {
  for (Opening& opening : project.openings) {
    if (opening.number == 0) opening.number = ++project.last_opening_number;
  }
}

}  // namespace troupe
