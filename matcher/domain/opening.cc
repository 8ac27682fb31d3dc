#include "matcher/domain/opening.h"

#include <algorithm>

namespace troupe {

int32_t Opening::OpenSeats() const {
  return static_cast<int32_t>(std::count_if(seats.begin(), seats.end(),
                                            [](const Seat& seat) { return !seat.profile; }));
}

std::optional<DaySpan> Opening::Dates() const {
  if (window.has_value()) return window->span;
  if (blocks.empty()) return std::nullopt;
  return DaySpan{blocks.front().span.start, blocks.back().span.limit};
}

void Opening::MoveDates(int32_t days) {
  const auto move = [days](DaySpan& span) { span = {span.start + days, span.limit + days}; };
  if (window.has_value()) move(window->span);
  for (Window& block : blocks) move(block.span);
}

}  // namespace troupe
