#include "matcher/index/pool_writer.h"

#include <algorithm>
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

constexpr uint32_t kManifestFormat = 2;
constexpr char kManifestKey[] = "manifest";
// Two neighbours are merged once the newer has this share of the older's rows:
// a row is then rewritten about log(profiles) / log(4) times.
constexpr uint32_t kMergeRatio = 4;

std::string SegmentKey(uint32_t number) { return absl::StrFormat("segment/%08x", number); }
std::string ProjectKey(ProjectId id) { return absl::StrFormat("project/%016x", id.value()); }

absl::Status Lost(absl::string_view what) {
  return ErrorWithReason(absl::StatusCode::kDataLoss, "POOL_UNREADABLE",
                         absl::StrCat("the stored pool ", what));
}

void AddLiveRows(const LiveSegment& segment, std::vector<ProfileView>& rows) {
  for (uint32_t row = 0; row < segment->size(); ++row) {
    if (segment.IsLive(row)) rows.push_back(segment->ViewAt(row));
  }
}

}  // namespace

PoolWriter::PoolWriter()
    : offers_(std::make_shared<const std::vector<BlockList<OfferBlock>>>(
          ShippedRoles().roles().size())) {
  Publish(true);
}

PoolStep PoolWriter::Apply(const PoolChange& change) {
  PoolStep step;
  if (change.today.has_value()) today_ = *change.today;
  const bool profiles_changed = !change.profiles.empty() || !change.removed_profiles.empty();
  if (profiles_changed) {
    const std::vector<NumberedSegment> stored = segments_;
    AddSegment(change);
    MergeSegments();
    step.writes = SegmentWrites(stored);
  }
  ReplaceProjects(change, step.writes);
  step.writes.push_back({kManifestKey, Manifest()});
  Publish(profiles_changed);
  step.pool = pool_;
  return step;
}

