#include "services/project/project_rules.h"

#include "absl/container/flat_hash_map.h"
#include "absl/strings/str_cat.h"
#include "matcher/domain/field.h"
#include "matcher/index/profile_row.h"
#include "matcher/rank/eligibility.h"

namespace troupe {
namespace {

constexpr absl::string_view kFix = "name a profile that you can see";

// Who may be on a project.
class People {
 public:
  People(const Project& stored, const OrganizationId& owner, const Pool& pool)
      : asker_(OrganizationTerm(owner)), pool_(pool) {
    AddAll(stored.attached);
    for (const Opening& opening : stored.openings) {
      AddAll(opening.attached);
      for (const Seat& seat : opening.seats) may_be_[seat.profile] = true;
    }
  }

  bool MayBe(ProfileId profile) {
    const auto [known, is_new] = may_be_.try_emplace(profile, false);
    if (is_new) {
      const auto view = pool_.FindProfile(profile);
      known->second = view.has_value() && IsVisibleTo(*view, asker_);
    }
    return known->second;
  }

 private:
  void AddAll(const std::vector<Attached>& attached) {
    for (const Attached& person : attached) may_be_[person.profile] = true;
  }

  const Term asker_;
  const Pool& pool_;
  absl::flat_hash_map<ProfileId, bool> may_be_;
};

void CheckAttached(const Field& list, const std::vector<Attached>& attached, People& people) {
  for (size_t i = 0; i < attached.size(); ++i) {
    const Field entry = list[i];
    if (!people.MayBe(attached[i].profile)) {
      entry["profile"].Report("is not a profile that you can see", kFix);
    }
  }
}

void CheckSeats(const Field& list, const std::vector<Seat>& seats, People& people) {
  for (const Seat& seat : seats) {
    if (!seat.profile || people.MayBe(seat.profile)) continue;
    list.Report(absl::StrCat("hold a profile on seat ", seat.number, " that you cannot see"), kFix);
  }
}

}  // namespace

void CheckOpeningsOnce(const Project& next, Violations& found) {
  absl::flat_hash_map<uint32_t, size_t> first;
  const Field project(&found);
  const Field openings = project["openings"];
  for (size_t i = 0; i < next.openings.size(); ++i) {
    const uint32_t number = next.openings[i].number;
    if (number == 0) continue;  // New.
    const auto [seen, is_new] = first.emplace(number, i);
    const Field opening = openings[i];
    if (!is_new) {
      opening["name"].Report(absl::StrCat("is that of entry ", seen->second, " too"),
                             "name each opening once, and a new one not at all");
    }
  }
}

void CheckNewPeople(const Project& stored, const Project& next, const Pool& pool,
                    Violations& found) {
  People people(stored, next.ownership.owner, pool);
  const Field project(&found);
  CheckAttached(project["attached"], next.attached, people);
  const Field openings = project["openings"];
  for (size_t i = 0; i < next.openings.size(); ++i) {
    const Field opening = openings[i];
    CheckAttached(opening["attached"], next.openings[i].attached, people);
    CheckSeats(opening["seats"], next.openings[i].seats, people);
  }
}

}  // namespace troupe
