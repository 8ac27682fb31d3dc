#include "services/rpc/caller.h"

#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "matcher/base/violation.h"
#include "tests/testing/status_matchers.h"

namespace troupe {
namespace {

using ::testing::HasSubstr;
using testing::StatusIs;

constexpr char kLocal[] = "ipv4:127.0.0.1:40112";
constexpr char kRemote[] = "ipv4:10.0.0.7:1";

TEST(IsLocalPeerTest, AcceptsTheLoopback) {
  for (const char* peer : {kLocal, "ipv4:127.8.0.1:1", "ipv6:[::1]:1", "ipv6:%5B::1%5D:1",
                           "ipv6:%5B::ffff:127.0.0.1%5D:1"}) {
    EXPECT_TRUE(IsLocalPeer(peer)) << peer;
  }
}

TEST(IsLocalPeerTest, AcceptsUnixSocketsAndTheProcessItself) {
  EXPECT_TRUE(IsLocalPeer("unix:/run/troupe.sock"));
  EXPECT_TRUE(IsLocalPeer("unix:"));
  EXPECT_TRUE(IsLocalPeer("unknown"));  // What gRPC calls an in-process peer.
}

TEST(IsLocalPeerTest, RejectsOtherMachines) {
  for (const char* peer : {"ipv4:10.0.0.7:1", "ipv4:1.127.0.0:1", "ipv6:[::1:2]:1",
                           "ipv6:%5B2001:db8::1%5D:1", "ipv6:[::ffff:10.0.0.7]:1", ""}) {
    EXPECT_FALSE(IsLocalPeer(peer)) << peer;
  }
}

using Uris = std::vector<absl::string_view>;

// "organization, service", each "-" if there is none; or the reason of the error.
std::string Identified(const CallerEvidence& evidence) {
  const absl::StatusOr<Caller> caller = IdentifyCaller(evidence);
  if (!caller.ok()) return ReasonOf(caller.status());
  auto name = [](const std::string& text) { return text.empty() ? "-" : text; };
  return absl::StrCat(name(caller->organization.slug), ", ", name(caller->service));
}

TEST(IdentifyCallerTest, TakesTheNameOfALocalCaller) {
  EXPECT_EQ(Identified({.peer = kLocal, .organizations = {"studio-8"}}), "studio-8, -");
}

TEST(IdentifyCallerTest, TakesTheWordOfALocalService) {
  EXPECT_EQ(Identified({.peer = kLocal, .services = {"troupe-matching"}}), "-, troupe-matching");
}

TEST(IdentifyCallerTest, KnowsForWhomALocalServiceCalls) {
  EXPECT_EQ(Identified({.peer = kLocal, .organizations = {"alpha"}, .services = {"feed"}}),
            "alpha, feed");
}

TEST(IdentifyCallerTest, RejectsAnotherMachineWhateverItSays) {
  const CallerEvidence evidence = {.peer = kRemote, .organizations = {"studio-8"}};
  EXPECT_EQ(Identified(evidence), "PEER_NOT_TRUSTED");
  EXPECT_THAT(IdentifyCaller(evidence).status(),
              StatusIs(absl::StatusCode::kUnauthenticated, HasSubstr("with TLS")));
}

TEST(IdentifyCallerTest, RejectsACallerThatDoesNotSay) {
  EXPECT_EQ(Identified({.peer = kLocal}), "CALLER_UNKNOWN");
  EXPECT_THAT(IdentifyCaller({.peer = kLocal}).status(),
              StatusIs(absl::StatusCode::kUnauthenticated, HasSubstr(kOrganizationMetadata)));
}

TEST(IdentifyCallerTest, RejectsWhatIsNoName) {
  const std::string too_long(64, 'a');
  for (absl::string_view name :
       {"", "Studio", "a b", "-a", "a/b", "\xe5\xbd\xb1", too_long.c_str()}) {
    EXPECT_EQ(Identified({.peer = kLocal, .organizations = {name}}), "CALLER_UNKNOWN") << name;
    EXPECT_EQ(Identified({.peer = kLocal, .services = {name}}), "CALLER_UNKNOWN") << name;
  }
}

TEST(IdentifyCallerTest, RejectsTwoNames) {
  EXPECT_EQ(Identified({.peer = kLocal, .organizations = {"alpha", "beta"}}), "CALLER_UNKNOWN");
  EXPECT_EQ(Identified({.peer = kLocal, .services = {"alpha", "beta"}}), "CALLER_UNKNOWN");
}

TEST(IdentifyCallerTest, TakesTheOrganizationOfACertificate) {
  const Uris uris = {"spiffe://elsewhere/x", "troupe://organizations/alpha"};
  EXPECT_EQ(Identified({.peer = kRemote, .certificate_uris = uris}), "alpha, -");
}

TEST(IdentifyCallerTest, LetsACertifiedOrganizationNameItself) {
  EXPECT_EQ(Identified({.peer = kRemote,
                        .certificate_uris = Uris{"troupe://organizations/alpha"},
                        .organizations = {"alpha"}}),
            "alpha, -");
}

TEST(IdentifyCallerTest, RejectsAnotherOrganizationThanTheCertified) {
  EXPECT_EQ(Identified({.peer = kLocal,
                        .certificate_uris = Uris{"troupe://organizations/alpha"},
                        .organizations = {"beta"}}),
            "NOT_CERTIFIED");
}

TEST(IdentifyCallerTest, RejectsAnOrganizationThatClaimsToBeAService) {
  EXPECT_EQ(Identified({.peer = kLocal,
                        .certificate_uris = Uris{"troupe://organizations/alpha"},
                        .services = {"feed"}}),
            "NOT_CERTIFIED");
}

TEST(IdentifyCallerTest, LetsACertifiedServiceCallForAnOrganization) {
  const Uris uris = {"troupe://services/feed"};
  EXPECT_EQ(Identified({.peer = kRemote, .certificate_uris = uris}), "-, feed");
  EXPECT_EQ(
      Identified({.peer = kRemote, .certificate_uris = uris, .organizations = {"alpha"}}),
      "alpha, feed");
}

TEST(IdentifyCallerTest, RejectsAnotherServiceThanTheCertified) {
  EXPECT_EQ(Identified({.peer = kRemote,
                        .certificate_uris = Uris{"troupe://services/feed"},
                        .services = {"other"}}),
            "NOT_CERTIFIED");
}

TEST(IdentifyCallerTest, RejectsACertificateThatNamesNobodyOrTwo) {
  for (const Uris& uris :
       {Uris{}, Uris{"spiffe://elsewhere/x"}, Uris{"troupe://organizations/A"},
        Uris{"troupe://organizations/alpha", "troupe://services/feed"}}) {
    EXPECT_EQ(Identified({.peer = kLocal, .certificate_uris = uris, .organizations = {"alpha"}}),
              "CERTIFICATE_UNKNOWN");
  }
}

}  // namespace
}  // namespace troupe
