#ifndef TROUPE_TESTS_STORM_FREE_PORT_H_
#define TROUPE_TESTS_STORM_FREE_PORT_H_

namespace troupe::testing {

// A port of 127.0.0.1 that nobody uses now, and that the kernel gives to nobody
// by itself: it is below those of port 0 and of outgoing connections. So a
// server finds it free again after a restart.
int FreePort();

}  // namespace troupe::testing

#endif  // TROUPE_TESTS_STORM_FREE_PORT_H_
