#include "matcher/index/production_facts.h"

#include <algorithm>
#include <tuple>

namespace troupe {
namespace {

auto KeyOf(const ProductionFact& fact) {
  return std::tuple(fact.item, fact.production, fact.date);
}

bool IsBefore(const ProductionFact& a, const ProductionFact& b) { return KeyOf(a) < KeyOf(b); }

absl::Span<const ProductionFact> AboutItem(absl::Span<const ProductionFact> facts, Term item) {
  const auto first = std::partition_point(facts.begin(), facts.end(),
                                          [&](const auto& fact) { return fact.item < item; });
  const auto last = std::partition_point(first, facts.end(),
                                         [&](const auto& fact) { return fact.item == item; });
  return facts.subspan(static_cast<size_t>(first - facts.begin()),
                       static_cast<size_t>(last - first));
}

// `facts`, about one item and sorted, without repeats.
int64_t CountDistinct(absl::Span<const ProductionFact> facts, Day as_of) {
  int64_t count = 0;
  Term counted;
  for (const ProductionFact& fact : facts) {
    if (fact.date >= as_of.since_epoch() || (counted && fact.production == counted)) continue;
    counted = fact.production;
    ++count;
  }
  return count;
}

// Of the facts of two, each sorted and without repeats.
std::vector<ProductionFact> SumOf(absl::Span<const ProductionFact> a,
                                  absl::Span<const ProductionFact> b) {
  std::vector<ProductionFact> sum;
  sum.reserve(a.size() + b.size());
  auto next = b.begin();
  for (const ProductionFact& fact : a) {
    while (next != b.end() && IsBefore(*next, fact)) sum.push_back(*next++);
    sum.push_back(fact);
    if (next == b.end() || IsBefore(fact, *next)) continue;
    sum.back().count += next++->count;
    if (sum.back().count == 0) sum.pop_back();
  }
  sum.insert(sum.end(), next, b.end());
  return sum;
}

}  // namespace

void AddFacts(const ProfileView& view, int32_t count, std::vector<ProductionFact>& facts) {
  if (view.scalars->findability != Findability::kFindable) return;
  for (const CreditRow& credit : view.credits) {
    const ProductionRow& production = view.ProductionOf(credit);
    const auto add = [&](Term item) {
      facts.push_back({item, production.production, production.date, count});
    };
    add(Term());
    if (production.language) add(production.language);
    for (Term term : view.TermsOf(production)) add(term);
  }
}

std::vector<ProductionFact> SumFacts(std::vector<ProductionFact> facts) {
  std::sort(facts.begin(), facts.end(), IsBefore);
  std::vector<ProductionFact> sums;
  for (const ProductionFact& fact : facts) {
    if (!sums.empty() && KeyOf(sums.back()) == KeyOf(fact)) {
      sums.back().count += fact.count;
    } else {
      sums.push_back(fact);
    }
  }
  std::erase_if(sums, [](const ProductionFact& fact) { return fact.count == 0; });
  return sums;
}

std::vector<ProductionFact> MergeFacts(
    absl::Span<const absl::Span<const ProductionFact>> sources) {
  std::vector<ProductionFact> sum;
  for (size_t i = sources.size(); i-- > 0;) sum = SumOf(sources[i], sum);
  return sum;
}

int64_t CountProductions(absl::Span<const absl::Span<const ProductionFact>> sources, Term item,
                         Day as_of) {
  std::vector<absl::Span<const ProductionFact>> about;
  for (absl::Span<const ProductionFact> source : sources) {
    const auto facts = AboutItem(source, item);
    if (!facts.empty()) about.push_back(facts);
  }
  if (about.empty()) return 0;
  if (about.size() == 1) return CountDistinct(about.front(), as_of);
  return CountDistinct(MergeFacts(about), as_of);
}

}  // namespace troupe
