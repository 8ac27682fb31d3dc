#include "services/booking/agenda_writer.h"

#include <utility>
#include <vector>

#include "absl/strings/str_cat.h"
#include "matcher/base/status_macros.h"
#include "matcher/base/violation.h"
#include "matcher/domain/time_zone.h"
#include "services/convert/resource_names.h"
#include "services/log/append_rules.h"
#include "services/log/log_errors.h"
#include "services/records/agenda_record.h"
#include "services/records/audience_record.h"
#include "services/records/profile_record.h"
#include "services/rpc/resource_errors.h"
#include "services/rpc/write_resource.h"

namespace troupe {
namespace {

EntityKey ProfileKey(ProfileId id) { return {EntityKind::kProfile, id.value()}; }
EntityKey AgendaKey(ProfileId id) { return {EntityKind::kAgenda, id.value()}; }

absl::Status NoProfile(ProfileId profile) { return RecordNotFound("profile", FormatName(profile)); }

// Somebody who loses that often against other writers may try again.
absl::Status Contended() {
  return ErrorWithReason(absl::StatusCode::kAborted, "AGENDA_CONTENDED",
                         "others changed the person's days at the same time, again and again: "
                         "try again");
}

absl::Status CheckAgendaFits(const AppendRequest& append) {
  if (RecordBytes(append) <= kMaxRecordBytes) return absl::OkStatus();
  return ErrorWithReason(absl::StatusCode::kResourceExhausted, "AGENDA_FULL",
                         absl::StrCat("the person's profile and holds would take ",
                                      RecordBytes(append), " bytes as stored, and at most ",
                                      kMaxRecordBytes, " are kept: shorten the profile"));
}

// `next` in place of the agenda that is stored.
AppendRequest PutAgenda(const StoredAgenda& stored, const Agenda& next, absl::Time now) {
  Profile profile = stored.profile;
  profile.calendar = WithHolds(profile.calendar, next);
  profile.hold_counts = next.counts;
  profile.update_time = now;
  const OrganizationId& owner = stored.profile.ownership.owner;
  const bool is_first = stored.agenda_version == kNoVersion;
  return {.shard = ShardOf(profile.id.value()),
          .request_id = {},
          .mutations = {
              {.entity = AgendaKey(profile.id),
               .expected_version = stored.agenda_version,
               .value = SerializeAgenda(next),
               .audience_before =
                   is_first ? "" : SerializeAudience(AudienceOf(owner, stored.agenda))},
              {.entity = ProfileKey(profile.id),
               .expected_version = stored.profile_version,
               .value = SerializeProfile(profile),
               .audience_before = SerializeAudience(stored.profile.ownership)}}};
}

// A request that gets through if it has been done before, and else writes
// nothing.
AppendRequest OnlyIfDone(ProfileId profile) {
  return {.shard = ShardOf(profile.value()),
          .request_id = {},
          .mutations = {{.entity = AgendaKey(profile),
                         .expected_version = kImpossibleVersion,
                         .value = std::nullopt}}};
}

// The agenda without the seat that `hold` left. Of nobody any more, it goes with
// the last of them. Its version names the request: numbers may come again.
absl::StatusOr<RecordWriter::Planned> PlanForgetting(HoldId hold, const ViewSnapshot& now) {
  TROUPE_ASSIGN_OR_RETURN(const auto records,
                          now.MultiGet({ProfileKey(hold.profile), AgendaKey(hold.profile)}));
  if (!records[1].has_value()) return RecordWriter::Planned{};
  TROUPE_ASSIGN_OR_RETURN(Agenda agenda, ParseAgenda(records[1]->bytes));
  const auto is_told = [&](const OrphanedSeat& seat) { return seat.hold == hold.number; };
  const std::string audience = SerializeAudience(AudienceOf({}, agenda));
  if (std::erase_if(agenda.orphaned_seats, is_told) == 0) return RecordWriter::Planned{};
  const bool is_over = !records[0].has_value() && agenda.orphaned_seats.empty();
  std::vector<Mutation> mutations = {
      {.entity = AgendaKey(hold.profile),
       .expected_version = records[1]->version,
       .value = is_over ? std::nullopt : std::optional(SerializeAgenda(agenda)),
       .audience_before = audience}};
  return RecordWriter::Planned{
      .append = AppendRequest{.shard = ShardOf(hold.profile.value()),
                              .request_id = absl::StrCat(
                                  "_booking/orphan/", absl::Hex(hold.profile.value()), "/",
                                  hold.number, "/", records[1]->version),
                              .mutations = std::move(mutations),
                              .body_hash = 1},
      .replan = true};
}

}  // namespace

absl::StatusOr<std::optional<StoredAgenda>> FindAgenda(const ViewSnapshot& now,
                                                       ProfileId profile) {
  TROUPE_ASSIGN_OR_RETURN(const auto records,
                          now.MultiGet({ProfileKey(profile), AgendaKey(profile)}));
  if (!records[0].has_value()) return std::nullopt;
  StoredAgenda stored;
  TROUPE_ASSIGN_OR_RETURN(stored.profile, ParseProfile(records[0]->bytes));
  stored.profile_version = records[0]->version;
  stored.agenda.profile = profile;
  if (records[1].has_value()) {
    TROUPE_ASSIGN_OR_RETURN(stored.agenda, ParseAgenda(records[1]->bytes));
    stored.agenda_version = records[1]->version;
  }
  return stored;
}

absl::StatusOr<std::vector<OrphanedSeat>> FindOrphans(const ViewSnapshot& now,
                                                      ProfileId profile) {
  TROUPE_ASSIGN_OR_RETURN(const auto record, now.Get(AgendaKey(profile)));
  if (!record.has_value()) return std::vector<OrphanedSeat>();
  TROUPE_ASSIGN_OR_RETURN(Agenda agenda, ParseAgenda(record->bytes));
  return std::move(agenda.orphaned_seats);
}

Moment MomentOf(const Profile& profile, absl::Time now, Day today) {
  absl::TimeZone zone;
  const std::string& name = profile.time_zone;
  if (!absl::LoadTimeZone(name.empty() ? kDefaultTimeZone : name, &zone)) {
    // This machine does not have it; we do.
    zone = absl::FixedTimeZone(TimeZone::Of(name).OffsetAt(now));
  }
  return {.now = now, .zone = zone, .today = today};
}

void AgendaWriter::Apply(Change change, absl::Time deadline, Done<Changed> done) {
  const ProfileId profile = change.profile;
  const auto refusal = std::make_shared<absl::Status>();
  const auto plan = [this, change = std::move(change), refusal](
                        const ViewSnapshot& now) -> absl::StatusOr<RecordWriter::Planned> {
    TROUPE_ASSIGN_OR_RETURN(const auto stored, FindAgenda(now, change.profile));
    if (!stored.has_value()) return NoProfile(change.profile);
    Agenda next = stored->agenda;
    const absl::Time time = Now();
    const Moment moment = MomentOf(stored->profile, time, now.pool().today());
    *refusal = change.command(*stored, next, moment).status();
    if (!refusal->ok() && !change.may_be_retry) return *refusal;
    if (refusal->ok() && next == stored->agenda) return RecordWriter::Planned{};
    AppendRequest append =
        refusal->ok() ? PutAgenda(*stored, next, time) : OnlyIfDone(change.profile);
    append.request_id = change.log_request_id;
    append.body_hash = change.body_hash;
    if (absl::Status fits = CheckAgendaFits(append); !fits.ok()) return fits;
    return RecordWriter::Planned{.append = std::move(append), .replan = refusal->ok()};
  };
  writer_.Change(plan, deadline, [this, profile, refusal, done = std::move(done)](
                                     const auto& written) {
    if (!written.ok()) {
      if (!StaleVersionOf(written.status()).has_value()) return done(written.status());
      return done(refusal->ok() ? Contended() : *refusal);
    }
    absl::StatusOr<std::optional<StoredAgenda>> now = FindAgenda(*view_->Now(), profile);
    if (!now.ok()) return done(now.status());
    if (!now->has_value()) return done(NoProfile(profile));
    done(Changed{.now = **std::move(now),
                 .is_repeat = written->has_value() && (*written)->is_repeat});
  });
}

void AgendaWriter::ForgetOrphan(HoldId hold, absl::Time deadline, Done<std::monostate> done) {
  writer_.Change([hold](const ViewSnapshot& now) { return PlanForgetting(hold, now); }, deadline,
                 [done = std::move(done)](const auto& written) {
                   if (!written.ok()) return done(written.status());
                   done(std::monostate());
                 });
}

}  // namespace troupe
