#include "tests/storm/record_kinds.h"

#include <algorithm>

#include "absl/strings/str_cat.h"
#include "troupe/v1/credit.pb.h"
#include "troupe/v1/opening.pb.h"

namespace troupe::testing {
namespace {

constexpr char kRole[] = "director";
constexpr char kPlace[] = "xian";

template <typename Wire>
void SetExternalId(const std::string& id, Wire& wire) {
  if (id.empty()) return;
  wire.mutable_external_id()->set_source("witness");
  wire.mutable_external_id()->set_id(id);
}

template <typename Wire>
void ClearServersFields(Wire& wire) {
  wire.clear_name();
  wire.clear_etag();
  wire.clear_organization();
  wire.clear_create_time();
  wire.clear_update_time();
}

}  // namespace

v1::Profile ProfileRecords::Stated(const std::string& label, const std::string& external_id,
                                   int edition) {
  v1::Profile profile;
  profile.set_display_name(label);
  profile.set_findability(v1::FINDABILITY_FINDABLE);
  profile.set_home_place(kPlace);
  profile.mutable_travel()->set_anywhere(true);
  v1::ProfileRole& role = *profile.add_roles();
  role.set_role(kRole);
  role.set_level(1 + edition % 5);
  role.set_years(edition % 80);
  profile.mutable_rating()->set_count(edition);
  profile.mutable_rating()->set_mean_thousandths(4000);
  v1::Credit& credit = *profile.add_credits();
  credit.set_production(absl::StrCat("show:", edition));
  credit.set_role(kRole);
  SetExternalId(external_id, profile);
  return profile;
}

v1::Profile ProfileRecords::Stateable(v1::Profile profile) {
  ClearServersFields(profile);
  return profile;
}

v1::Project ProjectRecords::Stated(const std::string& label, const std::string& external_id,
                                   int edition) {
  v1::Project project;
  project.set_title(label);
  project.set_findability(v1::FINDABILITY_FINDABLE);
  project.set_place(kPlace);
  project.set_currency_code("CNY");
  project.mutable_budget()->set_currency_code("CNY");
  project.mutable_budget()->set_units(edition);
  project.add_tags()->set_id(absl::StrCat("edition:", edition));
  for (int i = 0; i <= edition % 3; ++i) {
    v1::Opening& opening = *project.add_openings();
    opening.set_role(kRole);
    opening.set_headcount(1 + edition % 4);
    opening.set_state(edition % 5 == i ? v1::Opening::STATE_CLOSED : v1::Opening::STATE_OPEN);
  }
  SetExternalId(external_id, project);
  return project;
}

v1::Project ProjectRecords::Stateable(v1::Project project) {
  ClearServersFields(project);
  for (v1::Opening& opening : *project.mutable_openings()) {
    opening.clear_name();
    opening.clear_seats();
    opening.clear_filled();
  }
  return project;
}

int ProjectRecords::OpenOpenings(const v1::Project& project) {
  const auto is_open = [](const v1::Opening& o) { return o.state() == v1::Opening::STATE_OPEN; };
  return static_cast<int>(
      std::count_if(project.openings().begin(), project.openings().end(), is_open));
}

}  // namespace troupe::testing
