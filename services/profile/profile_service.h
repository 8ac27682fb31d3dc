#ifndef TROUPE_SERVICES_PROFILE_PROFILE_SERVICE_H_
#define TROUPE_SERVICES_PROFILE_PROFILE_SERVICE_H_

#include <memory>

#include "google/protobuf/empty.pb.h"
#include "matcher/base/clock.h"
#include "matcher/base/executor.h"
#include "services/log/change_log.h"
#include "services/log/record_writer.h"
#include "services/log/view.h"
#include "services/rpc/call.h"
#include "services/rpc/done.h"
#include "services/rpc/random_ids.h"
#include "services/rpc/resource_tools.h"
#include "services/rpc/response_sink.h"
#include "services/rpc/stream_handler.h"
#include "troupe/v1/profile_service.pb.h"

namespace troupe {

// Keeps profiles, as profile_service.proto says: reads from the view, writes to
// the log, and answers a write once the view shows it. Works on the executor's
// threads and waits on none. Thread-safe.
class ProfileService {
 public:
  // All of them outlive it, and it outlives its calls.
  ProfileService(ChangeLog* log, View* view, Executor* executor, const Clock* clock,
                 RandomIds* ids)
      : writer_(log, view, executor), tools_{&writer_, view, executor, clock, ids, log} {}

  void GetProfile(std::shared_ptr<const Call> call, const v1::GetProfileRequest& request,
                  Done<v1::Profile> done);
  void ListProfiles(std::shared_ptr<const Call> call, const v1::ListProfilesRequest& request,
                    Done<v1::ListProfilesResponse> done);
  void BatchGetProfiles(std::shared_ptr<const Call> call,
                        const v1::BatchGetProfilesRequest& request,
                        Done<v1::BatchGetProfilesResponse> done);
  void CreateProfile(std::shared_ptr<const Call> call, const v1::CreateProfileRequest& request,
                     Done<v1::Profile> done);
  void UpdateProfile(std::shared_ptr<const Call> call, const v1::UpdateProfileRequest& request,
                     Done<v1::Profile> done);
  void DeleteProfile(std::shared_ptr<const Call> call, const v1::DeleteProfileRequest& request,
                     Done<google::protobuf::Empty> done);

  using ImportHandler = StreamHandler<v1::ImportProfilesRequest, v1::ImportProfilesResponse>;
  std::unique_ptr<ImportHandler> ImportProfiles(std::shared_ptr<const Call> call);

  void WatchProfiles(std::shared_ptr<const Call> call, const v1::WatchProfilesRequest& request,
                     std::shared_ptr<ResponseSink<v1::WatchProfilesResponse>> sink);

  void ImportCalendar(std::shared_ptr<const Call> call, const v1::ImportCalendarRequest& request,
                      Done<v1::ImportCalendarResponse> done);
  void ExportCalendar(std::shared_ptr<const Call> call, const v1::ExportCalendarRequest& request,
                      Done<v1::ExportCalendarResponse> done);

 private:
  RecordWriter writer_;
  const ResourceTools tools_;
};

}  // namespace troupe

#endif  // TROUPE_SERVICES_PROFILE_PROFILE_SERVICE_H_
