#include "services/booking/watch_holds.h"

#include <map>
#include <optional>
#include <string>
#include <utility>

#include "matcher/base/status_macros.h"
#include "matcher/base/violation.h"
#include "matcher/domain/field.h"
#include "services/booking/hold_parent.h"
#include "services/convert/hold_conversion.h"
#include "services/convert/resource_names.h"
#include "services/convert/types_conversion.h"
#include "services/records/agenda_record.h"
#include "services/records/audience_record.h"
#include "services/rpc/log_watch.h"

namespace troupe {
namespace {

// Of which holds a watch tells.
struct HoldFilter {
  OrganizationId reader;
  std::optional<ProfileId> profile;
  std::optional<ProjectId> project;

  bool Admits(const OrganizationId& owner, ProfileId profile_of, const OrganizationId& holder,
              ProjectId project_of) const {
    return (owner == reader || holder == reader) && profile.value_or(profile_of) == profile_of &&
           project.value_or(project_of) == project_of;
  }
};

absl::StatusOr<HoldFilter> Read(const v1::WatchHoldsRequest& request,
                                const OrganizationId& caller) {
  HoldFilter filter{.reader = caller};
  Violations found;
  const Field message(&found);
  if (!request.parent().empty()) {
    const HoldParent parent = ReadHoldParent(message["parent"], request.parent());
    filter.profile = parent.profile;
    filter.project = parent.project;
  }
  TROUPE_RETURN_IF_ERROR(found.ToStatus());
  return filter;
}

// One watch. It remembers no hold: a record of the log says what the holds of an
// agenda are, and which revisions they had before.
class HoldWatch final : public LogWatch {
 public:
  HoldWatch(const ResourceTools& tools, HoldFilter filter,
            std::shared_ptr<ResponseSink<v1::WatchHoldsResponse>> sink)
      : LogWatch(tools, "hold"), filter_(std::move(filter)), sink_(std::move(sink)) {}

 private:
  absl::StatusOr<bool> Take(const ReadRecord& record) override {
    const int before = response_.changes_size();
    for (const EntityChange& change : record.changes) {
      if (change.entity.kind == EntityKind::kAgenda) {
        TROUPE_RETURN_IF_ERROR(TakeAgenda(record, change));
      }
    }
    return response_.changes_size() > before;
  }

  // An agenda is written beside its profile, whose change says who owns both.
  static absl::StatusOr<OrganizationId> OwnerIn(const ReadRecord& record, uint64_t profile) {
    for (const EntityChange& change : record.changes) {
      if (change.entity == EntityKey{EntityKind::kProfile, profile} &&
          !change.audience_before.empty()) {
        TROUPE_ASSIGN_OR_RETURN(const Ownership before, ParseAudience(change.audience_before));
        return before.owner;
      }
    }
    return OrganizationId();
  }

  absl::Status TakeAgenda(const ReadRecord& record, const EntityChange& change) {
    TROUPE_ASSIGN_OR_RETURN(const OrganizationId owner, OwnerIn(record, change.entity.id));
    AgendaAudience before;
    if (!change.audience_before.empty()) {
      TROUPE_ASSIGN_OR_RETURN(before, ParseAgendaAudience(change.audience_before));
    }
    const ProfileId profile(change.entity.id);
    Agenda agenda;  // Without holds, if it is deleted, or its profile is.
    if (change.value.has_value()) {
      TROUPE_ASSIGN_OR_RETURN(agenda, ParseAgenda(*change.value));
    }
    for (const HoldAudience& hold : before.holds) {
      if (agenda.Find(hold.number) != nullptr) continue;
      if (!filter_.Admits(owner, profile, hold.holder, hold.project)) continue;
      Add(record).set_deleted(FormatName(HoldId{.profile = profile, .number = hold.number}));
    }
    std::map<uint32_t, uint64_t> revisions;
    for (const HoldAudience& hold : before.holds) revisions[hold.number] = hold.revision;
    for (const Hold& hold : agenda.holds) {
      const auto known = revisions.find(hold.number);
      if (known != revisions.end() && known->second == hold.revision) continue;
      if (filter_.Admits(owner, profile, hold.holder, hold.opening.project)) {
        *Add(record).mutable_hold() = ToWire(agenda, hold);
      }
    }
    return absl::OkStatus();
  }

  v1::HoldChange& Add(const ReadRecord& record) {
    v1::HoldChange& change = *response_.add_changes();
    *change.mutable_change_time() = ToWire(record.appended);
    return change;
  }

  void Send(std::string resume_token, Written written) override {
    response_.set_resume_token(std::move(resume_token));
    const auto sink = sink_;  // Write may come to End before it returns.
    sink->Write(std::exchange(response_, {}), std::move(written));
  }

  // Lets go of the sink, because the log may hold the watch for a while yet.
  void End(absl::Status status) override { std::exchange(sink_, nullptr)->End(std::move(status)); }

  const HoldFilter filter_;
  std::shared_ptr<ResponseSink<v1::WatchHoldsResponse>> sink_;
  v1::WatchHoldsResponse response_;  // The next one.
};

}  // namespace

void WatchHoldsOf(const ResourceTools& tools, const Call& call,
                  const v1::WatchHoldsRequest& request,
                  std::shared_ptr<ResponseSink<v1::WatchHoldsResponse>> sink) {
  absl::StatusOr<HoldFilter> filter = Read(request, call.organization());
  if (!filter.ok()) return sink->End(filter.status());
  const auto watch = std::make_shared<HoldWatch>(tools, *std::move(filter), sink);
  sink->OnStop([watch] { watch->Stop(); });
  watch->Start(request.resume_token());
}

}  // namespace troupe
