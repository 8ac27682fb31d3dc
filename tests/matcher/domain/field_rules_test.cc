#include "matcher/domain/field_rules.h"

#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "tests/testing/values.h"

namespace troupe {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;
using testing::Cny;
using testing::D;
using testing::TextsOf;

// What `rule(field "f", values...)` reports.
template <typename Rule, typename... Values>
std::vector<std::string> Reports(Rule rule, const Values&... values) {
  Violations found;
  const Field message(&found);
  rule(message["f"], values...);
  return TextsOf(found);
}

TEST(CheckTextTest, AcceptsAnyLanguage) {
  for (const char* text : {"", "ada", "王小明", "Ævar Þór", "עדה", "🎬🎥"}) {
    EXPECT_THAT(Reports(CheckText, text, 100u), IsEmpty()) << text;
  }
}

TEST(CheckTextTest, CountsBytesRatherThanCharacters) {
  EXPECT_THAT(Reports(CheckText, "王小", 6u), IsEmpty());
  EXPECT_THAT(Reports(CheckText, "王小", 5u),
              ElementsAre("f is 6 bytes long: give at most 5 bytes"));
}

TEST(CheckTextTest, RejectsControlCharacters) {
  const std::string text[] = {"a\nb", "a\tb", "\r", std::string("a\0b", 3), "\x1f", "\x7f",
                              "\xc2\x80", "\xc2\x9f"};
  for (const std::string& control : text) {
    EXPECT_THAT(Reports(CheckText, control, 100u),
                ElementsAre("f holds a control character: leave out line breaks, tabs and the "
                            "like"));
  }
}

TEST(CheckTextTest, AcceptsWhatIsNextToTheControlCharacters) {
  for (const char* text : {" ", "~", "\xc2\xa0"}) {
    EXPECT_THAT(Reports(CheckText, text, 100u), IsEmpty()) << text;
  }
}

TEST(CheckTextTest, RejectsWhatIsNotUtf8) {
  const char* kBroken[] = {
      "\x80",              // Ends nothing.
      "\xe7\x8e",          // Cut off.
      "\xc0\xaf",          // Longer than need be.
      "\xed\xa0\x80",      // Half of a pair.
      "\xf4\x90\x80\x80",  // Past the last code point.
      "a\xff" "b",
  };
  for (const char* text : kBroken) {
    EXPECT_THAT(Reports(CheckText, text, 100u), ElementsAre("f is not UTF-8: encode it as UTF-8"));
  }
}

TEST(RequireTextTest, RejectsTheEmptyText) {
  EXPECT_THAT(Reports(RequireText, "", 200u), ElementsAre("f is empty: give 1 to 200 bytes"));
}

TEST(CheckNumberTest, NamesTheNumberAndItsRange) {
  EXPECT_THAT(Reports(CheckNumber, 1, 1, 5), IsEmpty());
  EXPECT_THAT(Reports(CheckNumber, 5, 1, 5), IsEmpty());
  EXPECT_THAT(Reports(CheckNumber, 0, 1, 5), ElementsAre("f is 0: give 1 to 5"));
  EXPECT_THAT(Reports(CheckNumber, 6, 1, 5), ElementsAre("f is 6: give 1 to 5"));
}

TEST(CheckNumbersTest, WantsThemInOrder) {
  EXPECT_THAT(Reports(CheckNumbers, "age", IntRange{30, 30}, 0, 120), IsEmpty());
  EXPECT_THAT(Reports(CheckNumbers, "age", IntRange{30, 29}, 0, 120),
              ElementsAre("f.age_to is 29, below age_from: give at least 30"));
}

TEST(CheckNumbersTest, NamesTheEndThatIsOutOfRange) {
  EXPECT_THAT(Reports(CheckNumbers, "age", IntRange{-1, 29}, 0, 120),
              ElementsAre("f.age_from is -1: give 0 to 120"));
  EXPECT_THAT(Reports(CheckNumbers, "age", IntRange{0, 121}, 0, 120),
              ElementsAre("f.age_to is 121: give 0 to 120"));
}

TEST(CheckSlugTest, TakesLowerCaseDigitsAndInnerHyphens) {
  for (const char* slug : {"a", "7", "horse-riding", "3d", "a-", "a--b"}) {
    EXPECT_THAT(Reports(CheckSlug, slug), IsEmpty()) << slug;
  }
  for (const char* word : {"-a", "Riding", "horse riding", "horse_riding", "骑马", "a\n"}) {
    EXPECT_THAT(Reports(CheckSlug, word),
                ElementsAre("f is not a lower-case id: give 1 to 100 of a-z, 0-9 and \"-\", as "
                            "\"horse-riding\""))
        << word;
  }
}

TEST(CheckSlugTest, TakesUpTo100Bytes) {
  EXPECT_THAT(Reports(CheckSlug, std::string(100, 'a')), IsEmpty());
  EXPECT_FALSE(Reports(CheckSlug, std::string(101, 'a')).empty());
  EXPECT_FALSE(Reports(CheckSlug, "").empty());
}

TEST(CheckLanguageTest, TakesTagsOfBcp47) {
  for (const char* tag : {"zh", "yue", "nan", "en-GB", "zh-Hant-TW", "sl-rozaj-biske", "es-419"}) {
    EXPECT_THAT(Reports(CheckLanguage, tag), IsEmpty()) << tag;
  }
}

TEST(CheckLanguageTest, RejectsWhatIsNoTag) {
  for (const char* tag : {"", "z", "zhou", "ZH", "Zh", "zh_CN", "zh-", "-zh", "zh--TW", "zh-x",
                          "zh-abcdefghi", "中文", "z1", "zh CN",
                          "zh-aaaaaaaa-bbbbbbbb-cccccccc-dddddddd"}) {
    EXPECT_THAT(Reports(CheckLanguage, tag),
                ElementsAre("f is not a language tag: give BCP 47, as \"zh\", \"yue\" or "
                            "\"en-GB\""))
        << tag;
  }
}

TEST(CheckCountryTest, TakesTwoCapitals) {
  EXPECT_THAT(Reports(CheckCountry, "CN"), IsEmpty());
  for (const char* code : {"", "C", "CHN", "cn", "C1", "中"}) {
    EXPECT_THAT(Reports(CheckCountry, code),
                ElementsAre("f is not a country code: give ISO 3166-1 alpha-2, as \"CN\""))
        << code;
  }
}

TEST(CheckMoneyTest, AcceptsNone) { EXPECT_THAT(Reports(CheckMoney, std::nullopt), IsEmpty()); }

TEST(CheckMoneyTest, WantsThreeCapitals) {
  for (const char* code : {"", "CN", "CNYY", "cny", "¥"}) {
    EXPECT_THAT(Reports(CheckMoney, Money{.currency = code}),
                ElementsAre("f.currency_code is not a currency code: give ISO 4217, as \"CNY\""))
        << code;
  }
}

TEST(CheckMoneyTest, HoldsUnitsAndNanosToTheirRanges) {
  EXPECT_THAT(Reports(CheckMoney, Cny(Money::kMaxUnits, 999'999'999)), IsEmpty());
  EXPECT_THAT(Reports(CheckMoney, Cny(Money::kMaxUnits + 1)),
              ElementsAre("f.units is 1000000000001: give 0 to 1000000000000"));
  EXPECT_THAT(Reports(CheckMoney, Cny(-1)), ElementsAre("f.units is -1: give 0 to 1000000000000"));
  EXPECT_THAT(Reports(CheckMoney, Cny(0, 1'000'000'000)),
              ElementsAre("f.nanos is 1000000000: give 0 to 999999999"));
  EXPECT_THAT(Reports(CheckMoney, Cny(0, -1)), ElementsAre("f.nanos is -1: give 0 to 999999999"));
}

TEST(CheckDayTest, TakesYearsFrom1870To2200) {
  EXPECT_THAT(Reports(CheckDay, D("1870-01-01")), IsEmpty());
  EXPECT_THAT(Reports(CheckDay, D("2200-12-31")), IsEmpty());
  EXPECT_THAT(Reports(CheckDay, D("1869-12-31")),
              ElementsAre("f is in the year 1869: give a year from 1870 to 2200"));
  EXPECT_THAT(Reports(CheckDay, D("2201-01-01")),
              ElementsAre("f is in the year 2201: give a year from 1870 to 2200"));
}

TEST(CheckDaysTest, WantsTheLimitAfterTheStart) {
  const Day day = D("2026-12-01");
  EXPECT_THAT(Reports(CheckDays, DaySpan{day, day + 1}), IsEmpty());
  EXPECT_THAT(Reports(CheckDays, DaySpan{day, day}),
              ElementsAre("f.limit is not later than the start: give the day after the last one"));
}

TEST(CheckDaysTest, NamesTheDayThatIsOutOfTheYears) {
  EXPECT_THAT(Reports(CheckDays, DaySpan{D("1869-12-31"), D("2026-12-01")}),
              ElementsAre("f.start is in the year 1869: give a year from 1870 to 2200"));
  EXPECT_THAT(Reports(CheckDays, DaySpan{D("2200-12-31"), D("2201-01-01")}),
              ElementsAre("f.limit is in the year 2201: give a year from 1870 to 2200"));
}

TEST(CheckDaysTest, DoesNotCompareDaysOutOfTheYears) {
  EXPECT_THAT(Reports(CheckDays, DaySpan{D("2201-01-01"), D("1869-12-31")}),
              ElementsAre("f.start is in the year 2201: give a year from 1870 to 2200",
                          "f.limit is in the year 1869: give a year from 1870 to 2200"));
}

TEST(CheckEachTest, LooksAtNoEntryPastTheLimit) {
  Violations found;
  const Field message(&found);
  const std::vector<std::string> words = {"zh", "??", "yue", "??"};
  CheckEach(message["f"], words, 3, CheckLanguage);
  EXPECT_THAT(testing::FieldsOf(found), ElementsAre("f", "f[1]"));
}

TEST(CheckDistinctTest, NamesTheEntryThatRepeatsAndTheFirst) {
  Violations found;
  const Field message(&found);
  const std::vector<Label> labels = testing::Labels({"a", "b", "a", "a"});
  CheckDistinct(message["f"], labels, 9, "id", &Label::id);
  EXPECT_THAT(TextsOf(found), ElementsAre("f[2].id is that of entry 0 too: name each id once",
                                          "f[3].id is that of entry 0 too: name each id once"));
}

}  // namespace
}  // namespace troupe
