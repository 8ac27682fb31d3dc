#ifndef TROUPE_MATCHER_INDEX_PROJECT_BLOCK_H_
#define TROUPE_MATCHER_INDEX_PROJECT_BLOCK_H_

#include <cstddef>
#include <memory>
#include <utility>
#include <vector>

#include "matcher/base/ids.h"
#include "matcher/index/demand.h"

namespace troupe {

// Some projects with their openings, sorted by id: a block of a BlockList.
// Immutable.
class ProjectBlock {
 public:
  using Row = std::shared_ptr<const ProjectDemands>;
  using Key = ProjectId;
  static constexpr size_t kMostRows = 128;

  static ProjectId KeyOf(const Row& row) { return row->id; }

  explicit ProjectBlock(std::vector<Row> rows) : rows_(std::move(rows)) {}

  const std::vector<Row>& rows() const { return rows_; }

 private:
  std::vector<Row> rows_;
};

}  // namespace troupe

#endif  // TROUPE_MATCHER_INDEX_PROJECT_BLOCK_H_
