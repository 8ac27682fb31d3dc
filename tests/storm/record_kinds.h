#ifndef TROUPE_TESTS_STORM_RECORD_KINDS_H_
#define TROUPE_TESTS_STORM_RECORD_KINDS_H_

#include <memory>
#include <string>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "tests/integration/asking.h"
#include "tests/storm/deployment.h"
#include "troupe/v1/profile_service.grpc.pb.h"
#include "troupe/v1/project_service.grpc.pb.h"

// The kinds of records that clients of a storm write, each behind the same
// names, so that what is told of one is told of both.
//
// A record has a label of its own, and editions: each write gives it the next
// one, on which several of its fields depend, so that a mixture of two editions
// is neither.
namespace troupe::testing {

// People. All are findable directors who go anywhere.
struct ProfileRecords {
  using Wire = v1::Profile;
  using ImportRequest = v1::ImportProfilesRequest;
  using ImportResponse = v1::ImportProfilesResponse;
  static constexpr char kNoun[] = "profile";

  // As a client states it. Empty `external_id`: it has none.
  static Wire Stated(const std::string& label, const std::string& external_id, int edition);
  static int EditionOf(const Wire& wire) { return wire.rating().count(); }
  static const std::string& LabelOf(const Wire& wire) { return wire.display_name(); }
  // `wire` without what the server adds.
  static Wire Stateable(Wire wire);

  static const Connection& Of(const Services& services) { return services.profiles; }
  static absl::StatusOr<Wire> Create(const Connection& by, const Wire& wire,
                                     const std::string& request_id) {
    return CreateProfile(by, wire, request_id);
  }
  static absl::StatusOr<Wire> Get(const Connection& by, const std::string& name) {
    return GetProfile(by, name);
  }
  static absl::StatusOr<Wire> Update(const Connection& by, const Wire& wire,
                                     const std::string& request_id) {
    return UpdateProfile(by, wire, request_id);
  }
  static absl::Status Delete(const Connection& by, const std::string& name,
                             const std::string& request_id) {
    return DeleteProfile(by, name, request_id);
  }
  static absl::StatusOr<std::vector<Wire>> List(const Connection& by) { return ListProfiles(by); }
  static absl::StatusOr<std::vector<Wire>> BatchGet(const Connection& by,
                                                    const std::vector<std::string>& names) {
    return BatchGetProfiles(by, names);
  }
  static auto OpenImport(const Connection& by, grpc::ClientContext* context) {
    return by.stub<v1::ProfileService::Stub>().ImportProfiles(context);
  }
  static Wire* AddTo(ImportRequest& request) { return request.add_profiles(); }
};

// Productions with one to three openings for directors, some of them closed.
struct ProjectRecords {
  using Wire = v1::Project;
  using ImportRequest = v1::ImportProjectsRequest;
  using ImportResponse = v1::ImportProjectsResponse;
  static constexpr char kNoun[] = "project";

  static Wire Stated(const std::string& label, const std::string& external_id, int edition);
  static int EditionOf(const Wire& wire) { return static_cast<int>(wire.budget().units()); }
  static const std::string& LabelOf(const Wire& wire) { return wire.title(); }
  static Wire Stateable(Wire wire);

  static const Connection& Of(const Services& services) { return services.projects; }
  static absl::StatusOr<Wire> Create(const Connection& by, const Wire& wire,
                                     const std::string& request_id) {
    return CreateProject(by, wire, request_id);
  }
  static absl::StatusOr<Wire> Get(const Connection& by, const std::string& name) {
    return GetProject(by, name);
  }
  static absl::StatusOr<Wire> Update(const Connection& by, const Wire& wire,
                                     const std::string& request_id) {
    return UpdateProject(by, wire, request_id);
  }
  static absl::Status Delete(const Connection& by, const std::string& name,
                             const std::string& request_id) {
    return DeleteProject(by, name, request_id);
  }
  static absl::StatusOr<std::vector<Wire>> List(const Connection& by) { return ListProjects(by); }
  static absl::StatusOr<std::vector<Wire>> BatchGet(const Connection& by,
                                                    const std::vector<std::string>& names) {
    return BatchGetProjects(by, names);
  }
  static auto OpenImport(const Connection& by, grpc::ClientContext* context) {
    return by.stub<v1::ProjectService::Stub>().ImportProjects(context);
  }
  static Wire* AddTo(ImportRequest& request) { return request.add_projects(); }

  static int OpenOpenings(const Wire& wire);
};

}  // namespace troupe::testing

#endif  // TROUPE_TESTS_STORM_RECORD_KINDS_H_
