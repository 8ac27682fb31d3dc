#include "services/cli/option_values.h"

#include <cstdint>
#include <utility>

#include "absl/strings/match.h"
#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "absl/strings/str_split.h"
#include "absl/strings/string_view.h"

namespace troupe {
namespace {

using Weights = std::vector<std::pair<std::string, int64_t>>;

std::optional<Weights> ParseWeights(absl::string_view text) {
  Weights weights;
  for (absl::string_view part : absl::StrSplit(text, ',', absl::SkipEmpty())) {
    const std::vector<std::string> sides = absl::StrSplit(part, '=');
    int64_t weight = 0;
    if (sides.size() != 2 || sides[0].empty() || !absl::SimpleAtoi(sides[1], &weight)) {
      return std::nullopt;
    }
    weights.emplace_back(sides[0], weight);
  }
  return weights;
}

std::optional<v1::Attached> ParseAttached(const std::string& text) {
  const std::vector<std::string> sides = absl::StrSplit(text, '=');
  if (sides.size() != 2 || sides[0].empty() || sides[1].empty()) return std::nullopt;
  v1::Attached attached;
  attached.set_profile(sides[0]);
  for (absl::string_view role : absl::StrSplit(sides[1], ',', absl::SkipEmpty())) {
    attached.add_roles(std::string(role));
  }
  return attached;
}

}  // namespace

CLI::Option* AddDayOption(CLI::App& command, const std::string& name, std::optional<Day>& day,
                          const std::string& help) {
  const auto take = [&day](const std::string& text) {
    day = Day::Parse(text);
    if (!day.has_value()) throw CLI::ValidationError("a date is written as 2026-11-23", text);
  };
  return command.add_option_function<std::string>(name, take, help)->type_name("DATE");
}

std::string AtLeastOne(const std::string& text) {
  int32_t number = 0;
  const bool counts = absl::SimpleAtoi(text, &number) && number >= 1;
  return counts ? "" : absl::StrCat(text, " is no number from 1 to 2,147,483,647");
}

void RequireOneOf(const std::vector<std::string>& words, CLI::Option& option) {
  option.check(CLI::IsMember(words).description(""))->type_name(absl::StrJoin(words, "|"));
}

void QuestionOptions::AddAsOfAndWeights(CLI::App& command) {
  AddDayOption(command, "--as-of", as_of, "Ask as of this day (today)");
  AddWeights(command);
}

void QuestionOptions::AddWeights(CLI::App& command) {
  command
      .add_option("--weights", weights,
                  "Weights in millionths instead of the shipped ones: "
                  "skills=500000,genres=500000")
      ->type_name("FEATURE=WEIGHT,...")
      ->check([](const std::string& text) -> std::string {
        if (ParseWeights(text).has_value()) return "";
        return "weights are written as skills=500000,genres=500000";
      });
  command
      .add_option("--model", model,
                  "A model of yours, whose weights are used instead: tmdb, or tmdb@3 for a "
                  "certain version")
      ->excludes("--weights")
      ->type_name("MODEL");
}

std::string ModelNameOf(const std::string& text) {
  constexpr absl::string_view kPrefix = "scoringModels/";
  return text.empty() || absl::StartsWith(text, kPrefix) ? text : absl::StrCat(kPrefix, text);
}

std::string QuestionOptions::ModelName() const { return ModelNameOf(model); }

void QuestionOptions::AddAttach(CLI::App& command) {
  command
      .add_option("--attach", attached,
                  "A person who is on it already, and in what: profiles/...=writer,producer; "
                  "may be repeated")
      ->type_name("PROFILE=ROLE,...")
      ->allow_extra_args(false)
      ->check([](const std::string& text) -> std::string {
        if (ParseAttached(text).has_value()) return "";
        return "an attached person is written as profiles/...=writer,producer";
      });
}

void QuestionOptions::FillWeights(google::protobuf::Map<std::string, int64_t>& map) const {
  for (const auto& [feature, weight] : ParseWeights(weights).value_or(Weights())) {
    map[feature] = weight;
  }
}

void QuestionOptions::FillAttached(google::protobuf::RepeatedPtrField<v1::Attached>& list) const {
  for (const std::string& text : attached) *list.Add() = ParseAttached(text).value();
}

}  // namespace troupe
