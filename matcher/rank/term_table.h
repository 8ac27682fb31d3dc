#ifndef TROUPE_MATCHER_RANK_TERM_TABLE_H_
#define TROUPE_MATCHER_RANK_TERM_TABLE_H_

#include <array>
#include <cstddef>
#include <cstdint>
#include <memory_resource>
#include <vector>

#include "absl/types/span.h"
#include "matcher/base/term.h"
#include "matcher/index/offer_sketch.h"
#include "matcher/rank/query.h"

namespace troupe {

// What kind of trait of a production a term is.
enum class TraitKind : uint8_t { kNoTrait, kGenre, kTag, kCompany, kCountry, kLanguage };
inline constexpr size_t kTraitKinds = 6;

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

// What a profile says of each term, looked up by the mark that a sketch has for it,
// so that next to all lookups find at once what they look for. Thread-compatible.
class TermTable {
 public:
  // What the profile says of one term: a genre, a tag, a production, a skill, ...
  struct Entry {
    Term term;
    int32_t credits = 0;       // That have it.
    int32_t role_credits = 0;  // In the role of the question.
    uint32_t first_mask = 0;   // In masks(): which of the credits.
    uint32_t next = 0;         // The next entry with the same mark.
    int32_t rarity = 0;        // Of a trait.
    TraitKind kind = TraitKind::kNoTrait;
    bool is_declared = false;  // The profile declares it, as a genre or a style.
    // What it adds to the value of its kind's feature, before that is divided by
    // what all of the opening's terms could add; and to how alike a credit is.
    int64_t worth = 0;
    int64_t alike = 0;
    int64_t level = 0;  // Of a skill.
  };

  // Room for `terms` terms, of so many credits, in `memory`.
  TermTable(size_t terms, size_t credits, std::pmr::memory_resource* memory)
      : entries_(memory), first_entries_(memory), masks_(memory), words_((credits + 63) / 64) {
    entries_.reserve(terms + 1);
    first_entries_.reserve(terms + 1);
    masks_.reserve((terms + 1) * words_);
    first_entries_.push_back(0);
    AddEntry(Term());
  }

  // An entry that says nothing if the profile does not say anything of `term`:
  // whether it does is hard to foresee, and so whoever looks things up does better
  // not to ask.
  const Entry& Find(Term term) const {
    for (uint32_t at = FirstOf(term);; at = entries_[at].next) {
      const Entry& entry = entries_[at];
      // By numbers: GCC makes two branches of two conditions.
      const uint64_t apart = entry.term.value() ^ term.value();
      if ((apart & -static_cast<uint64_t>(at != 0)) == 0) [[likely]] return entry;
    }
  }

  // `term` is not empty. Valid until the next Add.
  Entry& Add(Term term) {
    uint16_t& slot = slots_[OfferSketch::MarkOf(term)];
    if (slot == 0) {  // There are no more slots than marks.
      slot = static_cast<uint16_t>(first_entries_.size() * kSlotStep);
      first_entries_.push_back(0);
    }
    uint32_t& first = first_entries_[slot / kSlotStep];
    for (uint32_t at = first; at != 0; at = entries_[at].next) {
      if (entries_[at].term == term) return entries_[at];
    }
    Entry& entry = AddEntry(term);
    entry.next = first;
    first = static_cast<uint32_t>(entries_.size() - 1);
    return entry;
  }

  // The terms with one mark have one slot. Slots are numbered in these steps, from
  // one step on, so that who keeps as many bytes for each finds them by its number.
  static constexpr size_t kSlotStep = 16;
  static_assert(OfferSketch::kMarks * kSlotStep <= 1 << 16);
  // By mark; 0: the profile says nothing of such terms.
  using Slots = std::array<uint16_t, OfferSketch::kMarks>;
  const Slots& slots() const { return slots_; }
  size_t slot_count() const { return first_entries_.size(); }  // With slot 0.

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
    return absl::MakeConstSpan(masks_.data() + entry.first_mask, words_);
  }

 private:
  Entry& AddEntry(Term term) {
    entries_.push_back({.term = term, .first_mask = static_cast<uint32_t>(masks_.size())});
    masks_.resize(masks_.size() + words_);
    return entries_.back();
  }

  uint32_t FirstOf(Term term) const {
    return first_entries_[slots_[OfferSketch::MarkOf(term)] / kSlotStep];
  }

  Slots slots_{};
  std::pmr::vector<Entry> entries_;           // The first says nothing.
  std::pmr::vector<uint32_t> first_entries_;  // By slot; 0: none.
  std::pmr::vector<uint64_t> masks_;
  size_t words_;
};

}  // namespace troupe

#endif  // TROUPE_MATCHER_RANK_TERM_TABLE_H_
