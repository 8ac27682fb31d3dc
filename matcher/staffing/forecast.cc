#include "matcher/staffing/forecast.h"

#include <algorithm>
#include <cmath>
#include <cstddef>

#include "absl/strings/str_cat.h"
#include "absl/strings/string_view.h"
#include "matcher/base/millionths.h"
#include "matcher/base/status_macros.h"
#include "matcher/base/violation.h"
#include "matcher/staffing/market.h"

namespace troupe::staffing {
namespace {

constexpr uint32_t kMostWeeks = 1'000;
constexpr int64_t kMostMillidaysOfCell = int64_t{100'000'000} * kMillidays;
// Weeks on each side over which a season's index is smoothed: one week a year is little.
constexpr int kSmoothing = 2;
// Weeks at the beginning whose misses do not count: nothing was known yet.
constexpr int kWarmUp = 8;
constexpr double kLeastIndex = 0.1;

absl::Status Validate(const DemandHistory& history, const ForecastOptions& options) {
  Violations found;
  const auto check = [&](absl::string_view field, int64_t value, int64_t least, int64_t most) {
    if (value >= least && value <= most) return;
    found.Add(field, absl::StrCat("is ", value), absl::StrCat("give ", least, " to ", most));
  };
  check("history.weeks", history.weeks, 1, kMostWeeks);
  check("history.roles", history.roles, 1, kMostWeeks);
  check("history.cities", history.cities, 1, kMostWeeks);
  check("history.millidays", static_cast<int64_t>(history.millidays.size()),
        int64_t{history.weeks} * history.roles * history.cities,
        int64_t{history.weeks} * history.roles * history.cities);
  check("options.weeks", options.weeks, 1, kMostWeeks);
  check("options.season_weeks", options.season_weeks, 0, kMostWeeks);
  check("options.frequency_millionths", options.frequency_millionths, 1, kMillionths);
  check("options.size_millionths", options.size_millionths, 1, kMillionths);
  check("options.coverage_millionths", options.coverage_millionths, 1, kMillionths - 1);
  for (size_t i = 0; i < history.millidays.size() && found.empty(); ++i) {
    check(absl::StrCat("history.millidays[", i, "]"), history.millidays[i], 0,
          kMostMillidaysOfCell);
  }
  return found.ToStatus();
}

// How much of an average week's demand each week of a season has, in one city.
std::vector<double> SeasonOf(const DemandHistory& history, uint32_t city, uint32_t season) {
  std::vector<double> index(std::max(1u, season), 1.0);
  if (season == 0 || history.weeks < 2 * season) return index;
  std::vector<double> sums(season), counts(season);
  for (uint32_t week = 0; week < history.weeks; ++week) {
    for (uint32_t role = 0; role < history.roles; ++role) {
      const size_t at = (size_t{week} * history.roles + role) * history.cities + city;
      sums[week % season] += static_cast<double>(history.millidays[at]);
    }
    counts[week % season] += 1;
  }
  double all = 0;
  for (uint32_t i = 0; i < season; ++i) all += sums[i] /= counts[i];
  if (all <= 0) return index;
  const auto weeks = static_cast<int>(season);
  for (int i = 0; i < weeks; ++i) {
    double sum = 0;
    for (int near = -kSmoothing; near <= kSmoothing; ++near) {
      sum += sums[static_cast<size_t>((i + near + weeks) % weeks)];
    }
    const double mean = sum / (2 * kSmoothing + 1);
    index[static_cast<size_t>(i)] = std::max(kLeastIndex, mean * season / all);
  }
  return index;
}

// What is known of one cell: how often, how much, and how far forecasts were off.
class CellTrack {
 public:
  CellTrack(double frequency_step, double size_step)
      : frequency_step_(frequency_step), size_step_(size_step) {}

  // Demand of the next week, its season taken out, in role-days.
  void See(double demand) {
    if (weeks_ >= kWarmUp) {
      const double miss = demand - Expected();
      squares_ += miss * miss;
      ++misses_;
    }
    ++weeks_;
    // At first means of what was seen: a step that is fixed would remember the start.
    const double step = std::max(frequency_step_, 1.0 / weeks_);
    frequency_ += step * ((demand > 0 ? 1 : 0) - frequency_);
    if (demand <= 0) return;
    size_ += std::max(size_step_, 1.0 / ++times_) * (demand - size_);
  }

