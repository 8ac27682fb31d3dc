#include "services/rpc/caller.h"

#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "matcher/base/violation.h"
#include "tests/testing/status_matchers.h"

namespace troupe {
namespace {

using ::testing::HasSubstr;
using testing::IsOkAndHolds;
using testing::StatusIs;

constexpr char kLocal[] = "ipv4:127.0.0.1:40112";

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

TEST(IdentifyCallerTest, TakesTheNameOfALocalCaller) {
  EXPECT_THAT(IdentifyCaller(kLocal, {"studio-8"}), IsOkAndHolds(OrganizationId{"studio-8"}));
}

TEST(IdentifyCallerTest, RejectsAnotherMachineWhateverItSays) {
  const auto caller = IdentifyCaller("ipv4:10.0.0.7:1", {"studio-8"});
  EXPECT_THAT(caller, StatusIs(absl::StatusCode::kUnauthenticated, HasSubstr("loopback")));
  EXPECT_EQ(ReasonOf(caller.status()), "PEER_NOT_TRUSTED");
}

TEST(IdentifyCallerTest, RejectsACallerThatDoesNotSay) {
  const auto caller = IdentifyCaller(kLocal, {});
  EXPECT_THAT(caller,
              StatusIs(absl::StatusCode::kUnauthenticated, HasSubstr(kOrganizationMetadata)));
  EXPECT_EQ(ReasonOf(caller.status()), "CALLER_UNKNOWN");
}

TEST(IdentifyCallerTest, RejectsWhatIsNoOrganizationId) {
  const std::string too_long(64, 'a');
  for (absl::string_view name :
       {"", "Studio", "a b", "-a", "a/b", "\xe5\xbd\xb1", too_long.c_str()}) {
    EXPECT_EQ(ReasonOf(IdentifyCaller(kLocal, {name}).status()), "CALLER_UNKNOWN") << name;
  }
}

TEST(IdentifyCallerTest, RejectsTwoNames) {
  EXPECT_EQ(ReasonOf(IdentifyCaller(kLocal, {"alpha", "beta"}).status()), "CALLER_UNKNOWN");
}

}  // namespace
}  // namespace troupe
