#ifndef TROUPE_SERVICES_CLI_RANKING_METRICS_H_
#define TROUPE_SERVICES_CLI_RANKING_METRICS_H_

#include <cstddef>
#include <cstdint>
#include <map>
#include <string>
#include <utility>
#include <vector>

namespace troupe {

// How well a ranking finds whom it should, from 0 to 1 each.
struct RankingMetrics {
  double mrr = 0;            // 1 over the rank of the first; 0 below rank 100.
  double recall_at_10 = 0;   // The share of them among the first 10, ...
  double recall_at_50 = 0;
  double recall_at_100 = 0;
  double ndcg_at_10 = 0;     // Of gains 0 and 1.
};

// Of one ranking: `ranks` of those in it whom it should find, from 1, of
// `relevant` in all, at least one.
RankingMetrics MetricsOf(std::vector<size_t> ranks, size_t relevant);

// The rank of each of `truth` that `ranked` has, from 1, after those whom `keep`
// leaves out are gone; somebody named twice keeps the first place.
template <typename Keep>
std::vector<size_t> RanksIn(const std::vector<int64_t>& ranked, const std::vector<int64_t>& truth,
                            Keep keep);

// Means over the queries of each role, and over the roles. Thread-compatible.
class RoleMeans {
 public:
  void Add(const std::string& role, const RankingMetrics& metrics);

  struct Row {
    std::string role;
    int64_t queries = 0;
    RankingMetrics mean;
  };
  // By role, in the order in which they came; then "macro", the mean of the roles.
  std::vector<Row> Rows() const;

 private:
  std::vector<Row> sums_;
};

template <typename Keep>
std::vector<size_t> RanksIn(const std::vector<int64_t>& ranked, const std::vector<int64_t>& truth,
                            Keep keep) {
  std::map<int64_t, size_t> places;
  for (int64_t id : ranked) {
    if (keep(id)) places.emplace(id, places.size() + 1);
  }
  std::vector<size_t> ranks;
  for (int64_t id : truth) {
    if (const auto at = places.find(id); at != places.end()) ranks.push_back(at->second);
  }
  return ranks;
}

}  // namespace troupe

#endif  // TROUPE_SERVICES_CLI_RANKING_METRICS_H_
