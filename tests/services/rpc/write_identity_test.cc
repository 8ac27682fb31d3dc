#include "services/rpc/write_identity.h"

#include <set>

#include "gtest/gtest.h"
#include "troupe/v1/profile_service.pb.h"

namespace troupe {
namespace {

const OrganizationId kCrew{"crew"};
const OrganizationId kStudio{"studio"};

TEST(WriteIdentityTest, GivesARecordTheSameIdForTheSameExternalIdOnly) {
  const uint64_t id = RecordIdOf(kCrew, "profile", {"tmdb", "7"});
  EXPECT_EQ(RecordIdOf(kCrew, "profile", {"tmdb", "7"}), id);
  EXPECT_NE(RecordIdOf(kStudio, "profile", {"tmdb", "7"}), id);
  EXPECT_NE(RecordIdOf(kCrew, "project", {"tmdb", "7"}), id);
  EXPECT_NE(RecordIdOf(kCrew, "profile", {"tmdb", "8"}), id);
  EXPECT_NE(RecordIdOf(kCrew, "profile", {"imdb", "7"}), id);
}

// What is stored under these ids must be found again by every release.
TEST(WriteIdentityTest, NeverChangesAnId) {
  EXPECT_EQ(RecordIdOf(kCrew, "profile", {"tmdb", "7"}), 12319302817987207563u);
  EXPECT_EQ(RecordIdOf("crew/profile/create/r"), 1667689908916970854u);
  EXPECT_EQ(LogRequestId(kCrew, "profile", "create", "r"), "crew/profile/create/r");
  EXPECT_EQ(LogRequestId(kCrew, "profile", "i", 12), "crew/profile/import/12/i");
}

TEST(WriteIdentityTest, KeepsRequestsApart) {
  const std::set<std::string> ids = {
      LogRequestId(kCrew, "profile", "create", "r"),   LogRequestId(kStudio, "profile", "create", "r"),
      LogRequestId(kCrew, "project", "create", "r"),   LogRequestId(kCrew, "profile", "update", "r"),
      LogRequestId(kCrew, "profile", "r", 1),          LogRequestId(kCrew, "profile", "1/r", 1),
      LogRequestId(kCrew, "profile", "r", 11),
  };
  EXPECT_EQ(ids.size(), 7u);
}

TEST(WriteIdentityTest, TellsBodiesApart) {
  v1::CreateProfileRequest a, b;
  b.mutable_profile()->set_agency("x");
  EXPECT_EQ(BodyHashOf(a), BodyHashOf(v1::CreateProfileRequest()));
  EXPECT_NE(BodyHashOf(a), BodyHashOf(b));
  EXPECT_NE(BodyHashOf(a), 0u);
}

}  // namespace
}  // namespace troupe
