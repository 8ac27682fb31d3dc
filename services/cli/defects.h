#ifndef TROUPE_SERVICES_CLI_DEFECTS_H_
#define TROUPE_SERVICES_CLI_DEFECTS_H_

#include <cstdint>
#include <string>
#include <utility>
#include <vector>

#include "absl/status/status.h"
#include "absl/strings/string_view.h"
#include "matcher/base/violation.h"

namespace troupe {

// What is wrong with the files of a thing, each with its row, column and fix; and what is
// allowed but looks like a mistake. Thread-compatible.
class Defects {
 public:
  static constexpr int64_t kKept = 50;

  // Of a "round": what errors call the thing.
  explicit Defects(std::string thing) : thing_(std::move(thing)) {}

  // `at` is a file and a row, "graduates.csv:7"; `column` may be empty.
  void Add(absl::string_view at, absl::string_view column, absl::string_view problem,
           absl::string_view fix);
  void Warn(absl::string_view at, absl::string_view column, absl::string_view problem,
            absl::string_view fix);

  bool empty() const { return count_ == 0; }
  // Further ones are only counted: they need no good fix.
  bool full() const { return count_ >= kKept; }
  int64_t count() const { return count_; }
  const std::vector<FieldViolation>& found() const { return found_.found(); }
  const std::vector<FieldViolation>& warnings() const { return warnings_; }

  // OK if there are none, else FAILED_PRECONDITION, reason MALFORMED_ROUND for a
  // "round", with the first of them.
  absl::Status ToStatus() const;

 private:
  std::string thing_;
  Violations found_;
  int64_t count_ = 0;
  std::vector<FieldViolation> warnings_;
};

// `status`, which has its own reason, carrying `found` besides.
absl::Status WithViolations(absl::Status status, const Violations& found);

// `status` with each violation of "...LIST[3]..." led by `rows`[3], where that row stands.
absl::Status ToldByRow(const absl::Status& status, const std::string& list,
                       const std::vector<std::string>& rows);

// A value of a file as an error shows it: in quotation marks, its end cut off if it
// is long.
std::string Shown(absl::string_view value);

}  // namespace troupe

#endif  // TROUPE_SERVICES_CLI_DEFECTS_H_
