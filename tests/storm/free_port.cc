#include "tests/storm/free_port.h"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <sys/socket.h>
#include <unistd.h>

#include <cstdint>
#include <cstdlib>
#include <random>

namespace troupe::testing {
namespace {

constexpr int kFirst = 12'000;
constexpr int kCount = 20'000;  // Linux begins at 32,768.

bool IsFree(int port) {
  const int handle = socket(AF_INET, SOCK_STREAM, 0);
  sockaddr_in address = {};
  address.sin_family = AF_INET;
  address.sin_port = htons(static_cast<uint16_t>(port));
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  const bool is_free =
      handle >= 0 && bind(handle, reinterpret_cast<sockaddr*>(&address), sizeof(address)) == 0;
  close(handle);
  return is_free;
}

}  // namespace

int FreePort() {
  std::random_device random;  // Other tests look for one at the same time.
  for (int tries = 0; tries < 1'000; ++tries) {
    const int port = kFirst + static_cast<int>(random() % kCount);
    if (IsFree(port)) return port;
  }
  abort();
}

}  // namespace troupe::testing
