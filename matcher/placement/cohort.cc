#include "matcher/placement/cohort.h"

#include "absl/container/flat_hash_map.h"
#include "absl/strings/str_cat.h"
#include "matcher/domain/field.h"
#include "matcher/domain/field_rules.h"
#include "matcher/placement/list_rules.h"

namespace troupe {
namespace {

constexpr size_t kMostGroupBytes = 63;
constexpr size_t kMostTitleBytes = 200;

// Reports who has the key of an earlier one.
template <typename Key>
class Once {
 public:
  void Check(const Key& key, size_t row, const Field& field, absl::string_view fix) {
    const auto [known, is_new] = first_.try_emplace(key, row);
    if (!is_new) field.Report(absl::StrCat("is that of entry ", known->second, " too"), fix);
  }

 private:
  absl::flat_hash_map<Key, size_t> first_;
};

void CheckGraduate(const Field& field, const Graduate& graduate) {
  CheckPartId(field["id"], graduate.id);
  CheckEach(field["groups"], graduate.groups, Cohort::kMostGroups,
            [](const Field& entry, const std::string& group) {
              RequireText(entry, group, kMostGroupBytes);
            });
  CheckList(field["wishes"], graduate.wishes, Cohort::kMostWishes, "program");
}

}  // namespace

Violations ValidateCohort(const Cohort& cohort) {
  Violations found;
  const Field root(&found);
  CheckExternalId(root["external_id"], cohort.external_id);
  RequireText(root["title"], cohort.title, kMostTitleBytes);
  const Field graduates = root["graduates"];
  if (cohort.graduates.empty()) graduates.Report("is empty", "give at least one graduate");
  CheckEach(graduates, cohort.graduates, Cohort::kMostGraduates, CheckGraduate);
  Once<absl::string_view> ids;
  Once<ProfileId> profiles;
  for (size_t i = 0; i < cohort.graduates.size(); ++i) {
    const Graduate& graduate = cohort.graduates[i];
    const Field field = graduates[i];
    ids.Check(graduate.id, i, field["id"], "leave one of them out, or give it its own id");
    if (!graduate.profile) continue;
    profiles.Check(graduate.profile, i, field["profile"], "list each person once");
  }
  return found;
}

}  // namespace troupe
