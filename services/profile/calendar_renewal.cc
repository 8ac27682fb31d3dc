#include "services/profile/calendar_renewal.h"

#include <memory>
#include <optional>
#include <utility>

#include "absl/strings/str_cat.h"
#include "matcher/base/status_macros.h"
#include "matcher/domain/profile.h"
#include "services/log/base_scan.h"
#include "services/records/audience_record.h"
#include "services/records/profile_record.h"

namespace troupe {
namespace {

constexpr absl::Duration kShardEvery = absl::Seconds(1);

// Whoever writes the profile in between renews it too: then this is stale, and
// comes to nothing.
AppendRequest Renewal(const BaseEntity& stored, Profile profile, absl::Time now) {
  const std::string audience = SerializeAudience(profile.ownership);
  profile.update_time = absl::FromUnixMicros(absl::ToUnixMicros(now));
  return {.shard = ShardOf(profile.id.value()),
          .request_id = absl::StrCat("renew-calendar/", profile.id.value(), "/", stored.version),
          .mutations = {{.entity = stored.entity,
                         .expected_version = stored.version,
                         .value = SerializeProfile(profile),
                         .audience_before = audience}},
          .body_hash = stored.version};
}

}  // namespace

absl::StatusOr<std::vector<AppendRequest>> RenewalsOf(LogReader& log, ShardId shard,
                                                      absl::Time now) {
  std::vector<AppendRequest> renewals;
  TROUPE_ASSIGN_OR_RETURN(const std::unique_ptr<BaseScan> base, log.OpenBase(shard));
  while (true) {
    TROUPE_ASSIGN_OR_RETURN(const std::optional<BaseEntity> stored, base->Next());
    if (!stored.has_value()) return renewals;
    if (stored->entity.kind != EntityKind::kProfile) continue;
    TROUPE_ASSIGN_OR_RETURN(Profile profile, ParseProfile(stored->value));
    const bool is_old = profile.update_time + absl::Hours(24) * kRenewAfterDays < now;
    if (!is_old || profile.calendar_rules.empty()) continue;
    renewals.push_back(Renewal(*stored, std::move(profile), now));
  }
}

CalendarRenewal::CalendarRenewal(ChangeLog* log, const Clock* clock) : log_(log), clock_(clock) {
  thread_ = std::thread([this] { Run(); });
}

CalendarRenewal::~CalendarRenewal() {
  {
    absl::MutexLock lock(&mutex_);
    stopping_ = true;
  }
  thread_.join();
}

bool CalendarRenewal::Renew(ShardId shard) {
  auto renewals = RenewalsOf(*log_, shard, clock_->Now());
  // What is unreadable, whoever asks for it hears; what is away comes back.
  if (!renewals.ok()) return absl::IsDataLoss(renewals.status());
  if (renewals->empty()) return true;
  // A profile that is not written now is due the next day as well, and a hundred
  // days are left.
  log_->Append(*std::move(renewals), absl::InfiniteFuture(), [](auto) {});
  return true;
}

void CalendarRenewal::Run() {
  std::optional<Day> done;
  int shard = 0;
  absl::MutexLock lock(&mutex_);
  while (!mutex_.AwaitWithTimeout(absl::Condition(&stopping_), kShardEvery)) {
    const Day today(absl::ToCivilDay(clock_->Now(), absl::UTCTimeZone()));
    if (done == today) continue;
    mutex_.Unlock();
    const bool is_renewed = Renew({static_cast<uint16_t>(shard)});
    mutex_.Lock();
    if (is_renewed) ++shard;
    if (shard == kShardCount) {
      shard = 0;
      done = today;
    }
  }
}

}  // namespace troupe
