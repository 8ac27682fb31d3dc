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

bool IsBelow(const std::shared_ptr<const ProjectDemands>& project, ProjectId id) {
  return project->id < id;
}

}  // namespace

PoolWriter::PoolWriter() { Publish(true); }

PoolStep PoolWriter::Apply(const PoolChange& change) {
  PoolStep step;
  if (change.today.has_value()) today_ = *change.today;
  if (!change.profiles.empty() || !change.removed_profiles.empty()) {
    const std::vector<NumberedSegment> stored = segments_;
    AddSegment(change);
    MergeSegments();
    step.writes = SegmentWrites(stored);
  }
  const bool projects_changed = !change.projects.empty() || !change.removed_projects.empty();
  if (projects_changed) ReplaceProjects(change, step.writes);
  step.writes.push_back({kManifestKey, Manifest()});
  Publish(projects_changed);
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
  for (ProjectId id : change.removed_projects) {
    const auto at = std::lower_bound(projects_.begin(), projects_.end(), id, IsBelow);
    if (at == projects_.end() || (*at)->id != id) continue;
    projects_.erase(at);
    writes.push_back({ProjectKey(id), std::nullopt});
  }
  for (const Project& project : change.projects) {
    auto demands = std::make_shared<const ProjectDemands>(MakeDemands(project));
    writes.push_back({ProjectKey(project.id), demands->ToBytes()});
    const auto at = std::lower_bound(projects_.begin(), projects_.end(), project.id, IsBelow);
    if (at != projects_.end() && (*at)->id == project.id) {
      *at = std::move(demands);
    } else {
      projects_.insert(at, std::move(demands));
    }
  }
}

void PoolWriter::Publish(bool projects_changed) {
  auto next = std::make_shared<Pool>();
  next->today_ = today_;
  for (const NumberedSegment& segment : segments_) next->segments_.push_back(segment.live);
  if (projects_changed) {
    next->projects_ = projects_;
    std::vector<std::vector<const Demand*>> openings(ShippedRoles().roles().size());
    for (const auto& project : projects_) {
      for (const Demand& demand : project->openings) {
        if (demand.scalars.role == kNone) continue;
        openings[static_cast<size_t>(demand.scalars.role)].push_back(&demand);
      }
    }
    next->openings_ = std::make_shared<const std::vector<std::vector<const Demand*>>>(
        std::move(openings));
  } else {
    next->projects_ = pool_->projects_;
    next->openings_ = pool_->openings_;
  }
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
  for (const auto& [key, value] : stored) {
    if (!key.starts_with("project/")) continue;
    TROUPE_ASSIGN_OR_RETURN(ProjectDemands demands, ProjectDemands::FromBytes(value));
    if (key != ProjectKey(demands.id)) return Lost("has a project under another's key");
    writer.projects_.push_back(std::make_shared<const ProjectDemands>(std::move(demands)));
  }
  if (writer.projects_.size() != projects) return Lost("has another number of projects");
  if (1 + numbers.size() + projects != stored.size()) {
    return Lost("has keys left over");
  }
  writer.Publish(true);
  return writer;
}

}  // namespace troupe
