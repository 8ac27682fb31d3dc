#ifndef TROUPE_SERVICES_RECORDS_RECORD_VALUES_H_
#define TROUPE_SERVICES_RECORDS_RECORD_VALUES_H_

#include <optional>
#include <string>
#include <vector>

#include "absl/status/status.h"
#include "absl/strings/string_view.h"
#include "absl/time/time.h"
#include "google/protobuf/message_lite.h"
#include "google/protobuf/repeated_field.h"
#include "matcher/base/day.h"
#include "matcher/domain/casting.h"
#include "matcher/domain/label.h"
#include "matcher/domain/money.h"
#include "matcher/domain/ownership.h"
#include "troupe/storage/v1/types.pb.h"

namespace troupe {

// The values that records are made of. Store writes into an empty message.
// Load fills `value`, which is as new, and returns false if the message holds
// something that Store does not write.
void Store(const Money& value, storage::v1::Money& message);
bool Load(const storage::v1::Money& message, Money& value);
void Store(const Label& value, storage::v1::Label& message);
bool Load(const storage::v1::Label& message, Label& value);
void Store(const DaySpan& value, storage::v1::DaySpan& message);
bool Load(const storage::v1::DaySpan& message, DaySpan& value);
void Store(const IntRange& value, storage::v1::IntRange& message);
bool Load(const storage::v1::IntRange& message, IntRange& value);
void Store(const Ownership& value, storage::v1::Ownership& message);
bool Load(const storage::v1::Ownership& message, Ownership& value);
void Store(const ExternalId& value, storage::v1::ExternalId& message);
bool Load(const storage::v1::ExternalId& message, ExternalId& value);

int64_t StoredTime(absl::Time time);
absl::Time LoadedTime(int64_t micros);

std::vector<std::string> LoadedTexts(const google::protobuf::RepeatedPtrField<std::string>& texts);
void StoreTexts(const std::vector<std::string>& texts,
                google::protobuf::RepeatedPtrField<std::string>& field);

// Lists of messages, in order. Store and Load of the value are found by the
// namespace of their arguments.
template <typename Value, typename Message>
void StoreAll(const std::vector<Value>& values,
              google::protobuf::RepeatedPtrField<Message>& field) {
  field.Reserve(static_cast<int>(values.size()));
  for (const Value& value : values) Store(value, *field.Add());
}
template <typename Message, typename Value>
bool LoadAll(const google::protobuf::RepeatedPtrField<Message>& field,
             std::vector<Value>& values) {
  values.resize(static_cast<size_t>(field.size()));
  for (int i = 0; i < field.size(); ++i) {
    if (!Load(field[i], values[static_cast<size_t>(i)])) return false;
  }
  return true;
}

// Loads a part that is there, and leaves one that is not as it is.
template <typename Message, typename Value>
bool LoadPart(bool there, const Message& message, Value& value) {
  return !there || Load(message, value);
}
template <typename Message, typename Value>
bool LoadPart(bool there, const Message& message, std::optional<Value>& value) {
  return !there || Load(message, value.emplace());
}

// The bytes of `message`, the same for equal messages.
std::string DeterministicBytes(const google::protobuf::MessageLite& message);

// False if `bytes` are not those of such a message.
bool ParseBytes(absl::string_view bytes, google::protobuf::MessageLite& message);

// DATA_LOSS, reason RECORD_UNREADABLE, about a record of the `kind` "profile".
absl::Status RecordUnreadable(absl::string_view kind);

}  // namespace troupe

#endif  // TROUPE_SERVICES_RECORDS_RECORD_VALUES_H_
