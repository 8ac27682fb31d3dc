#include "services/cli/json_text.h"

#include "absl/strings/str_cat.h"
#include "absl/strings/strip.h"
#include "google/protobuf/util/json_util.h"
#include "matcher/base/violation.h"
#include "nlohmann/json.hpp"

namespace troupe {
namespace {

// Protobuf says "(opening.skills[0]): invalid name foo: Cannot find field.",
// or without the path where it has none.
absl::Status Refused(absl::string_view what, absl::string_view complaint) {
  std::string field(what);
  if (absl::ConsumePrefix(&complaint, "(")) {
    const size_t close = complaint.find("): ");
    if (close != absl::string_view::npos) {
      if (close > 0) field = std::string(complaint.substr(0, close));
      complaint.remove_prefix(close + 3);
    }
  }
  absl::ConsumePrefix(&complaint, "invalid name ");
  if (absl::ConsumeSuffix(&complaint, ": Cannot find field.")) {
    const std::string unknown =
        field == what ? std::string(complaint) : absl::StrCat(field, ".", complaint);
    return InvalidField(unknown, "is not a field", "leave it out, or mend its name");
  }
  return InvalidField(field, complaint, "give what the field holds");
}

}  // namespace

std::string ToJson(const google::protobuf::Message& message) {
  google::protobuf::util::JsonPrintOptions options;
  options.preserve_proto_field_names = true;
  std::string json;
  const auto status = google::protobuf::util::MessageToJsonString(message, &json, options);
  return status.ok() ? json : "{}";
}

absl::Status FromJson(absl::string_view json, absl::string_view what,
                      google::protobuf::Message& message) {
  const std::string text(json);
  const nlohmann::json parsed = nlohmann::json::parse(text, nullptr, /*allow_exceptions=*/false);
  if (!parsed.is_object()) return InvalidField(what, "is not a JSON object", "give one, in {}");
  const auto status = google::protobuf::util::JsonStringToMessage(text, &message);
  if (status.ok()) return absl::OkStatus();
  return Refused(what, absl::string_view(status.message().data(), status.message().size()));
}

}  // namespace troupe
