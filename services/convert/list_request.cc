#include "services/convert/list_request.h"

#include <string>

#include "absl/strings/str_cat.h"
#include "absl/strings/strip.h"
#include "matcher/base/stable_hash.h"
#include "matcher/base/status_macros.h"
#include "matcher/domain/field.h"
#include "matcher/domain/vocabulary_rules.h"
#include "services/convert/message_fields.h"
#include "services/convert/page_token.h"
#include "services/convert/resource_names.h"
#include "services/convert/types_conversion.h"
#include "services/records/record_values.h"

namespace troupe {
namespace {

constexpr int32_t kDefaultPageSize = 100;
constexpr int32_t kMostPageSize = 1'000;

void ReadPageSize(const Field& field, int32_t size, ListQuery& query) {
  query.page_size = size == 0 ? kDefaultPageSize : size;
  if (0 <= size && size <= kMostPageSize) return;
  field.Report(absl::StrCat("is ", size), absl::StrCat("give 1 to ", kMostPageSize));
}

void ReadOrder(const Field& field, absl::string_view order, ListQuery& query) {
  query.descending = absl::ConsumeSuffix(&order, " desc");
  if (order == "update_time") {
    query.order = ListOrder::kUpdateTime;
  } else if (order != "name" && (query.descending || !order.empty())) {
    field.Report("is not an order", "give \"name\" or \"update_time\", either with \" desc\"");
  }
}

// The filters that listings of profiles and projects have.
template <typename Wire>
void ReadFilter(const Wire& wire, const Field& request, ListFilter& filter) {
  if (!wire.organization().empty()) {
    filter.owner = ReadOrganizationName(request["organization"], wire.organization());
  }
  if (!wire.role().empty()) CheckRole(request["role"], wire.role());
  CheckPlace(request["place"], wire.place());
  filter.role = wire.role();
  filter.place = wire.place();
}

// A token goes with everything but the size of the page.
template <typename Wire>
uint64_t QuestionOf(Wire wire, const OrganizationId& caller) {
  wire.clear_page_size();
  wire.clear_page_token();
  return StableHash({wire.GetTypeName(), caller.slug, DeterministicBytes(wire)});
}

// The listing as asked, but for the filters that not all have.
template <typename Wire>
absl::StatusOr<ListRequest> Finish(const Wire& wire, const OrganizationId& caller,
                                   const Field& request, Violations& found, ListRequest list) {
  list.query.filter.reader = caller;
  if (wire.has_updated_since()) {
    list.query.filter.updated_since = FromWire(wire.updated_since(), request["updated_since"]);
  }
  ReadPageSize(request["page_size"], wire.page_size(), list.query);
  ReadOrder(request["order_by"], wire.order_by(), list.query);
  TROUPE_RETURN_IF_ERROR(found.ToStatus());
  list.question = QuestionOf(wire, caller);
  if (!wire.page_token().empty()) {
    TROUPE_ASSIGN_OR_RETURN(list.query.after_key,
                            ParsePageToken(wire.page_token(), list.question));
  }
  return list;
}

// A listing of resources that have no filters of their own.
template <typename Wire>
absl::StatusOr<ListRequest> OfKind(const Wire& wire, const OrganizationId& caller,
                                   EntityKind kind) {
  Violations found;
  const Field request(&found);
  return Finish(wire, caller, request, found, ListRequest{.query = {.kind = kind}});
}

}  // namespace

absl::StatusOr<ListRequest> FromWire(const v1::ListProfilesRequest& wire,
                                     const OrganizationId& caller) {
  Violations found;
  const Field request(&found);
  ListRequest list{.query = {.kind = EntityKind::kProfile}};
  if (wire.findability() != v1::FINDABILITY_UNSPECIFIED) {
    list.query.filter.findability = FromWire(wire.findability(), request["findability"]);
  }
  ReadFilter(wire, request, list.query.filter);
  return Finish(wire, caller, request, found, std::move(list));
}

absl::StatusOr<ListRequest> FromWire(const v1::ListProjectsRequest& wire,
                                     const OrganizationId& caller) {
  Violations found;
  const Field request(&found);
  ListRequest list{.query = {.kind = EntityKind::kProject}};
  if (wire.state() != v1::Opening::STATE_UNSPECIFIED) {
    list.query.filter.state = ReadEnum<Opening::State>(
        request["state"], wire.state(), v1::Opening::State_IsValid(wire.state()),
        "give one of Opening.State");
  }
  ReadFilter(wire, request, list.query.filter);
  return Finish(wire, caller, request, found, std::move(list));
}

absl::StatusOr<ListRequest> FromWire(const v1::ListCohortsRequest& wire,
                                     const OrganizationId& caller) {
  return OfKind(wire, caller, EntityKind::kCohort);
}

absl::StatusOr<ListRequest> FromWire(const v1::ListProgramsRequest& wire,
                                     const OrganizationId& caller) {
  return OfKind(wire, caller, EntityKind::kProgram);
}

absl::StatusOr<ListRequest> FromWire(const v1::ListRoundsRequest& wire,
                                     const OrganizationId& caller) {
  return OfKind(wire, caller, EntityKind::kRound);
}

absl::StatusOr<ListRequest> FromWire(const v1::ListTrainingPlansRequest& wire,
                                     const OrganizationId& caller) {
  return OfKind(wire, caller, EntityKind::kTrainingPlan);
}

}  // namespace troupe
