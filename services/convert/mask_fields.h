#ifndef TROUPE_SERVICES_CONVERT_MASK_FIELDS_H_
#define TROUPE_SERVICES_CONVERT_MASK_FIELDS_H_

#include <algorithm>
#include <string>

#include "absl/strings/str_cat.h"
#include "absl/strings/string_view.h"
#include "absl/types/span.h"
#include "google/protobuf/field_mask.pb.h"
#include "matcher/base/violation.h"
#include "matcher/domain/field.h"
#include "services/convert/message_fields.h"

// How an update mask is applied to a resource whose fields are in a table.
namespace troupe {

inline constexpr int kMostMaskPaths = 100;
inline constexpr absl::string_view kWholeMask = "*";

// A top-level field of a resource, beyond those that all begin with, and how an update
// carries it over. Fields that no update carries say why.
template <typename Resource>
struct MaskField {
  absl::string_view name;
  void (*copy)(const Resource& from, Resource& to) = nullptr;
  absl::string_view why_not;
};

template <auto Member, typename Resource>
void Copy(const Resource& from, Resource& to) {
  to.*Member = from.*Member;
}

inline constexpr absl::string_view kGivenByServer = "is given by the server";
inline constexpr absl::string_view kFixed = "cannot be changed";

// Why no update carries a field that every resource begins with; empty for any other.
inline absl::string_view WhyHeadStays(absl::string_view name) {
  if (name == "external_id") return kFixed;
  const bool is_given = name == "name" || name == "etag" || name == "organization" ||
                        name == "create_time" || name == "update_time";
  return is_given ? kGivenByServer : "";
}

template <typename Resource>
const MaskField<Resource>* FindMaskField(absl::Span<const MaskField<Resource>> fields,
                                absl::string_view name) {
  const auto at = std::find_if(fields.begin(), fields.end(),
                               [&](const auto& field) { return field.name == name; });
  return at == fields.end() ? nullptr : &*at;
}

template <typename Resource>
void CopyAll(absl::Span<const MaskField<Resource>> fields, const Resource& from, Resource& to) {
  for (const MaskField<Resource>& field : fields) {
    if (field.copy != nullptr) field.copy(from, to);
  }
}

// `path` is the mask's path in the request.
template <typename Resource>
void CopyNamed(absl::Span<const MaskField<Resource>> fields, absl::string_view name,
               const Field& path, const Resource& from, Resource& to) {
  if (name == kWholeMask) return CopyAll(fields, from, to);
  const MaskField<Resource>* field = FindMaskField(fields, name);
  if (field != nullptr && field->copy != nullptr) return field->copy(from, to);
  const absl::string_view why_not = field != nullptr ? field->why_not : WhyHeadStays(name);
  if (!why_not.empty()) return path.Report(why_not, "leave it out of the mask");
  const absl::string_view whole = name.substr(0, name.find('.'));
  if (FindMaskField(fields, whole) != nullptr || !WhyHeadStays(whole).empty()) {
    return path.Report("names a part of a field",
                       absl::StrCat("name the whole field: \"", whole, "\""));
  }
  path.Report("is not a field", "name fields as the resource has them, or \"*\" for all");
}

template <typename Resource>
Resource ApplyFields(absl::Span<const MaskField<Resource>> fields, const Resource& stored,
               const Resource& update, const google::protobuf::FieldMask& mask,
               Violations& found) {
  const Field request(&found);
  const Field field = request["update_mask"];
  const Field paths = field["paths"];
  Resource result = stored;
  if (mask.paths().empty()) {
    field.Report("is empty", "name the fields to change, as \"dates\" and \"openings\"");
  }
  if (!IsShortEnough(paths, mask.paths(), kMostMaskPaths)) return result;
  for (int i = 0; i < mask.paths_size(); ++i) {
    CopyNamed(fields, mask.paths(i), paths[static_cast<size_t>(i)], update, result);
  }
  return result;
}

}  // namespace troupe

#endif  // TROUPE_SERVICES_CONVERT_MASK_FIELDS_H_
