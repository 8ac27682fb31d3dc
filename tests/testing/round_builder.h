#ifndef TROUPE_TESTS_TESTING_ROUND_BUILDER_H_
#define TROUPE_TESTS_TESTING_ROUND_BUILDER_H_

#include <map>
#include <string>
#include <utility>
#include <vector>

#include "matcher/placement/instance.h"

namespace troupe::testing {

// Builds an instance by names. Lists are best first; "X=Y" are two that are tied.
// Rows are in the order in which they are named first as rows. Names that are no row
// become kNoRow.
//
//   const Instance round = RoundBuilder()
//                              .Graduate("A", {"X", "Y"})
//                              .Program("X", 1, {"A"})
//                              .Program("Y", 2, {"A"})
//                              .Build();
class RoundBuilder {
 public:
  using Names = std::vector<std::string>;

  RoundBuilder& Graduate(const std::string& id, Names wishes = {});
  RoundBuilder& Program(const std::string& id, int32_t capacity, Names priorities = {});
  RoundBuilder& Studio(const std::string& id, int32_t capacity, Names priorities,
                       const Names& programs);
  RoundBuilder& Region(const std::string& id, int32_t floor, int32_t cap, const Names& programs);
  RoundBuilder& Reserve(const std::string& program, int32_t seats, const Names& members,
                        bool before_open = true, bool reverts = true);
  RoundBuilder& Pair(const std::string& first, const std::string& second,
                     const std::vector<std::pair<std::string, std::string>>& wishes);

  Instance Build() const;

 private:
  struct Row {
    std::string id;
    int32_t capacity = 0;
    Names list;
    std::string studio;
    std::string region;
  };
  struct ReserveRow {
    std::string program;
    troupe::Reserve reserve;
    Names members;
  };
  struct PairRow {
    std::string first;
    std::string second;
    std::vector<std::pair<std::string, std::string>> wishes;
  };

  std::vector<Row> graduates_;
  std::vector<Row> programs_;
  std::vector<Row> studios_;
  std::vector<troupe::Region> regions_;
  std::vector<ReserveRow> reserves_;
  std::vector<PairRow> pairs_;
};

// Which program each graduate is at, by name; "" if at none.
std::map<std::string, std::string> NamesOf(const Instance& instance,
                                           const std::vector<uint32_t>& program_of);

}  // namespace troupe::testing

#endif  // TROUPE_TESTS_TESTING_ROUND_BUILDER_H_
