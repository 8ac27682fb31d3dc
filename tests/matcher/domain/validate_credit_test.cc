#include "matcher/domain/validate_credit.h"

#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "tests/matcher/domain/limit_row.h"

namespace troupe {
namespace {

using ::testing::IsEmpty;
using testing::Cny;
using testing::Copies;
using testing::D;
using testing::LabelCopies;
using testing::Text;
using testing::TextsOf;
using testing::Worked;
using Limit = testing::LimitRow<Credit>;
using Fault = testing::FaultRow<Credit>;

Credit Acted() {
  Credit credit = Worked("tmdb:603", "actor", "2020-01-01");
  credit.cast_order = 3;
  credit.genres = credit.tags = credit.companies = LabelCopies(1);
  credit.countries = {"CN"};
  credit.original_language = "zh";
  credit.budget = Cny(1'000'000);
  return credit;
}

Violations Validate(const Credit& credit) {
  Violations found;
  CheckCredit(Field(&found), credit);
  return found;
}

const std::vector<Limit>& Limits() {
  static const std::vector<Limit> rows = {
      {"production", 200, 201, [](Credit& c, int64_t n) { c.production = Text(n); }},
      {"production", 1, 0, [](Credit& c, int64_t n) { c.production = Text(n); }},
      {"title", 300, 301, [](Credit& c, int64_t n) { c.title = Text(n); }},
      {"job", 100, 101, [](Credit& c, int64_t n) { c.job = Text(n); }},
      {"cast_order", 0, -1, [](Credit& c, int64_t n) { c.cast_order = static_cast<int32_t>(n); }},
      {"genres", 50, 51, [](Credit& c, int64_t n) { c.genres = LabelCopies(n); }},
      {"tags", 50, 51, [](Credit& c, int64_t n) { c.tags = LabelCopies(n); }},
      {"companies", 50, 51, [](Credit& c, int64_t n) { c.companies = LabelCopies(n); }},
      {"countries", 50, 51,
       [](Credit& c, int64_t n) { c.countries = Copies<std::string>(n, "CN"); }},
      {"genres[0].id", 100, 101, [](Credit& c, int64_t n) { c.genres[0].id = Text(n); }},
      {"genres[0].id", 1, 0, [](Credit& c, int64_t n) { c.genres[0].id = Text(n); }},
      {"tags[0].name", 200, 201, [](Credit& c, int64_t n) { c.tags[0].name = Text(n); }},
      {"companies[0].name", 200, 201, [](Credit& c, int64_t n) { c.companies[0].name = Text(n); }},
      {"budget.units", 0, -1, [](Credit& c, int64_t n) { c.budget = Cny(n); }},
  };
  return rows;
}

const std::vector<Fault>& Faults() {
  static const std::vector<Fault> rows = {
      {"role", [](Credit& c) { c.role = ""; }},
      {"role", [](Credit& c) { c.role = "actress"; }},
      {"cast_order", [](Credit& c) { c.role = "director"; }},
      {"cast_order", [](Credit& c) { c.role = kOtherRole; }},
      {"date", [](Credit& c) { c.date = D("1869-12-31"); }},
      {"countries[0]", [](Credit& c) { c.countries = {"China"}; }},
      {"original_language", [](Credit& c) { c.original_language = "zh_CN"; }},
      {"budget.currency_code", [](Credit& c) { c.budget->currency = "yuan"; }},
      {"title", [](Credit& c) { c.title = "two\nlines"; }},
  };
  return rows;
}

TEST(CheckCreditTest, AcceptsTheLeastCredit) {
  EXPECT_THAT(TextsOf(Validate(Worked("tmdb:603", "director"))), IsEmpty());
}

TEST(CheckCreditTest, AcceptsWhatFitsNoRole) {
  EXPECT_THAT(TextsOf(Validate(Worked("tmdb:603", kOtherRole))), IsEmpty());
}

TEST(CheckCreditTest, AcceptsAPlaceInTheCastForACastRole) {
  EXPECT_THAT(TextsOf(Validate(Acted())), IsEmpty());
}

TEST(CheckCreditTest, AcceptsWhatIsAtALimit) { ExpectAcceptsAt(Limits(), Acted(), Validate); }

TEST(CheckCreditTest, RejectsWhatIsPastALimit) { ExpectRejectsPast(Limits(), Acted(), Validate); }

TEST(CheckCreditTest, NamesTheFieldOfEachFault) { ExpectRejects(Faults(), Acted(), Validate); }

}  // namespace
}  // namespace troupe
