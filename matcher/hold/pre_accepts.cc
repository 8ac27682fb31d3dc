#include "matcher/hold/pre_accepts.h"

#include <algorithm>
#include <string>

#include "matcher/domain/gazetteer.h"
#include "matcher/hold/hold_window.h"

namespace troupe {
namespace {

bool NamesRole(const PreAcceptance& rule, const HoldRequest& request) {
  return rule.roles.empty() ||
         std::find(rule.roles.begin(), rule.roles.end(), request.role) != rule.roles.end();
}

bool IsPaid(const PreAcceptance& rule, const HoldRequest& request) {
  if (!rule.pay_floor.has_value()) return true;
  const std::optional<Money>& rate = request.terms.day_rate;
  return rate.has_value() && rate->currency == rule.pay_floor->currency &&
         CompareAmounts(*rate, *rule.pay_floor) >= 0;
}

bool IsThere(const PreAcceptance& rule, const HoldRequest& request) {
  const Gazetteer& places = ShippedPlaces();
  return rule.places.empty() ||
         std::any_of(rule.places.begin(), rule.places.end(), [&](const std::string& place) {
           return places.IsWithin(places.IndexOf(request.place), places.IndexOf(place));
         });
}

bool IsThen(const PreAcceptance& rule, const HoldRequest& request) {
  return !rule.dates.has_value() ||
         Days::Of(*rule.dates).ContainsAll(ReachOf(request.window, request.travel_days));
}

}  // namespace

bool PreAccepts(const std::vector<PreAcceptance>& rules, const HoldRequest& request) {
  return std::any_of(rules.begin(), rules.end(), [&](const PreAcceptance& rule) {
    return rule != PreAcceptance{} && NamesRole(rule, request) && IsPaid(rule, request) &&
           IsThere(rule, request) && IsThen(rule, request);
  });
}

}  // namespace troupe
