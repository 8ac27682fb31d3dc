#include "matcher/placement/host_rounds.h"

#include <algorithm>
#include <span>
#include <utility>

namespace troupe {
namespace {

// Moves the application on to the graduate's wish of that number. False if the list
// has ended.
bool MoveTo(const WishTable& wishes, uint32_t wish, Application& application) {
  application.wish = wish;
  application.program = wishes.wishes()[wish].program;
  application.place = wishes.wishes()[wish].place;
  return application.program != wishes.no_program();
}

}  // namespace

absl::StatusOr<std::vector<uint32_t>> AskHosts(const WishTable& wishes,
                                               const std::vector<uint32_t>& host_of_program,
                                               Choose choose, const StopToken& stop) {
  uint32_t hosts = 0;
  for (uint32_t host : host_of_program) hosts = std::max(hosts, host + 1);
  std::vector<Applications> pools(hosts);
  Applications asking;
  for (uint32_t graduate = 0; graduate < wishes.size(); ++graduate) {
    Application first = {.graduate = graduate};
    if (MoveTo(wishes, wishes.starts()[graduate], first)) asking.push_back(first);
  }
  std::vector<uint32_t> asked;
  std::vector<bool> is_asked(hosts, false);
  Applications out;
  while (!asking.empty()) {
    if (stop.StopRequested()) return absl::CancelledError("stopped while graduates propose");
    for (const Application& application : asking) {
      const uint32_t host = host_of_program[application.program];
      pools[host].push_back(application);
      if (!is_asked[host]) asked.push_back(host);
      is_asked[host] = true;
    }
    for (uint32_t host : asked) {
      choose(host, pools[host], out);
      is_asked[host] = false;
    }
    asked.clear();
    asking.clear();
    for (Application& application : out) {
      if (MoveTo(wishes, application.wish + 1, application)) asking.push_back(application);
    }
    out.clear();
  }
  std::vector<uint32_t> program_of(wishes.size(), kNoRow);
  for (const Applications& pool : pools) {
    for (const Application& held : pool) program_of[held.graduate] = held.program;
  }
  return program_of;
}

}  // namespace troupe
