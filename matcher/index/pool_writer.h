#ifndef TROUPE_MATCHER_INDEX_POOL_WRITER_H_
#define TROUPE_MATCHER_INDEX_POOL_WRITER_H_

#include <cstdint>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "absl/container/flat_hash_map.h"
#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "absl/types/span.h"
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
  // What is to be added to the outcomes that each organization recorded.
  std::vector<std::pair<Term, OutcomeTallies::Changes>> outcomes;
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

// Some segments of a pool on their way to be one. Run takes long and looks at
// nothing but what it holds, so any thread may run it while the PoolWriter goes
// on. Thread-compatible.
class PoolMerge {
 public:
  void Run();

  // What is to be stored before the merge is adopted; nothing if what was merged
  // stays stored as it is. Nothing refers to it until then, so it may be written bit
  // by bit, and is cleared away if it never comes to be adopted. So many writes; each
  // is made when it is asked for, since all of them are as large as the segment.
  size_t writes() const;
  PoolWrite WriteAt(size_t at) const;

 private:
  friend class PoolWriter;

  std::vector<uint32_t> numbers_;  // Of each input.
  std::vector<LiveSegment> inputs_;
  bool is_oldest_ = false;
  std::shared_ptr<const ProfileSegment> merged_;
  std::optional<uint32_t> stored_as_;  // None: as what its inputs are.
  std::string bytes_;
};

// Makes one pool out of the one before. A change becomes a small segment.
// Small segments are merged with the next change, larger ones by a PoolMerge:
// without one there are O(profiles) segments, with it O(log profiles), and each
// profile is rewritten O(log profiles) times. What was merged is stored only once it
// would take the place of many stored segments, or nothing else is to be done: else
// those that it was made of stay, and are merged again when they are read.
// Thread-compatible: one thread writes, any number read the pools.
//
// Outcomes are not stored with the pool: whoever reads it back applies them anew.
//
// Stored keys: "manifest", "segment/<8 hex>/<4 hex>", "project/<16 hex>".
class PoolWriter {
 public:
  // Of an empty pool.
  PoolWriter();

  const std::shared_ptr<const Pool>& pool() const { return pool_; }

  // Applies `change`. A profile or project that is removed need not exist.
  PoolStep Apply(const PoolChange& change);

  // What is to be merged now; nullopt if nothing is, or a merge is under way.
  // Each is handed to Adopt, once it has run. Leaves fewer segments if `is_idle`:
  // worth the work only while there is no other. They take less memory, since
  // each has a copy of the productions that it names, and less time to search.
  std::optional<PoolMerge> PlanMerge(bool is_idle);

  // Puts what `merge` made into the place of what it was made of, less what died
  // since. The contents of the pool stay the same.
  PoolStep Adopt(PoolMerge merge);

  // Reads a pool back from all its stored keys and values.
  // FAILED_PRECONDITION, reason POOL_OUTDATED: stored for another gazetteer,
  // taxonomy or format; make a new pool from the records. DATA_LOSS: a key is
  // missing, left over or unreadable.
  static absl::StatusOr<PoolWriter> FromStored(const std::map<std::string, std::string>& stored);

 private:
  struct StoredSegment {
    uint32_t number = 0;
    uint64_t bytes = 0;
  };
  struct Segment {
    uint32_t number() const { return stored.front().number; }

    LiveSegment live;
    std::vector<StoredSegment> stored;  // It, or what it was merged of, in order.
  };
  // What has just been made, to be stored under its number if it is still in use.
  struct MadeSegment {
    uint32_t number = 0;
    LiveSegment live;
  };

  // Marks the live rows of `ids` dead, and takes their facts back into `facts`.
  void Retire(std::vector<ProfileId> ids, std::vector<ProductionFact>& facts);
  void AddSegment(const PoolChange& change, std::vector<MadeSegment>& made);
  // Merges small neighbours, and adds to `made` what is to be stored anew of that;
  // null: nothing.
  void MergeSegments(std::vector<MadeSegment>* made);
  bool IsMerging(const Segment& segment) const;
  absl::Status FindLeftovers(const std::map<std::string, std::string>& stored,
                             const std::vector<uint32_t>& numbers);
  // The segments, from the first, included, to the second, not included, that a
  // merge would be of.
  std::optional<std::pair<size_t, size_t>> MergeRange(bool is_idle) const;
  // All that is stored for the segments of now, oldest first.
  std::vector<StoredSegment> StoredSegments() const;
  // What makes the stored segments those of now, if `before` are there already and
  // `made` is what may be new.
  std::vector<PoolWrite> SegmentWrites(absl::Span<const StoredSegment> before,
                                       absl::Span<const MadeSegment> made) const;
  void ReplaceProjects(const PoolChange& change, std::vector<PoolWrite>& writes,
                       PastWork::Change& work);
  // Takes `projects`, of which none came up before, and their offers in, and
  // takes those of `ids` out first. O(changed).
  void ReplaceProjects(std::vector<ProjectId> ids,
                       std::vector<std::shared_ptr<ProjectDemands>> projects,
                       PastWork::Change& work);
  // What is known of the people attached to the offers of a project, and no
  // longer is once its demands are gone.
  void ForgetPeople(const ProjectDemands& project, PastWork::Change& work);
  // Numbers the people attached to its offers; tells what is known of them.
  void NumberPeople(ProjectDemands& project, PastWork::Change& work);
  std::optional<ProfileView> FindProfile(ProfileId id) const;  // As of now.
  void Publish(bool profiles_changed);
  std::string Manifest() const;
  absl::Status ReadManifest(absl::string_view bytes, std::vector<uint32_t>& numbers,
                            uint64_t& projects);

  std::shared_ptr<const Pool> pool_;
  Day today_;
  uint32_t next_segment_ = 1;
  std::vector<uint32_t> merging_;  // As the merge under way has them.
  std::vector<PoolWrite> leftovers_;  // Deletes what a merge that never ended left.
  std::vector<Segment> segments_;  // Oldest first.
  BlockList<ProjectBlock> projects_;
  std::shared_ptr<const std::vector<BlockList<OfferBlock>>> offers_;  // By role.
  PastWork past_work_;
  OutcomeTallies outcomes_;
  uint32_t last_people_ = 0;
  // By Demand::people: one of the demands that they are attached to.
  absl::flat_hash_map<uint32_t, const Demand*> people_;
};

}  // namespace troupe

#endif  // TROUPE_MATCHER_INDEX_POOL_WRITER_H_
