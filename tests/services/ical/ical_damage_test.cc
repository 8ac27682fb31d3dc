#include <random>
#include <string>

#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "matcher/base/violation.h"
#include "services/ical/calendar_reader.h"
#include "tests/services/ical/ical_samples.h"
#include "tests/testing/dice.h"

// Files that came to harm on their way.
namespace troupe {
namespace {

using testing::Dice;
using testing::IcalSample;
using testing::TestReading;

std::string Damaged(Dice& dice, std::string text) {
  const int faults = dice.Between(1, 4);
  for (int i = 0; i < faults; ++i) {
    const size_t at = dice.Below(text.size());
    switch (dice.Below(4)) {
      case 0:
        text[at] = static_cast<char>(dice.Between(0, 255));
        break;
      case 1:
        text.erase(at, 1 + dice.Below(40));
        break;
      case 2:
        text.insert(at, text.substr(dice.Below(text.size()), dice.Below(60)));
        break;
      default:
        text[at] = "0123456789;:=,\"\r\n TZ"[dice.Below(20)];
    }
    if (text.empty()) return text;
  }
  return text;
}

TEST(IcalDamageTest, ReadsOrRefusesAnyDamagedFileByItsLine) {
  std::mt19937_64 rng(1);
  Dice dice(rng);
  int refused = 0;
  for (const char* name : {"google", "outlook", "apple"}) {
    const std::string sample = IcalSample(name);
    for (int i = 0; i < 1'500; ++i) {
      const std::string text = Damaged(dice, sample);
      const auto read = ReadICalendar(text, TestReading());
      if (read.ok()) continue;
      ++refused;
      ASSERT_EQ(ReasonOf(read.status()), "INVALID_FIELD") << text;
      for (const FieldViolation& violation : ViolationsOf(read.status())) {
        ASSERT_EQ(violation.field, "calendar");
        ASSERT_THAT(violation.problem, ::testing::HasSubstr("line ")) << text;
      }
    }
  }
  EXPECT_GT(refused, 500);
}

}  // namespace
}  // namespace troupe
