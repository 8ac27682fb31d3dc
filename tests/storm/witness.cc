#include "tests/storm/witness.h"

#include <utility>

#include "absl/strings/str_cat.h"
#include "absl/time/time.h"

namespace troupe::testing {
namespace {

constexpr absl::Duration kBackoff = absl::Milliseconds(5);

}  // namespace

Witness::Witness(int number, uint64_t seed, Services services, const Landmarks* landmarks,
                 Findings* findings)
    : services_(std::move(services)),
      landmarks_(landmarks),
      findings_(findings),
      random_(seed),
      profiles_(absl::StrCat("Witness ", number), random_(), findings),
      projects_(absl::StrCat("Witness ", number), random_(), findings) {}

void Witness::Work(Tally& tally) {
  while (!tally.IsClosed()) {
    if (DoSomething().ok()) {
      tally.Add();
    } else {
      tally.Await(INT32_MAX, kBackoff);
    }
  }
}

absl::Status Witness::DoSomething() {
  switch (dice_.Below(5)) {
    case 0:
      return Find();
    case 1:
    case 2:
      return projects_.DoSomething(services_.projects);
    default:
      return profiles_.DoSomething(services_.profiles);
  }
}

absl::Status Witness::Find() {
  const absl::Status found =
      dice_.OneIn(2) ? FindProfiles(services_.matches, landmarks_->opening).status()
                     : FindOpenings(services_.matches, landmarks_->profile).status();
  if (!found.ok() && !IsTransportError(found)) {
    findings_->Add(Wrong::kRefused, absl::StrCat("matching: ", found.ToString()));
  }
  return found;
}

void Witness::Check(const ProfileLedger::Listing& profiles,
                    const ProjectLedger::Listing& projects, bool thorough) {
  services_.AwaitConnected();
  profiles_.Check(services_.profiles, profiles, thorough);
  projects_.Check(services_.projects, projects, thorough);
}

void Witness::Settle() {
  services_.AwaitConnected();
  profiles_.Settle(services_.profiles);
  projects_.Settle(services_.projects);
}

}  // namespace troupe::testing
