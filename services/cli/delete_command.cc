#include <memory>
#include <string>

#include "absl/strings/match.h"
#include "google/protobuf/empty.pb.h"
#include "matcher/base/status_macros.h"
#include "services/cli/command.h"
#include "troupe/v1/profile_service.grpc.pb.h"
#include "troupe/v1/project_service.grpc.pb.h"

namespace troupe {
namespace {

struct DeleteOptions {
  std::string name;
  std::string etag;
};

absl::Status Delete(const DeleteOptions& options, Session& session) {
  const Connection& connection = session.connection();
  google::protobuf::Empty done;
  if (absl::StartsWith(options.name, "profiles/")) {
    v1::DeleteProfileRequest request;
    request.set_name(options.name);
    request.set_etag(options.etag);
    TROUPE_ASSIGN_OR_RETURN(
        done,
        connection.Ask(&v1::ProfileService::Stub::DeleteProfile, request));
  } else {
    v1::DeleteProjectRequest request;
    request.set_name(options.name);
    request.set_etag(options.etag);
    TROUPE_ASSIGN_OR_RETURN(
        done,
        connection.Ask(&v1::ProjectService::Stub::DeleteProject, request));
  }
  if (session.json()) {
    session.PrintJson(done);
  } else {
    session.out() << "deleted " << options.name << "\n";
  }
  return absl::OkStatus();
}

}  // namespace

void AddDeleteCommand(CLI::App& app, Action& chosen) {
  auto options = std::make_shared<DeleteOptions>();
  CLI::App& command = *app.add_subcommand("delete", "Delete a profile or project for good");
  command.add_option("NAME", options->name, "profiles/{profile} or projects/{project}")
      ->required();
  command.add_option("--etag", options->etag, "Only if this is its etag still")
      ->type_name("ETAG");
  command.callback([options, &chosen] {
    chosen = [options](Session& session) { return Delete(*options, session); };
  });
}

}  // namespace troupe
