#ifndef TROUPE_MATCHER_RANK_TERM_TABLE_H_
#define TROUPE_MATCHER_RANK_TERM_TABLE_H_

#include <bit>
#include <cstddef>
#include <cstdint>
#include <vector>

#include "absl/types/span.h"
#include "matcher/base/term.h"

namespace troupe {

// What a profile's credits say of each term, looked up in one or two reads.
// Terms are hashes already, so they are their own. Thread-compatible.
class TermTable {
 public:
  // What the credits say of one term: a genre, a tag, a production, ...
  struct Entry {
    Term term;  // Empty: no entry.
    int32_t credits = 0;
    int32_t role_credits = 0;  // In the role of the question.
    uint32_t first_mask = 0;   // In masks(): which of the credits.
    bool is_declared = false;  // The profile declares it too.
    bool is_trait = false;     // Of productions, rather than the name of one.
  };

  // Room for `terms` terms, of so many credits.
  TermTable(size_t terms, size_t credits)
      : entries_(std::bit_ceil(2 * terms + 8)), words_((credits + 63) / 64) {}

  // Null if the credits do not say anything of `term`.
  const Entry* Find(Term term) const {
    for (size_t at = Slot(term);; at = (at + 1) & (entries_.size() - 1)) {
      if (entries_[at].term == term) return term ? &entries_[at] : nullptr;
      if (!entries_[at].term) return nullptr;
    }
  }

  // `term` is not empty. Valid until the next Add.
  Entry& Add(Term term) {
    size_t at = Slot(term);
    while (entries_[at].term && entries_[at].term != term) at = (at + 1) & (entries_.size() - 1);
    if (!entries_[at].term) {
      entries_[at].term = term;
      entries_[at].first_mask = static_cast<uint32_t>(masks_.size());
      masks_.resize(masks_.size() + words_);
    }
    return entries_[at];
  }

  // Calls `visit(const Entry&)` for every term.
  template <typename Visit>
  void ForEach(Visit visit) const {
    for (const Entry& entry : entries_) {
      if (entry.term) visit(entry);
    }
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
  size_t Slot(Term term) const { return term.value() & (entries_.size() - 1); }

  std::vector<Entry> entries_;
  std::vector<uint64_t> masks_;
  size_t words_;
};

}  // namespace troupe

#endif  // TROUPE_MATCHER_RANK_TERM_TABLE_H_
