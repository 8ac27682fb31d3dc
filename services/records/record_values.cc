#include "services/records/record_values.h"

#include <climits>

#include "absl/strings/str_cat.h"
#include "google/protobuf/io/coded_stream.h"
#include "google/protobuf/io/zero_copy_stream_impl_lite.h"
#include "matcher/base/violation.h"

namespace troupe {

namespace pb = storage::v1;

static_assert(pb::Findability_MAX == static_cast<int>(Findability::kHidden));

void Store(const Money& value, pb::Money& message) {
  message.set_currency(value.currency);
  message.set_units(value.units);
  message.set_nanos(value.nanos);
}

bool Load(const pb::Money& message, Money& value) {
  value = {.currency = message.currency(), .units = message.units(), .nanos = message.nanos()};
  return true;
}

void Store(const Label& value, pb::Label& message) {
  message.set_id(value.id);
  message.set_name(value.name);
}

bool Load(const pb::Label& message, Label& value) {
  value = {.id = message.id(), .name = message.name()};
  return true;
}

void Store(const DaySpan& value, pb::DaySpan& message) {
  message.set_start(value.start.since_epoch());
  message.set_limit(value.limit.since_epoch());
}

bool Load(const pb::DaySpan& message, DaySpan& value) {
  value = {.start = Day(message.start()), .limit = Day(message.limit())};
  return true;
}

void Store(const IntRange& value, pb::IntRange& message) {
  message.set_from(value.from);
  message.set_to(value.to);
}

bool Load(const pb::IntRange& message, IntRange& value) {
  value = {.from = message.from(), .to = message.to()};
  return true;
}

void Store(const Ownership& value, pb::Ownership& message) {
  message.set_owner(value.owner.slug);
  message.set_findability(static_cast<pb::Findability>(value.findability));
  for (const OrganizationId& id : value.blocked_organizations) {
    message.add_blocked_organizations(id.slug);
  }
}

bool Load(const pb::Ownership& message, Ownership& value) {
  if (message.owner().empty() || !pb::Findability_IsValid(message.findability())) return false;
  value.owner = {.slug = message.owner()};
  value.findability = static_cast<Findability>(message.findability());
  for (const std::string& slug : message.blocked_organizations()) {
    value.blocked_organizations.push_back({.slug = slug});
  }
  return true;
}

void Store(const ExternalId& value, pb::ExternalId& message) {
  message.set_source(value.source);
  message.set_id(value.id);
}

bool Load(const pb::ExternalId& message, ExternalId& value) {
  value = {.source = message.source(), .id = message.id()};
  return true;
}

int64_t StoredTime(absl::Time time) { return absl::ToUnixMicros(time); }

absl::Time LoadedTime(int64_t micros) { return absl::FromUnixMicros(micros); }

std::vector<std::string> LoadedTexts(
    const google::protobuf::RepeatedPtrField<std::string>& texts) {
  return {texts.begin(), texts.end()};
}

void StoreTexts(const std::vector<std::string>& texts,
                google::protobuf::RepeatedPtrField<std::string>& field) {
  field.Reserve(static_cast<int>(texts.size()));
  for (const std::string& text : texts) *field.Add() = text;
}

std::string DeterministicBytes(const google::protobuf::MessageLite& message) {
  std::string bytes(message.ByteSizeLong(), '\0');
  google::protobuf::io::ArrayOutputStream stream(bytes.data(), static_cast<int>(bytes.size()));
  google::protobuf::io::CodedOutputStream coded(&stream);
  coded.SetSerializationDeterministic(true);
  message.SerializeWithCachedSizes(&coded);
  coded.Trim();
  return bytes;
}

bool ParseBytes(absl::string_view bytes, google::protobuf::MessageLite& message) {
  return bytes.size() <= INT_MAX &&
         message.ParseFromArray(bytes.data(), static_cast<int>(bytes.size()));
}

absl::Status RecordUnreadable(absl::string_view kind) {
  return ErrorWithReason(absl::StatusCode::kDataLoss, "RECORD_UNREADABLE",
                         absl::StrCat("a stored ", kind, " cannot be read: the data directory is "
                                      "damaged, or a newer release wrote it"));
}

}  // namespace troupe
