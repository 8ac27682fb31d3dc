#include <memory>
#include <string>
#include <vector>

#include "absl/strings/match.h"
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

struct UpdateOptions {
  std::string name;
  std::string file;
  std::vector<std::string> mask;
};

void FillMask(const std::vector<std::string>& paths, google::protobuf::FieldMask& mask) {
  for (const std::string& path : paths) mask.add_paths(path);
}

void PrintUpdated(const google::protobuf::Message& record, const std::string& name,
                  const Session& session) {
  if (session.json()) return session.PrintJson(record);
  session.out() << "updated " << name << "\n";
}

absl::Status UpdateProfile(const UpdateOptions& options, const std::string& text,
                           Session& session) {
  v1::UpdateProfileRequest request;
  TROUPE_RETURN_IF_ERROR(FromJson(text, options.file, *request.mutable_profile()));
  request.mutable_profile()->set_name(options.name);
  FillMask(options.mask, *request.mutable_update_mask());
  const Connection& connection = session.connection();
  TROUPE_ASSIGN_OR_RETURN(
      const v1::Profile updated,
      connection.Ask(&v1::ProfileService::Stub::UpdateProfile, request));
  PrintUpdated(updated, updated.name(), session);
  return absl::OkStatus();
}

absl::Status UpdateProject(const UpdateOptions& options, const std::string& text,
                           Session& session) {
  v1::UpdateProjectRequest request;
  TROUPE_RETURN_IF_ERROR(FromJson(text, options.file, *request.mutable_project()));
  request.mutable_project()->set_name(options.name);
  FillMask(options.mask, *request.mutable_update_mask());
  const Connection& connection = session.connection();
  TROUPE_ASSIGN_OR_RETURN(
      const v1::Project updated,
      connection.Ask(&v1::ProjectService::Stub::UpdateProject, request));
  PrintUpdated(updated, updated.name(), session);
  return absl::OkStatus();
}

absl::Status Update(const UpdateOptions& options, Session& session) {
  TROUPE_ASSIGN_OR_RETURN(const std::string text, ReadText(options.file, session.streams().in));
  if (absl::StartsWith(options.name, "profiles/")) return UpdateProfile(options, text, session);
  return UpdateProject(options, text, session);
}

}  // namespace

void AddUpdateCommand(CLI::App& app, Action& chosen) {
  auto options = std::make_shared<UpdateOptions>();
  CLI::App& command = *app.add_subcommand("update", "Change fields of a profile or project");
  command.add_option("NAME", options->name, "profiles/{profile} or projects/{project}")
      ->required();
  command
      .add_option("FILE", options->file,
                  "The new values as JSON; an etag in it has a stale write refused; - for "
                  "standard input")
      ->required();
  command
      .add_option("--mask", options->mask,
                  "The fields to change, as calendar,roles; * for all")
      ->required()
      ->delimiter(',')
      ->allow_extra_args(false)
      ->type_name("FIELD,...");
  command.callback([options, &chosen] {
    chosen = [options](Session& session) { return Update(*options, session); };
  });
}

}  // namespace troupe
