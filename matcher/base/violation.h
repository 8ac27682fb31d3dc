#ifndef TROUPE_MATCHER_BASE_VIOLATION_H_
#define TROUPE_MATCHER_BASE_VIOLATION_H_

#include <optional>
#include <string>
#include <vector>

#include "absl/status/status.h"
#include "absl/strings/string_view.h"

namespace troupe {

// What is wrong with one field of an input and how to mend it. Never echoes
// personal data: a problem says what kind of value was found, not the value,
// unless the value is a date, a number or a word of a public vocabulary.
struct FieldViolation {
  std::string field;    // Path in the message: "openings[2].seats".
  std::string problem;  // "is 0"
  std::string fix;      // "give at least 1"

  friend bool operator==(const FieldViolation&, const FieldViolation&) = default;
};

// Gathers violations, so that a caller hears of all of them at once.
//
//   Violations found;
//   if (seats < 1) found.Add("seats", "is 0", "give at least 1");
//   TROUPE_RETURN_IF_ERROR(found.ToStatus());
class Violations {
 public:
  void Add(absl::string_view field, absl::string_view problem, absl::string_view fix);

  // Adds those of `inner` with "`field`." before each field.
  void AddAll(absl::string_view field, const Violations& inner);

  bool empty() const { return found_.empty(); }
  const std::vector<FieldViolation>& found() const { return found_; }

  // OK if there are none, else INVALID_ARGUMENT, reason INVALID_FIELD, that
  // carries them all.
  absl::Status ToStatus() const;

 private:
  std::vector<FieldViolation> found_;
};

// INVALID_ARGUMENT about a single field.
absl::Status InvalidField(absl::string_view field, absl::string_view problem,
                          absl::string_view fix);

// An error whose `reason` is stable and machine-readable (UPPER_SNAKE_CASE) and
// whose message says what failed and how to mend it.
absl::Status ErrorWithReason(absl::StatusCode code, absl::string_view reason,
                             absl::string_view message);

// The stable reason that `status` carries; empty if none.
std::string ReasonOf(const absl::Status& status);

// The violations that `status` carries; empty if none.
std::vector<FieldViolation> ViolationsOf(const absl::Status& status);

}  // namespace troupe

#endif  // TROUPE_MATCHER_BASE_VIOLATION_H_
