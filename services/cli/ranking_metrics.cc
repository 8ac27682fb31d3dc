#include "services/cli/ranking_metrics.h"

#include <algorithm>
#include <cmath>

namespace troupe {
namespace {

constexpr size_t kLastRank = 100;
constexpr size_t kDepth = 10;

double Discount(size_t rank) { return 1 / std::log2(static_cast<double>(rank) + 1); }

double ShareWithin(const std::vector<size_t>& ranks, size_t depth, size_t relevant) {
  const auto within = std::count_if(ranks.begin(), ranks.end(),
                                    [&](size_t rank) { return rank <= depth; });
  return static_cast<double>(within) / static_cast<double>(relevant);
}

// Calls `visit` with each metric of both.
template <typename Visit>
void ForEachMetric(RankingMetrics& a, const RankingMetrics& b, Visit visit) {
  visit(a.mrr, b.mrr);
  visit(a.recall_at_10, b.recall_at_10);
  visit(a.recall_at_50, b.recall_at_50);
  visit(a.recall_at_100, b.recall_at_100);
  visit(a.ndcg_at_10, b.ndcg_at_10);
}

void Add(const RankingMetrics& more, RankingMetrics& sum) {
  ForEachMetric(sum, more, [](double& a, double b) { a += b; });
}

RankingMetrics Divided(RankingMetrics sum, size_t by) {
  ForEachMetric(sum, sum, [by](double& a, double) { a /= static_cast<double>(by); });
  return sum;
}

}  // namespace

RankingMetrics MetricsOf(std::vector<size_t> ranks, size_t relevant) {
  std::sort(ranks.begin(), ranks.end());
  RankingMetrics metrics;
  if (!ranks.empty() && ranks.front() <= kLastRank) {
    metrics.mrr = 1 / static_cast<double>(ranks.front());
  }
  metrics.recall_at_10 = ShareWithin(ranks, 10, relevant);
  metrics.recall_at_50 = ShareWithin(ranks, 50, relevant);
  metrics.recall_at_100 = ShareWithin(ranks, 100, relevant);
  double gain = 0;
  for (size_t rank : ranks) gain += rank <= kDepth ? Discount(rank) : 0;
  double ideal = 0;
  for (size_t rank = 1; rank <= std::min(relevant, kDepth); ++rank) ideal += Discount(rank);
  metrics.ndcg_at_10 = gain / ideal;
  return metrics;
}

void RoleMeans::Add(const std::string& role, const RankingMetrics& metrics) {
  auto row = std::find_if(sums_.begin(), sums_.end(),
                          [&](const Row& known) { return known.role == role; });
  if (row == sums_.end()) row = sums_.insert(sums_.end(), Row{.role = role});
  ++row->queries;
  troupe::Add(metrics, row->mean);
}

std::vector<RoleMeans::Row> RoleMeans::Rows() const {
  std::vector<Row> rows = sums_;
  Row macro{.role = "macro"};
  for (Row& row : rows) {
    row.mean = Divided(row.mean, static_cast<size_t>(row.queries));
    macro.queries += row.queries;
    troupe::Add(row.mean, macro.mean);
  }
  if (!rows.empty()) macro.mean = Divided(macro.mean, rows.size());
  rows.push_back(macro);
  return rows;
}

}  // namespace troupe
