#include "services/cli/scoring_model_view.h"

#include <algorithm>
#include <string>
#include <utility>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"
#include "absl/strings/str_join.h"
#include "services/cli/number_text.h"
#include "services/cli/table.h"
#include "services/cli/wording.h"

namespace troupe {
namespace {

constexpr size_t kShownWeights = 6;

// "similarity 24 %, country 19 %, ..."
std::string TopWeights(const v1::RegimeWeights& weights) {
  std::vector<std::pair<int64_t, std::string>> sorted;
  for (const auto& [feature, weight] : weights.weights()) sorted.emplace_back(-weight, feature);
  std::sort(sorted.begin(), sorted.end());
  if (sorted.size() > kShownWeights) sorted.resize(kShownWeights);
  return absl::StrJoin(sorted, ", ", [](std::string* out, const auto& entry) {
    absl::StrAppend(out, FeatureTitle(entry.second), " ", (5'000 - entry.first) / 10'000, " %");
  });
}

std::string Loss(int64_t millionths) {
  return millionths == 0 ? "" : absl::StrFormat("%.3f", static_cast<double>(millionths) / 1e6);
}

void AddRegime(const std::string& role, const std::string& regime, const v1::RegimeWeights& found,
               Table& table) {
  if (found.weights().empty() && found.questions() == 0) return;
  const std::string weights = found.weights().empty() ? "as shipped" : TopWeights(found);
  table.AddRow({role, regime, WithCommas(found.questions()), Loss(found.chance_loss_millionths()),
                Loss(found.loss_millionths()), weights});
}

}  // namespace

void PrintModel(const v1::ScoringModel& model, const Streams& streams) {
  std::string heading = model.name();
  if (model.has_learned()) {
    const bool from_outcomes = model.learned().from_outcomes();
    absl::StrAppend(&heading, ", learned from ", from_outcomes ? "outcomes" : "careers",
                    " before ", Worded(model.learned().until()));
    if (!from_outcomes) absl::StrAppend(&heading, ", seed ", model.learned().seed());
  }
  Table title({{.title = "", .wraps = true}});
  title.AddRow({{heading, Ink::kHeading}});
  title.Print(streams);
  Table table({{.title = "role"},
               {.title = ""},
               {.title = "questions", .right = true},
               {.title = "loss of a guess", .right = true},
               {.title = "loss", .right = true},
               {.title = "weightiest", .shrinks = true}});
  for (const v1::RoleWeights& role : model.roles()) {
    AddRegime(role.role(), "cold", role.cold(), table);
    AddRegime(role.role(), "warm", role.warm(), table);
  }
  if (!table.empty()) table.Print(streams);
}

}  // namespace troupe
