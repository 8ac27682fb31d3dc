#ifndef TROUPE_TESTS_PROPERTY_DAMAGED_LOG_H_
#define TROUPE_TESTS_PROPERTY_DAMAGED_LOG_H_

#include <cstdint>
#include <map>
#include <memory>
#include <string>
#include <vector>

#include "services/log/entity.h"
#include "services/log/rocks_log.h"
#include "tests/testing/fake_clock.h"
#include "tests/testing/temp_directory.h"

namespace troupe::testing {

// One way to damage one file.
struct Damage {
  enum class Kind { kFlip, kCut, kZero, kDelete, kSwap, kAppend };
  Kind kind{};
  double where = 0;  // In the file, 0 to 1; kAppend: how many bytes.
};
std::string ToString(const Damage& damage);

// Does `damage` to the file at `path`; kSwap puts the bytes of `older` there.
void Apply(const Damage& damage, const std::string& path, const std::string& older);

// What came of one case.
struct Verdict {
  enum class Kind {
    kRefused,  // With the file's name: good.
    kWhole,    // All that was acknowledged is there: good.
    kUnnamed,  // Refused without the file's name.
    kSilent,   // Opened and read with something missing or changed.
  };
  Kind kind{};
  std::string message;  // Of a refusal; of what is wrong.

  bool IsGood() const { return kind == Kind::kRefused || kind == Kind::kWhole; }
};
std::string ToString(Verdict::Kind kind);

// Everything to be damaged, made once: a log whose process died, with live
// write-ahead log; a log that was closed, with its view; and two backups. Each
// with an older copy of its files.
class DamagedLog {
 public:
  // The kinds of files.
  static const std::vector<std::string>& LogTargets();   // Of the log that died, and "backup".
  static const std::vector<std::string>& ViewTargets();

  DamagedLog();

  // Damages a fresh copy of one file of this kind, the `pick`th, and tries to
  // use what is left. `file` is set to the file's name.
  Verdict Try(const std::string& target, size_t pick, const Damage& damage, std::string& file);
  Verdict TryView(const std::string& target, size_t pick, const Damage& damage, std::string& file);

 private:
  using Contents = std::map<EntityKey, std::string>;

  void Write(ChangeLog& log, int count, Contents& contents);
  void MakeLogThatDied();
  void MakeClosedLog();
  std::string FreshLog();
  Verdict TryBackup(size_t pick, const Damage& damage, std::string& file);
  Verdict TryLog(const std::string& target, size_t pick, const Damage& damage, std::string& file);
  Verdict Judge(ChangeLog& log, const Contents& contents, const std::string& file);

  const TempDirectory root_;
  FakeClock clock_;
  uint64_t written_ = 0;
  Contents died_;
  Contents closed_;
  std::string anchor_bytes_;  // Of the log that died.
};

}  // namespace troupe::testing

#endif  // TROUPE_TESTS_PROPERTY_DAMAGED_LOG_H_
