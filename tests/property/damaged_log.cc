#include "tests/property/damaged_log.h"

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <sstream>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"
#include "services/backup/log_backup.h"
#include "services/log/applier.h"
#include "services/log/day_ticker.h"
#include "services/log/log_layout.h"
#include "services/log/view.h"
#include "services/log/view_verification.h"
#include "services/records/profile_record.h"
#include "tests/testing/builders.h"
#include "tests/testing/log_calls.h"
#include "tests/testing/power_cut.h"

namespace troupe::testing {
namespace {

namespace fs = std::filesystem;

std::string Read(const std::string& path) {
  std::ostringstream bytes;
  bytes << std::ifstream(path, std::ios::binary).rdbuf();
  return bytes.str();
}

// In place: the file stays the same file.
void Overwrite(const std::string& path, const std::string& bytes) {
  std::ofstream(path, std::ios::binary | std::ios::trunc) << bytes;
}

std::vector<std::string> FilesOf(const std::string& directory, const std::string& target) {
  std::vector<std::string> found;
  if (!fs::exists(directory)) return found;
  for (const auto& entry : fs::recursive_directory_iterator(directory)) {
    const std::string name = entry.path().filename().string();
    const bool fits = target == "WAL"   ? absl::EndsWith(name, ".log")
                      : target == "SST" ? absl::EndsWith(name, ".sst")
                      : target == "any" ? true
                                        : absl::StartsWith(name, target);
    if (fits && entry.is_regular_file() && name != "LOCK") found.push_back(entry.path().string());
  }
  std::sort(found.begin(), found.end());
  return found;
}

void CopyAll(const std::string& from, const std::string& to) {
  fs::copy(from, to, fs::copy_options::recursive);
}

void FlushAll(const RocksStore& store) {
  for (size_t i = 0; i < std::size(kLogFamilies); ++i) {
    store.db().Flush({}, store.family(i)).PermitUncheckedError();
  }
}

Verdict Refused(const absl::Status& status, const std::string& file) {
  const std::string message(status.message());
  const bool named = absl::StrContains(message, fs::path(file).filename().string());
  // Of a file that is gone nobody may know the name; then the anchor misses it.
  const bool missed = !fs::exists(file) && absl::StrContains(message, ".anchor");
  return {named || missed ? Verdict::Kind::kRefused : Verdict::Kind::kUnnamed, message};
}

}  // namespace

std::string ToString(const Damage& damage) {
  static constexpr const char* kNames[] = {"flip", "cut", "zero", "delete", "swap", "append"};
  return absl::StrFormat("%s %.3f", kNames[static_cast<size_t>(damage.kind)], damage.where);
}

std::string ToString(Verdict::Kind kind) {
  static constexpr const char* kNames[] = {"refused", "whole", "UNNAMED", "SILENT"};
  return kNames[static_cast<size_t>(kind)];
}

void Apply(const Damage& damage, const std::string& path, const std::string& older) {
  std::string bytes = Read(path);
  const auto at = std::min(static_cast<size_t>(damage.where * static_cast<double>(bytes.size())),
                           bytes.empty() ? 0 : bytes.size() - 1);
  switch (damage.kind) {
    case Damage::Kind::kFlip:
      bytes[at] = static_cast<char>(bytes[at] ^ 0x10);
      break;
    case Damage::Kind::kCut:
      bytes.resize(at);
      break;
    case Damage::Kind::kZero:
      std::fill_n(bytes.begin() + static_cast<std::ptrdiff_t>(at),
                  std::min<size_t>(512, bytes.size() - at), '\0');
      break;
    case Damage::Kind::kDelete:
      fs::remove(path);
      return;
    case Damage::Kind::kSwap:
      bytes = Read(older);
      break;
    case Damage::Kind::kAppend:
      bytes += bytes.substr(0, static_cast<size_t>(damage.where));
      break;
  }
  Overwrite(path, bytes);
}

const std::vector<std::string>& DamagedLog::LogTargets() {
  static const std::vector<std::string> targets = {"WAL",     "SST",    "MANIFEST", "CURRENT",
                                                   "OPTIONS", "anchor", "backup"};
  return targets;
}

const std::vector<std::string>& DamagedLog::ViewTargets() {
  static const std::vector<std::string> targets = {"SST", "MANIFEST", "CURRENT"};
  return targets;
}

DamagedLog::DamagedLog() {
  MakeLogThatDied();
  MakeClosedLog();
}

void DamagedLog::Write(ChangeLog& log, int count, Contents& contents) {
  std::vector<AppendRequest> requests;
  for (int i = 0; i < count; ++i) {
    const EntityKey entity{EntityKind::kProfile, ++written_};
    const std::string value = SerializeProfile(ProfileBuilder().Id(entity.id).Build());
    requests.push_back(Request(absl::StrCat(entity.id), {Put(entity, 0, value)}));
    contents[entity] = value;
  }
  for (const auto& answer : AppendAll(log, std::move(requests))) answer.value();
}

void DamagedLog::MakeLogThatDied() {
  const std::string path = root_.Join("died/log");
  fs::create_directory(root_.Join("died"));
  const auto write = [&](ChangeLog& log) {
    for (int i = 0; i < 20; ++i) Write(log, 10, died_);
  };
  write(*OpenRocksLog(clock_, {.directory = path}).value());
  CopyAll(root_.Join("died"), root_.Join("older"));
  PowerCut power(1, PowerCut::Unsynced::kLost);
  const auto env = PowerCutEnv(power);
  {
    const auto log = OpenRocksLog(clock_, {.directory = path, .env = env.get()}).value();
    write(*log);
    FlushAll(log->store());
    write(*log);
    CopyAll(root_.Join("died"), root_.Join("older-live"));
    write(*log);
    power.Cut();
  }
  power.Restore();
  anchor_bytes_ = Read(path + ".anchor");
}

void DamagedLog::MakeClosedLog() {
  const std::string path = root_.Join("closed/log");
  fs::create_directory(root_.Join("closed"));
  {
    const auto log = OpenRocksLog(clock_, {.directory = path}).value();
    Write(*log, 200, closed_);
    CreateBackup(log->store(), log->name(), root_.Join("backups"), clock_.Now()).value();
    CopyAll(root_.Join("backups"), root_.Join("older-backups"));
    AppendOne(*log, TodayRequest(D("2026-11-23"))).value();
    const auto view = OpenViewOf(*log, root_.Join("closed/view")).value();
    CatchUp(*log, *view, clock_).IgnoreError();
  }
  CopyAll(root_.Join("closed/view"), root_.Join("older-view"));
  const auto log = OpenRocksLog(clock_, {.directory = path}).value();
  Write(*log, 200, closed_);
  CreateBackup(log->store(), log->name(), root_.Join("backups"), clock_.Now()).value();
  const auto view = OpenViewOf(*log, root_.Join("closed/view")).value();
  CatchUp(*log, *view, clock_).IgnoreError();
}

std::string DamagedLog::FreshLog() {
  const std::string path = root_.Join("case/log");
  fs::remove_all(root_.Join("case"));
  fs::create_directory(root_.Join("case"));
  CopyAll(root_.Join("died/log"), path);
  // The same file under another name, so that it is no copy of a live anchor.
  const std::string anchor = root_.Join("died/log.anchor");
  Overwrite(anchor, anchor_bytes_);
  fs::create_hard_link(anchor, path + ".anchor");
  return path;
}

Verdict DamagedLog::Try(const std::string& target, size_t pick, const Damage& damage,
                        std::string& file) {
  return target == "backup" ? TryBackup(pick, damage, file) : TryLog(target, pick, damage, file);
}

Verdict DamagedLog::TryLog(const std::string& target, size_t pick, const Damage& damage,
                           std::string& file) {
  const std::string path = FreshLog();
  std::string older;
  if (target == "anchor") {
    file = path + ".anchor";
    older = root_.Join("older-live/log.anchor");
  } else {
    std::vector<std::string> files = FilesOf(path, target);
    // The live write-ahead log; of other kinds any.
    file = target == "WAL" ? files.back() : files[pick % files.size()];
    const std::string before = root_.Join(target == "WAL" ? "older-live/log" : "older/log");
    files = FilesOf(before, target);
    older = files[target == "WAL" ? files.size() - 1 : pick % files.size()];
  }
  Apply(damage, file, older);
  const auto log = OpenRocksLog(clock_, {.directory = path, .sync = false});
  return log.ok() ? Judge(**log, died_, file) : Refused(log.status(), file);
}

// Reads everything that was ever acknowledged.
Verdict DamagedLog::Judge(ChangeLog& log, const Contents& contents, const std::string& file) {
  Contents found;
  size_t records = 0;
  for (ShardId shard; shard.value < kShardCount; ++shard.value) {
    const auto read = ReadNow(log, {{shard, {}}}, {.max_records = 1'000'000});
    if (!read.ok()) return Refused(read.status(), file);
    for (const ReadRecord& record : *read) {
      records += record.changes[0].entity.kind == EntityKind::kProfile ? 1 : 0;
    }
    const auto base = BaseOf(log, shard);
    if (!base.ok()) return Refused(base.status(), file);
    for (const BaseEntity& entity : *base) {
      if (entity.entity.kind == EntityKind::kProfile) found[entity.entity] = entity.value;
    }
  }
  if (records == contents.size() && found == contents) return {Verdict::Kind::kWhole, ""};
  return {Verdict::Kind::kSilent, absl::StrCat(contents.size(), " were acknowledged, ", records,
                                               " records and ", found.size(), " entities found")};
}

Verdict DamagedLog::TryBackup(size_t pick, const Damage& damage, std::string& file) {
  const std::string folder = root_.Join("case/backups");
  fs::remove_all(root_.Join("case"));
  fs::create_directory(root_.Join("case"));
  CopyAll(root_.Join("backups"), folder);
  const std::vector<std::string> files = FilesOf(folder, "any");
  file = files[pick % files.size()];
  // Its own older copy, if it has one.
  std::string older = root_.Join("older-backups") + file.substr(folder.size());
  if (!fs::exists(older)) older = FilesOf(root_.Join("older-backups"), "any").front();
  Apply(damage, file, older);
  const auto restored = RestoreBackup(folder, 0, root_.Join("case/restored"));
  if (!restored.ok()) return Refused(restored.status(), file);
  const auto log = OpenRocksLog(clock_, {.directory = root_.Join("case/restored/log")});
  return log.ok() ? Judge(**log, closed_, file) : Refused(log.status(), file);
}

Verdict DamagedLog::TryView(const std::string& target, size_t pick, const Damage& damage,
                            std::string& file) {
  fs::remove_all(root_.Join("case"));
  CopyAll(root_.Join("closed"), root_.Join("case"));
  const std::string path = root_.Join("case/view");
  const std::vector<std::string> files = FilesOf(path, target);
  const std::vector<std::string> before = FilesOf(root_.Join("older-view"), target);
  file = files[pick % files.size()];
  Apply(damage, file, before[pick % before.size()]);
  const std::string log_path = root_.Join("case/log");
  {
    const auto log = OpenRocksLog(clock_, {.directory = log_path}).value();
    auto view = OpenViewOf(*log, path);
    if (!view.ok()) return Refused(view.status(), file);
    if (absl::Status status = CatchUp(*log, **view, clock_); !status.ok()) {
      return Refused(status, file);
    }
    const auto snapshot = (*view)->Now();
    for (const auto& [entity, value] : closed_) {
      const auto stored = snapshot->Get(entity);
      if (!stored.ok()) return Refused(stored.status(), file);
      if (!stored->has_value() || (*stored)->bytes != value) {
        return {Verdict::Kind::kSilent, "the view lacks a record"};
      }
    }
  }
  const auto findings = VerifyView(path, LogName::kTroupe, log_path);
  if (!findings.ok()) return Refused(findings.status(), file);
  return {Verdict::Kind::kWhole, ""};
}

}  // namespace troupe::testing
