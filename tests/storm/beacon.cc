#include "tests/storm/beacon.h"

#include "absl/strings/str_cat.h"
#include "matcher/base/status_macros.h"
#include "tests/integration/asking.h"
#include "tests/storm/patience.h"
#include "troupe/v1/match_service.grpc.pb.h"
#include "troupe/v1/opening.pb.h"

namespace troupe::testing {
namespace {

constexpr char kOneRole[] = "gaffer";
constexpr char kOtherRole[] = "grip";

}  // namespace

absl::Status Beacon::Switch() {
  v1::Profile next = profile_;
  next.clear_etag();  // Nobody else writes it.
  next.set_display_name("Beacon");
  next.set_findability(v1::FINDABILITY_FINDABLE);
  const bool is_one = next.roles_size() > 0 && next.roles(0).role() == kOneRole;
  next.clear_roles();
  v1::ProfileRole& role = *next.add_roles();
  role.set_role(is_one ? kOtherRole : kOneRole);
  role.set_level(3);
  const std::string request_id = absl::StrCat("beacon-", ++switches_);
  TROUPE_ASSIGN_OR_RETURN(profile_, Patiently([&] {
                            return next.name().empty()
                                       ? CreateProfile(services_.profiles, next, request_id)
                                       : UpdateProfile(services_.profiles, next, request_id);
                          }));
  return absl::OkStatus();
}

absl::StatusOr<bool> Beacon::IsShown() const {
  v1::FindProfilesRequest request;
  v1::Opening& opening = *request.mutable_ad_hoc()->mutable_opening();
  opening.set_role(profile_.roles(0).role());
  request.set_page_size(1);
  TROUPE_ASSIGN_OR_RETURN(
      const v1::FindProfilesResponse found,
      services_.matches.Ask(&v1::MatchService::Stub::FindProfiles,
                            request));
  return found.matches_size() == 1 && found.matches(0).profile() == profile_.name();
}

}  // namespace troupe::testing
