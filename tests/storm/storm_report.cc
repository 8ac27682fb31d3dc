#include "tests/storm/storm_report.h"

#include <iostream>
#include <string>
#include <utility>

namespace troupe::testing {

int ReportStorm(nlohmann::json counts, const Findings& findings) {
  counts["findings"] = findings.Texts();
  for (size_t i = 0; i < kWrongs; ++i) {
    const auto wrong = static_cast<Wrong>(i);
    counts[std::string(NameOf(wrong))] = findings.Count(wrong);
  }
  std::cout << counts.dump(2) << "\n";
  return findings.IsEmpty() ? 0 : 1;
}

}  // namespace troupe::testing
