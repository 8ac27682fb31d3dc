#include "services/convert/page_token.h"

#include "absl/strings/escaping.h"
#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "matcher/base/stable_hash.h"
#include "matcher/base/violation.h"
#include "services/convert/name_reading.h"

namespace troupe {
namespace {

std::string CheckSum(absl::string_view text) { return Hex(StableHash({"page token", text})); }

}  // namespace

// Under base64url: the question and the checksum, 16 hexadecimal digits each,
// then the key.
std::string FormatPageToken(uint64_t question, absl::string_view after_key) {
  const std::string text = absl::StrCat(Hex(question), after_key);
  return absl::WebSafeBase64Escape(
      absl::StrCat(Hex(question), CheckSum(text), after_key));
}

absl::StatusOr<std::string> ParsePageToken(absl::string_view token, uint64_t question) {
  constexpr absl::string_view kFix = "give the one that the last page came with, or none";
  std::string bytes;
  if (!absl::WebSafeBase64Unescape(token, &bytes) || bytes.size() <= 2 * kHexDigits) {
    return InvalidField("page_token", "is not a page token", kFix);
  }
  const absl::string_view made_for = absl::string_view(bytes).substr(0, kHexDigits);
  const std::string key = bytes.substr(2 * kHexDigits);
  if (bytes.substr(kHexDigits, kHexDigits) != CheckSum(absl::StrCat(made_for, key)) ||
      absl::WebSafeBase64Escape(bytes) != token) {
    return InvalidField("page_token", "is not a page token", kFix);
  }
  if (made_for != Hex(question)) {
    return InvalidField("page_token", "is of another listing",
                        "ask for the next page as for the first, or list again without it");
  }
  return key;
}

}  // namespace troupe
