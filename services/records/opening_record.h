#ifndef TROUPE_SERVICES_RECORDS_OPENING_RECORD_H_
#define TROUPE_SERVICES_RECORDS_OPENING_RECORD_H_

#include "matcher/domain/opening.h"
#include "troupe/storage/v1/opening.pb.h"

namespace troupe {

// An opening, its days and the people on a project; see record_values.h.
void Store(const Opening& value, storage::v1::Opening& message);
bool Load(const storage::v1::Opening& message, Opening& value);
void Store(const Window& value, storage::v1::Window& message);
bool Load(const storage::v1::Window& message, Window& value);
void Store(const Attached& value, storage::v1::Attached& message);
bool Load(const storage::v1::Attached& message, Attached& value);

}  // namespace troupe

#endif  // TROUPE_SERVICES_RECORDS_OPENING_RECORD_H_
