#include "matcher/staffing/census.h"

#include <numeric>
#include <tuple>

#include "absl/hash/hash.h"

namespace troupe::staffing {

std::vector<uint8_t> FreeDaysByWeek(std::span<const DaySpan> busy, Day start, uint32_t weeks) {
  std::vector<uint8_t> free(weeks, 7);
  const Day limit = start + static_cast<int32_t>(weeks) * 7;
  for (const DaySpan& span : busy) {
    const Day first = std::max(span.start, start);
    for (Day day = first; day < std::min(span.limit, limit); day = day + 1) {
      --free[static_cast<size_t>(day - start) / 7];
    }
  }
  return free;
}

size_t Census::Hash::operator()(const View& view) const {
  size_t hash = absl::HashOf(view.reach, view.group);
  for (const Craft& craft : view.crafts) {
    hash = absl::HashOf(hash, craft.role, craft.productivity_millionths, craft.reluctance);
  }
  return hash;
}

void Census::Add(const Person& person) {
  auto found = rows_.find(View{person.reach, person.crafts, person.group});
  if (found == rows_.end()) {
    const auto row = static_cast<uint32_t>(people_.size());
    Key key = {person.reach, {person.crafts.begin(), person.crafts.end()}, person.group};
    found = rows_.emplace(std::move(key), row).first;
    people_.push_back(0);
    days_millionths_.resize(days_millionths_.size() + weeks_);
  }
  const uint32_t row = found->second;
  row_of_.push_back(row);
  ++people_[row];
  int64_t* days = &days_millionths_[size_t{row} * weeks_];
  for (uint32_t week = 0; week < weeks_; ++week) {
    days[week] += person.free_days[week] * person.acceptance_millionths;
  }
}

std::vector<PeopleType> Census::Types(std::vector<uint32_t>* type_of) const {
  std::vector<const Key*> keys(people_.size());
  for (const auto& [key, row] : rows_) keys[row] = &key;
  std::vector<uint32_t> order(people_.size());
  std::iota(order.begin(), order.end(), 0u);
  std::sort(order.begin(), order.end(), [&](uint32_t a, uint32_t b) {
    return std::tie(keys[a]->reach, keys[a]->crafts, keys[a]->group) <
           std::tie(keys[b]->reach, keys[b]->crafts, keys[b]->group);
  });
  std::vector<PeopleType> types;
  std::vector<uint32_t> place(order.size());
  for (uint32_t row : order) {
    place[row] = static_cast<uint32_t>(types.size());
    PeopleType type = {.reach = keys[row]->reach,
                       .crafts = keys[row]->crafts,
                       .people = people_[row],
                       .group = keys[row]->group};
    for (uint32_t week = 0; week < weeks_; ++week) {
      type.millidays.push_back(days_millionths_[size_t{row} * weeks_ + week] /
                               (kMillionths / kMillidays));
    }
    types.push_back(std::move(type));
  }
  if (type_of != nullptr) {
    type_of->clear();
    for (uint32_t row : row_of_) type_of->push_back(place[row]);
  }
  return types;
}

}  // namespace troupe::staffing
