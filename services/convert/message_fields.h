#ifndef TROUPE_SERVICES_CONVERT_MESSAGE_FIELDS_H_
#define TROUPE_SERVICES_CONVERT_MESSAGE_FIELDS_H_

#include <algorithm>
#include <cstddef>
#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/strings/string_view.h"
#include "google/protobuf/repeated_field.h"
#include "matcher/domain/field.h"
#include "matcher/domain/field_rules.h"

// How conversions go through the fields of a message. FromWire and ToWire of
// an entry are found by the namespace of their arguments.

namespace troupe {

// False, and reported, if the list has more than `most` entries. Such a list
// is not read: reading costs more than its bytes.
template <typename List>
bool IsShortEnough(const Field& list, const List& entries, size_t most) {
  CheckCount(list, static_cast<size_t>(entries.size()), most);
  return static_cast<size_t>(entries.size()) <= most;
}

// `read(entry, field)` of every entry, in order.
template <typename Entry, typename Read>
auto ReadEach(const Field& list, const google::protobuf::RepeatedPtrField<Entry>& entries,
              size_t most, Read read) {
  std::vector<decltype(read(entries[0], list))> values;
  if (!IsShortEnough(list, entries, most)) return values;
  values.reserve(static_cast<size_t>(entries.size()));
  for (int i = 0; i < entries.size(); ++i) {
    values.push_back(read(entries[i], list[static_cast<size_t>(i)]));
  }
  return values;
}

// FromWire of every entry, in order.
template <typename Entry>
auto ReadAll(const Field& list, const google::protobuf::RepeatedPtrField<Entry>& entries,
             size_t most) {
  return ReadEach(list, entries, most, [](const Entry& entry, const Field& field) {
    return FromWire(entry, field);
  });
}

inline std::vector<std::string> ReadTexts(
    const google::protobuf::RepeatedPtrField<std::string>& texts) {
  return {texts.begin(), texts.end()};
}

template <typename T>
std::vector<T> SortedDistinct(std::vector<T> values) {
  std::sort(values.begin(), values.end());
  values.erase(std::unique(values.begin(), values.end()), values.end());
  return values;
}

// ToWire of every value, in order.
template <typename Value, typename Entry>
void WriteAll(const std::vector<Value>& values,
              google::protobuf::RepeatedPtrField<Entry>& entries) {
  entries.Reserve(static_cast<int>(values.size()));
  for (const Value& value : values) *entries.Add() = ToWire(value);
}

inline void WriteTexts(const std::vector<std::string>& texts,
                       google::protobuf::RepeatedPtrField<std::string>& entries) {
  entries.Assign(texts.begin(), texts.end());
}

// The resource name of every id, in order.
template <typename Id>
void WriteNames(const std::vector<Id>& ids,
                google::protobuf::RepeatedPtrField<std::string>& entries) {
  entries.Reserve(static_cast<int>(ids.size()));
  for (const Id& id : ids) *entries.Add() = FormatName(id);
}

// `number` of an enum of ours, whose values have the wire's numbers; 0, with a
// report, if the wire has no such value.
template <typename Enum>
Enum ReadEnum(const Field& field, int number, bool exists, absl::string_view fix) {
  if (exists) return static_cast<Enum>(number);
  field.Report(absl::StrCat("is ", number, ", which stands for nothing"), fix);
  return Enum{};
}

}  // namespace troupe

#endif  // TROUPE_SERVICES_CONVERT_MESSAGE_FIELDS_H_
