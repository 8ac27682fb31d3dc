#include "services/cli/jsonl_reader.h"

#include "absl/strings/ascii.h"
#include "absl/strings/str_cat.h"
#include "matcher/base/status_macros.h"
#include "matcher/base/violation.h"
#include "services/cli/json_text.h"

namespace troupe {

absl::StatusOr<bool> JsonlReader::NextLine() {
  while (true) {
    if (!file_.has_value()) {
      if (next_file_ == files_.size()) return false;
      TROUPE_ASSIGN_OR_RETURN(InputFile file, InputFile::Open(files_[next_file_++]));
      file_.emplace(std::move(file));
      line_ = 0;
    }
    TROUPE_ASSIGN_OR_RETURN(const bool more, file_->ReadLine(text_));
    if (more) {
      ++line_;
      return true;
    }
    if (next_file_ == files_.size()) return false;
    file_.reset();
  }
}

absl::StatusOr<bool> JsonlReader::Read(google::protobuf::Message& record) {
  while (true) {
    TROUPE_ASSIGN_OR_RETURN(const bool more, NextLine());
    if (!more) return false;
    if (absl::StripAsciiWhitespace(text_).empty()) continue;
    const absl::Status status = FromJson(text_, "", record);
    if (status.ok()) return true;
    RejectLine(status);
    record.Clear();
  }
}

void JsonlReader::RejectLine(const absl::Status& status) {
  ++bad_lines_;
  for (const FieldViolation& bad : ViolationsOf(status)) {
    rejects_.Add({.file = file_->path(),
                  .line = line_,
                  .field = bad.field,
                  .reason = absl::StrCat(bad.problem, ": ", bad.fix),
                  .raw = text_});
  }
}

}  // namespace troupe
