#include "tests/hostile/malformed.h"

#include <functional>
#include <limits>
#include <memory>
#include <utility>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_replace.h"

namespace troupe::testing {
namespace {

using google::protobuf::FieldDescriptor;
using google::protobuf::Message;
using google::protobuf::Reflection;
using Fault = Malformed::Fault;

constexpr int kTooMany = 2'001;
constexpr char kPlaceholder[] = "~NOT-UTF8~";
constexpr char kNotUtf8[] = "~\xff\xfe\xc3\x28\xf8xx~~";
static_assert(sizeof(kPlaceholder) == sizeof(kNotUtf8));

// One step into a message: the field and, if it is repeated, its first element.
using Path = std::vector<const FieldDescriptor*>;

Message& Inside(Message& request, const Path& path) {
  Message* at = &request;
  for (const FieldDescriptor* field : path) {
    const Reflection& reflection = *at->GetReflection();
    at = field->is_repeated() ? reflection.MutableRepeatedMessage(at, field, 0)
                              : reflection.MutableMessage(at, field);
  }
  return *at;
}

bool IsSet(const Message& message, const FieldDescriptor* field) {
  const Reflection& reflection = *message.GetReflection();
  return field->is_repeated() ? reflection.FieldSize(message, field) > 0
                              : !field->has_presence() || reflection.HasField(message, field);
}

void SetText(Message& message, const FieldDescriptor* field, const std::string& text) {
  const Reflection& reflection = *message.GetReflection();
  if (!field->is_repeated()) return reflection.SetString(&message, field, text);
  reflection.SetRepeatedString(&message, field, 0, text);
}

void SetEnum(Message& message, const FieldDescriptor* field, int value) {
  const Reflection& reflection = *message.GetReflection();
  if (!field->is_repeated()) return reflection.SetEnumValue(&message, field, value);
  reflection.SetRepeatedEnumValue(&message, field, 0, value);
}

void SetNumber(Message& message, const FieldDescriptor* field, bool highest) {
  const Reflection& reflection = *message.GetReflection();
  using Small = std::numeric_limits<int32_t>;
  using Large = std::numeric_limits<int64_t>;
  if (field->cpp_type() == FieldDescriptor::CPPTYPE_INT32) {
    reflection.SetInt32(&message, field, highest ? Small::max() : Small::min());
  } else if (field->cpp_type() == FieldDescriptor::CPPTYPE_UINT32) {
    reflection.SetUInt32(&message, field, std::numeric_limits<uint32_t>::max());
  } else {
    reflection.SetInt64(&message, field, highest ? Large::max() : Large::min());
  }
}

void Repeat(Message& message, const FieldDescriptor* field) {
  const Reflection& reflection = *message.GetReflection();
  while (reflection.FieldSize(message, field) < kTooMany) {
    switch (field->cpp_type()) {
      case FieldDescriptor::CPPTYPE_MESSAGE:
        reflection.AddMessage(&message, field)
            ->CopyFrom(reflection.GetRepeatedMessage(message, field, 0));
        break;
      case FieldDescriptor::CPPTYPE_ENUM:
        reflection.AddEnumValue(&message, field,
                                reflection.GetRepeatedEnumValue(message, field, 0));
        break;
      default:
        reflection.AddString(&message, field, reflection.GetRepeatedString(message, field, 0));
    }
  }
}

class Faults {
 public:
  explicit Faults(const Message& valid) : valid_(valid) {}

  std::vector<Malformed> Find() {
    Walk(valid_, {}, "");
    return std::move(found_);
  }

 private:
  using Change = std::function<void(Message&, const FieldDescriptor*)>;

  void Add(Fault fault, const Path& path, const FieldDescriptor* field, const std::string& name,
           const Change& change) {
    const std::unique_ptr<Message> request(valid_.New());
    request->CopyFrom(valid_);
    change(Inside(*request, path), field);
    found_.push_back({fault, name,
                      absl::StrReplaceAll(request->SerializeAsString(),
                                          {{kPlaceholder, kNotUtf8}})});
  }

  void Walk(const Message& message, const Path& path, const std::string& prefix) {
    for (int i = 0; i < message.GetDescriptor()->field_count(); ++i) {
      const FieldDescriptor* field = message.GetDescriptor()->field(i);
      if (!IsSet(message, field)) continue;
      const std::string list = absl::StrCat(prefix, field->name());
      Add(Fault::kMissing, path, field, list, [](Message& in, const FieldDescriptor* of) {
        in.GetReflection()->ClearField(&in, of);
      });
      if (field->is_map()) {
        AddMap(path, field, list);
        continue;
      }
      if (field->is_repeated()) Add(Fault::kTooMany, path, field, list, Repeat);
      WalkValue(message, path, field, field->is_repeated() ? absl::StrCat(list, "[0]") : list);
    }
  }

