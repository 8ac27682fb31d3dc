#ifndef TROUPE_MATCHER_INDEX_PAST_WORK_H_
#define TROUPE_MATCHER_INDEX_PAST_WORK_H_

#include <compare>
#include <cstddef>
#include <cstdint>
#include <tuple>
#include <type_traits>
#include <utility>
#include <vector>

#include "matcher/base/ids.h"
#include "matcher/base/term.h"
#include "matcher/index/block_list.h"
#include "matcher/index/demand.h"
#include "matcher/index/profile_view.h"

namespace troupe {

// A production that somebody attached to what is open worked on.
struct PastWorkRow {
  // Laid out for 24 bytes, in order of production, people, profile and date.
  struct Key {
    Term production;
    uint32_t people = 0;  // Demand::people.
    int32_t date = kUndated;
    ProfileId profile;

    friend constexpr bool operator==(const Key&, const Key&) = default;
    friend constexpr auto operator<=>(const Key& a, const Key& b) {
      const auto numbers = [](const Key& key) {
        return std::tuple(key.production, key.people, key.profile, key.date);
      };
      return numbers(a) <=> numbers(b);
    }
  };

  Key key;
  bool in_role = false;  // In a role in which the person is attached now.
};
static_assert(sizeof(PastWorkRow) == 32);

// That somebody is attached to what is open.
struct AttachmentRow {
  ProfileId profile;
  uint32_t people = 0;  // Demand::people.

  friend constexpr auto operator<=>(const AttachmentRow&, const AttachmentRow&) = default;
};

// A block of a BlockList of either. Immutable.
template <typename RowType, typename KeyType>
class PeopleBlock {
 public:
  using Row = RowType;
  using Key = KeyType;
  static constexpr size_t kMostRows = 128;

  static const Key& KeyOf(const Row& row) {
    if constexpr (std::is_same_v<Row, Key>) {
      return row;
    } else {
      return row.key;
    }
  }

  static uint64_t SpreadOf(const Key& key) {
    if constexpr (std::is_same_v<Row, Key>) {
      return key.profile.value();
    } else {
      return key.production.value();
    }
  }

  explicit PeopleBlock(std::vector<Row> rows) : rows_(std::move(rows)) {}

  const std::vector<Row>& rows() const { return rows_; }

 private:
  std::vector<Row> rows_;
};

// Who is attached to the openings that are offered, and where these people have
// worked: by person and by production, so that somebody's colleagues are found
// without looking at any opening. Holds a row for each person attached and one
// for each of their productions, once for all openings with the same people.
// Leaves out people whom the project's owner may not see. Cheap to copy.
// Immutable but for Replace; thread-compatible.
class PastWork {
 public:
  // What takes the place of what.
  struct Change {
    std::vector<AttachmentRow> attachments_gone, attachments;
    std::vector<PastWorkRow> work_gone, work;
  };

  void Replace(Change change);

  // Calls `visit(uint32_t people)` for all that `profile` is among.
  template <typename Visit>
  void ForEachAttachment(ProfileId profile, Visit visit) const {
    attachments_.ForEachFrom({.profile = profile}, [&](const AttachmentRow& row) {
      if (row.profile != profile) return false;
      visit(row.people);
      return true;
    });
  }

  // Fetches what ForEachAttachment(profile) reads first.
  void FetchAttachments(ProfileId profile) const { attachments_.Fetch({.profile = profile}, 16); }

  // Calls `visit(const PastWorkRow&)` for all who worked on `production`, in the
  // order of the keys.
  template <typename Visit>
  void ForEachOn(Term production, Visit visit) const {
    work_.ForEachFrom({.production = production}, [&](const PastWorkRow& row) {
      if (row.key.production != production) return false;
      visit(row);
      return true;
    });
  }

  // Fetches what ForEachOn(production) reads first.
  void FetchOn(Term production) const { work_.Fetch({.production = production}, 24); }

  size_t attachments() const { return attachments_.size(); }
  size_t work() const { return work_.size(); }

 private:
  BlockList<PeopleBlock<AttachmentRow, AttachmentRow>> attachments_;
  BlockList<PeopleBlock<PastWorkRow, PastWorkRow::Key>> work_;
};

// Adds the rows of the profile of `view`, who is attached to `demand`.
void AddPastWork(const Demand& demand, const ProfileView& view, std::vector<PastWorkRow>& rows);

}  // namespace troupe

#endif  // TROUPE_MATCHER_INDEX_PAST_WORK_H_
