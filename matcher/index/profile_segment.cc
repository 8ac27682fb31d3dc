#include "matcher/index/profile_segment.h"

#include <algorithm>
#include <bit>
#include <tuple>
#include <utility>

#include "absl/container/flat_hash_map.h"
#include "absl/strings/str_cat.h"
#include "matcher/base/prefetch.h"
#include "matcher/base/stable_hash.h"
#include "matcher/base/violation.h"
#include "matcher/domain/role_taxonomy.h"
#include "matcher/index/column_bytes.h"
#include "matcher/index/position_range.h"

namespace troupe {
namespace {

constexpr uint32_t kFormat = 8;

absl::Status Unreadable(absl::string_view why) {
  return ErrorWithReason(absl::StatusCode::kDataLoss, "POOL_UNREADABLE",
                         absl::StrCat("a segment of the pool ", why));
}

HoldTotals SumOf(absl::Span<const HoldTally> tallies) {
  HoldTotals sum;
  for (const HoldTally& tally : tallies) {
    sum += {.booked = tally.booked, .ended = tally.ended, .declined = tally.declined};
  }
  return sum;
}

// Rows to a bucket of ids, about.
constexpr uint32_t kRowsPerBucket = 2;

// Sums up, column by column, how many cells segments have.
struct SizeCounter {
  template <typename T, typename Allocator>
  void operator()(const std::vector<T, Allocator>& column) {
    if (at == sizes.size()) sizes.push_back(0);
    sizes[at++] += column.size();
  }
  void operator()(uint32_t) {}  // A single value.
  std::vector<size_t> sizes;
  size_t at = 0;
};

// Makes room for as many, so that columns are not copied while they grow.
struct Reserver {
  template <typename T, typename Allocator>
  void operator()(std::vector<T, Allocator>& column) {
    if (at < sizes.size()) column.reserve(sizes[at++]);
  }
  void operator()(uint32_t) {}
  const std::vector<size_t>& sizes;
  size_t at = 0;
};

// Gives back what columns took beyond their size while they grew.
struct Fitter {
  template <typename T, typename Allocator>
  void operator()(std::vector<T, Allocator>& column) {
    column.shrink_to_fit();
  }
  void operator()(uint32_t) {}
};

}  // namespace

HoldTotals& HoldTotals::operator+=(const HoldTotals& other) {
  booked += other.booked;
  ended += other.ended;
  declined += other.declined;
  return *this;
}

HoldTotals& HoldTotals::operator-=(const HoldTotals& other) {
  return *this += {-other.booked, -other.ended, -other.declined};
}

HoldTotals HoldsOf(const ProfileView& view) { return SumOf(view.hold_tally); }

template <typename Visit>
void ProfileSegment::Columns::ForEachColumn(Visit& visit) {
  visit(scalars);
  blocked_organizations.ForEachColumn(visit);
  travel_places.ForEachColumn(visit);
  roles.ForEachColumn(visit);
  languages.ForEachColumn(visit);
  genres.ForEachColumn(visit);
  styles.ForEachColumn(visit);
  skills.ForEachColumn(visit);
  credentials.ForEachColumn(visit);
  wished_genres.ForEachColumn(visit);
  wished_places.ForEachColumn(visit);
  busy.ForEachColumn(visit);
  holds.ForEachColumn(visit);
  hold_tallies.ForEachColumn(visit);
  credits.ForEachColumn(visit);
  visit(productions);
  visit(production_terms);
  partitions.ForEachColumn(visit);
  visit(removed);
  visit(facts);
}

// Fills the columns of one segment, row by row.
class ProfileSegment::Builder {
 public:
  explicit Builder(Columns& columns) : columns_(columns) {}

  // Makes room for all of the segments that `places` are in, one after the other.
  void Reserve(absl::Span<const Place> places) {
    SizeCounter counter;
    const ProfileSegment* counted = nullptr;
    for (const Place& place : places) {
      if (place.segment == counted) continue;
      counted = place.segment;
      counter.at = 0;
      const_cast<Columns&>(counted->columns_).ForEachColumn(counter);  // It only reads.
    }
    Reserver reserver{.sizes = counter.sizes};
    columns_.ForEachColumn(reserver);
  }

  void Add(const ProfileView& view) {
    columns_.scalars.push_back(*view.scalars);
    columns_.blocked_organizations.Add(view.blocked_organizations);
    columns_.travel_places.Add(view.travel_places);
    columns_.roles.Add(view.roles);
    columns_.languages.Add(view.languages);
    columns_.genres.Add(view.genres);
    columns_.styles.Add(view.styles);
    columns_.skills.Add(view.skills);
    columns_.credentials.Add(view.credentials);
    columns_.wished_genres.Add(view.wished_genres);
    columns_.wished_places.Add(view.wished_places);
    columns_.busy.Add(view.busy.spans);
    columns_.holds.Add(view.holds);
    columns_.hold_tallies.Add(view.hold_tally);
    AddCredits(view);
  }

