#ifndef TROUPE_SERVICES_CLI_INPUT_FILE_H_
#define TROUPE_SERVICES_CLI_INPUT_FILE_H_

#include <zlib.h>

#include <cstddef>
#include <istream>
#include <string>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"

namespace troupe {

// A text file read line by line, compressed with gzip or not, whatever its name
// says. A byte order mark at its start is left out. Movable. Thread-compatible.
class InputFile {
 public:
  // No line may be longer, so that a file that is not text fails early.
  static constexpr size_t kLongestLine = size_t{64} << 20;

  // NOT_FOUND, reason NO_FILE, if there is no such file to read.
  static absl::StatusOr<InputFile> Open(const std::string& path);

  InputFile(InputFile&& other) noexcept;
  InputFile& operator=(InputFile&&) = delete;
  ~InputFile();

  // Puts the next line, with its "\n" if it has one, into `line` and says true;
  // false at the end. DATA_LOSS if the compressed data is broken or cut short,
  // INVALID_ARGUMENT for a line that is too long.
  absl::StatusOr<bool> ReadLine(std::string& line);

  const std::string& path() const { return path_; }

 private:
  InputFile(std::string path, gzFile file);
  absl::Status Fill();

  std::string path_;
  gzFile file_;
  std::vector<char> buffer_;
  absl::string_view rest_;  // What of the buffer has not been read.
  bool at_start_ = true;
  bool at_end_ = false;
};

// The whole of a small text file, or of `in` if `path` is "-".
absl::StatusOr<std::string> ReadText(const std::string& path, std::istream& in);

}  // namespace troupe

#endif  // TROUPE_SERVICES_CLI_INPUT_FILE_H_
