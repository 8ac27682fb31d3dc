#ifndef TROUPE_MATCHER_HOLD_HOLD_WINDOW_H_
#define TROUPE_MATCHER_HOLD_HOLD_WINDOW_H_

#include <cstdint>
#include <optional>

#include "matcher/domain/opening.h"
#include "matcher/hold/confirmation.h"
#include "matcher/hold/days.h"

namespace troupe {

// How a window is met by days, with so many days of travel before the first and
// after the last day of work. A window of any days may have gaps between them.

// Every day that may matter: the span, and travel before and after it.
Days ReachOf(const Window& window, int32_t travel_days);

// The earliest choice of days to work that meets the window, whose days, travel
// included, all are among `free`; nullopt if there is none.
std::optional<BookedDays> EarliestChoice(const Window& window, int32_t travel_days,
                                         const Days& free);

// `work` with its travel, if it is a choice that the window allows: as many days
// of its span as asked for, in one run if contiguous; else nullopt.
std::optional<BookedDays> ChoiceOf(const Window& window, int32_t travel_days, const Days& work);

}  // namespace troupe

#endif  // TROUPE_MATCHER_HOLD_HOLD_WINDOW_H_
