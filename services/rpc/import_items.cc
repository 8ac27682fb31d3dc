#include "services/rpc/import_items.h"

#include <algorithm>
#include <utility>
#include <vector>

#include "absl/strings/str_cat.h"
#include "matcher/base/violation.h"
#include "services/rpc/write_identity.h"

namespace troupe {
namespace {

// So that a message full of bad records still has an answer of a fair size.
constexpr size_t kMostViolations = 10;
constexpr int64_t kMostItems = int64_t{1} << 53;

}  // namespace

absl::Status ImportItems::Take(absl::string_view request_id, int64_t first_item,
                               absl::string_view list, int count) {
  Violations found;
  CheckRequestId(request_id, found);
  if (request_id.empty()) {
    found.Add("request_id", "is empty", "give the import's id, the same in every message");
  } else if (!request_id_.empty() && request_id != request_id_) {
    found.Add("request_id", "is not that of the messages before",
              "give one id to an import, and each import its own stream");
  }
  if (count > kMostImportRecords) {
    found.Add(list, absl::StrCat("has ", count, " entries"),
              absl::StrCat("send at most ", kMostImportRecords, " in a message"));
  }
  if (first_item < 0 || first_item > kMostItems) {
    found.Add("first_item", absl::StrCat("is ", first_item), "count records from 0");
  } else if (!request_id_.empty() && first_item > next_) {
    found.Add("first_item", absl::StrCat("is ", first_item), absl::StrCat("go on with ", next_));
  }
  if (!found.empty()) return found.ToStatus();
  request_id_ = std::string(request_id);
  next_ = first_item + count;
  return absl::OkStatus();
}

v1::ImportResult ImportedAs(v1::ImportOutcome outcome, int64_t item, std::string name) {
  v1::ImportResult result;
  result.set_item(item);
  result.set_outcome(outcome);
  result.set_name(std::move(name));
  return result;
}

v1::ImportResult Rejected(int64_t item, const absl::Status& why) {
  v1::ImportResult result;
  result.set_item(item);
  result.set_outcome(v1::IMPORT_OUTCOME_REJECTED);
  v1::ImportError& error = *result.mutable_error();
  error.set_code(static_cast<int32_t>(why.code()));
  error.set_reason(ReasonOf(why));
  const std::vector<FieldViolation> violations = ViolationsOf(why);
  for (size_t i = 0; i < std::min(violations.size(), kMostViolations); ++i) {
    v1::FieldViolation& violation = *error.add_violations();
    violation.set_field(violations[i].field);
    violation.set_problem(violations[i].problem);
    violation.set_fix(violations[i].fix);
  }
  if (violations.empty()) {
    error.set_message(std::string(why.message()));
  } else {
    error.set_message(absl::StrCat(violations[0].field, " ", violations[0].problem, ": ",
                                   violations[0].fix));
    if (violations.size() > 1) {
      absl::StrAppend(error.mutable_message(), "; and ", violations.size() - 1, " more");
    }
  }
  return result;
}

}  // namespace troupe
