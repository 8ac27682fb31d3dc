#ifndef TROUPE_TESTS_MATCHER_DOMAIN_LIMIT_ROW_H_
#define TROUPE_TESTS_MATCHER_DOMAIN_LIMIT_ROW_H_

#include <cstdint>
#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "matcher/base/violation.h"
#include "tests/testing/values.h"

namespace troupe::testing {

// One limit of a record: `edit` puts a value, a length or a count into it, of
// which `at` is the last that is valid and `past` is not.
template <typename Record>
struct LimitRow {
  const char* field;  // What the violation names.
  int64_t at;
  int64_t past;
  void (*edit)(Record& record, int64_t n);
};

// Something wrong with a record, whatever the number.
template <typename Record>
struct FaultRow {
  const char* field;
  void (*edit)(Record& record);
};

template <typename Record, typename Validate>
void ExpectAcceptsAt(const std::vector<LimitRow<Record>>& rows, const Record& valid,
                     Validate validate) {
  for (const LimitRow<Record>& row : rows) {
    Record record = valid;
    row.edit(record, row.at);
    EXPECT_THAT(TextsOf(validate(record)), ::testing::IsEmpty()) << row.field << " at " << row.at;
  }
}

template <typename Record, typename Validate>
void ExpectRejectsPast(const std::vector<LimitRow<Record>>& rows, const Record& valid,
                       Validate validate) {
  for (const LimitRow<Record>& row : rows) {
    Record record = valid;
    row.edit(record, row.past);
    EXPECT_THAT(FieldsOf(validate(record)), ::testing::ElementsAre(row.field))
        << "past the limit, at " << row.past;
  }
}

template <typename Record, typename Validate>
void ExpectRejects(const std::vector<FaultRow<Record>>& rows, const Record& valid,
                   Validate validate) {
  for (size_t i = 0; i < rows.size(); ++i) {
    Record record = valid;
    rows[i].edit(record);
    EXPECT_THAT(FieldsOf(validate(record)), ::testing::ElementsAre(rows[i].field)) << "row " << i;
  }
}

inline std::string Text(int64_t bytes) { return std::string(static_cast<size_t>(bytes), 'a'); }

template <typename T>
std::vector<T> Copies(int64_t count, const T& value) {
  return std::vector<T>(static_cast<size_t>(count), value);
}

// Words "w0", "w1", ...
inline std::vector<std::string> Words(int64_t count) {
  std::vector<std::string> words;
  for (int64_t i = 0; i < count; ++i) words.push_back(absl::StrCat("w", i));
  return words;
}

inline std::vector<Label> LabelCopies(int64_t count) { return Labels(Words(count)); }

}  // namespace troupe::testing

#endif  // TROUPE_TESTS_MATCHER_DOMAIN_LIMIT_ROW_H_
