#ifndef TROUPE_TESTS_TESTING_TEMP_DIRECTORY_H_
#define TROUPE_TESTS_TESTING_TEMP_DIRECTORY_H_

#include <stdlib.h>

#include <filesystem>
#include <string>
#include <system_error>

#include "gtest/gtest.h"

namespace troupe::testing {

// A new empty directory that goes away, with all in it, at destruction.
class TempDirectory {
 public:
  TempDirectory() : path_(::testing::TempDir() + "troupe-XXXXXX") {
    if (mkdtemp(path_.data()) == nullptr) abort();
  }
  ~TempDirectory() {
    std::error_code ignored;  // A directory left in /tmp fails no test.
    std::filesystem::remove_all(path_, ignored);
  }
  TempDirectory(const TempDirectory&) = delete;
  TempDirectory& operator=(const TempDirectory&) = delete;

  const std::string& path() const { return path_; }
  std::string Join(const std::string& name) const { return path_ + "/" + name; }

 private:
  std::string path_;
};

}  // namespace troupe::testing

#endif  // TROUPE_TESTS_TESTING_TEMP_DIRECTORY_H_
