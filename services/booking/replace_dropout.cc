#include "services/booking/replace_dropout.h"

#include <algorithm>
#include <string>
#include <utility>
#include <vector>

#include "absl/strings/str_cat.h"
#include "matcher/base/status_macros.h"
#include "matcher/base/violation.h"
#include "matcher/domain/field.h"
#include "matcher/hold/days.h"
#include "services/booking/cancel_booking.h"
#include "services/convert/types_conversion.h"
#include "services/records/profile_record.h"

namespace troupe {
namespace {

constexpr int32_t kUsualPage = 20;
// Not all who fit are free on the days: as many as matching gives are looked at.
constexpr int32_t kMostMatches = 1'000;

// The days that `hold` had booked, travel included.
Days BookedDaysOf(const v1::Hold& hold) {
  Violations ignored;  // The server's own words.
  const Field field(&ignored);
  std::vector<DaySpan> spans;
  for (const v1::DateRange& range : hold.dates()) spans.push_back(FromWire(range, field));
  return Days::Of(spans);
}

// Leaves of `found` the first `most` whose days are free.
absl::Status KeepFree(const ViewSnapshot& now, const Days& days, const std::string& dropout,
                      int32_t most, v1::FindProfilesResponse& found) {
  std::vector<EntityKey> people;
  for (const v1::Match& match : found.matches()) {
    TROUPE_ASSIGN_OR_RETURN(const ProfileId id, ParseProfileName(match.profile(), "profile"));
    people.push_back({EntityKind::kProfile, id.value()});
  }
  TROUPE_ASSIGN_OR_RETURN(const auto stored, now.MultiGet(people));
  google::protobuf::RepeatedPtrField<v1::Match> kept;
  for (int i = 0; i < found.matches_size() && kept.size() < most; ++i) {
    const auto& record = stored[static_cast<size_t>(i)];
    if (!record.has_value() || found.matches(i).profile() == dropout) continue;
    TROUPE_ASSIGN_OR_RETURN(const Profile profile, ParseProfile(record->bytes));
    const std::vector<DaySpan> busy = profile.BusySpans();
    const std::vector<DaySpan> wanted = days.Spans();
    const bool is_taken = std::any_of(busy.begin(), busy.end(), [&](const DaySpan& span) {
      return std::any_of(wanted.begin(), wanted.end(),
                         [&](const DaySpan& want) { return want.Overlaps(span); });
    });
    if (is_taken) continue;
    v1::Match& match = *kept.Add();
    match.Swap(found.mutable_matches(i));
    match.set_rank(kept.size());
  }
  found.mutable_matches()->Swap(&kept);
  return absl::OkStatus();
}

}  // namespace

void ReplaceDropoutFor(const BookingTools& tools, BookingCoordinator& coordinator,
                       MatchDirectory& matches, std::shared_ptr<const Call> call,
                       const v1::ReplaceDropoutRequest& request,
                       Done<v1::ReplaceDropoutResponse> done) {
  const int32_t most = request.page_size() == 0 ? kUsualPage : request.page_size();
  if (most < 0 || kMostMatches < most) {
    return done(InvalidField("page_size", absl::StrCat("is ", most),
                             absl::StrCat("give 1 to ", kMostMatches, ", or none")));
  }
  CancelBookingFor(
      tools, coordinator, call, "replace", request, /*holder_only=*/true,
      [tools, &matches, call, most,
       done = std::move(done)](const absl::StatusOr<v1::Hold>& cancelled) {
        if (!cancelled.ok()) return done(cancelled.status());
        v1::FindProfilesRequest question;
        question.set_opening(cancelled->opening());
        question.set_page_size(kMostMatches);
        matches.FindProfiles(
            call->organization(), std::move(question), call->deadline(),
            [tools, most, hold = *cancelled, done](absl::StatusOr<v1::FindProfilesResponse> found) {
              tools.resources.executor->Run([tools, most, hold, done, found = std::move(found)] {
                v1::ReplaceDropoutResponse response;
                *response.mutable_hold() = hold;
                const std::string dropout = hold.name().substr(0, hold.name().find("/holds/"));
                absl::Status searched = found.status();
                if (found.ok()) {
                  *response.mutable_replacements() = *found;
                  searched = KeepFree(*tools.resources.view->Now(), BookedDaysOf(hold), dropout,
                                      most, *response.mutable_replacements());
                }
                if (!searched.ok()) {
                  response.clear_replacements();
                  response.set_search_error(std::string(searched.message()));
                }
                done(std::move(response));
              });
            });
      });
}

}  // namespace troupe
