#include "services/cli/market_productions.h"

#include <algorithm>

#include "absl/strings/str_cat.h"
#include "services/convert/types_conversion.h"

namespace troupe {
namespace {

constexpr int64_t kOldestDays = 1800;

}  // namespace

MarketCircle MarketProductions::Circle(int64_t number) const {
  MarketDice dice(seed_, "circle", number);
  MarketCircle circle;
  circle.place = dice.Weighted(tables_.place_weights);
  circle.company = {absl::StrCat("company-", seed_, "-", number),
                    absl::StrCat(dice.Pick(tables_.Words("company-first")),
                                 dice.Pick(tables_.Words("company-second")))};
  while (circle.genres.size() < 3) {
    const size_t genre = dice.Weighted(tables_.genre_weights);
    const auto end = circle.genres.end();
    if (std::find(circle.genres.begin(), end, genre) == end) circle.genres.push_back(genre);
  }
  return circle;
}

std::vector<size_t> MarketProductions::DrawGenres(const MarketCircle& circle,
                                                  MarketDice& dice) const {
  std::vector<size_t> genres;
  const int64_t count = 1 + dice.Chance(600) + dice.Chance(250);
  while (static_cast<int64_t>(genres.size()) < count) {
    const size_t genre =
        dice.Chance(700) ? dice.Pick(circle.genres) : dice.Weighted(tables_.genre_weights);
    if (std::find(genres.begin(), genres.end(), genre) == genres.end()) genres.push_back(genre);
  }
  return genres;
}

std::vector<Label> MarketProductions::DrawTags(MarketDice& dice) const {
  std::vector<Label> tags;
  const int64_t count = dice.Between(1, 3);
  while (static_cast<int64_t>(tags.size()) < count) {
    const Label& tag = dice.Pick(tables_.tags);
    if (std::find(tags.begin(), tags.end(), tag) == tags.end()) tags.push_back(tag);
  }
  return tags;
}

std::string MarketProductions::DrawTitle(MarketDice& dice) const {
  const std::string& first = dice.Pick(tables_.Words("title-first"));
  return absl::StrCat(first, "，", dice.Pick(tables_.Words("title-second")));
}

v1::Credit MarketProductions::Production(int64_t circle_number, int64_t number) const {
  const MarketCircle circle = Circle(circle_number);
  const int64_t id = circle_number * kPerCircle + number;
  MarketDice dice(seed_, "production", id);
  v1::Credit credit;
  credit.set_production(absl::StrCat("generated-", seed_, ":", id));
  credit.set_title(DrawTitle(dice));
  // The product of two even draws: most productions are recent ones.
  const int64_t age = 10 + dice.Below(kOldestDays) * dice.Below(1000) / 1000;
  *credit.mutable_date() = ToWire(today_ - static_cast<int32_t>(age));
  for (const size_t genre : DrawGenres(circle, dice)) {
    *credit.add_genres() = ToWire(tables_.genres[genre]);
  }
  for (const Label& tag : DrawTags(dice)) *credit.add_tags() = ToWire(tag);
  *credit.add_companies() = ToWire(circle.company);
  credit.add_countries("CN");
  credit.set_original_language("zh");
  credit.mutable_budget()->set_currency_code("CNY");
  credit.mutable_budget()->set_units(dice.LogNormal(60) * 10'000);
  return credit;
}

}  // namespace troupe
