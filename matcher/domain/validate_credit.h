#ifndef TROUPE_MATCHER_DOMAIN_VALIDATE_CREDIT_H_
#define TROUPE_MATCHER_DOMAIN_VALIDATE_CREDIT_H_

#include "matcher/domain/credit.h"
#include "matcher/domain/field.h"

namespace troupe {

// Reports every rule of the domain that `credit` breaks.
void CheckCredit(const Field& field, const Credit& credit);

}  // namespace troupe

#endif  // TROUPE_MATCHER_DOMAIN_VALIDATE_CREDIT_H_
