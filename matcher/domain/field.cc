#include "matcher/domain/field.h"

#include "absl/strings/str_cat.h"

namespace troupe {

void Field::Report(absl::string_view problem, absl::string_view fix) const {
  if (!IsFull()) found_->Add(Path(), problem, fix);
}

std::string Field::Path() const {
  if (parent_ == nullptr) return "";
  std::string path = parent_->Path();
  if (name_.empty()) return absl::StrCat(path, "[", index_, "]");
  return path.empty() ? std::string(name_) : absl::StrCat(path, ".", name_);
}

}  // namespace troupe