  void AddPartitions() {
    std::vector<std::vector<RolePosting>> partitions(ShippedRoles().roles().size());
    for (uint32_t row = 0; row < columns_.scalars.size(); ++row) {
      const absl::Span<const RoleRow> roles = columns_.roles[row];
      for (uint32_t entry = 0; entry < roles.size(); ++entry) {
        if (roles[entry].role == kNone) continue;
        partitions[static_cast<size_t>(roles[entry].role)].push_back(
            {row & RolePosting::kMostRow, entry & RolePosting::kMostEntry});
      }
    }
    for (std::vector<RolePosting>& rows : partitions) {
      std::stable_sort(rows.begin(), rows.end(), [this](RolePosting a, RolePosting b) {
        return columns_.scalars[a.row].home < columns_.scalars[b.row].home;
      });
      columns_.partitions.Add(rows);
    }
  }

 private:
  void AddCredits(const ProfileView& view) {
    std::vector<CreditRow> credits(view.credits.begin(), view.credits.end());
    for (CreditRow& credit : credits) {
      credit.production = ProductionAt(view, view.ProductionOf(credit));
    }
    columns_.credits.Add(credits);
  }

  // Where `production` lies in the columns; added if no credit so far states it
  // in just this way.
  uint32_t ProductionAt(const ProfileView& view, ProductionRow production) {
    const absl::Span<const Term> terms = view.TermsOf(production);
    production.first_term = 0;
    const uint64_t hash = StableHash(
        {absl::string_view(reinterpret_cast<const char*>(&production), sizeof(production)),
         absl::string_view(reinterpret_cast<const char*>(terms.data()),
                           terms.size() * sizeof(Term))});
    std::vector<uint32_t>& alike = productions_[hash];
    for (uint32_t at : alike) {
      if (IsSame(columns_.productions[at], production, terms)) return at;
    }
    const uint32_t at = static_cast<uint32_t>(columns_.productions.size());
    production.first_term = static_cast<uint32_t>(columns_.production_terms.size());
    columns_.production_terms.insert(columns_.production_terms.end(), terms.begin(), terms.end());
    columns_.productions.push_back(production);
    alike.push_back(at);
    return at;
  }

  bool IsSame(ProductionRow there, const ProductionRow& production,
              absl::Span<const Term> terms) const {
    const auto there_terms = absl::Span<const Term>(columns_.production_terms)
                                 .subspan(there.first_term, there.term_count());
    there.first_term = 0;
    return there == production && there_terms == terms;
  }

