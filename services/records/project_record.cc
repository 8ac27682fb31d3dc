#include "services/records/project_record.h"

#include "google/protobuf/arena.h"
#include "services/records/opening_record.h"
#include "services/records/record_values.h"
#include "troupe/storage/v1/project.pb.h"

namespace troupe {

namespace pb = storage::v1;

namespace {

void StoreIdentity(const Project& value, pb::Project& message) {
  message.set_id(value.id.value());
  Store(value.ownership, *message.mutable_ownership());
  if (value.external_id != ExternalId()) {
    Store(value.external_id, *message.mutable_external_id());
  }
  message.set_create_time(StoredTime(value.create_time));
  message.set_update_time(StoredTime(value.update_time));
}

bool LoadIdentity(const pb::Project& message, Project& value) {
  value.id = ProjectId(message.id());
  value.create_time = LoadedTime(message.create_time());
  value.update_time = LoadedTime(message.update_time());
  return value.id && Load(message.ownership(), value.ownership) &&
         LoadPart(message.has_external_id(), message.external_id(), value.external_id);
}

void StoreProduction(const Project& value, pb::Project& message) {
  message.set_title(value.title);
  StoreAll(value.genres, *message.mutable_genres());
  StoreAll(value.tags, *message.mutable_tags());
  StoreAll(value.companies, *message.mutable_companies());
  StoreTexts(value.styles, *message.mutable_styles());
  StoreTexts(value.countries, *message.mutable_countries());
  message.set_original_language(value.original_language);
  if (value.budget.has_value()) Store(*value.budget, *message.mutable_budget());
  message.set_currency(value.currency);
  message.set_place(value.place);
  if (value.dates.has_value()) Store(*value.dates, *message.mutable_dates());
  if (value.release_date.has_value()) {
    message.set_release_date(value.release_date->since_epoch());
  }
}

bool LoadProduction(const pb::Project& message, Project& value) {
  value.title = message.title();
  value.styles = LoadedTexts(message.styles());
  value.countries = LoadedTexts(message.countries());
  value.original_language = message.original_language();
  value.currency = message.currency();
  value.place = message.place();
  if (message.has_release_date()) value.release_date = Day(message.release_date());
  return LoadAll(message.genres(), value.genres) && LoadAll(message.tags(), value.tags) &&
         LoadAll(message.companies(), value.companies) &&
         LoadPart(message.has_budget(), message.budget(), value.budget) &&
         LoadPart(message.has_dates(), message.dates(), value.dates);
}

void StorePeople(const Project& value, pb::Project& message) {
  for (const ProfileId id : value.blocked_profiles) message.add_blocked_profiles(id.value());
  StoreAll(value.attached, *message.mutable_attached());
  StoreAll(value.openings, *message.mutable_openings());
  message.set_last_opening_number(value.last_opening_number);
}

bool LoadPeople(const pb::Project& message, Project& value) {
  for (const uint64_t id : message.blocked_profiles()) {
    value.blocked_profiles.push_back(ProfileId(id));
  }
  value.last_opening_number = message.last_opening_number();
  return LoadAll(message.attached(), value.attached) &&
         LoadAll(message.openings(), value.openings);
}

}  // namespace

std::string SerializeProject(const Project& project) {
  google::protobuf::Arena arena;
  auto& message = *google::protobuf::Arena::CreateMessage<pb::Project>(&arena);
  StoreIdentity(project, message);
  StoreProduction(project, message);
  StorePeople(project, message);
  return DeterministicBytes(message);
}

absl::StatusOr<Project> ParseProject(absl::string_view bytes) {
  google::protobuf::Arena arena;
  auto& message = *google::protobuf::Arena::CreateMessage<pb::Project>(&arena);
  Project project;
  if (!ParseBytes(bytes, message) || !LoadIdentity(message, project) ||
      !LoadProduction(message, project) || !LoadPeople(message, project)) {
    return RecordUnreadable("project");
  }
  return project;
}

}  // namespace troupe
