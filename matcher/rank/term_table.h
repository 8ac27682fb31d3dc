#ifndef TROUPE_MATCHER_RANK_TERM_TABLE_H_
#define TROUPE_MATCHER_RANK_TERM_TABLE_H_

#include <bit>
#include <cstddef>
#include <cstdint>
#include <memory_resource>
#include <vector>

#include "absl/types/span.h"
#include "matcher/base/term.h"
#include "matcher/rank/query.h"

namespace troupe {

// What kind of trait of a production a term is.
enum class TraitKind : uint8_t { kNoTrait, kGenre, kTag, kCompany, kCountry, kLanguage };

// How much one trait of the kind says about a project.
constexpr int64_t WeightOf(TraitKind kind) {
  switch (kind) {
    case TraitKind::kNoTrait:
      return 0;
    case TraitKind::kGenre:
      return kGenreWeight;
    case TraitKind::kTag:
      return kTagWeight;
    case TraitKind::kCompany:
      return kCompanyWeight;
    case TraitKind::kCountry:
      return kCountryWeight;
    case TraitKind::kLanguage:
      return kLanguageWeight;
  }
  return 0;
}

// What a profile's credits say of each term, looked up in one or two reads.
// Terms are hashes already, so they are their own. Thread-compatible.
class TermTable {
 public:
  // What the credits say of one term: a genre, a tag, a production, ...
  struct Entry {
    Term term;
    int32_t credits = 0;
    int32_t role_credits = 0;  // In the role of the question.
    uint32_t first_mask = 0;   // In masks(): which of the credits.
    int32_t rarity = 0;        // Of a trait.
    TraitKind kind = TraitKind::kNoTrait;
    bool is_declared = false;  // The profile declares it too.
    // What it adds to the value of its kind's feature, before that is divided by
    // what all of the opening's terms could add; and to how alike a credit is.
    int64_t worth = 0;
    int64_t alike = 0;
  };

  // Room for `terms` terms, of so many credits, in `memory`.
  TermTable(size_t terms, size_t credits, std::pmr::memory_resource* memory)
      : slots_(std::bit_ceil(2 * terms + 8), memory),
        entries_(memory),
        masks_(memory),
        words_((credits + 63) / 64) {
    entries_.reserve(terms + 1);
    masks_.reserve((terms + 1) * words_);
    AddEntry(Term());
  }

  // An entry that says nothing if the credits do not say anything of `term`:
  // whether they do is hard to foresee, and so whoever looks things up does
  // better not to ask.
  const Entry& Find(Term term) const {
    for (size_t at = SlotOf(term);; at = (at + 1) & (slots_.size() - 1)) {
      const uint32_t slot = slots_[at];
      const Entry& entry = entries_[slot];
      if ((slot == 0) | (entry.term == term)) [[likely]] return entry;
    }
  }

  // `term` is not empty. Valid until the next Add.
  Entry& Add(Term term) {
    size_t at = SlotOf(term);
    for (; slots_[at] != 0; at = (at + 1) & (slots_.size() - 1)) {
      Entry& entry = entries_[slots_[at]];
      if (entry.term == term) return entry;
    }
    slots_[at] = static_cast<uint32_t>(entries_.size());
    return AddEntry(term);
  }

  // Calls `visit(const Entry&)` for every term.
  template <typename Visit>
  void ForEach(Visit visit) const {
    for (size_t i = 1; i < entries_.size(); ++i) visit(entries_[i]);
  }
  template <typename Visit>
  void ForEach(Visit visit) {
    for (size_t i = 1; i < entries_.size(); ++i) visit(entries_[i]);
  }

  // Credit `credit` has the term of `entry`.
  void Mark(const Entry& entry, size_t credit) {
    masks_[entry.first_mask + credit / 64] |= uint64_t{1} << (credit % 64);
  }

  // The credits that have the term: a bit each.
  absl::Span<const uint64_t> MaskOf(const Entry& entry) const {
    return absl::Span<const uint64_t>(masks_).subspan(entry.first_mask, words_);
  }

 private:
  Entry& AddEntry(Term term) {
    entries_.push_back({.term = term, .first_mask = static_cast<uint32_t>(masks_.size())});
    masks_.resize(masks_.size() + words_);
    return entries_.back();
  }

  size_t SlotOf(Term term) const { return term.value() & (slots_.size() - 1); }

  std::pmr::vector<uint32_t> slots_;  // Which of the entries; 0: none.
  std::pmr::vector<Entry> entries_;   // The first says nothing.
  std::pmr::vector<uint64_t> masks_;
  size_t words_;
};

}  // namespace troupe

#endif  // TROUPE_MATCHER_RANK_TERM_TABLE_H_
