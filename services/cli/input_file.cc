#include "services/cli/input_file.h"

#include <istream>
#include <iterator>
#include <utility>

#include "absl/strings/str_cat.h"
#include "absl/strings/strip.h"
#include "matcher/base/status_macros.h"
#include "matcher/base/violation.h"

namespace troupe {
namespace {

constexpr size_t kBufferBytes = 256 << 10;

}  // namespace

absl::StatusOr<InputFile> InputFile::Open(const std::string& path) {
  gzFile file = gzopen(path.c_str(), "rb");
  if (file == nullptr) {
    return ErrorWithReason(absl::StatusCode::kNotFound, "NO_FILE",
                           absl::StrCat("cannot read ", path, ": check its name and rights"));
  }
  return InputFile(path, file);
}

InputFile::InputFile(std::string path, gzFile file)
    : path_(std::move(path)), file_(file), buffer_(kBufferBytes) {}

InputFile::InputFile(InputFile&& other) noexcept
    : path_(std::move(other.path_)),
      file_(std::exchange(other.file_, nullptr)),
      buffer_(std::move(other.buffer_)),
      rest_(other.rest_),
      at_start_(other.at_start_),
      at_end_(other.at_end_) {}

InputFile::~InputFile() {
  if (file_ != nullptr) gzclose(file_);
}

absl::Status InputFile::Fill() {
  const int count = gzread(file_, buffer_.data(), static_cast<unsigned>(buffer_.size()));
  int error = Z_OK;
  const char* text = gzerror(file_, &error);
  if (count < 0 || (error != Z_OK && error != Z_STREAM_END)) {
    return ErrorWithReason(absl::StatusCode::kDataLoss, "BROKEN_FILE",
                           absl::StrCat(path_, " is broken or cut short: ", text));
  }
  rest_ = absl::string_view(buffer_.data(), static_cast<size_t>(count));
  at_end_ = count == 0;
  if (std::exchange(at_start_, false)) absl::ConsumePrefix(&rest_, "\xEF\xBB\xBF");
  return absl::OkStatus();
}

absl::StatusOr<bool> InputFile::ReadLine(std::string& line) {
  line.clear();
  while (true) {
    if (rest_.empty() && !at_end_) TROUPE_RETURN_IF_ERROR(Fill());
    if (rest_.empty()) {
      if (at_end_) return !line.empty();
      continue;
    }
    const size_t newline = rest_.find('\n');
    const size_t taken = newline == absl::string_view::npos ? rest_.size() : newline + 1;
    absl::StrAppend(&line, rest_.substr(0, taken));
    rest_.remove_prefix(taken);
    if (newline != absl::string_view::npos) return true;
    if (line.size() > kLongestLine) {
      return InvalidField(path_, "has a line of more than 64 MiB", "give a text file");
    }
  }
}

absl::StatusOr<std::string> ReadText(const std::string& path, std::istream& in) {
  if (path == "-") return std::string(std::istreambuf_iterator<char>(in), {});
  TROUPE_ASSIGN_OR_RETURN(InputFile file, InputFile::Open(path));
  std::string text;
  std::string line;
  while (true) {
    TROUPE_ASSIGN_OR_RETURN(const bool more, file.ReadLine(line));
    if (!more) return text;
    text += line;
  }
}

}  // namespace troupe
