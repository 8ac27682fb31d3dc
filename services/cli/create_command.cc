#include <memory>
#include <string>

#include "matcher/base/status_macros.h"
#include "services/cli/command.h"
#include "services/cli/input_file.h"
#include "services/cli/json_text.h"
#include "troupe/v1/profile.pb.h"
#include "troupe/v1/profile_service.grpc.pb.h"
#include "troupe/v1/project.pb.h"
#include "troupe/v1/project_service.grpc.pb.h"

namespace troupe {
namespace {

struct CreateOptions {
  std::string file;
  std::string request_id;
};

void PrintCreated(const google::protobuf::Message& record, const std::string& name,
                  const Session& session) {
  if (session.json()) return session.PrintJson(record);
  session.out() << "created " << name << "\n";
}

absl::Status CreateProfile(const CreateOptions& options, Session& session) {
  v1::CreateProfileRequest request;
  TROUPE_ASSIGN_OR_RETURN(const std::string text, ReadText(options.file, session.streams().in));
  TROUPE_RETURN_IF_ERROR(FromJson(text, options.file, *request.mutable_profile()));
  request.set_request_id(options.request_id);
  const Connection& connection = session.connection();
  TROUPE_ASSIGN_OR_RETURN(
      const v1::Profile created,
      connection.Ask(&v1::ProfileService::Stub::CreateProfile, request));
  PrintCreated(created, created.name(), session);
  return absl::OkStatus();
}

absl::Status CreateProject(const CreateOptions& options, Session& session) {
  v1::CreateProjectRequest request;
  TROUPE_ASSIGN_OR_RETURN(const std::string text, ReadText(options.file, session.streams().in));
  TROUPE_RETURN_IF_ERROR(FromJson(text, options.file, *request.mutable_project()));
  request.set_request_id(options.request_id);
  const Connection& connection = session.connection();
  TROUPE_ASSIGN_OR_RETURN(
      const v1::Project created,
      connection.Ask(&v1::ProjectService::Stub::CreateProject, request));
  PrintCreated(created, created.name(), session);
  return absl::OkStatus();
}

void AddOptions(CLI::App& command, CreateOptions& options) {
  command.add_option("FILE", options.file, "The record as JSON; - for standard input")
      ->required();
  command.add_option("--request-id", options.request_id,
                     "A second time with the same id creates nothing")
      ->type_name("ID");
}

}  // namespace

void AddCreateCommand(CLI::App& app, Action& chosen) {
  auto options = std::make_shared<CreateOptions>();
  CLI::App& command = *app.add_subcommand("create", "Store a new profile or project");
  command.require_subcommand(1);
  command.fallthrough();
  CLI::App& profile = *command.add_subcommand("profile", "Store a new profile");
  AddOptions(profile, *options);
  profile.callback([options, &chosen] {
    chosen = [options](Session& session) { return CreateProfile(*options, session); };
  });
  CLI::App& project = *command.add_subcommand("project", "Store a new project");
  AddOptions(project, *options);
  project.callback([options, &chosen] {
    chosen = [options](Session& session) { return CreateProject(*options, session); };
  });
}

}  // namespace troupe