  Columns& columns_;
  absl::flat_hash_map<uint64_t, std::vector<uint32_t>> productions_;
};

namespace {

// Where a row comes from: a view, or a place. Views are large, so that those of
// places are made one at a time.
struct Source {
  ProfileId id;
  const ProfileView* view = nullptr;
  ProfileSegment::Place place;
};

// All of `contents`, by id.
std::vector<Source> SourcesOf(const ProfileSegment::Contents& contents) {
  std::vector<Source> sources;
  sources.reserve(contents.rows.size() + contents.places.size());
  for (const ProfileView& view : contents.rows) {
    sources.push_back({.id = view.scalars->id, .view = &view, .place = {}});
  }
  for (const ProfileSegment::Place& place : contents.places) {
    sources.push_back({.id = place.segment->IdAt(place.row), .place = place});
  }
  std::sort(sources.begin(), sources.end(),
            [](const Source& a, const Source& b) { return a.id < b.id; });
  return sources;
}

}  // namespace

std::shared_ptr<const ProfileSegment> ProfileSegment::Build(Contents contents) {
  std::sort(contents.removed.begin(), contents.removed.end());
  std::shared_ptr<ProfileSegment> segment(new ProfileSegment());
  Columns& columns = segment->columns_;
  Builder builder(columns);
  builder.Reserve(contents.places);
  columns.removed = std::move(contents.removed);
  columns.facts = std::move(contents.facts);
  for (const Source& source : SourcesOf(contents)) {
    builder.Add(source.view != nullptr ? *source.view
                                       : source.place.segment->ViewAt(source.place.row));
  }
  builder.AddPartitions();
  Fitter fit;
  columns.ForEachColumn(fit);
  segment->FillBuckets();
  segment->CountHolds();
  return segment;
}

absl::StatusOr<std::shared_ptr<const ProfileSegment>> ProfileSegment::FromBytes(
    absl::string_view bytes) {
  const std::optional<absl::string_view> body = BodyOf(bytes);
  if (!body.has_value()) return Unreadable("has another hash");
  ColumnReader reader(*body);
  uint32_t format = 0;
  reader(format);
  if (format != kFormat) return Unreadable("has another format");
  std::shared_ptr<ProfileSegment> segment(new ProfileSegment());
  segment->columns_.ForEachColumn(reader);
  if (!reader.ok()) return Unreadable("has other columns");
  segment->FillBuckets();
  segment->CountHolds();
  return segment;
}

std::string ProfileSegment::ToBytes() const {
  ColumnWriter writer;
  writer.Reserve(stored_bytes());
  writer(kFormat);
  const_cast<Columns&>(columns_).ForEachColumn(writer);  // The writer only reads.
  return WithHash(std::move(writer).Take());
}

ProfileView ProfileSegment::ViewAt(uint32_t row) const {
  return {.scalars = &columns_.scalars[row],
          .blocked_organizations = columns_.blocked_organizations[row],
          .travel_places = columns_.travel_places[row],
          .roles = columns_.roles[row],
          .languages = columns_.languages[row],
          .genres = columns_.genres[row],
          .styles = columns_.styles[row],
          .skills = columns_.skills[row],
          .credentials = columns_.credentials[row],
          .wished_genres = columns_.wished_genres[row],
          .wished_places = columns_.wished_places[row],
          .busy = {columns_.busy[row]},
          .holds = columns_.holds[row],
          .hold_tally = columns_.hold_tallies[row],
          .credits = columns_.credits[row],
          .productions = columns_.productions,
          .production_terms = columns_.production_terms};
}

void ProfileSegment::FillBuckets() {
  const auto buckets = std::bit_ceil(size() / kRowsPerBucket + 1);
  bucket_shift_ = 64 - std::bit_width(buckets - 1);
  uint32_t row = 0;
  for (size_t bucket = 0; bucket < buckets; ++bucket) {
    while (row < size() && BucketOf(IdAt(row)) == bucket) ++row;
    buckets_.Add(row);
  }
  Fitter fit;
  buckets_.ForEachColumn(fit);
}

void ProfileSegment::CountHolds() {
  for (uint32_t row = 0; row < size(); ++row) {
    hold_totals_ += HoldsAt(row);
  }
}

HoldTotals ProfileSegment::HoldsAt(uint32_t row) const {
  if (columns_.scalars[row].findability != Findability::kFindable) return {};
  return SumOf(columns_.hold_tallies[row]);
}

std::optional<uint32_t> ProfileSegment::Find(ProfileId id) const {
  const PositionRange rows = buckets_[BucketOf(id)];
  const auto bucket =
      absl::MakeConstSpan(columns_.scalars).subspan(rows.first, rows.limit - rows.first);
  const auto at = std::partition_point(
      bucket.begin(), bucket.end(), [&](const ProfileScalars& scalars) { return scalars.id < id; });
  if (at == bucket.end() || at->id != id) return std::nullopt;
  return static_cast<uint32_t>(at - columns_.scalars.data());
}

void ProfileSegment::Fetch(ProfileId id) const {
  const size_t row = buckets_[BucketOf(id)].first;
  if (row == size()) return;
  Prefetch(&columns_.scalars[row]);
  const auto fetch = [row](const auto&... lists) { (lists.Fetch(row), ...); };
  const Columns& all = columns_;
  fetch(all.blocked_organizations, all.travel_places, all.roles, all.languages, all.genres,
        all.styles, all.skills, all.credentials, all.wished_genres, all.wished_places, all.busy,
        all.holds, all.hold_tallies, all.credits);
}

absl::Span<const RolePosting> ProfileSegment::RowsOf(RoleIndex role) const {
  if (role < 0 || static_cast<size_t>(role) >= columns_.partitions.size()) return {};
  return columns_.partitions[static_cast<size_t>(role)];
}

const ProductionPostings& ProfileSegment::postings() const {
  const ProductionPostings* postings = postings_.load(std::memory_order_acquire);
  if (postings != nullptr) return *postings;
  auto made = std::make_unique<const ProductionPostings>(*this);
  if (postings_.compare_exchange_strong(postings, made.get())) return *made.release();
  return *postings;  // Another thread was first.
}

uint64_t ProfileSegment::stored_bytes() const {
  ColumnMeter meter;
  const_cast<Columns&>(columns_).ForEachColumn(meter);  // The meter only reads.
  // Each column has its size before it, and the format and the hash come to that.
  const uint64_t sizes = (meter.columns() + 1) * sizeof(uint64_t);
  return meter.bytes() + sizes + sizeof(kFormat) + sizeof(uint64_t);
}

uint64_t ProfileSegment::bytes_in_memory() const {
  ColumnMeter meter;
  const_cast<Columns&>(columns_).ForEachColumn(meter);  // The meter only reads.
  const_cast<RangeEnds&>(buckets_).ForEachColumn(meter);  // Likewise.
  const ProductionPostings* postings = postings_.load(std::memory_order_acquire);
  return meter.bytes() + (postings == nullptr ? 0 : postings->bytes());
}

}  // namespace troupe
