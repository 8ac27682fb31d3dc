#ifndef TROUPE_TESTS_SERVICES_PROFILE_PROFILE_WORLD_H_
#define TROUPE_TESTS_SERVICES_PROFILE_PROFILE_WORLD_H_

#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/synchronization/notification.h"
#include "services/log/day_ticker.h"
#include "services/log/record_writer.h"
#include "services/profile/profile_service.h"
#include "services/rpc/thread_pool.h"
#include "tests/services/convert/wire_samples.h"
#include "tests/testing/live_view.h"
#include "tests/testing/service_calls.h"
#include "tests/testing/watched_stream.h"

namespace troupe::testing {

// A findable profile named "Ada", and what else `text` says.
inline v1::Profile Ada(const std::string& text = "") {
  return FromText<v1::Profile>(
      absl::StrCat("display_name: 'Ada' findability: FINDABILITY_FINDABLE ", text));
}
inline v1::Profile Hidden(const std::string& text = "") {
  return FromText<v1::Profile>(
      absl::StrCat("display_name: 'Eve' findability: FINDABILITY_HIDDEN ", text));
}

// A ProfileService over a log in memory. Who does not say otherwise is "crew".
class ProfileWorld {
 public:
  LiveView& live() { return live_; }
  MemoryLog& log() { return live_.log(); }
  ProfileService& service() { return service_; }

  void SetToday(Day today) {
    RecordWriter writer(&live_.log(), &live_.view(), &threads_);
    absl::Notification shown;
    writer.Append({TodayRequest(today)}, absl::InfiniteFuture(), [&](auto) { shown.Notify(); });
    shown.WaitForNotification();
  }
  absl::StatusOr<v1::Profile> Create(v1::Profile profile, const std::string& organization = "crew",
                                     const std::string& request_id = "") {
    v1::CreateProfileRequest request;
    *request.mutable_profile() = std::move(profile);
    request.set_request_id(request_id);
    return Ask(service_, &ProfileService::CreateProfile, request, organization);
  }
  absl::StatusOr<v1::Profile> Get(const std::string& name,
                                  const std::string& organization = "crew") {
    v1::GetProfileRequest request;
    request.set_name(name);
    return Ask(service_, &ProfileService::GetProfile, request, organization);
  }
  absl::StatusOr<v1::Profile> Update(v1::Profile profile, const std::vector<std::string>& paths,
                                     const std::string& organization = "crew",
                                     const std::string& request_id = "") {
    v1::UpdateProfileRequest request;
    *request.mutable_profile() = std::move(profile);
    for (const std::string& path : paths) request.mutable_update_mask()->add_paths(path);
    request.set_request_id(request_id);
    return Ask(service_, &ProfileService::UpdateProfile, request, organization);
  }
  absl::Status Delete(const std::string& name, const std::string& etag = "",
                      const std::string& organization = "crew",
                      const std::string& request_id = "") {
    v1::DeleteProfileRequest request;
    request.set_name(name);
    request.set_etag(etag);
    request.set_request_id(request_id);
    return Ask(service_, &ProfileService::DeleteProfile, request, organization).status();
  }
  absl::StatusOr<v1::BatchGetProfilesResponse> BatchGet(const std::vector<std::string>& names,
                                                        const std::string& organization = "crew") {
    v1::BatchGetProfilesRequest request;
    request.mutable_names()->Assign(names.begin(), names.end());
    return Ask(service_, &ProfileService::BatchGetProfiles, request, organization);
  }
  absl::StatusOr<v1::ListProfilesResponse> List(const std::string& text = "",
                                                const std::string& organization = "crew") {
    return Ask(service_, &ProfileService::ListProfiles,
               FromText<v1::ListProfilesRequest>(text), organization);
  }
  // An import of one message, from item `first`.
  absl::StatusOr<v1::ImportProfilesResponse> Import(const std::vector<v1::Profile>& profiles,
                                                    const std::string& request_id = "import",
                                                    const std::string& organization = "crew",
                                                    int64_t first = 0) {
    return Send(*service_.ImportProfiles(CallBy(organization)),
                ImportMessage(profiles, request_id, first));
  }
  // What `organization` watches, asked for as `text` says.
  using Watched = WatchedStream<v1::WatchProfilesResponse>;
  Watched Watch(const std::string& organization = "crew", const std::string& text = "") {
    Watched stream;
    service_.WatchProfiles(CallBy(organization), FromText<v1::WatchProfilesRequest>(text),
                           stream.sink());
    return stream;
  }
  static v1::ImportProfilesRequest ImportMessage(const std::vector<v1::Profile>& profiles,
                                                 const std::string& request_id, int64_t first) {
    v1::ImportProfilesRequest request;
    request.set_request_id(request_id);
    request.set_first_item(first);
    request.mutable_profiles()->Assign(profiles.begin(), profiles.end());
    return request;
  }

 private:
  LiveView live_;
  ThreadPool threads_{4};
  RandomIds ids_{1};
  ProfileService service_{&live_.log(), &live_.view(), &threads_, &live_.clock(), &ids_};
};

// The names of a page, in its order.
inline std::vector<std::string> NamesOf(const absl::StatusOr<v1::ListProfilesResponse>& page) {
  std::vector<std::string> names;
  for (const v1::Profile& profile : page.value().profiles()) names.push_back(profile.name());
  return names;
}

}  // namespace troupe::testing

#endif  // TROUPE_TESTS_SERVICES_PROFILE_PROFILE_WORLD_H_
