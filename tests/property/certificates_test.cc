// Holds deploy/verify_placement.py, which knows nothing but the certificates, against
// the engine.
#include "tests/property/certificates.h"

#include <array>
#include <cstdio>
#include <fstream>
#include <map>
#include <string>

#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "tests/testing/temp_directory.h"

namespace troupe::testing {
namespace {

using ::testing::HasSubstr;

// What the checker printed, and what it ended with.
struct Checked {
  std::string output;
  int code = -1;
};

Checked Check(const std::string& arguments) {
  const std::string command = "python3 " TROUPE_VERIFY_PLACEMENT " " + arguments + " 2>&1";
  FILE* const pipe = popen(command.c_str(), "r");
  Checked checked;
  std::array<char, 4096> buffer;
  while (const size_t read = std::fread(buffer.data(), 1, buffer.size(), pipe)) {
    checked.output.append(buffer.data(), read);
  }
  checked.code = WEXITSTATUS(pclose(pipe));
  return checked;
}

size_t LinesWith(const std::string& text, const std::string& part) {
  size_t lines = 0;
  for (size_t at = text.find(part); at != std::string::npos; at = text.find(part, at + 1)) ++lines;
  return lines;
}

Checked CheckText(const std::string& text) {
  const TempDirectory folder;
  std::ofstream(folder.Join("certificate.json")) << text;
  return Check(folder.Join("certificate.json"));
}

TEST(CertificatesTest, AreVerified) {
  const TempDirectory folder;
  const size_t written = WriteCertificates({.folder = folder.path(), .rounds = 150});
  EXPECT_GT(written, 1'100u);
  const Checked checked = Check(folder.Join("*.json"));
  EXPECT_EQ(checked.code, 0);
  EXPECT_EQ(LinesWith(checked.output, ": verified"), written) << checked.output;
}

// Larger ones, of which not all placements can be looked at.
TEST(CertificatesTest, OfLargerRoundsAreVerified) {
  const TempDirectory folder;
  WriteCertificates(
      {.folder = folder.path(), .rounds = 4, .seed = 2, .graduates = 200, .programs = 40});
  const Checked checked = Check(folder.Join("*.json"));
  EXPECT_EQ(checked.code, 0) << checked.output;
}

TEST(CertificatesTest, AreNotVerifiedOnceCorrupted) {
  const TempDirectory folder;
  const auto written = WriteCorruptions({.folder = folder.path(), .rounds = 300, .seed = 3});
  const Checked checked = Check(folder.Join("*.json"));
  EXPECT_EQ(checked.code, 1);
  EXPECT_THAT(checked.output, ::testing::Not(HasSubstr("verified")));
  EXPECT_THAT(checked.output, ::testing::Not(HasSubstr("unreadable")));
  std::map<absl::string_view, int> caught;
  for (const auto& [path, corruption] : written) caught[corruption] += 1;
  EXPECT_EQ(caught.size(), kCorruptions.size());
  for (const auto& [corruption, count] : caught) EXPECT_GE(count, 10) << corruption;
}

TEST(CertificatesTest, AreUnreadableUnlessOfTheFormat) {
  EXPECT_EQ(CheckText("").code, 2);
  EXPECT_EQ(CheckText("[]").code, 2);
  EXPECT_EQ(CheckText(R"({"format": "troupe-placement/2"})").code, 2);
  EXPECT_EQ(CheckText(R"({"format": "troupe-placement/1", "mechanism": "reserves", "seed": "1",
                          "instance": {"graduates": [{"id": "A", "wishes": [["X"]]}],
                                       "programs": []}, "matching": {"A": null}})")
                .code,
            2);
}

TEST(CertificatesTest, NameTheBrokenPromise) {
  const Checked checked = CheckText(R"({
      "format": "troupe-placement/1", "version": "1", "mechanism": "graduates_propose", "seed": "1",
      "instance": {"graduates": [{"id": "A", "wishes": [["X"]]}],
                   "programs": [{"id": "X", "capacity": 1, "priorities": [["A"]]}]},
      "matching": {"A": null},
      "cutoffs": {"programs": {"X": null}, "studios": {}, "reserves": []}, "breaches": []})");
  EXPECT_EQ(checked.code, 1);
  EXPECT_THAT(checked.output, HasSubstr("blocking: graduate A, program X"));
  EXPECT_THAT(checked.output, HasSubstr("not_best: graduate A is at None, and promised is X"));
}

}  // namespace
}  // namespace troupe::testing