void PoolWriter::Retire(std::vector<ProfileId> ids, std::vector<ProductionFact>& facts) {
  // A merged segment may hold a profile that it also removes: gone, then back.
  std::sort(ids.begin(), ids.end());
  ids.erase(std::unique(ids.begin(), ids.end()), ids.end());
  for (NumberedSegment& segment : segments_) {
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

void PoolWriter::AddSegment(const PoolChange& change) {
  std::vector<ProfileRow> rows;
  std::vector<ProfileId> touched = change.removed_profiles;
  for (const Profile& profile : change.profiles) {
    rows.push_back(MakeProfileRow(profile));
    touched.push_back(profile.id);
  }
  ProfileSegment::Contents contents{.removed = change.removed_profiles, .base = today_};
  Retire(std::move(touched), contents.facts);
  for (const ProfileRow& row : rows) {
    contents.rows.push_back(row.View());
    AddFacts(contents.rows.back(), 1, contents.facts);
  }
  segments_.push_back({next_segment_++, LiveSegment(ProfileSegment::Build(std::move(contents)))});
}

void PoolWriter::MergeSegments() {
  while (segments_.size() >= 2) {
    const NumberedSegment& older = segments_[segments_.size() - 2];
    const NumberedSegment& newer = segments_.back();
    if (older.live.live_rows() > kMergeRatio * std::max(newer.live.live_rows(), 1u)) return;
    ProfileSegment::Contents contents{.base = today_};
    AddLiveRows(older.live, contents.rows);
    AddLiveRows(newer.live, contents.rows);
    for (const NumberedSegment* part : {&older, &newer}) {
      contents.facts.insert(contents.facts.end(), part->live->facts().begin(),
                            part->live->facts().end());
      // Nothing older is left for the oldest segment to remove from.
      if (segments_.size() > 2) {
        contents.removed.insert(contents.removed.end(), part->live->removed().begin(),
                                part->live->removed().end());
      }
    }
    LiveSegment merged(ProfileSegment::Build(std::move(contents)));
    segments_.erase(segments_.end() - 2, segments_.end());
    segments_.push_back({next_segment_++, std::move(merged)});
  }
}

std::vector<PoolWrite> PoolWriter::SegmentWrites(
    const std::vector<NumberedSegment>& stored) const {
  const auto lacks = [](const std::vector<NumberedSegment>& segments, uint32_t number) {
    return std::none_of(segments.begin(), segments.end(),
                        [&](const NumberedSegment& segment) { return segment.number == number; });
  };
  std::vector<PoolWrite> writes;
  for (const NumberedSegment& segment : stored) {
    if (lacks(segments_, segment.number)) {
      writes.push_back({SegmentKey(segment.number), std::nullopt});
    }
  }
  for (const NumberedSegment& segment : segments_) {
    if (lacks(stored, segment.number)) {
      writes.push_back({SegmentKey(segment.number), segment.live->ToBytes()});
    }
  }
  return writes;
}

void PoolWriter::ReplaceProjects(const PoolChange& change, std::vector<PoolWrite>& writes) {
  std::vector<ProjectId> ids;
  for (ProjectId id : change.removed_projects) {
    if (projects_.Find(id) == nullptr) continue;
    writes.push_back({ProjectKey(id), std::nullopt});
    ids.push_back(id);
  }
  std::vector<std::shared_ptr<const ProjectDemands>> projects;
  for (const Project& project : change.projects) {
    projects.push_back(std::make_shared<const ProjectDemands>(MakeDemands(project)));
    writes.push_back({ProjectKey(project.id), projects.back()->ToBytes()});
    ids.push_back(project.id);
  }
  ReplaceProjects(std::move(ids), std::move(projects));
}

void PoolWriter::ReplaceProjects(std::vector<ProjectId> ids,
                                 std::vector<std::shared_ptr<const ProjectDemands>> projects) {
  struct OffersChange {
    std::vector<OfferKey> removed;
    std::vector<const Demand*> added;
  };
  std::map<RoleIndex, OffersChange> roles;
  for (ProjectId id : ids) {
    const auto* before = projects_.Find(id);
    if (before == nullptr) continue;
    for (const Demand& demand : (*before)->openings) {
      if (!IsOpenOffer(demand)) continue;
      roles[demand.scalars.role].removed.push_back(OfferBlock::KeyOf(&demand));
    }
  }
  for (const auto& project : projects) {
    for (const Demand& demand : project->openings) {
      if (IsOpenOffer(demand)) roles[demand.scalars.role].added.push_back(&demand);
    }
  }
  projects_.Replace(std::move(ids), std::move(projects));
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
  for (const NumberedSegment& segment : segments_) next->segments_.push_back(segment.live);
  next->projects_ = projects_;
  next->offers_ = offers_;
  const bool same = pool_ != nullptr && !profiles_changed && pool_->today_ == today_;
  next->rarities_ = same ? pool_->rarities_ : std::make_shared<Memo>();
  next->careers_ = same ? pool_->careers_ : std::make_shared<Memo>();
  pool_ = std::move(next);
}

std::string PoolWriter::Manifest() const {
  ColumnWriter writer;
  writer(kManifestFormat);
  writer(VocabularyFingerprint());
  writer(today_);
  writer(next_segment_);
  std::vector<uint32_t> numbers;
  for (const NumberedSegment& segment : segments_) numbers.push_back(segment.number);
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
    const auto bytes = stored.find(SegmentKey(number));
    if (bytes == stored.end()) return Lost(absl::StrCat("has no segment ", number));
    TROUPE_ASSIGN_OR_RETURN(auto segment, ProfileSegment::FromBytes(bytes->second));
    std::vector<ProfileId> touched(segment->removed().begin(), segment->removed().end());
    for (uint32_t row = 0; row < segment->size(); ++row) touched.push_back(segment->IdAt(row));
    std::vector<ProductionFact> counted_already;
    writer.Retire(std::move(touched), counted_already);
    writer.segments_.push_back({number, LiveSegment(std::move(segment))});
  }
  std::vector<ProjectId> ids;
  std::vector<std::shared_ptr<const ProjectDemands>> loaded;
  for (const auto& [key, value] : stored) {
    if (!key.starts_with("project/")) continue;
    TROUPE_ASSIGN_OR_RETURN(ProjectDemands demands, ProjectDemands::FromBytes(value));
    if (key != ProjectKey(demands.id)) return Lost("has a project under another's key");
    ids.push_back(demands.id);
    loaded.push_back(std::make_shared<const ProjectDemands>(std::move(demands)));
  }
  writer.ReplaceProjects(std::move(ids), std::move(loaded));
  if (writer.projects_.size() != projects) return Lost("has another number of projects");
  if (1 + numbers.size() + projects != stored.size()) {
    return Lost("has keys left over");
  }
  writer.Publish(true);
  return writer;
}

}  // namespace troupe
