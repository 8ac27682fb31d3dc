#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "tests/hostile/assault.h"
#include "tests/integration/server_process.h"
#include "tests/testing/status_matchers.h"
#include "tests/testing/temp_directory.h"

namespace troupe::testing {
namespace {

using ::testing::Ge;
using ::testing::SizeIs;

// Every fifth: `tests/show/foundation 5` sends all.
constexpr size_t kStep = 5;

TEST(HostileTest, IsToldWhatIsWrongAndHowToMendIt) {
  const TempDirectory folder;
  ServerProcess server(folder.Join("data"));
  ASSERT_THAT(server.Start(), IsOk());
  const Assault assault(server.channel());
  EXPECT_EQ(assault.ComplaintAboutValid(), "");
  EXPECT_THAT(assault.attacks(), SizeIs(Ge(200u * kStep)));
  for (size_t i = 0; i < assault.attacks().size(); i += kStep) {
    const Attack& attack = assault.attacks()[i];
    EXPECT_EQ(Assault::Complaint(attack, assault.Send(attack)), "") << attack.ToString();
  }
}

}  // namespace
}  // namespace troupe::testing