  void WalkValue(const Message& message, const Path& path, const FieldDescriptor* field,
                 const std::string& name) {
    switch (field->cpp_type()) {
      case FieldDescriptor::CPPTYPE_STRING:
        return AddText(path, field, name);
      case FieldDescriptor::CPPTYPE_ENUM:
        return Add(Fault::kUnknownValue, path, field, name,
                   [](Message& in, const FieldDescriptor* of) { SetEnum(in, of, 99); });
      case FieldDescriptor::CPPTYPE_INT32:
      case FieldDescriptor::CPPTYPE_INT64:
        Add(Fault::kLowest, path, field, name, [](Message& in, const FieldDescriptor* of) {
          SetNumber(in, of, /*highest=*/false);
        });
        return Add(Fault::kHighest, path, field, name, [](Message& in, const FieldDescriptor* of) {
          SetNumber(in, of, /*highest=*/true);
        });
      case FieldDescriptor::CPPTYPE_UINT32:  // The least of them is as good as unset.
        return Add(Fault::kHighest, path, field, name, [](Message& in, const FieldDescriptor* of) {
          SetNumber(in, of, /*highest=*/true);
        });
      case FieldDescriptor::CPPTYPE_MESSAGE: {
        if (path.empty()) AddNoMessage(field, name);
        Path inner = path;
        inner.push_back(field);
        const Reflection& reflection = *message.GetReflection();
        return Walk(field->is_repeated() ? reflection.GetRepeatedMessage(message, field, 0)
                                         : reflection.GetMessage(message, field),
                    inner, absl::StrCat(name, "."));
      }
      default:
        return;  // Any bool or hash is a fair one.
    }
  }

  void AddText(const Path& path, const FieldDescriptor* field, const std::string& name) {
    for (const auto& [fault, text] : {std::pair{Fault::kNotUtf8, std::string(kPlaceholder)},
                                      {Fault::kTooLong, std::string(100'000, 'x')},
                                      {Fault::kControl, std::string("a\x01" "b")}}) {
      Add(fault, path, field, name,
          [&text](Message& in, const FieldDescriptor* of) { SetText(in, of, text); });
    }
  }

  void AddMap(const Path& path, const FieldDescriptor* field, const std::string& name) {
    Add(Fault::kUnknownKey, path, field, name, [](Message& in, const FieldDescriptor* of) {
      Message* entry = in.GetReflection()->AddMessage(&in, of);
      entry->GetReflection()->SetString(entry, of->message_type()->map_key(), "luck");
    });
    Add(Fault::kTooMany, path, field, name, [](Message& in, const FieldDescriptor* of) {
      for (int i = 0; i < kTooMany; ++i) {
        Message* entry = in.GetReflection()->AddMessage(&in, of);
        entry->GetReflection()->SetString(entry, of->message_type()->map_key(),
                                          absl::StrCat("key", i));
      }
    });
  }

  void AddNoMessage(const FieldDescriptor* field, const std::string& name) {
    std::string bytes = valid_.SerializeAsString();
    const uint32_t tag = static_cast<uint32_t>(field->number()) << 3 | 2;
    if (tag >= 0x80) bytes.push_back(static_cast<char>((tag & 0x7f) | 0x80));
    bytes.push_back(static_cast<char>(tag >= 0x80 ? tag >> 7 : tag));
    found_.push_back({Fault::kNoMessage, name, bytes + "\x03\xff\xff\xff"});
  }

  const Message& valid_;
  std::vector<Malformed> found_;
};

}  // namespace

const char* NameOf(Fault fault) {
  switch (fault) {
    case Fault::kMissing: return "missing";
    case Fault::kNotUtf8: return "not UTF-8";
    case Fault::kTooLong: return "too long";
    case Fault::kControl: return "a control character";
    case Fault::kTooMany: return "too many";
    case Fault::kUnknownKey: return "an unknown key";
    case Fault::kUnknownValue: return "an unknown value";
    case Fault::kLowest: return "the lowest number";
    case Fault::kHighest: return "the highest number";
    case Fault::kNoMessage: return "no message";
  }
  return "?";
}

std::vector<Malformed> MalformedFrom(const Message& valid) { return Faults(valid).Find(); }

}  // namespace troupe::testing
