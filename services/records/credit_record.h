#ifndef TROUPE_SERVICES_RECORDS_CREDIT_RECORD_H_
#define TROUPE_SERVICES_RECORDS_CREDIT_RECORD_H_

#include <vector>

#include "matcher/domain/credit.h"
#include "troupe/storage/v1/credit.pb.h"

namespace troupe {

// All credits of a profile, each word and label once; see record_values.h.
void Store(const std::vector<Credit>& value, storage::v1::Credits& message);
bool Load(const storage::v1::Credits& message, std::vector<Credit>& value);

}  // namespace troupe

#endif  // TROUPE_SERVICES_RECORDS_CREDIT_RECORD_H_
