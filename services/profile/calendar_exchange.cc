#include <algorithm>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "absl/strings/str_cat.h"
#include "matcher/base/status_macros.h"
#include "matcher/domain/time_zone.h"
#include "services/ical/calendar_reader.h"
#include "services/ical/calendar_writer.h"
#include "services/profile/profile_kind.h"
#include "services/profile/profile_service.h"
#include "services/rpc/read_resources.h"
#include "services/rpc/write_resource.h"

namespace troupe {
namespace {

constexpr size_t kMostEntries = 1'000;
constexpr size_t kMostRules = 100;
constexpr size_t kMostSourceBytes = 40;
constexpr int kMostLines = 20;  // Of a reason for skipping.

static_assert(v1::SkippedComponents::Reason_MAX ==
              static_cast<int>(ReadCalendar::Reason::kNoEvent));

// What an import came to, kept until the log has answered.
struct Import {
  Draft<ProfileKind> draft;
  v1::ImportCalendarResponse response;
};

bool IsSource(const std::string& source) {
  return !source.empty() && source.size() <= kMostSourceBytes && source[0] != '-' &&
         std::all_of(source.begin(), source.end(), [](char c) {
           return ('a' <= c && c <= 'z') || ('0' <= c && c <= '9') || c == '-';
         });
}

absl::Status CheckRequest(const v1::ImportCalendarRequest& request) {
  Violations found;
  CheckRequestId(request.request_id(), found);
  if (!IsSource(request.source())) {
    found.Add("source", request.source().empty() ? "is empty" : "is no lower-case id",
              "give 1 to 40 of a-z, 0-9 and \"-\", as \"google\"");
  }
  if (request.calendar().empty()) {
    found.Add("calendar", "is empty", "send an iCalendar file, as calendars export it");
  }
  return found.ToStatus();
}

// `all` with those of `source` replaced by `imported`, which come last.
template <typename T>
std::vector<T> Replaced(std::vector<T> all, const std::string& source, std::vector<T> imported) {
  std::erase_if(all, [&](const T& each) { return each.source == source; });
  all.insert(all.end(), std::make_move_iterator(imported.begin()),
             std::make_move_iterator(imported.end()));
  return all;
}

void CheckRoom(absl::string_view what, size_t count, size_t imported, size_t most,
               Violations& found) {
  if (count <= most) return;
  found.Add("calendar",
            absl::StrCat("brings ", imported, " ", what, ", which makes ", count, " of the profile"),
            absl::StrCat("leave some out: it may have ", most));
}

void CountSkipped(const ReadCalendar& calendar, v1::ImportCalendarResponse& response) {
  std::map<ReadCalendar::Reason, v1::SkippedComponents> by_reason;
  for (const ReadCalendar::Skipped& skipped : calendar.skipped) {
    v1::SkippedComponents& counted = by_reason[skipped.reason];
    counted.set_reason(static_cast<v1::SkippedComponents::Reason>(skipped.reason));
    counted.set_count(counted.count() + 1);
    if (counted.lines_size() < kMostLines) counted.add_lines(skipped.line);
  }
  for (auto& [reason, counted] : by_reason) *response.add_skipped() = std::move(counted);
}

// `stored` with the calendar that the request brings.
absl::StatusOr<Profile> Imported(const Profile& stored, const v1::ImportCalendarRequest& request,
                                 absl::Time now, v1::ImportCalendarResponse& response) {
  const TimeZone home = TimeZone::Of(stored.time_zone);
  TROUPE_ASSIGN_OR_RETURN(ReadCalendar calendar,
                          ReadICalendar(request.calendar(),
                                        {.source = request.source(),
                                         .home = home,
                                         .today = home.DayAt(now),
                                         .include_notes = request.include_notes()}));
  response.Clear();
  response.set_events(calendar.events);
  response.set_entries(static_cast<int32_t>(calendar.entries.size()));
  response.set_rules(static_cast<int32_t>(calendar.rules.size()));
  CountSkipped(calendar, response);
  const size_t entries = calendar.entries.size();
  const size_t rules = calendar.rules.size();
  Profile next = stored;
  next.calendar = Calendar(
      Replaced(stored.calendar.entries(), request.source(), std::move(calendar.entries)));
  next.calendar_rules =
      Replaced(stored.calendar_rules, request.source(), std::move(calendar.rules));
  Violations found;
  CheckRoom("entries", next.calendar.entries().size(), entries, kMostEntries, found);
  CheckRoom("rules", next.calendar_rules.size(), rules, kMostRules, found);
  if (found.empty()) found = ProfileKind::Validate(next);
  TROUPE_RETURN_IF_ERROR(found.ToStatus());
  return next;
}

absl::StatusOr<RecordWriter::Planned> Plan(const ResourceTools& tools, const Call& call,
                                           const v1::ImportCalendarRequest& request,
                                           const ViewSnapshot& now, Import& import) {
  TROUPE_RETURN_IF_ERROR(CheckWanted(call));
  TROUPE_RETURN_IF_ERROR(CheckRequest(request));
  TROUPE_ASSIGN_OR_RETURN(const ProfileId id, ProfileKind::ParseName(request.name(), "name"));
  TROUPE_ASSIGN_OR_RETURN(const std::optional<uint64_t> expected,
                          ExpectedVersion(request.etag(), "etag"));
  TROUPE_ASSIGN_OR_RETURN(const auto stored,
                          FindOwned<ProfileKind>(now, id, call.organization()));
  if (!stored.has_value()) return RecordNotFound(ProfileKind::kNoun, request.name());
  const bool is_stale = expected.has_value() && *expected != stored->version;
  // With a request id it may be a retry, whose first try made the etag stale.
  if (is_stale && request.request_id().empty()) return StaleEtag(ProfileKind::kNoun);
  Draft<ProfileKind>& draft = import.draft;
  TROUPE_ASSIGN_OR_RETURN(draft.next.record,
                          Imported(stored->record, request, tools.Now(), import.response));
  draft.next.version = stored->version;
  if (!is_stale && draft.next.record == stored->record) return RecordWriter::Planned{};
  draft.next.record.update_time = tools.Now();
  if (draft.log_request_id.empty()) {
    draft.log_request_id = LogRequestIdOf<ProfileKind>(tools, call, "import-calendar", request);
  }
  RecordWriter::Planned planned{.replan = !expected.has_value()};
  TROUPE_ASSIGN_OR_RETURN(
      planned.append,
      OneMutation<ProfileKind>(id, draft.log_request_id, BodyHashOf(request),
                               Replacing(*stored, expected),
                               ProfileKind::Serialize(draft.next.record)));
  return planned;
}

}  // namespace

void ProfileService::ImportCalendar(std::shared_ptr<const Call> call,
                                    const v1::ImportCalendarRequest& request,
                                    Done<v1::ImportCalendarResponse> done) {
  const auto import = std::make_shared<Import>();
  tools_.writer->Change(
      [tools = tools_, call, &request, import](const ViewSnapshot& now) {
        return Plan(tools, *call, request, now, *import);
      },
      call->deadline(), [&request, import, done = std::move(done)](const auto& written) {
        if (!written.ok()) return done(ChangeError<ProfileKind>(request.name(), written.status()));
        const uint64_t version = written->has_value() ? (*written)->pos.seq
                                                      : import->draft.next.version;
        import->response.set_etag(FormatEtag(version));
        done(std::move(import->response));
      });
}

void ProfileService::ExportCalendar(std::shared_ptr<const Call> call,
                                    const v1::ExportCalendarRequest& request,
                                    Done<v1::ExportCalendarResponse> done) {
  using Response = v1::ExportCalendarResponse;
  read_resources_internal::AnswerOn<Response>(
      tools_, std::move(call), std::move(done),
      [&request, now = tools_.Now()](const ViewSnapshot& view,
                                     const Reader& reader) -> absl::StatusOr<Response> {
        if (!request.without_source().empty() && !IsSource(request.without_source())) {
          return InvalidField("without_source", "is no lower-case id",
                              "give 1 to 40 of a-z, 0-9 and \"-\", as \"google\"");
        }
        TROUPE_ASSIGN_OR_RETURN(const ProfileId id,
                                ProfileKind::ParseName(request.name(), "name"));
        TROUPE_ASSIGN_OR_RETURN(const auto stored,
                                FindOwned<ProfileKind>(view, id, reader.organization));
        if (!stored.has_value()) return RecordNotFound(ProfileKind::kNoun, request.name());
        Response response;
        response.set_calendar(WriteICalendar(stored->record,
                                             {.now = now,
                                              .include_notes = request.include_notes(),
                                              .without_source = request.without_source()}));
        return response;
      });
}

}  // namespace troupe
