#ifndef TROUPE_SERVICES_CONVERT_CERTIFICATE_TEXT_H_
#define TROUPE_SERVICES_CONVERT_CERTIFICATE_TEXT_H_

#include "absl/functional/function_ref.h"
#include "absl/strings/string_view.h"
#include "matcher/placement/certificate.h"

namespace troupe {

// Writes the file that deploy/docs/placement.md describes, in pieces of any length, row
// by row: a round may take much more memory as a tree of values than as text. The same
// certificate gives the same bytes.
void WriteCertificate(const Certificate& certificate,
                      absl::FunctionRef<void(absl::string_view)> write);

}  // namespace troupe

#endif  // TROUPE_SERVICES_CONVERT_CERTIFICATE_TEXT_H_
