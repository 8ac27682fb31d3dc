#include <fstream>
#include <iostream>
#include <map>
#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/time/clock.h"
#include "absl/time/time.h"
#include "services/cli/connection.h"
#include "tests/hostile/assault.h"
#include "troupe/v1/profile_service.grpc.pb.h"

namespace {

using troupe::testing::Assault;
using troupe::testing::Attack;

constexpr int kFirstLook = 2'000;
constexpr int kSecondLook = 20'000;

// Of a process that has come to rest: while it works on a large request it has
// some megabytes more.
long ResidentKilobytes(const std::string& pid) {
  absl::SleepFor(absl::Seconds(1));
  std::ifstream status(absl::StrCat("/proc/", pid, "/status"));
  std::string word;
  while (status >> word) {
    long kilobytes = 0;
    if (word == "VmRSS:" && status >> kilobytes) return kilobytes;
  }
  return -1;
}

// Sends every attack once, then those that were refused until there were 20,000
// of them; prints what was wrong and how the server's memory grew.
int Attackers(const std::string& address, const std::string& pid) {
  const Assault assault(troupe::OpenChannel(address));
  std::cerr << assault.ComplaintAboutValid();
  std::vector<const Attack*> refused;
  int wrong = 0;
  for (const Attack& attack : assault.attacks()) {
    const absl::Status answer = assault.Send(attack);
    if (!answer.ok()) refused.push_back(&attack);
    const std::string complaint = Assault::Complaint(attack, answer);
    if (complaint.empty()) continue;
    ++wrong;
    std::cerr << attack.ToString() << " " << complaint << "\n";
  }
  std::cout << "attacks " << assault.attacks().size() << "\nrefused " << refused.size()
            << "\nwrong " << wrong << "\n";
  for (int sent = 0; sent < kSecondLook; ++sent) {
    if (sent == kFirstLook) std::cout << "first_kb " << ResidentKilobytes(pid) << "\n";
    (void)assault.Send(*refused[static_cast<size_t>(sent) % refused.size()]);
  }
  std::cout << "second_kb " << ResidentKilobytes(pid) << "\n";
  return 0;
}

// Asks as a good client does, one question after another, and prints how many
// were answered within a second.
int GoodClient(const std::string& address, double seconds) {
  const troupe::Connection crew(troupe::OpenChannel(address), address, "crew");
  const absl::Time end = absl::Now() + absl::Seconds(seconds);
  int asked = 0, answered = 0;
  troupe::v1::ListProfilesRequest request;
  request.set_page_size(1);
  while (absl::Now() < end) {
    const auto context = crew.NewContext();
    context->set_deadline(absl::ToChronoTime(absl::Now() + absl::Seconds(1)));
    troupe::v1::ListProfilesResponse response;
    ++asked;
    auto& profiles = crew.stub<troupe::v1::ProfileService::Stub>();
    if (profiles.ListProfiles(context.get(), request, &response).ok()) ++answered;
    absl::SleepFor(absl::Milliseconds(2));
  }
  std::cout << "asked " << asked << "\nanswered " << answered << "\n";
  return 0;
}

}  // namespace

int main(int argc, char** argv) {
  if (argc == 4 && std::string(argv[1]) == "attack") return Attackers(argv[2], argv[3]);
  if (argc == 4 && std::string(argv[1]) == "ask") return GoodClient(argv[2], std::stod(argv[3]));
  std::cerr << "use: troupe-hostile attack HOST:PORT PID | ask HOST:PORT SECONDS\n";
  return 2;
}
