#include "services/rpc/invalid_utf8.h"

#include <google/protobuf/io/coded_stream.h>
#include <google/protobuf/wire_format_lite.h>
#include <unicode/utf8.h>

#include <map>

#include "absl/strings/str_cat.h"

namespace troupe {
namespace {

using google::protobuf::Descriptor;
using google::protobuf::FieldDescriptor;
using google::protobuf::internal::WireFormatLite;

constexpr int kMaxDepth = 100;  // As the parser's.

bool IsUtf8(absl::string_view text) {
  const auto* bytes = reinterpret_cast<const uint8_t*>(text.data());
  const auto length = static_cast<int32_t>(text.size());
  for (int32_t i = 0; i < length;) {
    UChar32 c;
    U8_NEXT(bytes, i, length, c);
    if (c < 0) return false;
  }
  return true;
}

// Reads the bytes that follow the length at the head of `input`, a view of
// `bytes`; nullopt if fewer are left.
std::optional<absl::string_view> ReadDelimited(google::protobuf::io::CodedInputStream& input,
                                               absl::string_view bytes) {
  uint32_t size = 0;
  if (!input.ReadVarint32(&size)) return std::nullopt;
  const auto start = static_cast<size_t>(input.CurrentPosition());
  if (size > bytes.size() - start) return std::nullopt;
  input.Skip(static_cast<int>(size));
  return bytes.substr(start, size);
}

std::optional<std::string> Search(absl::string_view bytes, const Descriptor& type, int depth) {
  google::protobuf::io::CodedInputStream input(reinterpret_cast<const uint8_t*>(bytes.data()),
                                               static_cast<int>(bytes.size()));
  std::map<int, int> seen;  // Elements of each field so far.
  while (const uint32_t tag = input.ReadTag()) {
    const int number = WireFormatLite::GetTagFieldNumber(tag);
    const FieldDescriptor* field = type.FindFieldByNumber(number);
    if (WireFormatLite::GetTagWireType(tag) != WireFormatLite::WIRETYPE_LENGTH_DELIMITED) {
      if (!WireFormatLite::SkipField(&input, tag)) return std::nullopt;
      continue;
    }
    const std::optional<absl::string_view> value = ReadDelimited(input, bytes);
    if (!value.has_value()) return std::nullopt;
    if (field == nullptr) continue;
    std::string path = field->name();
    if (field->is_map()) {
      if (Search(*value, *field->message_type(), depth + 1)) return path;
      continue;
    }
    if (field->is_repeated()) absl::StrAppend(&path, "[", seen[number]++, "]");
    if (field->type() == FieldDescriptor::TYPE_STRING && !IsUtf8(*value)) return path;
    if (field->type() != FieldDescriptor::TYPE_MESSAGE || depth >= kMaxDepth) continue;
    if (const auto inner = Search(*value, *field->message_type(), depth + 1)) {
      return absl::StrCat(path, ".", *inner);
    }
  }
  return std::nullopt;
}

}  // namespace

std::optional<std::string> PathOfInvalidUtf8(absl::string_view bytes, const Descriptor& type) {
  return Search(bytes, type, 0);
}

}  // namespace troupe
