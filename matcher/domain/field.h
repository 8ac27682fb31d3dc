#ifndef TROUPE_MATCHER_DOMAIN_FIELD_H_
#define TROUPE_MATCHER_DOMAIN_FIELD_H_

#include <cstddef>
#include <string>

#include "absl/strings/string_view.h"
#include "matcher/base/violation.h"

namespace troupe {

// A field of a wire message, and where to report what is wrong with it. The
// path is written out only then, so that rules which hold cost no strings.
// A field refers to the one it was made from, which must outlive it; that is
// why one cannot be made from a temporary.
//
//   const Field profile(&found);
//   const Field roles = profile["roles"];
//   roles[2].Report("is wrong", "mend it");  // "roles[2]"
class Field {
 public:
  // A client mends that many at a time; more would only make the answer long.
  static constexpr size_t kMostViolations = 50;

  // The message itself, whose path is empty.
  explicit Field(Violations* found) : found_(found) {}

  Field operator[](absl::string_view name) const& { return Field(this, name, 0); }
  Field operator[](size_t index) const& { return Field(this, {}, index); }
  Field operator[](absl::string_view name) const&& = delete;
  Field operator[](size_t index) const&& = delete;

  // Reports it, unless kMostViolations have been reported before.
  void Report(absl::string_view problem, absl::string_view fix) const;

  // True if a report would be dropped, so that a costly fix need not be found.
  bool IsFull() const { return found_->found().size() >= kMostViolations; }

  std::string Path() const;  // "roles[2].level"

 private:
  Field(const Field* parent, absl::string_view name, size_t index)
      : found_(parent->found_), parent_(parent), name_(name), index_(index) {}

  Violations* found_;
  const Field* parent_ = nullptr;  // None: the message.
  absl::string_view name_;         // Empty: an entry of a list.
  size_t index_ = 0;
};

}  // namespace troupe

#endif  // TROUPE_MATCHER_DOMAIN_FIELD_H_
