#ifndef TROUPE_MATCHER_INDEX_POOL_WRITER_H_
#define TROUPE_MATCHER_INDEX_POOL_WRITER_H_

#include <cstdint>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "matcher/domain/profile.h"
#include "matcher/domain/project.h"
#include "matcher/index/pool.h"

namespace troupe {

// What one batch of log records changes, each record at most once: written or
// removed.
struct PoolChange {
  std::vector<Profile> profiles;
  std::vector<ProfileId> removed_profiles;
  std::vector<Project> projects;
  std::vector<ProjectId> removed_projects;
  std::optional<Day> today;
};

// One key of the stored pool and its new value; none: deleted.
struct PoolWrite {
  std::string key;
  std::optional<std::string> value;
};

// The next pool, and what must be stored so that it can be read back. The
// writes and the log position they stand for belong into one atomic batch.
struct PoolStep {
  std::shared_ptr<const Pool> pool;
  std::vector<PoolWrite> writes;
};

// Makes one pool out of the one before. A change becomes a small segment;
// segments of similar size are merged, so that there are O(log profiles) of
// them and each profile is rewritten O(log profiles) times.
// Thread-compatible: one thread writes, any number read the pools.
//
// Stored keys: "manifest", "segment/<8 hex>", "project/<16 hex>".
class PoolWriter {
 public:
  // Of an empty pool.
  PoolWriter();

  const std::shared_ptr<const Pool>& pool() const { return pool_; }

  // Applies `change`. A profile or project that is removed need not exist.
  PoolStep Apply(const PoolChange& change);

  // Reads a pool back from all its stored keys and values.
  // FAILED_PRECONDITION, reason POOL_OUTDATED: stored for another gazetteer,
  // taxonomy or format; make a new pool from the records. DATA_LOSS: a key is
  // missing, left over or unreadable.
  static absl::StatusOr<PoolWriter> FromStored(const std::map<std::string, std::string>& stored);

 private:
  struct NumberedSegment {
    uint32_t number;
    LiveSegment live;
  };

  // Marks the live rows of `ids` dead, and takes their facts back into `facts`.
  void Retire(std::vector<ProfileId> ids, std::vector<ProductionFact>& facts);
  void AddSegment(const PoolChange& change);
  void MergeSegments();
  // What makes the stored segments those of now, if `stored` are there already.
  std::vector<PoolWrite> SegmentWrites(const std::vector<NumberedSegment>& stored) const;
  void ReplaceProjects(const PoolChange& change, std::vector<PoolWrite>& writes);
  // Takes `projects`, of which none came up before, and their offers in, and
  // takes those of `ids` out first. O(changed).
  void ReplaceProjects(std::vector<ProjectId> ids,
                       std::vector<std::shared_ptr<const ProjectDemands>> projects);
  void Publish(bool profiles_changed);
  std::string Manifest() const;
  absl::Status ReadManifest(absl::string_view bytes, std::vector<uint32_t>& numbers,
                            uint64_t& projects);

  std::shared_ptr<const Pool> pool_;
  Day today_;
  uint32_t next_segment_ = 1;
  std::vector<NumberedSegment> segments_;  // Oldest first.
  BlockList<ProjectBlock> projects_;
  std::shared_ptr<const std::vector<BlockList<OfferBlock>>> offers_;  // By role.
};

}  // namespace troupe

#endif  // TROUPE_MATCHER_INDEX_POOL_WRITER_H_
