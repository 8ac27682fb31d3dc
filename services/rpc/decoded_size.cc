#include "services/rpc/decoded_size.h"

#include <google/protobuf/io/coded_stream.h>
#include <google/protobuf/wire_format_lite.h>

namespace troupe {
namespace {

using google::protobuf::Descriptor;
using google::protobuf::FieldDescriptor;
using google::protobuf::internal::WireFormatLite;

constexpr int kMaxDepth = 100;  // As the parser's.

// Of an object with its place in a list or map; generous. Lists grow by doubling,
// and an arena keeps what they outgrew.
constexpr size_t kMessageBytes = 64;
constexpr size_t kFieldBytes = 12;  // Of each field of its type, set or not.
constexpr size_t kStringBytes = 80;
constexpr size_t kNumberBytes = 32;

size_t Add(absl::string_view bytes, const Descriptor& type, size_t limit, int depth) {
  google::protobuf::io::CodedInputStream input(reinterpret_cast<const uint8_t*>(bytes.data()),
                                               static_cast<int>(bytes.size()));
  size_t size = kMessageBytes + kFieldBytes * static_cast<size_t>(type.field_count());
  while (const uint32_t tag = input.ReadTag()) {
    if (size > limit) return size;
    const FieldDescriptor* field = type.FindFieldByNumber(WireFormatLite::GetTagFieldNumber(tag));
    if (WireFormatLite::GetTagWireType(tag) != WireFormatLite::WIRETYPE_LENGTH_DELIMITED) {
      if (!WireFormatLite::SkipField(&input, tag)) return size;
      if (field == nullptr || field->is_repeated()) size += kNumberBytes;
      continue;
    }
    uint32_t length = 0;
    if (!input.ReadVarint32(&length)) return size;
    const auto start = static_cast<size_t>(input.CurrentPosition());
    if (length > bytes.size() - start) return size;
    input.Skip(static_cast<int>(length));
    if (field != nullptr && field->type() == FieldDescriptor::TYPE_MESSAGE && depth < kMaxDepth) {
      size += Add(bytes.substr(start, length), *field->message_type(), limit - size, depth + 1);
    } else if (field != nullptr && field->is_packable()) {
      size += kNumberBytes * length;  // A number may take one byte on the wire.
    } else {
      size += kStringBytes + length;
    }
  }
  return size;
}

}  // namespace

size_t DecodedSize(absl::string_view bytes, const Descriptor& type, size_t limit) {
  return Add(bytes, type, limit, 0);
}

}  // namespace troupe
