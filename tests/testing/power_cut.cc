#include "tests/testing/power_cut.h"

#include <sys/stat.h>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <utility>

#include "absl/strings/str_cat.h"

namespace troupe::testing {
namespace {

namespace fs = std::filesystem;

uint64_t InodeOf(const std::string& path) {
  struct stat found = {};
  return stat(path.c_str(), &found) == 0 ? found.st_ino : 0;
}

std::string FolderOf(const std::string& path) { return fs::path(path).parent_path().string(); }

}  // namespace

void PowerCut::Cut() {
  absl::MutexLock lock(&mutex_);
  cut_ = true;
}

void PowerCut::CutAfter(int64_t operations) {
  absl::MutexLock lock(&mutex_);
  left_ = operations;
}

bool PowerCut::IsCut() const {
  absl::MutexLock lock(&mutex_);
  return cut_;
}

bool PowerCut::Begin() {
  absl::MutexLock lock(&mutex_);
  if (left_-- <= 0) cut_ = true;
  return !cut_;
}

PowerCut::File& PowerCut::FileAt(const std::string& path) { return files_[InodeOf(path)]; }

void PowerCut::OnCreated(const std::string& path) {
  absl::MutexLock lock(&mutex_);
  FileAt(path) = {};
  folders_.insert(FolderOf(path));
  changes_.push_back({FolderOf(path), "", path, ""});
}

void PowerCut::OnAppended(const std::string& path, uint64_t bytes) {
  absl::MutexLock lock(&mutex_);
  FileAt(path).size += bytes;
}

void PowerCut::OnTruncated(const std::string& path, uint64_t size) {
  absl::MutexLock lock(&mutex_);
  File& file = FileAt(path);
  file.size = size;
  file.synced = std::min(file.synced, size);
}

void PowerCut::OnOverwritten(const std::string& path, uint64_t offset, std::string before) {
  absl::MutexLock lock(&mutex_);
  File& file = FileAt(path);
  if (file.size == 0) file.size = file.synced = fs::file_size(path);
  file.overwritten.push_back({offset, std::move(before)});
  folders_.insert(FolderOf(path));
}

void PowerCut::OnSynced(const std::string& path) {
  absl::MutexLock lock(&mutex_);
  File& file = FileAt(path);
  file.synced = file.size;
  file.overwritten.clear();
}

void PowerCut::OnFolderSynced(const std::string& folder) {
  absl::MutexLock lock(&mutex_);
  const std::string synced = fs::path(folder).lexically_normal().string();
  for (const NameChange& change : changes_) {
    if (change.folder == synced && !change.aside.empty()) fs::remove(change.aside);
  }
  std::erase_if(changes_, [&](const NameChange& change) { return change.folder == synced; });
}

void PowerCut::Remove(const std::string& path) {
  absl::MutexLock lock(&mutex_);
  RemoveLocked(path);
}

void PowerCut::RemoveLocked(const std::string& path) {
  const std::string aside = aside_.Join(absl::StrCat(removed_++));
  fs::rename(path, aside);
  changes_.push_back({FolderOf(path), path, "", aside});
}

void PowerCut::Rename(const std::string& from, const std::string& to) {
  absl::MutexLock lock(&mutex_);
  if (fs::exists(to)) RemoveLocked(to);
  fs::rename(from, to);
  changes_.push_back({FolderOf(to), from, to, ""});
}

void PowerCut::Restore() {
  absl::MutexLock lock(&mutex_);
  UndoNames();
  for (const std::string& folder : folders_) {
    for (const fs::directory_entry& entry : fs::directory_iterator(folder)) {
      const auto file = files_.find(InodeOf(entry.path().string()));
      if (file != files_.end() && entry.is_regular_file()) {
        RestoreBytes(entry.path().string(), file->second);
      }
    }
  }
  files_.clear();
  cut_ = false;
  left_ = INT64_MAX;
}

void PowerCut::UndoNames() {
  // A journalling file system keeps the order in which names change.
  const size_t kept = unsynced_ == Unsynced::kTorn ? Below(changes_.size() + 1) : 0;
  while (changes_.size() > kept) {
    const NameChange& change = changes_.back();
    if (change.from.empty()) {
      fs::remove(change.to);
    } else {
      fs::rename(change.to.empty() ? change.aside : change.to, change.from);
    }
    changes_.pop_back();
  }
  changes_.clear();
}

void PowerCut::RestoreBytes(const std::string& path, const File& file) {
  const bool torn = unsynced_ == Unsynced::kTorn;
  for (auto lost = file.overwritten.rbegin(); lost != file.overwritten.rend(); ++lost) {
    const size_t bytes = torn ? Below(lost->before.size() + 1) : lost->before.size();
    std::fstream out(path, std::ios::in | std::ios::out | std::ios::binary);
    out.seekp(static_cast<std::streamoff>(lost->offset));
    out.write(lost->before.data(), static_cast<std::streamsize>(bytes));
  }
  if (file.synced >= file.size) return;
  const uint64_t more = torn ? Below(file.size - file.synced + 1) : 0;
  fs::resize_file(path, file.synced + more);
}

}  // namespace troupe::testing
