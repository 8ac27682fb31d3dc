#include "matcher/index/pool_writer.h"

#include <algorithm>
#include <iterator>
#include <set>
#include <utility>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"
#include "matcher/base/status_macros.h"
#include "matcher/base/violation.h"
#include "matcher/domain/role_taxonomy.h"
#include "matcher/index/column_bytes.h"
#include "matcher/index/terms.h"

namespace troupe {
namespace {

constexpr uint32_t kManifestFormat = 8;
constexpr char kManifestKey[] = "manifest";
// Two small neighbours are merged once the newer has this share of the older's
// rows.
constexpr uint32_t kMergeRatio = 4;
// More rows than that would hold up the batch that comes with them.
constexpr uint32_t kMostRowsMergedAtOnce = 8'192;
// As so many stored segments one may be kept.
constexpr size_t kMostStoredSegments = 96;
// What PlanMerge merges: the largest segment has so many fifths of all rows at the
// most. With one, a row is rewritten once each time that the pool grows fivefold.
struct MergeRule {
  size_t least_segments;
  uint64_t most_fifths;
};
constexpr MergeRule kBusyMerge{.least_segments = 5, .most_fifths = 1};
constexpr MergeRule kIdleMerge{.least_segments = 2, .most_fifths = 4};

std::string SegmentPrefix(uint32_t number) { return absl::StrFormat("segment/%08x/", number); }
std::string PieceKey(uint32_t number, size_t piece) {
  return absl::StrFormat("segment/%08x/%04x", number, piece);
}
std::string ProjectKey(ProjectId id) { return absl::StrFormat("project/%016x", id.value()); }

// A segment is stored in pieces, so that no write of it takes long.
constexpr size_t kPieceBytes = size_t{1} << 20;

size_t PiecesOf(absl::string_view bytes) { return (bytes.size() + kPieceBytes - 1) / kPieceBytes; }

PoolWrite PieceWrite(uint32_t number, absl::string_view bytes, size_t piece) {
  return {PieceKey(number, piece), std::string(bytes.substr(piece * kPieceBytes, kPieceBytes))};
}

void AddSegmentWrites(uint32_t number, absl::string_view bytes, std::vector<PoolWrite>& writes) {
  for (size_t piece = 0; piece < PiecesOf(bytes); ++piece) {
    writes.push_back(PieceWrite(number, bytes, piece));
  }
}

void AddSegmentDeletes(uint32_t number, uint64_t bytes, std::vector<PoolWrite>& writes) {
  for (size_t piece = 0; piece * kPieceBytes < bytes; ++piece) {
    writes.push_back({PieceKey(number, piece), std::nullopt});
  }
}

// The pieces of segment `number`, joined.
std::string StoredBytes(const std::map<std::string, std::string>& stored, uint32_t number) {
  const std::string prefix = SegmentPrefix(number);
  std::string bytes;
  for (auto at = stored.lower_bound(prefix); at != stored.end(); ++at) {
    if (!at->first.starts_with(prefix)) break;
    bytes += at->second;
  }
  return bytes;
}

absl::Status Lost(absl::string_view what) {
  return ErrorWithReason(absl::StatusCode::kDataLoss, "POOL_UNREADABLE",
                         absl::StrCat("the stored pool ", what));
}

// Calls `visit(ProfileId)` for each person attached.
template <typename Visit>
void ForEachAttached(const Demand& demand, Visit visit) {
  ProfileId last;
  for (const AttachedRow& row : demand.attached) {
    if (row.profile != last) visit(row.profile);
    last = row.profile;
  }
}

// Calls `visit(ProfileId)` for each profile that is written or removed.
template <typename Visit>
void ForEachChanged(const PoolChange& change, Visit visit) {
  for (const Profile& profile : change.profiles) visit(profile.id);
  for (ProfileId id : change.removed_profiles) visit(id);
}

void AddLiveRows(const LiveSegment& segment, std::vector<ProfileSegment::Place>& places) {
  for (uint32_t row = 0; row < segment->size(); ++row) {
    if (segment.IsLive(row)) places.push_back({&*segment, row});
  }
}

std::shared_ptr<const ProfileSegment> MergedSegment(const std::vector<LiveSegment>& parts,
                                                    bool is_oldest) {
  ProfileSegment::Contents contents;
  std::vector<absl::Span<const ProductionFact>> facts;
  for (const LiveSegment& part : parts) {
    AddLiveRows(part, contents.places);
    facts.push_back(part->facts());
    // Nothing older is left for the oldest segment to remove from.
    if (is_oldest) continue;
    contents.removed.insert(contents.removed.end(), part->removed().begin(),
                            part->removed().end());
  }
  contents.facts = MergeFacts(facts);
  return ProfileSegment::Build(std::move(contents));
}

// Each organization's at once: an addition copies what it changes.
void AddOutcomes(const PoolChange& change, OutcomeTallies& tallies) {
  absl::flat_hash_map<Term, OutcomeTallies::Changes> by_organization;
  for (const auto& [organization, changes] : change.outcomes) {
    OutcomeTallies::Changes& all = by_organization[organization];
    all.insert(all.end(), changes.begin(), changes.end());
  }
  for (const auto& [organization, changes] : by_organization) tallies.Add(organization, changes);
}

}  // namespace

PoolWriter::PoolWriter()
    : offers_(std::make_shared<const std::vector<BlockList<OfferBlock>>>(
          ShippedRoles().roles().size())) {
  Publish(true);
}

PoolStep PoolWriter::Apply(const PoolChange& change) {
  PoolStep step{.writes = std::exchange(leftovers_, {})};
  if (change.today.has_value()) today_ = *change.today;
  AddOutcomes(change, outcomes_);
  const bool profiles_changed = !change.profiles.empty() || !change.removed_profiles.empty();
  PastWork::Change work;
  ForEachChanged(change, [&](ProfileId id) {
    past_work_.ForEachAttachment(id, [&](uint32_t people) {
      const std::optional<ProfileView> before = pool_->FindProfile(id);
      if (before.has_value()) AddPastWork(*people_.at(people), *before, work.work_gone);
    });
  });
  if (profiles_changed) {
    const std::vector<StoredSegment> before = StoredSegments();
    std::vector<MadeSegment> made;
    AddSegment(change, made);
    MergeSegments(&made);
    std::vector<PoolWrite> writes = SegmentWrites(before, made);
    std::move(writes.begin(), writes.end(), std::back_inserter(step.writes));
  }
  ReplaceProjects(change, step.writes, work);
  ForEachChanged(change, [&](ProfileId id) {
    past_work_.ForEachAttachment(id, [&](uint32_t people) {
      const auto demand = people_.find(people);  // None: its project changed, too.
      if (demand == people_.end()) return;
      const std::optional<ProfileView> now = FindProfile(id);
      if (now.has_value()) AddPastWork(*demand->second, *now, work.work);
    });
  });
  past_work_.Replace(std::move(work));
  step.writes.push_back({kManifestKey, Manifest()});
  Publish(profiles_changed);
  step.pool = pool_;
  return step;
}

void PoolWriter::Retire(std::vector<ProfileId> ids, std::vector<ProductionFact>& facts) {
  // A merged segment may hold a profile that it also removes: gone, then back.
  std::sort(ids.begin(), ids.end());
  ids.erase(std::unique(ids.begin(), ids.end()), ids.end());
  for (Segment& segment : segments_) {
    std::vector<uint32_t> rows;
    for (ProfileId id : ids) {
      const std::optional<uint32_t> row = segment.live.Find(id);
      if (!row.has_value()) continue;
      rows.push_back(*row);
      AddFacts(segment.live->ViewAt(*row), -1, facts);
    }
    if (!rows.empty()) segment.live = segment.live.Without(rows);
  }
}

void PoolWriter::AddSegment(const PoolChange& change, std::vector<MadeSegment>& made) {
  std::vector<ProfileRow> rows;
  std::vector<ProfileId> touched = change.removed_profiles;
  for (const Profile& profile : change.profiles) {
    rows.push_back(MakeProfileRow(profile));
    touched.push_back(profile.id);
  }
  ProfileSegment::Contents contents{.removed = change.removed_profiles};
  Retire(std::move(touched), contents.facts);
  for (const ProfileRow& row : rows) {
    contents.rows.push_back(row.View());
    AddFacts(contents.rows.back(), 1, contents.facts);
  }
  contents.facts = SumFacts(std::move(contents.facts));
  LiveSegment live(ProfileSegment::Build(std::move(contents)));
  made.push_back({next_segment_++, live});
  segments_.push_back({live, {{made.back().number, live->stored_bytes()}}});
}

void PoolWriter::MergeSegments(std::vector<MadeSegment>* made) {
  while (segments_.size() >= 2) {
    const Segment& older = segments_[segments_.size() - 2];
    const Segment& newer = segments_.back();
    if (IsMerging(older) || IsMerging(newer)) return;
    if (older.live.live_rows() > kMergeRatio * std::max(newer.live.live_rows(), 1u)) return;
    if (older.live.live_rows() + newer.live.live_rows() > kMostRowsMergedAtOnce) return;
    LiveSegment merged(
        MergedSegment({older.live, newer.live}, /*is_oldest=*/segments_.size() == 2));
    std::vector<StoredSegment> stored = older.stored;
    stored.insert(stored.end(), newer.stored.begin(), newer.stored.end());
    if (made != nullptr && stored.size() > kMostStoredSegments) {
      made->push_back({next_segment_++, merged});
      stored = {{made->back().number, merged->stored_bytes()}};
    }
    segments_.erase(segments_.end() - 2, segments_.end());
    segments_.push_back({std::move(merged), std::move(stored)});
  }
}

bool PoolWriter::IsMerging(const Segment& segment) const {
  return std::find(merging_.begin(), merging_.end(), segment.number()) != merging_.end();
}

std::optional<PoolMerge> PoolWriter::PlanMerge(bool is_idle) {
  if (!merging_.empty()) return std::nullopt;
  const std::optional<std::pair<size_t, size_t>> range = MergeRange(is_idle);
  if (!range.has_value()) return std::nullopt;
  PoolMerge merge;
  merge.is_oldest_ = range->first == 0;
  size_t stored = 0;
  for (size_t i = range->first; i < range->second; ++i) {
    merge.inputs_.push_back(segments_[i].live);
    merge.numbers_.push_back(segments_[i].number());
    stored += segments_[i].stored.size();
  }
  const bool is_alone = merge.inputs_.size() == 1;  // What is dead in it is to go.
  if (is_idle || is_alone || stored > kMostStoredSegments) merge.stored_as_ = next_segment_++;
  merging_ = merge.numbers_;
  return merge;
}

std::optional<std::pair<size_t, size_t>> PoolWriter::MergeRange(bool is_idle) const {
  const MergeRule& rule = is_idle ? kIdleMerge : kBusyMerge;
  uint64_t rows = 0;
  uint64_t largest = 0;
  std::optional<std::pair<size_t, size_t>> range;
  for (size_t i = segments_.size(); i-- > 0;) {  // From the oldest that the rule lets.
    rows += segments_[i].live.live_rows();
    largest = std::max<uint64_t>(largest, segments_[i].live.live_rows());
    if (segments_.size() - i >= rule.least_segments && largest * 5 <= rows * rule.most_fifths) {
      range.emplace(i, segments_.size());
    }
  }
  if (range.has_value()) return range;
  for (size_t i = 0; i < segments_.size(); ++i) {  // Mostly dead: made anew.
    const LiveSegment& live = segments_[i].live;
    if (live->size() > kMostRowsMergedAtOnce && live.live_rows() < live->size() / 2) {
      return std::pair(i, i + 1);
    }
  }
  return std::nullopt;
}

void PoolMerge::Run() {
  merged_ = MergedSegment(inputs_, is_oldest_);
  if (stored_as_.has_value()) bytes_ = merged_->ToBytes();
}

size_t PoolMerge::writes() const { return PiecesOf(bytes_); }

PoolWrite PoolMerge::WriteAt(size_t at) const { return PieceWrite(*stored_as_, bytes_, at); }

PoolStep PoolWriter::Adopt(PoolMerge merge) {
  merging_.clear();
  const auto first = std::find_if(
      segments_.begin(), segments_.end(),
      [&](const Segment& segment) { return segment.number() == merge.numbers_.front(); });
  const auto limit = first + static_cast<std::ptrdiff_t>(merge.inputs_.size());
  std::vector<uint32_t> died;  // Since the merge was planned.
  std::vector<StoredSegment> stored;
  for (size_t i = 0; i < merge.inputs_.size(); ++i) {
    const LiveSegment& before = merge.inputs_[i];
    const Segment& segment = first[static_cast<std::ptrdiff_t>(i)];
    const LiveSegment& now = segment.live;
    stored.insert(stored.end(), segment.stored.begin(), segment.stored.end());
    for (uint32_t row = 0; now.live_rows() < before.live_rows() && row < before->size(); ++row) {
      if (before.IsLive(row) && !now.IsLive(row)) {
        died.push_back(*merge.merged_->Find(before->IdAt(row)));
      }
    }
  }
  const std::vector<StoredSegment> before = StoredSegments();
  if (merge.stored_as_.has_value()) stored = {{*merge.stored_as_, merge.bytes_.size()}};
  LiveSegment live(std::move(merge.merged_));
  if (!died.empty()) live = live.Without(died);
  const auto at = segments_.erase(first, limit);
  segments_.insert(at, {std::move(live), std::move(stored)});
  PoolStep step;
  if (merge.stored_as_.has_value()) {
    step.writes = SegmentWrites(before, {});
    step.writes.push_back({kManifestKey, Manifest()});
  }
  Publish(false);
  step.pool = pool_;
  return step;
}

std::vector<PoolWriter::StoredSegment> PoolWriter::StoredSegments() const {
  std::vector<StoredSegment> all;
  for (const Segment& segment : segments_) {
    all.insert(all.end(), segment.stored.begin(), segment.stored.end());
  }
  return all;
}

std::vector<PoolWrite> PoolWriter::SegmentWrites(absl::Span<const StoredSegment> before,
                                                 absl::Span<const MadeSegment> made) const {
  std::set<uint32_t> in_use;
  for (const StoredSegment& stored : StoredSegments()) in_use.insert(stored.number);
  std::vector<PoolWrite> writes;
  for (const StoredSegment& stored : before) {
    if (!in_use.contains(stored.number)) AddSegmentDeletes(stored.number, stored.bytes, writes);
  }
  for (const MadeSegment& segment : made) {
    if (in_use.contains(segment.number)) {
      AddSegmentWrites(segment.number, segment.live->ToBytes(), writes);
    }
  }
  return writes;
}

void PoolWriter::ReplaceProjects(const PoolChange& change, std::vector<PoolWrite>& writes,
                                 PastWork::Change& work) {
  std::vector<ProjectId> ids;
  for (ProjectId id : change.removed_projects) {
    if (projects_.Find(id) == nullptr) continue;
    writes.push_back({ProjectKey(id), std::nullopt});
    ids.push_back(id);
  }
  std::vector<std::shared_ptr<ProjectDemands>> projects;
  for (const Project& project : change.projects) {
    projects.push_back(std::make_shared<ProjectDemands>(MakeDemands(project)));
    writes.push_back({ProjectKey(project.id), projects.back()->ToBytes()});
    ids.push_back(project.id);
  }
  ReplaceProjects(std::move(ids), std::move(projects), work);
}

std::optional<ProfileView> PoolWriter::FindProfile(ProfileId id) const {
  for (auto segment = segments_.rbegin(); segment != segments_.rend(); ++segment) {
    if (const auto row = segment->live.Find(id)) return segment->live->ViewAt(*row);
  }
  return std::nullopt;
}

void PoolWriter::ForgetPeople(const ProjectDemands& project, PastWork::Change& work) {
  for (const Demand& demand : project.openings) {
    const auto known = people_.find(demand.people);
    if (known == people_.end()) continue;
    ForEachAttached(demand, [&](ProfileId id) {
      work.attachments_gone.push_back({.profile = id, .people = demand.people});
      const std::optional<ProfileView> before = pool_->FindProfile(id);
      if (before.has_value()) AddPastWork(demand, *before, work.work_gone);
    });
    people_.erase(known);
  }
}

void PoolWriter::NumberPeople(ProjectDemands& project, PastWork::Change& work) {
  std::vector<const Demand*> distinct;
  for (Demand& demand : project.openings) {
    if (demand.attached.empty() || !IsOpenOffer(demand)) continue;
    const auto alike =
        std::find_if(distinct.begin(), distinct.end(),
                     [&](const Demand* other) { return other->attached == demand.attached; });
    if (alike != distinct.end()) {
      demand.people = (*alike)->people;
      continue;
    }
    demand.people = ++last_people_;
    distinct.push_back(&demand);
    people_.emplace(demand.people, &demand);
    ForEachAttached(demand, [&](ProfileId id) {
      work.attachments.push_back({.profile = id, .people = demand.people});
      const std::optional<ProfileView> now = FindProfile(id);
      if (now.has_value()) AddPastWork(demand, *now, work.work);
    });
  }
}

void PoolWriter::ReplaceProjects(std::vector<ProjectId> ids,
                                 std::vector<std::shared_ptr<ProjectDemands>> projects,
                                 PastWork::Change& work) {
  struct OffersChange {
    std::vector<OfferKey> removed;
    std::vector<const Demand*> added;
  };
  std::map<RoleIndex, OffersChange> roles;
  for (ProjectId id : ids) {
    const auto* before = projects_.Find(id);
    if (before == nullptr) continue;
    ForgetPeople(**before, work);
    for (const Demand& demand : (*before)->openings) {
      if (!IsOpenOffer(demand)) continue;
      roles[demand.scalars.role].removed.push_back(OfferBlock::KeyOf(&demand));
    }
  }
  for (const auto& project : projects) {
    NumberPeople(*project, work);
    for (const Demand& demand : project->openings) {
      if (IsOpenOffer(demand)) roles[demand.scalars.role].added.push_back(&demand);
    }
  }
  projects_.Replace(std::move(ids), {projects.begin(), projects.end()});
  if (roles.empty()) return;
  std::vector<BlockList<OfferBlock>> offers = *offers_;
  for (auto& [role, offer] : roles) {
    offers[static_cast<size_t>(role)].Replace(std::move(offer.removed), std::move(offer.added));
  }
  offers_ = std::make_shared<const std::vector<BlockList<OfferBlock>>>(std::move(offers));
}

void PoolWriter::Publish(bool profiles_changed) {
  auto next = std::make_shared<Pool>();
  next->today_ = today_;
  for (const Segment& segment : segments_) next->segments_.push_back(segment.live);
  next->projects_ = projects_;
  next->offers_ = offers_;
  next->past_work_ = past_work_;
  next->outcomes_ = outcomes_;
  const bool same = pool_ != nullptr && !profiles_changed && pool_->today_ == today_;
  next->rarities_ = same ? pool_->rarities_ : std::make_shared<Memo>();
  pool_ = std::move(next);
}

std::string PoolWriter::Manifest() const {
  ColumnWriter writer;
  writer(kManifestFormat);
  writer(VocabularyFingerprint());
  writer(today_);
  writer(next_segment_);
  std::vector<uint32_t> numbers;
  for (const StoredSegment& stored : StoredSegments()) numbers.push_back(stored.number);
  writer(numbers);
  writer(static_cast<uint64_t>(projects_.size()));
  return WithHash(std::move(writer).Take());
}

absl::Status PoolWriter::ReadManifest(absl::string_view bytes, std::vector<uint32_t>& numbers,
                                      uint64_t& projects) {
  const std::optional<absl::string_view> body = BodyOf(bytes);
  if (!body.has_value()) return Lost("has an unreadable manifest");
  ColumnReader reader(*body);
  uint32_t format = 0;
  uint64_t fingerprint = 0;
  reader(format);
  reader(fingerprint);
  if (format != kManifestFormat || fingerprint != VocabularyFingerprint()) {
    return ErrorWithReason(absl::StatusCode::kFailedPrecondition, "POOL_OUTDATED",
                           "the pool was stored for another gazetteer, taxonomy or format");
  }
  reader(today_);
  reader(next_segment_);
  reader(numbers);
  reader(projects);
  return reader.ok() ? absl::OkStatus() : Lost("has an unreadable manifest");
}

absl::Status PoolWriter::FindLeftovers(const std::map<std::string, std::string>& stored,
                                       const std::vector<uint32_t>& numbers) {
  std::set<std::string> prefixes;
  for (uint32_t number : numbers) prefixes.insert(SegmentPrefix(number));
  const size_t prefix_size = SegmentPrefix(0).size();
  for (const auto& [key, value] : stored) {
    if (key == kManifestKey || key.starts_with("project/")) continue;
    if (!key.starts_with("segment/")) return Lost("has keys left over");
    if (!prefixes.contains(key.substr(0, prefix_size))) {
      leftovers_.push_back({key, std::nullopt});
    }
  }
  return absl::OkStatus();
}

absl::StatusOr<PoolWriter> PoolWriter::FromStored(
    const std::map<std::string, std::string>& stored) {
  PoolWriter writer;
  if (stored.empty()) return writer;
  const auto manifest = stored.find(kManifestKey);
  if (manifest == stored.end()) return Lost("has no manifest");
  std::vector<uint32_t> numbers;
  uint64_t projects = 0;
  TROUPE_RETURN_IF_ERROR(writer.ReadManifest(manifest->second, numbers, projects));
  for (uint32_t number : numbers) {
    const std::string bytes = StoredBytes(stored, number);
    if (bytes.empty()) return Lost(absl::StrCat("has no segment ", number));
    TROUPE_ASSIGN_OR_RETURN(auto segment, ProfileSegment::FromBytes(bytes));
    std::vector<ProfileId> touched(segment->removed().begin(), segment->removed().end());
    for (uint32_t row = 0; row < segment->size(); ++row) touched.push_back(segment->IdAt(row));
    std::vector<ProductionFact> counted_already;
    writer.Retire(std::move(touched), counted_already);
    writer.segments_.push_back({LiveSegment(std::move(segment)), {{number, bytes.size()}}});
    writer.MergeSegments(nullptr);
  }
  std::vector<ProjectId> ids;
  std::vector<std::shared_ptr<ProjectDemands>> loaded;
  for (const auto& [key, value] : stored) {
    if (!key.starts_with("project/")) continue;
    TROUPE_ASSIGN_OR_RETURN(ProjectDemands demands, ProjectDemands::FromBytes(value));
    if (key != ProjectKey(demands.id)) return Lost("has a project under another's key");
    ids.push_back(demands.id);
    loaded.push_back(std::make_shared<ProjectDemands>(std::move(demands)));
  }
  PastWork::Change work;
  writer.ReplaceProjects(std::move(ids), std::move(loaded), work);
  writer.past_work_.Replace(std::move(work));
  if (writer.projects_.size() != projects) return Lost("has another number of projects");
  TROUPE_RETURN_IF_ERROR(writer.FindLeftovers(stored, numbers));
  writer.Publish(true);
  return writer;
}

}  // namespace troupe
