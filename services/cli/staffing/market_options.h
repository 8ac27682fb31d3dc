#ifndef TROUPE_SERVICES_CLI_STAFFING_MARKET_OPTIONS_H_
#define TROUPE_SERVICES_CLI_STAFFING_MARKET_OPTIONS_H_

#include <CLI/App.hpp>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "matcher/base/day.h"
#include "services/cli/staffing/what_if_text.h"
#include "services/convert/types_conversion.h"

namespace troupe {

// Which weeks of the market a question looks at, and what is changed first.
struct MarketOptions {
  std::optional<Day> from;
  int32_t weeks = 0;  // 0: as the server has it.
  std::vector<std::string> what_ifs;
  bool forecast = false;

  void AddTo(CLI::App& command);

  // Puts what was given into `question`, AnalyzeGapsRequest or TrainingPlan; what was not
  // stays as it is there.
  template <typename Question>
  void Fill(Day today, Question& question) const {
    if (from.has_value()) *question.mutable_from() = ToWire(*from);
    if (weeks > 0) *question.mutable_until() = ToWire(Until(today));
    if (!what_ifs.empty()) question.clear_what_ifs();
    // Checked when they were parsed.
    for (const std::string& text : what_ifs) *question.add_what_ifs() = *WhatIfOf(text);
    if (forecast) question.set_include_forecast(true);
  }

 private:
  // So many Mondays after `from`, whichever weekday that is.
  Day Until(Day today) const { return from.value_or(today) + 7 * (weeks - 1) + 1; }
};

}  // namespace troupe

#endif  // TROUPE_SERVICES_CLI_STAFFING_MARKET_OPTIONS_H_
