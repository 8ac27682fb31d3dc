#ifndef TROUPE_TESTS_MODEL_PROPERTIES_H_
#define TROUPE_TESTS_MODEL_PROPERTIES_H_

#include <cstdint>
#include <string>

#include "matcher/hold/agenda.h"
#include "matcher/hold/hold_event.h"
#include "tests/model/world.h"

namespace troupe::testing {

// What is always true, said once more and otherwise than in matcher/hold: day by
// day, with the checker's own record of who came when. Each returns the first
// that is broken as "NAME: what", else nothing. The names are those of
// deploy/docs/holds.md.

// Of a state.
std::string Broken(const World& world);

// Of a booking: what became of the others, given the agenda just before.
std::string BrokenByBooking(const Agenda& before, const Agenda& after, uint32_t booking);

// Of a write of an agenda: nothing that was acknowledged is undone, and an intent
// goes by its decision only.
std::string BrokenByWrite(const World& world, const Agenda& before, const Agenda& after,
                          const Notices& notices);

// From `world` everything can come to rest: once the decisions are made, all
// intents resolved and the timers run, nothing is undecided and nothing overdue.
std::string BrokenAtRest(World world);

}  // namespace troupe::testing

#endif  // TROUPE_TESTS_MODEL_PROPERTIES_H_