  double Expected() const { return frequency_ * size_; }
  double Variance() const { return misses_ == 0 ? Expected() : squares_ / misses_; }

 private:
  const double frequency_step_;
  const double size_step_;
  double frequency_ = 0;
  double size_ = 0;
  double squares_ = 0;
  int misses_ = 0;
  int weeks_ = 0;
  int times_ = 0;
};

// The least count that a negative binomial with this mean and variance does not exceed
// with each probability; of a Poisson one where the variance is no larger. Past
// kMostCounted a normal one does.
constexpr double kMostCounted = 2'000;
struct Quantiles {
  double low;
  double high;
};
Quantiles QuantilesOf(double mean, double variance, double below, double above) {
  if (mean <= 0) return {0, 0};
  if (mean > kMostCounted) {
    // By Winitzki's inverse of the error function, good to 0.002.
    const double x = 2 * above - 1, ln = std::log(1 - x * x), a = 0.147;
    const double t = 2 / (3.14159265358979 * a) + ln / 2;
    const double z = std::sqrt(2.0) * std::sqrt(std::sqrt(t * t - ln / a) - t);
    const double spread = z * std::sqrt(std::max(variance, mean));
    return {std::max(0.0, std::floor(mean - spread)), std::ceil(mean + spread)};
  }
  const bool is_poisson = variance <= mean * 1.0001;
  const double shape = is_poisson ? 0 : mean * mean / (variance - mean);
  const double fail = is_poisson ? 0 : (variance - mean) / variance;
  double mass = is_poisson ? std::exp(-mean) : std::pow(1 - fail, shape);
  Quantiles quantiles = {-1, -1};
  double sum = 0;
  for (double count = 0; count < 100 * kMostCounted; ++count) {
    sum += mass;
    if (quantiles.low < 0 && sum > below) quantiles.low = count;
    if (sum >= above) {
      quantiles.high = count;
      return quantiles;
    }
    mass *= is_poisson ? mean / (count + 1) : (count + shape) / (count + 1) * fail;
  }
  return {std::max(0.0, quantiles.low), 100 * kMostCounted};
}

int64_t MillidaysOf(double role_days) {
  return static_cast<int64_t>(std::llround(role_days * kMillidays));
}

}  // namespace

absl::StatusOr<std::vector<CellForecast>> ForecastDemand(const DemandHistory& history,
                                                         const ForecastOptions& options) {
  TROUPE_RETURN_IF_ERROR(Validate(history, options));
  const size_t cells = size_t{history.roles} * history.cities;
  std::vector<CellForecast> forecast(options.weeks * cells);
  const double outside = static_cast<double>(kMillionths - options.coverage_millionths) / 2e6;
  for (uint32_t city = 0; city < history.cities; ++city) {
    const std::vector<double> season = SeasonOf(history, city, options.season_weeks);
    for (uint32_t role = 0; role < history.roles; ++role) {
      const size_t cell = size_t{role} * history.cities + city;
      CellTrack track(static_cast<double>(options.frequency_millionths) / 1e6,
                      static_cast<double>(options.size_millionths) / 1e6);
      for (uint32_t week = 0; week < history.weeks; ++week) {
        track.See(static_cast<double>(history.millidays[week * cells + cell]) / kMillidays /
                  season[week % season.size()]);
      }
      for (uint32_t ahead = 0; ahead < options.weeks; ++ahead) {
        const double index = season[(history.weeks + ahead) % season.size()];
        const double mean = track.Expected() * index;
        const Quantiles quantiles =
            QuantilesOf(mean, track.Variance() * index * index, outside, 1 - outside);
        forecast[ahead * cells + cell] = {MillidaysOf(mean), MillidaysOf(quantiles.low),
                                          MillidaysOf(quantiles.high)};
      }
    }
  }
  return forecast;
}

}  // namespace troupe::staffing
