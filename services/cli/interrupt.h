#ifndef TROUPE_SERVICES_CLI_INTERRUPT_H_
#define TROUPE_SERVICES_CLI_INTERRUPT_H_

#include <functional>

namespace troupe {

// Calls `stop`, from a thread of its own, when the user interrupts the program
// (SIGINT, as by Ctrl-C, or SIGTERM), instead of the function given before;
// nullptr: nothing. False, and nothing is kept, if that has happened already.
// The first call takes these signals over; until then they end the program at
// once. Thread-safe.
bool OnInterrupt(std::function<void()> stop);

}  // namespace troupe

#endif  // TROUPE_SERVICES_CLI_INTERRUPT_H_
