#ifndef TROUPE_SERVICES_CLI_OPTION_VALUES_H_
#define TROUPE_SERVICES_CLI_OPTION_VALUES_H_

#include <CLI/App.hpp>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "google/protobuf/map.h"
#include "google/protobuf/repeated_ptr_field.h"
#include "matcher/base/day.h"
#include "troupe/v1/opening.pb.h"

namespace troupe {

// Adds an option whose value is a day, as 2026-11-23; anything else is bad
// usage. `day` outlives the parsing.
CLI::Option* AddDayOption(CLI::App& command, const std::string& name, std::optional<Day>& day,
                          const std::string& help);

// The resource name of a model: "scoringModels/tmdb" also for "tmdb", with or
// without a version; empty for "".
std::string ModelNameOf(const std::string& text);

// A check of options that count from 1: what is wrong with `text`, if anything.
std::string AtLeastOne(const std::string& text);

// Makes the value of `option` one of `words`; anything else is bad usage.
void RequireOneOf(const std::vector<std::string>& words, CLI::Option& option);

// The options of a question that `find`, `openings` and `why` share.
struct QuestionOptions {
  std::optional<Day> as_of;
  std::string weights;                // "skills=500000,genres=500000"
  std::string model;                  // "scoringModels/tmdb", or "tmdb" alone.
  std::vector<std::string> attached;  // "profiles/...=writer,producer"

  void AddAsOfAndWeights(CLI::App& command);
  void AddWeights(CLI::App& command);
  void AddAttach(CLI::App& command);

  // The resource name of the model; empty if none is to be used.
  std::string ModelName() const;

  // The weights by feature; checked when they were parsed.
  void FillWeights(google::protobuf::Map<std::string, int64_t>& map) const;
  void FillAttached(google::protobuf::RepeatedPtrField<v1::Attached>& list) const;
};

}  // namespace troupe

#endif  // TROUPE_SERVICES_CLI_OPTION_VALUES_H_
